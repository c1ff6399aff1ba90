"""The quantity that a number states: a parameter count, a length, a setting, found by the cues and subjects around it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..book import BookQuantity
from .binding import Binding, unbound
from .numbers import Number
from .reading import Reading
from .scope import PageReading

OPENING = re.compile(r"[（(]")
# matches "其余视频基准": what follows is not of the benchmarks named before
OTHERS = re.compile(r"其余|其他|others?\b|the rest")


SIZES = frozenset({"parameter"})


class Quantities:
    """Finds the quantities that the numbers of one page state."""

    def __init__(self, pages: PageReading) -> None:
        self.pages = pages
        self.names = pages.names
        self.book = pages.names.book

    def of(self, reading: Reading, number: Number) -> Binding | None:
        """The quantity that the cues and subjects around a number allow; an error where none has its value."""
        equal = self.names.values.stated(number)
        own = self._cued(reading, reading.cues, number)
        if own:
            exact = [q for q in own if q.id in equal]
            if exact and self._of_whole_list(reading, number, exact[0], equal):
                return _bound(reading, number, exact)
            if number.units or exact:
                return unbound(reading, number, "N105", quantities=own[:3])
        if equal:
            cues = self.pages.cues_around(reading)
            if self._fitting(number, equal & cues.keys()):
                exact = [q for q in self._cued(reading, cues, number) if q.id in equal]
                if exact:
                    return _bound(reading, number, exact)
        if own:
            return unbound(reading, number, "N105", quantities=own[:3])
        return None

    def _cued(self, reading: Reading, cues: dict[str, list[int]], number: Number) -> list[BookQuantity]:
        """The quantities that `cues` point to and that fit a number and what is named, the nearest first."""
        fitting = self._fitting(number, cues)
        if not fitting:
            return []
        named = self.pages.named(reading)
        own = {identity for identity, how in named.items() if how == "own" and identity not in self.book.benchmarks}
        among = own or set(named)
        families = {self.names.families.get(identity) for identity in among}
        nearness = {identity: rank for rank, identity in enumerate(named)}

        def distance(quantity: BookQuantity) -> tuple[int, int]:
            near = nearness.get(quantity.entry.subject, len(nearness))
            return near, min(abs(at - number.start) for at in cues[quantity.id])

        found = []
        for quantity in fitting:
            source = quantity.source
            of_paper = source in self.book.papers and (source in named or source in self.pages.matter.subjects)
            about = of_paper or self._about(quantity, among, families, bool(own))
            if about and self._mode_fits(quantity, reading, number):
                found.append(quantity)
        found.sort(key=distance)
        if reading.unit.block.kind == "cell":
            found = self._of_column(reading, found)
        found = _of_benchmark(reading, number, found)
        return _of_nearest_setting(found, cues, number) if cues is reading.cues else found

    def _of_column(self, reading: Reading, found: list[BookQuantity]) -> list[BookQuantity]:
        """Of the settings that a table cell may state, those that its column's head speaks of, then its row's."""
        block = reading.unit.block
        for head in (block.column, block.row):
            if head is None or head is block:
                continue
            cues = {identity for unit in head.units for identity in self.pages.of_unit[id(unit)].cues}
            found = [q for q in found if q.id in cues and q.entry.unit == "setting"] or found
        return found

    def _mode_fits(self, quantity: BookQuantity, reading: Reading, number: Number) -> bool:
        """A quantity of one mode is not meant where the other kind of reasoning is named."""
        modes = self.book.vocabulary.modes
        own = quantity.entry.mode
        if not own or quantity.entry.unit != "setting":
            return True
        mode = self.pages.pick("mode", reading, number.start, number.end, number)
        if not mode:
            return True
        return modes[own].reasoning in {modes[i].reasoning for i in mode.ids if i in modes}

    def _about(self, quantity: BookQuantity, named: set[str], families: set[str | None], own: bool) -> bool:
        """Whether what is named (`families` are those of the models named) lets this quantity be meant."""
        subject = quantity.entry.subject
        if subject in named or subject in families or self.names.families.get(subject) in named:
            return True
        report = self.book.reports.get(quantity.source)
        series = report.series if report else quantity.source
        if subject in (quantity.source, series) or subject not in self.book.models:
            if series in families or series in named or quantity.source in named:
                return True
            if not own:
                return quantity.source in self.pages.matter.reports or quantity.source in self.pages.matter.subjects
        elif not own:
            return quantity.source in self.pages.matter.reports
        return False

    def fits(self, number: Number, quantity: BookQuantity) -> bool:
        """Whether a number may be of a quantity's unit."""
        return bool(self._fitting(number, (quantity.id,)))

    def _of_whole_list(self, reading: Reading, number: Number, stated: BookQuantity, equal: Iterable[str]) -> bool:
        """Whether all benchmarks of the list before a number share its quantity: AIME'24 与 AIME'25 每题采样 64 次."""
        before = [run for run in reading.lists("benchmark") if run[-1].end <= number.start]
        run = before[-1] if before else []
        own = {stated.entry.subject, stated.entry.benchmark}
        if len(run) < 2 or not any(own.intersection(m.ids) for m in run):
            return True
        if OPENING.search(reading.unit.text, run[-1].end, number.start):
            return True  # GPQA-Diamond（每题采样 10 次）: of the last one alone
        alike = [q for q in map(self.book.quantities.get, equal) if q and q.source == stated.source]
        subjects = {name for q in alike for name in (q.entry.subject, q.entry.benchmark)}
        return all(subjects.intersection(m.ids) for m in run)

    def _fitting(self, number: Number, identities: Iterable[str]) -> list[BookQuantity]:
        """Of some quantities those of whose unit a number may be."""
        units = SIZES if number.is_size else number.units
        shares = number.is_size or number.word[:1] in ("%", "个", "百") or "percent" in number.word
        fitting = self.names.values.of_units(units, shares=shares)
        return [self.book.quantities[identity] for identity in identities if identity in fitting]

    def stated(self, reading: Reading, number: Number, quantities: list[BookQuantity]) -> Binding:
        if quantities[0].id not in self.names.values.stated(number):
            return unbound(reading, number, "N105", quantities=quantities)
        return _bound(reading, number, quantities)


def _bound(reading: Reading, number: Number, equal: list[BookQuantity]) -> Binding:
    """The binding to the first of the quantities that a number states."""
    ids = tuple(quantity.id for quantity in equal)
    return Binding(number, reading, "quantity", ids[:1], message={"equals": ids})


def _of_benchmark(reading: Reading, number: Number, found: list[BookQuantity]) -> list[BookQuantity]:
    """Of the quantities around a number those of the benchmark named last before it; none of it after 其余."""
    named = [m for m in reading.of_kind.get("benchmark", ()) if m.end <= number.start]
    if not named:
        return found
    own = [q for q in found if q.entry.benchmark in named[-1].ids or q.entry.subject in named[-1].ids]
    if not number.units or not own or own[0].entry.subject != found[0].entry.subject:
        return found
    if OTHERS.search(reading.unit.text, named[-1].end, number.start):
        return [q for q in found if q not in own] or found
    return own or found


def _of_nearest_setting(found: list[BookQuantity], cues: dict[str, list[int]], number: Number) -> list[BookQuantity]:
    """Of several settings in one sentence (temperature 0.6, top-p 0.95) only those of the nearest cue before."""
    settings = [q for q in found if q.entry.unit == "setting"]
    if len(settings) < 2:
        return found
    before = {q.id: max((at for at in cues[q.id] if at < number.start), default=-1) for q in settings}
    nearest = max(before.values())
    if nearest < 0:
        return found
    return [q for q in found if q.entry.unit != "setting" or before[q.id] == nearest]
