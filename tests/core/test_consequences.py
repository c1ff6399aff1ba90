"""Findings that only follow from another are not printed; all others are."""

from __future__ import annotations

import pytest

from atlas.consequences import unread, without_consequences
from atlas.problems import Problem
from atlas.reading import Document

MODELS = Document(path="data/models.yml", data={"alpha-8b": {}}, places={})


def found(path: str, code: str, message: str) -> Problem:
    return Problem(path=path, line=1, column=1, code=code, message=message)


TABLE = found("data/reports/greek/table-01.yml", "D201", "unknown benchmark 'linez'")

MISNAMED = found("data/reports/greek/table-2.yml", "D100", "unknown kind of file table-2.yml")


@pytest.mark.parametrize(
    ("cause", "other", "kept"),
    [
        (TABLE, found("data/errata.yml", "D301", "unknown fact 'greek/table-01/lines/alpha-8b@thinking'"), False),
        (TABLE, found("data/errata.yml", "D301", "unknown fact 'greek/table-02/lines/alpha-8b@thinking'"), True),
        (TABLE, found("data/errata.yml", "D314", "guard cannot be computed: unknown id greek/table-01/lines/alpha-8b"), False),
        (TABLE, found("data/errata.yml", "D312", "greek has no 'table-01'"), False),
        (TABLE, found("data/errata.yml", "D312", "greek has no '9.9'"), True),
        (TABLE, found("data/reports/greek/table-01.yml", "D304", "188.7 is outside 0 to 100 (percent, lines)"), True),
        (found("data/models.yml", "D104", "developer: no HTML in plain text"), found("data/reports/greek/table-01.yml", "D301", "unknown model 'alpha-8b'"), False),
        (found("data/models.yml", "D104", "developer: no HTML in plain text"), found("data/reports/greek/table-01.yml", "D301", "unknown model 'alpha-9b'"), True),
        (found("data/models.yml", "D101", "broken YAML"), found("data/reports/greek/table-01.yml", "D301", "unknown model 'alpha-9b'"), False),
        (found("data/models.yml", "D101", "broken YAML"), found("data/papers/gamma.yml", "D105", "missing key 'title'"), True),
        (found("data/benchmarks.yml", "D104", "direction: should be 'higher', 'lower' or 'none', not 'up'"), found("data/benchmarks.yml", "D309", "lines has no direction"), False),
        (TABLE, found("data/errata.yml", "D315", "guard no longer holds: 2 = 3"), False),
        (found("data/models.yml", "D104", "file is empty"), found("data/reports/greek/table-01.yml", "D301", "unknown model 'alpha-9b'"), False),
        (MISNAMED, found("data/errata.yml", "D301", "unknown fact 'greek/table-02/lines/alpha-8b@thinking'"), False),
        (MISNAMED, found("data/errata.yml", "D314", "guard cannot be computed: unknown id greek/table-02/lines/alpha-8b"), False),
        (MISNAMED, found("data/errata.yml", "D312", "greek has no 'table-02'"), False),
        (MISNAMED, found("data/benchmarks.yml", "D313", "benchmark lines is used nowhere"), False),
        (MISNAMED, found("data/errata.yml", "D301", "unknown fact 'roman/table-02/lines/alpha-8b@thinking'"), True),
        (MISNAMED, found("data/errata.yml", "D312", "greek has no '9.9'"), True),
    ],
)  # fmt: skip
def test_what_follows_from_another_finding_is_left_out(cause: Problem, other: Problem, kept: bool) -> None:
    left = without_consequences([cause, other], {"models.yml": MODELS})
    assert left == ([cause, other] if kept else [cause])


@pytest.mark.parametrize(
    ("code", "lost"),
    [
        ("D102", True),
        ("D201", True),
        ("D302", True),
        ("D103", False),
        ("D304", True),
        ("D310", True),
        ("D316", True),
        ("D305", False),
    ],
)
def test_pages_are_judged_only_by_data_that_were_read(code: str, lost: bool) -> None:
    assert unread([found("data/models.yml", code, "m")]) is lost
