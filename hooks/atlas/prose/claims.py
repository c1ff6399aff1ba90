"""Comparison words in prose: each is recomputed from the facts that its sentence binds or names.

A word whose operands cannot be found is a finding, unless the sentence attributes the statement to its source. A
question states nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from ..book import Book
from .binder import Binder
from .binding import Binding
from .claim import Claim, Word, Words
from .leading import ahead, better
from .movements import movement
from .operands import Operands, Value, clause_end, clause_start, comparable, value_of_fact
from .reading import Reading
from .superlatives import Superlatives, denies

# matches "比", not the 比 of "对比", "比例", "百分比"
NOT_THAN = re.compile(r"(?:对|相|占|之|百分|性价|信噪|配|类|评|同|环)$")
NOT_THAN_AFTER = re.compile(r"^(?:例|值|率|较|如|起|重|方|喻|拟|分)")
# matches 「高于」, “best”: words that are mentioned, not used
QUOTED = re.compile(r"「[^」\d]{1,16}」|“[^”\d]{1,16}”|『[^』\d]{1,16}』")


# kinds of names in which no word claims anything
NAMING = frozenset({"mask", "model", "benchmark", "variant", "mode", "capability"})


class Claimer:
    """Finds and recomputes the comparisons of one page."""

    def __init__(self, binder: Binder, words: Words) -> None:
        self.book: Book = binder.book
        self.words = words
        self.operands = Operands(binder)
        self.superlatives = Superlatives(self.operands)

    def claims(self, reading: Reading, bindings: list[Binding], earlier: Sequence[Binding] = ()) -> list[Claim]:
        """Every comparison of a unit with its outcome. `earlier`: the bindings of its block's units before."""
        text = reading.unit.text
        words = self.words.find(text, partial(self._mentioned, reading))
        if not words:
            return []
        stripped = text.rstrip()
        question = stripped.endswith(("？", "?", "吗"))
        claims: list[Claim] = []
        self.operands.objects = set()
        for index, word in enumerate(words):
            later = words[index + 1].start if index + 1 < len(words) else len(text)
            claim = self._claim(reading, bindings, earlier, words, index, word, later)
            if claim is None:
                continue
            if question:
                claim.verdict = "question"
            elif claim.verdict != "true" and self._attributed(text, claim.start):
                if claim.verdict == "unbound" or self._corrected(reading, claim.end):
                    claim.verdict = "attributed"
            elif claim.verdict == "unbound" and reading.unit.block.kind == "heading":
                continue
            claims.append(claim)
        return claims

    def _mentioned(self, reading: Reading, start: int, end: int) -> bool:
        """Whether a range is part of a name or quoted: then it claims nothing."""
        for mention in reading.mentions:
            if mention.start < end and start < mention.end and mention.kind in NAMING:
                return True
        return any(m.start() < end and start < m.end() for m in QUOTED.finditer(reading.unit.text))

    def _corrected(self, reading: Reading, position: int) -> bool:
        """Whether a wrong statement of a source is set right afterwards, in its sentence or the rest of its paragraph."""
        after = [reading.unit.text[position:], *(u.text for u in reading.unit.block.units[reading.unit.index + 1 :])]
        return any(word.lower() in text.lower() for text in after for word in self.book.lexicon.turns)

    def _attributed(self, text: str, position: int) -> bool:
        """Whether a word before `position` says whose statement this is, with no turn (而, but, the table) since."""
        lower = text[:position].lower()
        lexicon = self.book.lexicon
        said = max((lower.rfind(word.lower()) for word in lexicon.attributions), default=-1)
        return said >= 0 and not any(word.lower() in lower[said:] for word in lexicon.turns)

    def _claim(
        self, reading: Reading, bindings: list[Binding], earlier: Sequence[Binding], words: list[Word], index: int,
        word: Word, later: int,
    ) -> Claim | None:  # fmt: skip
        text = reading.unit.text
        shared = self.book.lexicon.sets.shared
        if word.kind == "comparison":
            following = words[index + 1] if index + 1 < len(words) else None
            if (
                word.text in shared
                and following
                and following.kind == "superlative"
                and following.start - word.end <= 8
            ):
                return None
            return self._comparison(reading, bindings, word, later)
        if word.kind == "lead":
            return self._lead(reading, bindings, word)
        if word.kind == "among":
            if re.match(r"的(?!分|得分|成绩|一方|那)", text[word.end : word.end + 3]):
                return None
            return self._among(reading, bindings, word)
        if word.kind == "superlative":
            return self.superlatives.superlative(reading, bindings, word)
        if word.kind == "movement":
            return movement(self.book, reading, bindings, earlier, words, index, word)
        return self._than(reading, bindings, word)

    # -- binary comparisons --------------------------------------------------------------------------------------------

    def _comparison(self, reading: Reading, bindings: list[Binding], word: Word, later: int) -> Claim | None:
        text = reading.unit.text
        claim = Claim(reading, word.start, word.end, word.text, "comparison")
        for binding in bindings:
            if binding.message.get("relation") == "wins" and binding.message.get("word") == (word.start, word.end):
                claim.verdict, claim.operands = "true", binding.ids
                return claim
            if binding.message.get("what") == "wins" and 0 <= word.start - binding.number.end <= 8:
                return None  # the count itself is the finding
        end = min(clause_end(text, word.end), later)
        left = self.operands.left(reading, bindings, word.start)
        right = self.operands.right(reading, bindings, word.end, end, left)
        if not right and word.relation == "=":
            left, right = self.operands.opposed(reading, bindings, word, left)
        if not right and word.relation == "=":
            right, left = self.operands.rest(reading, bindings, left)
            if (
                not right
                and not any(m.kind == "benchmark" for m in reading.mentions)
                and not any(b.facts for b in bindings)
            ):
                return None
        if not right:
            threshold = self.operands.threshold(bindings, word.end, left)
            if threshold is not None:
                right = [threshold]
        if self._of_quantity(bindings, word.end) and not any(a.key == b.key for a in left for b in right):
            return None
        if not right and word.text in ("领先", "leads", "lead", "tops"):
            return self.superlatives.superlative(
                reading, bindings, Word(word.start, word.end, word.text, "superlative", place=1)
            )
        return self._decide(claim, reading, left, right, word)

    def _of_quantity(self, bindings: list[Binding], start: int) -> bool:
        """超过 70% where 70 is itself a recorded quantity: the word is part of what the source states."""
        return any(b.kind == "quantity" and start <= b.number.start <= start + 3 for b in bindings)

    def _than(self, reading: Reading, bindings: list[Binding], word: Word) -> Claim | None:
        text = reading.unit.text
        if word.text == "比" and (NOT_THAN.search(text[: word.start]) or NOT_THAN_AFTER.match(text[word.end :])):
            return None
        if word.text == "较" and text[word.start - 1 : word.start] in ("比", "相", "计"):
            return None
        end = clause_end(text, word.end)
        than = self.book.lexicon.than
        named = [
            m
            for m in reading.mentions
            if m.kind in ("model", "mode", "variant", "benchmark", "split") and word.end <= m.start < end
        ]
        numbers = [b for b in bindings if word.end <= b.number.start < end and b.kind in ("fact", "quantity")]
        floor = max([m.end for m in named] + [b.number.end for b in numbers if b.kind == "fact"], default=word.end)
        closer, relation = -1, ""
        for words, sign in ((than.more, ">"), (than.less, "<")):
            for closing in words:
                at = text.find(closing, floor, end)
                if at >= 0 and (closer < 0 or at < closer):
                    closer, relation = at, sign
        if closer < 0:
            return None
        closed = Word(word.start, closer, text[word.start : closer + 1], "comparison", relation, "numeric")
        claim = Claim(reading, word.start, closer + 1, closed.text, "comparison")
        left = self.operands.left(reading, bindings, word.start)
        right = self.operands.right(reading, bindings, word.end, closer, left)
        return self._decide(claim, reading, left, right, closed)

    def _among(self, reading: Reading, bindings: list[Binding], word: Word) -> Claim:
        claim = Claim(reading, word.start, word.end, word.text, "comparison")
        left = self.operands.left(reading, bindings, word.start)[-1:]
        others = [
            v for v in self.operands.values(bindings) if left and v.key[:2] == left[0].key[:2] and v.id != left[0].id
        ]
        if left and not others:
            others = [v for v in self.operands.mentioned(reading, left) if v.id != left[0].id]
        return self._decide(claim, reading, left, others, word)

    def _decide(self, claim: Claim, reading: Reading, left: list[Value], right: list[Value], word: Word) -> Claim:
        if len(left) == len(right) > 1 and all(comparable(a, b) for a, b in zip(left, right, strict=True)):
            pairs = list(zip(left, right, strict=True))
        else:
            pairs = [(a, b) for a in left for b in right if comparable(a, b) and a.id != b.id]
        if not pairs:
            alike = all(v.fact for v in (*left, *right)) and len({v.fact.unit for v in (*left, *right) if v.fact}) == 1
            single = len(left) == 1 or len(right) == 1
            pairs = [(a, b) for a in left for b in right if a.id != b.id] if alike and single else []
        if not pairs:
            return claim
        uncovered = [b for b in right if not any(b is pair[1] for pair in pairs) and all(b.id != a.id for a in left)]
        uncovered += [a for a in left if not any(a is pair[0] for pair in pairs) and all(a.id != b.id for b in right)]
        if uncovered:
            return claim
        results = [_holds(a, b, word.relation, word.by) for a, b in pairs]
        lexicon = self.book.lexicon
        text = reading.unit.text
        most = any(w in text[: word.end + 1] for w in lexicon.quantifiers.most)
        claim.verdict = "true" if (sum(results) * 2 > len(results) if most else all(results)) else "false"
        self.operands.objects.update(b.id for _, b in pairs)
        claim.operands = tuple(dict.fromkeys([a.id for a, _ in pairs] + [b.id for _, b in pairs]))
        wrong = [pair for pair, result in zip(pairs, results, strict=True) if not result]
        claim.message = {"wrong": wrong[:3], "relation": word.relation, "by": word.by}
        return claim

    def _lead(self, reading: Reading, bindings: list[Binding], word: Word) -> Claim | None:
        """GPT-5 在前：…: who is named before the colon is ahead of (不在前, 在后: behind) the others after it."""
        text = reading.unit.text
        begin = clause_start(text, word.start)
        pairs = ahead(self.operands.pages, reading, bindings, begin, word.start, word.end)
        if not pairs:
            return None
        denied = text[max(0, word.start - 1) : word.start] == "不" or denies(self.book.lexicon, text, word.start)
        above = (word.relation == ">") != denied
        wrong = [(a, b) for a, b in pairs if better(a, b) != above]
        claim = Claim(reading, word.start, word.end, word.text, "comparison", "false" if wrong else "true")
        claim.operands = tuple(dict.fromkeys(fact.id for pair in pairs for fact in pair))
        shown = [(value_of_fact(a), value_of_fact(b)) for a, b in wrong[:3]]
        claim.message = {"wrong": shown, "relation": ">" if above else "<", "by": "better"}
        return claim


def _holds(left: Value, right: Value, relation: str, by: str) -> bool:
    a, b = left.number, right.number
    if by == "better" and left.direction == "lower":
        a, b = b, a
    return {"<": a < b, ">": a > b, "=": a == b, "<=": a <= b, ">=": a >= b}[relation]
