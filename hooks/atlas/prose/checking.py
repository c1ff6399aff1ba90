"""Pages -> bindings, claims and findings: the whole check of the prose, one page after another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from ..book import Fact
from ..collecting import paused
from ..problems import Problem
from ..reading import read
from .binder import Binder
from .binding import Binding
from .claim import Claim, Words
from .claims import Claimer
from .derived import Deriver
from .findings import Reporter
from .markdown import Block, Page, Unit, parse
from .names import Names
from .notes import KEYS, Item, Notes, PageMatter, read_matter
from .proposing import Proposer
from .repairing import Repairer
from .scope import PageReading, Reading
from .sections import check_sections
from .wording import leads, mixed_sizes, qualifiers, unknown_names

# matches " 至表 ", " to Table ", "–": what joins the ends of a range of tables
RANGE = re.compile(r"^\s*(?:至|到|–|—|-|to)\s*(?:表|Tables?)?\s*$")
SET_WORDS = ("个模型", "列", "个结果", "个成绩", "项结果", "个得分", "个", "项", "models", "results", "columns")


@dataclass(slots=True)
class Bound:
    """One number of a page as published: `start` and `end` are offsets in the source."""

    path: str
    line: int
    column: int
    start: int
    end: int
    text: str
    kind: str
    ids: tuple[str, ...]
    noted: bool
    in_code: bool


@dataclass(slots=True)
class Checked:
    """One comparison of a page as published; `set_size` is the number of results a superlative was the best of."""

    path: str
    line: int
    column: int
    start: int
    end: int
    text: str
    kind: str
    verdict: str
    operands: tuple[str, ...]
    set_size: int


@dataclass(slots=True)
class Results:
    """What the check found in all pages."""

    bindings: list[Bound] = field(default_factory=list)
    claims: list[Checked] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class PageResult:
    """One page read to the end, with the records that `explain` and the tests look into."""

    page: Page
    reading: PageReading
    bindings: list[Binding]
    claims: list[Claim]
    problems: list[Problem]


class Checker:
    """The check with its indexes, built once per book."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.words = Words(names.book.lexicon)

    def check(
        self, source: str, path: str, language: str, *, matter: PageMatter | None = None, repair: bool = True
    ) -> PageResult:
        """Read one page and recompute what it states.

        `language` (zh or en) is that of the findings. `matter` replaces what the front matter says. Without `repair`
        no fixes are looked for.
        """
        with paused():
            return self._check(source, path, language, matter, repair)

    def _check(self, source: str, path: str, language: str, matter: PageMatter | None, repair: bool) -> PageResult:
        page = parse(source)
        matter = matter or read_matter(page.matter, capability=_capability(path, self.names))
        pages = PageReading(page, self.names, matter)
        binder = Binder(pages)
        deriver, claimer = Deriver(binder), Claimer(binder, self.words)
        reporter = Reporter(page, path, self.names, language)
        result = PageResult(page, pages, [], [], [])
        for block in page.blocks:
            earlier: list[Binding] = []
            for unit in block.units:
                reading = pages.of_unit[id(unit)]
                bindings, claims = _unit(binder, deriver, claimer, reading, earlier)
                earlier += bindings
                result.bindings += bindings
                result.claims += claims
        _check_references(result, self.names, reporter)
        result.problems += _check_sources(result, self.names, reporter)
        fixes: dict[int, tuple[str, ...]] = {}
        if repair:
            repairer = Repairer(pages, Proposer(binder, language), partial(_unit, binder, deriver, claimer), language)
            fixes = repairer.fixes(result.bindings, result.claims)
        result.problems += [reporter.of_binding(b, fixes.get(id(b), ())) for b in result.bindings if not b.ok]
        result.problems += [
            reporter.of_claim(c, fixes.get(id(c), ())) for c in result.claims if c.verdict in ("false", "unbound")
        ]
        result.problems += check_sections(result.bindings, _sources_heading(page), path, self.names, reporter)
        result.problems += unknown_names(pages, reporter)
        result.problems += mixed_sizes(pages, reporter)
        result.problems += leads(pages, result.bindings, reporter)
        result.problems += qualifiers(result.bindings, self.names, reporter)
        result.problems += _note_problems(pages, reporter, self)
        return result


def check_pages(sources: Mapping[str, str], names: Names, language: str) -> Results:
    """Check every page: path -> source. The result's records are in page order."""
    checker = Checker(names)
    results = Results()
    with paused():
        for path, source in sources.items():
            result = checker.check(source, path, language)
            results.problems += result.problems
            results.bindings += [as_bound(b, result.page, path) for b in result.bindings]
            results.claims += [as_checked(c, result.page, path) for c in result.claims]
    return results


def as_bound(binding: Binding, page: Page, path: str) -> Bound:
    number = binding.number
    start, end = span(number.unit, number.start - len(number.signed), number.end)
    line, column = page.place(start)
    return Bound(
        path, line, column, start, end, page.source[start:end], binding.kind, binding.ids, binding.noted, number.code
    )


def as_checked(claim: Claim, page: Page, path: str) -> Checked:
    start, end = span(claim.reading.unit, claim.start, claim.end)
    line, column = page.place(start)
    return Checked(
        path, line, column, start, end, claim.text, claim.kind, claim.verdict, claim.operands, claim.set_size
    )


def span(unit: Unit, start: int, end: int) -> tuple[int, int]:
    """The range in the source of a range in a unit's text."""
    return unit.offsets[start], unit.offsets[end - 1] + 1


def _unit(
    binder: Binder, deriver: Deriver, claimer: Claimer, reading: Reading, earlier: list[Binding]
) -> tuple[list[Binding], list[Claim]]:
    bindings = binder.bind(reading)
    deriver.settle(reading, bindings, earlier)
    claims = claimer.claims(reading, bindings)
    for binding in bindings:
        if binding.code == "N101" and _counts_set(binding, claims):
            binding.kind, binding.code, binding.message = "derived", "", {"relation": "set"}
    return bindings, claims


def _counts_set(binding: Binding, claims: list[Claim]) -> bool:
    """七个模型中最高: the number is the size of the comparison set of a superlative in its sentence."""
    number = binding.number
    if number.decimals or number.scale or number.signed:
        return False
    tail = number.unit.text[number.end : number.end + 8].lstrip()
    return tail.startswith(SET_WORDS) and any(c.kind == "superlative" and c.set_size == number.value for c in claims)


def _capability(path: str, names: Names) -> str | None:
    stem = path.rsplit("/", 1)[-1].removesuffix(".md")
    return stem if stem in names.book.capabilities else None


def _check_references(result: PageResult, names: Names, reporter: Reporter) -> None:
    """A cited table holds what its sentence says (N110).

    Where the sentence (else its block; a row's first cell: its row) binds numbers, one of them stands in the table. Else the table has a row and a
    column for what the sentence names, and the tables cited together have all of it. Where nothing is named, the page
    uses the table in a number or a fence. No sentence cites a table twice.
    """
    by_unit: dict[int, list[Binding]] = {}
    by_block: dict[int, set[str]] = {}
    by_row: dict[int, set[str]] = {}
    for binding in result.bindings:
        block, used = binding.reading.unit.block, _sources([binding])
        by_unit.setdefault(id(binding.reading.unit), []).append(binding)
        by_block.setdefault(id(block), set()).update(used)
        by_row.setdefault(id(block.row), set()).update(used)
    on_page = {fact.source for b in result.bindings for fact in b.facts}
    references = [b for b in result.bindings if b.kind == "reference" and b.message.get("place") in ("table", "figure")]
    fences = _fence_tables(result.page) if references else {}
    on_page.update(*fences.values())
    for binding in references:
        unit = binding.reading.unit
        together = [
            b for b in by_unit[id(unit)] if b.kind == "reference" and b.message.get("place") == binding.message["place"]
        ]
        named = _named_in(binding.reading, names)
        used = _sources(by_unit[id(unit)]) or by_row.get(id(unit.block), set())
        used = used or (set() if any(named.values()) else by_block[id(unit.block)])
        if used:
            fits = [i for i in binding.ids if i in used or _same_values(names, i, by_unit[id(unit)])]
            fits = [i for i in fits if _covered(names, i, by_unit[id(unit)], [j for b in together for j in b.ids])]
        else:
            fits = [i for i in binding.ids if _holds_named(names, i, named, [j for b in together for j in b.ids])]
            if not any(named.values()):
                fits = [i for i in binding.ids if i in on_page] if on_page else list(binding.ids)
        twice = any(
            b is not binding and b.number.value == binding.number.value and b.number.start < binding.number.start
            for b in together
        )
        if fits and not twice:
            binding.ids = tuple(fits[:1])
            continue
        table = names.book.tables[binding.ids[0]]
        binding.kind, binding.code = "error", "N110"
        shown = used or fences.get(unit.block.section, set()) or on_page
        options = "、".join(
            names.book.tables[t].label(reporter.language) for t in sorted(shown) if t in names.book.tables
        )
        kind = str(binding.message["place"])
        binding.message = {
            "label": table.label(reporter.language),
            "options": options,
            "place": kind,
            "tables": sorted(shown),
        }


def _check_sources(result: PageResult, names: Names, reporter: Reporter) -> list[Problem]:
    """A section called 来源 or Sources lists every table that the page uses in a number or a `scores` fence (N111)."""
    heading = _sources_heading(result.page)
    if heading is None:
        return []
    used = {fact.source for b in result.bindings for fact in b.facts}
    used.update(*_fence_tables(result.page, "scores").values())
    listed: set[str] = set()
    references = [
        b for b in result.bindings
        if b.kind == "reference" and b.message.get("place") in ("table", "figure")
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
        return []
    names_of = "、".join(
        f"{names.book.reports[t.split('/')[0]].name} {names.book.tables[t].label(reporter.language)}" for t in missing
    )
    unit = heading.units[0]
    text = reporter.text["N111"].format(options=names_of)
    return [reporter.problem(unit.offsets[0], len(unit.text), "N111", text)]


def _sources_heading(page: Page) -> Block | None:
    return next((b for b in page.blocks if b.kind == "heading" and _title(b) in ("来源", "Sources")), None)


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


def _fence_tables(page: Page, *kinds: str) -> dict[int, set[str]]:
    """The tables that each section's fences (of the given kinds, else of any) show."""
    found: dict[int, set[str]] = {}
    for fence in page.fences:
        if kinds and fence.kind not in kinds:
            continue
        document, _ = read(fence.body, "fence")
        data = document.data if isinstance(document.data, dict) else {}
        tables = data.get("tables") or []
        report = data.get("report")
        for name in tables if isinstance(tables, list) else [tables]:
            text = str(name)
            if report and "/" not in text:
                text = f"{report}/table-{int(text):02d}" if text.isdigit() else f"{report}/{text}"
            found.setdefault(fence.section, set()).add(text)
    return found


def _note_problems(pages: PageReading, reporter: Reporter, checker: Checker) -> list[Problem]:
    problems = []
    for block in pages.page.blocks:
        notes = pages.notes[id(block)]
        for offset, why, words in notes.broken:
            text = reporter.text[f"N302-{why}"].format(words=words)
            problems.append(reporter.problem(offset, 3, "N302", text))
        for item in (*notes.items, *notes.below):
            unknown = _unknown(item.key, item.value, checker.names)
            if unknown:
                text = reporter.text["N303"].format(name=unknown)
                problems.append(reporter.problem(item.offset, len(item.key) + 1 + len(item.value), "N303", text))
    problems += unused_notes(pages, reporter, checker)
    return problems


def _unknown(key: str, value: str, names: Names) -> str | None:
    book = names.book
    registries = {"bench": book.benchmarks, "benchmark": book.benchmarks, "model": book.models, "subject": book.models,
                  "mode": book.vocabulary.modes, "variant": book.vocabulary.variants, "report": book.reports}  # fmt: skip
    registry = registries.get(key)
    if registry is None:
        return None
    return next((part for part in value.split(",") if part not in registry), None)


def unused_notes(pages: PageReading, reporter: Reporter, checker: Checker) -> list[Problem]:
    """Every key of a note must change how some number or comparison of its block is read (N301)."""
    problems = []
    for block in pages.page.blocks:
        notes = pages.notes[id(block)]
        if not notes.items or not block.notes:
            continue
        before = list(_outcomes(pages, block, checker))
        kept = []  # caches go by the identity of notes, so tried ones must not be freed
        unused: dict[object, bool] = {}  # all items of one scope key are taken away together
        for item in notes.items:
            key = KEYS.get(item.key, item)
            if key not in unused:
                removed = _without(notes, item)
                kept.append(removed)
                for unit in block.units:
                    pages.of_unit[id(unit)].notes = removed
                unused[key] = all(a == b for a, b in zip(before, _outcomes(pages, block, checker), strict=False))
                for unit in block.units:
                    pages.of_unit[id(unit)].notes = notes
            if unused[key]:
                text = reporter.text["N301"].format(key=item.key, value=item.value)
                problems.append(reporter.problem(item.offset, len(item.key) + 1 + len(item.value), "N301", text))
    return problems


def _without(notes: Notes, item: Item) -> Notes:
    scope = {key: value for key, value in notes.scope.items() if key != KEYS.get(item.key)}
    values = {key: value for key, value in notes.values.items() if value is not item}
    ignored = {key: value for key, value in notes.ignored.items() if value is not item}
    return Notes(scope, values, ignored, notes.scope_below, notes.items, notes.below, notes.broken)


def _outcomes(pages: PageReading, block: Block, checker: Checker) -> Iterator[list[tuple[object, ...]]]:
    """What each unit of a block states, one after another, so that the first difference is enough."""
    binder = Binder(pages)
    deriver, claimer = Deriver(binder), Claimer(binder, checker.words)
    earlier: list[Binding] = []
    for unit in block.units:
        bindings, claims = _unit(binder, deriver, claimer, pages.of_unit[id(unit)], earlier)
        earlier += bindings
        stated: list[tuple[object, ...]] = [(b.number.start, b.kind, b.ids, b.code) for b in bindings]
        yield stated + [(c.start, c.verdict, c.operands) for c in claims]
