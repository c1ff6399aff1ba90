"""Charts that nobody asks for in a fence: of a model, of a benchmark, and of the generations on the home page."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from .book import Book, Fact
from .linking import Links
from .loading import suggestion
from .model import Record
from .panels import Panels
from .plotting import Axis, Group, Line, Plot, condition, grouped
from .problems import Problem
from .reading import Document
from .registry import newest_first
from .selection import Many

MOST_DOTS = 14
ENOUGH = 3
GENERATIONS = ("qwen2-vl-72b", "qwen2.5-vl-72b", "qwen3-vl-235b-a22b@instruct", "qwen3-vl-235b-a22b@thinking")


class Heat(Record):
    """The heat map of the home page: columns, and rows where the automatic choice will not do."""

    columns: Many = GENERATIONS
    rows: Many = ()


def model_plot(model: str, book: Book, language: str) -> Plot | None:
    """Thinking against direct answers where they lie furthest apart: percent, one report, the one with most pairs."""
    facts = [f for f in book.by_model.get(model, []) if f.number is not None and not f.variant and f.unit == "percent"]
    best: list[list[Fact]] = []
    for report in grouped(facts, lambda fact: fact.report):
        rows = grouped(report, lambda fact: (fact.benchmark, fact.split))
        pairs = [row for row in rows if {"thinking", "direct"} <= {fact.reasoning for fact in row}]
        best = max(best, pairs, key=len)
    if len(best) < 3:
        return None

    def distance(row: Sequence[Fact]) -> Decimal:
        numbers = [next(f.number or Decimal(0) for f in row if f.reasoning == kind) for kind in ("thinking", "direct")]
        return abs(numbers[0] - numbers[1])

    chosen = sorted(best, key=distance, reverse=True)[:MOST_DOTS]
    panels = Panels([fact for row in best if row in chosen for fact in row], book, language)
    words = (("name", book.subject_name(model, language)), ("report", book.reports[best[0][0].report].name))
    key = "model-dots" if len(chosen) == len(best) else "model-dots-most"
    heading = (key, (*words, ("count", str(len(chosen)))))
    return Plot(kind="dots", heading=heading, groups=tuple(panels.dots()), notes=tuple(panels.notes))


def benchmark_plot(benchmark: str, book: Book, language: str) -> Plot | None:
    """Bars of one table, for the benchmark's average or else its first row there.

    It is the first table of the newest report that has `ENOUGH` numbers, which is that of the flagship; where none has,
    the one with most.
    """
    facts = [f for f in book.by_benchmark.get(benchmark, []) if f.number is not None and f.direction != "none"]
    rows = grouped(facts, lambda fact: (fact.source, fact.split, fact.unit, condition(fact)))
    if not rows:
        return None
    newest = newest_first(book)

    def place(row: Sequence[Fact]) -> tuple[int, bool, str, bool]:
        part = row[0].split not in (None, "avg", "overall")
        return newest.index(row[0].report), "/figure-" in row[0].source, row[0].source, part

    enough = [row for row in rows if len(row) >= ENOUGH]
    row = min(enough, key=place) if enough else max(rows, key=len)
    if len(row) < 2:
        return None
    panels = Panels(row, book, language)
    table = book.tables[row[0].source]
    source = f"{book.reports[table.report].name} {table.label(language)}"
    heading = ("benchmark-bars", (("name", panels.row_name(row[0])), ("table", source)))
    return Plot(kind="bars", heading=heading, groups=tuple(panels.bars()), notes=tuple(panels.notes))


def generations_plot(
    heat: Heat, document: Document, book: Book, links: Links, language: str
) -> tuple[Plot | None, list[Problem]]:
    """The headline benchmark of each capability over the generations: the row that fills most columns with one split
    and no special condition, the earlier one of equals."""
    known = {*book.by_model, *(column for table in book.tables.values() for column in table.columns)}
    problems = []
    for key, words, registry in (("columns", heat.columns, known), ("rows", heat.rows, {*book.by_benchmark})):
        for index, word in enumerate(words):
            name = word if key == "columns" or word in registry else word.rpartition(".")[0]
            if name not in registry:
                code, what = ("F213", "model or column") if key == "columns" else ("F212", "benchmark")
                message = f"unknown {what} {word!r}{suggestion(word, registry)}"
                problems.append(document.problem(code, message, "heat", key, index))
    if problems:
        return None, problems
    ids = [frozenset({word}) for word in heat.columns]
    facts = [f for f in book.facts.values() if f.number is not None and f.direction != "none" and not condition(f)]
    facts = [f for f in facts if any({f.model, f.column} & wanted for wanted in ids)]
    panels = Panels(facts, book, language)
    rows = grouped(facts, lambda fact: (fact.benchmark, fact.split, fact.unit))
    lines = []
    for capability, entry in book.capabilities.items():
        mine = [row for row in rows if book.benchmarks[row[0].benchmark].capability == capability]
        mine = [
            row
            for row in mine
            if not heat.rows or {row[0].benchmark, f"{row[0].benchmark}.{row[0].split}"} & {*heat.rows}
        ]
        cells = [[next((f for f in row if {f.model, f.column} & wanted), None) for wanted in ids] for row in mine]
        if not cells:
            continue
        best = max(cells, key=lambda row: sum(cell is not None for cell in row))
        first = next(cell for cell in best if cell)
        lines.append(
            Line(
                name=entry.name[language],
                detail=panels.row_name(first),
                items=tuple(panels.item(cell, table=False) if cell else None for cell in best),
                page=f"capabilities/{capability}/" if links.has("capabilities", capability) else "",
            )
        )
    axis = Axis(name="", metric="", unit="", direction="none")
    return Plot(kind="heat", heading=("home-heat", ()), groups=(Group(axis=axis, lines=tuple(lines)),)), []
