"""All scores of a model, or of a benchmark, gathered from every table: one sheet per capability or per report."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from .book import Book, Fact, Table, rank
from .plotting import condition, grouped, own_variant
from .registry import newest_first


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A number of a sheet: its fact, its place among `of` results of its printed row and kind of reasoning (None where
    nothing is ranked), and the condition that a row gives it alone. `text` is what is printed without `marks`, `plain`
    the number to sort by."""

    fact: Fact
    text: str
    marks: str
    plain: str
    place: int | None
    of: int
    variant: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a column or row is: a model as it was run, or a benchmark as it was scored."""

    model: str | None = None
    mode: str | None = None
    variant: str | None = None
    report: str | None = None
    benchmark: str | None = None
    split: str | None = None
    unit: str = ""
    direction: str = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row: `cells` has a tuple of entries per column, empty where there is none; `tables` are the sources."""

    head: Head
    cells: tuple[tuple[Entry, ...], ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`key` is the capability or report that the sheet is about."""

    key: str
    columns: tuple[Head, ...]
    rows: tuple[SheetRow, ...]


def sheets_of_model(model: str, book: Book) -> list[Sheet]:
    """A sheet per capability: benchmarks as rows, reports, modes and variants as columns."""
    facts = book.by_model.get(model, [])
    order = list(book.capabilities)

    def capability(fact: Fact) -> str:
        return book.benchmarks[fact.benchmark].capability or ""

    groups = grouped(facts, capability)
    groups.sort(key=lambda group: order.index(capability(group[0])) if capability(group[0]) in order else len(order))
    return [_sheet(capability(group[0]), group, book, rows=_as_benchmark, columns=_as_run) for group in groups]


def sheets_of_benchmark(benchmark: str, book: Book) -> list[Sheet]:
    """A sheet per report: models as rows, splits as columns."""
    groups = grouped(book.by_benchmark.get(benchmark, []), lambda fact: fact.report)
    groups.sort(key=lambda group: newest_first(book).index(group[0].report))
    return [_sheet(group[0].report, group, book, rows=_as_model, columns=_as_split) for group in groups]


def standing(facts: Iterable[Fact], book: Book) -> tuple[int, int, int]:
    """In how many rows a model's results are ranked with others, and how often they are first and second there."""
    places = [entry.place for entry in (_entry(fact, book) for fact in facts) if entry.place]
    return len(places), places.count(1), places.count(2)


def _sheet(
    key: str, facts: Sequence[Fact], book: Book, *, rows: Callable[[Fact], Head], columns: Callable[[Fact], Head]
) -> Sheet:
    reports = newest_first(book)
    heads = sorted(
        dict.fromkeys(columns(fact) for fact in facts), key=lambda head: reports.index(head.report or reports[0])
    )
    found = []
    for group in grouped(facts, rows):
        cells = tuple(tuple(_entries([f for f in group if columns(f) == head], book)) for head in heads)
        tables = tuple(book.tables[source] for source in dict.fromkeys(fact.source for fact in group))
        found.append(SheetRow(head=rows(group[0]), cells=cells, tables=tables))
    return Sheet(key=key, columns=tuple(heads), rows=tuple(found))


def _entries(facts: Sequence[Fact], book: Book) -> list[Entry]:
    """One entry for what several tables print alike."""
    distinct: dict[Hashable, Fact] = {}
    for fact in facts:
        distinct.setdefault((fact.value, fact.variant), fact)
    return [_entry(fact, book) for fact in distinct.values()]


def _entry(fact: Fact, book: Book) -> Entry:
    rivals = book.rivals(fact)
    place = rank(fact, rivals) if len(rivals) > 1 else None
    marked = any(getattr(book.tables[fact.source].file.marks[mark], "variant", None) for mark in fact.marks)
    return Entry(
        fact=fact,
        text=fact.digits,
        marks=" ".join(fact.marks),
        plain="" if fact.number is None else f"{fact.number:f}",
        place=place,
        of=len(rivals),
        variant=None if marked else condition(fact),
    )


def _as_benchmark(fact: Fact) -> Head:
    return Head(benchmark=fact.benchmark, split=fact.split, unit=fact.unit, direction=fact.direction)


def _as_split(fact: Fact) -> Head:
    return Head(split=fact.split, unit=fact.unit, direction=fact.direction, report=fact.report)


def _as_run(fact: Fact) -> Head:
    return Head(mode=fact.mode, variant=own_variant(fact), report=fact.report)


def _as_model(fact: Fact) -> Head:
    return Head(model=fact.model, mode=fact.mode, variant=own_variant(fact), report=fact.report)
