"""Mutants in which a sentence names something else: another model, benchmark, split or mode, or a size that is not."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .book import Book, Fact
from .prose.binding import Binding
from .prose.checking import PageResult, span
from .prose.names import Mention, Names
from .prose.reading import Reading

if TYPE_CHECKING:
    from .mutants import Maker, Mutant

FLIPS = {"思考": "指令", "指令": "思考", "非思考": "思考", "Thinking": "Instruct", "Instruct": "Thinking",
         "thinking": "instruct", "instruct": "thinking", "non-thinking": "thinking"}  # fmt: skip
# matches the size in "Qwen3-VL-32B"
SIZE = re.compile(r"\d+(?:\.\d+)?(?=B\b)")


def misspelt(result: PageResult, names: Names, chooser: random.Random, made: Maker) -> Iterator[Mutant]:
    """Change a digit of the size in a model's name so that no model is called so."""
    known = {model.name.zh for model in names.book.models.values()}
    for reading in result.reading.readings:
        for mention in reading.mentions:
            match = SIZE.search(mention.text) if mention.kind == "model" else None
            if not match or not mention.text[0].isalpha() or chooser.random() > 0.1:
                continue
            size = match[0][:-1] + chooser.choice([d for d in "123456789" if d != match[0][-1]])
            if mention.text[: match.start()] + size + mention.text[match.end() :] in known:
                continue
            start, _ = span(reading.unit, mention.start + match.start(), mention.start + match.end())
            yield made("name-misspelt", start, start + len(match[0]), size)


def renames(result: PageResult, names: Names, chooser: random.Random, made: Maker) -> Iterator[Mutant]:
    """Rename a model, benchmark, split or mode on which a number of the sentence depends."""
    book = names.book
    by_unit: dict[int, list[Binding]] = {}
    for binding in result.bindings:
        if binding.kind == "fact":
            by_unit.setdefault(id(binding.reading.unit), []).append(binding)
    for reading in result.reading.readings:
        bindings = by_unit.get(id(reading.unit), [])
        for mention in reading.mentions:
            if (
                mention.kind not in ("model", "benchmark", "split", "mode")
                or len(mention.ids) != 1
                or reading.unit.in_code(mention.start)
            ):
                continue
            dependent = [
                b for b in bindings
                if (pick := b.picks.get(mention.kind)) and pick.own and pick.how in ("nearest", "list", "bracket")
                and mention.text in pick.text and _governs(reading, mention, b)
            ]  # fmt: skip
            facts = [f for b in dependent for f in b.facts]
            if not facts:
                continue
            start, end = span(reading.unit, mention.start, mention.end)
            for operator, text, changed in _new_names(book, names, mention, facts, chooser):
                if not _equivalent(names, facts, mention.kind, changed):
                    yield made(operator, start, end, text)


def _governs(reading: Reading, mention: Mention, binding: Binding) -> bool:
    pick = binding.picks[mention.kind]
    if pick is None:
        return False
    if pick.how == "list":
        return pick.ids == mention.ids
    if pick.how == "bracket":
        return mention.start >= binding.number.end
    before = [m for m in reading.mentions if m.kind == mention.kind and m.end <= binding.number.start]
    return bool(before) and before[-1] is mention


def _new_names(
    book: Book, names: Names, mention: Mention, facts: list[Fact], chooser: random.Random
) -> Iterator[tuple[str, str, str]]:
    """(operator, the new words, the id or words they stand for)."""
    fact = facts[0]
    identity = mention.ids[0]
    table = book.tables[fact.source]
    if mention.kind == "model":
        others = sorted({f.model for f in table.facts if f.benchmark == fact.benchmark and f.model != identity})
        if others:
            other = chooser.choice(others)
            yield "model-renamed", book.models[other].name.zh, other
    elif mention.kind == "benchmark":
        others = sorted({f.benchmark for f in table.facts if f.model == fact.model and f.benchmark != identity})
        if others:
            other = chooser.choice(others)
            yield "benchmark-renamed", book.benchmarks[other].name.zh, other
    elif mention.kind == "split":
        others = sorted(
            {f.split for f in names.by_key[fact.benchmark, fact.model] if f.split and f.split != fact.split}
        )
        if others:
            other = chooser.choice(others)
            own = book.benchmarks[fact.benchmark].splits.get(other)
            entry = own or book.vocabulary.splits.get(other)
            if entry:
                yield "split-changed", entry.name.zh, other
    elif mention.text in FLIPS:
        yield "mode-flipped", FLIPS[mention.text], FLIPS[mention.text]


def _equivalent(names: Names, facts: list[Fact], kind: str, changed: str) -> bool:
    """Whether every dependent number is also true under the new name."""
    for fact in facts:
        if kind == "mode":
            wanted = "thinking" if changed.lower() in ("思考", "thinking") else "direct"
            same = [
                f
                for f in names.by_key[fact.benchmark, fact.model]
                if f.split == fact.split and f.reasoning == wanted and f.report == fact.report
            ]
            if fact.reasoning == wanted:
                continue
        elif kind == "model":
            same = [
                f
                for f in names.by_key.get((fact.benchmark, changed), ())
                if f.split == fact.split and f.reasoning == fact.reasoning
            ]
        elif kind == "benchmark":
            same = [f for f in names.by_key.get((changed, fact.model), ()) if f.reasoning == fact.reasoning]
        else:
            same = [f for f in names.by_key[fact.benchmark, fact.model] if f.split == changed and f.mode == fact.mode]
        if not any(f.number == fact.number for f in same):
            return False
    return True
