"""Findings -> fixes: every proposed edit is tried on its sentence, and those that leave fewest findings come first.

So the rest of the sentence is the evidence. Where the other numbers under a name hold, only another value mends it;
where all of them fail, only another name does; where two are exchanged, only both together do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

from .binding import Binding
from .claim import Claim
from .edits import Edit
from .numbers import Number
from .page import Unit
from .proposing import Proposer
from .reading import Reading
from .scope import PageReading
from .surroundings import Found

Stated = tuple[list[Binding], list[Claim]]
# reads one unit: (reading, bindings of the block's units before) -> its bindings and claims
Read = Callable[[Reading, list[Binding]], Stated]
WRITE = {"zh": "写 {text}", "en": "write {text}"}
INSTEAD = {"zh": "写 {text}，代替 {old}", "en": "write {text} for {old}"}
REPEATED = 60  # what it costs to state a fact twice in one sentence
SHOWN = 3
LETTERS = 40_000  # that are read again for one sentence at most; edits beyond are named untried
MENDED = 200  # sentences of one page that fixes are looked for; the findings of the others stand without
BUDGET = 200_000  # letters that are read again for one page at most
FALSE = ("false", "unbound")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an edit leads to: the offsets in the source at which findings are left, and how often a fact is repeated."""

    left: frozenset[int]
    count: int
    repeated: int


class Repairer:
    """Finds the fixes of one page's findings."""

    def __init__(self, pages: PageReading, proposer: Proposer, read: Read, language: str) -> None:
        self.pages, self.proposer, self.read, self.language = pages, proposer, read, language
        self.budget = BUDGET
        self.rest: dict[int, list[int]] = {}  # by block: the letters from each unit to the block's end
        self.kept: list[Unit] = []  # caches go by the identity of a unit, so a tried one must not be freed

    def fixes(self, bindings: Sequence[Binding], claims: Sequence[Claim]) -> dict[int, tuple[str, ...]]:
        """The fixes of every finding by the identity of its binding or claim, the likeliest first."""
        bad: dict[int, tuple[Reading, list[Binding], list[Claim]]] = {}
        for binding in bindings:
            if not binding.ok:
                bad.setdefault(id(binding.reading.unit), (binding.reading, [], []))[1].append(binding)
        for claim in claims:
            if claim.verdict in FALSE:
                bad.setdefault(id(claim.reading.unit), (claim.reading, [], []))[2].append(claim)
        found: dict[int, tuple[str, ...]] = {}
        by_block: dict[int, list[Binding]] = {}
        for binding in bindings:
            by_block.setdefault(id(binding.reading.unit.block), []).append(binding)
        for reading, wrong, false in islice(bad.values(), MENDED):
            unit = reading.unit
            earlier = [b for b in by_block.get(id(unit.block), ()) if b.reading.unit.index < unit.index]
            found |= self._of_unit(reading, wrong, false, earlier)
        return found

    def _of_unit(
        self, reading: Reading, wrong: list[Binding], false: list[Claim], earlier: list[Binding]
    ) -> dict[int, tuple[str, ...]]:
        edits = {edit: id(b) for b in wrong for edit in self.proposer.of_binding(b)}
        edits |= {edit: id(c) for c in false for edit in self.proposer.of_claim(c)}
        letters = 1 + self._letters(reading.unit)
        tries = [edit for edit in edits if edit.tried][: min(LETTERS, self.budget) // letters]
        self.budget -= len(tries) * letters
        units = reading.unit.block.units if tries else []
        results = {number: number.result for unit in units for number in self._numbers(unit)}
        before = self._read_block(reading.unit, earlier).count if tries else len(wrong) + len(false)
        tried = {edit: self._try(reading, edit, earlier) for edit in tries}
        for number, result in results.items():
            number.result = result
        found = {}
        places: list[tuple[Binding | Claim, int]] = [(b, b.number.start) for b in wrong]
        places += [(c, c.start) for c in false]
        for finding, start in places:
            ranked: list[tuple[int, int, int, str]] = []
            for order, (edit, owner) in enumerate(edits.items()):
                outcome = tried.get(edit, Outcome(frozenset(), before - 1, 0) if owner == id(finding) else None)
                if outcome and outcome.count < before and reading.unit.offsets[start] not in outcome.left:
                    cost = edit.cost + REPEATED * outcome.repeated
                    ranked.append((outcome.count, cost, order, self._said(reading, edit, start)))
            said = [text for *_, text in sorted(ranked)]
            if isinstance(finding, Binding):
                said += self.proposer.annotations(finding)
            found[id(finding)] = tuple(dict.fromkeys(said))[:SHOWN]
        return found

    def _letters(self, unit: Unit) -> int:
        """How many letters there are from a unit to the end of its block."""
        block = unit.block
        if id(block) not in self.rest:
            lengths = accumulate(len(each.text) for each in reversed(block.units))
            self.rest[id(block)] = list(lengths)[::-1]
        return self.rest[id(block)][unit.index]

    def _numbers(self, unit: Unit) -> list[Number]:
        return self.pages.of_unit[id(unit)].numbers

    def _said(self, reading: Reading, edit: Edit, start: int) -> str:
        """What to write, and for which words where they do not stand at the finding."""
        text = reading.unit.text
        change = next((c for c in edit.changes if c[0] == start), edit.changes[0])
        old = text[change[0] : change[1]]
        elsewhere = change[0] != start and old
        words = (INSTEAD if elsewhere else WRITE)[self.language]
        return words.format(text=change[2], old=old)

    # -- one edit ------------------------------------------------------------------------------------------------------

    def _try(self, reading: Reading, edit: Edit, earlier: list[Binding]) -> Outcome:
        """Read the sentence and the rest of its block again with the edit made."""
        unit, pages = reading.unit, self.pages
        trial = edited(unit, edit)
        self.kept.append(trial)
        caches, pages.found = pages.found, Found(blocks=pages.found.blocks)
        unit.block.units[unit.index] = trial
        try:
            pages.of_unit[id(trial)] = pages._read(trial, reading.notes)
            return self._read_block(trial, earlier)
        finally:
            unit.block.units[unit.index] = unit
            pages.found = caches

    def _read_block(self, trial: Unit, earlier: list[Binding]) -> Outcome:
        before = list(earlier)
        left: list[int] = []
        stated: list[str] = []
        for unit in trial.block.units[trial.index :]:
            bindings, claims = self.read(self.pages.of_unit[id(unit)], before)
            before += bindings
            left += [unit.offsets[b.number.start] for b in bindings if not b.ok]
            left += [unit.offsets[c.start] for c in claims if c.verdict in FALSE]
            if unit is trial:
                stated = [i for b in bindings if b.kind == "fact" for i in b.ids]
        return Outcome(frozenset(left), len(left), len(stated) - len(set(stated)))


def edited(unit: Unit, edit: Edit) -> Unit:
    """The unit with the edit made; each new character has the offset of what it replaces."""
    text, offsets, code = unit.text, list(unit.offsets), unit.code
    for start, end, new in sorted(edit.changes, reverse=True):
        text = text[:start] + new + text[end:]
        at = offsets[start] if start < len(offsets) else offsets[-1]
        offsets[start:end] = [at] * len(new)
        shift = len(new) - (end - start)
        code = tuple((a + shift * (a >= end), b + shift * (b >= end)) for a, b in code)
    return Unit(text, offsets, code, unit.block, unit.index)
