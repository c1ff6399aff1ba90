"""Numbers that are recomputed: ratios, counts of wins, counts of a list; differences are in `differences`.

The operands are what the same sentence binds: its facts and quantities, else the results of the models and benchmarks
it names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from ..book import number_of
from .binder import Binder
from .binding import Binding
from .differences import STOP, Differences, facts_of, last_facts
from .numbers import Number
from .reading import Pick, Reading
from .scope import DIMENSIONS

# matches "23 项中的 ", "23 个基准中，它在 ": a total before a part
TOTAL_FIRST = re.compile(
    r"^\s*(?:项|个|种|行|类|道|组|次|门)?(?:基准|测试|评测|任务|指标|数据集|成绩|得分|结果|语言)?(?:测试|评测)?(?:里|中|当中)?的?[^。；]{0,24}$"
)
PART_FIRST = re.compile(r"^\s*(?:of|out of|/)\s*(?:the\s+)?(?:all\s+)?$")
# matches "对 " and "against " right before a rival's name
RIVAL = re.compile(r"(?:对|对阵|vs\.?|against|versus)\s*$")
# matches "组：解析、理解、综合" after 三; group 1 is the list
LISTING = re.compile(r"[^，；。：:（(]{1,12}[：:（(]([^，；。：:（()）]+)(?:[，；。)）]|$)")


class Deriver:
    """Settles the bindings that `Binder` left open: kinds `delta` and `count`."""

    def __init__(self, binder: Binder) -> None:
        self.binder = binder
        self.book = binder.book
        self.pages = binder.pages
        self.comparisons = [
            (word.lower(), comparison.relation)
            for comparison in self.book.lexicon.comparisons
            for word in comparison.words
        ]
        self.counted: dict[int, tuple[int, int]] = {}
        self.differences = Differences(binder)

    def settle(self, reading: Reading, bindings: list[Binding], earlier: Sequence[Binding]) -> None:
        """Turn each open binding of a unit into `derived` or `error`. `earlier`: bindings of the block's units before."""
        self.counted = {}
        self.differences.settle(reading, bindings, earlier)
        for index, binding in enumerate(bindings):
            if binding.kind == "count" and not binding.message.get("settled"):
                self._count(reading, binding, bindings, index, earlier)
            elif binding.kind == "quantity" and binding.number.chinese and self._in_brackets(reading, binding):
                continue
            elif binding.kind == "quantity" and not binding.noted and binding.number.decimals == 0:
                partner = self._wins_partner(reading, bindings, index)
                if partner and not self._wins(reading, binding, partner) and binding.number.fraction is None:
                    self._miscounted(binding, partner[1])

    # -- counts and ratios -------------------------------------------------------------------------------------------

    def _count(
        self, reading: Reading, binding: Binding, bindings: Sequence[Binding], index: int, earlier: Sequence[Binding]
    ) -> None:
        number = binding.number
        if self._is_ratio(number):
            if self._ratio(reading, binding, bindings, earlier):
                return
        else:
            partner = self._wins_partner(reading, bindings, index)
            if partner and (self._wins(reading, binding, partner) or self._miscounted(binding, partner[1])):
                return
            if not partner and self._listed(reading, binding):
                return
        held = binding.message.get("quantity")
        quantity = held if isinstance(held, Binding) else self.binder.quantities.of(reading, number)
        if quantity and quantity.ok:
            binding.kind, binding.ids = quantity.kind, quantity.ids
            return
        if quantity:
            binding.kind, binding.code, binding.message = "error", quantity.code, quantity.message
            return
        binding.kind, binding.code, binding.message = "error", "N101", {}

    def _is_ratio(self, number: Number) -> bool:
        if number.word.startswith("倍") or (number.units and "times" in number.units):
            return True
        return number.chinese and "分之" in number.text

    def _ratio(
        self, reading: Reading, binding: Binding, bindings: Sequence[Binding], earlier: Sequence[Binding]
    ) -> bool:
        number = binding.number
        values: list[tuple[str, Decimal]] = [(f.id, f.number) for f in facts_of(bindings) if f.number is not None]
        for other in bindings:
            if other.kind in ("quantity", "parameter"):
                values += [(identity, value) for identity in other.ids if (value := self._value(identity))]
        if len(values) < 2:
            values += [(f.id, f.number) for f in last_facts(earlier) if f.number is not None]
        wanted = number.value
        if number.text.startswith("一倍") or (number.chinese and number.value == 1):
            wanted = Decimal(2)
        for (left_id, left), (right_id, right) in combinations(values[:12], 2):
            if not left or not right:
                continue
            for ratio in (left / right, right / left):
                exact = ratio.quantize(Decimal(1).scaleb(-number.decimals), rounding=ROUND_HALF_UP) == wanted
                loose = number.approximate or "分之" in number.text
                if exact or (loose and abs(ratio - wanted) <= wanted / 10):
                    binding.kind, binding.ids, binding.message = "derived", (left_id, right_id), {"relation": "ratio"}
                    return True
        return False

    def _value(self, identity: str) -> Decimal | None:
        if identity in self.book.quantities:
            return self.book.quantities[identity].number
        if identity.startswith("models/"):
            model, key = identity.removeprefix("models/").split("#")
            parameters = self.book.models[model].parameters
            return number_of(getattr(parameters, key) or "") if parameters else None
        return None

    def _listed(self, reading: Reading, binding: Binding) -> bool:
        """三个尺寸（3B、7B、72B）: a count of names that the same sentence lists."""
        number = binding.number
        if number.scale or number.decimals or number.signed or number.fraction is not None:
            return False
        for runs in map(reading.lists, DIMENSIONS):
            near = [r for r in runs if r[0].start >= number.end or 0 <= number.start - r[-1].end <= 12]
            if any(len(run) == number.value and len(run) > 1 for run in near):
                binding.kind, binding.message = "derived", {"relation": "list"}
                return True
        opened = LISTING.match(reading.unit.text, number.end)
        if opened and number.chinese and number.value == len(re.split(r"、|[和与及]", opened[1])) > 2:
            binding.kind, binding.message = "derived", {"relation": "list"}
            return True
        return False

    def _in_brackets(self, reading: Reading, binding: Binding) -> bool:
        """三个基准（A、B 与 C）: the count of the list in the brackets right after, whatever quantity has its value."""
        number = binding.number
        opening = reading.unit.text.find("（", number.end, number.end + 12)
        if opening < 0:
            return False
        for runs in map(reading.lists, DIMENSIONS):
            if any(len(run) == number.value and 0 <= run[0].start - opening <= 2 for run in runs):
                binding.kind, binding.ids, binding.message = "derived", (), {"relation": "list"}
                return True
        return False

    def _wins_partner(self, reading: Reading, bindings: Sequence[Binding], index: int) -> tuple[Binding, str] | None:
        """The other number of "23 项中的 17 项" or "17 of 23", and which part this one is."""
        text = reading.unit.text
        here = bindings[index].number
        for other_index in (index - 1, index + 1):
            if not 0 <= other_index < len(bindings):
                continue
            other = bindings[other_index].number
            if other.scale or other.decimals or here.decimals or here.scale:
                continue
            first, second = (other, here) if other_index < index else (here, other)
            between = text[first.end : second.start]
            first_word = between
            if PART_FIRST.match(between):
                return bindings[other_index], "total" if second is here else "part"
            if ("中" in first_word or "里" in first_word) and TOTAL_FIRST.match(between):
                return bindings[other_index], "part" if second is here else "total"
        return None

    def _wins(self, reading: Reading, binding: Binding, partner: tuple[Binding, str]) -> bool:
        """Whether part and total are the wins, losses or ties of two columns: "在 23 项中的 17 项上高于 X"."""
        other, role = partner
        part = binding.number.value if role == "part" else other.number.value
        total = binding.number.value if role == "total" else other.number.value
        end = max(binding.number.end, other.number.end)
        begin = min(binding.number.start, other.number.start)
        word = self._comparison_after(reading, end) or self._comparison_before(reading, begin)
        outcome = (
            {">": "wins", "<": "losses", "=": "ties"}.get(word[0][:1], "wins") if word else self._outcome(reading, end)
        )
        sides = self._sides(reading, binding.number)
        if not sides:
            return False
        opposed = [side for side in sides if RIVAL.search(reading.unit.text[: max(side[2], 0)]) and side[2] < end]
        rivals = [side for side in sides if word and side[2] >= word[2]] or opposed[-1:] or sides
        for right in rivals[:1] if word and rivals[0] is not sides[0] else rivals:
            for left in sides:
                if (
                    left[0] == right[0]
                    or (word and left[2] >= word[2])
                    or (not (word or opposed) and left[2] >= right[2])
                ):
                    continue
                for table in self.binder.names.tables_with(left[0], right[0]):
                    for among in (None, self.pages.matter.capability):
                        counts = self.binder.names.wins(table, left[:2], right[:2], among)
                        known = self.counted.get(id(binding))
                        if counts and (counts["total"] == total or (among is None and known is None)):
                            self.counted[id(binding)] = counts[outcome], counts["total"]
                        if counts and counts["total"] == total and counts[outcome] == part:
                            binding.kind = "derived"
                            binding.ids = (f"{table.id}/{left[0]}", f"{table.id}/{right[0]}")
                            binding.message = {"relation": "wins", "counts": counts, "word": word[1:] if word else None}
                            return True
        return False

    def _miscounted(self, binding: Binding, role: str) -> bool:
        """Make a finding of a count whose two columns are known and give another one."""
        counted = self.counted.get(id(binding))
        if counted is None:
            return False
        if role == "total" and counted[1] == binding.number.value:
            binding.kind, binding.message = "derived", {"relation": "total"}
        else:
            binding.kind, binding.code = "error", "N106"
            binding.message = {"what": "wins", "counted": counted, "role": role}
        return True

    def _comparison_before(self, reading: Reading, position: int) -> tuple[str, int, int] | None:
        """ "A beats B on 17 of 23": the last comparison word of the clause before a count, with a name in between."""
        text = reading.unit.text[:position]
        clause = max((text.rfind(mark) for mark in "，；。;!"), default=-1) + 1
        found = [
            (text.rfind(word, clause), word, comparison.relation)
            for comparison in self.book.lexicon.comparisons
            for word in comparison.words
            if word in text[clause:]
        ]
        if not found:
            return None
        at, word, relation = max(found)
        named = any(m.kind == "model" and at <= m.start for m in reading.mentions if m.end <= position)
        return (relation, at, at + len(word)) if named else None

    def _outcome(self, reading: Reading, end: int) -> str:
        """What "23 项中赢 12 项" counts: wins, losses or ties."""
        outcomes = self.book.lexicon.outcomes
        text = reading.unit.text
        near = re.split(r"[，；。]", text[max(0, end - 12) : end])[-1] + re.split(r"[，；。]", text[end : end + 8])[0]
        return next(
            (kind for kind in ("losses", "ties") if any(word in near for word in getattr(outcomes, kind))), "wins"
        )

    def _comparison_after(self, reading: Reading, position: int) -> tuple[str, int, int] | None:
        """(relation, start, end) of the first comparison word after a position in its clause."""
        text = reading.unit.text
        stop = STOP.search(text, position)
        tail = text[position : stop.start() if stop else len(text)].lower()
        found = [(tail.find(word), -len(word), relation) for word, relation in self.comparisons if word in tail]
        if not found:
            return None
        at, length, relation = min(found)
        return relation, position + at, position + at - length

    def _sides(self, reading: Reading, number: Number) -> list[tuple[str, str | None, int]]:
        """(model, kind of reasoning, position) of the sentence's models, with that of its surroundings where the
        sentence begins without one."""
        sides: list[tuple[str, str | None, int]] = []
        modes = self.book.vocabulary.modes
        for mention in reading.mentions:
            if mention.kind == "model":
                mode = self.pages.pick("mode", reading, mention.end, mention.end)
                suffix = [m for m in reading.mentions if m.kind == "mode" and 0 <= m.start - mention.end <= 2]
                mode = Pick(suffix[0].ids, "nearest", suffix[0].text) if suffix else mode
                kind = modes[mode.ids[0]].reasoning if mode and mode.ids[0] in modes else None
                sides += [(identity, kind, mention.start) for identity in mention.ids]
        if sides and not any(m.kind == "model" and m.end <= number.start for m in reading.mentions):
            outer = self.pages.pick("model", _bare(reading), 0, 0)
            named = {side[0] for side in sides}
            if outer:
                sides[:0] = [(identity, sides[0][1], -1) for identity in outer.ids if identity not in named]
        return sides


def _bare(reading: Reading) -> Reading:
    """The reading without its own names, so that only the surroundings speak."""
    return Reading([], {}, reading.unit, [], [], reading.notes, reading.names)
