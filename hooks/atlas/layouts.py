"""What a score table shows, ready for its template: columns, rows and cells in one language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLayout:
    """A column: a model as one report ran it. `places` are the (table id, column index) it was taken from."""

    model: str
    name: str
    mode: str | None
    mode_name: str
    mode_meaning: str
    variant: str | None
    variant_name: str
    report: str
    source: str
    family: str
    group: str
    size: str
    qwen: bool
    reasoning: str
    places: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Neighbouring columns of one family."""

    name: str
    span: int
    qwen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CellLayout:
    """A cell. `kind` is value, dash, blank, na or absent; `place` 1 for best, 2 for second, else 0; `other` where it
    comes from another report than the row's own, with which it does not compare."""

    kind: str
    text: str = ""
    plain: str = ""
    marks: tuple[str, ...] = ()
    fact: str = ""
    anchor: bool = False
    place: int = 0
    other: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLayout:
    """A row: one benchmark and split in one unit. `id` is `<table>/<row>`."""

    id: str
    anchor: bool
    benchmark: str
    name: str
    label: str
    marks: tuple[str, ...]
    split: str | None
    split_name: str
    variant: str | None
    variant_name: str
    metric: str
    unit: str
    unit_symbol: str
    direction: str
    cells: tuple[CellLayout, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A table that the layout draws on, as the caption names it: `label` with its report, `table` without."""

    id: str
    label: str
    table: str
    url: str
    report: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A score table. `marks` are (mark, meaning); `notes` plain sentences; `all_rows` the rows before choosing."""

    id: str
    anchor: bool
    title: str
    caption: str
    sources: tuple[Source, ...]
    groups: tuple[Group, ...]
    columns: tuple[ColumnLayout, ...]
    rows: tuple[RowLayout, ...]
    marks: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    unsure: tuple[str, ...]
    across: bool
    several_tables: bool
    ranked: bool
    two_kinds: bool
    transpose: bool
    all_rows: int

    @property
    def facts(self) -> list[str]:
        return [cell.fact for row in self.rows for cell in row.cells if cell.fact]
