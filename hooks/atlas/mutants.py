"""Single changes of a page that make it false, in seeded ways.

A mutant that leaves a true sentence is equivalent; that is decided by looking the changed key up in the data, never by
asking the check. Each mutant is one replacement in one page.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from .book import Book
from .misnaming import misspelt, renames
from .prose.binding import Binding
from .prose.checking import PageResult, span
from .prose.names import Names

Maker = Callable[..., "Mutant"]

REVERSED = {
    "高于": "低于", "低于": "高于", "超过": "低于", "优于": "不及", "不及": "优于", "领先": "落后", "落后": "领先", "领先于": "落后于",
    "落后于": "领先于", "高": "低", "低": "高", "多": "少", "升到": "降到", "降到": "升到", "升至": "降至", "降至": "升至",
    "提升": "下降", "提高": "降低", "下降": "提升", "降低": "提高", "更高": "更低", "更低": "更高", "更好": "更差", "更差": "更好",
    "higher than": "lower than", "lower than": "higher than", "above": "below", "below": "above", "beats": "trails",
    "trails": "beats", "rises": "falls", "falls": "rises", "持平": "更高", "在前": "在后", "在后": "在前",
}  # fmt: skip
DEMOTED = {"最高": "第二高", "最高分": "第二高", "最佳": "次佳", "最好": "第二好", "最低": "最高", "第二高": "最高", "第二": "第一",
           "次高": "最高", "居首": "居第二", "best": "second best", "highest": "second highest", "lowest": "highest",
           "second best": "best", "第二好": "最好"}  # fmt: skip
UNITS = {"%": "分", "帧": "token", "token": "帧", "tokens": "frames", "种": "个", "步": "轮", "分钟": "小时", "小时": "分钟",
         "倍": "分", "K": "M", "万亿": "亿", "T": "B", "万": "亿", "题": "次", "对": "步", "层": "维", "像素": "帧"}  # fmt: skip
QUALIFIED = {"约": "", "超过": "不足", "不足": "超过", "不到": "超过", "以上": "以下", "不超过": "超过"}
# matches "约 200 万", "超过 20 个", "10,000 个以上": what a qualifier of a quantity stands next to
QUALIFIER = re.compile(r"(不超过|超过|不足|不到|约)(?=\s?\d)|(?<=[\d万亿%个种条])\s?(以上)")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One replacement: `source[start:end]` becomes `text` (row swaps also replace a second range)."""

    operator: str
    path: str
    line: int
    start: int
    end: int
    old: str
    text: str
    second: tuple[int, int, str] | None = None

    def moved(self, shift: int) -> Mutant:
        """The same change where the text stands `shift` characters further on."""
        second = (self.second[0] + shift, self.second[1] + shift, self.second[2]) if self.second else None
        return replace(self, start=self.start + shift, end=self.end + shift, second=second)

    def shown(self, source: str) -> str:
        """Where it stands, what it changes, and the changed words in their line."""
        mutant, reach = self.apply(source), 20
        line = mutant[max(0, self.start - reach) : self.start + len(self.text) + reach].split("\n")
        around = next(part for part in line if self.text in part)
        return f"{self.path}:{self.line}: {self.operator}: {self.old!r} -> {self.text!r} in {around.strip()!r}"

    def apply(self, source: str) -> str:
        changes = [(self.start, self.end, self.text)] + ([self.second] if self.second else [])
        for start, end, text in sorted(changes, reverse=True):
            source = source[:start] + text + source[end:]
        return source


def mutants(result: PageResult, path: str, names: Names, chooser: random.Random) -> Iterator[Mutant]:
    """Every mutant of a page that is not equivalent."""
    book = names.book
    source = result.page.source

    def made(operator: str, start: int, end: int, text: str, second: tuple[int, int, str] | None = None) -> Mutant:
        return Mutant(operator, path, result.page.place(start)[0], start, end, source[start:end], text, second)

    for binding in result.bindings:
        start, end = span(binding.number.unit, binding.number.start, binding.number.end)
        plain = _digits(source, start, end)
        if plain is None or not binding.ok or binding.kind in ("ordinal", "ignored"):
            continue
        if binding.kind == "reference":
            yield from _references(book, binding, start, plain, made)
            continue
        for operator, text in _numeric(binding, plain, book, chooser):
            yield made(operator, start, start + len(plain), text)
        word = binding.number.scale or binding.number.word
        if word == "%" and binding.facts and "%" not in binding.facts[0].value:
            word = ""  # 79.8% and 79.8 分 say the same of a score printed without a sign
        at = source.find(word, start) if word else -1
        if word in UNITS and 0 <= at <= end + 3:
            yield made("unit-changed", at, at + len(word), UNITS[word])
    yield from _qualifiers(result, made)
    yield from misspelt(result, names, chooser, made)
    yield from _swaps(result, made)
    yield from renames(result, names, chooser, made)
    for claim in result.claims:
        if claim.verdict != "true":
            continue
        start, end = span(claim.reading.unit, claim.start, claim.end)
        table, operator = (
            (DEMOTED, "superlative-reversed") if claim.kind == "superlative" else (REVERSED, "comparison-reversed")
        )
        word = source[start:end]
        if claim.kind == "comparison" and word[:1] in "比较" and word[-1:] in REVERSED:
            yield made(operator, end - 1, end, REVERSED[word[-1]])
        elif word in table:
            yield made(operator, start, end, table[word])


def _digits(source: str, start: int, end: int) -> str | None:
    match = re.match(r"\d[\d,]*(?:\.\d+)?", source[start:end])
    return match[0] if match else None


def _numeric(binding: Binding, plain: str, book: Book, chooser: random.Random) -> Iterator[tuple[str, str]]:
    value = Decimal(plain.replace(",", ""))
    decimals = len(plain.split(".")[1]) if "." in plain else 0
    if binding.kind == "fact":
        step = Decimal(1).scaleb(-decimals) if decimals != 1 else Decimal("0.1")
        yield (
            "plus-minus-0.1",
            f"{value + chooser.choice((-1, 1)) * step:.{decimals}f}" if value else f"{value + step:.{decimals}f}",
        )
        yield "plus-minus-1", f"{value + 1:.{decimals}f}"
        fact = binding.facts[0]
        pool = [
            f
            for f in book.tables[fact.source].facts
            if f.number is not None and f.number != fact.number and f.unit == fact.unit
        ]
        if pool:
            yield "another-score", chooser.choice(pool).digits.rstrip("%")
    else:
        operator = "quantity-changed" if binding.kind in ("quantity", "parameter", "count") else "plus-minus-0.1"
        step = Decimal(1).scaleb(-decimals)
        yield operator, f"{value + step:.{decimals}f}"
    places = [i for i, char in enumerate(plain) if char.isdigit()]
    swaps = [(i, j) for i, j in itertools.pairwise(places) if plain[i] != plain[j]]
    if swaps:
        i, j = chooser.choice(swaps)
        chars = list(plain)
        chars[i], chars[j] = chars[j], chars[i]
        yield "digit-swap", "".join(chars)
    place = chooser.choice(places)
    other = chooser.choice([d for d in "123456789" if d != plain[place]])
    yield "typo", plain[:place] + other + plain[place + 1 :]


def _references(book: Book, binding: Binding, start: int, plain: str, made: Maker) -> Iterator[Mutant]:
    report, _, name = binding.ids[0].partition("/")
    kind, _, number = name.rpartition("-")
    if kind == "section":
        level, _, last = number.rpartition(".")
        sections = book.reports[report].sections
        others = [f"{level}.{i}".lstrip(".") for i in (int(last) + 1, int(last) - 1) if last.isdigit()]
        yield from (made("section-changed", start, start + len(number), o) for o in others[:1] if o in sections)
        return
    if kind not in ("table", "figure"):
        return
    for other in (int(number) + 1, int(number) - 1, 99):
        if f"{report}/{kind}-{other:02d}" in book.tables or other == 99:
            yield made("reference-changed", start, start + len(plain), str(other))
            return


def _qualifiers(result: PageResult, made: Maker) -> Iterator[Mutant]:
    """Drop or turn round what the source says of a quantity: about, more than, less than, at most."""
    quantities = result.reading.names.book.quantities
    for binding in result.bindings:
        if binding.kind != "quantity" or binding.noted:
            continue
        entry = quantities[binding.ids[0]].entry
        if not (entry.approximate or entry.bound):
            continue
        number = binding.number
        for match in QUALIFIER.finditer(number.unit.text, max(0, number.start - 4), number.end + 5):
            word = match[1] or match[2]
            near = match.end() >= number.start - 1 if match[1] else match.start() <= number.end + 2
            if near:
                start, end = span(number.unit, match.start(match.lastindex or 0), match.end(match.lastindex or 0))
                yield made("qualifier-changed", start, end, QUALIFIED[word])


def _swaps(result: PageResult, made: Maker) -> Iterator[Mutant]:
    """Exchange two neighbouring scores of a sentence or row whose values differ."""
    by_line: dict[int, list[Binding]] = {}
    for binding in result.bindings:
        if binding.kind == "fact":
            by_line.setdefault(id(binding.reading.unit), []).append(binding)
    for bindings in by_line.values():
        for first, second in itertools.pairwise(bindings):
            if first.number.value == second.number.value:
                continue
            a = span(first.number.unit, first.number.start, first.number.end)
            b = span(second.number.unit, second.number.start, second.number.end)
            x, y = result.page.source[slice(*a)], result.page.source[slice(*b)]
            yield made("row-swap", *a, y, (*b, x))
