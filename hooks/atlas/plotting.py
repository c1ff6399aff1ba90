"""What a chart shows, before it is laid out: marks on lines in groups."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from .book import Book, Fact

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A mark: a fact with the words that name it. `x` is its place on a size axis, `x_text` how that is printed; what
    stands `apart` is not joined to its series."""

    fact: Fact
    name: str
    detail: str
    benchmark: str
    qwen: bool = False
    x: float = 0.0
    x_text: str = ""
    apart: bool = False

    @property
    def label(self) -> str:
        """The mark's name for who cannot see it."""
        return f"{self.name} {self.detail}".strip() + f" · {self.benchmark} · {self.fact.value}"

    @property
    def number(self) -> float:
        """Where it is drawn; what is printed is the fact's own text."""
        return float(self.fact.number or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """What is measured: `name` is empty where the lines are named themselves."""

    name: str
    metric: str
    unit: str
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of bars, dots, slopes or heat, or a series of `lines`. None where a stop has no number; `alike` is False
    where its items were measured differently; `level` is a series without a place on the x axis, drawn level; `page` the address that the
    name leads to."""

    name: str
    detail: str = ""
    items: tuple[Item | None, ...]
    alike: bool = True
    level: bool = False
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A panel with an axis of its own. `stops` head the columns of dots, slopes and heat."""

    axis: Axis
    lines: tuple[Line, ...]
    stops: tuple[str, ...] = ()

    @property
    def items(self) -> list[Item]:
        return [item for line in self.lines for item in line.items if item]


Note = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A chart ready to be laid out. `notes`, and `heading` where there is no title, are (key of an interface string, its
    values)."""

    kind: str
    title: str = ""
    heading: Note | None = None
    caption: str = ""
    groups: tuple[Group, ...]
    notes: tuple[Note, ...] = ()
    x: str = ""

    @property
    def items(self) -> list[Item]:
        return [item for group in self.groups for item in group.items]


def marks_of(facts: Iterable[Fact], book: Book, language: str) -> list[tuple[str, str]]:
    """The marks of these facts with what their tables say they mean, each meaning once."""
    found = {
        (mark, getattr(book.tables[fact.source].file.marks[mark], language)): None
        for fact in facts
        for mark in fact.marks
    }
    return list(found)


def grouped(things: Iterable[T], key: Callable[[T], Hashable]) -> list[list[T]]:
    """The things with equal keys together, in the order of their first appearance."""
    groups: dict[Hashable, list[T]] = {}
    for thing in things:
        groups.setdefault(key(thing), []).append(thing)
    return list(groups.values())


def own_variant(fact: Fact) -> str | None:
    """The variant that the column has by itself: a training stage, say."""
    return fact.variant if fact.variant and fact.column.endswith(f"+{fact.variant}") else None


def condition(fact: Fact) -> str | None:
    """The variant that a mark or row gives this one number: with tools, say."""
    return None if own_variant(fact) else fact.variant
