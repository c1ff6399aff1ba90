"""Numbers that are recomputed: differences, ratios, counts of wins, counts of a list, means.

The operands are what the same sentence binds: its facts and quantities, else the results of the models and benchmarks
it names. A difference must be that of one pair among them, digit for digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from ..book import Fact, number_of
from .binder import Binder
from .binding import Binding
from .numbers import Number
from .reading import Pick, Reading
from .scope import DIMENSIONS

# matches "23 项中的 ", "23 个基准中，它在 ": a total before a part
TOTAL_FIRST = re.compile(
    r"^\s*(?:项|个|种|行|类|道|组|次|门)?(?:基准|测试|评测|任务|指标|数据集|成绩|得分|结果|语言)?(?:测试|评测)?(?:里|中|当中)?的?[^。；]{0,24}$"
)
PART_FIRST = re.compile(r"^\s*(?:of|out of|/)\s*(?:the\s+)?(?:all\s+)?$")
STOP = re.compile(r"[，；。;！]|,\s")
# matches "对 " and "against " right before a rival's name
RIVAL = re.compile(r"(?:对|对阵|vs\.?|against|versus)\s*$")
# matches "比 X 的 " before the printed side of a difference
THAN = re.compile(r"(?<![对相占之])(?:比|较)(?![例值率较如起重])")
# matches "组：解析、理解、综合" after 三; group 1 is the list
LISTING = re.compile(r"[^，；。：:（(]{1,12}[：:（(]([^，；。：:（()）]+)(?:[，；。)）]|$)")
MAX_PAIRS = 40
NEAR = 12  # printed results on either side of a difference that it may be of


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
        self.named: dict[tuple[str, ...], list[Fact]] = {}  # by benchmarks: what the sentence's other names scored

    def settle(self, reading: Reading, bindings: list[Binding], earlier: Sequence[Binding]) -> None:
        """Turn each open binding of a unit into `derived` or `error`. `earlier`: bindings of the block's units before."""
        self.counted, self.named = {}, {}
        for binding in bindings:
            if binding.kind == "delta":
                self._difference(reading, binding, bindings, earlier)
        for index, binding in enumerate(bindings):
            if binding.kind == "count" and not binding.message.get("settled"):
                self._count(reading, binding, bindings, index, earlier)
            elif binding.kind == "quantity" and binding.number.chinese and self._in_brackets(reading, binding):
                continue
            elif binding.kind == "quantity" and not binding.noted and binding.number.decimals == 0:
                partner = self._wins_partner(reading, bindings, index)
                if partner and not self._wins(reading, binding, partner) and binding.number.fraction is None:
                    self._miscounted(binding, partner[1])

    # -- differences -------------------------------------------------------------------------------------------------

    def _difference(
        self, reading: Reading, binding: Binding, bindings: Sequence[Binding], earlier: Sequence[Binding]
    ) -> None:
        number = binding.number
        stated = self._stated_pairs(reading, binding, bindings)
        pairs = stated or self._pairs(reading, binding, bindings, earlier)
        wanted = abs(number.value)
        for left, right in pairs:
            gap = abs(_difference(left, right))
            if number.word.startswith("%") and "%" not in left.value:  # 高 9.9% is relative, 高 9.9 分 is not
                share = _relative(left, right)
                holds = share is not None and _near(share, number)
            else:
                holds = gap == wanted or (number.approximate and _near(gap, number))
            if holds:
                self._found(binding, "difference", (left, right))
                return
        quantity = self.binder.quantities.of(reading, number) if not stated else None
        if quantity and quantity.ok:
            binding.kind, binding.ids = "quantity", quantity.ids
            return
        score = self.binder._score(reading, number, {}) if not (number.signed or stated) else None
        if score and score.ok:
            binding.kind, binding.ids, binding.facts, binding.picks = "fact", score.ids, score.facts, score.picks
            return
        binding.kind, binding.code = "error", "N106"
        step = Decimal(1).scaleb(-number.decimals)
        close = [pair for pair in pairs if abs(abs(_difference(*pair)) - wanted) == step]
        binding.message = {"pairs": (close or pairs)[:3], "last_place": bool(close), "what": "difference"}

    def _pairs(
        self, reading: Reading, binding: Binding, bindings: Sequence[Binding], earlier: Sequence[Binding]
    ) -> list[tuple[Fact, Fact]]:
        """Pairs of facts that a difference here may be of, the likeliest first."""
        own = _facts(bindings)
        pairs = comparable_pairs(own)
        aligned = self.pages.pick("model", reading, binding.number.start, binding.number.end, binding.number)
        if aligned and aligned.how == "list":
            kept = [p for p in pairs if p[0].model in aligned.ids or p[1].model in aligned.ids]
            pairs = kept or pairs
        for found in self._named_pairs(reading, binding, own):
            if found not in pairs:
                pairs.append(found)
        if not pairs:
            pairs = comparable_pairs(_last_facts(earlier) + own)
        return pairs[:MAX_PAIRS]

    def _stated_pairs(self, reading: Reading, binding: Binding, bindings: Sequence[Binding]) -> list[tuple[Fact, Fact]]:
        """X 75.2，比 Y 的 75.3 低 0.1: of the pairs that a sentence prints, those of the number last before the difference;
        none where what it is compared with is named without its number."""
        number, text = binding.number, reading.unit.text
        sides = [b for b in bindings if b.kind == "fact" and b.number.start < number.start]
        if not sides:
            return []
        begin = max((m.end() for m in STOP.finditer(text, 0, number.start)), default=0)
        than = THAN.search(text, begin, number.start)
        if than and sides[-1].number.start < than.start():
            return []  # the other side is named, not printed
        later = [b for b in bindings if b.kind == "fact" and b.number.start > number.end]
        for near in (sides[-NEAR:], [*sides[-NEAR:], *later[:NEAR]]):
            pairs = comparable_pairs(_facts(near))
            if told := [pair for pair in pairs if any(fact in pair for fact in sides[-1].facts)]:
                return told
        return []

    def _named_pairs(self, reading: Reading, binding: Binding, own: Sequence[Fact]) -> list[tuple[Fact, Fact]]:
        """Pairs from the models, modes and variants that the sentence names, on the benchmark in scope."""
        number = binding.number
        benchmark = self.pages.pick("benchmark", reading, number.start, number.end, number)
        if not benchmark:
            return []
        if benchmark.ids not in self.named:
            self.named[benchmark.ids] = self._of_names(reading, benchmark)
        sides = list(self.named[benchmark.ids])
        picks = self.binder.scope(reading, number, {})
        facts = self.binder.facts(reading, picks)
        if len({(f.split, f.mode, f.variant) for f in facts}) == 1:
            sides += [fact for fact in facts if fact not in sides]
        return comparable_pairs([*own, *[side for side in sides if side not in own]])

    def _of_names(self, reading: Reading, benchmark: Pick) -> list[Fact]:
        """The results on a benchmark of each model, mode and variant that the sentence names."""
        sides: list[Fact] = []
        for mention in reading.mentions:
            if mention.kind in ("model", "mode", "variant", "split"):
                picks = {
                    d: self.pages.pick(d, reading, mention.end, mention.end)
                    for d in ("model", "mode", "split", "variant")
                }
                picks["benchmark"] = benchmark
                if mention.kind == "model":
                    picks["model"] = Pick(mention.ids, "nearest", mention.text, own=True)
                elif mention.kind != "split":
                    picks[mention.kind] = Pick(mention.ids, "nearest", mention.text, own=True)
                facts = self.binder.facts(reading, picks)
                if len({(f.split, f.mode, f.variant) for f in facts}) == 1:
                    sides += [fact for fact in facts if fact not in sides]
        return sides

    def _found(self, binding: Binding, relation: str, facts: Sequence[Fact]) -> None:
        binding.kind = "derived"
        binding.ids = tuple(fact.id for fact in facts)
        binding.facts = tuple(facts)
        binding.message = {"relation": relation}

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
        values: list[tuple[str, Decimal]] = [(f.id, f.number) for f in _facts(bindings) if f.number is not None]
        for other in bindings:
            if other.kind in ("quantity", "parameter"):
                values += [(identity, value) for identity in other.ids if (value := self._value(identity))]
        if len(values) < 2:
            values += [(f.id, f.number) for f in _last_facts(earlier) if f.number is not None]
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


def _facts(bindings: Iterable[Binding]) -> list[Fact]:
    return [fact for binding in bindings if binding.kind == "fact" for fact in binding.facts]


def _last_facts(bindings: Sequence[Binding]) -> list[Fact]:
    """The last six facts, in order."""
    found: list[Fact] = []
    for binding in reversed(bindings):
        if len(found) >= 6:
            break
        found[:0] = _facts([binding])
    return found[-6:]


def comparable_pairs(facts: Sequence[Fact]) -> list[tuple[Fact, Fact]]:
    """The pairs of results on one benchmark and split; without any, those of one model in one unit."""
    pairs = [(a, b) for a, b in combinations(facts, 2) if a is not b and a.number is not None and b.number is not None]
    same = [(a, b) for a, b in pairs if (a.benchmark, a.split) == (b.benchmark, b.split)]
    return same or [(a, b) for a, b in pairs if a.model == b.model and a.unit == b.unit]


def _difference(left: Fact, right: Fact) -> Decimal:
    assert left.number is not None and right.number is not None
    return left.number - right.number


def _relative(left: Fact, right: Fact) -> Decimal | None:
    """How many percent the larger of two results lies above the smaller."""
    assert left.number is not None and right.number is not None
    low, high = sorted((left.number, right.number))
    return 100 * (high - low) / low if low > 0 and high > low else None


def _near(gap: Decimal, number: Number) -> bool:
    return gap.quantize(Decimal(1).scaleb(-number.decimals), rounding=ROUND_HALF_UP) == abs(number.value)
