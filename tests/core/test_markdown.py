"""Markdown -> units of plain text with their places and surroundings."""

from __future__ import annotations

import pytest

from atlas.prose.markdown import parse
from atlas.prose.page import Block


def units(source: str) -> list[tuple[str, str]]:
    return [(unit.block.kind, unit.text.strip()) for unit in parse(source).units]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("一句。", [("paragraph", "一句。")]),
        ("一句。二句。", [("paragraph", "一句。"), ("paragraph", "二句。")]),
        ("一句；二句", [("paragraph", "一句；"), ("paragraph", "二句")]),
        ("一行\n二行", [("paragraph", "一行\n二行")]),
        ("一段\n\n二段", [("paragraph", "一段"), ("paragraph", "二段")]),
        ("# 题 {#id}", [("heading", "题")]),
        ("## 题 ##", [("heading", "题")]),
        ("###### 题", [("heading", "题")]),
        ("#没有空格", [("paragraph", "#没有空格")]),
        ("- 甲\n- 乙", [("item", "甲"), ("item", "乙")]),
        ("* 甲\n+ 乙", [("item", "甲"), ("item", "乙")]),
        ("1. 甲\n2) 乙", [("item", "甲"), ("item", "乙")]),
        ("- 甲\n  续行", [("item", "甲\n  续行")]),
        ("- 甲\n\n  另一段", [("item", "甲"), ("paragraph", "另一段")]),
        ("> 引用", [("paragraph", "引用")]),
        ("[^1]: 脚注", [("paragraph", "脚注")]),
        ("---", []),
        ("***", []),
        ("", []),
        ("\n\n\n", []),
        ("A scores 1.5. B scores 2.5.", [("paragraph", "A scores 1.5."), ("paragraph", "B scores 2.5.")]),
        ("A vs. B, e.g. 3.5 points.", [("paragraph", "A vs. B, e.g. 3.5 points.")]),
        ("见 v1.1 版", [("paragraph", "见 v1.1 版")]),
        ("甲<br>乙", [("paragraph", "甲"), ("paragraph", "乙")]),
        ("甲<br />乙", [("paragraph", "甲"), ("paragraph", "乙")]),
    ],
)
def test_blocks_and_sentences(source: str, expected: list[tuple[str, str]]) -> None:
    assert units(source) == expected


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("得 **88.7** 分", "得 88.7 分"),
        ("得 ***88.7*** 分", "得 88.7 分"),
        ("~~88.7~~ 分", "88.7 分"),
        ("[LineBench](../a.md#x) 得 1", "LineBench 得 1"),
        ("[甲](a.md){ .x } 乙", "甲 乙"),
        ("[甲][ref] 乙", "甲 乙"),
        ("甲[^1]乙", "甲乙"),
        ("![图](a.png) 乙", "图 乙"),
        ("`a = 1` 乙", "a = 1 乙"),
        ("``a ` b`` 乙", "a ` b 乙"),
        ("甲 <b>乙</b> 丙", "甲 乙 丙"),
        ("a < b", "a < b"),
        (r"\*甲\*", "*甲*"),
        (r"1\. 甲", "1. 甲"),
        ("甲{ #id } 乙", "甲{ #id } 乙"),
        ("甲{#id} 乙", "甲 乙"),
        ("甲&nbsp;乙", "甲 乙"),
        ("见 https://example.org/2024/88.7 。", "见  。"),
        ("<https://example.org/88.7> 甲", "甲"),
        ("甲<!-- 88.7 -->乙", "甲乙"),
        ("甲<!-- num: model=x -->", "甲"),
        ("８８．７％", "88.7%"),
        ("−0.6 与 －0.6", "-0.6 与 -0.6"),
        ("MazeWorld’24", "MazeWorld'24"),
        ("MazeWorld‘24", "MazeWorld'24"),
        ("MazeWorldʼ24", "MazeWorld'24"),
        ("甲／乙", "甲/乙"),
    ],
)
def test_inline_markup_is_left_out(source: str, text: str) -> None:
    assert " ".join(unit.text.strip() for unit in parse(source).units) == text


@pytest.mark.parametrize(
    "source",
    [
        "```\n88.7\n```",
        "```scores\ntables: [88.7]\n```",
        "~~~\n88.7\n~~~",
        "````\n```\n88.7\n````",
        "    ```\n    88.7\n    ```",
        "---\ntitle: 88.7\n---\n",
        "<!-- 88.7 -->",
        "<!--\n88.7\n\n88.7\n-->",
        '<div title="88.7"></div>',
        "```\n88.7",
    ],
)
def test_what_is_no_prose_is_skipped(source: str) -> None:
    assert not any("88.7" in unit.text for unit in parse(source).units)


def test_a_description_is_prose() -> None:
    page = parse("---\ntitle: 1\ndescription: 得 88.7。\n---\n正文。\n")
    assert [unit.text for unit in page.units] == ["得 88.7。", "正文。"]
    assert page.place(next(page.units).offsets[0]) == (3, 14)


@pytest.mark.parametrize(
    ("source", "cells"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 |\n", [("1", None, "a"), ("2", "1", "b")]),
        ("a | b\n---|---\n1 | 2\n", [("1", None, "a"), ("2", "1", "b")]),
        ("| a | b |\n|:-:|--:|\n| 1 | 2 |\n", [("1", None, "a"), ("2", "1", "b")]),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n| | 3 |\n", [("1", None, "a"), ("2", "1", "b"), ("3", "1", "b")]),
        ("| a | b |\n|---|---|\n| 1 \\| x | 2 |\n", [("1 | x", None, "a"), ("2", "1 | x", "b")]),
        ("| a | b |\n|---|---|\n| `1|x` | 2 |\n", [("1|x", None, "a"), ("2", "1|x", "b")]),
        ("- 项\n\n    | a | b |\n    |---|---|\n    | 1 | 2 |\n", [("1", None, "a"), ("2", "1", "b")]),
    ],
)
def test_a_cell_knows_its_row_and_column(source: str, cells: list[tuple[str, str | None, str]]) -> None:
    def text(block: Block | None) -> str | None:
        return block.units[0].text.strip() if block and block.units else None

    found = [block for block in parse(source).blocks if block.kind == "cell" and block.units and block.column]
    assert [(text(block), text(block.row), text(block.column)) for block in found] == cells


def test_a_sentence_of_a_cell_ends_at_a_break() -> None:
    source = "| a | b |\n|---|---|\n| 甲 | 一。二<br>三；四 |\n"
    assert [text for kind, text in units(source)][3:] == ["一。", "二", "三；", "四"]


@pytest.mark.parametrize(
    ("source", "text", "parents", "headings"),
    [
        ("# 一\n## 二\n甲", "甲", [], ["二", "一"]),
        ("# 一\n## 二\n# 三\n甲", "甲", [], ["三"]),
        ("- 甲\n    - 乙\n        - 丙", "丙", ["乙", "甲"], []),
        ("- 甲\n    - 乙\n- 丙", "丙", [], []),
        ("- 甲\n\n    乙", "乙", ["甲"], []),
        ("- 甲\n\n乙", "乙", [], []),
        ('!!! note "题"\n\n    甲', "甲", ["题"], []),
        ('=== "题"\n\n    甲\n\n=== "二"\n\n    乙', "乙", ["二"], []),
        ("??? tip\n    甲", "甲", [""], []),
        ("# 一\n- 甲\n    - 乙", "乙", ["甲"], ["一"]),
        ("- 甲\n\n# 一\n\n乙", "乙", [], ["一"]),
    ],
)
def test_a_unit_knows_what_stands_around_it(source: str, text: str, parents: list[str], headings: list[str]) -> None:
    block = next(unit.block for unit in parse(source).units if unit.text.strip() == text)

    def texts(blocks: tuple[Block, ...]) -> list[str]:
        return ["".join(unit.text.strip() for unit in other.units) for other in blocks]

    assert texts(block.parents) == parents
    assert texts(block.headings) == headings


@pytest.mark.parametrize(
    ("source", "word", "place"),
    [
        ("得 88.7 分", "88.7", (1, 3)),
        ("一行\n得 **88.7** 分", "88.7", (2, 5)),
        ("# 题\n\n- 甲\n  得 [x](y) 88.7", "88.7", (4, 12)),
        ("| a | b |\n|---|---|\n| 甲 | 得 88.7 |", "88.7", (3, 9)),
        ("得<!-- num: x -->88.7", "88.7", (1, 17)),
        ("\ufeff得 88.7", "88.7", (1, 4)),
        ("甲\r\n得 88.7", "88.7", (2, 3)),
        ("得 ８８．７ 分", "88.7", (1, 3)),
        ("得 😀 88.7", "88.7", (1, 5)),
    ],
)
def test_a_place_in_the_source_is_exact(source: str, word: str, place: tuple[int, int]) -> None:
    page = parse(source)
    unit = next(unit for unit in page.units if word in unit.text)
    assert page.place(unit.offsets[unit.text.index(word)]) == place
    assert len(unit.offsets) == len(unit.text)


@pytest.mark.parametrize(
    ("source", "kind", "body", "line"),
    [
        ("```scores\ntables: [a]\n```\n", "scores", "tables: [a]\n", 2),
        ("- 项\n\n    ```chart\n    kind: bars\n    ```\n", "chart", "    kind: bars\n", 4),
        ("~~~ errata\nreport: a\n~~~\n", "errata", "report: a\n", 2),
        ("```figures\nfacts: []", "figures", "facts: []", 2),
    ],
)
def test_a_fence_is_kept_with_its_place(source: str, kind: str, body: str, line: int) -> None:
    page = parse(source)
    (fence,) = page.fences
    assert (fence.kind, fence.body, page.place(fence.start)[0]) == (kind, body, line)


@pytest.mark.parametrize(
    ("source", "kind", "text", "on"),
    [
        ("甲。<!-- num: model=x -->", "num", " model=x ", "甲。"),
        ("甲。\n<!-- num: model=x -->", "num", " model=x ", "甲。"),
        ("甲。\n\n<!-- num: model=x -->\n\n乙。", "num", " model=x ", "甲。"),
        ("- 甲 <!-- num: a=b -->\n- 乙", "num", " a=b ", "甲"),
        ("| a | b |\n|---|---|\n| 1 | 2 <!-- num: a=b --> |", "num", " a=b ", "2"),
        ("# 题\n<!-- num-scope: model=x -->\n\n甲", "num-scope", " model=x ", "题"),
    ],
)
def test_a_note_belongs_to_its_block(source: str, kind: str, text: str, on: str) -> None:
    notes = [(block, note) for block in parse(source).blocks for note in (*block.notes, *block.scopes)]
    ((block, note),) = notes
    assert (note.kind, note.text) == (kind, text)
    assert block.units[0].text.strip() == on
    assert source[note.start : note.start + len(text)] == text


def test_code_spans_are_known() -> None:
    (unit,) = parse("取 `temperature=0.6`，得 88.7").units
    assert unit.in_code(unit.text.index("0.6"))
    assert not unit.in_code(unit.text.index("88.7"))
