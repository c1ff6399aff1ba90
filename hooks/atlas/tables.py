"""A choice of rows and columns -> the layout of a score table, ready for `templates/table.html`.

The markup (stable: the stylesheet and the script rely on it)

    figure.st#<table id>                one table; the id only where it shows one source table, first on its page
      figcaption.st-caption             .st-title, a.st-source (report and table, to arXiv), .st-excerpt, .st-text
      div.st-tools                      empty: the script's controls, for tables of twelve cells and more
      div.scores[role=region][tabindex] the scroll region
        table.st-table[data-table]      ids of the source tables, space-separated; .st-flat where models are the rows;
                                        [data-across] where it puts several reports side by side
          thead tr.st-groups th[scope=colgroup].q?          families; .q is Qwen
          thead tr.st-models th[scope=col][data-model data-mode data-variant data-reasoning data-family data-size
                                           data-report data-t data-qwen]
              a | span (the model's name), small.m (mode), small.v (variant), small.s (report or table)
          tbody tr#<table id>/<row>[data-benchmark data-split data-direction data-unit data-variant]
            th[scope=row]  a (benchmark), small (split, variant), span.u (unit and arrow), sup (marks)
            td#<fact id>[data-v]|.e     the best in <b>, the second in <u>, .e empty (.e-dash .e-blank .e-na .e-absent, with
              a title), .x from another report than the rest of its row, with a ≠ (not ranked); data-v is the plain number where the text is not. A cell has an id on its report's page and where
              the page links to it; elsewhere its fact's id follows from its column's table (data-table, or data-t on the
              column), benchmark.split+variant of its row and model@mode+variant of its column, and data-f holds an id
              that does not
      ul.st-notes li                    .st-mark (what a mark means), .st-note, .st-across, .st-legend

Where models are the rows (`transpose`), the data attributes of columns stand on `tr`, those of rows, with the ids, on
`th`.
data-size is in billions of parameters. data-direction is left out for `higher`, data-unit for `percent`.
"""

from __future__ import annotations

from collections.abc import Sequence

from .book import Book, Table, splits_of
from .columns import columns_of, groups_of
from .layouts import Layout, RowLayout, Source
from .prose.names import Names
from .registry import newest_first
from .rows import SILENT_UNITS, reports_of, row_layout, rows_of
from .selection import Choice

__all__ = ["SILENT_UNITS", "layout"]


def layout(choice: Choice, book: Book, names: Names, language: str, taken: set[str]) -> Layout:
    """Lay the chosen rows and columns out. `taken` are the ids that the page has already; new ones are added."""
    columns = columns_of(choice, book, language)
    chosen = rows_of(choice, book, columns)
    order = reports_of(chosen, newest_first(book))
    rows = [row_layout(key, cells, columns, book, language, taken, reports=order) for key, cells in chosen]
    tables = choice.tables
    reports = {table.report for table in tables}
    identity = tables[0].id if len(tables) == 1 else ""
    anchor = bool(identity) and identity not in taken
    if anchor:
        taken.add(identity)
    shown = {row.benchmark for row in rows}
    kinds = {column.reasoning for column in columns}
    return Layout(
        id=identity,
        anchor=anchor,
        title=_title(choice, book, language),
        caption=choice.caption[language] if choice.caption else "",
        sources=tuple(_source(table, book, language) for table in tables),
        groups=tuple(groups_of(columns)),
        columns=tuple(columns),
        rows=tuple(rows),
        marks=tuple(_marks(tables, rows, language)),
        notes=tuple(_notes(tables, shown, names, language)),
        unsure=tuple(table.id for table in tables if table.file.confidence == "medium" and not table.file.note),
        across=len(reports) > 1,
        several_tables=len(tables) > 1,
        ranked=any(cell.place for row in rows for cell in row.cells),
        two_kinds=len(kinds) > 1,
        transpose=choice.transpose,
        all_rows=sum(len(splits_of(row)) for table in tables for row in table.file.rows) if identity else 0,
    )


def _title(choice: Choice, book: Book, language: str) -> str:
    if choice.title:
        return choice.title[language]
    if len(choice.tables) == 1:
        return choice.tables[0].file.caption[language]
    joint = "、" if language == "zh" else ", "
    subjects = [book.capabilities[identity].name for identity in choice.capabilities]
    subjects = subjects or [book.benchmarks[identity].name for identity, _ in choice.benchmarks[:3]]
    return joint.join(dict.fromkeys(name[language] for name in subjects))


def _source(table: Table, book: Book, language: str) -> Source:
    report = book.reports[table.report]
    label = table.label(language)
    return Source(id=table.id, label=f"{report.name} {label}", table=label, url=report.url, report=table.report)


def _marks(tables: Sequence[Table], rows: Sequence[RowLayout], language: str) -> list[tuple[str, str]]:
    """What the marks in the shown cells and labels mean, each meaning once."""
    used = {mark for row in rows for cell in row.cells for mark in cell.marks} | {m for row in rows for m in row.marks}
    found: dict[tuple[str, str], None] = {}
    for table in tables:
        for mark, meaning in table.file.marks.items():
            if mark in used:
                found[mark, getattr(meaning, language)] = None
    return list(found)


def _notes(tables: Sequence[Table], shown: set[str], names: Names, language: str) -> list[str]:
    """The tables' notes, without those that speak only of benchmarks that are not shown."""
    found = []
    for table in tables:
        note = table.file.note
        if note is None:
            continue
        text = note[language]
        about = {i for mention in names.find(text) if mention.kind == "benchmark" for i in mention.ids}
        if about and not about & shown:
            continue
        lead = f"{table.label(language)}{'：' if language == 'zh' else ': '}" if len(tables) > 1 else ""
        found.append(lead + text)
    return found
