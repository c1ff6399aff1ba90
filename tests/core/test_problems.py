"""Findings and how they are printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from atlas.problems import Problem, as_github, as_text, relative, report

BARE = Problem(path="data/models.yml", line=3, column=5, code="D103", message="unknown key 'x'")
FULL = Problem(
    path="docs/zh/a.md",
    line=2,
    column=7,
    code="N102",
    message="79.9 不是 79.8",
    excerpt="得分 CC 79.9 分",
    width=4,
    notes=("依据：基准 = CC",),
    fixes=("写 79.8", "写 LineBench"),
)


def test_one_line_names_place_code_and_message() -> None:
    assert str(BARE) == "data/models.yml:3:5: D103 unknown key 'x'"
    assert as_text(BARE) == str(BARE)


def test_text_shows_the_excerpt_with_a_caret_notes_and_fixes() -> None:
    assert as_text(FULL).splitlines() == [
        "docs/zh/a.md:2:7: N102 79.9 不是 79.8",
        "   | 得分 CC 79.9 分",
        "   | 　　    ^^^^",
        "   依据：基准 = CC",
        "   fix: 写 79.8 | 写 LineBench",
    ]


def test_a_caret_is_as_wide_as_what_it_marks() -> None:
    text = as_text(Problem(path="a.md", line=1, column=5, code="N201", message="m", excerpt="得 9，低于 8", width=2))
    assert text.splitlines()[1:] == ["   | 得 9，低于 8", "   | 　  　^^^^"]


def test_a_long_line_is_cut_around_the_finding() -> None:
    line = "x" * 300 + "79.9" + "y" * 300
    text = as_text(Problem(path="a.md", line=1, column=301, code="N102", message="m", excerpt=line, width=4))
    shown, caret = (part[5:] for part in text.splitlines()[1:3])
    assert len(shown) == 110
    assert shown[caret.index("^") :][:4] == "79.9"


@pytest.mark.parametrize("width", [0, 1, 4])
def test_a_caret_is_never_empty(width: int) -> None:
    problem = Problem(path="a.md", line=1, column=1, code="N101", message="m", excerpt="79.9", width=width)
    assert as_text(problem).splitlines()[-1] == "   | " + "^" * max(1, width)


@pytest.mark.parametrize(
    ("message", "written"),
    [("a: b, c", "a: b, c"), ("50% of it", "50%25 of it"), ("one\ntwo\r", "one%0Atwo%0D")],
)
def test_github_escapes_what_it_must(message: str, written: str) -> None:
    problem = Problem(path="a.md", line=1, column=2, code="N101", message=message)
    assert as_github(problem) == f"::error file=a.md,line=1,col=2,title=N101::{written}"


def test_github_carries_notes_and_fixes() -> None:
    assert as_github(FULL).endswith("79.9 不是 79.8%0A依据：基准 = CC%0Afix: 写 79.8%0Afix: 写 LineBench")


@pytest.mark.parametrize("style", ["text", "json", "github"])
def test_a_report_is_sorted_by_place(style: str) -> None:
    later = Problem(path="docs/zh/a.md", line=10, column=1, code="N101", message="later")
    text = report([later, FULL, BARE], style=style)
    places = [text.index(word) for word in ("unknown key", "79.8", "later")]
    assert places == sorted(places)


def test_json_has_every_field() -> None:
    (found,) = json.loads(report([FULL], style="json"))
    assert found == {
        "path": "docs/zh/a.md",
        "line": 2,
        "column": 7,
        "code": "N102",
        "message": "79.9 不是 79.8",
        "excerpt": "得分 CC 79.9 分",
        "width": 4,
        "notes": ["依据：基准 = CC"],
        "fixes": ["写 79.8", "写 LineBench"],
    }


@pytest.mark.parametrize(("style", "empty"), [("text", ""), ("github", ""), ("json", "[]")])
def test_no_findings_print_nothing(style: str, empty: str) -> None:
    assert report([], style=style) == empty


def test_paths_are_relative_to_the_root_where_they_can_be(tmp_path: Path) -> None:
    assert relative(tmp_path / "data" / "a.yml", tmp_path) == "data/a.yml"
    assert relative(tmp_path / "a.yml", tmp_path / "data") == (tmp_path / "a.yml").as_posix()
