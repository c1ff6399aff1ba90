"""Each number of a page -> the one fact, quantity, parameter or place that it states, or a finding.

The order in which a number is tried: an author's note, a reference (表 5), an ordinal, a size, a quantity with its
unit, a difference (left to `derived`), a score, a quantity without unit. What is left is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..book import Fact, number_of
from .binding import Binding, unbound
from .facts import SCORE_UNITS, rounds, select, states
from .numbers import Number
from .quantities import Quantities
from .reading import Pick, Reading
from .references import References
from .scope import DIMENSIONS, PageReading

# units whose numbers carry a measure word: a bare number beside a model and a benchmark is none of them
COUNTED = frozenset({"count", "language", "sample", "question", "step", "stage", "frame", "minute", "hour"})
# matches "第 3 章", "第12层": an ordinal
ORDINAL = re.compile(r"(?:第|No\.|#|阶段|步骤|[Ss]tage|[Ss]tep|[Pp]hase)\s*$")
# matches "MMMU 上领先 ", "高 ", "提升了 ": what stands before a difference; not "高于", "升到"
DELTA_TAIL = re.compile(r"(?:了|约|近|达|仅|只|出|也|又|再|各|为|了约|by|of|about|is|of about)?\s*(?:[+-])?\s*$")
# matches "升到 ": what follows a word of difference and is no difference
REACHED = re.compile(r"(?:于|到|至|过|from|to)\s*$")
# matches " points", "分之差": what makes a difference of the number before it
POINTS = re.compile(r"\s*(?:points?|percentage points?|pp)\b|\s*分?(?:之内|以内|之差|的差距|的差)")
# matches "同为 ", "都是 ", "both ": one number said of every name of a list
SHARED = re.compile(r"(?:同为|同是|均为|都为|都是|都得|均得|皆为|各为|both|each|all)[^，。；,;]{0,3}$")
# matches " 到 ", "–", " to ": between the ends of a range
RANGE = re.compile(r"^\s*%?\s*(?:到|至|–|—|~|to|and)\s*$")
# what parts of a sentence a difference word may reach over
STOPS = re.compile(r"[，,；;。（(]")


class Binder:
    """Binds the numbers of one page."""

    def __init__(self, pages: PageReading) -> None:
        self.pages = pages
        self.names = pages.names
        self.book = pages.names.book
        self.quantities = Quantities(pages)
        self.references = References(pages)
        lexicon = self.book.lexicon
        words = sorted(lexicon.differences, key=len, reverse=True)
        latin = [re.escape(word) for word in words if word.isascii()]
        self.latin_differences = re.compile("(?<![A-Za-z])(?:" + "|".join(latin) + ")$")
        self.differences = re.compile("|".join(map(re.escape, words)))
        self.han_differences = tuple(word for word in words if not word.isascii())
        han = [re.escape(word) for word in self.han_differences]
        self.reaching = re.compile("(?:" + "|".join(han) + ")(?!于|到|至|的)")

    def bind(self, reading: Reading) -> list[Binding]:
        """A binding for every number of a unit, in order. Differences come back as kind `delta`, for `derived`."""
        bindings: list[Binding] = []
        for number in reading.numbers:
            binding = self._one(reading, number, bindings)
            number.result = binding
            bindings.append(binding)
        self._once_each(reading, bindings)
        return bindings

    def _once_each(self, reading: Reading, bindings: Sequence[Binding]) -> None:
        """Two numbers of a sentence do not state the same quantity: the second states another one, or none."""
        used: set[str] = set()
        for binding in bindings:
            if binding.kind != "quantity" or binding.noted or binding.number.fraction is not None:
                continue
            if self.book.quantities[binding.ids[0]].entry.unit == "count":
                continue
            free = [i for i in (*binding.ids, *binding.message.get("equals", ())) if i not in used]  # type: ignore[misc]
            if free:
                binding.ids = (free[0],)
                used.add(free[0])
            else:
                binding.kind, binding.code = "error", "N105"
                binding.message = {"quantities": [self.book.quantities[i] for i in binding.ids]}

    def _one(self, reading: Reading, number: Number, done: Sequence[Binding]) -> Binding:
        noted = self._noted(reading, number)
        if noted:
            return noted
        text = reading.unit.text
        before = text[: number.start - len(number.signed)].rstrip(" ")
        reference = self.references.of(reading, number, before, done)
        if reference:
            return reference
        if number.is_path or number.is_misspelt:
            return unbound(reading, number, "N101")
        if (ORDINAL.search(before[-4:]) and not number.scale) or _opens(reading, number):
            return Binding(number, reading, "ordinal")
        if number.is_size:
            return self._size(reading, number)
        if number.code:
            return self.quantities.of(reading, number) or self._score_or_error(reading, number)
        if number.units is not None and not number.units & SCORE_UNITS:
            return self._counted(reading, number)
        if self._is_delta(reading, number, before):
            return Binding(number, reading, "delta")
        if number.scale or number.chinese or (number.word == "倍"):
            return self.quantities.of(reading, number) or Binding(number, reading, "count")
        return self._score_or_error(reading, number)

    # -- notes -----------------------------------------------------------------------------------------------------

    def _noted(self, reading: Reading, number: Number) -> Binding | None:
        notes = reading.notes
        if not (notes.ignored or notes.values):
            return None
        keys = number.keys
        for key in keys:
            if key in notes.ignored:
                return Binding(number, reading, "ignored", noted=True)
        for key in keys:
            item = notes.values.get(key)
            if item:
                return self._to_named(reading, number, item.value)
        return None

    def _to_named(self, reading: Reading, number: Number, named: str) -> Binding:
        book = self.book
        if named in book.facts:
            binding = self._compare(reading, number, [book.facts[named]], {})
        elif named in book.quantities:
            binding = self.quantities.stated(reading, number, [book.quantities[named]])
        else:
            override: dict[str, tuple[str, ...]] = {}
            for part in named.split(","):
                for kind, registry in (
                    ("benchmark", book.benchmarks), ("model", book.models), ("mode", book.vocabulary.modes),
                    ("variant", book.vocabulary.variants), ("split", book.vocabulary.splits),
                ):  # fmt: skip
                    if part in registry:
                        override[kind] = (*override.get(kind, ()), part)
                        break
                else:
                    return unbound(reading, number, "N303", name=part)
            binding = self._score(reading, number, override) or unbound(reading, number, "N101")
        binding.noted = True
        return binding

    # -- sizes, quantities, counts -----------------------------------------------------------------------------------

    def _size(self, reading: Reading, number: Number) -> Binding:
        quantity = self.quantities.of(reading, number)
        if quantity and quantity.ok:
            return quantity
        named = self.pages.named(reading, ("model",))
        for near in ("own", None):
            for identity, how in named.items():
                if near and how != near:
                    continue
                model = self.book.models.get(identity)
                sizes = model.parameters if model else None
                for key in ("total", "activated"):
                    size = getattr(sizes, key, None) if sizes else None
                    if size and number_of(size) == number.value:
                        return Binding(number, reading, "parameter", (f"models/{identity}#{key}",))
            if near and any(how == "own" for how in named.values()):
                break
        return unbound(reading, number, "N108", size=number.text)

    def _counted(self, reading: Reading, number: Number) -> Binding:
        quantity = self.quantities.of(reading, number)
        if quantity and quantity.ok:
            return quantity
        owners = [i for unit in number.units or () for i in self.names.measured_in.get(unit, ())]
        if len(owners) == 1 and (score := self._score(reading, number, {"benchmark": (owners[0],)})) and score.ok:
            return score
        if counted := self._site_count(number):
            return Binding(number, reading, "count", (counted,), message={"settled": True})
        if number.word == "倍" or (number.units and "times" in number.units):
            return Binding(number, reading, "count")
        return Binding(number, reading, "count", message={"quantity": quantity})

    def _site_count(self, number: Number) -> str | None:
        """The name of the registry that a count is about: 三份报告 -> reports, 十篇论文 -> papers."""
        tail = number.unit.text[number.end : number.end + 8].strip()
        for words, registry, name in (
            (("份报告", "份技术报告", "reports", "technical reports"), self.book.reports, "reports"),
            (("篇论文", "篇相关论文", "papers", "related papers"), self.book.papers, "papers"),
        ):
            if tail.startswith(words) and number.value == len(registry):
                return name
        return None

    # -- scores ------------------------------------------------------------------------------------------------------

    def _is_delta(self, reading: Reading, number: Number, before: str) -> bool:
        if number.signed:
            return True
        if number.word in ("个百分点", "百分点", "个点", "点", "percentage points"):
            return True
        text = reading.unit.text
        near = before[-14:]
        if self.differences.search(near):
            trimmed = DELTA_TAIL.sub("", near).removesuffix("\n")
            if trimmed.endswith(self.han_differences) or (
                trimmed[-1:].isascii() and self.latin_differences.search(trimmed)
            ):
                return not REACHED.search(before[-4:])
        if POINTS.match(text, number.end, number.end + 28):
            return True
        if number.word == "分":
            return bool(self.reaching.search(STOPS.split(before)[-1]))
        return False

    def _score_or_error(self, reading: Reading, number: Number) -> Binding:
        score = self._score(reading, number, {})
        if score and score.ok:
            return score
        quantity = self.quantities.of(reading, number)
        if quantity and quantity.ok and not (score and self._must_be_score(number, score, quantity)):
            return quantity
        if number.units is None and not score and not quantity and number.decimals == 0:
            return Binding(number, reading, "count")
        return score or quantity or unbound(reading, number, "N101")

    def _must_be_score(self, number: Number, score: Binding, quantity: Binding) -> bool:
        """A bare number whose sentence names a benchmark and a model is no quantity but one of that benchmark."""
        benchmark, model = score.picks.get("benchmark"), score.picks.get("model")
        entry = self.book.quantities[quantity.ids[0]].entry
        if number.units is not None or not (benchmark and benchmark.own):
            return False
        if number.decimals and entry.benchmark and entry.benchmark not in benchmark.ids:
            return True
        if number.code or not (model and model.own):
            return False
        if entry.benchmark in benchmark.ids or entry.subject in benchmark.ids or number.fraction is not None:
            return False
        if entry.unit in COUNTED:
            return True
        named = max((m.end for m in quantity.reading.of_kind.get("benchmark", ()) if m.end <= number.start), default=0)
        cues = [at for at in quantity.reading.cues.get(quantity.ids[0], ()) if at < number.start]
        return not cues or max(cues) < named

    def scope(self, reading: Reading, number: Number, override: dict[str, tuple[str, ...]]) -> dict[str, Pick | None]:
        """What each dimension is for this number."""
        picks = {dimension: self._pick(dimension, reading, number, override) for dimension in DIMENSIONS}
        picks["mode"] = _exact_mode(reading, number.start, picks["mode"])
        return picks

    def _pick(
        self, dimension: str, reading: Reading, number: Number, override: dict[str, tuple[str, ...]]
    ) -> Pick | None:
        if dimension in override:
            return Pick(override[dimension], "note", ",".join(override[dimension]), own=True)
        return self.pages.pick(dimension, reading, number.start, number.end, number)

    def _score(self, reading: Reading, number: Number, override: dict[str, tuple[str, ...]]) -> Binding | None:
        benchmark = self._pick("benchmark", reading, number, override)
        model = self._pick("model", reading, number, override) if benchmark else None
        if not benchmark or not model:
            return None
        picks: dict[str, Pick | None] = {"benchmark": benchmark, "model": model}
        picks |= {d: self._pick(d, reading, number, override) for d in ("mode", "split", "variant")}
        picks["mode"] = _exact_mode(reading, number.start, picks["mode"])
        facts = self.facts(reading, picks, number.start)
        pair = self._split_pair(number, facts)
        if pair:
            facts = pair
        if not facts:
            return unbound(reading, number, "N103", picks=picks, benchmarks=benchmark.ids, models=model.ids)
        return self._compare(reading, number, facts, picks)

    def facts(self, reading: Reading, picks: dict[str, Pick | None], position: int | None = None) -> list[Fact]:
        """The facts inside a scope; an empty list where the scope names nothing that was measured."""
        benchmark, model = picks["benchmark"], picks["model"]
        if not benchmark or not model:
            return []
        return select(
            self.names, benchmark.ids, model.ids, mode=picks["mode"], split=picks["split"], variant=picks["variant"],
            reports=self.pages.reports_for(reading, position),
        )  # fmt: skip

    def _split_pair(self, number: Number, facts: list[Fact]) -> list[Fact] | None:
        """The k-th split's fact for the k-th number of a slashed list (0.226/0.324) where no split is named."""
        if len(number.group) == 1:
            return None
        splits = list(dict.fromkeys(fact.split for fact in facts))
        keys = {(fact.benchmark, fact.model, fact.mode) for fact in facts}
        if len(keys) == 1 and len(splits) == len(number.group):
            between = number.unit.text[number.group[0].start : number.group[-1].end]
            if "/" in between:
                return [fact for fact in facts if fact.split == splits[number.group_index]]
        return None

    def _compare(self, reading: Reading, number: Number, facts: list[Fact], picks: dict[str, Pick | None]) -> Binding:
        keys = {(f.benchmark, f.split, f.model, f.mode, f.variant) for f in facts}
        equal = [fact for fact in facts if states(number, fact)]
        if len(keys) > 1:
            if len(equal) == len(facts) and SHARED.search(number.unit.text[max(0, number.start - 12) : number.start]):
                return Binding(number, reading, "fact", tuple(f.id for f in facts), tuple(facts), picks)
            if extreme := _extreme(number, facts):
                return Binding(number, reading, "fact", (extreme.id,), (extreme,), picks)
            return unbound(reading, number, "N104", picks=picks, facts=facts)
        if equal:
            return Binding(number, reading, "fact", (equal[0].id,), (equal[0],), picks)
        near = [fact for fact in facts if fact.number is not None and rounds(number, fact)]
        if near:
            return unbound(reading, number, "N109", picks=picks, wanted=tuple(near), fact=near[0])
        return unbound(reading, number, "N102", picks=picks, wanted=tuple(facts), fact=facts[0])


def _opens(reading: Reading, number: Number) -> bool:
    """Whether a number only counts its paragraph, cell or heading: "1. 目标", "**2. 数据**"."""
    text = reading.unit.text
    before = text[: number.start].rstrip()
    if (
        text[number.end : number.end + 1] in (")", "）")
        and before[-1:] in ("", "：", ":", "，", ",", "；", "。", "（", "(")
        and (number.decimals == 0 and number.value < 20 and not number.scale)
    ):
        return True
    if text[: number.start].strip() or number.scale or number.chinese:
        return False
    after = text[number.end : number.end + 3]
    if reading.unit.index:  # a line of a cell: "甲。<br>2. 乙"
        return after.startswith(". ") and number.decimals == 0 and number.value < 20
    return (after[:1] in (".", "、", ")") and number.decimals == 0 and not after[1:2].isdigit()) or (
        reading.unit.block.kind == "heading" and after.startswith((" -", " –", "."))
    )


def _extreme(number: Number, facts: list[Fact]) -> Fact | None:
    """在 61.4 到 74.1 之间: the lowest and the highest of what a list of names scores."""
    group = number.group
    if len(group) != 2 or not RANGE.match(number.unit.text[group[0].end : group[1].start]):
        return None
    choose = min if number.group_index == 0 else max
    extreme = choose((f for f in facts if f.number is not None), key=lambda f: f.number or 0, default=None)
    return extreme if extreme and states(number, extreme) else None


def _exact_mode(reading: Reading, position: int, pick: Pick | None) -> Pick | None:
    """The mode marked exact where it is said of the model nearest before the number: "X 思考", "思考的 X"."""
    if not pick or pick.how not in ("nearest", "list", "bracket"):
        return pick
    models = [m for m in reading.of_kind.get("model", ()) if m.end <= position]
    modes = [m for m in reading.of_kind.get("mode", ()) if m.end <= position]
    if pick.how == "bracket" or (
        modes and models and (modes[-1].start >= models[-1].start or models[-1].start - modes[-1].end <= 3)
    ):
        return Pick(pick.ids, pick.how, pick.text, pick.own, exact=True)
    return pick
