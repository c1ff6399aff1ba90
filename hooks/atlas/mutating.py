"""The strength of the check, measured: change real pages in seeded ways and count how many changes it notices.

A mutant that leaves a true sentence is equivalent; that is decided by looking the changed key up in the data, never by
asking the check. Each mutant is one replacement in one page.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from .book import Book, Fact
from .prose.binding import Binding
from .prose.checking import Checker, PageResult, span
from .prose.names import Mention, Names
from .prose.scope import Reading

Maker = Callable[..., "Mutant"]

OPERATORS = (
    "plus-minus-0.1", "plus-minus-1", "digit-swap", "typo", "another-score", "row-swap", "model-renamed",
    "benchmark-renamed", "split-changed", "mode-flipped", "comparison-reversed", "superlative-reversed",
    "quantity-changed", "reference-changed", "section-changed", "unit-changed", "name-misspelt", "qualifier-changed",
)  # fmt: skip
FLOORS: dict[str, Decimal] = {
    **dict.fromkeys(("plus-minus-0.1", "plus-minus-1", "digit-swap", "typo", "another-score"), Decimal("99.5")),
    "row-swap": Decimal(99), "model-renamed": Decimal(97), "benchmark-renamed": Decimal("99.5"),
    "split-changed": Decimal("99.5"), "mode-flipped": Decimal(99), "comparison-reversed": Decimal(97),
    "superlative-reversed": Decimal(97), "quantity-changed": Decimal(98), "reference-changed": Decimal(99),
    "section-changed": Decimal(90), "unit-changed": Decimal(95), "name-misspelt": Decimal(99),
    "qualifier-changed": Decimal(97),
}  # fmt: skip
FLIPS = {"思考": "指令", "指令": "思考", "非思考": "思考", "Thinking": "Instruct", "Instruct": "Thinking",
         "thinking": "instruct", "instruct": "thinking", "non-thinking": "thinking"}  # fmt: skip
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
# matches the size in "Qwen3-VL-32B"
SIZE = re.compile(r"\d+(?:\.\d+)?(?=B\b)")


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

    def apply(self, source: str) -> str:
        changes = [(self.start, self.end, self.text)] + ([self.second] if self.second else [])
        for start, end, text in sorted(changes, reverse=True):
            source = source[:start] + text + source[end:]
        return source


@dataclass(slots=True)
class Score:
    """What became of one operator's mutants."""

    made: int = 0
    killed: int = 0
    survivors: list[Mutant] = field(default_factory=list)

    @property
    def rate(self) -> Decimal:
        return Decimal(100) * self.killed / self.made if self.made else Decimal(100)


def strength(
    sources: Mapping[str, str], names: Names, language: str, *, seed: int = 1, each: int | None = None
) -> dict[str, Score]:
    """Mutate every page and check again. `each` bounds the mutants of one operator over all pages (seeded choice)."""
    checker = Checker(names)
    chooser = random.Random(seed)
    scores = {operator: Score() for operator in OPERATORS}
    made: dict[str, list[tuple[Mutant, PageResult]]] = {operator: [] for operator in OPERATORS}
    for path, source in sorted(sources.items()):
        result = checker.check(source, path, language)
        for mutant in mutants(result, path, names, random.Random(f"{seed}:{path}")):
            made[mutant.operator].append((mutant, result))
    for operator, found in made.items():
        if each is not None and len(found) > each:
            found = chooser.sample(found, each)
        for mutant, result in found:
            score = scores[operator]
            score.made += 1
            if killed(mutant, result, checker, language):
                score.killed += 1
            else:
                score.survivors.append(mutant)
    return scores


def killed(mutant: Mutant, result: PageResult, checker: Checker, language: str) -> bool:
    """Whether the check finds anything in the mutant (clean pages have no findings); its section is enough to know."""
    whole = mutant.operator in (
        "reference-changed",
        "section-changed",
    )  # what the page uses decides which tables it may cite
    reduced, shift = (result.page.source, 0) if whole else section(result.page.source, mutant.start)
    return bool(checker.check(mutant.moved(shift).apply(reduced), mutant.path, language, repair=False).problems)


def section(source: str, offset: int) -> tuple[str, int]:
    """The front matter, the headings above and the section that holds `offset`; and by how much offsets move."""
    heads = list(re.finditer(r"^(#{1,6}) .*$", source, re.MULTILINE))
    begin = max((m.start() for m in heads if m.start() <= offset), default=0)
    end = min((m.start() for m in heads if m.start() > offset), default=len(source))
    matter = re.match(r"---\n.*?\n---\n", source, re.DOTALL)
    if matter and offset < matter.end():
        return source, 0
    kept = [matter[0] if matter else ""]
    level = 7
    chain = []
    for head in reversed([m for m in heads if m.start() < begin]):
        own = len(re.match(r"#+", source[begin:])[0]) if source[begin : begin + 1] == "#" else 7  # type: ignore[index]
        level = min(level, own)
        if len(head[1]) < level:
            scope = re.match(r"\s*<!--\s*num-scope.*?-->", source[head.end() :], re.DOTALL)
            chain.append(head[0] + (scope[0] if scope else "") + "\n\n")
            level = len(head[1])
    kept += reversed(chain)
    lead = "".join(kept)
    return lead + source[begin:end], len(lead) - begin


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
    yield from _misspelt(result, names, chooser, made)
    yield from _swaps(result, made)
    yield from _renames(result, names, chooser, made)
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


def _misspelt(result: PageResult, names: Names, chooser: random.Random, made: Maker) -> Iterator[Mutant]:
    """Change a digit of the size in a model's name so that no model is called so."""
    known = {model.name.zh for model in names.book.models.values()}
    for reading in result.reading.readings:
        for mention in reading.mentions:
            match = SIZE.search(mention.text) if mention.kind == "model" else None
            if not match or not mention.text[0].isalpha() or chooser.random() > 0.1:
                continue
            size = match[0][:-1] + chooser.choice([d for d in "123456789" if d != match[0][-1]])
            if mention.text[: match.start()] + size + mention.text[match.end() :] in known:
                continue
            start, _ = span(reading.unit, mention.start + match.start(), mention.start + match.end())
            yield made("name-misspelt", start, start + len(match[0]), size)


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


def _renames(result: PageResult, names: Names, chooser: random.Random, made: Maker) -> Iterator[Mutant]:
    """Rename a model, benchmark, split or mode on which a number of the sentence depends."""
    book = names.book
    by_unit: dict[int, list[Binding]] = {}
    for binding in result.bindings:
        if binding.kind == "fact":
            by_unit.setdefault(id(binding.reading.unit), []).append(binding)
    for reading in result.reading.readings:
        bindings = by_unit.get(id(reading.unit), [])
        for mention in reading.mentions:
            if (
                mention.kind not in ("model", "benchmark", "split", "mode")
                or len(mention.ids) != 1
                or reading.unit.in_code(mention.start)
            ):
                continue
            dependent = [
                b for b in bindings
                if (pick := b.picks.get(mention.kind)) and pick.own and pick.how in ("nearest", "list", "bracket")
                and mention.text in pick.text and _governs(reading, mention, b)
            ]  # fmt: skip
            facts = [f for b in dependent for f in b.facts]
            if not facts:
                continue
            start, end = span(reading.unit, mention.start, mention.end)
            for operator, text, changed in _new_names(book, names, mention, facts, chooser):
                if not _equivalent(names, facts, mention.kind, changed):
                    yield made(operator, start, end, text)


def _governs(reading: Reading, mention: Mention, binding: Binding) -> bool:
    pick = binding.picks[mention.kind]
    if pick is None:
        return False
    if pick.how == "list":
        return pick.ids == mention.ids
    if pick.how == "bracket":
        return mention.start >= binding.number.end
    before = [m for m in reading.mentions if m.kind == mention.kind and m.end <= binding.number.start]
    return bool(before) and before[-1] is mention


def _new_names(
    book: Book, names: Names, mention: Mention, facts: list[Fact], chooser: random.Random
) -> Iterator[tuple[str, str, str]]:
    """(operator, the new words, the id or words they stand for)."""
    fact = facts[0]
    identity = mention.ids[0]
    table = book.tables[fact.source]
    if mention.kind == "model":
        others = sorted({f.model for f in table.facts if f.benchmark == fact.benchmark and f.model != identity})
        if others:
            other = chooser.choice(others)
            yield "model-renamed", book.models[other].name.zh, other
    elif mention.kind == "benchmark":
        others = sorted({f.benchmark for f in table.facts if f.model == fact.model and f.benchmark != identity})
        if others:
            other = chooser.choice(others)
            yield "benchmark-renamed", book.benchmarks[other].name.zh, other
    elif mention.kind == "split":
        others = sorted(
            {f.split for f in names.by_key[fact.benchmark, fact.model] if f.split and f.split != fact.split}
        )
        if others:
            other = chooser.choice(others)
            own = book.benchmarks[fact.benchmark].splits.get(other)
            entry = own or book.vocabulary.splits.get(other)
            if entry:
                yield "split-changed", entry.name.zh, other
    elif mention.text in FLIPS:
        yield "mode-flipped", FLIPS[mention.text], FLIPS[mention.text]


def _equivalent(names: Names, facts: list[Fact], kind: str, changed: str) -> bool:
    """Whether every dependent number is also true under the new name."""
    for fact in facts:
        if kind == "mode":
            wanted = "thinking" if changed.lower() in ("思考", "thinking") else "direct"
            same = [
                f
                for f in names.by_key[fact.benchmark, fact.model]
                if f.split == fact.split and f.reasoning == wanted and f.report == fact.report
            ]
            if fact.reasoning == wanted:
                continue
        elif kind == "model":
            same = [
                f
                for f in names.by_key.get((fact.benchmark, changed), ())
                if f.split == fact.split and f.reasoning == fact.reasoning
            ]
        elif kind == "benchmark":
            same = [f for f in names.by_key.get((changed, fact.model), ()) if f.reasoning == fact.reasoning]
        else:
            same = [f for f in names.by_key[fact.benchmark, fact.model] if f.split == changed and f.mode == fact.mode]
        if not any(f.number == fact.number for f in same):
            return False
    return True
