"""Sentences that must pass and sentences that must not, over the real data: tests/corpus/*.yml."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from atlas.problems import as_text
from atlas.prose.checking import PageResult

CORPUS = Path(__file__).parents[1] / "corpus"
HAN = re.compile(r"[\u4e00-\u9fff]")


def _entries(name: str) -> list[tuple[str, object]]:
    topics = yaml.safe_load((CORPUS / f"{name}.yml").read_text(encoding="utf-8"))
    return [
        (f"{topic.replace(' ', '-')}-{i}", entry)
        for topic, entries in topics.items()
        for i, entry in enumerate(entries, 1)
    ]


ACCEPTED, REJECTED = _entries("accepted"), _entries("rejected")


def language(text: str) -> str:
    return "zh" if HAN.search(text) else "en"


def places(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks ⟦ ⟧, and the line and column of each marked passage."""
    found = []
    text = ""
    for char in marked:
        if char == "⟦":
            found.append((text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1))
        elif char != "⟧":
            text += char
    return text, found


@pytest.mark.parametrize("text", [pytest.param(entry, id=name) for name, entry in ACCEPTED])
def test_a_true_sentence_passes(check: Callable[..., PageResult], text: str) -> None:
    problems = check(text, language(text)).problems
    assert not problems, "\n" + "\n".join(as_text(problem) for problem in sorted(problems))


@pytest.mark.parametrize("entry", [pytest.param(entry, id=name) for name, entry in REJECTED])
def test_a_false_sentence_is_refused(check: Callable[..., PageResult], entry: list[str]) -> None:
    codes, marked = entry
    text, wanted = places(marked)
    problems = sorted(check(text, language(text)).problems)
    found = [(problem.code, (problem.line, problem.column)) for problem in problems]
    missing = [
        (code, place)
        for code, place in zip(codes.split(), wanted, strict=True)
        if not any((either, place) in found for either in code.split("/"))
    ]
    assert not missing, f"{text}\nwanted {missing}, found:\n" + "\n".join(as_text(problem) for problem in problems)


def test_the_corpus_is_large_and_in_both_languages() -> None:
    texts = {"accepted": [str(entry) for _, entry in ACCEPTED], "rejected": [str(entry[1]) for _, entry in REJECTED]}  # type: ignore[index]
    for name, found in texts.items():
        assert len(found) >= 150, name
        assert len(set(found)) == len(found), name
        english = sum(language(text) == "en" for text in found)
        assert 0.2 < english / len(found) < 0.4, f"{name}: {english} of {len(found)} in English"
