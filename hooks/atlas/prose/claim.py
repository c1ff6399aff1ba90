"""The words that claim something, found in a text, and what became of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ..book import Fact
from ..lexicon import Lexicon
from .reading import Reading


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
