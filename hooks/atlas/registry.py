"""The models and benchmarks in the groups in which the index pages list them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .book import Book, number_of
from .columns import HOME_DEVELOPER
from .plotting import grouped

# matches the spaces of "Qwen Team"
NOT_IN_ID = re.compile(r"[^a-z0-9]+")
OTHERS = "others"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A group of an index page: its anchor, its heading, and the ids it lists."""

    id: str
    name: str
    members: tuple[str, ...]


def sections_of_models(book: Book, language: str, others: str) -> list[Section]:
    """Qwen by series, everybody else by developer, each in the order of the registry; `others` heads the rest."""

    def key(identity: str) -> str:
        entry = book.models[identity]
        if entry.developer != HOME_DEVELOPER:
            return NOT_IN_ID.sub("-", (entry.developer or OTHERS).lower()).strip("-")
        root = identity
        while (family := book.models[root].family) and family in book.models:
            root = family
        return root if book.models[root].kind == "series" else NOT_IN_ID.sub("-", HOME_DEVELOPER.lower())

    found = []
    for members in grouped(book.models, key):
        group, entry = key(members[0]), book.models[members[0]]
        name = book.models[group].name[language] if group in book.models else entry.developer or others
        members.sort(key=lambda identity: book.models[identity].kind != "series")
        found.append(Section(id=group, name=name, members=tuple(members)))
    return found


def sections_of_benchmarks(book: Book, language: str, others: str) -> list[Section]:
    """Benchmarks by capability; what describes models and is never ranked is left out."""
    listed = [identity for identity, entry in book.benchmarks.items() if entry.kind == "benchmark"]
    order = [*book.capabilities, OTHERS]
    groups = grouped(listed, lambda identity: book.benchmarks[identity].capability or OTHERS)
    groups.sort(key=lambda group: order.index(book.benchmarks[group[0]].capability or OTHERS))
    found = []
    for members in groups:
        group = book.benchmarks[members[0]].capability or OTHERS
        name = book.capabilities[group].name[language] if group in book.capabilities else others
        found.append(Section(id=group, name=name, members=tuple(members)))
    return found


def newest_first(book: Book) -> list[str]:
    """The reports by date of publication, the latest first."""
    return sorted(book.reports, key=lambda report: book.reports[report].published or "", reverse=True)


def sizes_of(book: Book) -> dict[str, str]:
    """Total parameters in billions, where they are known."""
    found = {}
    for identity, entry in book.models.items():
        total = number_of(entry.parameters.total) if entry.parameters and entry.parameters.total else None
        if total:
            found[identity] = f"{(total / 10**9).normalize():f}"
    return found


def members_of(series: str, book: Book) -> list[str]:
    """What belongs to a series, directly or through another one."""
    direct = [identity for identity, entry in book.models.items() if entry.family == series]
    return [found for identity in direct for found in (identity, *members_of(identity, book))]


def related_models(identity: str, book: Book) -> list[tuple[str, list[str]]]:
    """The neighbours of a model: (key of an interface string, ids)."""
    entry = book.models[identity]
    family = [i for i, other in book.models.items() if entry.family and other.family == entry.family and i != identity]
    derived = [i for i, other in book.models.items() if other.base == identity]
    series = [entry.family] if entry.family else []
    return [("related-series", series), ("related-family", family), ("related-derived", derived)]


def related_benchmarks(identity: str, book: Book) -> list[tuple[str, list[str]]]:
    """The neighbours of a benchmark: relatives named on either side, and what measures the same capability."""
    entry = book.benchmarks[identity]
    close = [i for i, other in book.benchmarks.items() if i in entry.related or identity in other.related]
    same = [i for i, o in book.benchmarks.items() if o.capability == entry.capability and o.kind == "benchmark"]
    return [("related-close", close), ("related-capability", [i for i in same if i != identity and i not in close])]
