"""The sentences of a page with what stands around each: the sentences before, row, column, parents and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .names import SIZE, SUFFIX, Mention, Names
from .notes import Notes, PageMatter, read_notes
from .numbers import numbers_in
from .page import Block, Page, Unit
from .reading import Level, Named, Reading, of_kind

DOUBTFUL = ("mode", "split", "variant")  # kinds with names that are one only in some surroundings
NO_NOTES = Notes()
REACH = 8  # sentences of the same paragraph that are looked back on
# match "–32K" after and "1K 到 " before an end of a range of lengths; not the 4K of "从 4K 预算的 56.2 升到 8K"
RANGE_AFTER = re.compile(r"\s?(?:到|至|–|—|~|to|-)\s?\d+K(?!\s?(?:预算|时|上|budget))")
RANGE_BEFORE = re.compile(r"\dK\s?(?:到|至|–|—|~|to|-)\s?$")
EFFORTS = {"high", "medium", "minimal", "budget-128", "base"}
SUFFIX_MODES = {
    "thinking": "thinking",
    "instruct": "instruct",
    "思考": "thinking",
    "指令": "instruct",
    "非思考": "non-thinking",
}
# matches "参数" or "parameters" near a size: then it is a number, not a name
PARAMETER = re.compile(r"^\s*(?:的)?(?:个)?(?:总|激活)?\s*(?:参数|parameters|激活|total|activated|active)|^-parameter")
BEFORE_PARAMETER = re.compile(r"(?:激活|总参数|总参|参数量|仅有|参数|activated|activates|total)[^，。；,;]{0,8}$")


@dataclass(slots=True)
class Found:
    """What was looked up for a page's units and blocks, by their identity: everything named around a unit, the cues
    around it, its levels, those of them that name something of a dimension, and what a block names."""

    named: dict[tuple[int, tuple[str, ...], int], dict[str, str]] = field(default_factory=dict)
    cues: dict[int, dict[str, list[int]]] = field(default_factory=dict)
    levels: dict[int, list[Level]] = field(default_factory=dict)
    naming: dict[tuple[int, str], list[Level]] = field(default_factory=dict)
    blocks: dict[int, Named] = field(default_factory=dict)


class Surroundings:
    """All units of a page, read once, each with what stands around it."""

    def __init__(self, page: Page, names: Names, matter: PageMatter) -> None:
        self.page = page
        self.names = names
        self.matter = matter
        self.readings: list[Reading] = []
        self.of_unit: dict[int, Reading] = {}
        self.notes: dict[int, Notes] = {}
        self.found = Found()
        for block in page.blocks:
            notes = read_notes(block.notes, block.scopes) if block.notes or block.scopes else NO_NOTES
            self.notes[id(block)] = notes
            for unit in block.units:
                reading = self._read(unit, notes)
                self.readings.append(reading)
                self.of_unit[id(unit)] = reading

    def _read(self, unit: Unit, notes: Notes) -> Reading:
        mentions = [m for m in self.names.find(unit.text) if m.kind not in DOUBTFUL or self._holds(unit, m)]
        mentions = self._with_sizes(unit, mentions)
        numbers, unread = numbers_in(unit, mentions, self.names)
        return Reading(mentions, of_kind(mentions), unit, numbers, unread, notes, self.names)

    def _holds(self, unit: Unit, mention: Mention) -> bool:
        """An effort such as `high` is a mode only next to a model that has it."""
        if mention.kind != "mode" and mention.text[0].isdigit():
            return not _ranged(unit.text, mention) and self._measures(unit, mention)
        if mention.kind != "mode" or not EFFORTS.intersection(mention.ids) or not mention.text.isascii():
            return True
        before = unit.text[max(0, mention.start - 40) : mention.start].rstrip(" (（-")
        return any(m.kind == "model" and before.endswith(m.text) for m in self.names.find(before))

    def _measures(self, unit: Unit, mention: Mention) -> bool:
        """Whether a length such as 64K is a split of a benchmark named nearby, or a budget where budgets are spoken of."""
        near = unit.text + "".join(
            u.text
            for b in (unit.block.row, unit.block.column, *unit.block.parents, *unit.block.headings)
            if b
            for u in b.units
        )
        near += "".join(u.text for u in unit.block.units[max(0, unit.index - 2) : unit.index])
        if mention.kind == "variant":
            return "预算" in near or "budget" in near.lower()
        named = {i for m in self.names.find(near) if m.kind == "benchmark" for i in m.ids}
        return any(identity in self.names.book.benchmarks[i].splits for i in named for identity in mention.ids)

    def _with_sizes(self, unit: Unit, mentions: list[Mention]) -> list[Mention]:
        text = unit.text
        found = list(mentions)
        changed = False
        if "B" in text:
            for match in SIZE.finditer(text):
                start, end = match.span()
                if any(m.start < end and start < m.end for m in mentions if m.kind != "capability"):
                    continue
                if start > 1 and text[start - 1] == "-" and text[start - 2].isalnum() and text[start - 2].isascii():
                    continue
                if PARAMETER.match(text[end : end + 16]) or BEFORE_PARAMETER.search(text[max(0, start - 16) : start]):
                    continue
                identity = self._sized(unit, found, start, match[1])
                if identity:
                    found.append(Mention("model", (identity,), start, end, match[0]))
                    changed = True
        for mention in [m for m in found if m.kind == "model"]:
            suffix = SUFFIX.match(text, mention.end)
            if not suffix:
                continue
            changed = True
            word = suffix[1].lower()
            found = [m for m in found if not (m.kind == "mode" and m.start < suffix.end() and m.start >= mention.end)]
            if word == "base":
                base = tuple(f"{i}-base" for i in mention.ids if f"{i}-base" in self.names.book.models)
                if base:
                    found.remove(mention)
                    found.append(
                        Mention("model", base, mention.start, suffix.end(), text[mention.start : suffix.end()])
                    )
            elif word in SUFFIX_MODES:
                found.append(Mention("mode", (SUFFIX_MODES[word],), suffix.start(1), suffix.end(), suffix[1]))
        if changed:
            found.sort(key=lambda m: (m.start, -m.end))
        return found

    def _sized(self, unit: Unit, found: list[Mention], start: int, size: str) -> str | None:
        families: list[str] = []

        def consider(mention: Mention) -> None:
            for identity in mention.ids:
                model = self.names.book.models.get(identity)
                if model:
                    families.extend(filter(None, [identity if model.kind == "series" else None, model.family]))
                    families.extend(self.names.series[identity])

        for mention in sorted((m for m in found if m.kind == "model" and m.end <= start), key=lambda m: -m.start):
            consider(mention)
        for _, named, _block in self._levels(unit):
            for mention in reversed(named.of_kind.get("model", ())):
                consider(mention)
        families += self.matter.subjects
        families += [report.series for key in self.matter.reports if (report := self.names.book.reports.get(key))]
        for family in families:
            identity = self.names.sized(family, size)
            if identity:
                return identity
        return None

    def _outer(self, unit: Unit) -> Iterator[Level]:
        block = unit.block
        for earlier in reversed(block.units[max(0, unit.index - REACH) : unit.index]):
            yield "before", self.of_unit[id(earlier)], block
        for how, near in (("row", block.row), ("column", block.column)):
            if near is not None:
                yield how, self._of_block(near), near
        for parent in block.parents:
            yield "parent", self._of_block(parent), parent
        for heading in block.headings:
            yield "heading", self._of_block(heading), heading

    def _of_block(self, block: Block) -> Named:
        if len(block.units) == 1:
            return self.of_unit[id(block.units[0])]
        if id(block) not in self.found.blocks:
            mentions = [m for unit in block.units for m in self.of_unit[id(unit)].mentions]
            self.found.blocks[id(block)] = Named(mentions, of_kind(mentions))
        return self.found.blocks[id(block)]

    def _naming(self, dimension: str, unit: Unit) -> list[Level]:
        """The levels around a unit that name something of a dimension, up to the first that decides it."""
        key = id(unit), dimension
        found = self.found.naming.get(key)
        if found is None:
            found = self.found.naming[key] = list(self._deciding(dimension, self._levels(unit)))
        return found

    def _levels(self, unit: Unit) -> list[Level]:
        """What stands around a unit, nearest first. Ask for it only once all units before are read."""
        levels = self.found.levels.get(id(unit))
        if levels is None:
            levels = self.found.levels[id(unit)] = list(self._outer(unit))
        return levels

    def _deciding(self, dimension: str, levels: list[Level]) -> Iterator[Level]:
        for how, named, block in levels:
            if how == "heading" and self.notes[id(block)].scope_below.get(dimension):
                yield "scope", named, block
                return
            here = named.of_kind.get(dimension)
            if here:
                yield how, named, block
                if how == "before" or dimension not in DOUBTFUL or len({i for m in here for i in m.ids}) == 1:
                    return


def _ranged(text: str, mention: Mention) -> bool:
    """Whether a length is an end of a range (4K 到 128K): then it is a number, not the name of a split or budget."""
    return bool(
        RANGE_AFTER.match(text, mention.end) or RANGE_BEFORE.search(text[max(0, mention.start - 8) : mention.start])
    )
