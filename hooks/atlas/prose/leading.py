"""Leads that say who is ahead, before the numbers that show it: "GPT-5 在前：ERQA 上，…"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ..book import Fact
from .binding import Binding
from .scope import Reading

# matches "：", "面：" and "**：" right after 在前
LEAD_END = re.compile(r"面?\**[：:](?!\d)")


def ahead(
    reading: Reading, bindings: Sequence[Binding], begin: int, start: int, end: int, rivals: Sequence[str]
) -> list[tuple[Fact, Fact]] | None:
    """The pairs (who is said to be ahead, who behind) of a lead, or None where the words are no lead or name nobody.

    The models (else the modes) named in `begin`..`start` are compared with the others of the same benchmark and split
    after the colon. A lead that names none is about the first result after it, or about that result's best rival.
    """
    text = reading.unit.text
    if not LEAD_END.match(text, end):
        return None
    facts = [f for b in bindings if b.kind == "fact" and b.number.start > end for f in b.facts if f.number is not None]
    lead = [m for m in reading.mentions if begin <= m.start < start]
    named = {i for m in lead if m.kind == "model" for i in m.ids}
    modes = {i for m in lead if m.kind == "mode" for i in m.ids}
    if any(f.model in named for f in facts):
        own = [f for f in facts if f.model in named]
        return [(a, b) for a in own for b in facts if b.model not in named and _alike(a, b)] or None
    if modes and not named:
        own = [f for f in facts if f.mode in modes]
        return [(a, b) for a in own for b in facts if a.model == b.model and a.mode != b.mode and _alike(a, b)] or None
    rival = any(word in text[begin:start] for word in rivals)
    pairs = [(facts[0], other) for other in facts[1:] if other.model != facts[0].model and _alike(other, facts[0])]
    if not pairs:
        return None
    if rival:
        return [max(((b, a) for a, b in pairs), key=lambda pair: _margin(*pair))]
    return [min(pairs, key=lambda pair: _margin(*pair))]


def better(first: Fact, second: Fact) -> bool:
    """Whether the first result is better than the second, in the benchmark's direction."""
    return _margin(first, second) > 0


def _margin(first: Fact, second: Fact) -> Decimal:
    assert first.number is not None and second.number is not None
    return second.number - first.number if first.direction == "lower" else first.number - second.number


def _alike(first: Fact, second: Fact) -> bool:
    return (first.benchmark, first.split) == (second.benchmark, second.split)
