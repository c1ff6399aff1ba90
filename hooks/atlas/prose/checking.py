"""Pages -> bindings, claims and findings: the whole check of the prose, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from ..collecting import paused, sweep
from ..problems import Problem
from ..spreading import spread
from .binder import Binder
from .binding import Binding
from .choosing import choices
from .citations import Citations
from .claim import Claim, Words
from .claims import Claimer
from .derived import Deriver
from .differences import own_difference
from .findings import Reporter
from .lists import mixed_sizes, repeated
from .markdown import parse
from .modes import modes_had, modes_led
from .names import Names
from .notes import PageMatter, read_matter
from .noting import check_notes
from .page import Page, Unit
from .proposing import Proposer
from .reading import Reading
from .repairing import Repairer
from .scope import PageReading
from .sections import check_sections
from .wording import leads, qualifiers, unknown_names

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
        read = partial(_unit, binder, deriver, claimer)
        result = PageResult(page, pages, [], [], [])
        for block in page.blocks:
            earlier: list[Binding] = []
            for unit in block.units:
                reading = pages.of_unit[id(unit)]
                bindings, claims = read(reading, earlier)
                earlier += bindings
                result.bindings += bindings
                result.claims += claims
        citations = Citations(page, result.bindings, reporter)
        citations.check_references()
        result.problems += citations.check_sources()
        fixes: dict[int, tuple[str, ...]] = {}
        if repair:
            repairer = Repairer(pages, Proposer(binder, language), read, language)
            fixes = repairer.fixes(result.bindings, result.claims)
        result.problems += [reporter.of_binding(b, fixes.get(id(b), ())) for b in result.bindings if not b.ok]
        result.problems += [
            reporter.of_claim(c, fixes.get(id(c), ())) for c in result.claims if c.verdict in ("false", "unbound")
        ]
        result.problems += check_sections(result.bindings, citations.heading, path, self.names, reporter)
        result.problems += unknown_names(pages, reporter)
        result.problems += mixed_sizes(pages, reporter)
        result.problems += choices(pages, reporter)
        result.problems += leads(pages, result.bindings, reporter)
        result.problems += modes_had(pages, reporter)
        result.problems += repeated(pages, reporter)
        result.problems += modes_led(pages, result.bindings, reporter)
        result.problems += qualifiers(result.bindings, self.names, reporter)
        result.problems += check_notes(pages, read, reporter)
        return result


def check_pages(sources: Mapping[str, str], names: Names, language: str, processes: int | None = None) -> Results:
    """Check every page: path -> source. The result's records are in page order. `processes` as `spread` has it."""
    checker = Checker(names)

    def check(path: str) -> Results:
        with paused():
            result = checker.check(sources[path], path, language)
            bindings = [as_bound(b, result.page, path) for b in result.bindings]
            claims = [as_checked(c, result.page, path) for c in result.claims]
            found = Results(bindings, claims, result.problems)
            del result
            sweep()
        return found

    results = Results()
    for found in spread(check, list(sources), processes):
        results.bindings += found.bindings
        results.claims += found.claims
        results.problems += found.problems
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
    if bindings:
        deriver.settle(reading, bindings, earlier)
    claims = claimer.claims(reading, bindings, earlier)
    for binding in bindings:
        if binding.code == "N101" and _counts_set(binding, claims):
            binding.kind, binding.code, binding.message = "derived", "", {"relation": "set"}
    for claim in claims:
        if claim.kind == "comparison" and claim.verdict == "true":
            own_difference(binder.book, claim, bindings)
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
