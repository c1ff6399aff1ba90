"""Chinese typography, by AutoCorrect: spaces beside Latin letters and digits, full-width punctuation.

Code, fences and the targets of links are left alone. `half-width punctuation in English` is off: it takes
"Qwen2.5-VL：MTVQA" for English.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import autocorrect_py
import pytest
import yaml

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs/zh").rglob("*.md"))
FILES = sorted(
    path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*.yml") if "schemas" not in path.parts
)
FILES.append("hooks/atlas/templates/interface.yml")

# matches '[表 2](a.md#b)'; the group is what is read
LINK = re.compile(r"\[([^\[\]\n]+)\]\([^()\n]*\)")
# matches '**', and '{#id}' after a heading
MARKUP = re.compile(r"\*\*|[ ]*\{#[\w.-]+\}$", re.MULTILINE)
# matches the colon of "阶段 2：3,995 个", which the linter takes for a time of day
BETWEEN_DIGITS = re.compile(r"(?<=\d)：(?=\d)")

autocorrect_py.load_config(json.dumps({"rules": {"halfwidth-punctuation": 0}, "context": {"codeblock": 0}}))


def findings(text: str) -> list[str]:
    """`line: what stands there -> what should`, first as it is written, then as it is read."""
    text = BETWEEN_DIGITS.sub("，", text)
    read = MARKUP.sub("", LINK.sub(r"\1", text))
    lines = [line for form in (text, read) for line in autocorrect_py.lint_for(form, "markdown").lines]
    return [f"{line.line}: {line.old} -> {line.new}" for line in lines]


def chinese(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Each text of a data file under the key `zh`, with its place."""
    if isinstance(value, dict):
        for key, entry in value.items():
            if key == "zh" and isinstance(entry, str):
                yield place, entry
            else:
                yield from chinese(entry, f"{place}/{key}")
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from chinese(entry, f"{place}/{index}")


@pytest.mark.parametrize(
    "text",
    [
        "模型Qwen3好",
        "得分 82.2,高于对手",
        "高于 [Qwen3](a.md)的分数",
        "比**Qwen3**高",
        "空格（ 多余 ）",
        "得分１２３ 分",
    ],
)
def test_a_violation_is_found(text: str) -> None:
    assert findings(text)


@pytest.mark.parametrize(
    "text",
    [
        "模型 Qwen3 好，得 82.2 分（表 2）。",
        "## Qwen2.5-VL：MTVQA {#mtvqa}",
        "阶段 2：3,995 个",
        "见 `a,中文b` 与 [表 2](a,b.md#中c)。",
        "```yaml\nname: {zh: 中文,en: English}\n```",
    ],
)
def test_what_is_right_or_code_is_left_alone(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_clean(path: str) -> None:
    assert findings((ROOT / path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", FILES)
def test_the_chinese_texts_of_a_file_are_clean(path: str) -> None:
    content = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
    assert [f"{place}: {finding}" for place, text in chinese(content) for finding in findings(text)] == []
