"""What a number is about: the model, benchmark, split, mode, variant and report that its surroundings name.

The value of a number plays no part here. For each dimension the nearest name wins: a bracket right after the number,
a list of equal length, the sentence, the sentences before it, the row and column, the list parents, the headings, the
page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .names import Mention
from .numbers import Number
from .reading import Pick, Reading
from .surroundings import DOUBTFUL, REACH, Surroundings

DIMENSIONS = ("benchmark", "model", "mode", "split", "variant")
# matches "（CC-OCR）" and "(thinking)" right after a number; group 1 is what stands inside
BRACKET = re.compile(r"\s*[（(]([^（()）]{1,60})[)）]")
CLAUSE = re.compile(r"[，,；;：:]")
# matches " on ", " to the ", " when ": what joins a number to a name after it in English
AFTER = re.compile(r"\s*(?:points?\s+)?(?:on|to|of|for|at|as|with|without|when|in)\s+(?:the\s+|an?\s+)?(?=[A-Za-z0-9])")
FROM = re.compile(r"\bfrom\s+[^,;]{0,24}$")


class PageReading(Surroundings):
    """All units of a page, read once; later steps ask it for scopes."""

    # -- one dimension of one number ----------------------------------------------------------------------------

    def pick(self, dimension: str, reading: Reading, start: int, end: int, number: Number | None = None) -> Pick | None:
        """The ids of `dimension` for what stands at `start`..`end`, or None where nothing names one."""
        if stated := reading.notes.scope.get(dimension):
            return Pick(stated, "note", ", ".join(stated), own=True)
        here = reading.of_kind.get(dimension)
        if here and (own := self._own(dimension, reading, here, start, end, number)):
            return own
        if number and len(number.group) > 1:
            return self._around(dimension, reading, number)
        if dimension not in reading.around:
            reading.around[dimension] = self._around(dimension, reading, None)
        return reading.around[dimension]

    def _around(self, dimension: str, reading: Reading, number: Number | None) -> Pick | None:
        """The ids that what stands around a sentence gives; to a number of a list those of its place."""
        for how, named, block in self._naming(dimension, reading.unit):
            if how == "scope":
                stated = self.notes[id(block)].scope_below[dimension]
                return Pick(stated, "scope", ", ".join(stated))
            here = named.of_kind[dimension]
            if isinstance(named, Reading) and how == "before":
                run = named.lists(dimension)[-1]
                ids = tuple(dict.fromkeys(i for m in run for i in m.ids))
                if number and len(number.group) == len(run) > 1:
                    ids = run[number.group_index].ids
                return Pick(ids, how, "、".join(m.text for m in run))
            if number and len(here) == len(number.group) > 1:
                chosen = here[number.group_index]
                return Pick(chosen.ids, how, chosen.text)
            ids = tuple(dict.fromkeys(i for m in here for i in m.ids))
            if dimension in DOUBTFUL and len(ids) > 1:
                continue
            return Pick(ids, how, "、".join(dict.fromkeys(m.text for m in here)))
        if dimension in ("benchmark", "model", "mode") and (later := self._later(dimension, reading)):
            return later
        of_page = self.matter.scope.get(dimension)
        return Pick(of_page, "page", ", ".join(of_page)) if of_page else None

    def _own(
        self, dimension: str, reading: Reading, here: list[Mention], start: int, end: int, number: Number | None
    ) -> Pick | None:
        """The id that the sentence itself gives, out of its names of this dimension."""
        text = reading.unit.text
        if number and here[-1].start >= end and (behind := self._behind(dimension, reading, here, number)):
            return behind
        if number and len(number.group) > 1:
            first, last = number.group[0].start, number.group[-1].end
            runs = [run for run in reading.lists(dimension) if len(run) == len(number.group)]
            before = [run for run in runs if run[-1].end <= first]
            after = [run for run in runs if run[0].start >= last]
            run = before[-1] if before else after[0] if after else None
            nearest = _last_before(here, number.start) if run else None
            if run and (nearest is None or nearest in run):
                chosen = run[number.group_index]
                return Pick(chosen.ids, "list", chosen.text, own=True)
            joints = text[first:last]
            paired = dimension == "model" and any(word in joints for word in self.names.book.lexicon.rivals)
            if paired or (" to " in joints and not FROM.search(text[:first])):
                named = [m for m in here if m.end <= first]
                distinct = list(dict.fromkeys(m.ids for m in reversed(named)))[: len(number.group)][::-1]
                if dimension == "model" and len(distinct) == len(number.group):
                    return Pick(distinct[number.group_index], "list", text[named[0].start : named[-1].end], own=True)
        if nearest := _last_before(here, start):
            if dimension in ("benchmark", "model"):
                listed = next(run for run in reading.lists(dimension) if nearest in run)
                if len(listed) > 1:
                    ids = tuple(dict.fromkeys(i for m in listed for i in m.ids))
                    return Pick(ids, "nearest", text[listed[0].start : listed[-1].end], own=True)
            return Pick(nearest.ids, "nearest", nearest.text, own=True)
        if not CLAUSE.search(text[end : here[0].start]):
            return Pick(here[0].ids, "after", here[0].text, own=True)
        return None

    def _behind(self, dimension: str, reading: Reading, here: list[Mention], number: Number) -> Pick | None:
        """The id that a bracket, a joint or a name right behind a number gives."""
        text, end = reading.unit.text, number.end + len(number.word)
        if bracket := BRACKET.match(text, end):
            inside = [m for m in here if bracket.start(1) <= m.start < bracket.end(1)]
            digits = any(bracket.start(1) <= n.start < bracket.end(1) for n in reading.numbers)
            if len(inside) == 1 and not digits:
                return Pick(inside[0].ids, "bracket", inside[0].text, own=True)
        direct = []
        if joint := AFTER.match(text, end):
            direct = [m for m in here if 0 <= m.start - joint.end() <= 1]
        if not direct and dimension in DOUBTFUL:
            direct = [m for m in here if m.start >= end and m.text[:1].isascii() and not text[end : m.start].strip()]
        return Pick(direct[0].ids, "bracket", direct[0].text, own=True) if direct else None

    def _later(self, dimension: str, reading: Reading) -> Pick | None:
        """The only name of a sentence, where it stands in a later clause and nothing around names another."""
        here = reading.of_kind.get(dimension)
        if here and len({m.ids for m in here}) == 1:
            return Pick(here[0].ids, "after", here[0].text, own=True)
        return None

    # -- facts for a scope ---------------------------------------------------------------------------------------

    def reports_for(self, reading: Reading, position: int | None = None) -> tuple[str, ...]:
        """The reports that the surroundings restrict to, nearest statement first; empty for no restriction.

        "Qwen3 报告" before a position restricts to that report, then "Qwen3 报告" later in the sentence.
        """
        if stated := reading.notes.scope.get("report"):
            return stated
        if named := self._named_report(reading, position):
            return (named,)
        for heading in reading.unit.block.headings:
            if stated := self.notes[id(heading)].scope_below.get("report"):
                return stated
        return tuple(self.matter.reports)

    def _named_report(self, reading: Reading, position: int | None) -> str | None:
        found = reading.reports
        before = [report for start, report in found if position is None or start < position]
        return before[-1] if before else found[0][1] if found else None

    def cues_around(self, reading: Reading) -> dict[str, list[int]]:
        """The quantities whose cues stand around a unit rather than in it."""
        key = id(reading.unit)
        if key not in self.found.cues:
            around: dict[str, list[int]] = {}
            block = reading.unit.block
            near = block.units[max(0, reading.unit.index - REACH) : reading.unit.index]
            for unit in (
                *near,
                *(u for b in (block.row, block.column, *block.parents, *block.headings) if b for u in b.units),
            ):
                if id(unit) in self.of_unit:
                    around.update(self.of_unit[id(unit)].cues)
            self.found.cues[key] = around
        return self.found.cues[key]

    def named(self, reading: Reading, kinds: tuple[str, ...] = ("model", "benchmark", "paper")) -> dict[str, str]:
        """Everything the unit and its surroundings name: id -> how near ("own", "before", "row", ...)."""
        key = (id(reading.unit), kinds, id(reading.notes))
        if key not in self.found.named:
            self.found.named[key] = self._named_by(reading, kinds)
        return self.found.named[key]

    def _named_by(self, reading: Reading, kinds: tuple[str, ...]) -> dict[str, str]:
        found: dict[str, str] = {}
        for mention in reading.mentions:
            if mention.kind in kinds:
                for identity in mention.ids:
                    found.setdefault(identity, "own")
        for identity in (*reading.notes.scope.get("model", ()), *reading.notes.scope.get("benchmark", ())):
            found.setdefault(identity, "own")
        for how, outer, _block in self._levels(reading.unit):
            for mention in outer.mentions:
                if mention.kind in kinds:
                    for identity in mention.ids:
                        found.setdefault(identity, how)
        for heading in reading.unit.block.headings:
            below = self.notes[id(heading)].scope_below
            for identity in (*below.get("model", ()), *below.get("benchmark", ())):
                found.setdefault(identity, "scope")
        for identity in self.matter.subjects:
            found.setdefault(identity, "page")
        return found


def _last_before(mentions: Sequence[Mention], position: int) -> Mention | None:
    """The last of some names that ends before a position."""
    for mention in reversed(mentions):
        if mention.end <= position:
            return mention
    return None
