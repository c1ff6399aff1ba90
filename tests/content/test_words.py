"""What readers are shown of the real data in words: units, places and metrics."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest

from atlas.book import Book, locator_name, metric_of
from atlas.panels import Panels
from atlas.prose.names import Names
from atlas.publishing import Edition
from atlas.selection import Choice
from atlas.tables import layout

TAG = re.compile(r"<[^<>]*>")


Shown = Callable[[str, str], str]


@pytest.fixture
def shown(book: Book) -> Shown:
    def shown(kind: str, body: str) -> str:
        source = f"# 页\n\n```{kind}\n{body}\n```\n"
        edition = Edition(book, {"about.md": source}, language="zh")
        return edition.content(edition.fence(kind, body, "about.md"), "about.md")

    return shown


@pytest.mark.parametrize(
    ("fact", "metric"),
    [
        ("qwen3/table-21/aime-2025.pass-64/qwen3-8b@thinking+on-policy-distillation", "64 次中至少一次答对的题占比"),
        ("qwen3/table-21/aime-2025/qwen3-8b@thinking+on-policy-distillation", "pass@1，多次采样的平均"),
    ],
)
def test_a_split_that_is_scored_otherwise_says_how(book: Book, fact: str, metric: str) -> None:
    known = book.facts[fact]
    assert metric_of(book, known.benchmark, known.split, "zh") == metric
    assert Panels([known], book, "zh").axis([known]).metric == metric


def test_no_row_head_says_a_word_twice(book: Book) -> None:
    names = Names(book)
    for table in book.tables.values():
        for row in layout(Choice(tables=(table,)), book, names, "zh", set()).rows:
            assert row.unit_symbol not in {row.name, row.split_name} - {""}, row.id


@pytest.mark.parametrize("show", ["benchmark-scores\nid: codeforces", "model-scores\nid: qwen3-8b"])
def test_no_heading_of_a_sheet_says_a_word_twice(shown: Shown, show: str) -> None:
    html = shown("part", f"show: {show}")
    words = [TAG.sub(" ", head).split() for head in re.findall(r"<th[^>]*>(.*?)</th>", html)]
    assert [head for head in words if head]
    assert not [head for head in words if any(one == other for one, other in pairwise(head))]


def test_the_tables_of_a_score_are_a_list(shown: Shown) -> None:
    html = shown("part", "show: model-scores\nid: claude-opus-4")
    assert "</a>、<a" in "".join(re.findall(r'<td class="src">.*?</td>', html))
    assert "</a> <a" not in "".join(re.findall(r'<td class="src">.*?</td>', html))


def test_home_counts_the_series_that_the_index_lists(book: Book, shown: Shown) -> None:
    count = sum(entry.kind == "series" for entry in book.models.values())
    assert f"{count} 个系列" in shown("home", "show: [ways]")


def test_a_place_is_named_in_the_language_of_the_page(book: Book) -> None:
    assert locator_name(book, "qwen3guard", "abstract", "zh") == "摘要"
    assert locator_name(book, "qwen3guard", "abstract", "en") == "abstract"
    assert locator_name(book, "qwen3", "table-21", "zh") == "表 21"
