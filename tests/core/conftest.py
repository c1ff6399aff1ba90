"""A tiny invented project: models Alpha and Beta, five benchmarks of which one is lower-is-better, two reports.

Its files stand in `tiny/`. Only the lexicon is the real one: it holds the words of the language, not of the data.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from atlas.book import Book
from atlas.loading import load
from atlas.problems import Problem
from atlas.prose.checking import Checker, PageResult
from atlas.prose.names import Names

HERE = Path(__file__).parent
LEXICON = HERE.parents[1] / "data" / "lexicon.yml"


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny project's root. Read only: a test that changes a file takes `project`."""
    root = tmp_path_factory.mktemp("tiny") / "project"
    shutil.copytree(HERE / "tiny", root)
    shutil.copy(LEXICON, root / "data" / "lexicon.yml")
    return root


@pytest.fixture
def project(tiny: Path, tmp_path: Path) -> Path:
    """A copy of the tiny project that a test may damage."""
    return Path(shutil.copytree(tiny, tmp_path / "project"))


@pytest.fixture
def damage(project: Path) -> Callable[[str, str, str], tuple[Path, int]]:
    """`damage(file, old, new)` replaces one passage of a data file; it returns the root and the passage's line."""

    def damage(file: str, old: str, new: str) -> tuple[Path, int]:
        path = project / "data" / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return project, text[: text.index(old)].count("\n") + 1

    return damage


@pytest.fixture(scope="session")
def book(tiny: Path) -> Book:
    found, problems = load(tiny / "data")
    assert not problems, "\n".join(map(str, problems))
    return found


@pytest.fixture(scope="session")
def names(book: Book) -> Names:
    return Names(book)


@pytest.fixture(scope="session")
def checker(names: Names) -> Checker:
    return Checker(names)


@pytest.fixture(scope="session")
def check(checker: Checker) -> Callable[..., PageResult]:
    """`check(text, language="zh")`: the tiny book's check of a page."""

    def check(text: str, language: str = "zh", path: str = "docs/zh/page.md") -> PageResult:
        return checker.check(text, path, language)

    return check


@pytest.fixture(scope="session")
def findings(check: Callable[..., PageResult]) -> Callable[..., list[str]]:
    """`findings(text)`: the codes of what the check finds, in the order of the page."""

    def findings(text: str, language: str = "zh") -> list[str]:
        problems: list[Problem] = sorted(check(text, language).problems)
        return [problem.code for problem in problems]

    return findings


@pytest.fixture(scope="session")
def pair_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second project, `pair/`: two reports with marks, slashed and empty cells, one of them printed sideways."""
    root = tmp_path_factory.mktemp("pair") / "project"
    shutil.copytree(HERE / "pair", root)
    shutil.copy(LEXICON, root / "data" / "lexicon.yml")
    return root


@pytest.fixture(scope="session")
def pair(pair_root: Path) -> Book:
    found, problems = load(pair_root / "data")
    assert not problems, "\n".join(map(str, problems))
    return found


@pytest.fixture(scope="session")
def pair_names(pair: Book) -> Names:
    return Names(pair)
