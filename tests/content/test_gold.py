"""Numbers bound by hand (tests/gold/gold.yml) against what the checker binds: precision and recall."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from atlas.book import Book
from atlas.prose.checking import PageResult, as_bound

GOLD = Path(__file__).parents[1] / "gold" / "gold.yml"
ENTRIES = yaml.safe_load(GOLD.read_text(encoding="utf-8"))
PRECISION, RECALL = Decimal("99.5"), Decimal(98)
FREE = {"ordinal", "ignored"}  # what no fact stands behind


@dataclass(frozen=True)
class Number:
    """A number of the gold file (`ids` are the answers that are right) or of the checker (`ids` are what it bound)."""

    entry: int
    start: int
    text: str
    kind: str
    ids: tuple[str, ...]


def gold(entry: int, marked: str, labels: list[str]) -> tuple[str, list[Number]]:
    """The text without its marks, and the numbers that were marked."""
    text, numbers = "", []
    for piece in marked.split("⟦"):
        inside, mark, rest = piece.partition("⟧")
        if mark:
            label = labels[len(numbers)]
            numbers.append(Number(entry, len(text), inside, "gold", tuple(label.split(" | "))))
        text += inside + rest
    return text, numbers


def same(book: Book, found: Number, wanted: Number) -> bool:
    """Whether a binding is one of those wanted; the same result of a report may stand in two of its tables."""
    if wanted.ids == ("wins",):
        return found.kind in ("derived", "quantity")
    if found.kind == "reference":
        return wanted.ids[0] in found.ids
    return any(
        {_result(book, i) for i in found.ids} == {_result(book, i) for i in choice.split(" - ")}
        for choice in wanted.ids
    )


def _result(book: Book, identity: str) -> object:
    fact = book.facts.get(identity)
    if fact is None:
        return identity
    return (fact.report, fact.benchmark, fact.split, fact.model, fact.mode, fact.number)


@pytest.fixture(scope="module")
def compared(check: Callable[..., PageResult], book: Book) -> dict[str, list[tuple[Number, Number | None]]]:
    """`right`, `wrong` and `missed` pairs of a wanted number and what was found; `extra` bindings that nobody marked."""
    outcome: dict[str, list[tuple[Number, Number | None]]] = {"right": [], "wrong": [], "missed": [], "extra": []}
    for index, entry in enumerate(ENTRIES):
        text, numbers = gold(index, entry["context"] + entry["text"], entry["numbers"])
        language = "en" if "English" in entry["from"] else "zh"
        found = dict(_found(check(text, language), index))
        for wanted in numbers:
            bound = found.pop(wanted.start, None)
            if bound is None or bound.kind == "error":
                outcome["missed"].append((wanted, bound))
            else:
                outcome["right" if same(book, bound, wanted) else "wrong"].append((wanted, bound))
        outcome["extra"] += [(bound, None) for bound in found.values() if bound.kind not in {*FREE, "error"}]
    return outcome


def _found(result: PageResult, index: int) -> Iterator[tuple[int, Number]]:
    for binding in result.bindings:
        bound = as_bound(binding, result.page, "gold")
        yield bound.start, Number(index, bound.start, bound.text, bound.kind, bound.ids or (binding.code,))


def _shown(pairs: list[tuple[Number, Number | None]]) -> str:
    lines = []
    for wanted, bound in pairs:
        found = f"{bound.kind} {' '.join(bound.ids)}" if bound else "nothing"
        lines.append(f"{ENTRIES[wanted.entry]['from']}: {wanted.text} is {' | '.join(wanted.ids)}, found: {found}")
    return "\n" + "\n".join(lines)


def test_the_gold_file_is_large_and_its_ids_exist(book: Book) -> None:
    numbers = [label for entry in ENTRIES for label in entry["numbers"]]
    labels = [part for label in numbers for choice in label.split(" | ") for part in choice.split(" - ")]
    assert len(numbers) >= 300
    known = {*book.facts, *book.quantities, *book.tables, "wins"}
    assert [label for label in labels if label not in known] == []
    assert all(entry["text"].count("⟦") == len(entry["numbers"]) for entry in ENTRIES)
    assert 0.1 < sum("English" in entry["from"] for entry in ENTRIES) / len(ENTRIES) < 0.5


def test_precision(compared: dict[str, list[tuple[Number, Number | None]]]) -> None:
    right, wrong = len(compared["right"]), compared["wrong"]
    precision = Decimal(100) * right / (right + len(wrong))
    print(f"precision {precision:.2f} % of {right + len(wrong)} bindings; {len(compared['extra'])} beside the gold")
    assert precision >= PRECISION, _shown(wrong)


def test_recall(compared: dict[str, list[tuple[Number, Number | None]]]) -> None:
    right, missed = len(compared["right"]), [*compared["missed"], *compared["wrong"]]
    recall = Decimal(100) * right / (right + len(missed))
    print(f"recall {recall:.2f} % of {right + len(missed)} numbers")
    assert recall >= RECALL, _shown(missed)
