"""Modes as they are said: of a model that has them, and in a lead of the results that follow."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..problems import Problem
from .binding import Binding
from .findings import Reporter
from .repairing import WRITE
from .scope import PageReading
from .wording import COLON

# matches what stands between a model and a mode that is said of it: "Qwen3-VL-8B 指令", "GPT-5（high）"
OF = re.compile(r"\s?[（(]?")


def modes_had(pages: PageReading, reporter: Reporter) -> Iterator[Problem]:
    """A mode said of a model is one in which it was measured (N118): Gemini 2.5 Pro 指令 is none."""
    by_model, book = pages.names.by_model, pages.names.book
    models, known = book.models, book.vocabulary.modes
    for reading in pages.readings:
        modes = reading.of_kind.get("mode")
        for model in reading.of_kind.get("model", ()) if modes else ():
            if any(models[identity].kind != "model" for identity in model.ids):
                continue  # a series has the modes of its members
            measured = {fact.mode for identity in model.ids for fact in by_model.get(identity, ())}
            for mode in modes or ():
                if (
                    mode.ids == ("base",)
                    or not measured
                    or not OF.fullmatch(reading.unit.text, model.end, mode.start)
                    or measured.intersection(mode.ids)
                ):
                    continue
                message = reporter.text["N118"].format(name=model.text, mode=mode.text)
                fixes = [
                    WRITE[reporter.language].format(text=getattr(known[identity].name, reporter.language))
                    for identity in known
                    if identity in measured
                ]
                start = reading.unit.offsets[mode.start]
                yield reporter.problem(start, len(mode.text), "N118", message, fixes=tuple(fixes[:3]))


def modes_led(pages: PageReading, bindings: list[Binding], reporter: Reporter) -> Iterator[Problem]:
    """A mode named before a colon is that of a result after it (N116), after 不开 or 关掉 the other one:
    "大尺寸思考略好：突厥语族上，Qwen3-32B 思考得 89.3"."""
    book = pages.names.book
    kinds = {identity: mode.reasoning for identity, mode in book.vocabulary.modes.items()}
    scored: dict[int, set[str]] = {}
    for binding in bindings:
        if binding.kind == "fact":
            told = scored.setdefault(id(binding.reading.unit), set())
            told.update(kinds[fact.mode] for fact in binding.facts if fact.mode)
    for reading in pages.readings:
        unit, mentions = reading.unit, reading.of_kind.get("mode", ())
        colon = COLON.search(unit.text) if mentions and scored.get(id(unit)) else None
        if not colon or any(n.start < colon.start() for n in reading.numbers):
            continue
        models = [m.end for m in reading.of_kind.get("model", ())]
        told = scored[id(unit)] | {kinds[i] for m in mentions if m.start > colon.start() for i in m.ids}
        for mention in mentions:
            if mention.end > colon.start() or any(0 <= mention.start - end <= 2 for end in models):
                continue
            off = unit.text[: mention.start].rstrip().lower().endswith(book.lexicon.leads.without)
            led = {kinds[i] for i in mention.ids}
            if led.isdisjoint(told) if not off else told <= led:
                message = reporter.text["N116"].format(name=mention.text)
                yield reporter.problem(unit.offsets[mention.start], len(mention.text), "N116", message)
