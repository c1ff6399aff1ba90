"""Sections of reports that a page cites: its text and its list of sources agree about them (N114, N115)."""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import Problem
from .binding import Binding
from .findings import Reporter
from .names import Names
from .page import Block


def check_sections(
    bindings: list[Binding], heading: Block | None, path: str, names: Names, reporter: Reporter
) -> Iterator[Problem]:
    """A section cited in the text stands in the page's sources (N114).

    A section in the sources tells something that the page tells (N115): the text cites it or a part of it, the report's
    register says that it is told on this page, or a number of the page is located there; none is listed twice. `heading` opens the sources.
    """
    if heading is None:
        return
    cited = [b for b in bindings if b.kind == "reference" and b.message.get("place") == "section"]
    sources = [b for b in cited if _below(b.reading.unit.block, heading)]
    text = [b for b in cited if b not in sources]
    listed = {i for b in sources for i in _meant(b)}
    if not listed:
        return
    for binding in text:
        if not listed.intersection(_meant(binding)):
            yield _problem(binding, "N114", reporter)
    told = {i for b in text for i in _meant(b)} | _told_here(path, names) | _located(bindings, names)
    seen: set[str] = set()
    for binding in sources:
        twice = seen.issuperset(_meant(binding))
        seen.update(_meant(binding))
        if twice or not any(i == j or j.startswith(f"{i}.") for i in _meant(binding) for j in told):
            yield _problem(binding, "N115", reporter)


def _meant(binding: Binding) -> list[str]:
    """The sections that a citation may mean: the number in each report that its surroundings allow."""
    return list(binding.message.get("sections", binding.ids))  # type: ignore[no-any-return, call-overload]


def _below(block: Block, heading: Block) -> bool:
    return block.section == heading.section or heading in block.headings


def _told_here(path: str, names: Names) -> set[str]:
    return names.book.told_on.get(path.split("/", 2)[-1], set())


def _located(bindings: list[Binding], names: Names) -> set[str]:
    """The sections in which the page's quantities and tables stand."""
    found = set()
    for binding in bindings:
        for identity in binding.ids:
            quantity = names.book.quantities.get(identity)
            if quantity:
                found.add(f"{quantity.source}/section-{quantity.entry.locator}")
        for fact in binding.facts:
            table = names.book.tables.get(fact.source)
            if table:
                found.add(f"{fact.report}/section-{table.file.section}")
    return found


def _problem(binding: Binding, code: str, reporter: Reporter) -> Problem:
    number = binding.number
    message = reporter.text[code].format(text=number.text)
    return reporter.problem(binding.reading.unit.offsets[number.start], number.end - number.start, code, message)
