"""Tables that a page cites: each citation fits its sentence (N110), and the list of sources is complete (N111)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from ..book import Fact
from ..problems import Problem
from ..reading import read
from .binding import Binding
from .findings import Reporter
from .names import Names
from .page import Block, Page
from .reading import Reading

# matches " 至表 ", " to Table ", "–": what joins the ends of a range of tables
RANGE = re.compile(r"^\s*(?:至|到|–|—|-|to)\s*(?:表|Tables?)?\s*$")


class Citations:
    """The tables that one page cites, shows in fences and takes numbers from."""

    def __init__(self, page: Page, bindings: Sequence[Binding], reporter: Reporter) -> None:
        self.page, self.bindings, self.reporter = page, bindings, reporter
        self.names: Names = reporter.names
        self.references = [
            b for b in bindings if b.kind == "reference" and b.message.get("place") in ("table", "figure")
        ]
        self.heading = next((b for b in page.blocks if b.kind == "heading" and _title(b) in ("来源", "Sources")), None)

    @cached_property
    def fences(self) -> list[tuple[str, int, set[str]]]:
        """The kind and section of each fence and the tables it shows."""
        return [(fence.kind, fence.section, _tables(fence.body)) for fence in self.page.fences]

    @cached_property
    def used(self) -> set[str]:
        """The tables in which numbers of the page stand."""
        return {fact.source for b in self.bindings for fact in b.facts}

    @cached_property
    def on_page(self) -> set[str]:
        """The tables that the page uses in a number or a fence."""
        return self.used.union(*(tables for _, _, tables in self.fences))

    def check_references(self) -> None:
        """A cited table holds what its sentence says (N110).

        Where the sentence (else its block; a row's first cell: its row) binds numbers, one of them stands in the
        table. Else the table has a row and a column for what the sentence names, and the tables cited together have
        all of it. Where nothing is named, the page uses the table in a number or a fence. No sentence cites a table
        twice.
        """
        if not self.references:
            return
        by_unit: dict[int, list[Binding]] = {}
        by_block: dict[int, set[str]] = {}
        by_row: dict[int, set[str]] = {}
        for binding in self.bindings:
            by_unit.setdefault(id(binding.reading.unit), []).append(binding)
            if used := _sources([binding]):
                block = binding.reading.unit.block
                by_block.setdefault(id(block), set()).update(used)
                by_row.setdefault(id(block.row), set()).update(used)
        for binding in self.references:
            unit = binding.reading.unit
            beside = by_unit[id(unit)]
            used = _sources(beside) or by_row.get(id(unit.block), set())
            self._check_reference(binding, beside, used, by_block.get(id(unit.block), set()))

    def _check_reference(self, binding: Binding, beside: list[Binding], used: set[str], in_block: set[str]) -> None:
        """One citation; `beside` are the bindings of its sentence, `used` the tables of these or of its row."""
        names, place = self.names, binding.message["place"]
        together = [b for b in beside if b.kind == "reference" and b.message.get("place") == place]
        cited = [i for b in together for i in b.ids]
        named = _named_in(binding.reading, names)
        if not used and not any(named.values()):
            used = in_block
        if used:
            fits = [i for i in binding.ids if i in used or _same_values(names, i, beside)]
            fits = [i for i in fits if _covered(names, i, beside, cited)]
        elif any(named.values()):
            fits = [i for i in binding.ids if _holds_named(names, i, named, cited)]
        else:
            fits = [i for i in binding.ids if not self.on_page or i in self.on_page]
        twice = any(
            b is not binding and b.number.value == binding.number.value and b.number.start < binding.number.start
            for b in together
        )
        if fits and not twice:
            binding.ids = tuple(fits[:1])
            return
        tables, language = names.book.tables, self.reporter.language
        section = binding.reading.unit.block.section
        in_section = set().union(*(shown for _, at, shown in self.fences if at == section))
        shown = sorted(used or in_section or self.on_page)
        binding.kind, binding.code = "error", "N110"
        binding.message = {
            "label": tables[binding.ids[0]].label(language),
            "options": "、".join(tables[t].label(language) for t in shown if t in tables),
            "place": str(place),
            "tables": shown,
        }

    def check_sources(self) -> Iterator[Problem]:
        """A section called 来源 or Sources lists every table that the page uses in a number or a `scores` fence (N111)."""
        heading, names = self.heading, self.names
        if heading is None:
            return
        used = self.used.union(*(tables for kind, _, tables in self.fences if kind == "scores"))
        listed: set[str] = set()
        references = [
            b for b in self.references
            if b.kind == "reference"
            and (b.reading.unit.block.section == heading.section or heading in b.reading.unit.block.headings)
        ]  # fmt: skip
        for before, binding in zip([None, *references], references, strict=False):
            listed.update(binding.ids)
            if before and before.reading.unit is binding.reading.unit:
                between = binding.reading.unit.text[before.number.end : binding.number.start]
                if RANGE.match(between):
                    report = binding.ids[0].split("/")[0]
                    span_of = range(int(before.number.value), int(binding.number.value))
                    listed.update(f"{report}/table-{number:02d}" for number in span_of)
        missing = sorted(table for table in used - listed if table in names.book.tables)
        if not missing or not references:
            return
        reporter = self.reporter
        names_of = "、".join(
            f"{names.book.reports[t.split('/')[0]].name} {names.book.tables[t].label(reporter.language)}"
            for t in missing
        )
        unit = heading.units[0]
        text = reporter.text["N111"].format(options=names_of)
        yield reporter.problem(unit.offsets[0], len(unit.text), "N111", text)


def _title(block: Block) -> str:
    return block.units[0].text.strip() if block.units else ""


def _covered(names: Names, table: str, bindings: list[Binding], together: list[str]) -> bool:
    """Whether the tables that a sentence cites hold all of its numbers that stand in the cited report."""
    report = table.split("/")[0]
    cited = {table, *together}
    return all(
        fact.source in cited or any(_prints(names, other, fact) for other in cited)
        for binding in bindings
        for fact in binding.facts
        if fact.report == report
    )


def _prints(names: Names, table: str, fact: Fact) -> bool:
    """Whether a table prints the same result."""
    return any(
        other.source == table and other.value == fact.value and other.mode == fact.mode and other.split == fact.split
        for other in names.by_key.get((fact.benchmark, fact.model), ())
    )


def _sources(bindings: list[Binding]) -> set[str]:
    """The tables in which the bound numbers (and counted wins) stand."""
    used = {fact.source for b in bindings for fact in b.facts}
    return used | {i.rsplit("/", 1)[0] for b in bindings if b.message.get("relation") == "wins" for i in b.ids}


def _named_in(reading: Reading, names: Names) -> dict[str, set[str]]:
    """The benchmarks, single models and variants that a sentence names."""
    models = names.book.models
    found: dict[str, set[str]] = {"benchmark": set(), "model": set(), "variant": set()}
    for mention in reading.mentions:
        if mention.kind in ("benchmark", "variant") or (
            mention.kind == "model" and all(models[i].kind != "series" for i in mention.ids)
        ):
            found[mention.kind].update(mention.ids)
    return found


def _holds_named(names: Names, table: str, named: dict[str, set[str]], together: list[str]) -> bool:
    """Whether a table has something of each kind that is named, and the tables cited with it have all of it."""
    cited = {table, *together}
    for kind, ids in named.items():
        if ids and not ids & names.held[table][kind]:
            return False
        if ids and ids - set().union(*(names.held[t][kind] for t in cited)):
            return False
    return True


def _same_values(names: Names, table: str, bindings: list[Binding]) -> bool:
    """Whether a table prints the same result as one of the facts: one score may stand in two tables."""
    return any(_prints(names, table, fact) for binding in bindings for fact in binding.facts)


def _tables(body: str) -> set[str]:
    """The tables that a fence shows."""
    document, _ = read(body, "fence")
    data = document.data if isinstance(document.data, dict) else {}
    tables = data.get("tables") or []
    report = data.get("report")
    found = set()
    for name in tables if isinstance(tables, list) else [tables]:
        text = str(name)
        if report and "/" not in text:
            text = f"{report}/table-{int(text):02d}" if text.isdigit() else f"{report}/{text}"
        found.add(text)
    return found
