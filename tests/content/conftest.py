"""The real data, loaded once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from atlas.book import Book
from atlas.loading import load
from atlas.problems import Problem
from atlas.prose.checking import Checker, PageResult
from atlas.prose.names import Names

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def loaded() -> tuple[Book, list[Problem]]:
    """The book and what loading it found."""
    return load(ROOT / "data", root=ROOT)


@pytest.fixture(scope="session")
def book(loaded: tuple[Book, list[Problem]]) -> Book:
    return loaded[0]


@pytest.fixture(scope="session")
def checker(book: Book) -> Checker:
    return Checker(Names(book))


@pytest.fixture(scope="session")
def check(checker: Checker) -> Callable[..., PageResult]:
    """`check(text, language="zh", path=…)`: the check of a page against the real data."""

    def check(text: str, language: str = "zh", path: str = "docs/zh/page.md") -> PageResult:
        return checker.check(text, path, language)

    return check


@pytest.fixture(scope="session")
def site(folder: Path) -> Path:
    """The folder of the built site."""
    return folder
