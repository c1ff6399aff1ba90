"""Bindings and claims that do not hold -> findings with their reasons and fixes, in the page's language."""

from __future__ import annotations

from ..book import Book, Fact
from ..problems import Problem
from .binding import Binding
from .claim import Claim
from .edits import elsewhere
from .names import Names
from .page import Page

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
        "N114": "来源没有列出正文引用的第 {text} 节",
        "N115": "来源列出的第 {text} 节重复，或与本页无关：正文没有引用，也没有它的数字",
        "N116": "冒号前的 {name} 在后文没有成绩",
        "N118": "{name} 没有“{mode}”的成绩",
        "N119": "{name} 在列举里出现了两次",
        "N117": "选了 {name}，同一行的依据里却没有它的成绩",
        "N201": "“{text}”不成立：{options}",
        "N202": "“{text}”的比较对象不明：写出双方的模型、基准或数值，或注明为报告的说法",
        "N203": "“{text}”不成立：{options}",
        "N204": "“{text}”没有可核对的对象：写出模型与基准，或注明为报告的说法",
        "N301": "注释 {key}={value} 没有改变任何数字",
        "N302-reason": "注释 {words} 要有带引号的理由",
        "N302-key": "注释里没有 {words} 这个键",
        "N302-unread": "注释读不懂：{words}",
        "N303": "没有名为 {name} 的模型、基准、得分或量",
        "unknown": "没有名为 {name} 的模型{hint}",
        "bound": "依据：", "exists": "{text} 出现在：", "place": "第 {place} 位", "tied": "与 {names} 并列",
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
        "N114": "the sources leave out section {text}, which the text cites",
        "N115": "section {text} stands twice in the sources or has nothing to do with this page: the text neither cites it nor has its numbers",
        "N116": "{name}, named before the colon, has no result after it",
        "N118": "{name} has no result in the mode “{mode}”",
        "N119": "{name} stands twice in one list",
        "N117": "{name} is chosen, but the grounds in its row have no result of it",
        "N201": "“{text}” does not hold: {options}",
        "N202": "“{text}” compares what cannot be found: name both models and the benchmark, or attribute it",
        "N203": "“{text}” does not hold: {options}",
        "N204": "“{text}” has nothing to check: name the model and the benchmark, or attribute it",
        "N301": "the note {key}={value} changes nothing",
        "N302-reason": "the note {words} needs a reason in quotes",
        "N302-key": "no note has a key {words}",
        "N302-unread": "the note cannot be read: {words}",
        "N303": "no model, benchmark, fact or quantity is called {name}",
        "unknown": "no model is called {name}{hint}",
        "bound": "bound by: ", "exists": "{text} is: ", "place": "place {place}", "tied": "tied with {names}",
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
        self.line = 0, ""  # the last line that was quoted: findings of a long line share it

    def of_binding(self, binding: Binding, fixes: tuple[str, ...] = ()) -> Problem:
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
            notes=self.notes(binding), fixes=fixes,
        )  # fmt: skip

    def of_claim(self, claim: Claim, fixes: tuple[str, ...] = ()) -> Problem:
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
        if self.line[0] != line:
            self.line = line, self.page.line_text(line)
        return Problem(
            path=self.path, line=line, column=column, code=code, message=message, excerpt=self.line[1],
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
            places = elsewhere(binding, self.names)
            if places:
                shown = "；".join(f"{self.name(f)}（{f.place}）" for f in places[:3])
                found.append(self.text["exists"].format(text=binding.number.text) + shown)
        return tuple(found)
