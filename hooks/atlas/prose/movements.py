"""A rise or fall from one number of a sentence to the next, or by a difference."""

from __future__ import annotations

from collections.abc import Sequence

from ..book import Book, Fact
from .binding import Binding
from .claim import Claim, Word
from .operands import Value, clause_end, clause_start, comparable, value_of, value_of_fact
from .reading import Reading


def movement(
    book: Book, reading: Reading, bindings: list[Binding], earlier: Sequence[Binding], words: list[Word], index: int,
    word: Word,
) -> Claim | None:  # fmt: skip
    """从 68.4 升到 70.4; +7.1 and `提升 7.1` between two facts of the sentence. Anything else is no claim."""
    text = reading.unit.text
    values = [b for b in bindings if b.kind in ("fact", "quantity")]
    begin, end = clause_start(text, word.start), clause_end(text, word.end)
    reached = word.text.endswith(("到", "至")) or word.text.lower().endswith((" to", " from"))
    reached = reached or text[word.end : word.end + 6].lstrip().startswith(("到", "至", "to ", "from "))
    before = [b for b in values if begin <= b.number.start < word.start]
    after = [b for b in values if word.end <= b.number.start < end and (reached or b.number.start - word.end <= 14)]
    if reached and after and not before:
        before = _last_stop(book, values, after[0], word) or _stop_before(book, earlier, after[0])
    claim = Claim(reading, word.start, word.end, word.text, "movement")
    if before and after:
        left, right = value_of(book, before[-1]), value_of(book, after[0])
        start = text.rfind("从", begin, word.start)
        if start >= 0 and before[0].number.start > start:
            left = value_of(book, next(b for b in before if b.number.start > start))
    else:
        gap = [
            b
            for b in bindings
            if b.kind == "derived"
            and b.message.get("relation") == "difference"
            and b.number.start >= word.end - 1
            and b.number.start - word.end <= 6
        ]
        if not gap or any(w.kind == "than" and w.end <= word.start for w in words[:index]):
            return None
        first, second = gap[0].facts
        left, right = _oriented(book, reading, bindings, first, second)
    if left is None or right is None or left.id == right.id:
        return None
    better = left.direction == "lower" and word.text.lower() in book.lexicon.movements.better
    rises = (word.relation == ">") is not better
    holds = right.number > left.number if rises else right.number < left.number
    claim.verdict, claim.operands = ("true" if holds else "false"), (right.id, left.id)
    claim.message = {"wrong": [] if holds else [(right, left)], "relation": word.relation, "by": "numeric"}
    return claim


def _last_stop(book: Book, values: Sequence[Binding], after: Binding, word: Word) -> list[Binding]:
    """从 1.6 升到 43.6，再升到 62.0: the last number before the clause that is of the same benchmark."""
    reached = value_of(book, after)
    earlier = [(b, value_of(book, b)) for b in values if b.number.end <= word.start]
    return [b for b, value in earlier if reached and value and comparable(value, reached)][-1:]


def _stop_before(book: Book, earlier: Sequence[Binding], after: Binding) -> list[Binding]:
    """阶段 3 得 88.7；阶段 4 升到 98.9: the last result of the sentences before of the same model on the same benchmark."""
    reached = after.facts[0] if after.kind == "fact" and after.facts else None
    stops = [b for b in earlier if b.kind == "fact" and b.facts and reached]
    return [b for b in stops if reached and b.facts[0].id != reached.id and _same(b.facts[0], reached)][-1:]


def _same(first: Fact, second: Fact) -> bool:
    return (first.benchmark, first.split, first.model) == (second.benchmark, second.split, second.model)


def _oriented(
    book: Book, reading: Reading, bindings: Sequence[Binding], first: Fact, second: Fact
) -> tuple[Value | None, Value | None]:
    """(before, after) of a difference: by training stage, else by the order in which the sentence states them."""
    stages = list(book.vocabulary.variants)
    if first.variant in stages and second.variant in stages and first.variant != second.variant:
        ordered = sorted((first, second), key=lambda f: stages.index(f.variant or ""))
        return value_of_fact(ordered[0]), value_of_fact(ordered[1])
    stated = [f.id for b in bindings if b.kind == "fact" for f in b.facts]
    if first.id in stated and second.id in stated:
        ordered = sorted((first, second), key=lambda f: stated.index(f.id))
        return value_of_fact(ordered[0]), value_of_fact(ordered[1])
    return None, None
