"""The chart of a benchmark's page shows the flagships where a report prints them."""

from __future__ import annotations

import pytest

from atlas.book import Book
from atlas.overviews import benchmark_plot


@pytest.mark.parametrize(
    ("benchmark", "row", "table"),
    [
        ("omnidocbench", "OmniDocBench 英文", "Qwen3-VL 表 2"),  # the table of medium sizes has one number more
        ("docvqa", "DocVQA 测试集", "Qwen3-VL 表 2"),  # an ablation prints it without a split
        ("aime-2024", "AIME'24", "Qwen3 表 11"),  # a figure has more numbers
        ("osworld", "OSWorld", "Qwen3-VL 表 2"),  # its rival has a number in few modes
        ("ruler", "RULER 平均", "Qwen3 表 23"),
        ("imagenet-1k", "ImageNet-1K", "Qwen3-VL 表 11"),  # two numbers are all there are
    ],
)
def test_the_chart_of_a_benchmark_is_of_the_flagships(book: Book, benchmark: str, row: str, table: str) -> None:
    plot = benchmark_plot(benchmark, book, "zh")
    assert plot and dict(plot.heading[1]) == {"name": row, "table": table}
