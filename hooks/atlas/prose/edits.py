"""Small edits of a wrong sentence, how unlikely each is, and how a number would be written in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ..book import BookQuantity, Fact, number_of
from .binding import Binding
from .names import Names
from .numbers import SCALES, Number

# How unlikely an edit is, where several mend the sentence.
EXCHANGED = NOTED = 0  # two numbers the other way round; the number that a note names
SLIP = 20  # one last place or one unit off, two neighbouring digits exchanged
MODE = MODEL = WORD = SCALE = 30  # another mode, another model of the same table, the opposite word, another unit
DIGIT = 40  # one digit is another
SPLIT = 45  # another split or variant
NEAR_NAME = 50  # another benchmark, of which the page speaks more than of the one written
VALUE = 60  # any other value
INSERTED = 70  # a word to be added
FAR_NAME = 80  # another benchmark, of which the page does not speak
# matches the digits at the start of "1,200,000", "88.70%", "36 万亿"
PLAIN = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Edit:
    """Replacements in one unit's text: `changes` are (start, end, text), the one that is named first.

    `tried` is false where the edit can only be named, such as a word to be added.
    """

    changes: tuple[tuple[int, int, str], ...]
    cost: int
    tried: bool = True

    @property
    def text(self) -> str:
        return self.changes[0][2]


def elsewhere(binding: Binding, names: Names) -> list[Fact]:
    """Facts of the printed value, those nearest to the scope first."""
    model, benchmark = binding.picks.get("model"), binding.picks.get("benchmark")
    models = set(model.ids) if model else set()
    benchmarks = set(benchmark.ids) if benchmark else set()
    pool = [f for m in models for f in names.by_model.get(m, ())]
    pool += [f for b in benchmarks for f in names.by_benchmark.get(b, ())]
    same = [f for f in dict.fromkeys(pool) if f.number == binding.number.value]
    return sorted(same, key=lambda f: (3 * (f.model not in models) + 2 * (f.benchmark not in benchmarks), f.id))


def slip(written: str, wanted: str) -> int | None:
    """How unlikely it is that `written` is a slip for `wanted`; None where it is none.

    A likely slip: one last place or one unit off, two neighbouring digits exchanged. An unlikelier one: another digit.
    """
    digits = PLAIN.match(wanted)
    written, wanted = written.replace(",", ""), (digits[0] if digits else wanted).replace(",", "")
    if written == wanted:
        return None
    different = [i for i, (a, b) in enumerate(zip(written, wanted, strict=False)) if a != b]
    alike = len(written) == len(wanted)
    if alike and len(different) == 2 and sorted(written) == sorted(wanted):
        return SLIP
    left, right = number_of(written), number_of(wanted)
    if left is not None and right is not None and left.as_tuple().exponent == right.as_tuple().exponent:
        last = Decimal(1).scaleb(int(left.as_tuple().exponent))
        if abs(left - right) in (last, Decimal("0.1"), Decimal(1)):
            return SLIP
    return DIGIT if alike and len(different) == 1 else None


def in_form(number: Number, quantity: BookQuantity) -> str | None:
    """A quantity's value in the scale and script of `number`: 60M beside "7000 万" is "6000 万"."""
    if quantity.number is None:
        return None
    value = quantity.number / Decimal(10) ** SCALES[number.scale] if number.scale else quantity.number
    if number.chinese and not number.text.isascii() and value == int(value) and 0 < value < 100:
        return _numeral(int(value))
    if number.is_size != (quantity.entry.unit == "parameter") or (number.scale and quantity.number < 1000):
        return None
    printed = f"{value.normalize():f}"
    if len(printed) > len(number.written) + 4 or "/" in quantity.entry.value:
        return quantity.entry.value
    written = PLAIN.match(quantity.entry.value)
    if written and number_of(written[0]) == value:
        printed = written[0].replace(",", "")  # 88.70 stays 88.70
    if "," in number.text or (not number.scale and "," in quantity.entry.value and value >= 10000):
        whole, point, rest = printed.partition(".")
        printed = f"{int(whole):,}" + point + rest
    return printed + PLAIN.sub("", number.text, count=1)


def _numeral(value: int) -> str:
    """23 -> "二十三"."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(value, 10)
    return (("" if tens == 1 else digits[tens]) + "十" if tens else "") + (digits[ones] if ones or not tens else "")
