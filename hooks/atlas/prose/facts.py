"""The facts inside a scope, and whether a number in prose states one of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from ..book import Fact
from .names import Names
from .numbers import Number
from .reading import Pick

# units of scores: a number with another unit states none
SCORE_UNITS = frozenset({"percent", "score-10", "score", "ratio", "rating"})


def select(
    names: Names,
    benchmarks: Sequence[str],
    models: Sequence[str],
    *,
    mode: Pick | None,
    split: Pick | None,
    variant: Pick | None,
    reports: Sequence[str],
) -> list[Fact]:
    """The facts inside a scope: every benchmark with every model, narrowed by mode, variant, split and report.

    An explicit mode is taken exactly, else as its kind of reasoning; one that was carried over from another model
    gives way where this model has a single mode. Without a split the unsplit result stands, without a variant the
    plain one. Reports are tried in order; the first that holds a fact is taken.
    """
    chosen: list[Fact] = []
    for benchmark in benchmarks:
        for model in models:
            facts = names.by_key.get((benchmark, model))
            if not facts:
                continue
            if reports:
                for report in reports:
                    own = [fact for fact in facts if fact.report == report]
                    if own:
                        facts = own
                        break
            facts = _of_mode(names, facts, mode)
            facts = _narrowed(facts, "variant", variant.ids if variant else (), variant)
            facts = _narrowed(facts, "split", split.ids if split else (), split)
            chosen += facts
    return chosen


def _of_mode(names: Names, facts: list[Fact], pick: Pick | None) -> list[Fact]:
    if not pick or not facts:
        return facts
    exact = [fact for fact in facts if fact.mode in pick.ids]
    if exact:
        return exact
    modes = names.book.vocabulary.modes
    kinds = {modes[i].reasoning for i in pick.ids if i in modes}
    alike = [fact for fact in facts if fact.reasoning in kinds]
    if alike or pick.exact:
        return alike
    return facts if len({fact.mode for fact in facts}) == 1 else []


def _narrowed(facts: list[Fact], key: str, ids: Sequence[str], pick: Pick | None) -> list[Fact]:
    if len(facts) == 1:
        return facts
    available = {getattr(fact, key) for fact in facts}
    wanted = available.intersection(ids)
    if wanted:
        return [fact for fact in facts if getattr(fact, key) in wanted]
    if None in available:
        return [fact for fact in facts if getattr(fact, key) is None]
    return facts


def states(number: Number, fact: Fact) -> bool:
    """Whether a number in prose says a fact's value, digit for digit; `约` allows rounding to the digits written."""
    if fact.number is None:
        return False
    if number.units and fact.unit not in number.units and number.units & SCORE_UNITS == frozenset():
        return False
    if "%" in fact.value and number.word and not number.word.startswith(("%", "个百分点")):
        return False
    if number.value == fact.number:
        decimals = max(0, -int(fact.number.as_tuple().exponent))
        return number.decimals == decimals or number.scale != "" or (number.approximate and number.decimals < decimals)
    return number.approximate and rounds(number, fact)


def rounds(number: Number, fact: Fact) -> bool:
    if fact.number is None:
        return False
    exponent = Decimal(1).scaleb(-number.decimals)
    return fact.number.quantize(exponent, rounding=ROUND_HALF_UP) == number.value or fact.number == number.value
