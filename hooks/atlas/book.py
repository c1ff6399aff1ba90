"""The whole of the data as frozen records: every printed cell a fact, every number of the texts a quantity."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from .lexicon import Lexicon
from .model import (
    Benchmark,
    Bilingual,
    Capability,
    Erratum,
    Model,
    Paper,
    Quantity,
    Report,
    Row,
    Source,
    TableFile,
    Vocabulary,
)
from .reading import Document

DASH, NOT_APPLICABLE = "-", "n/a"
# matches "17,920", "-0.6", "4.1T", "96.7%", "36 万亿", "200 万", "1.2x"; not "yes", "{7, 15, 23, 31}"
NUMBER = re.compile(r"^([+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d+(?:\.\d+)?)\s*([KkMBT]|万亿|[万亿])?\s*[%x]?$")
# matches "1/10"; not "44/100/2"
FRACTION = re.compile(r"^(\d+)/([1-9]\d*)$")
SCALES = {None: 0, "K": 3, "k": 3, "万": 4, "M": 6, "亿": 8, "B": 9, "T": 12, "万亿": 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in the data folder a record was written."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One printed value with its key. `value` keeps its digits and marks; `number` is None where none was printed.

    `unit`, `direction` and `reasoning` are ids resolved from the benchmark, its split and the mode.
    """

    id: str
    report: str
    table: str
    row: str
    column: str
    benchmark: str
    split: str | None
    model: str
    mode: str | None
    variant: str | None
    value: str
    number: Decimal | None
    marks: tuple[str, ...]
    unit: str
    direction: str
    reasoning: str
    place: Place
    row_index: int
    column_index: int

    @property
    def source(self) -> str:
        return f"{self.report}/{self.table}"

    @property
    def digits(self) -> str:
        """The value without its marks: what prose repeats."""
        text = self.value
        for mark in self.marks:
            text = text.removesuffix(mark).rstrip()
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A printed cell: its text as in the file, and a fact for each value in it (none where it is empty)."""

    text: str | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A score table: `cells[row][column]` with benchmarks as rows and models as columns.

    `transposed` says that it is printed the other way round; `file` is turned likewise, `facts` keep the printed order.
    """

    id: str
    report: str
    name: str
    file: TableFile
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    transposed: bool = False
    document: Document = field(repr=False)

    @property
    def facts(self) -> list[Fact]:
        lines = zip(*self.cells, strict=True) if self.transposed else self.cells
        return [fact for line in lines for cell in line for fact in cell.facts]

    def label(self, language: str) -> str:
        """`表 5`, `Table 5`, `图 2`."""
        kind, number = self.name.rsplit("-", 1)
        words = {"table": {"zh": "表", "en": "Table"}, "figure": {"zh": "图", "en": "Figure"}}
        return f"{words[kind][language]} {int(number)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookQuantity:
    """A quantity with its id `<report or paper>/<name>` and its parsed number."""

    id: str
    source: str
    entry: Quantity
    number: Decimal | None
    place: Place


@dataclass(frozen=True, kw_only=True)
class Book:
    """Everything that `data/` holds. Registries map an id to its entry, in file order."""

    vocabulary: Vocabulary
    capabilities: Mapping[str, Capability]
    benchmarks: Mapping[str, Benchmark]
    models: Mapping[str, Model]
    sources: Mapping[str, Source]
    reports: Mapping[str, Report]
    papers: Mapping[str, Paper]
    errata: Mapping[str, Erratum]
    tables: Mapping[str, Table]
    quantities: Mapping[str, BookQuantity]
    documents: Mapping[str, Document] = field(repr=False)
    lexicon: Lexicon = field(repr=False)

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """All facts by id, report by report, in the printed order."""
        return {fact.id: fact for table in self.tables.values() for fact in table.facts}

    @cached_property
    def by_benchmark(self) -> dict[str, list[Fact]]:
        return _grouped(self.facts.values(), "benchmark")

    @cached_property
    def by_model(self) -> dict[str, list[Fact]]:
        return _grouped(self.facts.values(), "model")

    @cached_property
    def told_on(self) -> dict[str, set[str]]:
        """The sections of reports that each page tells, by the page's path."""
        pages: dict[str, set[str]] = defaultdict(set)
        for report, entry in self.reports.items():
            for name, section in entry.sections.items():
                for anchor in section.pages:
                    pages[str(anchor).split("#")[0]].add(f"{report}/section-{name}")
        return dict(pages)

    def row_of(self, fact: Fact) -> list[Fact]:
        """The facts that stand in the same printed row and split."""
        table = self.tables[fact.source]
        cells = table.cells[fact.row_index]
        return [other for cell in cells for other in cell.facts if other.split == fact.split]

    def rivals(self, fact: Fact) -> list[Fact]:
        """The default comparison set: numbers of the same row and the same kind of reasoning."""
        return [other for other in self.row_of(fact) if other.number is not None and other.reasoning == fact.reasoning]

    def subject_name(self, subject: str, language: str) -> str:
        """The name of whatever `subject` is: a model, benchmark, capability, report or paper."""
        for registry in (self.models, self.benchmarks, self.capabilities):
            if subject in registry:
                return registry[subject].name[language]
        for titled in (self.reports, self.papers):
            if subject in titled:
                return titled[subject].name
        return subject


def _grouped(facts: Iterable[Fact], key: str) -> dict[str, list[Fact]]:
    groups: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[getattr(fact, key)].append(fact)
    return dict(groups)


def number_of(text: str) -> Decimal | None:
    """The number a printed value stands for: "17,920" -> 17920, "4.1T" -> 4.1E+12, "1/10" -> 0.1, "yes" -> None."""
    if fraction := FRACTION.match(text.strip()):
        return Decimal(fraction[1]) / Decimal(fraction[2])
    match = NUMBER.match(text.strip())
    if not match:
        return None
    return Decimal(match[1].replace(",", "")) * Decimal(10) ** SCALES[match[2]]


def rank(fact: Fact, among: Iterable[Fact]) -> int | None:
    """The place of `fact` in its direction, 1 is best; equal values share a place. None without direction."""
    if fact.number is None or fact.direction == "none":
        return None
    higher = fact.direction == "higher"
    return 1 + sum(
        1
        for other in among
        if other.number is not None and (other.number > fact.number if higher else other.number < fact.number)
    )


def column_id(model: str, mode: str | None, variant: str | None) -> str:
    """`qwen3-32b@thinking+stage-3`: the last part of a fact's id."""
    return model + (f"@{mode}" if mode else "") + (f"+{variant}" if variant else "")


def row_id(benchmark: str, split: str | None, variant: str | None) -> str:
    """`mathvision.wp`: the third part of a fact's id."""
    return benchmark + (f".{split}" if split else "") + (f"+{variant}" if variant else "")


def splits_of(row: Row) -> tuple[str | None, ...]:
    """The splits a printed cell of this row holds, in the printed order."""
    return row.split if isinstance(row.split, tuple) else (row.split,)


def unit_of(book_benchmarks: Mapping[str, Benchmark], benchmark: str, split: str | None) -> str:
    """The unit of a benchmark's values, the split's own where it has one."""
    entry = book_benchmarks[benchmark]
    own = entry.splits.get(split) if split else None
    return (own.unit if own and own.unit else entry.unit) or "score"


def direction_of(book_benchmarks: Mapping[str, Benchmark], benchmark: str, split: str | None) -> str:
    """`higher`, `lower` or `none`."""
    entry = book_benchmarks[benchmark]
    own = entry.splits.get(split) if split else None
    return (own.direction if own and own.direction else entry.direction) or "none"


def metric_of(book: Book, benchmark: str, split: str | None, language: str) -> str:
    """How the values are scored: the split's own metric where it or the shared split has one, else the benchmark's."""
    entry = book.benchmarks[benchmark]
    parts = (entry.splits.get(split), book.vocabulary.splits.get(split)) if split else ()
    own = next((part.metric for part in parts if part and part.metric), None)
    metric = own or entry.metric
    return metric[language] if metric else ""


def split_name(vocabulary: Vocabulary, entry: Benchmark, split: str) -> Bilingual:
    """A split's name: the benchmark's own, else the shared one."""
    own = entry.splits.get(split)
    return own.name if own else vocabulary.splits[split].name


ABSTRACT = {"zh": "摘要", "en": "abstract"}


def locator_name(book: Book, source: str, locator: str, language: str) -> str:
    """A place of a source as readers call it: `表 5`, `摘要`, `2.2.1 Supervised Fine-Tuning`."""
    if table := book.tables.get(f"{source}/{locator}"):
        return table.label(language)
    entry = book.reports.get(source) or book.sources.get(source)
    sections = entry.sections if entry else {}
    if locator in sections:
        return f"{locator} {sections[locator].title}"
    return ABSTRACT[language] if locator == "abstract" else locator


def wins(
    table: Table, left: tuple[str, str | None], right: tuple[str, str | None], among: set[str] | None = None
) -> dict[str, int] | None:
    """Rows in which one model's column is better, worse or equal to another's: {wins, losses, ties, total}.

    A side is (model, kind of reasoning or None). A row with a slashed cell counts once, by its first value; rows where
    a side is empty are left out, and so are benchmarks not `among` the given ones. None where the table lacks a side, or has two columns for it.
    """
    counts = {"wins": 0, "losses": 0, "ties": 0, "total": 0}
    seen = False
    for row in table.cells:
        facts = [cell.facts[0] for cell in row if cell.facts]
        if among is not None and (not facts or facts[0].benchmark not in among):
            continue
        sides = []
        for model, kind in (left, right):
            own = [f for f in facts if f.model == model and (kind is None or f.reasoning == kind)]
            if len(own) != 1 or own[0].number is None or own[0].direction == "none":
                break
            sides.append(own[0])
        if len(sides) != 2:
            continue
        seen = True
        a, b = sides[0].number, sides[1].number
        assert a is not None and b is not None
        better = (a > b) if sides[0].direction == "higher" else (a < b)
        counts["total"] += 1
        counts["ties" if a == b else "wins" if better else "losses"] += 1
    return counts if seen else None
