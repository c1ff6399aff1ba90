"""Comparison words in prose: each is recomputed from the facts that its sentence binds or names.

A word whose operands cannot be found is a finding, unless the sentence attributes the statement to its source. A
question states nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..book import Book, Fact
from ..lexicon import Lexicon
from .binding import Binder, Binding
from .leading import ahead, better
from .names import Mention
from .scope import PageReading, Pick, Reading

CLAUSE_END = re.compile(r"[，,；;。！!]")
# matches "比", not the 比 of "对比", "比例", "百分比"
NOT_THAN = re.compile(r"(?:对|相|占|之|百分|性价|信噪|配|类|评|同|环)$")
NOT_THAN_AFTER = re.compile(r"^(?:例|值|率|较|如|起|重|方|喻|拟|分)")
# matches 「高于」, “best”: words that are mentioned, not used
QUOTED = re.compile(r"「[^」\d]{1,16}」|“[^”\d]{1,16}”|『[^』\d]{1,16}』")
OPEN, CLOSE = "（(", "）)"


@dataclass(slots=True, eq=False)
class Claim:
    """A comparison word with its outcome: `verdict` is true, false, unbound, attributed or question.

    `operands` are the facts (or quantities) compared, the subject first; `set_size` the number of results a superlative
    was the best of.
    """

    reading: Reading
    start: int
    end: int
    text: str
    kind: str
    verdict: str = "unbound"
    operands: tuple[str, ...] = ()
    set_size: int = 0
    against: tuple[Fact, ...] = ()
    message: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Value:
    """One side of a comparison: a fact's or a quantity's number."""

    id: str
    number: Decimal
    key: tuple[str | None, ...]
    direction: str
    fact: Fact | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the lexicon found in a text."""

    start: int
    end: int
    text: str
    kind: str
    relation: str = ""
    by: str = ""
    place: int = 0


class Words:
    """The lexicon's claim words in one pattern; the longest word at a place wins, Latin words stand by themselves."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.entries: dict[str, tuple[str, str, str, int]] = {}

        def add(words: Iterable[str], kind: str, relation: str = "", by: str = "", place: int = 0) -> None:
            for word in words:
                self.entries.setdefault(word.lower(), (kind, relation, by, place))

        for comparison in lexicon.comparisons:
            add(comparison.words, "comparison", comparison.relation, comparison.by)
        for comparison in lexicon.among:
            add(comparison.words, "among", comparison.relation, comparison.by)
        for superlative in lexicon.superlatives:
            add(superlative.words, "superlative", place=superlative.place)
        add(lexicon.movements.up, "movement", ">")
        add(lexicon.movements.down, "movement", "<")
        add(lexicon.than.openers, "than")
        add(lexicon.leads.ahead, "lead", ">")
        add(lexicon.leads.behind, "lead", "<")
        by_first: dict[str, list[str]] = {}
        for word in sorted(self.entries, key=len, reverse=True):
            by_first.setdefault(word[0], []).append(word[1:])
        self.pattern = re.compile("|".join(_beginning(first, rests) for first, rests in by_first.items()))

    def find(self, text: str, covered: Callable[[int, int], bool]) -> list[Word]:
        """The claim words of a text, left to right; `covered` says whether a range is part of a name or mask."""
        lower = text.lower()
        found: list[Word] = []
        position = 0
        while match := self.pattern.search(lower, position):
            position = match.start()
            if covered(position, match.end()):
                position += 1
                continue
            kind, relation, by, place = self.entries[match[0]]
            found.append(Word(position, match.end(), text[position : match.end()], kind, relation, by, place))
            position = match.end()
        return found


def _beginning(first: str, rests: list[str]) -> str:
    """A pattern for the words that begin with one character; in Latin letters a word is no part of a longer one."""
    rest = "|".join(map(re.escape, rests))
    start = re.escape(first)
    return rf"{start}(?<![a-z0-9_-]{start})(?:{rest})(?![a-z0-9_-])" if first.isascii() else f"{start}(?:{rest})"


class Claimer:
    """Finds and recomputes the comparisons of one page."""

    def __init__(self, binder: Binder, words: Words) -> None:
        self.binder = binder
        self.pages: PageReading = binder.pages
        self.book: Book = binder.book
        self.words = words
        self.objects: set[str] = set()

    def claims(self, reading: Reading, bindings: list[Binding]) -> list[Claim]:
        """Every comparison of a unit with its outcome."""
        text = reading.unit.text
        spans = [
            (m.start, m.end)
            for m in reading.mentions
            if m.kind in ("mask", "model", "benchmark", "variant", "mode", "capability")
        ]
        spans += [match.span() for match in QUOTED.finditer(text)]
        words = self.words.find(text, lambda a, b: any(s < b and a < e for s, e in spans))
        if not words:
            return []
        stripped = text.rstrip()
        question = stripped.endswith(("？", "?", "吗"))
        claims: list[Claim] = []
        self.objects = set()
        for index, word in enumerate(words):
            later = words[index + 1].start if index + 1 < len(words) else len(text)
            claim = self._claim(reading, bindings, words, index, word, later)
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
        self, reading: Reading, bindings: list[Binding], words: list[Word], index: int, word: Word, later: int
    ) -> Claim | None:
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
            return self._superlative(reading, bindings, word)
        if word.kind == "movement":
            return self._movement(reading, bindings, words, index, word)
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
        end = min(_clause_end(text, word.end), later)
        left = self._left(reading, bindings, word.start)
        right = self._right(reading, bindings, word.end, end, left)
        if not right and word.relation == "=":
            left, right = self._with(reading, bindings, word, left)
        if not right and word.relation == "=":
            right, left = self._rest(reading, bindings, left)
            if (
                not right
                and not any(m.kind == "benchmark" for m in reading.mentions)
                and not any(b.facts for b in bindings)
            ):
                return None
        if not right:
            threshold = self._threshold(bindings, word.end, left)
            if threshold is not None:
                right = [threshold]
        if self._of_quantity(bindings, word.end) and not any(a.key == b.key for a in left for b in right):
            return None
        if not right and word.text in ("领先", "leads", "lead", "tops"):
            return self._superlative(reading, bindings, Word(word.start, word.end, word.text, "superlative", place=1))
        return self._decide(claim, reading, left, right, word)

    def _with(
        self, reading: Reading, bindings: list[Binding], word: Word, left: list[Value]
    ) -> tuple[list[Value], list[Value]]:
        """与 X 持平: the object stands between 与 and the word, the subject before."""
        text = reading.unit.text
        begin = _clause_start(text, word.start)
        at = max(text.rfind(opener, begin, word.start) for opener in ("与", "和", "跟"))
        if at < 0:
            return left, []
        subject = self._left(reading, bindings, at)
        return subject, self._right(reading, bindings, at, word.start, subject)

    def _of_quantity(self, bindings: list[Binding], start: int) -> bool:
        """超过 70% where 70 is itself a recorded quantity: the word is part of what the source states."""
        return any(b.kind == "quantity" and start <= b.number.start <= start + 3 for b in bindings)

    def _than(self, reading: Reading, bindings: list[Binding], word: Word) -> Claim | None:
        text = reading.unit.text
        if word.text == "比" and (NOT_THAN.search(text[: word.start]) or NOT_THAN_AFTER.match(text[word.end :])):
            return None
        if word.text == "较" and text[word.start - 1 : word.start] in ("比", "相", "计"):
            return None
        end = _clause_end(text, word.end)
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
        left = self._left(reading, bindings, word.start)
        right = self._right(reading, bindings, word.end, closer, left)
        return self._decide(claim, reading, left, right, closed)

    def _among(self, reading: Reading, bindings: list[Binding], word: Word) -> Claim:
        claim = Claim(reading, word.start, word.end, word.text, "comparison")
        left = self._left(reading, bindings, word.start)[-1:]
        others = [v for v in self._values(bindings) if left and v.key[:2] == left[0].key[:2] and v.id != left[0].id]
        if left and not others:
            others = [v for v in self._mentioned(reading, left) if v.id != left[0].id]
        return self._decide(claim, reading, left, others, word)

    def _decide(self, claim: Claim, reading: Reading, left: list[Value], right: list[Value], word: Word) -> Claim:
        if len(left) == len(right) > 1 and all(_alike(a, b) for a, b in zip(left, right, strict=True)):
            pairs = list(zip(left, right, strict=True))
        else:
            pairs = [(a, b) for a in left for b in right if _alike(a, b) and a.id != b.id]
        if not pairs:
            alike = all(v.fact for v in (*left, *right)) and len({v.fact.unit for v in (*left, *right) if v.fact}) == 1
            single = len(left) == 1 or len(right) == 1
            pairs = [(a, b) for a in left for b in right if a.id != b.id] if alike and single else []
        if not pairs:
            return claim
        uncovered = [b for b in right if not any(b is pair[1] for pair in pairs) and all(b.id != a.id for a in left)]
        if uncovered:
            return claim
        results = [_holds(a, b, word.relation, word.by) for a, b in pairs]
        lexicon = self.book.lexicon
        text = reading.unit.text
        most = any(w in text[: word.end + 1] for w in lexicon.quantifiers.most)
        claim.verdict = "true" if (sum(results) * 2 > len(results) if most else all(results)) else "false"
        self.objects.update(b.id for _, b in pairs)
        claim.operands = tuple(dict.fromkeys([a.id for a, _ in pairs] + [b.id for _, b in pairs]))
        wrong = [pair for pair, result in zip(pairs, results, strict=True) if not result]
        claim.message = {"wrong": wrong[:3], "relation": word.relation, "by": word.by}
        return claim

    def _lead(self, reading: Reading, bindings: list[Binding], word: Word) -> Claim | None:
        """GPT-5 在前：…: who is named before the colon is ahead of (不在前, 在后: behind) the others after it."""
        text = reading.unit.text
        begin = _clause_start(text, word.start)
        pairs = ahead(reading, bindings, begin, word.start, word.end, self.book.lexicon.leads.rivals)
        if not pairs:
            return None
        denied = text[max(0, word.start - 1) : word.start] == "不"
        above = (word.relation == ">") != denied
        wrong = [(a, b) for a, b in pairs if better(a, b) != above]
        claim = Claim(reading, word.start, word.end, word.text, "comparison", "false" if wrong else "true")
        claim.operands = tuple(dict.fromkeys(fact.id for pair in pairs for fact in pair))
        shown = [(_value(a), _value(b)) for a, b in wrong[:3]]
        claim.message = {"wrong": shown, "relation": ">" if above else "<", "by": "better"}
        return claim

    # -- superlatives ---------------------------------------------------------------------------------------------------

    def _superlative(self, reading: Reading, bindings: list[Binding], word: Word) -> Claim | None:
        text = reading.unit.text
        claim = Claim(reading, word.start, word.end, word.text, "superlative")
        subjects = [v.fact for v in self._subjects(reading, bindings, word) if v.fact]
        if not subjects:
            return claim
        lexicon = self.book.lexicon
        named = {i for m in reading.mentions if m.kind == "model" and m.start >= word.end for i in m.ids}
        shared = any(w in text for w in lexicon.sets.shared)
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
            if not holds:
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
        begin, end = _clause_start(text, word.start), _clause_end(text, word.end)
        quantified = any(w in text[begin : word.end] for w in self.book.lexicon.quantifiers.all)
        after = [
            b
            for b in facts
            if word.end <= b.number.start < min(end, word.end + 12)
            and not _named_between(reading, word.end, b.number.start)
        ]
        clause = [b for b in facts if begin <= b.number.start < word.start]
        if after and not quantified:
            run = [b for b in after[0].number.group if isinstance(b.result, Binding) and b.result.kind == "fact"]
            return [_value(b.result.facts[0]) for b in run] if len(run) > 1 else [_value(after[0].facts[0])]
        if clause:
            chosen = clause if quantified else clause[-1:]
            if not quantified and len(chosen[0].number.group) > 1:
                chosen = [
                    g.result
                    for g in chosen[0].number.group
                    if isinstance(g.result, Binding) and g.result.kind == "fact"
                ]
            return [_value(b.facts[0]) for b in chosen]
        inside = [b for b in facts if word.end <= b.number.start < end]
        if inside and not quantified and not word.text.startswith(("仅次于", "second only")):
            return [_value(inside[0].facts[0])]
        mentioned = self._by_mentions(reading, word.start, before=True)
        if mentioned:
            return mentioned
        later = [b for b in facts if b.number.start >= word.end]
        if later and not [b for b in facts if b.number.end <= word.start]:
            return [_value(later[0].facts[0])]
        earlier = [b for b in facts if b.number.end <= word.start and b.facts[0].id not in self.objects]
        return [_value(earlier[-1].facts[0])] if earlier else []

    # -- movements -------------------------------------------------------------------------------------------------------

    def _movement(
        self, reading: Reading, bindings: list[Binding], words: list[Word], index: int, word: Word
    ) -> Claim | None:
        """从 68.4 升到 70.4; +7.1 and `提升 7.1` between two facts of the sentence. Anything else is no claim."""
        text = reading.unit.text
        values = [b for b in bindings if b.kind in ("fact", "quantity")]
        begin, end = _clause_start(text, word.start), _clause_end(text, word.end)
        reached = word.text.endswith(("到", "至")) or word.text.lower().endswith((" to", " from"))
        reached = reached or text[word.end : word.end + 6].lstrip().startswith(("到", "至", "to ", "from "))
        before = [b for b in values if begin <= b.number.start < word.start]
        after = [b for b in values if word.end <= b.number.start < end and (reached or b.number.start - word.end <= 14)]
        if reached and after and not before:
            before = self._last_stop(values, after[0], word)
        claim = Claim(reading, word.start, word.end, word.text, "movement")
        if before and after:
            left, right = _value_of(self.book, before[-1]), _value_of(self.book, after[0])
            start = text.rfind("从", begin, word.start)
            if start >= 0 and before[0].number.start > start:
                left = _value_of(self.book, next(b for b in before if b.number.start > start))
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
            left, right = _oriented(self.book, reading, bindings, first, second)
        if left is None or right is None or left.id == right.id:
            return None
        better = left.direction == "lower" and word.text.lower() in self.book.lexicon.movements.better
        rises = (word.relation == ">") is not better
        holds = right.number > left.number if rises else right.number < left.number
        claim.verdict, claim.operands = ("true" if holds else "false"), (right.id, left.id)
        claim.message = {"wrong": [] if holds else [(right, left)], "relation": word.relation, "by": "numeric"}
        return claim

    def _last_stop(self, values: Sequence[Binding], after: Binding, word: Word) -> list[Binding]:
        """从 1.6 升到 43.6，再升到 62.0: the last number before the clause that is of the same benchmark."""
        reached = _value_of(self.book, after)
        earlier = [(b, _value_of(self.book, b)) for b in values if b.number.end <= word.start]
        return [b for b, value in earlier if reached and value and _alike(value, reached)][-1:]

    # -- operands --------------------------------------------------------------------------------------------------------

    def _values(self, bindings: Iterable[Binding]) -> list[Value]:
        return [v for b in bindings if b.kind in ("fact", "quantity", "parameter") if (v := _value_of(self.book, b))]

    def _left(self, reading: Reading, bindings: list[Binding], position: int) -> list[Value]:
        """The subject: the numbers of the clause before a word, else the sentence's names before it, else its last."""
        text = reading.unit.text
        begin = _clause_start(text, position)
        facts = [b for b in bindings if b.kind in ("fact", "quantity") and b.number.end <= position]
        clause = [b for b in facts if b.number.start >= begin]
        quantified = any(
            w in text[begin:position] for w in (*self.book.lexicon.quantifiers.all, *self.book.lexicon.quantifiers.none)
        )
        if clause:
            chosen = clause if quantified else _same_run(clause)
            return self._values(chosen)
        names = [
            m
            for m in reading.mentions
            if begin <= m.start < position and m.kind in ("model", "mode", "benchmark", "split", "variant")
        ]
        free = [b for b in facts if not self.objects.intersection(b.ids)]
        if free and quantified and not any(m.kind in ("model", "benchmark") for m in names):
            values = self._values(free)
            return (
                [v for v in values if v.key == values[-1].key]
                if len(free[-1].number.group) == 1
                else self._values(_same_run(free))
            )
        if free and not any(m.kind in ("model", "benchmark") for m in names):
            return self._values(_same_run(free))
        mentioned = self._by_mentions(reading, position, before=True)
        if mentioned:
            return mentioned
        return self._values(_same_run(facts)) if facts else []

    def _right(self, reading: Reading, bindings: list[Binding], start: int, end: int, left: list[Value]) -> list[Value]:
        """The object: the numbers after a word in its clause, restricted to the models named there, else the names."""
        named = [m for m in reading.mentions if m.kind == "model" and start <= m.start < end]
        models = {i for m in named for i in m.ids}
        taken = {v.id for v in left}
        facts = [b for b in bindings if b.kind in ("fact", "quantity") and start <= b.number.start < end]
        values = [v for v in self._values(facts) if v.id not in taken]
        if models:
            own = [v for v in values if v.fact and v.fact.model in models]
            covered = {v.fact.model for v in own if v.fact}
            if covered == models:
                return own
            return own + [v for v in self._mentioned(reading, left, models - covered, start, end) if v.id not in taken]
        if values:
            return values
        kinds = [
            m
            for m in reading.mentions
            if m.kind in ("mode", "variant", "split", "benchmark") and start <= m.start < end
        ]
        return [v for v in self._mentioned(reading, left, set(), start, end) if v.id not in taken] if kinds else []

    def _rest(self, reading: Reading, bindings: list[Binding], left: list[Value]) -> tuple[list[Value], list[Value]]:
        """For an equality without object: the sentence's other results on the same benchmark."""
        values = [v for v in self._values(bindings) if v.fact]
        if len(values) >= 2:
            key = values[-1].key
            alike = [v for v in values if v.key == key]
            if len(alike) >= 2:
                return alike[1:], alike[:1]
        named = self._by_mentions(reading, len(reading.unit.text), before=True, every=True)
        return (named[1:], named[:1]) if len(named) >= 2 else ([], left)

    def _mentioned(
        self,
        reading: Reading,
        left: Sequence[Value],
        models: set[str] | None = None,
        start: int = 0,
        end: int | None = None,
    ) -> list[Value]:
        """The results of the models (modes, variants, splits) named in a range, on the benchmarks of `left`."""
        end = len(reading.unit.text) if end is None else end
        found: list[Value] = []
        keys = list(dict.fromkeys((v.fact.benchmark, v.fact.split) for v in left if v.fact))
        within = [m for m in reading.mentions if start <= m.start < end]
        for benchmark, split in keys:
            base = next(v.fact for v in left if v.fact and v.fact.benchmark == benchmark)
            kinds = ("model",) if models else ("model", "mode", "variant", "split", "benchmark")
            for mention in within:
                if mention.kind not in kinds or (models and not models.intersection(mention.ids)):
                    continue
                picks: dict[str, Pick | None] = {
                    "benchmark": Pick((benchmark,), "nearest", benchmark),
                    "model": Pick((base.model,), "nearest", base.model),
                    "mode": self.pages.pick("mode", reading, mention.end, mention.end),
                    "split": Pick((split,), "nearest", split) if split else None,
                    "variant": None,
                }
                own_modes = [m for m in within if m.kind == "mode" and 0 <= m.start - mention.end <= 3]
                if mention.kind == "model" and not own_modes and base.mode:
                    before = [
                        m
                        for m in reading.mentions
                        if m.kind == "mode"
                        and m.end <= mention.start
                        and mention.start - m.end <= 6
                        and m.start >= start
                    ]
                    picks["mode"] = Pick(before[-1].ids if before else (base.mode,), "nearest", base.mode)
                elif own_modes:
                    picks["mode"] = Pick(own_modes[0].ids, "nearest", own_modes[0].text)
                picks[mention.kind] = Pick(mention.ids, "nearest", mention.text, own=True)
                if mention.kind not in ("model", "mode") and base.mode:
                    picks["mode"] = Pick((base.mode,), "nearest", base.mode)
                facts = self.binder.facts(reading, picks)
                if len({(f.model, f.mode, f.variant, f.split) for f in facts}) <= max(1, len(mention.ids)):
                    found += [_value(f) for f in facts if f.number is not None]
        return list({v.id: v for v in found}.values())

    def _by_mentions(self, reading: Reading, position: int, *, before: bool, every: bool = False) -> list[Value]:
        """The results that the names before a word state without numbers: models x benchmarks in their mode."""
        here = [m for m in reading.mentions if m.end <= position]
        begin = _clause_start(reading.unit.text, position)
        models = [m for m in here if m.kind == "model"]
        runs = [run for run in reading.lists["benchmark"] if run[-1].end <= position]
        picks: dict[str, Pick | None] = {
            d: self.pages.pick(d, reading, position, position)
            for d in ("benchmark", "model", "mode", "split", "variant")
        }
        if runs:
            run = runs[-1]
            picks["benchmark"] = Pick(tuple(i for m in run for i in m.ids), "nearest", run[0].text, own=True)
        if models:
            free = [m for m in models if not self._is_object(reading, m, picks)] or models
            chosen = models if every else free[-1:]
            run_of = next((r for r in reading.lists["model"] if chosen[-1] in r), chosen)
            ids = tuple(i for m in (chosen if every else run_of) for i in m.ids)
            picks["model"] = Pick(ids, "nearest", models[-1].text, own=True)
        if not picks["benchmark"] or not picks["model"]:
            return []
        if (
            not models
            and not runs
            and not [m for m in here if m.start >= begin and m.kind in ("mode", "split", "variant")]
        ):
            return []
        facts = self.binder.facts(reading, picks)
        per_key: dict[tuple[str, str, str | None], set[tuple[str | None, str | None]]] = {}
        for fact in facts:
            per_key.setdefault((fact.benchmark, fact.model, fact.split), set()).add((fact.mode, fact.variant))
        if any(len(modes) > 1 for modes in per_key.values()):
            return []
        return [_value(fact) for fact in facts if fact.number is not None]

    def _is_object(self, reading: Reading, mention: Mention, picks: dict[str, Pick | None]) -> bool:
        """Whether a model was what the sentence compared with before, so that it is not the subject."""
        if not self.objects:
            return False
        own = [m for m in reading.mentions if m.kind == "mode" and 0 <= m.start - mention.end <= 3]
        mode = Pick(own[0].ids, "nearest", own[0].text) if own else picks["mode"]
        facts = self.binder.facts(reading, {**picks, "model": Pick(mention.ids, "nearest", mention.text), "mode": mode})
        return bool(facts) and all(fact.id in self.objects for fact in facts)

    def _threshold(self, bindings: list[Binding], start: int, left: list[Value]) -> Value | None:
        """超过 90: a round number right after the word, with a subject to compare."""
        for binding in bindings:
            number = binding.number
            if not start <= number.start <= start + 3 or binding.kind not in ("error", "count") or not left:
                continue
            if (
                number.decimals == 0
                and number.value % 5 == 0
                and not number.signed
                and not number.scale
                and left[0].fact
            ):
                binding.kind, binding.ids, binding.code = "derived", tuple(v.id for v in left), ""
                binding.message = {"relation": "threshold"}
                return Value("", number.value, left[0].key, left[0].direction)
        return None


def _value(fact: Fact) -> Value:
    assert fact.number is not None
    return Value(fact.id, fact.number, (fact.benchmark, fact.split), fact.direction, fact)


def _alike(left: Value, right: Value) -> bool:
    """Whether two results may be compared: the same benchmark and split; across reports the benchmark alone."""
    if left.key == right.key:
        return True
    return bool(left.fact and right.fact) and left.key[0] == right.key[0] and left.fact.report != right.fact.report  # type: ignore[union-attr]


def _value_of(book: Book, binding: Binding) -> Value | None:
    if binding.facts:
        fact = binding.facts[0]
        return _value(fact) if fact.number is not None else None
    for identity in binding.ids:
        quantity = book.quantities.get(identity)
        if quantity and quantity.number is not None:
            return Value(identity, quantity.number, (quantity.entry.unit, "quantity"), "none")
    return None


def _holds(left: Value, right: Value, relation: str, by: str) -> bool:
    a, b = left.number, right.number
    if by == "better" and left.direction == "lower":
        a, b = b, a
    return {"<": a < b, ">": a > b, "=": a == b, "<=": a <= b, ">=": a >= b}[relation]


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


def _oriented(
    book: Book, reading: Reading, bindings: Sequence[Binding], first: Fact, second: Fact
) -> tuple[Value | None, Value | None]:
    """(before, after) of a difference: by training stage, else by the order in which the sentence states them."""
    stages = list(book.vocabulary.variants)
    if first.variant in stages and second.variant in stages and first.variant != second.variant:
        ordered = sorted((first, second), key=lambda f: stages.index(f.variant or ""))
        return _value(ordered[0]), _value(ordered[1])
    stated = [f.id for b in bindings if b.kind == "fact" for f in b.facts]
    if first.id in stated and second.id in stated:
        ordered = sorted((first, second), key=lambda f: stated.index(f.id))
        return _value(ordered[0]), _value(ordered[1])
    return None, None


def _same_run(bindings: Sequence[Binding]) -> list[Binding]:
    """The last number and the others of its list."""
    last = bindings[-1]
    return [b for b in bindings if b.number.group is last.number.group] or [last]


def _named_between(reading: Reading, start: int, end: int) -> bool:
    return any(m.kind == "model" and start <= m.start < end for m in reading.mentions)


def _clause_end(text: str, start: int) -> int:
    depth = 0
    for index in range(start, len(text)):
        char = text[index]
        if char in OPEN:
            depth += 1
        elif char in CLOSE:
            depth -= 1
            if depth < 0:
                return index
        elif depth <= 0 and char in "，,；;。！!" and not (char == "," and text[index + 1 : index + 2].isdigit()):
            return index
    return len(text)


def _clause_start(text: str, end: int) -> int:
    depth = 0
    for index in range(end - 1, -1, -1):
        char = text[index]
        if char in CLOSE:
            depth += 1
        elif char in OPEN:
            depth -= 1
            if depth < 0:
                return index + 1
        elif depth <= 0 and char in "，,；;。！!" and not (char == "," and text[index + 1 : index + 2].isdigit()):
            return index + 1
    return 0
