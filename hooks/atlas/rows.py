"""The rows of a score table: cells brought together by benchmark, split and unit, and ranked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from .book import DASH, NOT_APPLICABLE, Book, Cell, Fact, Table, metric_of, rank, split_name, splits_of, unit_of
from .layouts import CellLayout, ColumnLayout, RowLayout
from .model import Benchmark
from .selection import Choice

# benchmark, split, variant, mode, unit: what two printed rows must share to be one
RowKey = tuple[str, str | None, str | None, str | None, str]
# (table id, column index) -> the table, the row's index, which of the cell's values, the cell
Line = dict[tuple[str, int], tuple[Table, int, int, Cell]]
SILENT_UNITS = frozenset({"text", "ratio", "score", "count", "setting"})


def rows_of(choice: Choice, book: Book, columns: Sequence[ColumnLayout]) -> list[tuple[RowKey, Line]]:
    """Each chosen row with its printed cells by (table id, column index). Rows of different tables are one where
    benchmark, split, variant, mode and unit agree; a benchmark's rows stand together."""
    rows: dict[RowKey, Line] = {}
    wanted = {place for column in columns for place in column.places}
    for table in choice.tables:
        for row_index, row in enumerate(table.file.rows):
            for part, split in enumerate(splits_of(row)):
                if not choice.has_row(book, row, split):
                    continue
                benchmark = row.benchmark or ""
                unit = row.unit or unit_of(book.benchmarks, benchmark, split)
                cells = rows.setdefault((benchmark, split, row.variant, row.mode, unit), {})
                for index, cell in enumerate(table.cells[row_index]):
                    if (table.id, index) in wanted:
                        cells[table.id, index] = (table, row_index, part, cell)
    keys = list(rows)
    if choice.benchmarks:
        keys.sort(key=lambda key: choice.place(key[0], key[1]) or 0)
    else:
        first = {key[0]: index for index, key in reversed(list(enumerate(keys)))}
        keys.sort(key=lambda key: first[key[0]])
    return [(key, rows[key]) for key in keys if rows[key]]


def row_layout(
    key: RowKey,
    cells: Line,
    columns: Sequence[ColumnLayout],
    book: Book,
    language: str,
    taken: set[str],
    *,
    reports: Sequence[str],
) -> RowLayout:
    """One row with a cell for each column; its name, unit and direction in words. The first of `reports` that has a
    number in the row is the row's own: those of the others are set apart and not ranked."""
    benchmark, split, variant, _, unit = key
    entry = book.benchmarks[benchmark]
    table, row_index, _, _ = next(iter(cells.values()))
    printed = table.file.rows[row_index]
    identity = f"{table.id}/{benchmark}{f'.{split}' if split else ''}{f'+{variant}' if variant else ''}"
    anchor = identity not in taken
    taken.add(identity)
    own = entry.splits.get(split) if split else None
    unit_entry = book.vocabulary.units.get(unit)
    symbol = (unit_entry.symbol or unit_entry.name)[language] if unit_entry and unit not in SILENT_UNITS else ""
    part = _split_name(book, entry, split, language)
    laid = [next((cells[place] for place in column.places if place in cells), None) for column in columns]
    facts = [found[3].facts[found[2]] if found and found[3].facts else None for found in laid]
    given = {fact.report for fact in facts if fact}
    own_report = next((report for report in reports if report in given), "")
    others = [fact is not None and fact.report != own_report for fact in facts]
    places = _places([None if other else fact for fact, other in zip(facts, others, strict=True)])
    return RowLayout(
        id=identity,
        anchor=anchor,
        benchmark=benchmark,
        name=entry.name[language],
        label=printed.label or "",
        marks=tuple(mark for mark in table.file.marks if printed.label and printed.label.endswith(mark)),
        split=split,
        split_name=part,
        variant=variant,
        variant_name=book.vocabulary.variants[variant].name[language] if variant in book.vocabulary.variants else "",
        metric=metric_of(book, benchmark, split, language),
        unit=unit,
        unit_symbol="" if symbol in (entry.name[language], part) else symbol,
        direction=(own.direction if own and own.direction else entry.direction) or "none",
        cells=tuple(
            _cell(found[3] if found else None, fact, place, taken, other=other)
            for found, fact, place, other in zip(laid, facts, places, others, strict=True)
        ),
    )


def _split_name(book: Book, entry: Benchmark, split: str | None, language: str) -> str:
    if split is None:
        return ""
    if split not in entry.splits and split not in book.vocabulary.splits:
        return split
    return split_name(book.vocabulary, entry, split)[language]


def reports_of(rows: Sequence[tuple[RowKey, Line]], newest: Sequence[str]) -> list[str]:
    """The reports of these rows, the one with most numbers first, the newer one of equals."""
    counts = Counter(table.report for _, cells in rows for table, _, _, cell in cells.values() if cell.facts)
    return sorted(counts, key=lambda report: (-counts[report], newest.index(report)))


def _cell(cell: Cell | None, fact: Fact | None, place: int, taken: set[str], *, other: bool) -> CellLayout:
    if cell is None:
        return CellLayout(kind="absent")
    if fact is None:
        return CellLayout(kind={DASH: "dash", NOT_APPLICABLE: "na"}.get(cell.text or "", "blank"))
    anchor = fact.id not in taken
    taken.add(fact.id)
    text = fact.digits
    number = "" if fact.number is None else f"{fact.number:f}"
    return CellLayout(
        kind="value",
        text=text,
        plain=number if fact.marks or other or text != number else "",
        marks=fact.marks,
        fact=fact.id,
        anchor=anchor,
        place=place,
        other=other,
    )


def _places(facts: Sequence[Fact | None]) -> list[int]:
    """1 for the best and 2 for the second of each comparison set: one row, one report, one kind of reasoning.

    Nothing is ranked where fewer than two numbers meet, and no second where fewer than three do. Equal values share
    a place, and two bests leave no second.
    """
    sets: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact and fact.number is not None and fact.direction != "none":
            sets[fact.report, fact.reasoning].append(fact)
    found = []
    for fact in facts:
        rivals = sets.get((fact.report, fact.reasoning), []) if fact and fact.number is not None else []
        place = rank(fact, rivals) if fact and len(rivals) > 1 and len({other.number for other in rivals}) > 1 else None
        found.append(place if place and place <= min(2, len(rivals) - 1) else 0)
    return found
