"""Every number and comparison on every page is bound and true, every fence can be drawn: one test for each page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from atlas.linking import Links
from atlas.problems import as_text
from atlas.prose.checking import Checker
from atlas.sources import check_source, read_source

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs/zh/capabilities"
CAPABILITIES = [*sorted(FOLDER.glob("*.md")), FOLDER / "post-training/index.md"]
# matches "## 怎么选 {#choose}"
CHOOSE = re.compile(r"^## .*\{#choose\}$", re.MULTILINE)
# matches what the checker is to bind: "89.3" and "0.143", not "8B"
SCORE = re.compile(r"\d+\.\d+(?!\w)")
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


@pytest.mark.parametrize("path", CAPABILITIES, ids=lambda path: path.stem if path.stem != "index" else path.parent.name)
def test_a_capability_page_says_whom_to_choose_and_why(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    heading = CHOOSE.search(source)
    assert heading
    section = source[heading.end() :].split("\n## ", 1)[0]
    rows = [line for line in section.splitlines() if line.startswith(("|", "- ", "  "))]
    reasons = [row for row in rows if len(SCORE.findall(row)) > 1]
    assert len(reasons) >= 3, section
