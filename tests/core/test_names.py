"""Names in prose: the longest wins, separators and case are free, digits inside a name are no number."""

from __future__ import annotations

from itertools import pairwise

import pytest

from atlas.prose.names import Mention, Names

KINDS = {"model", "benchmark", "split", "mode", "variant", "paper", "capability"}


def found(names: Names, text: str) -> list[tuple[str, str, str]]:
    return [(m.kind, ",".join(m.ids), m.text) for m in names.find(text) if m.kind in KINDS]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Alpha-8B 在 LineBench 上", [("model", "alpha-8b", "Alpha-8B"), ("benchmark", "lines", "LineBench")]),
        ("Alpha-72B", [("model", "alpha-72b", "Alpha-72B")]),
        ("Alpha 72B", [("model", "alpha-72b", "Alpha 72B")]),
        ("Alpha_72B", [("model", "alpha-72b", "Alpha_72B")]),
        ("alpha-72b", [("model", "alpha-72b", "alpha-72b")]),
        ("Alpha-Large", [("model", "alpha-72b", "Alpha-Large")]),
        ("Alpha 系列", [("model", "alpha", "Alpha")]),
        ("Beta 1.5 与 Beta-1.5", [("model", "beta-1.5", "Beta 1.5"), ("model", "beta-1.5", "Beta-1.5")]),
        ("MazeWorld'24", [("benchmark", "maze-2024", "MazeWorld'24")]),
        ("MazeWorld 2025", [("benchmark", "maze-2025", "MazeWorld 2025")]),
        ("Line-Bench（英文）", [("benchmark", "lines", "Line-Bench"), ("split", "en", "英文")]),
        ("思考模式与指令模式", [("mode", "thinking", "思考模式"), ("mode", "instruct", "指令模式")]),
        ("使用工具的 Thinking", [("variant", "with-tools", "使用工具"), ("mode", "thinking", "Thinking")]),
        ("GammaNet 与阅读", [("paper", "gamma", "GammaNet"), ("capability", "reading", "阅读")]),
        ("在Alpha-8B上", [("model", "alpha-8b", "Alpha-8B")]),
        ("(Alpha-8B)", [("model", "alpha-8b", "Alpha-8B")]),
        ("Alpha-8B.", [("model", "alpha-8b", "Alpha-8B")]),
        ("层数", [("benchmark", "layers", "层数")]),
        ("GapEdit 的 en/zh", [("benchmark", "gaps", "GapEdit"), ("split", "en", "en"), ("split", "zh", "zh")]),
    ],
)
def test_a_name_is_found(names: Names, text: str, mentions: list[tuple[str, str, str]]) -> None:
    assert found(names, text) == mentions


@pytest.mark.parametrize(
    "text",
    [
        "Alphabet",
        "Alpha-8Bit",
        "XLineBench",
        "LineBenches",
        "LineBench2",
        "Alpha-72B-Preview",
        "MazeWorld'245",
        "Beta 1.56",
        "pre-Alpha-8B",
        "then",  # holds en, no word of its own
        "",
    ],
)
def test_a_part_of_a_word_is_no_name(names: Names, text: str) -> None:
    assert found(names, text) == []


@pytest.mark.parametrize("text", ["Alpha-8B-Thinking", "Alpha-8B-Instruct", "Alpha-8B Thinking", "Alpha-8B-思考"])
def test_a_mode_may_be_a_suffix(names: Names, text: str) -> None:
    assert found(names, text)[0] == ("model", "alpha-8b", "Alpha-8B")


def test_mentions_do_not_overlap_and_stand_in_order(names: Names) -> None:
    mentions: list[Mention] = names.find("Alpha-8B 思考在 LineBench（英文）与 MazeWorld'24 上高于 Beta 1.5。")
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@pytest.mark.parametrize(
    ("family", "size", "model"),
    [("alpha", "8B", "alpha-8b"), ("alpha", "72b", "alpha-72b"), ("alpha", "9B", None), ("beta", "8B", None)],
)
def test_a_size_names_a_member_of_a_family(names: Names, family: str, size: str, model: str | None) -> None:
    assert names.sized(family, size) == model


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("训练了很久", {"greek/training-tokens", "gamma/hours"}),
        ("语言", {"greek/languages"}),
        ("at most", {"greek/frame-cap"}),
        ("温度", {"greek/temperature"}),
        ("无", set()),
    ],
)
def test_cues_lead_to_quantities(names: Names, text: str, quantities: set[str]) -> None:
    assert set(names.cues(text)) == quantities


@pytest.mark.parametrize(
    ("subject", "named", "related"),
    [
        ("alpha", ["alpha"], True),
        ("alpha", ["alpha-8b"], True),  # a member stands for its family's quantities
        ("alpha-8b", ["alpha"], True),
        ("alpha-8b", ["alpha-72b"], False),
        ("alpha", ["beta-1.5"], False),
        ("alpha", [], False),
    ],
)
def test_a_quantity_belongs_to_a_subject_and_its_family(
    names: Names, subject: str, named: list[str], related: bool
) -> None:
    assert names.related(subject, named) is related
