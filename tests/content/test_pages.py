"""Every number and comparison on every page is bound and true, every fence can be drawn: one test for each page."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.linking import Links
from atlas.problems import as_text
from atlas.prose.checking import Checker
from atlas.sources import check_source, read_source

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_finding(checker: Checker, path: str) -> None:
    language = path.split("/")[1]
    source, problems = read_source(ROOT / path, ROOT)
    problems = problems or check_source(source, path, checker.names, Links(checker.names.book, ()), language)
    problems += checker.check(source, path, language).problems
    assert not problems, "\n" + "\n".join(as_text(problem) for problem in sorted(problems))


def test_there_are_pages() -> None:
    assert PAGES
