"""The columns of a score table: which models, merged over tables, ordered and grouped by family."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .book import Book, Table, number_of, splits_of
from .layouts import ColumnLayout, Group
from .selection import Choice

HOME_DEVELOPER = "Qwen Team"


def columns_of(choice: Choice, book: Book, language: str) -> list[ColumnLayout]:
    """The chosen columns, by report and family in the order of their first appearance.

    A model that two tables of one report print with equal values has one column, else one for each.
    """
    merged: dict[tuple[str, ...], list[tuple[Table, int]]] = defaultdict(list)
    for table in choice.tables:
        for index, column in enumerate(table.columns):
            if choice.has_column(table, index):
                merged[table.report, column].append((table, index))
    found: list[ColumnLayout] = []
    for places in merged.values():
        agree = len(places) == 1 or _agree(places)
        for group in [places] if agree else [[place] for place in places]:
            used = [(table, index) for table, index in group if _used(choice, book, table)]
            if used:
                found.append(_column(used, book, language, several=len(choice.tables) > 1, reports=choice.tables))
    reports = list(dict.fromkeys(table.report for table in choice.tables))
    groups = list(dict.fromkeys((column.report, column.group) for column in found))
    found.sort(key=lambda column: (reports.index(column.report), groups.index((column.report, column.group))))
    if choice.order:
        found.sort(key=lambda column: _asked(choice, book, column))
    return found


def groups_of(columns: Sequence[ColumnLayout]) -> list[Group]:
    """Runs of columns of one family and report."""
    groups: list[Group] = []
    last = None
    for column in columns:
        if last and (last.group, last.report, last.qwen) == (column.group, column.report, column.qwen):
            groups[-1] = replace(groups[-1], span=groups[-1].span + 1)
        else:
            groups.append(Group(name=column.group, span=1, qwen=column.qwen))
        last = column
    return groups


def _asked(choice: Choice, book: Book, column: ColumnLayout) -> int:
    table, index = column.places[0]
    words = {column.model, book.tables[table].columns[index]}
    return next((i for i, ids in enumerate(choice.order) if not ids.isdisjoint(words)), len(choice.order))


def _agree(places: Sequence[tuple[Table, int]]) -> bool:
    """Whether the columns print one value for each row that two of them have."""
    values: dict[tuple[str, str], str] = {}
    for table, index in places:
        for cells in table.cells:
            for fact in cells[index].facts if index < len(cells) else ():
                if values.setdefault((fact.row, fact.unit), fact.value) != fact.value:
                    return False
    return True


def _used(choice: Choice, book: Book, table: Table) -> bool:
    """Whether a chosen row stands in the table."""
    return any(choice.has_row(book, row, split) for row in table.file.rows for split in splits_of(row))


def _column(
    places: Sequence[tuple[Table, int]], book: Book, language: str, *, several: bool, reports: Iterable[Table]
) -> ColumnLayout:
    table, index = places[0]
    printed = table.file.columns[index]
    identity = printed.model or ""
    model = book.models.get(identity)
    mode = book.vocabulary.modes.get(printed.mode) if printed.mode else None
    variant = book.vocabulary.variants.get(printed.variant) if printed.variant else None
    series = book.models.get(model.family) if model and model.family else None
    name = book.subject_name(identity, language)
    group = series.name[language] if series else (model and model.developer) or name
    total = number_of(str(model.parameters.total)) if model and model.parameters and model.parameters.total else None
    across = len({other.report for other in reports}) > 1
    labels = "、".join(dict.fromkeys(place[0].label(language) for place in places))
    return ColumnLayout(
        model=identity,
        name=name,
        mode=printed.mode,
        mode_name=mode.name[language] if mode else "",
        mode_meaning=mode.meaning[language] if mode else "",
        variant=printed.variant,
        variant_name=variant.name[language] if variant else "",
        report=table.report,
        source=f"{book.reports[table.report].name} {labels}" if across else labels if several else "",
        family=(model.family if model else None) or identity,
        group=group,
        size=f"{(total / 10**9).normalize():f}" if total else "",
        qwen=bool(model and model.developer == HOME_DEVELOPER),
        reasoning=mode.reasoning if mode else "none",
        places=tuple((place[0].id, place[1]) for place in places),
    )
