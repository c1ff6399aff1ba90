"""Records: what a printed value stands for, ids, ranks, rows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from atlas.book import Book, column_id, number_of, rank, row_id


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("88.70", "88.70"),
        ("-0.6", "-0.6"),
        ("+4.2", "4.2"),
        ("17,920", "17920"),
        ("1,234.5", "1234.5"),
        ("96.7%", "96.7"),
        ("1.2x", "1.2"),
        ("1K", "1000"),
        ("128k", "128000"),
        ("1.7B", "1700000000"),
        ("4.1T", "4100000000000"),
        ("36 万亿", "36000000000000"),
        ("200 万", "2000000"),
        ("720 亿", "72000000000"),
        ("1/10", "0.1"),
        (" 5 ", "5"),
        ("yes", None),
        ("-", None),
        ("n/a", None),
        ("1,23", None),
        ("44/100/2", None),
        ("1/0", None),
        ("{7, 15, 23, 31}", None),
        ("88.70*", None),
        ("", None),
        ("88.", None),
        ("８８", "88"),
    ],
)
def test_a_printed_value_stands_for_a_number(text: str, number: str | None) -> None:
    found = number_of(text)
    assert found == (Decimal(number) if number else None)


def test_a_zero_at_the_end_is_kept() -> None:
    assert str(number_of("88.70")) == "88.70"


@pytest.mark.parametrize(
    ("arguments", "identity"),
    [
        (("alpha-8b", None, None), "alpha-8b"),
        (("alpha-8b", "thinking", None), "alpha-8b@thinking"),
        (("alpha-8b", "thinking", "stage-3"), "alpha-8b@thinking+stage-3"),
        (("alpha-8b", None, "stage-3"), "alpha-8b+stage-3"),
    ],
)
def test_a_column_has_an_id(arguments: tuple[str, str | None, str | None], identity: str) -> None:
    assert column_id(*arguments) == identity


@pytest.mark.parametrize(
    ("arguments", "identity"),
    [(("lines", None, None), "lines"), (("gaps", "en", None), "gaps.en"), (("gaps", "en", "x"), "gaps.en+x")],
)
def test_a_row_has_an_id(arguments: tuple[str, str | None, str | None], identity: str) -> None:
    assert row_id(*arguments) == identity


@pytest.mark.parametrize(
    ("identity", "place"),
    [
        ("greek/table-01/lines/alpha-72b@thinking", 1),
        ("greek/table-01/lines/beta-1.5@thinking", 2),
        ("greek/table-01/lines/alpha-8b@thinking", 3),
        ("greek/table-01/lines/alpha-8b@instruct", 2),
        ("greek/table-01/gaps.en/alpha-72b@thinking", 1),  # lower is better
        ("greek/table-01/gaps.zh/alpha-8b@thinking", 3),
        ("greek/table-01/layers/alpha-72b@thinking", None),  # a property is never ranked
    ],
)
def test_a_rank_follows_the_direction(book: Book, identity: str, place: int | None) -> None:
    fact = book.facts[identity]
    assert rank(fact, book.rivals(fact)) == place


@pytest.mark.parametrize(
    ("identity", "value", "digits", "number", "mode", "variant", "unit", "direction"),
    [
        ("greek/table-01/lines/alpha-8b@thinking", "88.70", "88.70", "88.70", "thinking", None, "percent", "higher"),
        ("greek/table-01/lines/beta-1.5@thinking", "91.50*", "91.50", "91.50", "thinking", None, "percent", "higher"),
        ("greek/table-01/gaps.zh/alpha-8b@instruct", "0.330", "0.330", "0.330", "instruct", None, "ratio", "lower"),
        ("greek/table-01/maze-2024/alpha-72b@instruct", "58.8+", "58.8", "58.8", "instruct", "with-tools", "percent", "higher"),
        ("greek/table-01/layers/alpha-72b@instruct", "80", "80", "80", "instruct", None, "count", "none"),
        ("greek/table-02/maze-2025/alpha-72b@thinking", "63.9", "63.9", "63.9", "thinking", None, "percent", "higher"),
    ],
)  # fmt: skip
def test_a_fact_has_its_key(
    book: Book, identity: str, value: str, digits: str, number: str, mode: str, variant: str | None, unit: str, direction: str
) -> None:  # fmt: skip
    fact = book.facts[identity]
    assert (fact.value, fact.digits, fact.number) == (value, digits, Decimal(number))
    assert (fact.mode, fact.variant, fact.unit, fact.direction) == (mode, variant, unit, direction)


def test_facts_stand_in_the_printed_order(book: Book) -> None:
    assert [f.id.split("/", 2)[2] for f in book.tables["greek/table-01"].facts][5:9] == [
        "gaps.en/alpha-8b@thinking",
        "gaps.zh/alpha-8b@thinking",
        "gaps.en/alpha-8b@instruct",
        "gaps.zh/alpha-8b@instruct",
    ]
    assert [f.id.split("/", 2)[2] for f in book.tables["greek/table-02"].facts] == [
        "maze-2024/alpha-8b@thinking",
        "maze-2025/alpha-8b@thinking",
        "maze-2024/alpha-72b@thinking",
        "maze-2025/alpha-72b@thinking",
    ]


def test_a_row_holds_one_split(book: Book) -> None:
    fact = book.facts["greek/table-01/gaps.en/alpha-8b@thinking"]
    assert [other.value for other in book.row_of(fact)] == ["0.216", "0.250", "0.143", "0.155", "0.180"]
    assert [other.value for other in book.rivals(fact)] == ["0.216", "0.143", "0.180"]


@pytest.mark.parametrize(
    ("table", "zh", "en"), [("greek/table-01", "表 1", "Table 1"), ("roman/table-03", "表 3", "Table 3")]
)
def test_a_table_has_a_label(book: Book, table: str, zh: str, en: str) -> None:
    assert (book.tables[table].label("zh"), book.tables[table].label("en")) == (zh, en)


@pytest.mark.parametrize(
    ("subject", "name"),
    [("alpha-8b", "Alpha-8B"), ("layers", "层数"), ("reading", "阅读"), ("greek", "Alpha"), ("gamma", "GammaNet"), ("?", "?")],
)  # fmt: skip
def test_a_subject_has_a_name(book: Book, subject: str, name: str) -> None:
    assert book.subject_name(subject, "zh") == name
