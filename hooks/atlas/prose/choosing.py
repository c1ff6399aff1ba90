"""Tables that say what to choose: what is chosen stands among the results that are given as grounds for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..problems import Problem
from .findings import Reporter
from .modes import OF
from .names import Mention
from .page import Block
from .reading import Reading
from .repairing import WRITE
from .scope import PageReading


@dataclass(slots=True)
class Choice:
    """A model named in a cell, with the mode right behind it."""

    reading: Reading
    model: Mention
    mode: Mention | None

    @property
    def text(self) -> str:
        """The model and its mode as they are written."""
        return self.reading.unit.text[self.model.start : (self.mode or self.model).end]

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
                message = reporter.text["N117"].format(name=choice.text)
                place = choice.reading.unit.offsets[choice.model.start]
                alike = sorted(grounds or [], key=lambda other: other.model.ids != choice.model.ids)
                named = list(dict.fromkeys(other.text for other in alike))[:3]
                fixes = tuple(WRITE[reporter.language].format(text=text) for text in named)
                yield reporter.problem(place, len(choice.text), "N117", message, fixes=fixes)


def _choices(pages: PageReading, block: Block) -> list[Choice]:
    found = []
    models = pages.names.book.models
    for unit in block.units:
        reading = pages.of_unit[id(unit)]
        modes = reading.of_kind.get("mode", [])
        for model in reading.of_kind.get("model", ()):
            if not all(models[identity].kind == "model" for identity in model.ids):
                continue
            mode = next((m for m in modes if OF.fullmatch(unit.text, model.end, m.start)), None)
            found.append(Choice(reading, model, mode))
    return found
