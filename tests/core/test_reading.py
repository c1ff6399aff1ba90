"""YAML text -> mappings of strings with places."""

from __future__ import annotations

from typing import Any

import pytest

from atlas.reading import read


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 88.70", {"a": "88.70"}),
        ("a: 0123", {"a": "0123"}),
        ("a: no", {"a": "no"}),
        ("a: 2025-05-14", {"a": "2025-05-14"}),
        ("a: 1e3", {"a": "1e3"}),
        ("a: 17,920", {"a": "17,920"}),
        ("a: 1_000", {"a": "1_000"}),
        ("a: ~", {"a": None}),
        ("a:", {"a": None}),
        ("a: null", {"a": None}),
        ('a: ""', {"a": ""}),
        ('a: "~"', {"a": "~"}),
        ("a: '-'", {"a": "-"}),
        ("a: [88.70, -, ~, n/a]", {"a": ["88.70", "-", None, "n/a"]}),
        ("- 1\n- b: {c: 2}", ["1", {"b": {"c": "2"}}]),
        ("a: |\n  x\n  y\n", {"a": "x\ny\n"}),
        ("2025: x", {"2025": "x"}),
        ("", None),
        ("# only a remark\n", None),
    ],
)
def test_a_scalar_stays_as_written(text: str, data: Any) -> None:
    document, problems = read(text, "x.yml")
    assert document.data == data
    assert problems == []


@pytest.mark.parametrize("piece", ["[", "{", "- ", "? ", "{a: [", "[\n"])
def test_yaml_nested_without_end_is_a_finding(piece: str) -> None:
    document, problems = read("a:\n  " + piece * 200_000, "x.yml")
    assert document.data is None
    assert [problem.code for problem in problems] == ["D101"]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a: [1, 2\n", (2, 1), "broken YAML"),
        ("a: 1\n b: 2\n", (2, 3), "broken YAML"),
        ("a: 'x\n", (2, 1), "broken YAML"),
        ("a: @x\n", (1, 4), "broken YAML"),
        ("a: [1\n\n", (3, 1), "broken YAML: did not find"),
        ("a: 1\n\tb: 2\n", (2, 1), "broken YAML: a tab; indent with spaces"),
        ("a: *b\n", (1, 4), "broken YAML"),
        ("? [a, b]\n: 1\n", (1, 3), "a key must be a word"),
        ("a: \x00", (1, 1), "broken YAML"),
    ],
)
def test_broken_yaml_is_one_finding_with_its_place(text: str, place: tuple[int, int], message: str) -> None:
    _, problems = read(text, "x.yml")
    assert [(p.code, p.path, (p.line, p.column)) for p in problems] == [("D101", "x.yml", place)]
    assert message in problems[0].message


@pytest.mark.parametrize(
    ("text", "data", "places"),
    [
        ("a: 1\na: 2\n", {"a": "1"}, [(2, 1)]),
        ("a: 1\nb: 2\na: 3\na: 4\n", {"a": "1", "b": "2"}, [(3, 1), (4, 1)]),
        ("x:\n  - {a: 1, a: 2}\n", {"x": [{"a": "1"}]}, [(2, 12)]),
        ('a: 1\n"a": 2\n', {"a": "1"}, [(2, 1)]),
    ],
)
def test_a_duplicate_key_is_a_finding_and_the_first_stands(text: str, data: Any, places: list[tuple[int, int]]) -> None:
    document, problems = read(text, "x.yml")
    assert document.data == data
    assert [p.code for p in problems] == ["D102"] * len(places)
    assert [(p.line, p.column) for p in problems] == places


def test_the_finding_says_where_the_first_key_stands() -> None:
    _, problems = read("a: 1\nb: 2\na: 3\n", "x.yml")
    assert problems[0].message == "duplicate key 'a': it stands on line 1 already"


TEXT = """\
rows:
  - {benchmark: lines, values: [1, 2]}
  - benchmark: gaps
    values:
      - 3
      - 4
"""


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ((), (1, 1)),
        (("rows",), (1, 1)),
        (("rows", 0), (2, 5)),
        (("rows", 0, "values"), (2, 24)),
        (("rows", 0, "values", 1), (2, 36)),
        (("rows", 1), (3, 5)),
        (("rows", 1, "values", 1), (6, 9)),
        (("rows", 1, "split"), (3, 5)),  # not there: the nearest parent
        (("rows", 7, "values"), (1, 1)),
        (("nothing",), (1, 1)),
    ],
)
def test_every_node_has_its_place(path: tuple[str | int, ...], place: tuple[int, int]) -> None:
    document, _ = read(TEXT, "x.yml")
    assert document.place(*path) == place


def test_depth_without_end_is_a_finding_not_a_crash() -> None:
    document, problems = read("[" * 3000 + "]" * 3000, "x.yml")
    assert {p.code for p in problems} <= {"D101"}
    assert problems or document.data is not None
