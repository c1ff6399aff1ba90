"""The body of a fence -> a choice of rows and columns, or findings at their place in the page."""

from __future__ import annotations

import pytest

from atlas.book import Book
from atlas.fences import fences_in, read_fence
from atlas.selection import Choice, Selection, resolve


def read(pair: Book, body: str) -> tuple[Choice | None, list[str]]:
    """The choice that a page with this fence on its third line makes, and its findings as printed."""
    (fence,) = fences_in(f"# Page\n\n```scores\n{body}\n```\n", "docs/page.md", ["scores"])
    selection, document, problems = read_fence(fence, Selection)
    choice = None
    if selection is not None:
        choice, problems = resolve(selection, document, pair)
    return choice, [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("body", "tables"),
    [
        ("tables: [first/table-01]", ["first/table-01"]),
        ("report: first\ntables: [1, 2]", ["first/table-01", "first/table-02"]),
        ("report: first\ntables: 2", ["first/table-02"]),
        ("report: first\ntables: [table-02, table-02]", ["first/table-02"]),
        ("report: first", ["first/table-01", "first/table-02"]),
        ("benchmarks: tally", ["first/table-01", "second/table-01"]),
        ("capability: counting", ["first/table-01", "first/table-02", "second/table-01"]),
        ("models: beta", ["first/table-01", "second/table-01"]),
    ],
)
def test_tables_are_named_in_short_or_in_full(pair: Book, body: str, tables: list[str]) -> None:
    choice, problems = read(pair, body)
    assert problems == []
    assert choice is not None
    assert [table.id for table in choice.tables] == tables


@pytest.mark.parametrize(
    ("body", "finding"),
    [
        ("tables: [first/table-03]", "4:10: F110 unknown table 'first/table-03'; did you mean 'first/table-02'?"),
        ("tables: [3]", "4:10: F110 '3': write the full id (report/table-NN) or name the report"),
        ("report: frist", "4:1: F110 unknown report 'frist'; did you mean 'first'?"),
        ("capability: [reading, counitng]", "4:23: F111 unknown capability 'counitng'; did you mean 'counting'?"),
        ("benchmarks:\n  - quizz", "5:5: F112 unknown benchmark 'quizz'; did you mean 'quiz'?"),
        ("benchmarks: [typo.es]", "4:14: F112 unknown split of typo 'es'"),
        ("report: first\nmodels: [gamma-9]", "5:10: F113 unknown model or column 'gamma-9'"),
        ("report: first\nmodes: [thinkng]", "5:9: F114 unknown mode 'thinkng'; did you mean 'thinking'?"),
        ("report: second\nbenchmarks: [quiz, typo]", "5:20: F115 no row 'typo' in second"),
        ("tables: [first/table-02]\nmodels: [beta]", "5:10: F115 no column of 'beta' in first/table-02"),
        (
            "report: first\ntables: [1, 2]\nbenchmarks: [typo]",
            "5:13: F115 first/table-02 holds nothing of what is chosen",
        ),
        ("report: second\nmodes: [instruct]", "5:9: F115 no column of mode 'instruct' in second"),
        ("title: Scores", "4:1: F116 nothing chosen: name tables, a report, a capability, benchmarks or models"),
        ("report: first\ntabels: [1]", "5:1: F103 unknown key 'tabels'; did you mean 'tables'?"),
        ("report: first\nreport: second", "5:1: F102 duplicate key 'report': it stands on line 4 already"),
        ("report: [first", "5:1: F101 broken YAML: did not find expected ',' or ']'"),
        ("", "3:1: F104 this scores fence is empty"),
    ],
)
def test_what_cannot_be_chosen_is_a_finding_at_its_place(pair: Book, body: str, finding: str) -> None:
    choice, problems = read(pair, body)
    assert choice is None
    assert problems == [f"docs/page.md:{finding}"]


def test_a_series_means_its_members_and_a_column_itself(pair: Book) -> None:
    choice, _ = read(pair, "tables: [first/table-01]\nmodels: [alpha]")
    assert choice is not None
    assert [choice.has_column(choice.tables[0], index) for index in range(4)] == [True, True, False, True]
    choice, _ = read(pair, "tables: [first/table-01]\nmodels: [alpha-8b@instruct]")
    assert choice is not None
    assert [choice.has_column(choice.tables[0], index) for index in range(4)] == [False, True, False, False]


def test_a_table_printed_the_other_way_round_is_shown_so(pair: Book) -> None:
    assert read(pair, "tables: [second/table-01]")[0].transpose  # type: ignore[union-attr]
    assert not read(pair, "tables: [second/table-01]\ntranspose: false")[0].transpose  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("```scores\na: 1\n```", [("a: 1", 2, 0)]),
        ("- item\n\n    ~~~ scores\n    a:\n      b\n    ~~~", [("a:\n  b", 4, 4)]),
        ("````md\n```scores\na: 1\n```\n````", []),
        ("```yaml\na: 1\n```\n\n```scores\nb: 2\n```", [("b: 2", 6, 0)]),
        ("> ```scores\n> a: 1\n> ```", [("a: 1", 2, 2)]),
    ],
)
def test_fences_are_found_with_their_place(page: str, found: list[tuple[str, int, int]]) -> None:
    assert [(fence.body, fence.line, fence.indent) for fence in fences_in(page, "p.md", ["scores"])] == found


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("```scores\nreport: first", "this scores fence is never closed"),
        ("```scores\nreport: first\n\nText.\n\n```chart\nkind: bars\n```", "this scores fence is never closed"),
        ("```scores x=1\nreport: first\n```", "'x=1': what a scores fence asks for goes in its body"),
    ],
)
def test_a_fence_that_markdown_would_not_take_is_a_finding(page: str, message: str) -> None:
    (fence,) = fences_in(page, "p.md", ["scores"])
    value, _, problems = read_fence(fence, Selection)
    assert value is None
    assert [(problem.code, problem.message) for problem in problems] == [("F106", message)]
