"""The ledger of errata: entries with their readings, the cells that decide, and whether the data still bears them out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import Field

from .book import Book, BookQuantity, Fact, locator_name
from .checks import RELATIONS, guard_value
from .loading import suggestion
from .model import Erratum, Id, Reading, Record, Text
from .plotting import grouped
from .problems import Problem
from .reading import Document

if TYPE_CHECKING:
    from .drawing import Desk, Drawing


# what a reader of a page should know first: numbers, then what they are compared with, then words
GRAVITY = (
    "value", "misattributed", "mode", "cross-report", "own-table", "superlative", "comparison", "delta", "ratio",
    "count", "order", "wording", "name", "repeated",
)  # fmt: skip
# how many entries a page lists before it folds the rest
MOST = 8


class Errata(Record):
    """The keys of an `errata` fence: one of them."""

    capability: Id | None = None
    report: Id | None = None
    source: Id | None = None
    ids: tuple[Id, ...] = ()


class WrongNumbers(Record):
    """The key of a `wrong-numbers` fence: the kinds of errata to list, the gravest first."""

    kinds: tuple[Text, ...] = Field(min_length=1)


class LedgerFilter(Record):
    """The keys of a `ledger-filter` fence: the reports and kinds to choose from, in order."""

    reports: tuple[Text, ...] = Field(min_length=1)
    kinds: tuple[Text, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a reading stands: its source, the place in words, and its address where this site has it."""

    source: str
    locator: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An erratum as shown. `anchor` says that its id is not on the page yet; `rows` are the cells that decide, those of
    a row together; `holds` is None where it has no guard."""

    id: str
    anchor: bool
    erratum: Erratum
    readings: tuple[tuple[Reading, Place], ...]
    rows: tuple[tuple[Fact, ...], ...]
    quantities: tuple[BookQuantity, ...]
    holds: bool | None


def draw_errata(errata: Errata, document: Document, desk: Desk) -> tuple[Drawing | None, list[Problem]]:
    """The entries of a report, a paper or a document that retells a report, in the ledger's order; of a capability,
    or by their ids, a short list with the gravest kinds first.

    F230: no such capability, report, source or entry. F231: not exactly one key.
    """
    book = desk.book
    given = [key for key in ("capability", "report", "source", "ids") if getattr(errata, key)]
    if len(given) != 1:
        return None, [document.problem("F231", "an errata fence needs one of capability, report, source and ids")]
    if errata.ids:
        return _draw_listed(errata.ids, document, desk)
    registries: dict[str, Mapping[str, Any]] = {
        "capability": book.capabilities, "report": {**book.reports, **book.papers}, "source": book.sources,
    }  # fmt: skip
    key, word = given[0], getattr(errata, given[0])
    if word not in registries[key]:
        message = f"unknown {key} {word!r}{suggestion(word, registries[key])}"
        return None, [document.problem("F230", message, key)]

    def concerned(entry: Erratum) -> bool:
        if key == "source":
            return word in {reading.source for reading in entry.readings}
        return word in entry.capability if key == "capability" else entry.report == word

    chosen = {identity: entry for identity, entry in book.errata.items() if concerned(entry)}
    from .drawing import Drawing  # which registers this fence

    if key != "capability":
        return Drawing(template="errata.html", values={"entries": entries_of(chosen, desk)}), []
    return Drawing(template="errata-list.html", values={"entries": _gravest_first(chosen, desk), "most": MOST}), []


def _draw_listed(ids: tuple[str, ...], document: Document, desk: Desk) -> tuple[Drawing | None, list[Problem]]:
    known = desk.book.errata
    problems = [
        document.problem("F230", f"unknown erratum {one!r}{suggestion(one, known)}", "ids", index)
        for index, one in enumerate(ids)
        if one not in known
    ]
    if problems:
        return None, problems
    from .drawing import Drawing  # which registers this fence

    entries = _gravest_first({one: known[one] for one in ids}, desk)
    return Drawing(template="errata-list.html", values={"entries": entries, "most": MOST}), []


def _gravest_first(errata: Mapping[str, Erratum], desk: Desk) -> list[Entry]:
    return entries_of(dict(sorted(errata.items(), key=lambda item: GRAVITY.index(item[1].kind))), desk)


def draw_wrong_numbers(asked: WrongNumbers, document: Document, desk: Desk) -> tuple[Drawing | None, list[Problem]]:
    """The titles of the entries of these kinds that are about a document retelling a report, by kind. F222: none is."""
    book = desk.book
    retold = {identity for identity, source in book.sources.items() if source.about}
    found = [
        (identity, entry, next(reading.source for reading in entry.readings if reading.source in retold))
        for kind in asked.kinds
        for identity, entry in book.errata.items()
        if entry.kind == kind and retold & {reading.source for reading in entry.readings}
    ]
    if not found:
        return None, [document.problem("F222", "no such erratum", "kinds")]
    from .drawing import Drawing  # which registers this fence

    return Drawing(template="wrong-numbers.html", values={"found": found}), []


def draw_ledger_filter(asked: LedgerFilter, document: Document, desk: Desk) -> tuple[Drawing | None, list[Problem]]:
    """The form that the script of the ledger listens to; without a script it is not shown."""
    from .drawing import Drawing  # which registers this fence

    return Drawing(template="ledger-filter.html", values={"reports": asked.reports, "kinds": asked.kinds}), []


def entries_of(errata: Mapping[str, Erratum], desk: Desk) -> list[Entry]:
    """The entries as shown on one page."""
    book, found = desk.book, []
    for identity, erratum in errata.items():
        anchor = identity not in desk.taken
        desk.taken.add(identity)
        facts = [book.facts[fact] for fact in erratum.facts if fact in book.facts]
        found.append(
            Entry(
                id=identity,
                anchor=anchor,
                erratum=erratum,
                readings=tuple((reading, _place(reading, desk)) for reading in erratum.readings),
                rows=tuple(map(tuple, grouped(facts, lambda fact: (fact.source, fact.row)))),
                quantities=tuple(book.quantities[fact] for fact in erratum.facts if fact in book.quantities),
                holds=holds(erratum, book),
            )
        )
    return found


def holds(erratum: Erratum, book: Book) -> bool | None:
    """Whether every guard of the entry holds; None where it has none."""
    outcomes = [(guard, guard_value(book, guard)) for guard in erratum.guards]
    if not outcomes:
        return None
    return all(not isinstance(outcome, str) and RELATIONS[guard.relation](*outcome) for guard, outcome in outcomes)


def _place(reading: Reading, desk: Desk) -> Place:
    book, language = desk.book, desk.language
    table = book.tables.get(f"{reading.source}/{reading.locator}")
    known = book.sources.get(reading.source)
    return Place(
        source=known.name[language] if known else book.subject_name(reading.source, language),
        locator=locator_name(book, reading.source, reading.locator, language),
        address=desk.links.fact_address(table.id) if table else "",
    )
