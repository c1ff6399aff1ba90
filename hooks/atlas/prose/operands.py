"""The two sides of a comparison: what a sentence binds or names before and after a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..book import Book, Fact
from .binder import Binder
from .binding import Binding
from .claim import Word
from .names import Mention
from .reading import Pick, Reading
from .scope import PageReading

OPEN, CLOSE = "（(", "）)"
# matches what opens, closes or ends a clause
MARK = re.compile(r"[（(）)，,；;。！!]")


@dataclass(frozen=True, slots=True)
class Value:
    """One side of a comparison: a fact's or a quantity's number."""

    id: str
    number: Decimal
    key: tuple[str | None, ...]
    direction: str
    fact: Fact | None = None


class Operands:
    """Finds the sides of the comparisons of one page. `objects` are the ids that the sentence has compared with so far."""

    def __init__(self, binder: Binder) -> None:
        self.binder = binder
        self.pages: PageReading = binder.pages
        self.book: Book = binder.book
        self.objects: set[str] = set()

    def values(self, bindings: Iterable[Binding]) -> list[Value]:
        return [v for b in bindings if b.kind in ("fact", "quantity", "parameter") if (v := value_of(self.book, b))]

    def left(self, reading: Reading, bindings: list[Binding], position: int) -> list[Value]:
        """The subject: the numbers of the clause before a word, else the sentence's names before it, else its last."""
        text = reading.unit.text
        begin = clause_start(text, position)
        facts = [b for b in bindings if b.kind in ("fact", "quantity") and b.number.end <= position]
        clause = [b for b in facts if b.number.start >= begin]
        quantified = any(
            w in text[begin:position] for w in (*self.book.lexicon.quantifiers.all, *self.book.lexicon.quantifiers.none)
        )
        if clause:
            chosen = clause if quantified else _same_run(clause)
            return self.values(chosen)
        names = [
            m
            for m in reading.mentions
            if begin <= m.start < position and m.kind in ("model", "mode", "benchmark", "split", "variant")
        ]
        free = [b for b in facts if not self.objects.intersection(b.ids)]
        if free and quantified and not any(m.kind in ("model", "benchmark") for m in names):
            values = self.values(free)
            return (
                [v for v in values if v.key == values[-1].key]
                if len(free[-1].number.group) == 1
                else self.values(_same_run(free))
            )
        if free and not any(m.kind in ("model", "benchmark") for m in names):
            return self.values(_same_run(free))
        mentioned = self.by_mentions(reading, position, before=True)
        if mentioned:
            return mentioned
        return self.values(_same_run(facts)) if facts else []

    def right(self, reading: Reading, bindings: list[Binding], start: int, end: int, left: list[Value]) -> list[Value]:
        """The object: the numbers after a word in its clause, restricted to the models named there, else the names."""
        named = [m for m in reading.mentions if m.kind == "model" and start <= m.start < end]
        models = {i for m in named for i in m.ids}
        taken = {v.id for v in left}
        facts = [b for b in bindings if b.kind in ("fact", "quantity") and start <= b.number.start < end]
        values = [v for v in self.values(facts) if v.id not in taken]
        if models:
            own = [v for v in values if v.fact and v.fact.model in models]
            covered = {v.fact.model for v in own if v.fact}
            if covered == models:
                return own
            return own + [v for v in self.mentioned(reading, left, models - covered, start, end) if v.id not in taken]
        if values:
            return values
        kinds = [
            m
            for m in reading.mentions
            if m.kind in ("mode", "variant", "split", "benchmark") and start <= m.start < end
        ]
        return [v for v in self.mentioned(reading, left, set(), start, end) if v.id not in taken] if kinds else []

    def opposed(
        self, reading: Reading, bindings: list[Binding], word: Word, left: list[Value]
    ) -> tuple[list[Value], list[Value]]:
        """与 X 持平: the object stands between 与 and the word, the subject before."""
        text = reading.unit.text
        begin = clause_start(text, word.start)
        at = max(text.rfind(opener, begin, word.start) for opener in ("与", "和", "跟"))
        if at < 0:
            return left, []
        subject = self.left(reading, bindings, at)
        return subject, self.right(reading, bindings, at, word.start, subject)

    def rest(self, reading: Reading, bindings: list[Binding], left: list[Value]) -> tuple[list[Value], list[Value]]:
        """For an equality without object: the sentence's other results on the same benchmark."""
        values = [v for v in self.values(bindings) if v.fact]
        if len(values) >= 2:
            key = values[-1].key
            alike = [v for v in values if v.key == key]
            if len(alike) >= 2:
                return alike[1:], alike[:1]
        named = self.by_mentions(reading, len(reading.unit.text), before=True, every=True)
        return (named[1:], named[:1]) if len(named) >= 2 else ([], left)

    def mentioned(
        self,
        reading: Reading,
        left: Sequence[Value],
        models: set[str] | None = None,
        start: int = 0,
        end: int | None = None,
    ) -> list[Value]:
        """The results of the models (modes, variants, splits) named in a range, on the benchmarks of `left`."""
        end = len(reading.unit.text) if end is None else end
        found: list[Value] = []
        keys = list(dict.fromkeys((v.fact.benchmark, v.fact.split) for v in left if v.fact))
        within = [m for m in reading.mentions if start <= m.start < end]
        for benchmark, split in keys:
            base = next(v.fact for v in left if v.fact and v.fact.benchmark == benchmark)
            kinds = ("model",) if models else ("model", "mode", "variant", "split", "benchmark")
            for mention in within:
                if mention.kind not in kinds or (models and not models.intersection(mention.ids)):
                    continue
                picks: dict[str, Pick | None] = {
                    "benchmark": Pick((benchmark,), "nearest", benchmark),
                    "model": Pick((base.model,), "nearest", base.model),
                    "mode": self.pages.pick("mode", reading, mention.end, mention.end),
                    "split": Pick((split,), "nearest", split) if split else None,
                    "variant": None,
                }
                own_modes = [m for m in within if m.kind == "mode" and 0 <= m.start - mention.end <= 3]
                if mention.kind == "model" and not own_modes and base.mode:
                    before = [
                        m
                        for m in reading.mentions
                        if m.kind == "mode"
                        and m.end <= mention.start
                        and mention.start - m.end <= 6
                        and m.start >= start
                    ]
                    picks["mode"] = Pick(before[-1].ids if before else (base.mode,), "nearest", base.mode)
                elif own_modes:
                    picks["mode"] = Pick(own_modes[0].ids, "nearest", own_modes[0].text)
                picks[mention.kind] = Pick(mention.ids, "nearest", mention.text, own=True)
                if mention.kind not in ("model", "mode") and base.mode:
                    picks["mode"] = Pick((base.mode,), "nearest", base.mode)
                facts = self.binder.facts(reading, picks)
                if len({(f.model, f.mode, f.variant, f.split) for f in facts}) <= max(1, len(mention.ids)):
                    found += [value_of_fact(f) for f in facts if f.number is not None]
        return list({v.id: v for v in found}.values())

    def by_mentions(self, reading: Reading, position: int, *, before: bool, every: bool = False) -> list[Value]:
        """The results that the names before a word state without numbers: models x benchmarks in their mode."""
        here = [m for m in reading.mentions if m.end <= position]
        begin = clause_start(reading.unit.text, position)
        models = [m for m in here if m.kind == "model"]
        runs = [run for run in reading.lists("benchmark") if run[-1].end <= position]
        picks: dict[str, Pick | None] = {
            d: self.pages.pick(d, reading, position, position)
            for d in ("benchmark", "model", "mode", "split", "variant")
        }
        if runs:
            run = runs[-1]
            picks["benchmark"] = Pick(tuple(i for m in run for i in m.ids), "nearest", run[0].text, own=True)
        if models:
            free = [m for m in models if not self._is_object(reading, m, picks)] or models
            chosen = models if every else free[-1:]
            run_of = next((r for r in reading.lists("model") if chosen[-1] in r), chosen)
            ids = tuple(i for m in (chosen if every else run_of) for i in m.ids)
            picks["model"] = Pick(ids, "nearest", models[-1].text, own=True)
        if not picks["benchmark"] or not picks["model"]:
            return []
        if (
            not models
            and not runs
            and not [m for m in here if m.start >= begin and m.kind in ("mode", "split", "variant")]
        ):
            return []
        facts = self.binder.facts(reading, picks)
        per_key: dict[tuple[str, str, str | None], set[tuple[str | None, str | None]]] = {}
        for fact in facts:
            per_key.setdefault((fact.benchmark, fact.model, fact.split), set()).add((fact.mode, fact.variant))
        if any(len(modes) > 1 for modes in per_key.values()):
            return []
        if runs and any(not any(fact.benchmark in m.ids for fact in facts) for m in runs[-1]):
            return []  # one of the benchmarks listed was not measured
        return [value_of_fact(fact) for fact in facts if fact.number is not None]

    def _is_object(self, reading: Reading, mention: Mention, picks: dict[str, Pick | None]) -> bool:
        """Whether a model was what the sentence compared with before, so that it is not the subject."""
        if not self.objects:
            return False
        own = [m for m in reading.mentions if m.kind == "mode" and 0 <= m.start - mention.end <= 3]
        mode = Pick(own[0].ids, "nearest", own[0].text) if own else picks["mode"]
        facts = self.binder.facts(reading, {**picks, "model": Pick(mention.ids, "nearest", mention.text), "mode": mode})
        return bool(facts) and all(fact.id in self.objects for fact in facts)

    def threshold(self, bindings: list[Binding], start: int, left: list[Value]) -> Value | None:
        """超过 90: a round number right after the word, with a subject to compare."""
        for binding in bindings:
            number = binding.number
            if not start <= number.start <= start + 3 or binding.kind not in ("error", "count") or not left:
                continue
            if (
                number.decimals == 0
                and number.value % 5 == 0
                and not number.signed
                and not number.scale
                and left[0].fact
            ):
                binding.kind, binding.ids, binding.code = "derived", tuple(v.id for v in left), ""
                binding.message = {"relation": "threshold"}
                return Value("", number.value, left[0].key, left[0].direction)
        return None


def value_of_fact(fact: Fact) -> Value:
    assert fact.number is not None
    return Value(fact.id, fact.number, (fact.benchmark, fact.split), fact.direction, fact)


def comparable(left: Value, right: Value) -> bool:
    """Whether two results may be compared: the same benchmark and split; across reports the benchmark alone."""
    if left.key == right.key:
        return True
    return bool(left.fact and right.fact) and left.key[0] == right.key[0] and left.fact.report != right.fact.report  # type: ignore[union-attr]


def value_of(book: Book, binding: Binding) -> Value | None:
    if binding.facts:
        fact = binding.facts[0]
        return value_of_fact(fact) if fact.number is not None else None
    for identity in binding.ids:
        quantity = book.quantities.get(identity)
        if quantity and quantity.number is not None:
            return Value(identity, quantity.number, (quantity.entry.unit, "quantity"), "none")
    return None


def _same_run(bindings: Sequence[Binding]) -> list[Binding]:
    """The last number and the others of its list."""
    last = bindings[-1]
    return [b for b in bindings if b.number.group is last.number.group] or [last]


def named_between(reading: Reading, start: int, end: int) -> bool:
    return any(m.kind == "model" and start <= m.start < end for m in reading.mentions)


def clause_end(text: str, start: int) -> int:
    depth = 0
    for mark in MARK.finditer(text, start):
        char, index = mark[0], mark.start()
        if char in OPEN:
            depth += 1
        elif char in CLOSE:
            depth -= 1
            if depth < 0:
                return index
        elif depth <= 0 and not (char == "," and text[index + 1 : index + 2].isdigit()):
            return index
    return len(text)


def clause_start(text: str, end: int) -> int:
    depth = 0
    for index in range(end - 1, -1, -1):
        char = text[index]
        if char in CLOSE:
            depth += 1
        elif char in OPEN:
            depth -= 1
            if depth < 0:
                return index + 1
        elif depth <= 0 and char in "，,；;。！!" and not (char == "," and text[index + 1 : index + 2].isdigit()):
            return index + 1
    return 0
