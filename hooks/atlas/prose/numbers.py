"""Numbers in prose: every digit or counting numeral that is not part of a name becomes a token."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from .names import Mention, Names
from .page import Unit

# matches "79.8", "17,920", "0.226", "1K", "36 万亿"; not the 2 of "v2" (see _is_name)
ARABIC = re.compile(r"\d+(?:\.\d+){2,}|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
# matches "2025-02", "2025-02-19", "2025 年 2 月", "2025年2月19日", "February 2025", "February 19, 2025"; not "2025 年", "2048-4096"
DATE = re.compile(
    r"(?<![\d.,-])((?:19|20)\d\d)(?:-(0[1-9]|1[0-2])(?:-(\d\d))?(?![\d-])|\s?年\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?日)?)"
    rf"|\b({'|'.join(MONTHS)})(?:\s(\d{{1,2}}),)?\s((?:19|20)\d\d)\b"
)
# matches " 万亿", "K", "B" right after the digits
SCALE = re.compile(r"(?:\s?(万亿|百万|千万|亿|万|千)|\s?(million|billion|trillion)\b|([KkMBT])(?![A-Za-z]))")
SCALES = {"千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "万亿": 12, "million": 6, "billion": 9, "trillion": 12,
          "K": 3, "k": 3, "M": 6, "B": 9, "T": 12}  # fmt: skip
# matches "十分之一", "三分之二"
CHINESE_FRACTION = re.compile(r"([一二三四五六七八九十百]+)分之([一二三四五六七八九十])")
DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
         "eleven": 11, "twelve": 12, "half": 0}  # fmt: skip
# matches "three" of "three stages" and "six-step": a whole word before another one
ENGLISH = re.compile(r"[EFNSTefnst](?<![A-Za-z-].)[A-Za-z]{2,5}(?=[ -][A-Za-z])")
# a run of letters, digits and joints that holds a digit: a name unless it is a number with a unit
WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_.@/+*'][A-Za-z0-9]+)*")
# matches the "D" of "3D" and the "-shot" of "5-shot": what makes a name of the digits before it
NAMING = re.compile(r"(?:D|d|-shot|-bit)\b")
# matches "2025-", "2025/02-" and "12:" right before a month, a day or minutes; not the "1/" of a fraction
DATED = re.compile(r"\d{2}[-/.]$|[-.:]$")
DIGITS_RUN = re.compile(r"\d+")
Span = tuple[int, int]
# what may stand between two numbers of one list
JOINT = re.compile(
    r"^\s*(?:%|分|个百分点|[KMBT])?\s*(?:[、，,/／和与及至到~–—-]|vs\.?|and|or|to|→|对)?\s*(?:and\s)?(?:约|的)?\s*$"
)


@dataclass(slots=True, eq=False)
class Number:
    """A number token. `start` and `end` are positions in the unit's text, scale and unit word not included in `text`.

    `value` is scaled (36 万亿 is 3.6E+13); `written` are the bare digits as printed, with their decimals, of a date its ISO form;
    `units` the unit ids its unit word allows (None where no unit word follows); `word` that word.
    """

    unit: Unit
    start: int
    end: int
    text: str
    value: Decimal
    written: str
    signed: str = ""
    scale: str = ""
    word: str = ""
    units: frozenset[str] | None = None
    approximate: bool = False
    chinese: bool = False
    code: bool = False
    group: list[Number] = field(default_factory=list)
    group_index: int = 0
    fraction: Decimal | None = None
    result: Any = None
    decimals: int = field(init=False)

    def __post_init__(self) -> None:
        self.decimals = len(self.written.split(".")[1]) if "." in self.written else 0

    @property
    def keys(self) -> set[str]:
        """What a note may call it."""
        return {self.text, self.written, self.signed + self.written, self.text.replace(",", "")}

    @property
    def is_path(self) -> bool:
        """Whether it is a section's number such as 5.12.3 rather than a quantity."""
        return self.written.count(".") > 1

    @property
    def is_misspelt(self) -> bool:
        """Whether it begins with an idle zero: 08, 1/01. A month after a year (2025-02, 2025/02) may."""
        idle = len(self.written) > 1 and self.written[0] == "0" and self.written[1] != "."
        return idle and not DATED.search(self.unit.text[max(0, self.start - 6) : self.start])

    @property
    def is_size(self) -> bool:
        return self.scale == "B" and not (self.units and "token" in self.units)


def numbers_in(unit: Unit, mentions: Sequence[Mention], names: Names) -> tuple[list[Number], list[Span]]:
    """The number tokens of a unit, left to right, grouped into lists; and the digits that no name and no number reads."""
    text = unit.text
    unread: list[Span] = []
    digits, words = DIGITS_RUN.search(text), _words(text, names)
    if not (digits or words or "分之" in text):
        return [], unread
    taken = [(m.start, m.end) for m in mentions]
    tokens = _dates(unit, taken)
    taken += [(token.start, token.end) for token in tokens]
    taken.sort()
    taken.append((len(text), len(text) + 1))  # behind every number: the search below needs no other end
    pointer = 0
    for match in ARABIC.finditer(text, digits.start()) if digits else ():
        start, end = match.span()
        while taken[pointer][1] <= start:
            pointer += 1
        if taken[pointer][0] < end:
            if taken[pointer][1] < end:
                unread += _beyond(text, match, taken)
        elif _is_name(text, match):
            unread += _beyond(text, match, taken)
        else:
            tokens.append(_arabic(unit, match, names))
    tokens += _fractions(unit, mentions, names)
    if words:
        tokens += _numerals(unit, words, taken, tokens, names)
    if len(tokens) > 1:
        tokens.sort(key=lambda token: token.start)
    _group(text, tokens)
    return tokens, unread


def _beyond(text: str, match: re.Match[str], taken: Sequence[Span]) -> list[Span]:
    """The runs of digits of a match that end behind all names that begin before their end."""
    runs = [run.span() for run in DIGITS_RUN.finditer(text, *match.span())]
    return [run for run in runs if all(end < run[1] for start, end in taken if start < run[1])]


def _dates(unit: Unit, taken: Sequence[Span]) -> list[Number]:
    """Whole dates, one token each: `written` is 2025-02 or 2025-02-19, `value` the year."""
    tokens: list[Number] = []
    if "19" not in unit.text and "20" not in unit.text:
        return tokens
    for match in DATE.finditer(unit.text):
        start, end = match.span()
        if any(a < end and start < b for a, b in taken):
            continue
        year, month, day = match[1] or match[8], match[2] or match[4], match[3] or match[5] or match[7]
        if match[6]:
            month = str(MONTHS.index(match[6]) + 1)
        written = "-".join([year, *(part.zfill(2) for part in (month, day) if part)])
        tokens.append(
            Number(
                unit=unit, start=start, end=end, text=match[0], value=Decimal(year), written=written,
                units=frozenset({"date"}), code=unit.in_code(start),
            )
        )  # fmt: skip
    return tokens


def _is_name(text: str, match: re.Match[str]) -> bool:
    start = match.start()
    before = text[start - 1] if start else ""
    if before == "_":
        return start > 1 and text[start - 2].isalnum()
    if before and before.isascii() and (before.isalpha() or before in "@#"):
        return True
    if before and before in "-." and start > 1 and text[start - 2].isascii() and text[start - 2].isalpha():
        return not _closes_scale(text, start - 2)
    return bool(NAMING.match(text, match.end()))


def _closes_scale(text: str, position: int) -> bool:
    """Whether the letter at `position` ends a number: the K of 1K-32K."""
    return text[position] in "KMBTkx" and position > 0 and text[position - 1].isdigit()


def _arabic(unit: Unit, match: re.Match[str], names: Names) -> Number:
    text = unit.text
    written = match[0].replace(",", "")
    start, end = match.span()
    signed = ""
    if (
        start
        and text[start - 1] in "+-"
        and (start == 1 or not (text[start - 2].isalnum() or text[start - 2] in "%)）"))
    ):
        signed = text[start - 1]
    elif start and text[start - 1] in "+":
        signed = "+"
    value = Decimal(written) if written.count(".") < 2 else Decimal(0)
    scale = ""
    scaled = SCALE.match(text, end)
    if scaled and not (scaled[1] == "千" and text[scaled.end() : scaled.end() + 1] == "问"):
        scale = next(filter(None, scaled.groups()))
        value *= 10 ** SCALES[scale]
        end = scaled.end()
    token = Number(
        unit=unit, start=start, end=end, text=text[start:end], value=-value if signed == "-" else value,
        written=written, signed=signed, scale=scale, code=unit.in_code(start),
    )  # fmt: skip
    token.word, token.units = _unit_word(text, end, names)
    token.approximate = _approximate(text, start - len(signed), end + len(token.word), names)
    return token


def _unit_word(text: str, end: int, names: Names) -> tuple[str, frozenset[str] | None]:
    """The unit's word after a number and the units it may mean; a bare measure word means none of them."""
    match = names.unit_words.match(text, end)
    if match:
        return match[1], names.units[match[1]]
    measure = names.measures.match(text, end)
    return (measure[1], frozenset()) if measure else ("", None)


def _approximate(text: str, start: int, end: int, names: Names) -> bool:
    before, after = text[max(0, start - 9) : start].rstrip(" ").lower(), text[end : end + 4].lstrip(" ")
    return before.endswith(names.approximately) or after.startswith(names.around)


def _fractions(unit: Unit, mentions: Sequence[Mention], names: Names) -> list[Number]:
    """The Chinese fractions of a unit: 三分之二."""
    if "分之" not in unit.text:
        return []
    named = [(m.start, m.end) for m in mentions if m.kind != "mask"]
    return [
        _numeral(unit, match.span(), Decimal(chinese(match[2])) / Decimal(chinese(match[1])), names)
        for match in CHINESE_FRACTION.finditer(unit.text)
        if not any(a < match.end() and match.start() < b for a, b in named)
    ]


def _words(text: str, names: Names) -> list[tuple[int, int, int]]:
    """The numerals in words that may count something (三个, three stages): start, end and value; 一 and 两 count
    nothing but times and tenths."""
    found = []
    for match in names.counted.finditer(text):
        number = chinese(match[0])
        if number >= 3 or text[match.end() : match.end() + 3].lstrip(" ").startswith(("倍", "成")):
            found.append((match.start(), match.end(), number))
    for match in ENGLISH.finditer(text):
        number = WORDS.get(match[0].lower(), 0)
        if number >= 3:
            found.append((match.start(), match.end(), number))
    return found


def _numerals(
    unit: Unit, words: Sequence[tuple[int, int, int]], taken: Sequence[Span], tokens: Sequence[Number], names: Names
) -> Iterator[Number]:
    """The tokens of the numerals in words that are no part of a name, a date or a fraction."""
    fractions = [(token.start, token.end) for token in tokens if token.chinese]
    for start, end, number in words:
        if any(a < end and start < b for a, b in taken) or any(a <= start < b for a, b in fractions):
            continue
        yield _numeral(unit, (start, end), Decimal(number), names)


def _numeral(unit: Unit, span: tuple[int, int], value: Decimal, names: Names) -> Number:
    text, (start, end) = unit.text, span
    token = Number(unit=unit, start=start, end=end, text=text[start:end], value=value, written=str(value), chinese=True)
    token.word, token.units = _unit_word(text, end, names)
    token.approximate = _approximate(text, start, end, names)
    return token


def chinese(text: str) -> int:
    """The value of a Chinese numeral below a thousand: "二十三" -> 23, "两" -> 2, "百" -> 100."""
    total = current = 0
    for char in text:
        if char in DIGITS:
            current = DIGITS[char]
        else:
            total += (current or 1) * (10 if char == "十" else 100)
            current = 0
    return total + current


def _group(text: str, tokens: list[Number]) -> None:
    """Join neighbours that only a joint separates into one list."""
    group: list[Number] = []
    for token in tokens:
        if group:
            last = group[-1]
            between = text[last.end : token.start - len(token.signed)]
            if len(between) > 14 or not JOINT.match(between.replace(last.word, "", 1) if last.word else between):
                group = []
        group.append(token)
        token.group = group
        token.group_index = len(group) - 1
    for first, second in pairwise(tokens):
        whole = not (first.decimals or second.decimals or first.scale or second.scale or first.chinese)
        if whole and text[first.end : second.start] == "/" and 0 < first.value < second.value:
            first.fraction = second.fraction = first.value / second.value
