"""How each number and comparison of a line was read: the author's view into the checker."""

from __future__ import annotations

from ..book import Book
from ..problems import Problem
from .binding import Binding
from .checking import PageResult
from .claim import Claim
from .findings import HOW, TEXT


def explain(result: PageResult, line: int, book: Book, language: str) -> str:
    """One paragraph for each number and comparison on `line` (from 1), left to right, with the finding on it if there
    is one; empty where there is nothing."""
    found = {(p.line, p.column, p.code): p for p in result.problems if p.line == line}
    paragraphs: list[tuple[int, list[str]]] = []
    for binding in result.bindings:
        number = binding.number
        place = result.page.place(binding.reading.unit.offsets[number.start - len(number.signed)])
        if place[0] == line:
            rows = [
                f"{line}:{place[1]} {number.signed}{number.text} — {binding.kind} {' '.join(binding.ids) or binding.code}"
            ]
            problem = found.pop((*place, binding.code), None)
            paragraphs.append(
                (place[1], rows + _picked(binding, language) + _stated(binding, book, language) + _finding(problem))
            )
    for claim in result.claims:
        place = result.page.place(claim.reading.unit.offsets[claim.start])
        if place[0] == line:
            codes = [key for key in found if key[:2] == place and key[2].startswith("N2")]
            problem = found.pop(codes[0]) if codes else None
            paragraphs.append((place[1], [_claimed(claim, line, place[1]), *_finding(problem)]))
    for (_, column, code), problem in found.items():
        paragraphs.append((column, [f"{line}:{column} — error {code}", *_finding(problem)]))
    return "\n".join(row for _, rows in sorted(paragraphs, key=lambda entry: entry[0]) for row in rows)


def _picked(binding: Binding, language: str) -> list[str]:
    """What each dimension of the scope is, and by which words."""
    words, how = TEXT[language], HOW[language]
    return [
        f"    {words[dimension]}: {', '.join(pick.ids)} ({how.get(pick.how, pick.how)} “{pick.text}”)"
        for dimension, pick in binding.picks.items()
        if pick
    ]


def _stated(binding: Binding, book: Book, language: str) -> list[str]:
    """The values that a number is one of, or is computed from, and where they stand."""
    rows = [f"    {fact.value} {fact.place}" for fact in binding.facts]
    for quantity in (book.quantities[i] for i in binding.ids if i in book.quantities):
        rows.append(f"    {quantity.entry.value} {quantity.entry.name[language]} {quantity.place}")
    return rows


def _claimed(claim: Claim, line: int, column: int) -> str:
    count = f" 1/{claim.set_size}" if claim.set_size else ""
    return f"{line}:{column} “{claim.text}” — {claim.kind} {claim.verdict}{count} {' '.join(claim.operands)}".rstrip()


def _finding(problem: Problem | None) -> list[str]:
    if problem is None:
        return []
    return [
        f"    {problem.code} {problem.message}",
        *([f"    fix: {' | '.join(problem.fixes)}"] if problem.fixes else []),
    ]
