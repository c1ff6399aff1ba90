"""Bindings and claims that do not hold -> findings with their reasons and fixes, in the page's language."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ..book import Book, BookQuantity, Fact, number_of, split_name
from ..problems import Problem
from .binding import Binding
from .claims import Claim
from .markdown import Page
from .names import Names

HOW = {
    "zh": {"nearest": "最近的", "after": "其后的", "bracket": "括号中的", "list": "并列项", "before": "前一句的", "row": "行首",
           "column": "列头", "parent": "上级条目", "heading": "标题", "scope": "本节范围", "page": "页面", "note": "注释"},
    "en": {"nearest": "nearest", "after": "following", "bracket": "in brackets", "list": "listed", "before": "sentence before",
           "row": "row", "column": "column", "parent": "parent item", "heading": "heading", "scope": "section scope",
           "page": "page", "note": "note"},
}  # fmt: skip
TEXT = {
    "zh": {
        "N101": "{text} 没有归属：句中及上下文没有同时说明模型与基准，也没有匹配的量",
        "N102": "{text} 不是 {fact}；数据中为 {value}",
        "N103": "{text} 没有对应的得分：{models} 没有 {benchmarks} 的结果",
        "N104": "{text} 指代不明：可以是 {options}",
        "N105": "{text} 与量不符：{options}",
        "N106": "{text} 不是句中任何一对得分之差：{options}",
        "N106last": "{text} 与差值相差末位一个单位：{options}",
        "N106wins": "{text} 与重数的结果不符：{total} 项中有 {part} 项",
        "N107": "{place}{name} 不存在",
        "N108": "{size} 不是句中模型的参数量，也不是已知模型",
        "N109": "{text} 的位数与印刷值 {value} 不同",
        "N110": "引用的{label}与本句的数字不符：它们在 {options}",
        "N111": "来源没有列出本页用到的 {options}",
        "N112": "{name} 不是已登记的模型、基准或其他名字",
        "N113": "{text} 的限定词与来源不符：来源说的是“{word}”",
        "N201": "“{text}”不成立：{options}",
        "N202": "“{text}”的比较对象不明：写出双方的模型、基准或数值，或注明为报告的说法",
        "N203": "“{text}”不成立：{options}",
        "N204": "“{text}”没有可核对的对象：写出模型与基准，或注明为报告的说法",
        "N301": "注释 {key}={value} 没有改变任何数字",
        "N302": "注释有误：{reason}",
        "N303": "没有名为 {name} 的模型、基准、得分或量",
        "unknown": "没有名为 {name} 的模型{hint}",
        "bound": "依据：", "exists": "{text} 出现在：", "fix_write": "写 {value}", "place": "第 {place} 位", "tied": "与 {names} 并列",
        "model": "模型", "benchmark": "基准", "mode": "模式", "split": "子集", "variant": "条件",
        "table": "表 ", "figure": "图 ", "section": "节 ",
    },
    "en": {
        "N101": "{text} is not bound: nothing near names both a model and a benchmark, and no quantity fits",
        "N102": "{text} is not {fact}; the data has {value}",
        "N103": "{text} has no score: {models} was not measured on {benchmarks}",
        "N104": "{text} is ambiguous: it may be {options}",
        "N105": "{text} is not the quantity: {options}",
        "N106": "{text} is the difference of no pair of scores here: {options}",
        "N106last": "{text} is one last place off the difference: {options}",
        "N106wins": "{text} is not what the rows give: {part} of {total}",
        "N107": "{place}{name} does not exist",
        "N108": "{size} is the size of no model named here",
        "N109": "{text} has other digits than the printed {value}",
        "N110": "the {label} cited is not where this sentence's numbers stand: {options}",
        "N111": "the sources leave out {options}, which this page uses",
        "N112": "{name} is no registered model, benchmark or other name",
        "N113": "{text} is not qualified as in its source, which says “{word}”",
        "N201": "“{text}” does not hold: {options}",
        "N202": "“{text}” compares what cannot be found: name both models and the benchmark, or attribute it",
        "N203": "“{text}” does not hold: {options}",
        "N204": "“{text}” has nothing to check: name the model and the benchmark, or attribute it",
        "N301": "the note {key}={value} changes nothing",
        "N302": "the note cannot be read: {reason}",
        "N303": "no model, benchmark, fact or quantity is called {name}",
        "unknown": "no model is called {name}{hint}",
        "bound": "bound by: ", "exists": "{text} is: ", "fix_write": "write {value}", "place": "place {place}", "tied": "tied with {names}",
        "model": "model", "benchmark": "benchmark", "mode": "mode", "split": "split", "variant": "variant",
        "table": "Table ", "figure": "Figure ", "section": "section ",
    },
}  # fmt: skip


class Reporter:
    """Writes findings for one page."""

    def __init__(self, page: Page, path: str, names: Names, language: str) -> None:
        self.page, self.path, self.names, self.language = page, path, names, language
        self.book: Book = names.book
        self.text = TEXT[language]

    def of_binding(self, binding: Binding) -> Problem:
        """The finding for a number that is not bound."""
        number, code = binding.number, binding.code
        message = binding.message
        label = code
        values: dict[str, object] = {"text": number.signed + number.text}
        if code == "N102":
            wanted = binding.wanted[0]
            values |= {"fact": self.name(wanted), "value": wanted.value}
        elif code == "N103":
            values |= {
                "models": self.listed(message.get("models", ()), "model"),
                "benchmarks": self.listed(message.get("benchmarks", ()), "benchmark"),
            }
        elif code == "N104":
            values["options"] = "；".join(f"{self.name(f)} {f.value}" for f in list(message["facts"])[:6])  # type: ignore[call-overload]
        elif code == "N105":
            values["options"] = "；".join(
                f"{q.entry.name[self.language]} {q.entry.value}"
                for q in message["quantities"]  # type: ignore[attr-defined]
            )
        elif code == "N106":
            pairs = list(message.get("pairs", ()))  # type: ignore[call-overload]
            if message.get("what") == "wins":
                label = "N106wins"
                values["part"], values["total"] = message["counted"]  # type: ignore[misc]
            values["options"] = (
                "；".join(
                    f"{self.name(a)} {a.value} − {self.name(b)} {b.value} = {abs(a.number - b.number)}"
                    for a, b in pairs
                )
                or "—"
            )
            label = "N106last" if message.get("last_place") else label
        elif code == "N107":
            values |= {"place": self.text[str(message["place"])], "name": message["name"]}
        elif code == "N108":
            values["size"] = message["size"]
        elif code == "N109":
            values["value"] = binding.wanted[0].value
        elif code == "N110":
            values |= {"label": message["label"], "options": message["options"]}
        elif code in ("N302", "N303"):
            label = "N303" if "name" in message else code
            values |= message
        return self.problem(
            binding.reading.unit.offsets[number.start - len(number.signed)], len(number.signed + number.text), code, self.text[label].format(**values),
            notes=self.notes(binding), fixes=self.fixes(binding),
        )  # fmt: skip

    def of_claim(self, claim: Claim) -> Problem:
        """The finding for a comparison that does not hold, or has no operands."""
        superlative = claim.kind == "superlative"
        code = {"false": "N203" if superlative else "N201", "unbound": "N204" if superlative else "N202"}[claim.verdict]
        options = []
        for wrong in claim.message.get("wrong", ()):
            if superlative:
                fact, place, ties, better = wrong
                parts = [f"{self.name(fact)} {fact.value}：{self.text['place'].format(place=place)}"]
                if ties:
                    parts.append(self.text["tied"].format(names="、".join(self.name(t) for t in ties)))
                parts += [f"{self.name(b)} {b.value}" for b in better]
                options.append("，".join(parts))
            else:
                left, right = wrong
                options.append(f"{self.side(left)} {claim.message['relation']}? {self.side(right)}")
        text = self.text[code].format(text=claim.text, options="；".join(options))
        fixes = self._claim_fixes(claim)
        return self.problem(claim.reading.unit.offsets[claim.start], len(claim.text), code, text, fixes=fixes)

    def problem(
        self,
        offset: int,
        width: int,
        code: str,
        message: str,
        *,
        notes: tuple[str, ...] = (),
        fixes: tuple[str, ...] = (),
    ) -> Problem:
        """A finding at an offset of the source."""
        line, column = self.page.place(offset)
        return Problem(
            path=self.path, line=line, column=column, code=code, message=message, excerpt=self.page.line_text(line),
            width=width, notes=notes, fixes=fixes,
        )  # fmt: skip

    # -- names ---------------------------------------------------------------------------------------------------------

    def name(self, fact: Fact) -> str:
        """`MMMU（val） · Qwen3-VL-8B · 思考`"""
        language = self.language
        parts = [self.book.benchmarks[fact.benchmark].name[language]]
        if fact.split:
            parts[0] += f"[{fact.split}]"
        parts.append(self.book.models[fact.model].name[language] if fact.model in self.book.models else fact.model)
        if fact.mode and fact.mode in self.book.vocabulary.modes:
            parts.append(self.book.vocabulary.modes[fact.mode].name[language])
        if fact.variant and fact.variant in self.book.vocabulary.variants:
            parts.append(self.book.vocabulary.variants[fact.variant].name[language])
        return " · ".join(parts)

    def side(self, value: object) -> str:
        """One side of a comparison with its value."""
        fact = getattr(value, "fact", None)
        if fact:
            return f"{self.name(fact)} {fact.value}"
        identity = getattr(value, "id", "")
        return f"{identity} {getattr(value, 'number', '')}".strip()

    def listed(self, ids: object, kind: str) -> str:
        registry = self.book.models if kind == "model" else self.book.benchmarks
        return "、".join(registry[i].name[self.language] if i in registry else str(i) for i in ids)  # type: ignore[attr-defined]

    def notes(self, binding: Binding) -> tuple[str, ...]:
        """How the number was bound, and where the number does exist."""
        found = []
        parts = []
        for dimension, pick in binding.picks.items():
            if pick:
                parts.append(f"{self.text[dimension]} = {HOW[self.language].get(pick.how, pick.how)} “{pick.text}”")
        if parts:
            found.append(self.text["bound"] + ("，" if self.language == "zh" else ", ").join(parts))
        if binding.code in ("N101", "N102", "N103"):
            places = self.elsewhere(binding)
            if places:
                shown = "；".join(f"{self.name(f)}（{f.place}）" for f in places[:3])
                found.append(self.text["exists"].format(text=binding.number.text) + shown)
        return tuple(found)

    def elsewhere(self, binding: Binding) -> list[Fact]:
        """Facts of the printed value, those nearest to the scope first."""
        picks = binding.picks
        models = set(picks["model"].ids) if picks.get("model") else set()  # type: ignore[union-attr]
        benchmarks = set(picks["benchmark"].ids) if picks.get("benchmark") else set()  # type: ignore[union-attr]
        pool: Iterable[Fact] = [f for m in models for f in self.names.by_model.get(m, ())] + [
            f for b in benchmarks for f in self.names.by_benchmark.get(b, ())
        ]
        same = [f for f in dict.fromkeys(pool) if f.number == binding.number.value]

        def distance(fact: Fact) -> tuple[int, str]:
            return (
                2 * (fact.model not in models) + 2 * (fact.benchmark not in benchmarks) + (fact.model not in models),
                fact.id,
            )

        return sorted(same, key=distance)

    # -- fixes ---------------------------------------------------------------------------------------------------------

    def fixes(self, binding: Binding) -> tuple[str, ...]:
        """At most three replacements, the likeliest first."""
        fixes: list[str] = []
        number = binding.number
        if binding.code in ("N102", "N109") and binding.wanted:
            wanted = binding.wanted[0]
            write = self.text["fix_write"].format(value=wanted.digits.rstrip("%"))
            others = self.elsewhere(binding) if binding.code == "N102" else []
            fixes = self._renames(binding, others)
            typo = wanted.number is not None and _typo(
                number.written, wanted.digits.rstrip("%"), number.value, wanted.number
            )
            evidence = self._evidence(binding)
            if evidence == "value" and self._other_mode(binding, others) and not typo:
                evidence = "name"
            if not fixes or evidence == "value" or (typo and evidence != "name"):
                fixes.insert(0, write)
            else:
                fixes.insert(1, write)
        elif binding.code == "N104":
            facts = list(binding.message["facts"])  # type: ignore[call-overload]
            exact = [f for f in facts if f.number == number.value] or facts
            for fact in exact[:3]:
                fixes.append(self._spell(fact, facts))
        elif binding.code == "N105":
            fixes = self._quantity_fixes(binding, list(binding.message["quantities"]))  # type: ignore[call-overload]
        elif binding.code == "N106":
            pairs = list(binding.message.get("pairs", ()))  # type: ignore[call-overload]
            fixes = [self.text["fix_write"].format(value=abs(a.number - b.number)) for a, b in pairs]
            if counted := binding.message.get("counted"):
                right = counted[1] if binding.message.get("role") == "total" else counted[0]  # type: ignore[index]
                fixes = [self.text["fix_write"].format(value=right)]
        elif binding.code in ("N101", "N103"):
            cued = [self.book.quantities[i] for i in binding.reading.cues]
            near = [
                q
                for q in cued
                if q.number is not None and _typo(number.written, q.entry.value, abs(number.value), q.number)
            ]
            fixes = self._quantity_fixes(binding, near)
            fixes += self._other_names(binding)
            fixes += [f"<!-- num: {number.text}={fact.id} -->" for fact in self.elsewhere(binding)[:2]]
        elif binding.code == "N108":
            fixes = self._sizes(binding)
        return tuple(dict.fromkeys(fixes))[:3]

    def _other_names(self, binding: Binding) -> list[str]:
        """For a result that does not exist: the models that have the number on the benchmark named."""
        benchmark = binding.picks.get("benchmark")
        found = [f for f in self.elsewhere(binding) if benchmark and f.benchmark in benchmark.ids]
        return [self.text["fix_write"].format(value=self.book.models[f.model].name[self.language]) for f in found[:1]]

    def _sizes(self, binding: Binding) -> list[str]:
        """The sizes of the models named nearby and of the quantities cued, the one most like what is written first."""
        number = binding.number
        sizes = [
            q.entry.value for i in binding.reading.cues if (q := self.book.quantities[i]).entry.unit == "parameter"
        ]
        for mention in binding.reading.mentions:
            for identity in mention.ids if mention.kind == "model" else ():
                parameters = self.book.models[identity].parameters
                sizes += [size for size in (parameters.total, parameters.activated) if size] if parameters else []
        known = sorted(set(sizes), key=lambda s: abs((number_of(s) or Decimal(0)) - number.value))
        return [self.text["fix_write"].format(value=size) for size in known]

    def _quantity_fixes(self, binding: Binding, quantities: list[BookQuantity]) -> list[str]:
        """The values of quantities that may be meant, the one most like what is written first."""
        number = binding.number

        def unlike(quantity: BookQuantity) -> tuple[bool, int, Decimal]:
            value = quantity.number if quantity.number is not None else Decimal(0)
            digits = quantity.entry.value.replace(",", "").rstrip("%KMBTx")
            typo = _typo(number.written, digits, abs(number.value), value)
            cues = binding.reading.cues.get(quantity.id, [])
            return not typo, min((abs(number.start - at) for at in cues), default=999), abs(value - abs(number.value))

        return [self.text["fix_write"].format(value=q.entry.value) for q in sorted(quantities, key=unlike)]

    def _evidence(self, binding: Binding) -> str:
        """What the rest of the sentence says: "value" where its names hold for other numbers or two numbers are
        exchanged, "name" where several numbers are wrong under one name, else nothing."""
        wanted, number = binding.wanted[0], binding.number
        siblings = [n.result for n in binding.reading.numbers if n is not number and isinstance(n.result, Binding)]
        wrong = [s for s in siblings if s.code == "N102" and s.wanted]
        if any(s.wanted[0].number == number.value and s.number.value == wanted.number for s in wrong):
            return "value"
        names = [d for d in ("model", "benchmark") if binding.picks.get(d)]
        if all(not pick.own for d in names if (pick := binding.picks[d])):
            return "value"

        def text_of(other: Binding, dimension: str) -> str | None:
            pick = other.picks.get(dimension)
            return pick.text if pick else None

        def shared(other: Binding) -> bool:
            return all(text_of(other, d) == text_of(binding, d) for d in names)

        if any(s.kind == "fact" and shared(s) for s in siblings):
            return "value"
        if any(text_of(s, d) == text_of(binding, d) for s in wrong for d in names):
            return "name"
        return ""

    def _other_mode(self, binding: Binding, others: list[Fact]) -> bool:
        """Whether the number is that of the same model and benchmark in another mode, and no exchange of two numbers."""
        wanted, number = binding.wanted[0], binding.number
        siblings = [n.result for n in binding.reading.numbers if n is not number and isinstance(n.result, Binding)]
        exchanged = any(s.code == "N102" and s.wanted and s.wanted[0].number == number.value for s in siblings)
        alike = [f for f in others if (f.model, f.benchmark, f.split) == (wanted.model, wanted.benchmark, wanted.split)]
        return not exchanged and any(f.mode != wanted.mode for f in alike)

    def _renames(self, binding: Binding, others: list[Fact]) -> list[str]:
        """Same model and benchmark in another mode or split, another benchmark of the model, another model."""
        wanted = binding.wanted[0]
        ranked: list[tuple[int, str]] = []
        language = self.language
        for fact in others:
            same_model, same_benchmark = fact.model == wanted.model, fact.benchmark == wanted.benchmark
            if same_model and same_benchmark:
                ranked.append((0, self._spell(fact, [wanted])))
            elif same_model and (fact.mode, fact.report) == (wanted.mode, wanted.report):
                ranked.append(
                    (1, self.text["fix_write"].format(value=self.book.benchmarks[fact.benchmark].name[language]))
                )
            elif same_benchmark and fact.reasoning == wanted.reasoning:
                ranked.append((2, self.text["fix_write"].format(value=self.book.models[fact.model].name[language])))
        return [text for _, text in sorted(ranked, key=lambda pair: pair[0])][:2]

    def _spell(self, fact: Fact, others: Iterable[Fact]) -> str:
        """The words that single a fact out among others."""
        parts = []
        for dimension in ("model", "benchmark", "mode", "split", "variant"):
            if any(getattr(o, dimension) != getattr(fact, dimension) for o in others):
                value = getattr(fact, dimension)
                if dimension == "model":
                    parts.append(self.book.models[value].name[self.language])
                elif dimension == "benchmark":
                    parts.append(self.book.benchmarks[value].name[self.language])
                elif value and dimension == "mode":
                    parts.append(self.book.vocabulary.modes[value].name[self.language])
                elif value and dimension == "variant":
                    parts.append(self.book.vocabulary.variants[value].name[self.language])
                elif value:
                    parts.append(
                        split_name(self.book.vocabulary, self.book.benchmarks[fact.benchmark], value)[self.language]
                    )
        return self.text["fix_write"].format(value=" ".join(parts) or fact.value)

    def _claim_fixes(self, claim: Claim) -> tuple[str, ...]:
        lexicon = self.book.lexicon
        write = self.text["fix_write"]
        han = not claim.text[:1].isascii()
        if claim.kind == "comparison" and claim.verdict == "false":
            relation = claim.message["relation"]
            pair = claim.message["wrong"][0]
            equal = pair[0].number == pair[1].number
            wanted = (
                "="
                if equal
                else {">": "<", "<": ">", ">=": "<", "<=": ">", "=": ">" if pair[0].number > pair[1].number else "<"}[
                    relation
                ]
            )
            for comparison in lexicon.comparisons:
                if comparison.relation == wanted and (equal or comparison.by == claim.message["by"] or relation == "="):
                    word = next((w for w in comparison.words if w[:1].isascii() != han), None)
                    return (write.format(value=word),) if word else ()
        if claim.kind == "movement" and claim.verdict == "false":
            there, back = lexicon.movements.up, lexicon.movements.down
            others = back if claim.text.lower() in there else there
            like = [w for w in others if len(w) == len(claim.text) and w[-1] == claim.text[-1]] or [
                w for w in others if len(w) == len(claim.text)
            ]
            return (write.format(value=like[0]),) if like else ()
        if claim.kind == "superlative" and claim.verdict == "false":
            place = claim.message["wrong"][0][1]
            for superlative in lexicon.superlatives:
                if superlative.place == place:
                    word = next((w for w in superlative.words if w[:1].isascii() != han), None)
                    return (write.format(value=word),) if word else ()
        return ()


def _typo(written: str, wanted: str, value: Decimal, number: Decimal) -> bool:
    """One last place or one unit off, two digits swapped, or one digit wrong."""
    if len(written) == len(wanted):
        different = [i for i, (a, b) in enumerate(zip(written, wanted, strict=True)) if a != b]
        if len(different) == 1 or (len(different) == 2 and sorted(written) == sorted(wanted)):
            return True
    return abs(value - number) in (Decimal("0.1"), Decimal(1))
