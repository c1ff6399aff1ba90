"""A choice -> the layout of a table: which cells stand where, which are best, what is said of the empty ones."""

from __future__ import annotations

from typing import Any

import pytest

from atlas.book import Book
from atlas.layouts import Layout
from atlas.prose.names import Names
from atlas.reading import Document
from atlas.selection import Selection, resolve
from atlas.tables import layout


@pytest.fixture
def lay(pair: Book, pair_names: Names) -> Any:
    def laid(*, taken: set[str] | None = None, language: str = "zh", **keys: Any) -> Layout:
        document = Document(path="p.md", data=keys, places={(): (1, 1)})
        choice, problems = resolve(Selection(**keys), document, pair)
        assert choice is not None, problems
        return layout(choice, pair, pair_names, language, set() if taken is None else taken)

    return laid


def grid(table: Layout) -> list[list[str]]:
    """Each row as text: `*` best, `_` second, else the kind of an empty cell."""
    marks = {0: "", 1: "*", 2: "_"}
    return [[cell.text + marks[cell.place] if cell.text else cell.kind for cell in row.cells] for row in table.rows]


def test_a_table_has_a_row_for_each_split_and_ranks_each_kind_of_reasoning_apart(lay: Any) -> None:
    table = lay(tables=("first/table-01",))
    assert [column.model for column in table.columns] == ["alpha-8b", "alpha-8b", "alpha-1b", "beta-1"]
    assert grid(table) == [
        ["88.70_", "60.0", "88.70_", "91.2*"],
        ["0.100*", "0.300", "dash", "0.200"],
        ["0.210", "0.400", "dash", "0.110*"],
        ["50.0", "40.0", "na", "blank"],
    ]


def test_columns_stand_by_family_with_qwen_told_apart(lay: Any) -> None:
    table = lay(tables=("first/table-01",))
    assert [(group.name, group.span, group.qwen) for group in table.groups] == [("Alpha", 3, True), ("Beta", 1, False)]
    assert [column.size for column in table.columns] == ["8", "8", "1.5", ""]


def test_an_order_that_is_asked_for_wins(lay: Any) -> None:
    table = lay(tables=("first/table-01",), columns=("beta-1", "alpha-8b@instruct"), benchmarks=("tally", "quiz"))
    assert [column.name + column.mode_name for column in table.columns] == [
        "Beta-One思考",
        "Alpha-8B指令",
        "Alpha-8B思考",
        "Alpha-1B思考",
    ]
    assert [row.name for row in table.rows] == ["Tally", "Quiz"]


def test_a_model_in_two_tables_of_one_report_has_one_column_where_they_agree(lay: Any) -> None:
    table = lay(report="first")
    assert [(column.model, column.mode_name, column.source) for column in table.columns] == [
        ("alpha-8b", "思考", "表 1"),
        ("alpha-8b", "指令", "表 1"),
        ("alpha-1b", "思考", "表 1、表 2"),
        ("alpha-1b", "指令", "表 2"),
        ("beta-1", "思考", "表 1"),
    ]
    assert grid(table)[-1] == ["absent", "absent", "28", "28", "absent"]


def test_of_two_reports_side_by_side_the_one_with_fewer_numbers_is_set_apart_and_not_ranked(lay: Any) -> None:
    table = lay(benchmarks=("quiz",), modes=("thinking",))
    assert table.across
    assert [column.source for column in table.columns] == [
        "First 表 1",
        "First 表 1、表 2",
        "First 表 1",
        "Second 表 1",
        "Second 表 1",
    ]
    assert grid(table) == [["88.70_", "88.70_", "91.2*", "86.1", "90.0"]]
    assert [cell.other for cell in table.rows[0].cells] == [False, False, False, True, True]
    assert [cell.plain for cell in table.rows[0].cells][3:] == ["86.1", "90.0"]


def test_a_row_of_one_report_is_ranked_whichever_report_it_is(lay: Any) -> None:
    assert not any(cell.other for row in lay(report="first").rows for cell in row.cells)
    assert not any(cell.other for row in lay(report="second").rows for cell in row.cells)


@pytest.mark.parametrize(
    ("numbers", "places"),
    [
        ([3, 2, 1], [1, 2, 0]),
        ([3, 3, 1], [1, 1, 0]),
        ([3, 2, 2], [1, 2, 2]),
        ([3, 2], [1, 0]),
        ([3, 3], [0, 0]),
        ([3], [0]),
        ([3, None, 2, 1], [1, 0, 2, 0]),
    ],
)
def test_equal_values_share_a_place_and_a_place_needs_rivals(pair: Book, numbers: list[Any], places: list[int]) -> None:
    from dataclasses import replace
    from decimal import Decimal

    from atlas.rows import _places

    fact = pair.facts["first/table-01/quiz/alpha-8b@thinking"]
    facts = [replace(fact, number=Decimal(n)) if n is not None else None for n in numbers]
    assert _places(facts) == places


def test_lower_may_be_better_and_a_property_is_never_ranked(lay: Any) -> None:
    assert {row.direction for row in lay(benchmarks=("typo",)).rows} == {"lower"}
    assert not lay(benchmarks=("layers",)).ranked


def test_the_first_element_that_shows_a_fact_has_its_id(lay: Any) -> None:
    taken: set[str] = set()
    first, second = lay(benchmarks=("quiz",), taken=taken), lay(benchmarks=("quiz",), taken=taken)
    assert all(cell.anchor for cell in first.rows[0].cells)
    assert first.rows[0].anchor
    assert first.rows[0].id == "first/table-01/quiz"
    assert not any(cell.anchor for cell in second.rows[0].cells)
    assert not second.rows[0].anchor
    assert "first/table-01/quiz/beta-1@thinking" in taken


def test_marks_are_explained_where_they_are_shown(lay: Any) -> None:
    assert lay(tables=("first/table-01",)).marks == (("*", "他人报告"), ("+", "用工具"))
    assert lay(tables=("first/table-01",), benchmarks=("tally",)).marks == (("+", "用工具"),)
    assert lay(tables=("first/table-02",)).marks == ()


def test_a_note_is_shown_with_the_rows_it_speaks_of(lay: Any) -> None:
    assert lay(tables=("first/table-01",)).notes == ("Tally 用贪心解码。",)
    assert lay(tables=("first/table-01",), benchmarks=("quiz",)).notes == ()
    assert lay(tables=("second/table-01",)).unsure == ("second/table-01",)


def test_plain_numbers_are_given_where_the_text_is_none(lay: Any) -> None:
    cells = lay(tables=("first/table-01",), benchmarks=("quiz",)).rows[0].cells
    found = [(cell.text, cell.plain, cell.marks) for cell in cells]
    assert found[-1] == ("91.2", "91.2", ("*",))
    assert found[0] == ("88.70", "", ())


def test_the_title_is_what_is_asked_for_else_the_table_s_caption_else_the_capability(lay: Any) -> None:
    assert lay(tables=("first/table-01",), title="甲").title == "甲"
    assert lay(tables=("first/table-01",), language="en").title == "Large models"
    assert lay(report="first", capability=("counting",)).title == "计数"
