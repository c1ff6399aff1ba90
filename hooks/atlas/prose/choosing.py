"""Tables that say what to choose: what is chosen stands among the results that are given as grounds for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..problems import Problem
from .findings import Reporter
from .names import Mention
from .page import Block
from .reading import Reading
from .scope import PageReading

NEAR = 2  # characters between a model and a mode that is said of it: "Qwen3-VL-8B 指令", "GPT-5（high）"


@dataclass(slots=True)
class Choice:
    """A model named in a cell, with the mode right behind it."""

    reading: Reading
    model: Mention
    mode: Mention | None

    def supported(self, grounds: list[Choice]) -> bool:
        """Whether the grounds name the model, in the same mode where one is said."""
        named = [other for other in grounds if set(other.model.ids) & set(self.model.ids)]
        return any(self.mode is None or (g.mode is not None and g.mode.ids == self.mode.ids) for g in named)


def choices(pages: PageReading, reporter: Reporter) -> Iterator[Problem]:
    """Every model in a column of choices is in its row's column of grounds, in the same mode where one is said (N117):
    | Qwen3-VL-8B 指令 | CC-OCR：Qwen3-VL-8B 指令 79.9 |. A series or a component may be chosen without."""
    heads = pages.names.book.lexicon.choices
    rows: dict[int, dict[str, list[Choice]]] = {}
    for block in pages.page.blocks:
        if not (block.column and block.column.units and block.units):
            continue
        head = block.column.units[0].text.strip().lower()
        line, _ = pages.page.place(block.units[0].offsets[0])
        if head in heads.chosen:
            rows.setdefault(line, {})["chosen"] = _choices(pages, block)
        elif head in heads.grounds:
            rows.setdefault(line, {})["grounds"] = _choices(pages, block)
    for row in rows.values():
        grounds = row.get("grounds")
        for choice in row.get("chosen", ()) if grounds else ():
            if not choice.supported(grounds or []):
                unit, start, end = choice.reading.unit, choice.model.start, (choice.mode or choice.model).end
                message = reporter.text["N117"].format(name=unit.text[start:end])
                yield reporter.problem(unit.offsets[start], end - start, "N117", message)


def _choices(pages: PageReading, block: Block) -> list[Choice]:
    found = []
    models = pages.names.book.models
    for unit in block.units:
        reading = pages.of_unit[id(unit)]
        modes = reading.of_kind.get("mode", [])
        for model in reading.of_kind.get("model", ()):
            if not all(models[identity].kind == "model" for identity in model.ids):
                continue
            mode = next((m for m in modes if 0 <= m.start - model.end <= NEAR), None)
            found.append(Choice(reading, model, mode))
    return found
