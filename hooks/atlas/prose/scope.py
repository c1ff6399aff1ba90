"""What a number is about: the model, benchmark, split, mode, variant and report that its surroundings name.

The value of a number plays no part here. For each dimension the nearest name wins: a bracket right after the number,
a list of equal length, the sentence, the sentences before it, the row and column, the list parents, the headings, the
page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from .names import SIZE, SUFFIX, Mention, Names
from .notes import Notes, PageMatter, read_notes
from .numbers import Number, numbers_in
from .page import Block, Page, Unit

DIMENSIONS = ("benchmark", "model", "mode", "split", "variant")
DOUBTFUL = ("mode", "split", "variant")  # kinds with names that are one only in some surroundings
# what may stand between two names of one list
NAME_JOINT = re.compile(r"^\s*[)）]?\s*[(（]?(?:[、，,/／和与及对]|vs\.?|and|以及)?\s*(?:and|or)?\s*[)）]?\s*$")
# matches "（CC-OCR）" and "(thinking)" right after a number; group 1 is what stands inside
BRACKET = re.compile(r"\s*[（(]([^（()）]{1,60})[)）]")
CLAUSE = re.compile(r"[，,；;：:]")
# matches " 报告", " 技术报告", " report": after a series' name it names its report
REPORT = re.compile(r"\s*(?:技术)?报告(?!称|认为|指出|说)|\s*(?:technical )?report\b|'s report\b|\s*的表")
# matches " on ", " to the ", " when ": what joins a number to a name after it in English
AFTER = re.compile(r"\s*(?:points?\s+)?(?:on|to|of|for|at|as|with|without|when|in)\s+(?:the\s+|an?\s+)?(?=[A-Za-z0-9])")
FROM = re.compile(r"\bfrom\s+[^,;]{0,24}$")
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
class Pick:
    """The ids chosen for one dimension and how: `how` is a lexical key, `text` the words that decided, `own` whether
    they stand in the sentence, `exact` whether a mode was said of this very model."""

    ids: tuple[str, ...]
    how: str
    text: str
    own: bool = False
    exact: bool = False


@dataclass(slots=True, eq=False)
class Named:
    """The mentions of a unit or of a whole block, in the order of the text, and by their kind."""

    mentions: list[Mention]
    of_kind: dict[str, list[Mention]]


@dataclass(slots=True, eq=False)
class Reading(Named):
    """A unit with its mentions and number tokens; `unread` are the digits that are part of none of them."""

    unit: Unit
    numbers: list[Number]
    unread: list[tuple[int, int]]
    notes: Notes
    names: Names
    _lists: dict[str, list[list[Mention]]] = field(default_factory=dict)
    _cues: dict[str, list[int]] | None = None
    _reports: list[tuple[int, str]] | None = None
    around: dict[str, Pick | None] = field(default_factory=dict)  # by dimension: what stands around gives it

    def lists(self, kind: str) -> list[list[Mention]]:
        """The lists of names of one kind, one name alone being a list as well; divided when first asked for."""
        if kind not in self._lists:
            self._lists[kind] = _lists(self.unit.text, self.mentions, kind) if kind in self.of_kind else []
        return self._lists[kind]

    @property
    def cues(self) -> dict[str, list[int]]:
        """The quantities whose cues stand in the unit, with the cues' positions; found when first asked for."""
        if self._cues is None:
            self._cues = self.names.cues(self.unit.text)
        return self._cues

    @property
    def reports(self) -> list[tuple[int, str]]:
        """The reports that the unit names ("Qwen3 技术报告") with their positions; found when first asked for."""
        if self._reports is None:
            self._reports = [
                (mention.start, report)
                for mention in self.of_kind.get("model", ())
                if REPORT.match(self.unit.text, mention.end)
                for report, entry in self.names.book.reports.items()
                if entry.series in mention.ids
            ]
        return self._reports


# what stands around a unit: how near it is, what it names, and its block
Level = tuple[str, Named, Block]


@dataclass(slots=True)
class Found:
    """What was looked up for a page's units and blocks, by their identity: everything named around a unit, the cues
    around it, its levels, those of them that name something of a dimension, and what a block names."""

    named: dict[tuple[int, tuple[str, ...], int], dict[str, str]] = field(default_factory=dict)
    cues: dict[int, dict[str, list[int]]] = field(default_factory=dict)
    levels: dict[int, list[Level]] = field(default_factory=dict)
    naming: dict[tuple[int, str], list[Level]] = field(default_factory=dict)
    blocks: dict[int, Named] = field(default_factory=dict)


class PageReading:
    """All units of a page, read once; later steps ask it for scopes."""

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
        return Reading(mentions, _of_kind(mentions), unit, numbers, unread, notes, self.names)

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
            self.found.blocks[id(block)] = Named(mentions, _of_kind(mentions))
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


def _ranged(text: str, mention: Mention) -> bool:
    """Whether a length is an end of a range (4K 到 128K): then it is a number, not the name of a split or budget."""
    return bool(
        RANGE_AFTER.match(text, mention.end) or RANGE_BEFORE.search(text[max(0, mention.start - 8) : mention.start])
    )


def _last_before(mentions: Sequence[Mention], position: int) -> Mention | None:
    """The last of some names that ends before a position."""
    for mention in reversed(mentions):
        if mention.end <= position:
            return mention
    return None


def _of_kind(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
    """The mentions by their kind, each kind in the order of the text."""
    kinds: dict[str, list[Mention]] = {}
    for mention in mentions:
        kinds.setdefault(mention.kind, []).append(mention)
    return kinds


def _lists(text: str, mentions: list[Mention], kind: str) -> list[list[Mention]]:
    """Runs of names of one kind that only joints (and their own modes) separate."""
    runs: list[list[Mention]] = []
    last: Mention | None = None
    end = 0
    for mention in mentions:
        if mention.kind != kind:
            if last is not None and mention.start <= end + 3 and mention.kind in ("mode", "split", "variant"):
                end = max(end, mention.end)
            continue
        if last is not None and NAME_JOINT.match(text[end : mention.start]) and mention.start > last.start:
            runs[-1].append(mention)
        else:
            runs.append([mention])
        last, end = mention, mention.end
    return runs
