"""No text crashes the reader or the check, and none makes it hang."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atlas.prose.checking import Checker, PageResult
from atlas.prose.markdown import parse
from atlas.prose.notes import read_matter
from atlas.reading import read

Check = Callable[..., PageResult]
SLOW = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)
# pieces out of which a page is made: names, numbers, words and markup, whole and broken
PIECES = st.sampled_from(
    [
        *("Alpha-8B", "Alpha-72B", "Beta 1.5", "8B", "LineBench", "GapEdit", "MazeWorld'24", "思考", "指令", "英文", "Alpha"),
        *("88.70", "85.20", "0.216/0.302", "-3.5", "1K–32K", "36 万亿", "十分之一", "三种", "23 项中的 17 项", "１２．３", "1.2.3", "9" * 400),
        *("高于", "低于", "最高", "比", "高", "约", "超过", "分别", "持平", "并列", "从", "升到", "表 1", "图 2", "第 2.1 节", "一倍", "倍"),
        *("\n", "\n\n", "    ", "- ", "1. ", "# ", "## ", "> ", "|", "|---|", "\n|---|---|\n", "```", "~~~", "```scores\n", "!!! note\n", '=== "x"\n', "<br>", "---\n"),
        *("<!--", "-->", "<!-- num: ", "<!-- num-scope: ", "bench=lines", 'ignore=1 "x"', "88.70=alpha-8b", "[", "](", ")", "[^1]", "![", "`", "``", "*", "**", "_", "\\", "{#a}", "&amp;"),
        *("。", "，", "；", "：", "（", "）", "、", ".", ",", "/", " ", "的", "得", "为", " vs ", "%", "分", "\r", "\t", "\x00", "\ufeff", "\u200b", "😀", "İ", "ß"),
    ]
)  # fmt: skip


@SLOW
@given(st.lists(PIECES, max_size=60).map("".join), st.sampled_from(["zh", "en"]))
def test_no_page_crashes_the_check(check: Check, text: str, language: str) -> None:
    result = check(text, language)
    for problem in result.problems:
        assert 1 <= problem.line <= len(result.page.lines)
        assert problem.column >= 1
        assert problem.message


@SLOW
@given(st.text(max_size=400))
def test_no_text_crashes_the_check(check: Check, text: str) -> None:
    check(text)


@SLOW
@given(st.binary(max_size=400))
def test_no_bytes_crash_the_check(check: Check, data: bytes) -> None:
    check(data.decode("utf-8", errors="replace"))


@SLOW
@given(st.lists(PIECES, max_size=60).map("".join))
def test_offsets_are_places_in_the_source(text: str) -> None:
    page = parse(text)
    for unit in page.units:
        assert len(unit.offsets) == len(unit.text)
        assert all(0 <= offset < len(page.source) for offset in unit.offsets)
        assert list(unit.offsets) == sorted(unit.offsets)


@SLOW
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(list("abc:-[]{}&*!|>'\"#%@`\n \t,?~")), max_size=80).map("".join)))  # fmt: skip
def test_no_text_crashes_the_yaml_reader(text: str) -> None:
    _, problems = read(text, "x.yml")
    assert all(problem.line >= 1 for problem in problems)
    read_matter(text)


def seconds(checker: Checker, source: str) -> float:
    start = time.perf_counter()
    checker.check(source, "docs/zh/page.md", "zh")
    return time.perf_counter() - start


SENTENCE = "Alpha-8B 思考在 LineBench 上得 88.70，高于指令的 85.20。\n"
DEEP = 2000
LIMIT = 30.0  # seconds, on a busy machine; a hang is minutes


@pytest.mark.parametrize(
    "source",
    [
        "".join(f"{'  ' * depth}- 项 {depth}\n" for depth in range(DEEP)),
        "".join(f"{'    ' * depth}- Alpha-8B 思考：LineBench 88.70\n" for depth in range(300)),
        ">" * DEEP + " 引用",
        "\n".join("#" * (1 + depth % 6) + " 题" for depth in range(DEEP)),
        "!!! note\n" + "".join(f"{'    ' * depth}!!! note\n" for depth in range(500)),
        "`" * DEEP + "a",
    ],
    ids=["list", "list of numbers", "quote", "headings", "boxes", "backticks"],
)
def test_deep_nesting_ends(checker: Checker, source: str) -> None:
    assert seconds(checker, source) < LIMIT


UNCLOSED = ["<!--", "<!-- num: ", "[", "[a](", "![", "`", "*", "**", "<", "<a ", "&", "{", "\\", "|", "(", "（", "\n|", "- ", "```\n", "https://"]  # fmt: skip
WORDS = [
    "1",
    "1,",
    "1.",
    "1/",
    "十",
    "比",
    "最",
    "A",
    "a-",
    "高于",
    "最高",
    "约",
    "Alpha-8B",
    "LineBench",
    "思考",
    "表 1",
    "88.70、",
]


@pytest.mark.parametrize("piece", UNCLOSED, ids=ascii)
def test_what_is_never_closed_ends(checker: Checker, piece: str) -> None:
    assert seconds(checker, piece * (50_000 // len(piece))) < LIMIT / 3


@pytest.mark.parametrize("piece", WORDS, ids=ascii)
def test_a_sentence_of_one_word_ends(checker: Checker, piece: str) -> None:
    assert seconds(checker, piece * (10_000 // len(piece))) < LIMIT


def test_one_long_sentence_ends(checker: Checker) -> None:
    sentence = "Alpha-8B 思考在 LineBench 上得 88.70，高于指令的 85.20，"
    assert seconds(checker, sentence * 1000) < LIMIT


RUN = 50_000


@pytest.mark.parametrize(
    "source",
    [
        "# a" + " " * RUN + "b",
        "# a {" + "{" * RUN,
        "!!! " + " " * RUN + "!",
        "| a |\n|" + " " * RUN + "x|",
        "| a |\n" + "|-" * RUN + "x",
        "[^" * RUN,
        "<!-- num: " + "a" * RUN + " -->",
        "88.70 <!-- num: " + "bench=lines " * (RUN // 12) + "-->",
        "---\na: " + "[" * RUN + "\n---\n",
        "Alpha-8B LineBench 88.70 <!-- num: bench=lines -->\n" * 300,
    ],
    ids=["spaces", "braces", "box", "rule", "dashes", "notes", "key", "items", "front matter", "paragraph of notes"],
)
def test_a_long_run_ends(checker: Checker, source: str) -> None:
    assert seconds(checker, source) < LIMIT / 3


def calls(checker: Checker, source: str) -> int:
    """How many functions are called: the same on every machine, however busy it is."""
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        checker.check(source, "docs/zh/page.md", "zh")
    finally:
        sys.setprofile(None)
    return count


def test_work_grows_with_length(checker: Checker) -> None:
    """Four times the page, not sixteen times the work. (Seconds: tests/bench/bench_check.py.)"""
    short, long = (calls(checker, (SENTENCE + "\n") * times) for times in (60, 240))
    assert 3 * short < long < 5 * short
