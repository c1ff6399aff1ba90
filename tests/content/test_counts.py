"""Counts of wins on a capability's page are of its own rows where the total says so."""

from __future__ import annotations

from collections.abc import Callable

from atlas.prose.checking import PageResult

SENTENCE = "Qwen3-VL-235B-A22B 思考对 Gemini 2.5 Pro 思考，14 项中赢 {} 项（Qwen3-VL 报告表 2）。"


def test_a_wrong_count_is_put_right_within_the_capability(check: Callable[..., PageResult]) -> None:
    path = "docs/zh/capabilities/reasoning.md"
    assert check(SENTENCE.format(10), path=path).problems == []
    (problem,) = check(SENTENCE.format(9), path=path).problems
    assert problem.code == "N106" and problem.fixes == ("写 10",)
