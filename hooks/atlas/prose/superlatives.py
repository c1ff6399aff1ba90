"""A place in a row: 最高, 第二, 垫底, checked within the comparison set that its sentence states."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..book import Book, Fact
from ..lexicon import Lexicon
from .binding import Binding
from .claim import Claim, Word
from .operands import Operands, Value, clause_end, clause_start, named_between, value_of_fact
from .reading import Reading


class Superlatives:
    """Recomputes the superlatives of one page."""

    def __init__(self, operands: Operands) -> None:
        self.operands = operands
        self.book: Book = operands.book

    def superlative(self, reading: Reading, bindings: list[Binding], word: Word) -> Claim | None:
        text = reading.unit.text
        claim = Claim(reading, word.start, word.end, word.text, "superlative")
        subjects = [v.fact for v in self._subjects(reading, bindings, word) if v.fact]
        if not subjects:
            return claim
        lexicon = self.book.lexicon
        named = {i for m in reading.mentions if m.kind == "model" and m.start >= word.end for i in m.ids}
        shared = any(w in text for w in lexicon.sets.shared)
        denied = denies(lexicon, text, word.start)
        verdict, operands, size = True, [], 0
        for fact in subjects:
            others = self.comparison_set(reading, fact)
            size = max(size, len(others))
            if len({other.model for other in others}) + len({other.mode for other in others}) < 3:
                return claim
            operands += [fact.id]
            wanted = _wanted(word, fact)
            place, ties = _place(fact, others, wanted)
            better = [o for o in others if o.number is not None and fact.number is not None and _better(o, fact)]
            if word.text.startswith(("仅次于", "second only")) and named:
                holds = bool(better) and {o.model for o in better} == named
            elif wanted == -1:
                holds = place == 1
            else:
                holds = place == wanted and (not ties or shared or wanted > 1)
            if holds is denied:
                verdict = False
                claim.message.setdefault("wrong", []).append((fact, place, ties, better[:3]))
        claim.verdict = "true" if verdict else "false"
        claim.operands, claim.set_size = tuple(operands), size
        claim.against = tuple(self.comparison_set(reading, subjects[0]))
        claim.message["place"] = word.place
        return claim

    def comparison_set(self, reading: Reading, fact: Fact) -> list[Fact]:
        """What a superlative is the best of: the words of the sentence decide, else the same row and reasoning."""
        sets = self.book.lexicon.sets
        text = reading.unit.text
        row = [other for other in self.book.row_of(fact) if other.number is not None]
        found = [
            (len(word), kind)
            for kind in ("series", "row", "thinking", "direct")
            for word in getattr(sets, kind)
            if word in text
        ]
        kind = max(found)[1] if found else ""
        if kind == "series":
            family = self.book.models[fact.model].family
            return [
                other
                for other in self.book.by_benchmark[fact.benchmark]
                if other.number is not None and other.split == fact.split and other.report == fact.report
                and self.book.models[other.model].family == family and other.reasoning == fact.reasoning
                and other.unit == fact.unit
            ]  # fmt: skip
        if kind == "row":
            return row
        return [other for other in row if other.reasoning == kind] if kind else self.book.rivals(fact)

    def _subjects(self, reading: Reading, bindings: list[Binding], word: Word) -> list[Value]:
        text = reading.unit.text
        facts = [b for b in bindings if b.kind == "fact" and b.facts]
        begin, end = clause_start(text, word.start), clause_end(text, word.end)
        quantified = any(w in text[begin : word.end] for w in self.book.lexicon.quantifiers.all)
        after = [
            b
            for b in facts
            if word.end <= b.number.start < min(end, word.end + 12)
            and not named_between(reading, word.end, b.number.start)
        ]
        clause = [b for b in facts if begin <= b.number.start < word.start]
        if after and not quantified:
            run = [b for b in after[0].number.group if isinstance(b.result, Binding) and b.result.kind == "fact"]
            return (
                [value_of_fact(b.result.facts[0]) for b in run] if len(run) > 1 else [value_of_fact(after[0].facts[0])]
            )
        if clause:
            chosen = clause if quantified else clause[-1:]
            if not quantified and len(chosen[0].number.group) > 1:
                chosen = [
                    g.result
                    for g in chosen[0].number.group
                    if isinstance(g.result, Binding) and g.result.kind == "fact"
                ]
            return [value_of_fact(b.facts[0]) for b in chosen]
        inside = [b for b in facts if word.end <= b.number.start < end]
        if inside and not quantified and not word.text.startswith(("仅次于", "second only")):
            return [value_of_fact(inside[0].facts[0])]
        mentioned = self.operands.by_mentions(reading, word.start, before=True)
        if mentioned:
            return mentioned
        later = [b for b in facts if b.number.start >= word.end]
        if later and not [b for b in facts if b.number.end <= word.start]:
            return [value_of_fact(later[0].facts[0])]
        earlier = [b for b in facts if b.number.end <= word.start and b.facts[0].id not in self.operands.objects]
        return [value_of_fact(earlier[-1].facts[0])] if earlier else []


def denies(lexicon: Lexicon, text: str, position: int) -> bool:
    """Whether a word before `position` in its clause says the contrary of what follows: 都不是最高."""
    clause = text[clause_start(text, position) : position].lower()
    return any(word in clause for word in lexicon.denials)


def _better(one: Fact, other: Fact) -> bool:
    assert one.number is not None and other.number is not None
    return one.number < other.number if other.direction == "lower" else one.number > other.number


def _place(fact: Fact, others: Sequence[Fact], wanted: int) -> tuple[int, list[Fact]]:
    """The place of a fact among others (for the last place, counted from the end) and who shares it."""
    rivals = [o for o in others if o.id != fact.id and o.number is not None]
    if wanted == -1:
        return 1 + sum(_better(fact, o) for o in rivals), []
    return 1 + sum(_better(o, fact) for o in rivals), [o for o in rivals if o.number == fact.number]


def _wanted(word: Word, fact: Fact) -> int:
    """The place a word claims; 最低 and 最高 are meant of the number itself, also where lower is better."""
    if fact.direction == "lower" and word.place in (1, -1) and re.search(r"[高低]|highest|lowest", word.text, re.I):
        return -word.place
    return word.place
