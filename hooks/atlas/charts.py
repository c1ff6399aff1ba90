"""The body of a `chart` fence -> a chart, with every id resolved against the book.

    kind: bars | dots | slopes | lines | heat
    tables: [qwen3-vl/table-02]      # numbers with `report`, or full ids; without it all tables that hold the rows
    report: qwen3-vl
    title: ...  caption: ...         # text, or {zh: ..., en: ...}
    modes: [thinking, instruct]      # only columns of these modes (not for slopes)

    bars      benchmark (or benchmarks, a panel each), models; order: value (the default) or printed; variants: only
              numbers under these conditions
    dots      benchmarks, models: thinking against direct answers of the same model in the same report
    slopes    benchmarks, from, to, and what lies between: via
    lines     x: size | budget | length; benchmarks, models (or family)
    heat      rows (benchmarks or capabilities), columns (models)

A benchmark is an id or id.split; a model is the id of a model, a series (all members) or a column (model@mode+variant).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from .book import Book, Fact, Table, splits_of
from .loading import suggestion
from .model import Head, Id, Name, Record, Text
from .panels import Panels
from .plots import draw
from .plotting import Group, Note, Plot, marks_of
from .problems import Problem
from .reading import Document
from .selection import Choice, Many, Selection, resolve

if TYPE_CHECKING:
    from .drawing import Desk, Drawing

Path = tuple[str | int, ...]


class Chart(Record):
    """The keys of a `chart` fence, as written."""

    kind: Literal["bars", "dots", "slopes", "lines", "heat"]
    report: Id | None = None
    tables: Many = ()
    benchmark: Text | None = None
    benchmarks: Many = ()
    rows: Many = ()
    models: Many = ()
    family: Text | None = None
    columns: Many = ()
    modes: Many = ()
    variants: Many = ()
    start: Text | None = Field(default=None, alias="from")
    via: Many = ()
    to: Text | None = None
    x: Literal["size", "budget", "length"] | None = None
    order: Literal["value", "printed"] | None = None
    title: Name | None = None
    caption: Name | None = None


SHARED = frozenset({"kind", "report", "tables", "title", "caption"})
# kind -> the keys it may have besides the shared ones, and those it must have ("a or b": one of them)
KEYS: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {
    "bars": (
        frozenset({"benchmark", "benchmarks", "models", "modes", "order", "variants"}),
        ("benchmark or benchmarks",),
    ),
    "dots": (frozenset({"benchmark", "benchmarks", "models", "modes"}), ("benchmark or benchmarks", "models")),
    "slopes": (frozenset({"benchmark", "benchmarks", "from", "via", "to"}), ("benchmark or benchmarks", "from", "to")),
    "lines": (
        frozenset({"benchmark", "benchmarks", "models", "family", "modes", "x"}),
        ("x", "benchmark or benchmarks", "models or family"),
    ),
    "heat": (frozenset({"rows", "columns", "modes"}), ("rows", "columns")),
}
# kind -> how many rows (or series) a chart can hold and stay legible on a phone
MOST = {"bars": 40, "dots": 40, "slopes": 16, "lines": 48, "heat": 40}
MOST_COLUMNS = 7
MOST_SERIES = 8


def draw_chart(chart: Chart, document: Document, desk: Desk) -> tuple[Drawing | None, list[Problem]]:
    """A chart, or findings.

    F201 a key that this kind does not take, F202 a missing key; F210 table or report, F212 benchmark, F213 model or
    column, F214 mode that does not exist; F215 something that exists but that the tables do not hold; F216 nothing
    chosen; F221 a model with several numbers where one is meant; F222 nothing to draw; F223 more than a phone can show.
    """
    problems = _keys(chart, document)
    if problems:
        return None, problems
    choice, problems = _choice(chart, document, desk.book)
    if choice is None:
        return None, problems
    plot, problems = _plot(chart, choice, document, desk)
    return (drawing(plot, desk), []) if plot else (None, problems)


def drawing(plot: Plot, desk: Desk) -> Drawing:
    """The plot as a drawing of the page. It is laid out when it is rendered, where the interface's words are known."""
    from .drawing import Drawing  # which registers this module's fence

    book, language = desk.book, desk.language
    number = 1 + sum(identity.startswith("chart-") for identity in desk.taken)
    desk.taken.add(f"chart-{number}")
    facts = list({item.fact.id: item.fact for item in plot.items}.values())
    tables = [book.tables[identity] for identity in dict.fromkeys(fact.source for fact in facts)]
    return Drawing(
        template="chart.html",
        values={
            "chart": plot,
            "identity": f"chart-{number}",
            "draw": draw,
            "sources": [(f"{book.reports[table.report].name} {table.label(language)}", table.id) for table in tables],
            "marks": marks_of(facts, book, language),
            "unsure": [
                (table.name.partition("-")[0], f"{book.reports[table.report].name} {table.label(language)}")
                for table in tables
                if table.file.confidence == "medium"
            ],
            "across": len({table.report for table in tables}) > 1,
        },
    )


def _keys(chart: Chart, document: Document) -> list[Problem]:
    allowed, needed = KEYS[chart.kind]
    given = [key for key in document.data if document.data[key] is not None]
    problems = []
    for key in given:
        if key not in allowed | SHARED:
            message = f"a chart of kind {chart.kind} takes no {key!r}; it takes {', '.join(sorted(allowed))}"
            problems.append(document.problem("F201", message, key))
    for key in needed:
        if not set(key.split(" or ")) & set(given):
            problems.append(document.problem("F202", f"a chart of kind {chart.kind} needs {key}", "kind"))
    return problems


def _choice(chart: Chart, document: Document, book: Book) -> tuple[Choice | None, list[Problem]]:
    """The chart's rows and columns chosen as a `scores` fence chooses them, with findings at the chart's own keys."""
    columns = _words(chart, "models", "family", "columns", "from", "via", "to")
    places = dict(document.places)
    for index, (_, path) in enumerate(columns):
        places["models", index] = places["columns", index] = document.place(*path)
    models = tuple(word for word, _ in columns)
    selection = Selection(report=chart.report, tables=chart.tables, models=models, columns=models, modes=chart.modes)
    benchmarks: list[str] = []
    problems = []
    for word, path in _words(chart, "benchmark", "benchmarks", "rows"):
        if chart.kind == "heat" and word in book.capabilities:
            new = _of_capability(word, selection, document, book)
            if not new:
                problems.append(document.problem("F215", f"no row of {word!r} in these tables", *path))
        elif word not in book.benchmarks and word.rpartition(".")[0] not in book.benchmarks:
            known = [*book.benchmarks, *(book.capabilities if chart.kind == "heat" else ())]
            problems.append(document.problem("F212", f"unknown benchmark {word!r}{suggestion(word, known)}", *path))
            continue
        else:
            new = [word]
        for one in new:
            places["benchmarks", len(benchmarks)] = document.place(*path)
            benchmarks.append(one)
    full = selection.model_copy(update={"benchmarks": tuple(benchmarks)})
    choice, found = resolve(full, replace(document, places=places), book)
    problems += [replace(problem, code="F2" + problem.code[2:]) for problem in dict.fromkeys(found)]
    return (None, problems) if problems else (choice, [])


def _words(chart: Chart, *keys: str) -> list[tuple[str, Path]]:
    """The words that stand under these keys, each with its place in the fence."""
    found: list[tuple[str, Path]] = []
    for key in keys:
        value = getattr(chart, "start" if key == "from" else key)
        if isinstance(value, str):
            found.append((value, (key,)))
        else:
            found += [(word, (key, index)) for index, word in enumerate(value or ())]
    return found


def _of_capability(word: str, selection: Selection, document: Document, book: Book) -> list[str]:
    """The benchmarks of a capability that have a row in the chosen tables, in their order there."""
    choice, _ = resolve(selection, document, book)
    rows = [row.benchmark for table in choice.tables for row in table.file.rows] if choice else []
    known = [identity for identity in dict.fromkeys(rows) if identity and identity in book.benchmarks]
    return [i for i in known if book.benchmarks[i].capability == word and book.benchmarks[i].kind == "benchmark"]


def _facts(choice: Choice, book: Book) -> list[Fact]:
    """The chosen numbers: rows in the asked order, columns in theirs. What a report prints twice alike counts once."""
    found: dict[tuple[object, ...], Fact] = {}
    for table in choice.tables:
        for row_index, row in enumerate(table.file.rows):
            wanted = {split for split in splits_of(row) if choice.has_row(book, row, split)}
            for index, cell in enumerate(table.cells[row_index]):
                for fact in cell.facts if choice.has_column(table, index) else ():
                    if fact.split in wanted and fact.number is not None:
                        key = (fact.report, fact.row, fact.column, fact.unit, fact.variant, fact.value)
                        found.setdefault(key, fact)

    def place(fact: Fact) -> tuple[int, int]:
        asked = (index for index, ids in enumerate(choice.order) if not ids.isdisjoint({fact.model, fact.column}))
        return choice.place(fact.benchmark, fact.split) or 0, next(asked, len(choice.order))

    return sorted(found.values(), key=place)


def _plot(chart: Chart, choice: Choice, document: Document, desk: Desk) -> tuple[Plot | None, list[Problem]]:
    facts = _facts(choice, desk.book)
    given = {fact.variant for fact in facts}
    for index, word in enumerate(chart.variants):
        if word not in given:
            message = f"no number with the variant {word!r}{suggestion(word, [one for one in given if one])}"
            return None, [document.problem("F215", message, "variants", index)]
    facts = [fact for fact in facts if not chart.variants or fact.variant in chart.variants]
    panels = Panels(facts, desk.book, desk.language)
    if chart.kind == "slopes":
        groups, unclear = panels.slopes(choice.order)
        if unclear:
            return None, [_unclear(*unclear, _words(chart, "from", "via", "to"), document)]
    elif chart.kind == "bars":
        groups = panels.bars(printed=chart.order == "printed")
    elif chart.kind == "dots":
        groups = panels.dots()
    elif chart.kind == "lines":
        groups = panels.lines(chart.x or "size")
    else:
        groups = panels.heat(choice.order)
    notes = panels.notes + _missing(choice, groups, panels)
    if problem := _size(chart.kind, groups, document):
        return None, [problem]
    title = chart.title[desk.language] if chart.title else panels.title()
    caption = chart.caption[desk.language] if chart.caption else ""
    return Plot(
        kind=chart.kind, title=title, caption=caption, groups=tuple(groups), notes=tuple(notes), x=chart.x or ""
    ), []


def _unclear(stop: int, facts: Sequence[Fact], words: Sequence[tuple[str, Path]], document: Document) -> Problem:
    """F221: a stop that means several columns, or one that tables print with different values."""
    word, path = words[stop]
    columns = list(dict.fromkeys(fact.column for fact in facts))
    if len(columns) > 1:
        message = f"{word!r} has several columns: write one of {', '.join(columns)}"
    else:
        values = ", ".join(f"{fact.value} in {fact.source}" for fact in facts)
        message = f"{word!r} has several values of {facts[0].row}: {values}; name the table"
    return document.problem("F221", message, *path)


def _size(kind: str, groups: Sequence[Group], document: Document) -> Problem | None:
    """F222 and F223: nothing to draw, or more than fits."""
    if not any(group.items for group in groups):
        return document.problem("F222", "nothing to draw: the tables have no number for this", "kind")
    counts = [(sum(len(group.lines) for group in groups), MOST[kind], "rows")]
    if kind == "heat":
        counts.append((max(len(group.stops) for group in groups), MOST_COLUMNS, "columns"))
    if kind == "lines":
        counts.append((max(len(group.lines) for group in groups), MOST_SERIES, "lines in one panel"))
    for count, most, what in counts:
        if count > most:
            message = f"{count} {what}: a chart of kind {kind} is legible with {most} at most"
            return document.problem("F223", message, "kind")
    return None


def _missing(choice: Choice, groups: Sequence[Group], panels: Panels) -> list[Note]:
    """Which chosen columns have a row but no number in it, where models were chosen or a chart shows one row."""
    notes: list[Note] = []
    drawn = {(i.fact.benchmark, i.fact.split, i.fact.column): i.benchmark for group in groups for i in group.items}
    rows = {(benchmark, split): name for (benchmark, split, _), name in drawn.items()}
    for (benchmark, split), name in rows.items():
        shown = {column.partition("@")[0] for b, s, column in drawn if (b, s) == (benchmark, split)}
        models = []
        for table in choice.tables:
            for index, column in enumerate(table.columns):
                chosen = choice.has_column(table, index) and (benchmark, split, column) not in drawn
                if chosen and _empty(table, index, benchmark, split):
                    head = table.file.columns[index]
                    models.append(panels.column_name(head if head.model in shown else Head(model=head.model)))
        if models:
            notes.append(("chart-missing", (("row", name), ("models", panels.joint.join(dict.fromkeys(models))))))
    return notes


def _empty(table: Table, column: int, benchmark: str, split: str | None) -> bool:
    """Whether the table has this row, with an empty cell in this column."""
    for row, cells in zip(table.file.rows, table.cells, strict=True):
        if row.benchmark == benchmark and split in splits_of(row):
            return not cells[column].facts
    return False
