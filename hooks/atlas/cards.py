"""What the reader's script reads beside a page: the words of its controls, and the provenance of the page's numbers.

`<page>card.json` is fetched when the first number of a page is asked where it comes from. Its keys

    t   table id -> label, report, columns (keys), whether printed turned, marks -> meaning, medium
    v   table id/row -> its place in the table from 1, its values as printed by column, "|" between them,
        column's index -> indexes of `p`, column's index -> indexes of `e`
    r   row -> benchmark, split's name, variant's name, unit, direction, and the metric where it is not the benchmark's
    b   benchmark -> name, what it measures, metric, address of its page
    c   column -> model, mode, variant, total/activated parameters, reasoning, address of the model's page
    m   mode -> what it means
    o   report -> name, title, arXiv id, authors, year, address
    q   quantity -> name, value as printed, unit, subject, locator, source's name and address, indexes of `p`
    e   the errata that the facts decide: (address, title)
    p   the pages that cite a number: (address, title)

A fact's id is `<table id>/<row>/<column>`: all that is said of it follows from these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from .book import Book, Fact, Table, locator_name, metric_of, split_name
from .linking import Links, address_of
from .model import Head
from .prose.checking import Results
from .rendering import Environment
from .rows import SILENT_UNITS

FILE = "card.json"
WORDS = "assets/words.js"


def card_path(page: str) -> str:
    """`capabilities/ocr.md` -> `capabilities/ocr/card.json`."""
    return address_of(page) + FILE


def citing_pages(results: Results, paths: Mapping[str, str]) -> dict[str, list[str]]:
    """Fact or quantity -> the pages that cite it. `paths` maps the name by which bindings call a page to its path."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for bound in results.bindings:
        for identity in bound.ids if bound.path in paths else ():
            found[identity][paths[bound.path]] = None
    return {identity: list(pages) for identity, pages in found.items()}


class Cards:
    """Makes the card data of pages. `titles` are the titles of pages by path, `cited` as `citing_pages` makes it."""

    def __init__(self, environment: Environment, titles: Mapping[str, str], cited: Mapping[str, list[str]]) -> None:
        self.environment = environment
        self.book: Book = environment.book
        self.links: Links = environment.links
        self.language = environment.language
        self.titles = titles
        self.cited = cited
        self.order = {identity: n for n, identity in enumerate([*self.book.facts, *self.book.quantities])}
        self.errata: dict[str, list[str]] = defaultdict(list)
        for identity, erratum in self.book.errata.items():
            for fact in erratum.facts:
                self.errata[fact].append(identity)

    def of(self, ids: Iterable[str]) -> dict[str, Any]:
        """The card data for these facts and quantities; ids of other kinds are passed over."""
        book = self.book
        known = sorted(self.order.keys() & set(ids), key=self.order.__getitem__)
        facts = [book.facts[identity] for identity in known if identity in book.facts]
        quantities = [identity for identity in known if identity in book.quantities]
        pages: dict[str, int] = {}
        errata: dict[str, int] = {}
        data: dict[str, Any] = {
            "t": {i: self._table(book.tables[i]) for i in dict.fromkeys(fact.source for fact in facts)},
            "v": {f"{fact.source}/{fact.row}": self._values(fact, pages, errata) for fact in facts},
            "r": {fact.row: self._row(fact) for fact in facts},
            "b": {i: self._benchmark(i) for i in dict.fromkeys(fact.benchmark for fact in facts)},
            "c": {fact.column: self._column(fact) for fact in facts},
            "o": {i: self._report(i) for i in dict.fromkeys(fact.report for fact in facts)},
            "q": {i: [*self._quantity(i), _indexes(self.cited.get(i, ()), pages)] for i in quantities},
        }
        modes = {head.mode for fact in facts if (head := self._head(fact)).mode}
        vocabulary = book.vocabulary.modes
        data["m"] = {m.name[self.language]: m.meaning[self.language] for i, m in vocabulary.items() if i in modes}
        data["e"] = [[f"errata/#{i}", book.errata[i].title[self.language]] for i in errata]
        data["p"] = [[address_of(page), self.titles.get(page, page)] for page in pages]
        return {key: value for key, value in data.items() if value}

    def _table(self, table: Table) -> list[Any]:
        marks = {mark: getattr(meaning, self.language) for mark, meaning in table.file.marks.items()}
        medium = int(table.file.confidence == "medium")
        columns = " ".join(table.columns)
        return [table.label(self.language), table.report, columns, int(table.transposed), marks, medium]

    def _values(self, fact: Fact, pages: dict[str, int], errata: dict[str, int]) -> list[Any]:
        table = self.book.tables[fact.source]
        printed, cited, wrong = [], {}, {}
        for index, cell in enumerate(table.cells[fact.row_index]):
            mine = next((other for other in cell.facts if other.row == fact.row), None)
            printed.append(mine.value if mine else cell.text or "")
            if mine and mine.id in self.cited:
                cited[index] = _indexes(self.cited[mine.id], pages)
            if mine and mine.id in self.errata:
                wrong[index] = _indexes(self.errata[mine.id], errata)
        return [fact.row_index + 1, "|".join(printed), cited, wrong]

    def _head(self, fact: Fact) -> Head:
        return self.book.tables[fact.source].file.columns[fact.column_index]

    def _row(self, fact: Fact) -> list[str]:
        book, entry = self.book, self.book.benchmarks[fact.benchmark]
        split = split_name(book.vocabulary, entry, fact.split)[self.language] if fact.split else ""
        own = fact.row.partition("+")[2]
        variant = book.vocabulary.variants[own].name[self.language] if own in book.vocabulary.variants else ""
        words = [fact.benchmark, split, variant, self._unit(fact.unit), fact.direction]
        metric, usual = (metric_of(book, fact.benchmark, part, self.language) for part in (fact.split, None))
        return words if metric == usual else [*words, metric]

    def _benchmark(self, identity: str) -> list[str]:
        entry = self.book.benchmarks[identity]
        texts = [text[self.language] if text else "" for text in (entry.name, entry.measures, entry.metric)]
        return [*texts, self._page("benchmarks", identity)]

    def _column(self, fact: Fact) -> list[str]:
        book, language = self.book, self.language
        head = self._head(fact)
        mode = book.vocabulary.modes.get(head.mode or "")
        variant = book.vocabulary.variants.get(head.variant or "")
        entry = book.models.get(fact.model)
        sizes = entry.parameters if entry else None
        size = "/".join(filter(None, (sizes.total, sizes.activated))) if sizes else ""
        return [
            book.subject_name(fact.model, language),
            mode.name[language] if mode else "",
            variant.name[language] if variant else "",
            size,
            fact.reasoning[0],
            self._page("models", fact.model),
        ]

    def _report(self, identity: str) -> list[str]:
        report = self.book.reports[identity]
        year = (report.published or "20" + report.arxiv)[:4]
        return [report.name, report.title, report.arxiv, report.authors or "", year, report.url]

    def _quantity(self, identity: str) -> list[str]:
        book, language = self.book, self.language
        quantity = book.quantities[identity]
        entry = quantity.entry
        unit = "" if entry.value.endswith("%") else self._unit(entry.unit)
        source = book.reports.get(quantity.source) or book.papers[quantity.source]
        locator = locator_name(book, quantity.source, entry.locator, language)
        subject = book.subject_name(entry.subject, language)
        return [entry.name[language], entry.value, unit, subject, locator, source.name, source.url or ""]

    def _unit(self, identity: str) -> str:
        unit = self.book.vocabulary.units.get(identity)
        return "" if unit is None or identity in SILENT_UNITS else (unit.symbol or unit.name)[self.language]

    def _page(self, kind: str, identity: str) -> str:
        return f"{kind}/{identity}/" if self.links.has(kind, identity) else ""


def _indexes(keys: Iterable[str], places: dict[str, int]) -> list[int]:
    """The place of each key, a new one added at the end."""
    return [places.setdefault(key, len(places)) for key in keys]


def words(environment: Environment, to_json: Any) -> str:
    """The module that gives the script its words: every interface string whose key begins with `ui-`."""
    found = {
        key.removeprefix("ui-"): text[environment.language]
        for key, text in environment.strings.items()
        if key.startswith("ui-")
    }
    return f"export default {to_json(found).strip()};\n"
