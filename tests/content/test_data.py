"""The real data is sound: one test for each check, one for each erratum."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from atlas import checks
from atlas.book import Book
from atlas.problems import Problem

DATA = Path(__file__).parents[2] / "data"
CHECKS = [
    function
    for name, function in inspect.getmembers(checks, inspect.isgeneratorfunction)
    if function.__module__ == checks.__name__ and not name.startswith("_") and name != "check_book"
]
# matches "vl-mmbench-cn-32b:" at the left margin
ERRATA = re.findall(r"^([a-z0-9][a-z0-9.-]*):$", (DATA / "errata.yml").read_text(encoding="utf-8"), re.MULTILINE)
TABLES = {"qwen2.5-vl": 9, "qwen3": 34, "qwen3-vl": 11}
CELLS = 5864


def shown(problems: list[Problem]) -> str:
    return "\n" + "\n".join(map(str, problems))


def test_loading_finds_nothing(loaded: tuple[Book, list[Problem]]) -> None:
    assert not loaded[1], shown(loaded[1])


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_check_finds_nothing(book: Book, check: Callable[[Book], Iterator[Problem]]) -> None:
    problems = list(check(book))
    assert not problems, shown(problems)


@pytest.mark.parametrize("identity", ERRATA)
def test_the_guards_of_an_erratum_hold(book: Book, identity: str) -> None:
    for guard in book.errata[identity].guards:
        outcome = checks.guard_value(book, guard)
        assert not isinstance(outcome, str), outcome
        left, right = outcome
        assert checks.RELATIONS[guard.relation](left, right), f"{left} {guard.relation} {right}"


def test_every_erratum_is_tested(book: Book) -> None:
    assert list(book.errata) == ERRATA


def test_every_printed_cell_is_there(book: Book) -> None:
    """5,864 values are printed in the reports' tables; the two of a slashed cell count as two."""
    cells = [cell for table in book.tables.values() for row in table.cells for cell in row]
    assert all(cell.facts for cell in cells if cell.text not in (None, "-", "n/a"))
    assert len(book.facts) == CELLS
    assert {report: sum(t.report == report for t in book.tables.values()) for report in TABLES} == TABLES


@pytest.mark.parametrize(
    ("identity", "value"),
    [
        ("qwen2.5-vl/table-05/cc-ocr/qwen2.5-vl-72b@instruct", "79.8"),
        ("qwen2.5-vl/table-05/omnidocbench.en/qwen2.5-vl-72b@instruct", "0.226"),
        ("qwen2.5-vl/table-05/omnidocbench.zh/qwen2.5-vl-72b@instruct", "0.324"),
        ("qwen3/table-13/ifeval-strict-prompt.strict-prompt/qwen3-32b@thinking", None),
        ("qwen3/table-21/gpu-hours/qwen3-8b@thinking+on-policy-distillation", "1,800"),
        ("qwen3-vl/table-02/mathvision.wp/qwen3-vl-235b-a22b@thinking", "63.8"),
        ("qwen3-vl/table-02/omnidocbench.en/qwen3-vl-235b-a22b@instruct", "0.143"),
        ("qwen3-vl/table-02/mmmu/gpt-5@high", "84.2*"),
        ("qwen3-vl/table-12/ocrbench/ablation-15b-a2b+deepstack", "83.6"),
        ("qwen3/figure-2/aime-2025/qwen3-235b-a22b@thinking+budget-32k", "81.7"),
    ],
)
def test_a_published_id_stays(book: Book, identity: str, value: str | None) -> None:
    if value is None:
        assert identity not in book.facts
    else:
        assert book.facts[identity].value == value
