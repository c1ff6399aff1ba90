"""Differences: each is that of one pair of results that its sentence prints or names, digit for digit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from ..book import Book, Fact
from .binder import Binder
from .binding import Binding
from .claim import Claim
from .numbers import Number
from .reading import Pick, Reading

STOP = re.compile(r"[，；。;！]|,\s")
# matches "比 X 的 " before the printed side of a difference
THAN = re.compile(r"(?<![对相占之])(?:比|较)(?![例值率较如起重])")
MAX_PAIRS = 40
NEAR = 12  # printed results on either side of a difference that it may be of


class Differences:
    """Settles the bindings of kind `delta`."""

    def __init__(self, binder: Binder) -> None:
        self.binder = binder
        self.pages = binder.pages
        self.named: dict[tuple[str, ...], list[Fact]] = {}  # by benchmarks: what the sentence's other names scored

    def settle(self, reading: Reading, bindings: Sequence[Binding], earlier: Sequence[Binding]) -> None:
        """Turn each difference of a unit into `derived`, a quantity, a fact or an error."""
        self.named = {}
        for binding in bindings:
            if binding.kind == "delta":
                self._difference(reading, binding, bindings, earlier)

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
                binding.kind, binding.ids, binding.facts = "derived", (left.id, right.id), (left, right)
                binding.message = {"relation": "difference"}
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
        own = facts_of(bindings)
        pairs = comparable_pairs(own)
        aligned = self.pages.pick("model", reading, binding.number.start, binding.number.end, binding.number)
        if aligned and aligned.how == "list":
            kept = [p for p in pairs if p[0].model in aligned.ids or p[1].model in aligned.ids]
            pairs = kept or pairs
        for found in self._named_pairs(reading, binding, own):
            if found not in pairs:
                pairs.append(found)
        if not pairs:
            pairs = comparable_pairs(last_facts(earlier) + own)
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
            pairs = comparable_pairs(facts_of(near))
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


def own_difference(book: Book, claim: Claim, bindings: list[Binding]) -> None:
    """比 X 高 6.3 分: the difference right after a comparison is that of what it compares, not of another pair."""
    for binding in bindings:
        near = 0 <= binding.number.start - len(binding.number.signed) - claim.end <= 3
        if not near or binding.kind != "derived" or binding.message.get("relation") != "difference":
            continue
        if not set(binding.ids) <= set(claim.operands):
            facts = [book.facts[identity] for identity in claim.operands if identity in book.facts]
            binding.kind, binding.code = "error", "N106"
            binding.message = {"pairs": comparable_pairs(facts), "last_place": False, "what": "difference"}


def facts_of(bindings: Iterable[Binding]) -> list[Fact]:
    """The facts that bindings state, in order."""
    return [fact for binding in bindings if binding.kind == "fact" for fact in binding.facts]


def last_facts(bindings: Sequence[Binding]) -> list[Fact]:
    """The last six facts, in order."""
    found: list[Fact] = []
    for binding in reversed(bindings):
        if len(found) >= 6:
            break
        found[:0] = facts_of([binding])
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
    """Whether a value is the printed one when it is rounded to as many decimals."""
    return gap.quantize(Decimal(1).scaleb(-number.decimals), rounding=ROUND_HALF_UP) == abs(number.value)
