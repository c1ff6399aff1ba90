"""How strong the check is on the real pages: seeded changes, a floor for each kind of change, and the first fix."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from math import ceil
from pathlib import Path

import pytest

from atlas.book import Book
from atlas.cli import pages
from atlas.loading import load
from atlas.mutants import Mutant, mutants
from atlas.mutating import FLOORS, OPERATORS, Score, section, strength
from atlas.problems import Problem, relative
from atlas.prose.checking import Checker, PageResult
from atlas.prose.markdown import parse
from atlas.prose.names import Names
from atlas.prose.page import Page

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


KINDS = {"model-renamed": "model", "benchmark-renamed": "benchmark", "split-changed": "split", "mode-flipped": "mode"}
# matches what a fix says to write in "写 85.0", "写 Arena-Hard，代替 IFEval", "write 85.0", "write A for B"
FIX = re.compile(r"(?:写|write) (.+?)(?:，代替 .*| for .*)?$")


@pytest.mark.parametrize("seed", range(1, 4))
def test_the_first_fix_restores_what_the_author_had(seed: int, names: Names, sources: dict[str, str]) -> None:
    """The first fix that is printed for a mutant, for 200 mutants of every kind drawn by chance."""
    checker = Checker(names)
    results = {path: checker.check(source, path, "zh") for path, source in sorted(sources.items())}
    made = [
        (mutant, results[path]) for path in results for mutant in mutants(results[path], path, names, random.Random(f"{seed}:{path}"))
    ]  # fmt: skip
    right, seen, wrong = 0, 0, []
    for whole, result in random.Random(seed).sample(made, 200):
        mutant, source = reduced(whole, result, checker)
        found = checker.check(mutant.apply(source), mutant.path, "zh").problems
        if not found:
            continue
        seen += 1
        if restores(mutant, checker.check(source, mutant.path, "zh"), found, checker):
            right += 1
        else:
            fixes = next((problem.fixes for problem in sorted(found) if problem.fixes), ())
            wrong.append(f"{mutant.path}:{mutant.line}: {mutant.operator}: {mutant.old!r} -> {mutant.text!r}: {fixes}")
    print(f"first fix right for {right} of {seen}", *wrong, sep="\n")
    assert seen >= 190
    assert Decimal(right) / seen >= Decimal("0.9")


def reduced(mutant: Mutant, result: PageResult, checker: Checker) -> tuple[Mutant, str]:
    """The mutant in its section alone, where that has no findings of its own; else in its page."""
    part, shift = section(result.page.source, mutant.start)
    if mutant.operator == "reference-changed" or checker.check(part, mutant.path, "zh", repair=False).problems:
        return mutant, result.page.source
    return mutant.moved(shift), part


def restores(mutant: Mutant, result: PageResult, found: list[Problem], checker: Checker) -> bool:
    """Whether the first fix of the first finding that has one gives back what the author had.

    - a number, unit or table: the fix is what stood there, all of it and not a part of another number
    - two exchanged numbers: each of the findings at them says the number that stood there
    - a name or mode: the fix says the same one, and in its place leaves no finding
    - a comparison word: the fix is that word, or one of the same meaning that in its place leaves no finding
    """
    found = sorted(found)
    first = written(next((problem for problem in found if problem.fixes), None))
    source = result.page.source
    if mutant.second:
        return restores_both(mutant, result.page, found)
    if first == mutant.old:
        return True
    if kind := KINDS.get(mutant.operator):
        was = {
            i for r in result.reading.readings for m in r.mentions
            if m.kind == kind and r.unit.offsets[m.start] == mutant.start for i in m.ids
        }  # fmt: skip
        now = {i for m in checker.names.find(first) if m.kind == kind for i in m.ids}
        return was == now and bool(now) and holds(mutant, source, first, checker)
    if mutant.operator.endswith("-reversed"):
        means = meanings(checker.names.book)
        return means.get(first, "") == means.get(mutant.old) and holds(mutant, source, first, checker)
    return bool(first) and stood(first, source, mutant)


def written(problem: Problem | None) -> str:
    """What the first fix of a finding says to write."""
    match = FIX.match(problem.fixes[0]) if problem and problem.fixes else None
    return match[1] if match else ""


def restores_both(mutant: Mutant, page: Page, found: list[Problem]) -> bool:
    """Two numbers were exchanged: the findings at them, at least one, name what stood there."""
    assert mutant.second
    start, end, _ = mutant.second
    shift = len(mutant.text) - len(mutant.old)
    changed = parse(mutant.apply(page.source))
    places = {changed.place(mutant.start): mutant.old, changed.place(start + shift): page.source[start:end]}
    assert start > mutant.start
    at = {place: p for p in reversed(found) if (place := (p.line, p.column)) in places}
    return bool(at) and all(written(problem) == places[place] for place, problem in at.items())


def holds(mutant: Mutant, source: str, text: str, checker: Checker) -> bool:
    """Whether `text` in the place of the change leaves nothing to find."""
    return not checker.check(
        source[: mutant.start] + text + source[mutant.end :], mutant.path, "zh", repair=False
    ).problems


def stood(text: str, source: str, mutant: Mutant) -> bool:
    """Whether `text` stood in the source around the place of the change, and no digit goes on before or after it."""
    text = text.replace(",", "")
    for start in range(max(0, mutant.start - 24), mutant.start + 1):
        for end in range(mutant.end, mutant.end + 24):
            whole = not re.search(r"[\d.]$", source[:start]) and not re.match(r"\d|\.\d", source[end : end + 2])
            if source[start:end].replace(",", "") == text and (whole or not text[0].isdigit()):
                return True
    return False


def meanings(book: Book) -> dict[str, tuple[str, str]]:
    """What each comparison word of the lexicon says: its relation and by what, its place, or up and down."""
    lexicon = book.lexicon
    words = {w: (c.relation, c.by) for c in (*lexicon.comparisons, *lexicon.among) for w in c.words}
    words |= {w: ("place", str(s.place)) for s in lexicon.superlatives for w in s.words}
    moves = dict.fromkeys(lexicon.movements.up, ("up", "")) | dict.fromkeys(lexicon.movements.down, ("down", ""))
    return moves | words


@pytest.mark.parametrize(
    ("fix", "right"),
    [
        ("写 79.8", True),
        ("写 79.80", False),
        ("写 9.8", False),
        ("写 79.8，代替 82.2", True),
        ("写 179.8", False),
        ("写 MMMU", False),
    ],
)
def test_a_part_of_a_number_restores_nothing(fix: str, right: bool) -> None:
    source = "CC-OCR 上得 79.8，高于 82.2。"
    mutant = Mutant("typo", "a.md", 1, source.index("79.8"), source.index("79.8") + 4, "79.8", "79.9")
    problem = Problem(path="a.md", line=1, column=1, code="N102", message="", fixes=(fix,))
    assert stood(written(problem), source, mutant) is right
