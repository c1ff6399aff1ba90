"""The fences that a page may hold, and how each becomes a drawing: a template with its values.

A new kind of fence is an entry of `FENCES`: the record its body is validated with, and a function that turns the
record into a `Drawing` or findings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .book import Book, BookQuantity, Fact, split_name
from .charts import Chart, draw_chart
from .fences import Fence, fences_in, read_fence
from .linking import Links
from .loading import suggestion
from .model import Record
from .parts import PARTS
from .problems import Problem
from .prose.names import Names
from .reading import Document
from .rows import SILENT_UNITS
from .selection import Figures, Selection, resolve
from .tables import layout


@dataclass(slots=True, kw_only=True)
class Desk:
    """What drawing the fences of one page needs. `taken` are the element ids that the page has so far; with `only_check`
    a table that could be drawn is not laid out."""

    book: Book
    names: Names
    links: Links
    language: str
    page: str
    taken: set[str] = field(default_factory=set)
    legend_shown: bool = False
    only_check: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A template of `templates/` and the values it is rendered with; `shown` is added: the ids on the finished page."""

    template: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A fence with its drawing, or with what is wrong with it."""

    fence: Fence
    drawing: Drawing | None
    problems: tuple[Problem, ...]


Draw = Callable[[Any, Document, Desk], tuple[Drawing | None, list[Problem]]]


def draw_fences(source: str, path: str, desk: Desk) -> list[Drawn]:
    """Every fence of a page, top to bottom. `path` is how findings name the page."""
    drawn = []
    for fence in fences_in(source, path, FENCES):
        kind, draw = FENCES[fence.kind]
        value, document, problems = read_fence(fence, kind)
        drawing = None
        if value is not None:
            drawing, problems = draw(value, document, desk)
        drawn.append(Drawn(fence=fence, drawing=drawing, problems=tuple(problems)))
    return drawn


def draw_scores(selection: Selection, document: Document, desk: Desk) -> tuple[Drawing | None, list[Problem]]:
    """A score table. The legend of bold and underlined stands below the first ranked table of a page."""
    choice, problems = resolve(selection, document, desk.book)
    if choice is None or desk.only_check:
        return None, problems
    table = layout(choice, desk.book, desk.names, desk.language, desk.taken)
    legend = table.ranked and not desk.legend_shown
    desk.legend_shown = desk.legend_shown or legend
    return Drawing(template="table.html", values={"table": table, "legend": legend}), []


def draw_figures(figures: Figures, document: Document, desk: Desk) -> tuple[Drawing | None, list[Problem]]:
    """Key figures. F117: an id that is neither a fact nor a quantity."""
    book, problems, found = desk.book, [], []
    for index, figure in enumerate(figures.facts):
        known = book.facts.get(figure.id) or book.quantities.get(figure.id)
        if known is None:
            source = figure.id.split("/", 1)[0]
            near = suggestion(figure.id, [i for i in [*book.quantities, *book.facts] if i.startswith(f"{source}/")])
            problems.append(document.problem("F117", f"no fact or quantity {figure.id!r}{near}", "facts", index))
            continue
        values = _of_fact(known, desk) if isinstance(known, Fact) else _of_quantity(known, desk)
        if figure.label:
            values["label"] = figure.label[desk.language]
        values["id"] = known.id
        values["plain"] = f"{known.number:f}" if known.number is not None else values["text"]
        found.append(values)
    return (None, problems) if problems else (Drawing(template="figures.html", values={"figures": found}), [])


def _of_fact(fact: Fact, desk: Desk) -> dict[str, str]:
    book, language = desk.book, desk.language
    entry = book.benchmarks[fact.benchmark]
    split = f" {split_name(book.vocabulary, entry, fact.split)[language]}" if fact.split else ""
    mode = f" {book.vocabulary.modes[fact.mode].name[language]}" if fact.mode in book.vocabulary.modes else ""
    variants = book.vocabulary.variants
    variant = f" · {variants[fact.variant].name[language]}" if fact.variant in variants else ""
    source = f"{book.reports[fact.report].name} {book.tables[fact.source].label(language)}"
    return {
        "label": entry.name[language] + split,
        "text": fact.value,
        "unit": _unit(fact.unit, desk),
        "detail": f"{book.subject_name(fact.model, language)}{mode}{variant}",
        "source": source,
        "place": fact.source,
    }


def _of_quantity(quantity: BookQuantity, desk: Desk) -> dict[str, str]:
    entry = quantity.entry
    subject = desk.book.subject_name(entry.subject, desk.language)
    source = desk.book.subject_name(quantity.source, desk.language)
    unit = "" if entry.value.endswith("%") else _unit(entry.unit, desk)
    return {
        "label": entry.name[desk.language],
        "text": entry.value,
        "unit": unit,
        "detail": "" if subject == source else subject,
        "source": source,
        "place": quantity.id,
    }


def _unit(identity: str, desk: Desk) -> str:
    unit = desk.book.vocabulary.units.get(identity)
    return "" if unit is None or identity in SILENT_UNITS else (unit.symbol or unit.name)[desk.language]


FENCES: dict[str, tuple[type[Record], Draw]] = {
    "scores": (Selection, draw_scores),
    "figures": (Figures, draw_figures),
    "chart": (Chart, draw_chart),
    **PARTS,
}
