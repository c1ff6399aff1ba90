"""What stands around numbers and names: names with digits that nothing registers, and 约, 超过, 以上 before a quantity.

Both are readings of the words alone: the value of a number plays no part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from ..model import Quantity
from ..problems import Problem
from .binding import Binding
from .findings import Reporter
from .names import Mention, Names
from .reading import Reading
from .repairing import WRITE
from .scope import PageReading
from .surroundings import REACH

# matches "Qwen3-VL-38B", "S4", "Pass@64"; group 0 is the whole word
WORD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]*(?:[-_.@/+*'][A-Za-z0-9]+)*")
REACH_OF_NAME = 40  # characters on either side of a digit in which its word is looked for
# matches "附录 A.1.1", "Appendix B": what a word in Latin letters and digits is the number of
APPENDIX = re.compile(r"(?:附录|Appendix)\s*$")
# matches the colon after a lead: "0.6B 收获很少："
COLON = re.compile(r"[：:](?!\d)")
# matches "及以上" after a size: it stands for others
BOUNDED = re.compile(r"\s?(?:及|或)?(?:以上|以下|以内)")
# matches what ends the reach of a qualifier: a mark or another number; not the 32 of "QwQ-32B"
BREAK = re.compile(r"[，；。、,;（(]|(?<![A-Za-z0-9.-])\d")
BEFORE, AFTER = 24, 6  # characters in which a qualifier of a number is looked for, within its clause


def unknown_names(pages: PageReading, reporter: Reporter) -> Iterator[Problem]:
    """Every word in Latin letters with a digit is a registered name, a mask of the lexicon, a unit or an appendix
    (N112): Qwen3-VL-38B is no model."""
    reports = pages.names.book.reports.values()
    for reading in pages.readings:
        text, unit = reading.unit.text, reading.unit
        shown = -1
        for start, end in reading.unread:
            words = WORD.finditer(text, max(0, start - REACH_OF_NAME), end + REACH_OF_NAME)
            word = next((w for w in words if w.end() >= end), None)
            if word is None or not shown < word.start() <= start or unit.in_code(start):
                continue
            if APPENDIX.search(text[max(0, word.start() - 12) : word.start()]) and any(
                word[0] in r.sections for r in reports
            ):
                continue
            shown = word.start()
            message = reporter.text["N112"].format(name=word[0])
            fixes = tuple(WRITE[reporter.language].format(text=name) for name in _alike(word[0], pages.names))
            yield reporter.problem(unit.offsets[word.start()], len(word[0]), "N112", message, fixes=fixes)


def leads(pages: PageReading, bindings: list[Binding], reporter: Reporter) -> Iterator[Problem]:
    """A model named before a colon is among those named after it, a bare size at least by its size (N116):
    "0.6B 收获很少：AIME'24 上，Qwen3-0.6B 思考得 10.7"."""
    scored: dict[int, set[str]] = {}
    for binding in bindings:
        if binding.kind == "fact":
            scored.setdefault(id(binding.reading.unit), set()).update(fact.model for fact in binding.facts)
    for reading in pages.readings:
        unit = reading.unit
        colon = COLON.search(unit.text) if id(unit) in scored else None
        if not colon or any(n.start < colon.start() for n in reading.numbers):
            continue
        rest = [pages.of_unit[id(later)] for later in unit.block.units[unit.index + 1 : unit.index + 1 + REACH]]
        told = {i for m in reading.of_kind.get("model", ()) if m.start > colon.start() for i in m.ids}
        told |= scored[id(unit)] | {i for later in rest for m in later.of_kind.get("model", ()) for i in m.ids}
        if not told:
            continue
        for mention in reading.of_kind.get("model", ()):
            if mention.end <= colon.start() and not _is_told(mention, told, pages.names):
                if BOUNDED.match(unit.text, mention.end):
                    continue
                message = reporter.text["N116"].format(name=mention.text)
                yield reporter.problem(unit.offsets[mention.start], len(mention.text), "N116", message)


def _is_told(mention: Mention, told: set[str], names: Names) -> bool:
    """Whether one of the models told of is the one mentioned; a series, or a name without results, stands for any."""
    models = names.book.models
    if told.intersection(mention.ids) or not all(
        i in names.by_model and models[i].kind == "model" for i in mention.ids
    ):
        return True
    if any(name.startswith(f"{identity}-") for name in told for identity in mention.ids):
        return True
    if not mention.text[0].isdigit():
        return False
    size = re.compile(rf"(?:^|-){re.escape(mention.text.lower())}(?:-|$)")
    return any(size.search(identity) for identity in told)


def _alike(word: str, names: Names) -> list[str]:
    """The registered names of models and benchmarks most like a misspelt one."""
    book = names.book
    known = {name for registry in (book.models, book.benchmarks) for entry in registry.values() for name in (entry.name.en, *entry.aliases)}  # fmt: skip
    return get_close_matches(word, sorted(known), n=2, cutoff=0.8)


def qualifiers(bindings: list[Binding], names: Names, reporter: Reporter) -> Iterator[Problem]:
    """约, 超过, 不足 around a quantity are those of its source (N113): about 2 million is not 2 million."""
    quantities = names.book.quantities
    for binding in bindings:
        if binding.kind != "quantity" or binding.noted:
            continue
        if binding.number.fraction is not None and binding.number.group_index:
            continue  # 1/10 is one quantity
        entry = quantities[binding.ids[0]].entry
        if not entry.approximate and entry.bound is None:
            continue
        said = _qualified(binding, names)
        wanted = entry.bound or "about"
        if _agrees(entry, said):
            continue
        number, words = binding.number, getattr(names.book.lexicon.qualifiers, wanted)
        start = number.start - len(number.signed)
        message = reporter.text["N113"].format(text=number.text, word=_shown(words, reporter.language))
        yield reporter.problem(binding.reading.unit.offsets[start], number.end - start, "N113", message)


def _agrees(entry: Quantity, said: set[str]) -> bool:
    """Whether the words around a quantity say what its source says; a cap may go without saying."""
    if entry.bound == "over":
        return "over" in said and "under" not in said
    if entry.bound == "under":
        return "under" in said and "over" not in said
    if entry.bound == "at_most":
        return "over" not in said
    return "about" in said and not said & {"over", "under"}


def _qualified(binding: Binding, names: Names) -> set[str]:
    """The kinds of qualifier that stand right before or after a number (and its unit and measure words)."""
    reading: Reading = binding.reading
    number, text = binding.number, reading.unit.text
    first, last = (number.group[0], number.group[-1]) if number.fraction is not None else (number, number)
    start, end = first.start - len(first.signed), last.end + len(last.word)
    before, after = text[max(0, start - BEFORE) : start].lower(), text[end : end + AFTER].lower()
    found = {"about"} if first.approximate or last.approximate else set()
    table = names.book.lexicon.qualifiers
    taken: list[tuple[int, int]] = []
    for kind, word in sorted(((k, w) for k in ("about", "at_most", "over", "under") for w in getattr(table, k)), key=lambda p: -len(p[1])):  # fmt: skip
        at = before.rfind(word.lower())
        if at >= 0 and not any(a <= at < b for a, b in taken) and not BREAK.search(before, at):
            taken.append((at, at + len(word)))
            found.add(kind)
    for kind in ("about", "over", "under"):
        if any(word.lower() in BREAK.split(after)[0] for word in getattr(table.after, kind)):
            found.add(kind)
    return found


def _shown(words: tuple[str, ...], language: str) -> str:
    return next((word for word in words if word.isascii() == (language == "en")), words[0])
