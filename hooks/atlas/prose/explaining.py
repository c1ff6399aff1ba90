"""How each number and comparison of a line was read: the author's view into the checker."""

from __future__ import annotations

from ..book import Book
from .checking import PageResult
from .findings import HOW, TEXT


def explain(result: PageResult, line: int, book: Book, language: str) -> str:
    """One paragraph for each number and comparison on `line` (from 1); empty where there is none."""
    words = TEXT[language]
    rows = []
    for binding in result.bindings:
        place = result.page.place(binding.reading.unit.offsets[binding.number.start])
        if place[0] != line:
            continue
        rows.append(
            f"{place[0]}:{place[1]} {binding.number.text} — {binding.kind} {' '.join(binding.ids) or binding.code}"
        )
        for dimension, pick in binding.picks.items():
            if pick:
                rows.append(
                    f"    {words[dimension]}: {', '.join(pick.ids)} ({HOW[language].get(pick.how, pick.how)} “{pick.text}”)"
                )
        for fact in binding.facts:
            rows.append(f"    {fact.value} {fact.place}")
    for claim in result.claims:
        place = result.page.place(claim.reading.unit.offsets[claim.start])
        if place[0] == line:
            count = f" 1/{claim.set_size}" if claim.set_size else ""
            rows.append(
                f"{place[0]}:{place[1]} “{claim.text}” — {claim.kind} {claim.verdict}{count} {' '.join(claim.operands)}"
            )
    return "\n".join(rows)
