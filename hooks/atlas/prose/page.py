"""A page taken apart: its blocks, their units of plain text, its fences, and where each stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .comments import Note


@dataclass(slots=True, eq=False)
class Block:
    """A paragraph, an item's own text, a cell or a heading: units that share their surroundings.

    `parents` and `headings` are nearest first. For a cell, `row` is the row's first cell and `column` the header's.
    """

    kind: str
    section: int
    parents: tuple[Block, ...] = ()
    headings: tuple[Block, ...] = ()
    row: Block | None = None
    column: Block | None = None
    units: list[Unit] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    scopes: list[Note] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Unit:
    """A sentence: `text` is folded (NFKC digits, one kind of apostrophe), `offsets[i]` is where character i stands in
    the source, `code` holds the ranges of `text` that were code spans."""

    text: str
    offsets: Sequence[int]
    code: tuple[tuple[int, int], ...]
    block: Block
    index: int

    def in_code(self, position: int) -> bool:
        return bool(self.code) and any(start <= position < end for start, end in self.code)


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block of one of the site's kinds: its kind, body, section and the offset of its first body line."""

    kind: str
    body: str
    section: int
    start: int


@dataclass(slots=True)
class Page:
    """A page taken apart. `matter` is the raw front matter."""

    source: str
    matter: str
    blocks: list[Block]
    fences: list[Fence]
    lines: list[int]

    def place(self, offset: int) -> tuple[int, int]:
        """(line, column) of an offset, both from 1."""
        line = bisect_right(self.lines, offset)
        return line, offset - self.lines[line - 1] + 1

    def line_text(self, line: int) -> str:
        end = self.lines[line] - 1 if line < len(self.lines) else len(self.source)
        return self.source[self.lines[line - 1] : end]

    @property
    def units(self) -> Iterator[Unit]:
        for block in self.blocks:
            yield from block.units
