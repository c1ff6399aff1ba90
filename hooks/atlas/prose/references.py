"""Numbers that name a place in a report: 表 5, 图 3, 2.1.1 节."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .binding import Binding, unbound
from .numbers import Number
from .reading import Reading
from .scope import PageReading

# matches a section's number: "2.1.1", "5"
SECTION = re.compile(r"\d+(?:\.\d+)*")


class References:
    """Binds the numbers of one page that follow a word such as 表."""

    def __init__(self, pages: PageReading) -> None:
        self.pages = pages
        self.book = pages.names.book
        references = self.book.lexicon.references
        self.references = {
            word: kind
            for kind in ("section", "figure", "table")
            for word in sorted(getattr(references, kind), key=len, reverse=True)
        }
        self.reference_words = tuple(self.references)

    def of(self, reading: Reading, number: Number, before: str, done: Sequence[Binding]) -> Binding | None:
        if number.scale or number.chinese or number.signed:
            return None
        tail = before[-10:]
        for word, kind in self.references.items() if tail.endswith(self.reference_words) else ():
            if tail.endswith(word) and not (word.isascii() and before[-len(word) - 1 : -len(word)].isalpha()):
                return self._to_place(reading, number, kind)
        closing = number.group[-1].end
        tail = reading.unit.text[closing : closing + 3].lstrip()
        if tail.startswith(("节", "章")) and number.word not in ("节", "章"):
            return self._to_place(reading, number, "section")
        last = done[-1] if done else None
        if last and last.kind == "reference" and last.number.group is number.group:
            return self._to_place(reading, number, str(last.message["place"]))
        return None

    def _to_place(self, reading: Reading, number: Number, kind: str) -> Binding | None:
        text = reading.unit.text
        if kind == "section":
            tail = text[number.end :].lstrip()
            before = text[: number.start].rstrip()
            if before.endswith("第") and not tail.startswith(("节", "章")):
                return None
            written = SECTION.match(text, number.start)
            name = written[0] if written else number.written
            reports = [r for r in self.report_ids(reading) if name in self.book.reports[r].sections]
            if reports:
                sections = tuple(f"{report}/section-{name}" for report in reports)
                return Binding(
                    number, reading, "reference", sections[:1], message={"place": kind, "sections": sections}
                )
            return unbound(reading, number, "N107", place=kind, name=name)
        name = f"table-{int(number.value):02d}" if kind == "table" else f"figure-{int(number.value)}"
        found = [f"{report}/{name}" for report in self.report_ids(reading) if f"{report}/{name}" in self.book.tables]
        if not found:
            return unbound(reading, number, "N107", place=kind, name=number.written)
        return Binding(number, reading, "reference", tuple(found), message={"place": kind})

    def report_ids(self, reading: Reading) -> list[str]:
        """The reports that a reference may point into: those named nearby, else the page's, else all."""
        own = [i for m in reading.of_kind.get("model", ()) for i in m.ids]
        named: list[str] = []
        for identity in own:
            for report, entry in self.book.reports.items():
                if entry.series == identity and report not in named:
                    named.append(report)
        explicit = self.pages.reports_for(reading)
        chosen = named or [r for r in explicit if r in self.book.reports]
        return chosen or list(self.book.reports)
