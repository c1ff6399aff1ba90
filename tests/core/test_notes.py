"""What an author may type: num, num-scope and the front matter."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from atlas.prose.checking import PageResult
from atlas.prose.comments import Note
from atlas.prose.notes import read_matter, read_notes
from atlas.prose.noting import BUDGET

Check = Callable[..., PageResult]


@pytest.mark.parametrize(
    ("text", "scope", "values", "ignored", "broken"),
    [
        ("bench=lines", {"benchmark": ("lines",)}, [], [], 0),
        ("benchmark=lines", {"benchmark": ("lines",)}, [], [], 0),
        ("model=alpha-8b mode=thinking", {"model": ("alpha-8b",), "mode": ("thinking",)}, [], [], 0),
        ("model=alpha-8b,beta-1.5", {"model": ("alpha-8b", "beta-1.5")}, [], [], 0),
        ("model=alpha-8b model=beta-1.5", {"model": ("alpha-8b", "beta-1.5")}, [], [], 0),
        ("split=en variant=with-tools report=greek", {"split": ("en",), "variant": ("with-tools",), "report": ("greek",)}, [], [], 0),
        ("88.7=alpha-8b", {}, ["88.7"], [], 0),
        ("-0.6=alpha-8b +1.4=beta-1.5", {}, ["-0.6", "+1.4"], [], 0),
        ('ignore=2.0 "licence version"', {}, [], ["2.0"], 0),
        ("ignore=2.0", {}, [], ["2.0"], 1),
        ('ignore=2.0 ""', {}, [], ["2.0"], 1),
        ("colour=red", {}, [], [], 1),
        ("bench lines", {}, [], [], 1),
        ("bench=lines and more", {"benchmark": ("lines",)}, [], [], 1),
        ("", {}, [], [], 0),
    ],
)  # fmt: skip
def test_a_note_is_read(
    text: str, scope: dict[str, tuple[str, ...]], values: list[str], ignored: list[str], broken: int
) -> None:
    notes = read_notes([Note("num", text, 100)], [])
    assert (notes.scope, list(notes.values), list(notes.ignored)) == (scope, values, ignored)
    assert len(notes.broken) == broken
    assert all(text[item.offset - 100 :].startswith(f"{item.key}={item.value}") for item in notes.items)


def test_a_scope_note_is_for_the_section_below() -> None:
    notes = read_notes([], [Note("num-scope", "model=alpha-8b", 0)])
    assert (notes.scope, notes.scope_below) == ({}, {"model": ("alpha-8b",)})


@pytest.mark.parametrize(
    ("text", "subjects", "reports", "scope"),
    [
        ("subject: alpha-8b", ("alpha-8b",), (), {"model": ("alpha-8b",)}),
        ("subject: [alpha, beta-1.5]", ("alpha", "beta-1.5"), (), {"model": ("alpha", "beta-1.5")}),
        ("subject: alpha, beta-1.5", ("alpha", "beta-1.5"), (), {"model": ("alpha", "beta-1.5")}),
        ("mode: thinking", (), (), {"mode": ("thinking",)}),
        ("reports: [roman, greek]", (), ("roman", "greek"), {}),
        ("title: 页", (), (), {}),
        ("", (), (), {}),
        ("a: [", (), (), {}),
        ("- 1", (), (), {}),
    ],
)
def test_the_front_matter_is_read(
    text: str, subjects: tuple[str, ...], reports: tuple[str, ...], scope: dict[str, tuple[str, ...]]
) -> None:
    matter = read_matter(text)
    assert (matter.subjects, matter.reports, matter.scope) == (subjects, reports, scope)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("这里得 88.70。<!-- num: bench=lines model=alpha-8b mode=thinking -->", []),
        ("这里得 88.70。<!-- num: 88.70=greek/table-01/lines/alpha-8b@thinking -->", []),
        ("Alpha-8B 思考的 LineBench 为 88.70 vs 92.20。<!-- num: 92.20=alpha-72b -->", []),
        ('第 2.0 版。<!-- num: ignore=2.0 "version" -->', []),
        ("## 题\n<!-- num-scope: model=alpha-72b mode=thinking -->\n\nLineBench 得 92.20。", []),
        ("Alpha-72B 思考的 LineBench 为 92.20。<!-- num: model=alpha-72b -->", ["N301"]),
        ('Alpha-72B 思考的 LineBench 为 92.20。<!-- num: ignore=1.5 "x" -->', ["N301"]),
        ("没有数字。<!-- num: bench=lines -->", ["N301"]),
        ("Alpha-72B 思考的 LineBench 为 92.20。<!-- num: colour=red -->", ["N302"]),
        ("第 2.0 版。<!-- num: ignore=2.0 -->", ["N302"]),
        ("这里得 88.71。<!-- num: 88.71=greek/table-01/lines/alpha-8b@thinking -->", ["N102"]),
    ],
)
def test_a_note_changes_what_is_bound_or_is_refused(check: Check, text: str, codes: list[str]) -> None:
    assert sorted({problem.code for problem in check(text).problems}) == codes


@pytest.mark.parametrize(("sentences", "idle"), [(10, ["model", "mode"]), (BUDGET // 500 + 1, ["model"])])
def test_notes_beyond_the_budget_of_a_page_are_taken_for_used(check: Check, sentences: int, idle: list[str]) -> None:
    long = ("平静无风" * 125)[:499] + "。"
    text = f"{long * sentences}<!-- num: model=alpha-8b -->\n\n没有数字。<!-- num: mode=thinking -->"
    found = [problem for problem in check(text).problems if problem.code == "N301"]
    assert [next(key for key in ("model", "mode") if f"{key}=" in p.message) for p in found] == idle


@pytest.mark.parametrize(
    "note", ["bench=line", "model=alpha-9b", "mode=fast", "variant=x", "report=geek", "92.20=alpha-9b"]
)
def test_an_unknown_id_is_named(check: Check, note: str) -> None:
    problems = check(f"Alpha-72B 思考的 LineBench 为 92.20。<!-- num: {note} -->").problems
    assert "N303" in {problem.code for problem in problems}
    assert any(note.split("=")[1] in problem.message for problem in problems)
