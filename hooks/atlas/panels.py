"""Chosen numbers -> the groups of a chart: what stands in one panel, on one line, at one stop."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from .book import Book, Fact, metric_of, number_of, split_name, unit_of
from .columns import HOME_DEVELOPER
from .model import Head
from .plotting import Axis, Group, Item, Line, Note, condition, grouped, own_variant
from .rows import SILENT_UNITS

# matches "budget-16k"; not "budget-128", which is a mode
BUDGET = re.compile(r"^budget-(\d+)k$")
# matches "128k"; not "avg"
LENGTH = re.compile(r"^(\d+)k$")


class _Series(NamedTuple):
    row: tuple[str, str | None, str]
    model: str
    mode: str | None
    variant: str | None
    report: str
    level: bool


class Panels:
    """Groups the numbers of one chart."""

    def __init__(self, facts: Sequence[Fact], book: Book, language: str) -> None:
        self.facts, self.book, self.language = facts, book, language
        self.several = len({fact.report for fact in facts}) > 1
        self.joint = "、" if language == "zh" else ", "
        self._notes: list[Note] = []
        self._odd: dict[str, list[str]] = {}

    def bars(self, *, printed: bool = False) -> list[Group]:
        """A group per row, a bar per number; best first unless the printed order is asked for."""
        groups = []
        for facts in grouped(self.facts, _row):
            if not printed and facts[0].direction != "none":
                facts.sort(key=lambda fact: fact.number or 0, reverse=facts[0].direction == "higher")
            items = [self.item(fact) for fact in facts]
            lines = tuple(Line(name=item.name, detail=item.detail, items=(item,)) for item in items)
            groups.append(Group(axis=self.axis(facts), lines=lines))
        return groups

    def dots(self) -> list[Group]:
        """A line for what a model scores on a row thinking and answering directly: a panel per scale where there is
        one model, else a panel per row."""
        several = len({fact.model for fact in self.facts}) > 1
        found = []
        for facts in grouped(self.facts, lambda fact: (fact.report, fact.model, own_variant(fact), *_row(fact))):
            pair = [self._plainest([f for f in facts if f.reasoning == kind]) for kind in ("thinking", "direct")]
            if any(pair):
                items = tuple(self.item(fact) if fact else None for fact in pair)
                name = self.book.subject_name(facts[0].model, self.language) if several else self.row_name(facts[0])
                name = f"{name} {self._variant(facts[0])}" if own_variant(facts[0]) else name
                found.append((facts[0], Line(name=name, items=items, alike=self._alike(items))))
        return self._scaled(found, ("thinking", "direct"), apart=several)

    def _plainest(self, facts: Sequence[Fact]) -> Fact | None:
        return next((fact for fact in facts if fact.variant is None), facts[0] if facts else None)

    def slopes(self, stops: Sequence[frozenset[str]]) -> tuple[list[Group], tuple[int, list[Fact]] | None]:
        """A line per benchmark from stop to stop; a stop is the ids that a column may have. Also the first stop that
        has more than one number for a row."""
        rows: dict[tuple[str, str | None], list[Fact | None]] = {}
        for index, ids in enumerate(stops):
            mine = [fact for fact in self.facts if not ids.isdisjoint({fact.model, fact.column})]
            for facts in grouped(mine, _row):
                if len({(fact.column, fact.value) for fact in facts}) > 1:
                    return [], (index, facts)
                rows.setdefault((facts[0].benchmark, facts[0].split), [None] * len(stops))[index] = facts[0]
        found = []
        for cells in _joined(rows):
            items = tuple(self.item(fact, source=False) if fact else None for fact in cells)
            shown = [item for item in items if item]
            if len(shown) > 1:
                found.append((shown[0].fact, Line(name=self._slope_name(shown), items=items, alike=self._alike(items))))
            else:
                self._notes.append(("chart-alone", (("row", shown[0].benchmark),)))
        heads = tuple(self._stop(index, [line for _, line in found]) for index in range(len(stops)))
        return self._scaled(found, heads), None

    def _slope_name(self, items: Sequence[Item]) -> str:
        same = len({item.fact.split for item in items}) == 1
        return items[0].benchmark if same else self.row_name(items[0].fact, split=False)

    def _stop(self, index: int, lines: Sequence[Line]) -> str:
        item = next((line.items[index] for line in lines if line.items[index]), None)
        return self._who(item) if item else ""

    def _who(self, item: Item) -> str:
        return " ".join(filter(None, (item.name, self._mode(item.fact), self._variant(item.fact))))

    def lines(self, x: str) -> list[Group]:
        """Series over size, thinking budget or context length; a panel per benchmark, or one for all where each has a
        single series. What has no place on the x axis is drawn level where it is the direct answer of a budget."""
        series: dict[_Series, list[Item]] = {}
        for fact in self.facts:
            place = self._x(fact, x)
            level = place is None and x == "budget" and fact.reasoning == "direct" and fact.variant is None
            if place is None and not level:
                continue
            number, text = place or (0.0, "")
            entry = self.book.models[fact.model]
            key = _Series(
                row=(fact.benchmark, None if x == "length" else fact.split, fact.unit),
                model=(entry.family or fact.model) if x == "size" else fact.model,
                mode=fact.mode,
                variant=None if x == "budget" else fact.variant,
                report=fact.report,
                level=level,
            )
            apart = x == "size" and entry.architecture == "moe"
            series.setdefault(key, []).append(replace(self.item(fact), x=number, x_text=text, apart=apart))
        if any(item.apart for items in series.values() for item in items):
            self._notes.append(("chart-moe", ()))
        single = len({key.row for key in series}) == len(series)
        panels = grouped(series, lambda key: key.row[2] if single else key.row)
        return [self._series_panel({key: series[key] for key in keys}, x, single=single) for keys in panels]

    def _series_panel(self, series: Mapping[_Series, list[Item]], x: str, *, single: bool) -> Group:
        """A panel whose series are named by what tells them apart."""
        lines = []
        for key, items in series.items():
            first = items[0].fact
            parts = [self.row_name(first, split=x != "length") if single and len(series) > 1 else ""]
            if len({other.model for other in series}) > 1:
                parts.append(self.book.subject_name(key.model, self.language))
            if len({other.mode for other in series}) > 1 or not any(parts):
                parts.append(self._mode(first))
            if key.variant:
                parts.append(self._variant(first))
            if len({other.report for other in series}) > 1:
                parts.append(self.book.reports[key.report].name)
            ordered = tuple(sorted(items, key=lambda item: (item.x, item.fact.id)))
            name = " ".join(filter(None, parts)) or items[0].name
            lines.append(Line(name=name, items=ordered, level=key.level))
        facts = [item.fact for items in series.values() for item in items]
        return Group(axis=self.axis(facts, split=x != "length"), lines=tuple(lines))

    def _x(self, fact: Fact, kind: str) -> tuple[float, str] | None:
        if kind == "size":
            entry = self.book.models.get(fact.model)
            total = entry.parameters.total if entry and entry.parameters else None
            number = number_of(total) if total else None
            return (float(number), total) if number and total else None
        match = BUDGET.match(fact.variant or "") if kind == "budget" else LENGTH.match(fact.split or "")
        return (float(match[1]), f"{match[1]}K") if match else None

    def heat(self, columns: Sequence[frozenset[str]]) -> list[Group]:
        """One group: a line per row, a stop per column; columns in the asked order, then as printed."""

        def place(key: tuple[str, str, str]) -> int:
            asked = (index for index, ids in enumerate(columns) if not ids.isdisjoint(key[:2]))
            return next(asked, len(columns))

        def key_of(fact: Fact) -> tuple[str, str, str]:
            return fact.model, fact.column, fact.report if self.several else ""

        keys = sorted(dict.fromkeys(key_of(fact) for fact in self.facts), key=place)
        found, heads = [], dict.fromkeys(keys, "")
        for facts in grouped(self.facts, _row):
            cells = {key_of(fact): self.item(fact, table=False) for fact in reversed(facts)}
            for fact in facts:
                twice = sum(key[1] == fact.column for key in keys) > 1
                heads[key_of(fact)] = f"{cells[key_of(fact)].name} {self._column_detail(fact, report=twice)}".strip()
            found.append(Line(name=self.row_name(facts[0]), items=tuple(cells.get(key) for key in keys)))
        axis = Axis(name="", metric="", unit="", direction="none")
        return [Group(axis=axis, lines=tuple(found), stops=tuple(heads.values()))]

    def _column_detail(self, fact: Fact, *, report: bool) -> str:
        own = self._variant(fact) if own_variant(fact) else ""
        return " ".join(filter(None, (self._mode(fact), own, self.book.reports[fact.report].name if report else "")))

    def _scaled(
        self, found: Sequence[tuple[Fact, Line]], stops: tuple[str, ...], *, apart: bool = False
    ) -> list[Group]:
        """Lines that share a scale share a panel: one unit, direction and range, and one row where rows stand apart."""
        groups = []
        for same in grouped(found, lambda pair: (self._scale(pair[0]), apart and (pair[0].benchmark, pair[0].split))):
            facts = [item.fact for _, line in same for item in line.items if item]
            groups.append(Group(axis=self.axis(facts), lines=tuple(line for _, line in same), stops=stops))
        return groups

    def _scale(self, fact: Fact) -> Hashable:
        return fact.unit, fact.direction, str(self.book.benchmarks[fact.benchmark].range)

    def _alike(self, items: Sequence[Item | None]) -> bool:
        """Whether the items were scored on one split under one condition; where not, the notes say what differs."""
        facts = [item.fact for item in items if item]
        if len({fact.split for fact in facts}) > 1:
            names = self.joint.join(dict.fromkeys(self.row_name(fact) for fact in facts))
            self._notes.append(("chart-splits", (("rows", names),)))
            return False
        odd = [item for item in items if item and condition(item.fact)]
        if odd and len({condition(fact) for fact in facts}) > 1:
            self._odd.setdefault(self._who(odd[0]), []).append(odd[0].benchmark)
            return False
        return True

    @property
    def notes(self) -> list[Note]:
        """What has to be said below the chart."""
        odd: list[Note] = [
            ("chart-variant", (("row", self.joint.join(dict.fromkeys(rows))), ("column", column)))
            for column, rows in self._odd.items()
        ]
        return [*dict.fromkeys(self._notes), *odd]

    def item(self, fact: Fact, *, source: bool = True, table: bool = True) -> Item:
        """The fact with its names; with its report where the chart draws on several (`source` False: without table)."""
        entry = self.book.models.get(fact.model)
        where = ""
        if self.several:
            where = self.book.reports[fact.report].name
            where += f" {self.book.tables[fact.source].label(self.language)}" if source and table else ""
        return Item(
            fact=fact,
            name=self.book.subject_name(fact.model, self.language),
            detail=" ".join(filter(None, (self._mode(fact), self._variant(fact), where))),
            benchmark=self.row_name(fact),
            qwen=entry is not None and entry.developer == HOME_DEVELOPER,
        )

    def title(self) -> str:
        """The names of the benchmarks, the first three of them."""
        names = list(dict.fromkeys(self.row_name(fact, split=False) for fact in self.facts))
        return self.joint.join(names[:3]) + ("…" if len(names) > 3 else "")

    def column_name(self, head: Head) -> str:
        """A column's model with its mode and variant."""
        words = self.book.vocabulary
        mode, variant = words.modes.get(head.mode or ""), words.variants.get(head.variant or "")
        parts = [self.book.subject_name(head.model or "", self.language)]
        return " ".join(parts + [entry.name[self.language] for entry in (mode, variant) if entry])

    def row_name(self, fact: Fact, *, split: bool = True) -> str:
        """`OmniDocBench 英文`: a benchmark with its split."""
        entry, part = self.book.benchmarks[fact.benchmark], ""
        if split and fact.split:
            known = fact.split in entry.splits or fact.split in self.book.vocabulary.splits
            part = split_name(self.book.vocabulary, entry, fact.split)[self.language] if known else fact.split
        return f"{entry.name[self.language]} {part}".strip()

    def axis(self, facts: Sequence[Fact], *, split: bool = True) -> Axis:
        """The words of an axis; the name and metric only where all its numbers share them."""
        first = facts[0]
        unit = self.book.vocabulary.units.get(first.unit)
        names = {self.row_name(fact, split=split) for fact in facts}
        metrics = {metric_of(self.book, fact.benchmark, fact.split, self.language) for fact in facts}
        own = all(unit_of(self.book.benchmarks, fact.benchmark, fact.split) == fact.unit for fact in facts)
        return Axis(
            name=names.pop() if len(names) == 1 else "",
            metric=metrics.pop() if len(metrics) == 1 and own else "",
            unit=(unit.symbol or unit.name)[self.language] if unit and first.unit not in SILENT_UNITS else "",
            direction=first.direction,
        )

    def _mode(self, fact: Fact) -> str:
        mode = self.book.vocabulary.modes.get(fact.mode or "")
        return mode.name[self.language] if mode else ""

    def _variant(self, fact: Fact) -> str:
        variant = self.book.vocabulary.variants.get(fact.variant or "")
        return variant.name[self.language] if variant else ""


def _row(fact: Fact) -> tuple[str, str | None, str]:
    return fact.benchmark, fact.split, fact.unit


def _joined(rows: dict[tuple[str, str | None], list[Fact | None]]) -> list[list[Fact | None]]:
    """Rows of one benchmark whose stops differ only in split, each with one number, are one row."""
    found = []
    for keys in grouped(rows, lambda key: key[0]):
        cells = [rows[key] for key in keys]
        filled = [[cell for cell in stop if cell] for stop in zip(*cells, strict=True)]
        if len(keys) > 1 and all(len(stop) <= 1 for stop in filled):
            found.append([stop[0] if stop else None for stop in filled])
        else:
            found += cells
    return found
