"""Each number of a page and the one thing it states."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from atlas.prose.checking import PageResult, as_bound

Check = Callable[..., PageResult]
A8, A72, B = "alpha-8b@thinking", "alpha-72b@thinking", "beta-1.5@thinking"
A8I, A72I = "alpha-8b@instruct", "alpha-72b@instruct"


def bound(result: PageResult) -> list[tuple[str, str]]:
    """(digits, what they are) of every number: `lines/alpha-8b@thinking` for a fact of greek's table 1, else the id."""
    found = []
    for binding in result.bindings:
        ids = [identity.removeprefix("greek/table-01/") for identity in binding.ids]
        text = as_bound(binding, result.page, "").text
        found.append((text, " - ".join(ids) or binding.code or binding.kind))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the nearest names of the sentence
        ("Alpha-8B 思考在 LineBench 上得 88.70。", [("88.70", f"lines/{A8}")]),
        ("LineBench 上，Alpha-8B 指令得 85.20。", [("85.20", f"lines/{A8I}")]),
        ("得分 88.70（Alpha-8B 思考，LineBench）。", [("88.70", f"lines/{A8}")]),
        ("Alpha-8B 思考的 LineBench 为 88.70，MazeWorld'24 为 61.0。", [("88.70", f"lines/{A8}"), ("61.0", f"maze-2024/{A8}")]),
        ("LineBench：Alpha-8B 思考 88.70，Alpha-72B 思考 92.20。", [("88.70", f"lines/{A8}"), ("92.20", f"lines/{A72}")]),
        ("Alpha-8B 的 LineBench：思考 88.70，指令 85.20。", [("88.70", f"lines/{A8}"), ("85.20", f"lines/{A8I}")]),
        # a model with one mode needs none
        ("Beta 1.5 的 MazeWorld'24 为 66.6。", [("66.6", f"maze-2024/{B}")]),
        # splits
        ("Alpha-8B 思考的 GapEdit 英文为 0.216。", [("0.216", f"gaps.en/{A8}")]),
        ("Alpha-8B 思考的 GapEdit 中文为 0.302。", [("0.302", f"gaps.zh/{A8}")]),
        ("Alpha-8B 思考的 GapEdit 为 0.216/0.302。", [("0.216", f"gaps.en/{A8}"), ("0.302", f"gaps.zh/{A8}")]),
        ("Alpha-8B 思考的 GapEdit（中文/英文）为 0.302/0.216。", [("0.302", f"gaps.zh/{A8}"), ("0.216", f"gaps.en/{A8}")]),
        # a variant by a mark
        ("Alpha-72B 指令使用工具时 MazeWorld'24 得 58.8。", [("58.8", f"maze-2024/{A72I}")]),
        # lists by position
        ("LineBench 上，Alpha-8B 与 Alpha-72B 思考分别得 88.70 与 92.20。", [("88.70", f"lines/{A8}"), ("92.20", f"lines/{A72}")]),
        ("MazeWorld'24 与 MazeWorld'25 上，Alpha-8B 思考得 61.0 与 50.1。", [("61.0", f"maze-2024/{A8}"), ("50.1", f"maze-2025/{A8}")]),
        ("Alpha-8B 的思考与指令在 LineBench 上为 88.70 与 85.20。", [("88.70", f"lines/{A8}"), ("85.20", f"lines/{A8I}")]),
        ("Alpha-8B 指令/思考的 LineBench 为 85.20/88.70。", [("85.20", f"lines/{A8I}"), ("88.70", f"lines/{A8}")]),
        # shorthand sizes
        ("Alpha 的 8B 与 72B 思考在 LineBench 上得 88.70 与 92.20。", [("88.70", f"lines/{A8}"), ("92.20", f"lines/{A72}")]),
        ("Alpha-8B/72B 思考的 LineBench 为 88.70/92.20。", [("88.70", f"lines/{A8}"), ("92.20", f"lines/{A72}")]),
        # English
        ("Alpha-8B thinking scores 88.70 on LineBench.", [("88.70", f"lines/{A8}")]),
        ("On LineBench, Alpha-8B and Alpha-72B thinking score 88.70 and 92.20.", [("88.70", f"lines/{A8}"), ("92.20", f"lines/{A72}")]),
        # quantities
        ("Alpha 用 4T token 训练。", [("4T", "greek/training-tokens")]),
        ("Alpha 训练用了 4 万亿 token。", [("4 万亿", "greek/training-tokens")]),
        ("Alpha 支持 39 种语言。", [("39", "greek/languages")]),
        ("MazeWorld'24 最多取 2,048 帧。", [("2,048", "greek/frame-cap")]),
        ("Alpha-8B 思考的温度为 0.6。", [("0.6", "greek/temperature")]),
        ("GammaNet 的训练用了 1,800 小时。", [("1,800", "gamma/hours")]),
        # sizes, references
        ("Alpha-72B 共 72B 参数，激活 9B。", [("72B", "models/alpha-72b#total"), ("9B", "models/alpha-72b#activated")]),
        ("Alpha-8B 思考的 LineBench 为 88.70（表 1）。", [("88.70", f"lines/{A8}"), ("1", "greek/table-01")]),
        ("Alpha 报告第 2.1 节。", [("2.1", "greek/section-2.1")]),
        # derived
        ("LineBench 上 Alpha-72B 思考的 92.20 比 Alpha-8B 思考的 88.70 高 3.50 分。", [("92.20", f"lines/{A72}"), ("88.70", f"lines/{A8}"), ("3.50", f"lines/{A72} - lines/{A8}")]),
    ],
)  # fmt: skip
def test_a_number_is_bound_by_what_its_sentence_names(check: Check, text: str, expected: list[tuple[str, str]]) -> None:
    page = f"---\nreports: [greek]\n---\n{text}\n"
    result = check(page, "zh" if any(ord(char) > 0x2FFF for char in text) else "en")
    assert bound(result) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Alpha-8B 思考\n\nLineBench 得 88.70。", [("88.70", f"lines/{A8}")]),
        ("# Alpha\n\n## 8B 思考\n\nLineBench 得 88.70。", [("88.70", f"lines/{A8}")]),
        ("## LineBench\n\n- Alpha-8B 思考：88.70\n- Alpha-72B 思考：92.20", [("88.70", f"lines/{A8}"), ("92.20", f"lines/{A72}")]),
        ("- Alpha-8B 思考\n    - LineBench 88.70\n    - MazeWorld'24 61.0", [("88.70", f"lines/{A8}"), ("61.0", f"maze-2024/{A8}")]),
        ("先看 Alpha-8B 思考。它的 LineBench 为 88.70。", [("88.70", f"lines/{A8}")]),
        ("LineBench 难在行距。Alpha-8B 思考得 88.70。", [("88.70", f"lines/{A8}")]),
        ("| 基准 | Alpha-8B 思考 | Alpha-8B 指令 |\n|---|---|---|\n| LineBench | 88.70 | 85.20 |", [("88.70", f"lines/{A8}"), ("85.20", f"lines/{A8I}")]),
        ("| 模型 | LineBench | MazeWorld'24 |\n|---|---|---|\n| Alpha-8B 思考 | 88.70 | 61.0 |", [("88.70", f"lines/{A8}"), ("61.0", f"maze-2024/{A8}")]),
        ("| 模型 | 结果 |\n|---|---|\n| Alpha-8B 思考 | LineBench 88.70 |\n| | MazeWorld'24 61.0 |", [("88.70", f"lines/{A8}"), ("61.0", f"maze-2024/{A8}")]),
        ('!!! note "Alpha-8B 思考"\n\n    LineBench 得 88.70。', [("88.70", f"lines/{A8}")]),
        ('=== "Alpha-8B 思考"\n\n    LineBench 得 88.70。\n\n=== "Alpha-8B 指令"\n\n    LineBench 得 85.20。', [("88.70", f"lines/{A8}"), ("85.20", f"lines/{A8I}")]),
        ("## 甲\n<!-- num-scope: model=alpha-8b mode=thinking -->\n\nLineBench 得 88.70。", [("88.70", f"lines/{A8}")]),
        ("这里得 88.70。<!-- num: bench=lines model=alpha-8b mode=thinking -->", [("88.70", f"lines/{A8}")]),
    ],
)  # fmt: skip
def test_a_number_is_bound_by_what_stands_around_it(check: Check, text: str, expected: list[tuple[str, str]]) -> None:
    assert bound(check(f"---\nreports: [greek]\n---\n{text}\n")) == expected


@pytest.mark.parametrize(
    ("matter", "text", "expected"),
    [
        ("subject: alpha-8b\nmode: thinking\nreports: [greek]", "LineBench 得 88.70。", f"lines/{A8}"),
        ("subject: alpha\nreports: [greek]", "8B 思考的 LineBench 为 88.70。", f"lines/{A8}"),
        ("reports: [greek, roman]", "Alpha-8B 思考的 LineBench 为 88.70。", f"lines/{A8}"),
        ("reports: [roman, greek]", "Alpha-8B 思考的 LineBench 为 87.9。", "roman/table-03/lines/alpha-8b@thinking"),
        ("reports: [roman, greek]", "Alpha-8B 思考的 LineBench 为 88.70。", "N102"),
        ("subject: gamma", "训练用了 1,800 小时。", "gamma/hours"),
    ],
)
def test_the_front_matter_is_the_last_resort(check: Check, matter: str, text: str, expected: str) -> None:
    assert [what for _, what in bound(check(f"---\n{matter}\n---\n{text}\n"))] == [expected]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("这里得 88.70。", "N101"),
        ("LineBench 上得 88.70。", "N101"),
        ("Alpha-8B 思考得 88.70。", "N101"),
        ("Alpha-8B 思考在 LineBench 上得 88.71。", "N102"),
        ("Alpha-8B 思考在 LineBench 上得 85.20。", "N102"),
        ("Alpha-72B 思考在 LineBench 上得 88.70。", "N102"),
        ("Alpha-8B 思考在 MazeWorld'24 上得 50.1。", "N102"),
        ("Alpha-8B 思考的 GapEdit 中文为 0.216。", "N102"),
        ("Beta 1.5 的 MazeWorld'25 为 63.9。", "N103"),
        ("Alpha-8B 在 LineBench 上得 88.70。", "N104"),
        ("Alpha-8B 思考的 GapEdit 为 0.216。", "N104"),
        ("Alpha 支持 38 种语言。", "N105"),
        ("Alpha 用 5T token 训练。", "N105"),
        ("Alpha-8B 思考的温度为 0.7。", "N105"),
        ("MazeWorld'24 最多取 2,084 帧。", "N105"),
        ("LineBench 上 Alpha-72B 思考的 92.20 比 Alpha-8B 思考的 88.70 高 3.60 分。", "N106"),
        ("Alpha-8B 思考的 LineBench 为 88.70（表 9）。", "N107"),
        ("Alpha 报告第 7.7 节。", "N107"),
        ("Alpha-72B 共 73B 参数。", "N108"),
        ("Alpha-8B 思考在 LineBench 上得 88.7。", "N109"),
        ("Alpha-8B 思考在 LineBench 上得 89。", "N109"),
        ("Alpha-8B 思考的 MazeWorld'24 为 61.00。", "N109"),
        ("Alpha-8B 指令的 LineBench 为 85.20（表 2）。", "N110"),
    ],
)
def test_what_cannot_be_bound_is_a_finding(check: Check, text: str, code: str) -> None:
    assert {problem.code for problem in check(f"---\nreports: [greek]\n---\n{text}\n").problems} == {code}


@pytest.mark.parametrize(
    ("number", "ok"),
    [
        ("约 89", True),
        ("约 88.7", True),
        ("约 88", False),
        ("约 90", False),
        ("大约 89", True),
        ("89 左右", True),
        ("89", False),
    ],
)
def test_about_allows_the_digits_that_are_written(check: Check, number: str, ok: bool) -> None:
    text = f"---\nreports: [greek]\n---\nAlpha-8B 思考在 LineBench 上得 {number}。\n"
    assert (not check(text).problems) is ok


@pytest.mark.parametrize("text", ["| 甲 | 先看一处。<br>2. 再看另一处。 |", "1. 先看一处。<br>2. 再看另一处。"])
def test_a_number_that_only_counts_a_line_of_a_cell_is_an_ordinal(check: Check, text: str) -> None:
    assert not check(f"| 乙 | 丙 |\n|---|---|\n{text}\n" if text.startswith("|") else text).problems


@pytest.mark.parametrize(
    ("text", "fixes"),
    [
        # every number under a name fails: the name is wrong
        ("LineBench 上 Beta 1.5 思考得 88.70，MazeWorld'24 上得 61.0。", {"写 Alpha-8B，代替 Beta 1.5"}),
        # the others under the name hold: the number is wrong
        ("Alpha-8B 思考的 LineBench 为 92.20，MazeWorld'24 为 61.0。", {"写 88.70"}),
        # two numbers the other way round
        ("LineBench 上，Alpha-8B 思考得 92.20，Alpha-72B 思考得 88.70。", {"写 88.70", "写 92.20"}),
        # the other mode
        ("Alpha-8B 指令的 LineBench 为 88.70，MazeWorld'24 为 61.0。", {"写 思考，代替 指令"}),
        # a slip, and the word that closes a comparison
        ("Alpha-8B 思考的 LineBench 为 87.80。", {"写 88.70"}),
        ("LineBench 上，Alpha-72B 思考的 92.20 比 Alpha-8B 思考的 88.70 低。", {"写 高，代替 低"}),
        # the form of the author
        ("Alpha 训练用了 5 万亿 token。", {"写 4 万亿"}),
        ("Alpha 支持 38 种语言。", {"写 39"}),
    ],
)
def test_the_first_fix_is_what_leaves_nothing_to_find(check: Check, text: str, fixes: set[str]) -> None:
    problems = check(f"---\nreports: [greek]\n---\n{text}\n").problems
    assert problems
    assert {problem.fixes[0] for problem in problems if problem.fixes} == fixes


def test_the_value_never_chooses_the_scope(check: Check) -> None:
    """66.6 is Beta's alone, but the sentence says Alpha."""
    (problem,) = check("Alpha-8B 思考的 MazeWorld'24 为 66.6。").problems
    assert problem.code == "N102"
    assert any("Beta 1.5" in note for note in problem.notes)
    assert problem.fixes == ("写 Beta 1.5，代替 Alpha-8B", "写 61.0")


def test_a_finding_says_how_the_number_was_bound_and_what_would_be_right(check: Check) -> None:
    (problem,) = check("Alpha-8B 思考在 LineBench 上得 88.71。").problems
    assert problem.message == "88.71 不是 LineBench · Alpha-8B · 思考；数据中为 88.70"
    assert problem.notes[0] == "依据：基准 = 最近的 “LineBench”，模型 = 最近的 “Alpha-8B”，模式 = 最近的 “思考”"
    assert problem.fixes[0] == "写 88.70"
    assert (problem.line, problem.column, problem.width) == (1, 27, 5)
    assert problem.excerpt[problem.column - 1 :][: problem.width] == "88.71"


def test_a_finding_is_in_the_language_of_the_page(check: Check) -> None:
    (problem,) = check("Alpha-8B thinking scores 88.71 on LineBench.", "en").problems
    assert problem.message == "88.71 is not LineBench · Alpha-8B · thinking; the data has 88.70"
    assert problem.fixes[0] == "write 88.70"
