"""The fences that stand for generated parts of a page: errata, a report's tables and contents, the home page's parts,
and what the pages of models and benchmarks are made of.

    errata            capability: ocr | report: qwen3 | source: summary-qwen3
    wrong-numbers     kinds: [value, ...]      the titles of such errata in what retells the reports (on the ledger)
    ledger-filter     reports: [...], kinds: [...]   the form above the ledger
    report-tables     report: qwen3            every table in full, then the numbers of the text
    report-contents   report: qwen3            its sections with links to the pages that cover them
    quantities        of: a2search             the numbers of a paper's (or report's) text, by which prose is bound
    home              show: [ways, heat, verified, errata]; heat: {columns: [...], rows: [...]}
    compare           models: [...]            the frame of the compare page, filled by its script
    part              show: ..., id: ...       on generated pages only
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from .book import Book, BookQuantity, Table, locator_name
from .charts import drawing
from .ledger import (
    Errata,
    LedgerFilter,
    WrongNumbers,
    draw_errata,
    draw_ledger_filter,
    draw_wrong_numbers,
    entries_of,
)
from .loading import suggestion
from .model import Id, Record, Text
from .overviews import Heat, benchmark_plot, generations_plot, model_plot
from .plots import shades
from .plotting import grouped, marks_of
from .problems import Problem
from .reading import Document
from .registry import (
    Section,
    members_of,
    related_benchmarks,
    related_models,
    sections_of_benchmarks,
    sections_of_models,
    sizes_of,
)
from .selection import Choice
from .sheets import sheets_of_benchmark, sheets_of_model, standing
from .tables import layout

if TYPE_CHECKING:
    from .drawing import Desk, Drawing

Result = tuple["Drawing | None", list[Problem]]
LATEST = 5


class OfReport(Record):
    """The key of `report-tables` and `report-contents`."""

    report: Id


class Quantities(Record):
    """The key of `quantities`: a paper or a report."""

    of: Id


class Home(Record):
    """The keys of a `home` fence."""

    show: tuple[Literal["ways", "heat", "verified", "errata"], ...] = Field(min_length=1)
    heat: Heat = Heat()


class Compare(Record):
    """The key of `compare`: the models shown at first."""

    models: tuple[Text, ...] = Field(min_length=1)


class Part(Record):
    """The keys of `part`. `id` is a model's or benchmark's, or that of a section of an index."""

    show: Literal[
        "model", "model-chart", "model-scores", "model-related", "model-index", "members",
        "benchmark", "benchmark-chart", "benchmark-scores", "benchmark-related", "benchmark-index",
        "numbers", "cited",
    ]  # fmt: skip
    id: Id


def draw_report_tables(asked: OfReport, document: Document, desk: Desk) -> Result:
    """Every table of a report in the printed order, and the numbers of its text by section. F230: no such report."""
    book = desk.book
    if asked.report not in book.reports:
        return None, [_unknown("report", asked.report, book.reports, document)]
    tables = [table for table in book.tables.values() if table.report == asked.report]
    layouts = [_in_full(table, desk) for table in tables]
    groups = _quantities_of(asked.report, desk)
    return _drawing("report-tables.html", tables=layouts, groups=groups, kept=None), []


def draw_report_contents(asked: OfReport, document: Document, desk: Desk) -> Result:
    """The sections of a report with the pages that cover them. F230: no such report."""
    if asked.report not in desk.book.reports:
        return None, [_unknown("report", asked.report, desk.book.reports, document)]
    sections = desk.book.reports[asked.report].sections
    return _drawing("report-contents.html", sections=sections), []


def draw_quantities(asked: Quantities, document: Document, desk: Desk) -> Result:
    """The numbers of a paper's or report's text. F230: no such paper or report; F222: it has none."""
    known = {**desk.book.papers, **desk.book.reports}
    if asked.of not in known:
        return None, [_unknown("of", asked.of, known, document)]
    groups = _quantities_of(asked.of, desk)
    if not groups:
        return None, [document.problem("F222", f"{asked.of} has no quantities", "of")]
    return _drawing("quantities.html", groups=groups), []


def draw_home(home: Home, document: Document, desk: Desk) -> Result:
    """Parts of the home page. F212 and F213: a row or column of the heat map that does not exist."""
    values: dict[str, Any] = {"show": home.show}
    if "heat" in home.show:
        plot, problems = generations_plot(home.heat, document, desk.book, desk.links, desk.language)
        if plot is None:
            return None, problems
        heads = [column.partition("@")[::2] for column in home.heat.columns]
        values |= {"chart": plot, "heads": heads, "shades": shades}
        values["marks"] = marks_of([item.fact for item in plot.items], desk.book, desk.language)
    if "errata" in home.show:
        last = dict(list(desk.book.errata.items())[-LATEST:][::-1])
        values["entries"] = entries_of(last, replace(desk, taken=set()))
    return _drawing("home.html", **values, **_ways(desk.book)), []


def _ways(book: Book) -> dict[str, Any]:
    """What the three ways in count and list: series with their members, benchmarks with most scores first."""
    roots = [i for i, entry in book.models.items() if entry.kind == "series" and not entry.family]
    series = [(i, sum(book.models[m].kind == "model" for m in members_of(i, book))) for i in roots]
    benchmarks = [i for i, entry in book.benchmarks.items() if entry.kind == "benchmark" and i in book.by_benchmark]
    benchmarks.sort(key=lambda identity: -len({fact.report for fact in book.by_benchmark[identity]}))
    return {
        "series": [(identity, count) for identity, count in series if count > 1],
        "families": sum(entry.kind == "series" for entry in book.models.values()),
        "models": sum(entry.kind == "model" for entry in book.models.values()),
        "benchmarks": benchmarks,
    }


def draw_compare(compare: Compare, document: Document, desk: Desk) -> Result:
    """The frame of the compare page. F213: a model or column that does not exist."""
    book = desk.book
    known = {*book.by_model, *(column for table in book.tables.values() for column in table.columns)}
    problems = [
        document.problem("F213", f"unknown model or column {word!r}{suggestion(word, known)}", "models", index)
        for index, word in enumerate(compare.models)
        if word not in known
    ]
    return (None, problems) if problems else (_drawing("compare.html", models=compare.models), [])


def draw_part(part: Part, document: Document, desk: Desk) -> Result:
    """A part of a generated page. F230: no such model, benchmark or section; F222: nothing to draw."""
    book, language, about = desk.book, desk.language, part.show.partition("-")[0]
    if part.show.endswith("-index"):
        sections = (sections_of_models if about == "model" else sections_of_benchmarks)(book, language, part.id)
        section = next((one for one in sections if one.id == part.id), None)
        if section is None:
            return None, [_unknown("id", part.id, {one.id: one for one in sections}, document)]
        return _drawing(f"{part.show}.html", section=section, sizes=sizes_of(book)), []
    registries: dict[str, Mapping[str, Any]] = {
        "model": book.models,
        "members": book.models,
        "benchmark": book.benchmarks,
    }
    registry = registries.get(about, {**book.models, **book.benchmarks})
    if part.id not in registry:
        return None, [_unknown("id", part.id, registry, document)]
    if part.show.endswith("-chart"):
        plot = (model_plot if about == "model" else benchmark_plot)(part.id, book, language)
        return (drawing(plot, desk), []) if plot else (None, [document.problem("F222", "nothing to draw", "id")])
    template, values = _part(part, registry[part.id], book, language)
    return _drawing(f"{template}.html", id=part.id, **values), []


def _part(part: Part, entry: Any, book: Book, language: str) -> tuple[str, dict[str, Any]]:
    """The template of a part and its values."""
    facts = book.by_model.get(part.id) or book.by_benchmark.get(part.id) or []
    values: dict[str, Any] = {"entry": entry, "facts": facts}
    if part.show == "members":
        section = Section(id=part.id, name=entry.name[language], members=tuple(members_of(part.id, book)))
        return "model-index", {"section": section, "sizes": sizes_of(book)}
    if part.show == "model":
        return "model", values | {"standing": standing(facts, book)}
    if part.show.endswith("-scores"):
        values["marks"] = marks_of(facts, book, language)
    if part.show == "model-scores":
        return "sheets", values | {"sheets": sheets_of_model(part.id, book), "of": "model"}
    if part.show == "benchmark-scores":
        return "sheets", values | {"sheets": sheets_of_benchmark(part.id, book), "of": "benchmark"}
    if part.show == "model-related":
        return "related", {"related": related_models(part.id, book), "kind": "models"}
    if part.show == "benchmark-related":
        return "related", {"related": related_benchmarks(part.id, book), "kind": "benchmarks"}
    quantities = [q for q in book.quantities.values() if part.id in (q.entry.subject, q.entry.benchmark)]
    return part.show, values | {"quantities": quantities}


def _unknown(key: str, word: str, known: Mapping[str, Any], document: Document) -> Problem:
    return document.problem("F230", f"unknown {key} {word!r}{suggestion(word, known)}", key)


def _drawing(template: str, **values: Any) -> Drawing:
    from .drawing import Drawing  # which registers this module's fences

    return Drawing(template=template, values=values)


# -- reports -----------------------------------------------------------------------------------------------------------


def _in_full(table: Table, desk: Desk) -> Any:
    choice = Choice(tables=(table,), transpose=table.transposed)
    return layout(choice, desk.book, desk.names, desk.language, desk.taken)


def _quantities_of(source: str, desk: Desk) -> list[tuple[str, list[BookQuantity]]]:
    """The numbers of a source's text by section, in the order of the file; their anchors become known."""
    book = desk.book
    mine = [quantity for quantity in book.quantities.values() if quantity.source == source]
    desk.taken.update(f"q-{quantity.id}" for quantity in mine)
    sections = book.reports[source].sections if source in book.reports else {}
    order = {locator: index for index, locator in enumerate(sections)}

    groups = grouped(mine, lambda quantity: quantity.entry.locator)
    groups.sort(key=lambda group: order.get(group[0].entry.locator, len(order)))
    places = [locator_name(book, source, group[0].entry.locator, desk.language) for group in groups]
    return list(zip(places, groups, strict=True))


PARTS: dict[str, tuple[type[Record], Callable[..., Result]]] = {
    "errata": (Errata, draw_errata),
    "wrong-numbers": (WrongNumbers, draw_wrong_numbers),
    "ledger-filter": (LedgerFilter, draw_ledger_filter),
    "report-tables": (OfReport, draw_report_tables),
    "report-contents": (OfReport, draw_report_contents),
    "quantities": (Quantities, draw_quantities),
    "home": (Home, draw_home),
    "compare": (Compare, draw_compare),
    "part": (Part, draw_part),
}
