"""How strong the check is on the real pages: seeded changes, a floor for each kind of change, and the first fix."""

from __future__ import annotations

import random
from decimal import Decimal
from math import ceil
from pathlib import Path

import pytest

from atlas.book import Book
from atlas.cli import pages
from atlas.loading import load
from atlas.mutating import FLOORS, OPERATORS, Score, mutants, section, strength
from atlas.problems import relative
from atlas.prose.checking import Checker
from atlas.prose.names import Names

ROOT = Path(__file__).resolve().parents[2]
EACH = 24
SEED = 2026


@pytest.fixture(scope="module")
def names() -> Names:
    book: Book = load(ROOT / "data", root=ROOT)[0]
    return Names(book)


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    return {
        relative(path, ROOT): path.read_text(encoding="utf-8") for path, language in pages(ROOT) if language == "zh"
    }


@pytest.fixture(scope="module")
def scores(names: Names, sources: dict[str, str]) -> dict[str, Score]:
    return strength(sources, names, "zh", seed=SEED, each=EACH)


@pytest.mark.parametrize("operator", OPERATORS)
def test_the_check_notices_changes_of_this_kind(scores: dict[str, Score], operator: str) -> None:
    score = scores[operator]
    print(f"{operator}: {score.killed} of {score.made}")
    for mutant in score.survivors:
        print(f"survivor: {mutant.path}:{mutant.line}: {mutant.old!r} -> {mutant.text!r}")
    allowed = ceil(score.made * (100 - FLOORS[operator]) / 100) + 1  # a sample this small may hold one by chance
    assert score.made >= 20
    assert len(score.survivors) <= allowed


def test_the_first_fix_is_right_for_most_mutants(names: Names, sources: dict[str, str]) -> None:
    checker = Checker(names)
    made = [
        (mutant, result)
        for path, source in sorted(sources.items())
        for result in [checker.check(source, path, "zh")]
        for mutant in mutants(result, path, names, random.Random(1))
    ]
    random.Random(5).shuffle(made)
    right, seen, wrong = 0, 0, []
    for mutant, result in made[:200]:
        reduced, shift = section(result.page.source, mutant.start)
        problems = checker.check(mutant.moved(shift).apply(reduced), mutant.path, "zh").problems
        if not problems:
            continue
        seen += 1
        first = next((problem.fixes[0] for problem in problems if problem.fixes), "")
        if mutant.old.replace(",", "") in first.replace(",", ""):
            right += 1
        else:
            wrong.append(f"{mutant.path}:{mutant.line}: {mutant.old!r} -> {mutant.text!r}: first fix {first!r}")
    print(f"first fix right for {right} of {seen}", *wrong, sep="\n")
    assert Decimal(right) / seen >= Decimal("0.8")
