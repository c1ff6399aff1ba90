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
    """The quantities of a book by their values, as numbers and as printed. Build it once per book."""

    def __init__(self, quantities: Mapping[str, BookQuantity]) -> None:
        self.quantities = quantities
        self.found: dict[Decimal | str, list[str]] = defaultdict(list)
        for identity, quantity in quantities.items():
            entry = quantity.entry
            values = {entry.value, *entry.also, quantity.number, *map(number_of, entry.also)}
            for value in values:
                if value is not None:
                    self.found[value].append(identity)

    def stated(self, number: Number) -> set[str]:
        """The ids of the quantities that have the value of a number in prose."""
        keys: set[Decimal | str] = {number.value, abs(number.value), number.text, number.written}
        if number.fraction is not None:
            keys.add("/".join(token.written for token in number.group))
        found = {identity for key in keys for identity in self.found.get(key, ())}
        return {identity for identity in found if _equals(number, self.quantities[identity])}


def _equals(number: Number, quantity: BookQuantity) -> bool:
    entry = quantity.entry
    if number.fraction is not None:
        written = "/".join(token.written for token in number.group)
        return written in {entry.value, *entry.also}
    if quantity.number is not None and quantity.number == abs(number.value):
        return (
            bool(number.scale) or number.chinese or number.decimals <= max(map(_decimals, (entry.value, *entry.also)))
        )
    for written in (number.text,) if number.scale else (number.text, number.written):
        if written == entry.value or written in entry.also:
            return True
    return any(value is not None and value == number.value for value in map(number_of, entry.also))


def _decimals(printed: str) -> int:
    """The most decimals of a printed value: "0.60" -> 2, "8" -> 0, "2.4–4.1" -> 1."""
    return max((len(part) for part in re.findall(r"\.(\d+)", printed)), default=0)
