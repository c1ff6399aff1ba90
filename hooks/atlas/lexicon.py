"""What lexicon.yml may hold: the words by which the checker reads prose."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .model import Id, Printed, Record, Text


class Comparison(Record):
    """Words that compare two scores. `by` numeric: as numbers stand; better: in the benchmark's direction."""

    relation: Literal["<", ">", "=", "<=", ">="]
    by: Literal["numeric", "better"]
    words: tuple[Text, ...]


class Superlative(Record):
    """Words that claim a place in a comparison set; -1 is the last."""

    place: int
    words: tuple[Text, ...]


class Than(Record):
    """`openers` begin a comparison (比 X) that a word of `more` or `less` closes."""

    openers: tuple[Text, ...]
    more: tuple[Text, ...]
    less: tuple[Text, ...]


class Movements(Record):
    """Words for a rise or fall from one number of a sentence to the next.

    `better` are those of `up` that mean an improvement: a fall, where lower is better.
    """

    up: tuple[Text, ...]
    down: tuple[Text, ...]
    better: tuple[Text, ...]


class Sets(Record):
    """Words that say what a superlative is the best of."""

    row: tuple[Text, ...]
    thinking: tuple[Text, ...]
    direct: tuple[Text, ...]
    series: tuple[Text, ...]
    shared: tuple[Text, ...]


class Quantifiers(Record):
    """Words that extend a comparison to all, most or none of what a sentence names."""

    all: tuple[Text, ...]
    most: tuple[Text, ...]
    none: tuple[Text, ...]


class After(Record):
    """Qualifiers that follow a number: 10,000 个以上."""

    about: tuple[Text, ...] = ()
    over: tuple[Text, ...] = ()
    under: tuple[Text, ...] = ()


class Qualifiers(Record):
    """Words around a number that say whether it is near, exceeded, not reached or a cap."""

    about: tuple[Text, ...]
    over: tuple[Text, ...]
    under: tuple[Text, ...]
    at_most: tuple[Text, ...]
    after: After


class Leads(Record):
    """Who is ahead, said before the numbers that show it: GPT-5 在前：…"""

    ahead: tuple[Text, ...]
    behind: tuple[Text, ...]
    rivals: tuple[Text, ...] = Field(description="Words for whoever is compared with the first result after the lead.")
    everywhere: tuple[Text, ...] = Field(description="Words for all benchmarks of the page's capability.")
    without: tuple[Text, ...] = Field(description="Words before a mode that mean the other kind of reasoning.")


class Choices(Record):
    """Heads of the columns of a table that says what to choose, and the results that speak for it."""

    chosen: tuple[Text, ...]
    grounds: tuple[Text, ...]


class Outcomes(Record):
    """Verbs for what a count of rows counts: X 对 Y，23 项中赢 12 项."""

    wins: tuple[Text, ...]
    losses: tuple[Text, ...]
    ties: tuple[Text, ...]


class References(Record):
    """Words before the number of a table, a figure or a section."""

    table: tuple[Text, ...]
    figure: tuple[Text, ...]
    section: tuple[Text, ...]


class Lexicon(Record):
    """lexicon.yml: the words by which the checker reads prose, Chinese and English side by side."""

    masks: tuple[tuple[Text, ...], ...]
    compounds: dict[Printed, tuple[Id, ...]] = Field(default={})
    approximately: tuple[Text, ...]
    comparisons: tuple[Comparison, ...]
    among: tuple[Comparison, ...]
    than: Than
    movements: Movements
    superlatives: tuple[Superlative, ...]
    sets: Sets
    quantifiers: Quantifiers
    differences: tuple[Text, ...]
    points: tuple[Text, ...]
    attributions: tuple[Text, ...]
    turns: tuple[Text, ...] = ()
    respectively: tuple[Text, ...]
    outcomes: Outcomes
    qualifiers: Qualifiers
    leads: Leads
    denials: tuple[Text, ...]
    choices: Choices
    rivals: tuple[Text, ...]
    references: References
    measures: tuple[Text, ...]
