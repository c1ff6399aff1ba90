"""Counts: of wins on a capability's page, and those that the page on the method gives for the summaries."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from atlas.book import Book
from atlas.prose.checking import PageResult

METHOD = Path(__file__).parents[2] / "docs/zh/about/method.md"
SUMMARIES = ("summary-qwen3-vl", "summary-qwen2.5-vl", "summary-qwen3")
# kinds of errata that a check of numbers and claims can see
SEEN = {"misattributed", "value", "superlative", "comparison", "delta", "count", "ratio", "order", "mode"}
# matches "      16          2    38    56    指出错处：…" and "     0/0        0/0   5/5   5/5      其中归属错误"
ROW = re.compile(r"^ *(\d+(?:/\d+)?) +(\d+(?:/\d+)?) +(\d+(?:/\d+)?) +(\d+(?:/\d+)?)  +(\S.*)$", re.MULTILINE)

SENTENCE = "Qwen3-VL-235B-A22B 思考对 Gemini 2.5 Pro 思考，14 项中赢 {} 项（Qwen3-VL 报告表 2）。"


def test_a_wrong_count_is_put_right_within_the_capability(check: Callable[..., PageResult]) -> None:
    path = "docs/zh/capabilities/reasoning.md"
    assert check(SENTENCE.format(10), path=path).problems == []
    (problem,) = check(SENTENCE.format(9), path=path).problems
    assert problem.code == "N106" and problem.fixes == ("写 10",)


@pytest.fixture(scope="module")
def table() -> dict[str, list[list[int]]]:
    """The rows of the table by their name before a colon; a cell is the numbers that a slash divides."""
    text = METHOD.read_text(encoding="utf-8")
    block = text[text.index("Qwen3-VL Qwen2.5-VL Qwen3") :].split("```", 1)[0]
    return {
        row[5].split("：")[0]: [[int(number) for number in cell.split("/")] for cell in row.groups()[:4]]
        for row in ROW.finditer(block)
    }


def between(table: dict[str, list[list[int]]], first: str, last: str) -> list[list[list[int]]]:
    names = list(table)
    return [table[name] for name in names[names.index(first) : names.index(last) + 1]]


def added(rows: list[list[list[int]]]) -> list[list[int]]:
    return [[sum(numbers) for numbers in zip(*cells, strict=True)] for cells in zip(*rows, strict=True)]


def test_the_table_on_the_summaries_adds_up(table: dict[str, list[list[int]]]) -> None:
    for name, cells in table.items():
        assert added([[cell] for cell in cells[:3]])[0] == cells[3], name
    causes = between(table, "主语、基准或模式写在别的条目或单元格", "列举的个数")
    assert added(causes) == table["误报"]
    assert added(between(table, "指出错处", "限定词与报告不符，账本没有记")) == table["检查报出"]
    missed = between(table, "说法不在词表里", "检查没有读到")
    assert added([table["报出"], *missed]) == table["应报"]
    totals = [row[3] for row in causes]
    assert totals == sorted(totals, reverse=True)


def test_the_table_on_the_summaries_counts_the_ledger(table: dict[str, list[list[int]]], book: Book) -> None:
    entries = {
        source: [e for e in book.errata.values() if e.kind in SEEN and source in {r.source for r in e.readings}]
        for source in SUMMARIES
    }
    assert [cell[0] for cell in table["应报"][:3]] == [len(entries[source]) for source in SUMMARIES]
    wrong = [sum(e.kind == "misattributed" for e in entries[source]) for source in SUMMARIES]
    assert [cell[1] for cell in table["其中归属错误"][:3]] == wrong
