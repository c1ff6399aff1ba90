"""Facts on the command line: `atlas facts` and `atlas show`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

from .book import Book, Fact, rank

COLUMNS = ("id", "benchmark", "split", "model", "mode", "variant", "value", "unit", "direction")


def matching(
    book: Book,
    *,
    models: Sequence[str] = (),
    benchmarks: Sequence[str] = (),
    capabilities: Sequence[str] = (),
    reports: Sequence[str] = (),
    modes: Sequence[str] = (),
) -> list[Fact]:
    """The facts that fit every given list, in the printed order. A series stands for its members."""
    members = {i for i, m in book.models.items() if i in models or m.family in models}
    return [
        fact
        for fact in book.facts.values()
        if (not models or fact.model in members)
        and (not benchmarks or fact.benchmark in benchmarks or f"{fact.benchmark}.{fact.split}" in benchmarks)
        and (not capabilities or book.benchmarks[fact.benchmark].capability in capabilities)
        and (not reports or fact.report in reports)
        and (not modes or fact.mode in modes)
    ]


def as_table(facts: Iterable[Fact], style: str) -> str:
    """Facts as text (aligned columns), csv or json."""
    rows = [{column: getattr(fact, column) for column in COLUMNS} for fact in facts]
    if style == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1)
    if style == "csv":
        out = io.StringIO()
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return out.getvalue().rstrip("\n")
    shown = [[str(row[column] or "") for column in COLUMNS[1:7]] for row in rows]
    widths = [max((len(line[i]) for line in shown), default=0) for i in range(6)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in shown
    )


def show(book: Book, identity: str, cited_by: Sequence[str], language: str = "zh") -> str | None:
    """A fact or quantity with its provenance and who cites it; None where the id is unknown."""
    if identity in book.facts:
        fact = book.facts[identity]
        table = book.tables[fact.source]
        benchmark, report = book.benchmarks[fact.benchmark], book.reports[fact.report]
        place = rank(fact, book.rivals(fact))
        lines = [
            f"{fact.id}: {fact.value}",
            f"  {benchmark.name[language]}{f' [{fact.split}]' if fact.split else ''} ({fact.unit}, {fact.direction})",
            f"  {book.models[fact.model].name[language]}, {fact.mode or '-'}, {fact.variant or '-'}",
            f"  {report.title}, {table.label(language)}, {report.url}",
            f"  {fact.place}",
        ]
        if place:
            lines.append(f"  {place} / {len(book.rivals(fact))} ({fact.reasoning})")
        lines += [
            f"  {mark}: {table.file.marks[mark].zh if language == 'zh' else table.file.marks[mark].en}"
            for mark in fact.marks
        ]
    elif identity in book.quantities:
        quantity = book.quantities[identity]
        entry = quantity.entry
        about = "≈ " if entry.approximate else ""
        lines = [f"{quantity.id}: {about}{entry.value} {entry.unit}", f"  {entry.name[language]} ({entry.subject})",
                 f"  {quantity.source}, {entry.locator}", f"  {quantity.place}"]  # fmt: skip
    else:
        return None
    touching = [key for key, erratum in book.errata.items() if identity in erratum.facts]
    lines += [f"  erratum: {key}" for key in touching]
    lines += [f"  cited: {place}" for place in cited_by] or ["  cited nowhere"]
    return "\n".join(lines)
