"""Leads that say who is ahead, before the numbers that show it: "GPT-5 在前：ERQA 上，…"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ..book import Fact
from .binding import Binding
from .reading import Reading
from .scope import PageReading

# matches "：", "面：" and "**：" right after 在前
LEAD_END = re.compile(r"面?\**[：:](?!\d)")


def ahead(
    pages: PageReading, reading: Reading, bindings: Sequence[Binding], begin: int, start: int, end: int
) -> list[tuple[Fact, Fact]] | None:
    """The pairs (who is said to be ahead, who behind) of a lead, or None where the words are no lead or name nobody.

    The models (else the modes) named in `begin`..`start` are compared with the others of the same benchmark and split
    after the colon. A lead that names none is about the first result after it, or about that result's best rival.
    Without a colon only modes are compared: 六个尺寸都是指令在前.
    """
    text = reading.unit.text
    words = pages.names.book.lexicon.leads
    facts = [f for b in bindings if b.kind == "fact" and b.number.start > end for f in b.facts if f.number is not None]
    lead = [m for m in reading.mentions if begin <= m.start < start]
    named = {i for m in lead if m.kind == "model" for i in m.ids}
    modes = {i for m in lead if m.kind == "mode" for i in m.ids}
    if not LEAD_END.match(text, end):
        begin = max(begin, text.rfind("：", begin, start) + 1, text.rfind(": ", begin, start) + 1)
        modes = {i for m in lead if m.kind == "mode" and m.start >= begin for i in m.ids}
        everywhere = any(word in text[begin:start] for word in words.everywhere)
        measured = _measured(pages, reading, begin, end, everywhere) if named else facts
        return _of_modes(measured, modes) if len(modes) == 1 else None
    if any(f.model in named for f in facts):
        own = [f for f in facts if f.model in named]
        return [(a, b) for a in own for b in facts if b.model not in named and _alike(a, b)] or None
    if modes and not named:
        return _of_modes(facts, modes)
    rival = any(word in text[begin:start] for word in words.rivals)
    pairs = [(facts[0], other) for other in facts[1:] if other.model != facts[0].model and _alike(other, facts[0])]
    if not pairs:
        return None
    if rival:
        return [max(((b, a) for a, b in pairs), key=lambda pair: _margin(*pair))]
    return [min(pairs, key=lambda pair: _margin(*pair))]


def _measured(pages: PageReading, reading: Reading, begin: int, end: int, everywhere: bool) -> list[Fact]:
    """What the models named before a lead scored: on the benchmark in scope, or on all of the page's capability."""
    names = pages.names
    if everywhere:
        benchmarks = [i for i, b in names.book.benchmarks.items() if b.capability == pages.matter.capability]
    else:
        pick = pages.pick("benchmark", reading, end, end)
        benchmarks = list(pick.ids) if pick and len(pick.ids) == 1 else []
    models = [i for m in reading.of_kind["model"] if begin <= m.start < end for i in m.ids]
    return [f for m in models for b in benchmarks for f in names.by_key.get((b, m), ()) if f.number is not None]


def _of_modes(facts: Sequence[Fact], modes: set[str]) -> list[tuple[Fact, Fact]] | None:
    """The pairs of one model's results in one of the modes and in another, under the same conditions."""
    own = [f for f in facts if f.mode in modes]
    return [
        (a, b)
        for a in own
        for b in facts
        if (a.model, a.variant) == (b.model, b.variant) and a.mode != b.mode and _alike(a, b)
    ] or None


def better(first: Fact, second: Fact) -> bool:
    """Whether the first result is better than the second, in the benchmark's direction."""
    return _margin(first, second) > 0


def _margin(first: Fact, second: Fact) -> Decimal:
    assert first.number is not None and second.number is not None
    return second.number - first.number if first.direction == "lower" else first.number - second.number


def _alike(first: Fact, second: Fact) -> bool:
    return (first.benchmark, first.split) == (second.benchmark, second.split)
