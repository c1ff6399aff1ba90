"""A sentence as it was read: its names, its numbers, and its lists of names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .names import Mention, Names
from .notes import Notes
from .numbers import Number
from .page import Block, Unit

# what may stand between two names of one list
NAME_JOINT = re.compile(r"^\s*[)）]?\s*[(（]?(?:[、，,/／和与及对]|vs\.?|and|以及)?\s*(?:and|or)?\s*[)）]?\s*$")
# matches " 报告", " 技术报告", " report": after a series' name it names its report
REPORT = re.compile(r"\s*(?:技术)?报告(?!称|认为|指出|说)|\s*(?:technical )?report\b|'s report\b|\s*的表")


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


def of_kind(mentions: Iterable[Mention]) -> dict[str, list[Mention]]:
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
