"""What the author of a wrong sentence may have meant: small edits of it, each with how unlikely it is.

Whether an edit mends the sentence is not decided here; `repairing` tries it out. The costs only say which of two edits
that both mend it is the likelier.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any

from ..book import Book, Fact
from .binder import Binder
from .binding import Binding
from .claim import Claim
from .edits import EXCHANGED, INSERTED, NOTED, SCALE, SLIP, VALUE, WORD, Edit, elsewhere, in_form, slip
from .numbers import SCALES, Number
from .renaming import Renamer

HAN_SCALES = ("千", "万", "百万", "千万", "亿", "万亿")
LATIN_SCALES = ("K", "M", "B", "T")
OPPOSITE = {">": "<", "<": ">", ">=": "<", "<=": ">"}
MOST = 8  # quantities that are tried for one number
REACH = 24  # how far after a count its comparison may stand


class Proposer:
    """Proposes edits for the findings of one page."""

    def __init__(self, binder: Binder, language: str) -> None:
        self.binder, self.pages, self.language = binder, binder.pages, language
        self.book: Book = binder.book
        self.renamer = Renamer(binder, language)

    def of_binding(self, binding: Binding) -> list[Edit]:
        """Edits for a number that is not bound."""
        code, number = binding.code, binding.number
        if code in ("N107", "N110"):
            return list(self._places(binding))
        edits = [*self._noted(binding)]
        if code == "N106":
            edits += self._derived(binding)
        elif code == "N108":
            edits += self._sizes(binding)
        else:
            edits += self._facts(binding)
            edits += self.renamer.of(binding)
        edits += self._quantities(binding)
        if code not in ("N102", "N104"):
            edits += self._units(binding)
        text = number.unit.text
        return [edit for edit in dict.fromkeys(edits) if edit.text != text[edit.changes[0][0] : edit.changes[0][1]]]

    def annotations(self, binding: Binding) -> list[str]:
        """Notes that say which fact a number without a score is, for a sentence that cannot be put otherwise."""
        if binding.code not in ("N101", "N103"):
            return []
        facts = elsewhere(binding, self.renamer.names)[:2]
        return [f"<!-- num: {binding.number.text}={fact.id} -->" for fact in facts]

    # -- another number ------------------------------------------------------------------------------------------------

    def _value(self, number: Number, text: str, *, more: int = 0) -> Edit:
        """The number with other digits."""
        cost = slip(number.written, text)
        return Edit(((number.start, number.end, text),), (VALUE if cost is None else cost) + more)

    def _noted(self, binding: Binding) -> Iterator[Edit]:
        """A note of the block names a number that the text lacks."""
        number = binding.number
        written = {n.written for n in binding.reading.numbers}
        for key in binding.reading.notes.values:
            if key.replace(",", "") not in written:
                yield Edit(((number.start, number.end, key),), NOTED)

    def _facts(self, binding: Binding) -> Iterator[Edit]:
        """What the data has for the names that the number is bound by."""
        number = binding.number
        message: dict[str, Any] = binding.message
        facts = list(dict.fromkeys(message.get("facts") or binding.wanted))
        if binding.code == "N101":
            facts = self.binder.facts(binding.reading, self.binder.scope(binding.reading, number, {}))
        for fact in facts[:MOST]:
            text = fact.digits.rstrip("%")
            other = next((n for n in binding.reading.numbers if n is not number and _exchanged(number, n, fact)), None)
            if other:
                yield Edit(((number.start, number.end, text), (other.start, other.end, number.text)), EXCHANGED)
            elif binding.code == "N104" and fact.number == number.value:
                spelling = self.renamer.spelling(fact, facts)
                yield Edit(((number.end, number.end, spelling),), INSERTED, tried=False)
            elif fact.number is not None and (len(facts) < 4 or slip(number.written, text)):
                yield self._value(number, text)

    def _derived(self, binding: Binding) -> Iterator[Edit]:
        """The difference or the count that is recomputed, or the opposite of the word that says what is counted."""
        number, message = binding.number, dict[str, Any](binding.message)
        for left, right in message.get("pairs", ()):
            yield self._value(number, str(abs(left.number - right.number)))
        if "counted" not in message:
            return
        part, total = message["counted"]
        yield self._value(number, str(total if message.get("role") == "total" else part))
        for comparison in self.book.lexicon.comparisons:
            for word in comparison.words if comparison.relation in OPPOSITE else ():
                at = number.unit.text.find(word, number.end, number.end + REACH)
                if at >= 0:
                    yield from self._reversed(at, at + len(word), word, OPPOSITE[comparison.relation], comparison.by)

    def _sizes(self, binding: Binding) -> Iterator[Edit]:
        """The sizes of the models named nearby, the nearest model's first."""
        number = binding.number
        before = [m for m in binding.reading.mentions if m.kind == "model" and m.end <= number.start]
        order = [i for m in reversed(before) for i in m.ids] + list(self.pages.named(binding.reading, ("model",)))
        for place, identity in enumerate(dict.fromkeys(order)):
            parameters = self.book.models[identity].parameters if identity in self.book.models else None
            for size in (parameters.total, parameters.activated) if parameters else ():
                if size:
                    yield self._value(number, size, more=min(place, 9))

    def _quantities(self, binding: Binding) -> Iterator[Edit]:
        """Quantities that the sentence cues, or a slip away those that its surroundings cue, in the author's form."""
        number, reading = binding.number, binding.reading
        named = self.pages.named(reading)
        found: list[tuple[int, int, Edit]] = []
        for identity in dict.fromkeys([*reading.cues, *self.pages.cues_around(reading)]):
            quantity = self.book.quantities[identity]
            own = identity in reading.cues
            if own and "/" in quantity.entry.value and (ends := _fraction(number)):
                found.append((SLIP, 0, Edit(((*ends, quantity.entry.value),), SLIP)))
                continue
            text = in_form(number, quantity)
            if text is None or not self.binder.quantities.fits(number, quantity):
                continue
            if slip(number.written, text) is None and (not own or binding.code == "N102"):
                continue
            far = min((abs(number.start - at) for at in reading.cues.get(identity, ())), default=99)
            stranger = quantity.entry.subject not in named and quantity.source not in self.pages.matter.reports
            edit = self._value(number, text, more=10 * (not own) + 10 * stranger)
            found.append((edit.cost, far, edit))
        for _, _, edit in sorted(found, key=lambda entry: entry[:2])[:MOST]:
            yield edit

    def _units(self, binding: Binding) -> Iterator[Edit]:
        """The same digits with another scale or unit word."""
        number, text = binding.number, binding.number.unit.text
        if number.scale:
            digits = number.text.removesuffix(number.scale)
            for scale in HAN_SCALES if number.scale in HAN_SCALES else LATIN_SCALES:
                far = abs(SCALES[scale] - SCALES[number.scale]) > 4
                yield Edit(((number.start, number.end, digits + scale),), SCALE + 10 * far)
        if not number.word:
            return
        at = text.find(number.word, number.end)
        cued = {*binding.reading.cues, *self.pages.cues_around(binding.reading)}
        quantities = [q for i in cued if (q := self.book.quantities[i]).number == abs(number.value)]
        own = {q.entry.unit for q in quantities if q.id in binding.reading.cues}
        for unit, percent in sorted({(q.entry.unit, "%" in q.entry.value) for q in quantities}):
            cost = SCALE + 10 * (unit not in own)
            known = self.book.vocabulary.units[unit].words
            words = [w for w in known if w.isascii() == (self.language == "en") or w == "token"]
            for word in ["%"] if percent else words[:3]:
                yield Edit(((number.start, at + len(number.word), text[number.start : at] + word),), cost)

    def _places(self, binding: Binding) -> Iterator[Edit]:
        """The tables in which the numbers of the sentence stand, those not yet cited and of the cited report first."""
        number, message = binding.number, dict[str, Any](binding.message)
        results = [n.result for n in binding.reading.numbers if isinstance(n.result, Binding)]
        taken = {i for result in results if result.kind == "reference" for i in result.ids}
        facts = [f for result in results for f in result.facts]
        reports = self.binder.references.report_ids(binding.reading)[:1]
        for place in message.get("tables") or sorted({f.source for f in facts}):
            source, _, name = place.partition("/")
            kind, _, digits = name.partition("-")
            if place not in taken and kind == message["place"]:
                far = min(abs(int(digits) - int(number.value)), 20) + 20 * (source not in reports)
                yield Edit(((number.start, number.end, str(int(digits))),), far, tried=False)

    # -- another word --------------------------------------------------------------------------------------------------

    def of_claim(self, claim: Claim) -> list[Edit]:
        """Edits for a comparison that does not hold: its opposite, or the place that the number has."""
        if claim.verdict != "false":
            return []
        text, lexicon = claim.reading.unit.text, self.book.lexicon
        if claim.kind == "superlative":
            place = claim.message["wrong"][0][1]
            placed = [w for s in lexicon.superlatives if s.place == place for w in s.words]
            return self._words(claim.start, claim.end, claim.text, placed)
        if claim.kind == "movement":
            up = claim.text.lower() in lexicon.movements.up
            others = lexicon.movements.down if up else lexicon.movements.up
            return self._words(claim.start, claim.end, claim.text, others)
        than = lexicon.than
        for words, opposite in ((than.more, than.less), (than.less, than.more)):
            closing = next((w for w in sorted(words, key=len, reverse=True) if text.startswith(w, claim.end - 1)), None)
            if closing and claim.text.startswith(tuple(than.openers)):
                return self._words(claim.end - 1, claim.end - 1 + len(closing), closing, opposite)
        left, right = claim.message["wrong"][0]
        relation = claim.message["relation"]
        wanted = OPPOSITE.get(relation) or (">" if left.number > right.number else "<")
        wanted = "=" if left.number == right.number else wanted
        return self._reversed(claim.start, claim.end, claim.text, wanted, claim.message["by"])

    def _reversed(self, start: int, end: int, written: str, relation: str, by: str) -> list[Edit]:
        lexicon = self.book.lexicon
        registry = lexicon.among if any(written in c.words for c in lexicon.among) else lexicon.comparisons
        words = [w for c in registry if c.relation == relation and (relation == "=" or c.by == by) for w in c.words]
        return self._words(start, end, written, words)

    def _words(self, start: int, end: int, written: str, words: Iterable[str]) -> list[Edit]:
        """The words most like the one written come first."""
        like = sorted(
            (w for w in words if w[:1].isascii() == written[:1].isascii()),
            key=lambda w: -SequenceMatcher(None, w, written).ratio() + abs(len(w) - len(written)) / 4,
        )
        return [Edit(((start, end, word),), WORD + place) for place, word in enumerate(like[:3])]


def _exchanged(number: Number, other: Number, fact: Fact) -> bool:
    """Whether two numbers of a sentence each say what the other should."""
    result = other.result
    return (
        isinstance(result, Binding) and result.code == "N102" and bool(result.wanted)
        and result.wanted[0].number == number.value and other.value == fact.number
    )  # fmt: skip


def _fraction(number: Number) -> tuple[int, int] | None:
    """Where a fraction written with a slash begins and ends, from its first number."""
    group = number.group
    if len(group) != 2 or number is not group[0] or number.unit.text[group[0].end : group[1].start] != "/":
        return None
    return group[0].start, group[1].end
