"""The notes of a page, checked: each can be read, names what there is, and changes how something is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..problems import Problem
from .binding import Binding
from .findings import Reporter
from .names import Names
from .notes import KEYS, Item, Notes
from .reading import Reading
from .repairing import Read
from .scope import PageReading

BUDGET = 200_000  # letters that are read again for one page at most; the notes beyond are taken for used


def check_notes(pages: PageReading, read: Read, reporter: Reporter) -> list[Problem]:
    """Every note can be read (N302), names what there is (N303) and changes something (N301).

    `read` reads one unit: (reading, bindings of the block's units before) -> its bindings and claims.
    """
    problems = []
    for block in pages.page.blocks:
        notes = pages.notes[id(block)]
        for offset, why, words in notes.broken:
            text = reporter.text[f"N302-{why}"].format(words=words)
            problems.append(reporter.problem(offset, 3, "N302", text))
        for item in (*notes.items, *notes.below):
            unknown = _unknown(item.key, item.value, pages.names)
            if unknown:
                text = reporter.text["N303"].format(name=unknown)
                problems.append(reporter.problem(item.offset, len(item.key) + 1 + len(item.value), "N303", text))
    problems += _unused(pages, read, reporter)
    return problems


def _unknown(key: str, value: str, names: Names) -> str | None:
    book = names.book
    registries = {"bench": book.benchmarks, "benchmark": book.benchmarks, "model": book.models, "subject": book.models,
                  "mode": book.vocabulary.modes, "variant": book.vocabulary.variants, "report": book.reports}  # fmt: skip
    registry = registries.get(key)
    if registry is None:
        return None
    return next((part for part in value.split(",") if part not in registry), None)


def _unused(pages: PageReading, read: Read, reporter: Reporter) -> Iterator[Problem]:
    """Every key of a note must change how some number or comparison of its block is read (N301)."""
    budget = BUDGET
    for block in pages.page.blocks:
        notes = pages.notes[id(block)]
        if not notes.items or not block.notes:
            continue
        readings = [pages.of_unit[id(unit)] for unit in block.units]
        before = list(_outcomes(readings, notes, read, []))
        written = _written(readings)
        kept = []  # caches go by the identity of notes, so tried ones must not be freed
        unused: dict[object, bool] = {}  # all items of one scope key are taken away together
        for item in notes.items:
            key = KEYS.get(item.key, item)
            if key not in unused:
                start = 0 if item.key in KEYS else written.get(item.value if item.key == "ignore" else item.key)
                unused[key] = budget > 0
                if start is not None and budget > 0:
                    kept.append(_without(notes, item))
                    earlier = [binding for bindings, _ in before[:start] for binding in bindings]
                    after = _outcomes(readings[start:], kept[-1], read, earlier)
                    for reading, (_, stated), (_, trial) in zip(readings[start:], before[start:], after, strict=False):
                        budget -= 1 + len(reading.unit.text)
                        if trial != stated:
                            unused[key] = False
                            break
            if unused[key]:
                text = reporter.text["N301"].format(key=item.key, value=item.value)
                yield reporter.problem(item.offset, len(item.key) + 1 + len(item.value), "N301", text)


def _written(readings: Sequence[Reading]) -> dict[str, int]:
    """The first unit in which each number stands, by what a note may call it."""
    found: dict[str, int] = {}
    for index, reading in enumerate(readings):
        for number in reading.numbers:
            for key in number.keys:
                found.setdefault(key, index)
    return found


def _without(notes: Notes, item: Item) -> Notes:
    scope = {key: value for key, value in notes.scope.items() if key != KEYS.get(item.key)}
    values = {key: value for key, value in notes.values.items() if value is not item}
    ignored = {key: value for key, value in notes.ignored.items() if value is not item}
    return Notes(scope, values, ignored, notes.scope_below, notes.items, notes.below, notes.broken)


def _outcomes(
    readings: Sequence[Reading], notes: Notes, read: Read, earlier: list[Binding]
) -> Iterator[tuple[list[Binding], list[tuple[object, ...]]]]:
    """The bindings of each unit under other notes and what it states; one after another, so that the first difference
    is enough."""
    for reading in readings:
        own, reading.notes = reading.notes, notes
        bindings, claims = read(reading, earlier)
        reading.notes = own
        earlier += bindings
        stated: list[tuple[object, ...]] = [(b.number.start, b.kind, b.ids, b.code) for b in bindings]
        yield bindings, stated + [(c.start, c.verdict, c.operands) for c in claims]
