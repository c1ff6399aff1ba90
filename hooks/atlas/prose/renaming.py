"""Another name for a number that is right elsewhere: which mode, split, benchmark or model was meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import cached_property

from ..book import Book, Fact
from ..model import Mode, Split, Variant
from .binder import Binder
from .binding import Binding
from .edits import FAR_NAME, INSERTED, MODE, MODEL, NEAR_NAME, SPLIT, Edit, elsewhere
from .names import Mention
from .reading import Reading

MOST = 8  # other names of one number that are tried


class Renamer:
    """Proposes names for the findings of one page."""

    def __init__(self, binder: Binder, language: str) -> None:
        self.pages, self.names, self.language = binder.pages, binder.names, language
        self.book: Book = binder.book

    @cached_property
    def spoken_of(self) -> dict[tuple[str, str], list[Reading]]:
        """Where the page speaks of each name."""
        found: dict[tuple[str, str], list[Reading]] = {}
        for reading in self.pages.readings:
            for mention in reading.mentions:
                for identity in mention.ids:
                    found.setdefault((mention.kind, identity), []).append(reading)
        return found

    def of(self, binding: Binding) -> Iterator[Edit]:
        """Names under which the number is right: the same model and benchmark in another mode or split, another
        benchmark of the model, another model on the benchmark."""
        model, benchmark = binding.picks.get("model"), binding.picks.get("benchmark")
        if not model or not benchmark:
            return
        tables = {fact.source for fact in binding.wanted}
        tables |= {f.source for n in binding.reading.numbers if isinstance(n.result, Binding) for f in n.result.facts}
        seen: set[tuple[str, str]] = set()
        for fact in elsewhere(binding, self.names):
            far = 0 if not tables or fact.source in tables else 20
            for dimension in _differing(fact, fact.model in model.ids, fact.benchmark in benchmark.ids):
                value, pick = getattr(fact, dimension), binding.picks.get(dimension)
                if not value or (pick and value in pick.ids) or (dimension, value) in seen or len(seen) > MOST:
                    continue
                seen.add((dimension, value))
                yield from self._renamed(binding, dimension, fact, self._cost(binding, dimension, fact) + far)

    def _cost(self, binding: Binding, dimension: str, fact: Fact) -> int:
        if dimension == "mode":
            return MODE
        if dimension in ("split", "variant"):
            return SPLIT
        pick = binding.picks[dimension]
        here = max(
            self._spoken(dimension, identity, binding.reading, written=True) for identity in (pick.ids if pick else ())
        )
        there = self._spoken(dimension, getattr(fact, dimension), binding.reading)
        if dimension == "model":
            return MODEL + 3 * (here - there)
        other_unit = any(fact.unit != wanted.unit for wanted in binding.wanted)  # no slip turns 92.8 % into 8.58 points
        return NEAR_NAME if there > here or other_unit else FAR_NAME

    def _spoken(self, kind: str, identity: str, reading: Reading, *, written: bool = False) -> int:
        """How near the page speaks of something, once more where it is `written` in the sentence: 5 in the sentence, 4 in the block, 3 in the section,
        2 anywhere else, 1 where it is of the page's capability, else 0."""
        block = reading.unit.block
        others = [r.unit.block for r in self.spoken_of.get((kind, identity), ()) if r.unit is not reading.unit]
        entry = self.book.benchmarks.get(identity)
        if sum(m.kind == kind and identity in m.ids for m in reading.mentions) > written:
            return 5
        if block in others:
            return 4
        if block.section in {other.section for other in others}:
            return 3
        return 2 if others else int(bool(entry and entry.capability == self.pages.matter.capability))

    def _renamed(self, binding: Binding, dimension: str, fact: Fact, cost: int) -> Iterator[Edit]:
        reading, pick = binding.reading, binding.picks.get(dimension)
        own = [
            m for m in reading.mentions
            if m.kind == dimension and pick and set(m.ids) & set(pick.ids) and not reading.unit.in_code(m.start)
        ]  # fmt: skip
        for mention in own:
            yield Edit(((mention.start, mention.end, self.word(dimension, fact, mention)),), cost)
        if not own:
            end = binding.number.end
            yield Edit(((end, end, self.word(dimension, fact, None)),), cost + INSERTED, tried=False)

    def word(self, dimension: str, fact: Fact, mention: Mention | None) -> str:
        """The name of a fact's model, benchmark, mode, split or variant; a mode, split or variant in the form most like
        the words it replaces."""
        value, book = getattr(fact, dimension), self.book
        if dimension in ("model", "benchmark"):
            return (book.models if dimension == "model" else book.benchmarks)[value].name[self.language]
        vocabulary = book.vocabulary
        if dimension == "split":
            own = book.benchmarks[fact.benchmark].splits.get(value)
            entry: Split | Mode | Variant = own or vocabulary.splits[value]
        else:
            entry = (vocabulary.modes if dimension == "mode" else vocabulary.variants)[value]
        name = entry.name[self.language]
        if mention is None:
            return name
        forms = [
            name,
            *(f for f in (entry.name.zh, entry.name.en, *entry.aliases) if _script(f) == _script(mention.text)),
        ]
        return max(forms, key=lambda form: (_script(form) == _script(mention.text), _likeness(form, mention.text)))

    def spelling(self, fact: Fact, others: Iterable[Fact]) -> str:
        """The words that single a fact out among others."""
        dimensions = [
            d for d in ("model", "benchmark", "mode", "split", "variant")
            if getattr(fact, d) and any(getattr(o, d) != getattr(fact, d) for o in others)
        ]  # fmt: skip
        return " ".join(self.word(d, fact, None) for d in dimensions) or fact.value


def _differing(fact: Fact, same_model: bool, same_benchmark: bool) -> tuple[str, ...]:
    """The names that would have to change for a fact to be meant; two at once are too many."""
    if same_model and same_benchmark:
        return ("mode", "split", "variant")
    return ("benchmark",) if same_model else ("model",) if same_benchmark else ()


def _script(text: str) -> tuple[bool, bool]:
    """Whether a name is in Latin letters, and begins with a capital."""
    return text.isascii(), text[:1].isupper()


def _likeness(form: str, written: str) -> float:
    return SequenceMatcher(None, form, written).ratio()
