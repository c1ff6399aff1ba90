"""Which quantities have the value that a number states, whatever they are about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from ..book import BookQuantity, number_of

if TYPE_CHECKING:
    from .numbers import Number


class Values:
    """The quantities of a book by their values. Build it once per book."""

    def __init__(self, quantities: Mapping[str, BookQuantity]) -> None:
        self.quantities = quantities
        self._of_units: dict[tuple[frozenset[str] | None, bool], set[str]] = {}
        self.numbers: dict[Decimal, dict[str, int]] = defaultdict(dict)  # to each quantity its most decimals
        self.printed: dict[str, set[str]] = defaultdict(set)
        self.also: dict[Decimal, set[str]] = defaultdict(set)
        for identity, quantity in quantities.items():
            printed = (quantity.entry.value, *quantity.entry.also)
            if quantity.number is not None:
                self.numbers[quantity.number][identity] = max(map(_decimals, printed))
            for text in printed:
                self.printed[text].add(identity)
            for value in map(number_of, quantity.entry.also):
                if value is not None:
                    self.also[value].add(identity)

    def of_units(self, units: frozenset[str] | None, *, shares: bool) -> set[str]:
        """The quantities of some units, or of any; without `shares` those that are printed without %."""
        key = units, shares
        if key not in self._of_units:
            self._of_units[key] = {
                identity
                for identity, quantity in self.quantities.items()
                if (units is None or quantity.entry.unit in units)
                and (shares or not quantity.entry.value.endswith("%"))
            }
        return self._of_units[key]

    def stated(self, number: Number) -> set[str]:
        """The ids of the quantities that have the value of a number in prose, with no more decimals than are printed."""
        if number.fraction is not None:
            return self.printed.get("/".join(token.written for token in number.group), set())
        equal = self.numbers.get(abs(number.value), {})
        found = {i for i, most in equal.items() if number.scale or number.chinese or number.decimals <= most}
        for text in (number.text,) if number.scale else (number.text, number.written):
            found |= self.printed.get(text, set()) - equal.keys()
        return found | (self.also.get(number.value, set()) - equal.keys())


def _decimals(printed: str) -> int:
    """The most decimals of a printed value: "0.60" -> 2, "8" -> 0, "2.4–4.1" -> 1."""
    return max((len(part) for part in re.findall(r"\.(\d+)", printed)), default=0)
