"""Number tokens: digits, scales, units, signs, numerals, lists."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from atlas.prose.markdown import parse
from atlas.prose.names import Names
from atlas.prose.numbers import Number, chinese, numbers_in

Tokens = Callable[[str], list[Number]]


@pytest.fixture(scope="module")
def tokens(names: Names) -> Tokens:
    def tokens(text: str) -> list[Number]:
        (unit,) = parse(text).units
        return numbers_in(unit, names.find(unit.text), names)[0]

    return tokens


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("得 88.7 分", ["88.7"]),
        ("得 88.70", ["88.70"]),
        ("17,920 个", ["17920"]),
        ("1,234.5", ["1234.5"]),
        ("A 为 1，B 为 2", ["1", "2"]),
        ("4K 与 2M", ["4000", "2000000"]),
        ("36 万亿", ["36000000000000"]),
        ("36万亿", ["36000000000000"]),
        ("200 万条", ["2000000"]),
        ("720 亿参数", ["72000000000"]),
        ("4T token", ["4000000000000"]),
        ("4 trillion tokens", ["4000000000000"]),
        ("2 million", ["2000000"]),
        ("1 千题", ["1000"]),
        ("3.5B", ["3500000000"]),
        ("88.7%", ["88.7"]),
        ("约 88.7", ["88.7"]),
        ("-0.6", ["-0.6"]),
        ("（-0.6）", ["-0.6"]),
        ("−0.6", ["-0.6"]),
        ("+1.4", ["1.4"]),
        ("2019-2020", ["2019", "2020"]),
        ("1K–32K", ["1000", "32000"]),
        ("1K-32K", ["1000", "32000"]),
        ("从 4K 到 128K", ["4000", "128000"]),
        ("0.226/0.324", ["0.226", "0.324"]),
        ("17 of 23", ["17", "23"]),
        ("８８．７", ["88.7"]),
        ("23 项中的 17 项", ["23", "17"]),
        ("三种尺寸", ["3"]),
        ("二十三个基准", ["23"]),
        ("十个", ["10"]),
        ("一百二十种", ["120"]),
        ("two models", []),  # less than three is no count
        ("three models", ["3"]),
        ("Twelve languages", ["12"]),
        ("两个模型", []),
        ("一次", []),
        ("十分之一", ["0.1"]),
        ("四分之一", ["0.25"]),
        ("两倍", ["2"]),
        ("第三个", []),
        ("无", []),
        ("五味杂陈", []),  # no measure word
    ],
)
def test_what_is_a_number(tokens: Tokens, text: str, values: list[str]) -> None:
    assert [token.value for token in tokens(text)] == [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2025 年 2 月", ["2025-02"]),
        ("2025年12月9日", ["2025-12-09"]),
        ("2025-02", ["2025-02"]),
        ("2025-02-19", ["2025-02-19"]),
        ("in February 2025", ["2025-02"]),
        ("on February 3, 2025", ["2025-02-03"]),
        ("2025 年", ["2025"]),
        ("2019-2020", ["2019", "2020"]),
        ("2048-4096", ["2048", "4096"]),
        ("2025-13", ["2025", "13"]),
    ],
)
def test_a_date_is_one_number(tokens: Tokens, text: str, written: list[str]) -> None:
    assert [token.written for token in tokens(text)] == written


@pytest.mark.parametrize(
    "text",
    [
        "Alpha-8B",
        "Beta 1.5",
        "MazeWorld'24",
        "v2",
        "GPT4",
        "H100",
        "ViT-L",
        "x2y",
        "Pass@64",
        "top_5",
        "2D 与 3D",
        "issue #12",
        "MT-5",
        "5-shot",
        "CC BY 4.0",
    ],
)
def test_digits_of_a_name_are_no_number(tokens: Tokens, text: str) -> None:
    assert [token.text for token in tokens(text)] == []


@pytest.mark.parametrize(
    ("text", "written", "decimals"),
    [("88.70", "88.70", 2), ("88.7", "88.7", 1), ("17,920", "17920", 0), ("88", "88", 0)],
)
def test_a_number_keeps_its_digits(tokens: Tokens, text: str, written: str, decimals: int) -> None:
    (token,) = tokens(f"得 {text} 分")
    assert (token.written, token.decimals) == (written, decimals)


@pytest.mark.parametrize(
    ("text", "word", "unit"),
    [
        ("88.7%", "%", "percent"),
        ("88.7 分", "分", "percent"),
        ("3.6 个百分点", "个百分点", "percent"),
        ("39 种语言", "种语言", "language"),
        ("2,048 帧", "帧", "frame"),
        ("4T token", "token", "token"),
        ("4T tokens", "tokens", "token"),
        ("1,800 小时", "小时", "hour"),
        ("36 层", "层", "count"),
        ("768 frames", "frames", "frame"),
    ],
)
def test_a_unit_word_says_what_is_counted(tokens: Tokens, text: str, word: str, unit: str) -> None:
    token = tokens(text)[0]
    assert token.word == word
    assert token.units is not None and unit in token.units


@pytest.mark.parametrize("text", ["88.7", "88.7，", "88.7 hoursglass", "88.7。"])
def test_no_unit_word(tokens: Tokens, text: str) -> None:
    assert tokens(text)[0].units is None


@pytest.mark.parametrize(
    ("text", "approximate"),
    [
        ("约 88", True),
        ("大约 88", True),
        ("约为 88", True),
        ("接近 88", True),
        ("88 左右", True),
        ("about 88", True),
        ("~88", True),
        ("超过 88", False),
        ("为 88", False),
    ],
)
def test_about(tokens: Tokens, text: str, approximate: bool) -> None:
    assert tokens(text)[0].approximate is approximate


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("1、2 与 3", [["1", "2", "3"]]),
        ("1/2", [["1", "2"]]),
        ("1 vs 2", [["1", "2"]]),
        ("1, 2 and 3", [["1", "2", "3"]]),
        ("88.7%、85.2% 和 92.2%", [["88.7", "85.2", "92.2"]]),
        ("1K–32K", [["1K", "32K"]]),
        ("A 得 1。", [["1"]]),
        ("甲 1，高于乙的 2", [["1"], ["2"]]),
        ("1、2，而另一个为 3、4", [["1", "2"], ["3", "4"]]),
    ],
)
def test_numbers_between_joints_are_one_list(tokens: Tokens, text: str, groups: list[list[str]]) -> None:
    found: list[list[Number]] = []
    for token in tokens(text):
        if not any(token.group is group for group in found):
            found.append(token.group)
    assert [[token.text for token in group] for group in found] == groups
    assert all(group[token.group_index] is token for group in found for token in group)


@pytest.mark.parametrize(("text", "fraction"), [("1/10", "0.1"), ("3/4", "0.75"), ("0.2/0.3", None), ("9/4", None)])
def test_a_fraction_may_be_meant(tokens: Tokens, text: str, fraction: str | None) -> None:
    assert tokens(text)[0].fraction == (Decimal(fraction) if fraction else None)


@pytest.mark.parametrize(
    ("text", "value"),
    [("一", 1), ("两", 2), ("十", 10), ("十二", 12), ("二十", 20), ("二十三", 23), ("百", 100), ("一百零", 100), ("三百二十一", 321)],
)  # fmt: skip
def test_chinese_numerals(text: str, value: int) -> None:
    assert chinese(text.replace("零", "")) == value


def test_a_number_in_code_is_marked(tokens: Tokens) -> None:
    assert [token.code for token in tokens("取 `0.6` 与 0.7")] == [True, False]


def test_positions_fit_the_text(tokens: Tokens) -> None:
    for token in tokens("约 36 万亿 token、88.7%、-0.6 与三种"):
        assert token.unit.text[token.start : token.end] == token.text
