"""`atlas facts` and `atlas show`: selecting facts and printing them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from atlas.book import Book
from atlas.querying import COLUMNS, as_table, matching, show


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 34),
        ({"models": ["alpha-8b"]}, 15),
        ({"models": ["alpha"]}, 29),  # a series stands for its members
        ({"models": ["beta-1.5", "alpha-8b"]}, 20),
        ({"benchmarks": ["gaps"]}, 10),
        ({"benchmarks": ["gaps.en"]}, 5),
        ({"capabilities": ["walking"]}, 17),
        ({"reports": ["roman"]}, 2),
        ({"modes": ["instruct"]}, 12),
        ({"models": ["alpha-8b"], "benchmarks": ["lines"], "modes": ["thinking"]}, 2),
        ({"models": ["alpha-8b"], "benchmarks": ["lines"], "modes": ["thinking"], "reports": ["greek"]}, 1),
        ({"models": ["gamma"]}, 0),
    ],
)
def test_facts_are_selected_by_every_given_list(book: Book, wanted: dict[str, list[str]], count: int) -> None:
    assert len(matching(book, **wanted)) == count


def lines_of_alpha(book: Book) -> list[Any]:
    return matching(book, models=["alpha-8b"], benchmarks=["lines"], reports=["greek"])


def test_text_is_aligned(book: Book) -> None:
    assert as_table(lines_of_alpha(book), "text").splitlines() == [
        "lines    alpha-8b  thinking    88.70",
        "lines    alpha-8b  instruct    85.20",
    ]


def test_csv_and_json_say_the_same_and_keep_the_zero(book: Book) -> None:
    facts = lines_of_alpha(book)
    objects = json.loads(as_table(facts, "json"))
    rows = list(csv.DictReader(io.StringIO(as_table(facts, "csv"))))
    assert [row["value"] for row in rows] == [row["value"] for row in objects] == ["88.70", "85.20"]
    assert tuple(rows[0]) == tuple(objects[0]) == COLUMNS
    assert objects[0]["split"] is None
    assert rows[0]["split"] == ""


@pytest.mark.parametrize(("style", "empty"), [("text", ""), ("json", "[]"), ("csv", ",".join(COLUMNS))])
def test_nothing_found_is_an_empty_answer(book: Book, style: str, empty: str) -> None:
    assert as_table([], style) == empty


def test_a_fact_is_shown_with_its_provenance(book: Book) -> None:
    text = show(book, "greek/table-01/lines/alpha-72b@thinking", ["docs/zh/index.md:7:31"])
    assert text is not None
    assert text.splitlines() == [
        "greek/table-01/lines/alpha-72b@thinking: 92.20",
        "  LineBench (percent, higher)",
        "  Alpha-72B, thinking, -",
        "  Alpha Technical Report, 表 1, https://arxiv.org/abs/2401.00001",
        "  data/reports/greek/table-01.yml:13",
        "  1 / 3 (thinking)",
        "  erratum: best-of-lines",
        "  cited: docs/zh/index.md:7:31",
    ]


@pytest.mark.parametrize(
    ("identity", "parts"),
    [
        ("greek/table-01/lines/beta-1.5@thinking", ["91.50*", "*: 取自对方的报告", "cited nowhere"]),
        ("greek/table-01/gaps.en/alpha-8b@thinking", ["GapEdit [en] (ratio, lower)", "3 / 3 (thinking)"]),
        ("greek/training-tokens", ["4T token", "训练 token 数 (alpha)", "greek, 2.1", "quantities.yml:1"]),
        ("gamma/hours", ["1,800 hour", "gamma, abstract", "gamma.yml:9"]),
    ],
)
def test_what_is_shown(book: Book, identity: str, parts: list[str]) -> None:
    text = show(book, identity, [])
    assert text is not None
    assert [part for part in parts if part not in text] == []


def test_an_unknown_id_shows_nothing(book: Book) -> None:
    assert show(book, "greek/table-01/lines/alpha-9b@thinking", []) is None
