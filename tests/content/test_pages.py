"""Every number and comparison on every page is bound and true: one test for each page."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.problems import as_text
from atlas.prose.checking import Checker

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_finding(checker: Checker, path: str) -> None:
    source = (ROOT / path).read_text(encoding="utf-8")
    result = checker.check(source, path, path.split("/")[1])
    assert not result.problems, "\n" + "\n".join(as_text(problem) for problem in sorted(result.problems))


def test_there_are_pages() -> None:
    assert PAGES
