"""Rules over the whole book. Each check is a generator of findings whose docstring is the rule."""

from __future__ import annotations

from collections.abc import Iterator

from .book import Book
from .problems import Problem


def check_book(book: Book, *, broken: bool = False) -> Iterator[Problem]:
    """Run every check. `broken` says that loading had findings: checks on what is unused are then left out."""
    yield from ()
