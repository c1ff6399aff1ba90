"""Comparisons, superlatives and movements: each is recomputed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from atlas.prose.checking import PageResult

Check = Callable[..., PageResult]
GREEK = "---\nreports: [greek]\n---\n"


def verdicts(result: PageResult) -> list[tuple[str, str]]:
    return [(claim.text, claim.verdict) for claim in result.claims]


@pytest.mark.parametrize(
    ("text", "word", "verdict"),
    [
        # higher is better
        ("LineBench 上，Alpha-72B 思考的 92.20 高于 Alpha-8B 思考的 88.70。", "高于", "true"),
        ("LineBench 上，Alpha-72B 思考的 92.20 低于 Alpha-8B 思考的 88.70。", "低于", "false"),
        ("LineBench 上，Alpha-8B 思考的 88.70 优于 Alpha-72B 思考的 92.20。", "优于", "false"),
        ("LineBench 上，Alpha-8B 思考得 88.70，不及 Beta 1.5 的 91.50。", "不及", "true"),
        ("LineBench 上，Alpha-8B 思考得 88.70，超过指令的 85.20。", "超过", "true"),
        ("LineBench 上，Alpha-72B 思考得 92.20，高于 Alpha-8B 思考和 Beta 1.5。", "高于", "true"),
        ("LineBench 上，Beta 1.5 得 91.50，高于 Alpha-8B 思考和 Alpha-72B 思考。", "高于", "false"),
        ("LineBench 上，Alpha-72B 思考高于 Beta 1.5。", "高于", "true"),
        ("LineBench 上，Alpha-8B 思考高于 Beta 1.5。", "高于", "false"),
        ("Alpha-72B 思考在 LineBench、MazeWorld'24 与 MazeWorld'25 上都高于 Alpha-8B 思考。", "高于", "true"),
        ("Beta 1.5 在 LineBench 与 MazeWorld'24 上都高于 Alpha-72B 思考。", "高于", "false"),
        ("LineBench 上，Alpha-8B 思考得 88.70，与 Alpha-72B 思考的 92.20 持平。", "持平", "false"),
        # lower is better
        ("GapEdit 英文上，Alpha-72B 思考的 0.143 优于 Beta 1.5 的 0.180。", "优于", "true"),
        ("GapEdit 英文上，Alpha-72B 思考的 0.143 低于 Beta 1.5 的 0.180。", "低于", "true"),
        ("GapEdit 英文上，Alpha-72B 思考的 0.143 高于 Beta 1.5 的 0.180。", "高于", "false"),
        ("GapEdit 英文上，Alpha-8B 思考的 0.216 优于 Beta 1.5 的 0.180。", "优于", "false"),
        # superlatives: the row, the same kind of reasoning, the whole row, the family
        ("LineBench 上，Alpha-72B 思考的 92.20 最高。", "最高", "true"),
        ("LineBench 上，Alpha-72B 指令的 90.10 最高。", "最高", "true"),
        ("LineBench 上，Alpha-72B 指令的 90.10 是全表最高。", "最高", "false"),
        ("LineBench 上，Beta 1.5 的 91.50 排第二。", "排第二", "true"),
        ("LineBench 上，Alpha-8B 思考的 88.70 排第二。", "排第二", "false"),
        ("LineBench 上，Alpha-8B 指令的 85.20 是全表最低。", "最低", "true"),
        ("LineBench 上，Alpha-8B 思考的 88.70 是全表最低。", "最低", "false"),
        ("GapEdit 英文上，Alpha-72B 思考的 0.143 最佳。", "最佳", "true"),
        ("GapEdit 英文上，Alpha-72B 思考的 0.143 最低。", "最低", "true"),
        ("GapEdit 英文上，Alpha-8B 指令的 0.250 是全表最差。", "最差", "true"),
        ("GapEdit 英文上，Alpha-72B 思考的 0.143 是全表最差。", "最差", "false"),
        # movements
        ("Alpha-8B 的 LineBench 从指令的 85.20 升到思考的 88.70。", "升到", "true"),
        ("Alpha-8B 的 LineBench 从指令的 85.20 降到思考的 88.70。", "降到", "false"),
        # a threshold
        ("Alpha-72B 思考在 LineBench 上超过 90。", "超过", "true"),
        ("Alpha-8B 思考在 LineBench 上超过 90。", "超过", "false"),
        # English
        ("On LineBench, Alpha-72B thinking at 92.20 is higher than Alpha-8B thinking at 88.70.", "is higher", "true"),
        ("On LineBench, Alpha-8B thinking at 88.70 beats Alpha-72B thinking at 92.20.", "beats", "false"),
        ("On LineBench, Alpha-72B thinking is best with 92.20.", "best", "true"),
    ],
)
def test_a_comparison_is_recomputed(check: Check, text: str, word: str, verdict: str) -> None:
    result = check(GREEK + text + "\n", "zh" if any(ord(char) > 0x2FFF for char in text) else "en")
    assert (word, verdict) in verdicts(result)
    codes = {problem.code for problem in result.problems}
    assert codes == (set() if verdict == "true" else codes & {"N201", "N203"}), result.problems
    assert bool(codes) is (verdict == "false")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("它优于其他模型。", "N202"),
        ("Alpha 高于对手。", "N202"),
        ("这个成绩最高。", "N204"),
        ("It beats its rivals.", "N202"),
        ("This is the best.", "N204"),
    ],
)
def test_a_comparison_without_operands_is_a_finding(check: Check, text: str, code: str) -> None:
    assert [problem.code for problem in check(text).problems] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "报告称它优于其他模型。",
        "报告认为 Alpha 最强。",
        "The report states that it beats its rivals.",
        "哪个模型最好？",
        "Which one is best?",
        "## 谁最强",
        "读高分辨率图像，质量高。",
        "最多、至少与最终都不是比较。",
        "百分比与对比。",
    ],
)
def test_attributed_statements_questions_and_headings_state_nothing(check: Check, text: str) -> None:
    assert check(text).problems == []


def test_a_turn_ends_the_attribution(check: Check) -> None:
    text = "报告称它最强，而 LineBench 上 Beta 1.5 的 91.50 高于 Alpha-72B 思考的 92.20。"
    assert [problem.code for problem in check(GREEK + text).problems] == ["N201"]


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("LineBench 上，Alpha-72B 思考的 92.20 最高。", 3),
        ("LineBench 上，Alpha-72B 思考的 92.20 是全表最高。", 5),
        ("LineBench 上，Alpha-72B 思考的 92.20 在思考各列中最高。", 3),
        ("LineBench 上，Alpha-72B 思考的 92.20 是系列中最高。", 2),
    ],
)
def test_a_superlative_says_among_how_many(check: Check, text: str, size: int) -> None:
    (claim,) = check(GREEK + text).claims
    assert (claim.verdict, claim.set_size) == ("true", size)
    assert claim.operands[0] == "greek/table-01/lines/alpha-72b@thinking"


@pytest.mark.parametrize(
    ("text", "ok"),
    [
        ("Alpha-72B 思考在 4 项中的 4 项上高于 Alpha-8B 思考。", True),
        ("Alpha-72B 思考在 4 项中的 3 项上高于 Alpha-8B 思考。", False),
        ("Alpha-72B 思考在 3 项中的 3 项上优于 Beta 1.5。", True),
        ("Beta 1.5 在 3 项中的 1 项上优于 Alpha-72B 思考。", False),
        ("Alpha-72B thinking beats Alpha-8B thinking on 4 of 4 benchmarks.", True),
        ("Alpha-72B thinking beats Alpha-8B thinking on 3 of 4 benchmarks.", False),
    ],
)
def test_wins_are_counted_again(check: Check, text: str, ok: bool) -> None:
    assert (not check(GREEK + text).problems) is ok


@pytest.mark.parametrize(
    ("text", "ok"),
    [
        ("LineBench 上，Alpha-72B 思考的 92.20 比 Alpha-8B 思考的 88.70 高 3.50 分。", True),
        ("LineBench 上，Alpha-72B 思考的 92.20 比 Alpha-8B 思考的 88.70 低 3.50 分。", False),
        ("LineBench 上，Alpha-72B 思考比 Alpha-8B 思考高 3.50 分。", True),
        ("LineBench 上，Alpha-8B 思考的 88.70 比 Alpha-72B 思考的 92.20 低 3.50 分。", True),
        ("MazeWorld'24 上，Alpha-72B 思考得 70.4，领先 Beta 1.5 的 66.6 达 3.8 分。", True),
        ("MazeWorld'24 上，Alpha-72B 思考得 70.4，领先 Beta 1.5 的 66.6 达 3.9 分。", False),
        ("MazeWorld'24 上，Alpha-8B 思考 61.0、指令 52.3，相差 8.7 分。", True),
        ("MazeWorld'24 上，Alpha-8B 指令 52.3，思考 61.0（+8.7）。", True),
        ("MazeWorld'24 上，Alpha-8B 思考 61.0，指令 52.3（-8.7）。", True),
        ("MazeWorld'24 上，Alpha-8B 思考 61.0，指令 52.3（-7.8）。", False),
        ("On MazeWorld'24, Alpha-72B thinking scores 70.4, 3.8 points above Beta 1.5 at 66.6.", True),
    ],
)
def test_differences_are_subtracted_again(check: Check, text: str, ok: bool) -> None:
    assert (not check(GREEK + text).problems) is ok


def test_a_false_comparison_offers_its_opposite(check: Check) -> None:
    (problem,) = check(GREEK + "LineBench 上，Alpha-72B 思考的 92.20 低于 Alpha-8B 思考的 88.70。").problems
    assert (problem.line, problem.column, problem.width) == (4, 33, 2)
    assert "92.20" in problem.message and "88.70" in problem.message
    assert problem.fixes[0].startswith("写 ")
