"""The real data, loaded once, and the real site, built once."""

from __future__ import annotations

import os
import subprocess
import sys
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
def site_url() -> str:
    """Where the tests' site pretends to stand: below a folder, as on GitHub Pages."""
    return "https://example.org/atlas/"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, site_url: str) -> Path:
    """The folder of a strict build of the real site, which says nothing that is worth a warning."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    repository = {"SITE_URL": site_url, "REPO_URL": "https://github.com/example/atlas"}
    environment = {**os.environ, **repository, "NO_MKDOCS_2_WARNING": "1"}
    build = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert build.returncode == 0, build.stderr[-6000:]
    assert "WARNING" not in build.stderr, build.stderr[-6000:]
    return folder
