"""Names in prose: which models, benchmarks, splits, modes and variants a text mentions, and where.

All names stand in one trie, walked once per text: the longest name wins, separators (space, hyphen, underscore) may be
written or not, and a name in Latin letters ends at a letter or digit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..book import Book, BookQuantity, Fact, Table, wins
from .trie import Node, beginning, node_of
from .values import Values

SEPARATORS = " -_"
GAP = f"[{re.escape(SEPARATORS)}]?"
OPENING = 3  # so many characters of a name are looked at before the trie is walked
NUMERALS = "一二两三四五六七八九十百"
BEYOND = "\0\0"  # after a text: no name goes on with it
# matches "8B", "235B-A22B", "1.7b"; the size that shorthand names a model by
SIZE = re.compile(r"(\d(?<![A-Za-z0-9.].)\d*(?:\.\d+)?B(?:-A\d+(?:\.\d+)?B)?)(?![A-Za-z0-9])")
# matches "-Thinking" after a model's name
SUFFIX = re.compile(r"[- ]?(Thinking|Instruct|Base|思考|指令|非思考)(?![A-Za-z])")


@dataclass(slots=True, eq=False)
class Mention:
    """A name in a text: `kind` is model, benchmark, split, mode, variant, paper, report or mask."""

    kind: str
    ids: tuple[str, ...]
    start: int
    end: int
    text: str


Name = tuple[str, str, str]  # as it is written, its kind, the id
Kind = tuple[str, tuple[str, ...]]  # a kind and the ids that a name has in it


@dataclass(slots=True)
class _Ending:
    """The names that end at a node of the trie; `capital`: one of them is a name only in capitals."""

    names: list[Name] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    capital: bool = False


class Names:
    """The names of a book, ready to be found in text. Build it once per book."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.trie: Node = {}
        self.capitals: set[str] = set()
        self.cue_trie: Node = {}
        self.sizes: dict[str, dict[str, str]] = defaultdict(dict)
        self.by_key: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in book.facts.values():
            self.by_key[fact.benchmark, fact.model].append(fact)
        self.by_model: dict[str, list[Fact]] = book.by_model
        self.by_benchmark: dict[str, list[Fact]] = book.by_benchmark
        self.families: dict[str, str] = {i: m.family or "" for i, m in book.models.items() if m.family}
        self.measured: dict[str, list[Table]] = defaultdict(list)  # by model: the tables that it was measured in
        for table in book.tables.values():
            for model in {fact.model for fact in table.facts}:
                self.measured[model].append(table)
        self.held = {
            t.id: {kind: {getattr(f, kind) for f in t.facts} for kind in ("benchmark", "model", "variant")}
            for t in book.tables.values()
        }
        self.measured_in: dict[str, list[str]] = defaultdict(list)
        for identity, benchmark in book.benchmarks.items():
            if benchmark.unit:
                self.measured_in[benchmark.unit].append(identity)
        self._wins: dict[tuple[object, ...], dict[str, int] | None] = {}
        self.values = Values(book.quantities)
        series = sorted((i for i, m in book.models.items() if m.kind == "series"), key=len, reverse=True)
        self.series = {i: [s for s in series if i.startswith(f"{s}-")] for i in book.models}
        self.units: dict[str, frozenset[str]] = self._unit_words()
        self.unit_words = re.compile(r"\s*(" + "|".join(_whole(word) for word in self.units) + ")")
        measures = sorted(book.lexicon.measures, key=len, reverse=True)
        self.measures = re.compile(r"\s?(" + "|".join(map(re.escape, measures)) + ")")
        self.counted = re.compile(
            rf"[{NUMERALS}](?<![第{NUMERALS}].)[{NUMERALS}]*+(?= {{0,2}}(?:{'|'.join(map(re.escape, measures))}))"
        )
        self.approximately = tuple(book.lexicon.approximately)
        self.around = tuple(word for word in self.approximately if word in "左右上下")
        self._fill()
        self._fill_sizes()
        self._fill_cues()
        self.openings = re.compile(beginning(self.trie, OPENING, GAP))
        self.cue_openings = re.compile(
            "|".join(f"{re.escape(c)}(?={beginning(n, 1)})" for c, n in self.cue_trie.items())
        )

    def find(self, text: str) -> list[Mention]:
        """The mentions in `text`, left to right, none overlapping another."""
        found: list[Mention] = []
        position = 0
        lower = text.lower()
        if len(lower) != len(text):
            lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
        lower += BEYOND
        while opening := self.openings.search(lower, position):
            start = opening.start()
            match = self._longest(text, lower, start) if not start or _may_start(text, start) else None
            if match is None:
                position = start + 1
                continue
            position, kinds = match
            words = text[start:position]
            for kind, ids in kinds:
                if kind == "compound":
                    found += self._expanded(ids[0], start, words)
                else:
                    found.append(Mention(kind, ids, start, position, words))
        return found

    def _expanded(self, name: str, start: int, text: str) -> list[Mention]:
        """AIME'24/'25 -> a mention of each benchmark, divided at the slashes."""
        mentions = []
        for identity, part in zip(self.book.lexicon.compounds[name], text.split("/"), strict=False):
            mentions.append(Mention("benchmark", (identity,), start, start + len(part), part))
            start += len(part) + 1
        return mentions

    def _longest(self, text: str, lower: str, start: int) -> tuple[int, list[Kind]] | None:
        """Where the longest name that begins at `start` ends, and what it names. `lower` ends with `BEYOND`."""
        endings: list[tuple[int, _Ending]] = []
        node: Node | None = self.trie
        position = start
        while node is not None:
            after = node.get(lower[position])
            if after is None and position > start and lower[position] in SEPARATORS:
                position += 1
                after = node.get(lower[position])
            node, position = after, position + 1
            if node is not None and "" in node:
                endings.append((position, node[""]))
        for end, ending in reversed(endings):
            if _may_end(text, end):
                kinds = ending.kinds
                if ending.capital and not text[start:end].isupper():
                    kinds = _kinds([name for name in ending.names if name[0] not in self.capitals])
                if kinds:
                    return end, kinds
        return None

    def cues(self, text: str) -> dict[str, list[int]]:
        """The quantities of which a cue stands in `text`, with the positions of these cues."""
        found: dict[str, list[int]] = {}
        lower = text.lower() + BEYOND
        for opening in self.cue_openings.finditer(lower):
            start = opening.start()
            node: Node | None = self.cue_trie[lower[start]]
            position = start + 1
            while node is not None:
                if "" in node:
                    for quantity in node[""]:
                        found.setdefault(quantity, []).append(start)
                node, position = node.get(lower[position]), position + 1
        return found

    def tables_with(self, *models: str) -> list[Table]:
        """The tables in which all of these models were measured."""
        first, *others = (self.measured.get(model, []) for model in models)
        return [table for table in first if all(table in other for other in others)]

    def wins(
        self, table: Table, left: tuple[str, str | None], right: tuple[str, str | None], capability: str | None
    ) -> dict[str, int] | None:
        """`book.wins` over all rows or those of one capability; each answer is computed once."""
        key = (table.id, left, right, capability)
        if key not in self._wins:
            among = {i for i, b in self.book.benchmarks.items() if b.capability == capability} if capability else None
            self._wins[key] = wins(table, left, right, among)
        return self._wins[key]

    def related(self, subject: str, named: Iterable[str]) -> bool:
        """Whether a quantity of `subject` may be meant where `named` are named: itself, its family or a member."""
        family = self.families.get(subject)
        return any(name in (subject, family) or self.families.get(name) == subject for name in named)

    def sized(self, family: str, size: str) -> str | None:
        """The model of a family that a size names: ("qwen3-vl", "8B") -> "qwen3-vl-8b"."""
        return self.sizes.get(family, {}).get(size.lower())

    def _fill(self) -> None:
        book = self.book
        for identity, model in book.models.items():
            for name in {model.name.zh, model.name.en, *model.aliases}:
                self._add(name, "model", identity)
        for identity, benchmark in book.benchmarks.items():
            for name in {benchmark.name.zh, benchmark.name.en, *benchmark.aliases}:
                self._add(name, "benchmark", identity)
            for split, own in benchmark.splits.items():
                if own:
                    for name in {own.name.zh, own.name.en, *own.aliases}:
                        self._add(name, "split", split)
                        if name.lower().startswith(benchmark.name.en.lower()):
                            self._add(name, "benchmark", identity)
        for identity, split_entry in book.vocabulary.splits.items():
            for name in {split_entry.name.zh, split_entry.name.en, *split_entry.aliases}:
                self._add(name, "split", identity)
        for identity, mode in book.vocabulary.modes.items():
            for name in {mode.name.zh, mode.name.en, *mode.aliases}:
                self._add(name, "mode", identity)
        for identity, variant in book.vocabulary.variants.items():
            for name in {variant.name.zh, variant.name.en, *variant.aliases}:
                self._add(name, "variant", identity)
        for identity, paper in book.papers.items():
            for name in {paper.name, *paper.aliases}:
                self._add(name, "paper", identity)
        for identity, capability in book.capabilities.items():
            for name in {capability.name.zh, capability.name.en}:
                self._add(name, "capability", identity)
        for name in book.lexicon.compounds:
            self._add(name, "compound", name)
        for words in book.lexicon.masks:
            for word in words:
                self._add(word, "mask", word)

    def _add(self, name: str, kind: str, identity: str) -> None:
        key = "".join(char for char in name.lower() if char not in SEPARATORS)
        ending: _Ending = node_of(self.trie, key.replace("’", "'")).setdefault("", _Ending())
        if _is_capital(name):
            self.capitals.add(name)
            ending.capital = True
        if (name, kind, identity) not in ending.names:
            ending.names.append((name, kind, identity))
            ending.kinds = _kinds(ending.names)

    def _fill_sizes(self) -> None:
        for identity, model in self.book.models.items():
            if not model.family or model.kind != "model":
                continue
            rest = identity.removeprefix(f"{model.family}-")
            for family in {model.family, *self.series[identity]}:
                rest = identity.removeprefix(f"{family}-")
                size = re.match(r"(\d+(?:\.\d+)?b)((?:-a\d+(?:\.\d+)?b)?)(-instruct|-it)?$", rest)
                if size:
                    self.sizes[family].setdefault(size[1] + size[2], identity)
                    self.sizes[family].setdefault(size[1], identity)

    def _fill_cues(self) -> None:
        for identity, quantity in self.book.quantities.items():
            cues = quantity.entry.cues
            for cue in {*cues.zh, *cues.en}:
                node_of(self.cue_trie, cue.lower()).setdefault("", []).append(identity)

    def _unit_words(self) -> dict[str, frozenset[str]]:
        words: dict[str, set[str]] = defaultdict(set)
        for identity, unit in self.book.vocabulary.units.items():
            for word in unit.words:
                words[word].add(identity)
        return {word: frozenset(ids) for word, ids in sorted(words.items(), key=lambda item: -len(item[0]))}


def quantities_of(names: Names, identities: Iterable[str]) -> list[BookQuantity]:
    """The quantities with these ids."""
    return [names.book.quantities[identity] for identity in identities]


def _kinds(names: Iterable[Name]) -> list[Kind]:
    """The ids of some names by their kinds."""
    by_kind: dict[str, dict[str, None]] = {}
    for _, kind, identity in names:
        by_kind.setdefault(kind, {})[identity] = None
    return [(kind, tuple(ids)) for kind, ids in by_kind.items()]


def _may_start(text: str, start: int) -> bool:
    before = text[start - 1]
    if not before.isascii() or not text[start].isascii() or not text[start].isalnum():
        return True
    if before.isalnum():
        return False
    return not (before in "-." and start > 1 and text[start - 2].isascii() and text[start - 2].isalnum())


def _may_end(text: str, end: int) -> bool:
    if end >= len(text) or not text[end - 1].isascii():
        return True
    last, after = text[end - 1], text[end]
    if not (last.isalnum() or last in "+*"):
        return True
    if after.isascii() and after.isalnum():
        return False
    following = text[end + 1] if end + 1 < len(text) else ""
    if after == "-" and following.isascii() and following.isalnum():
        return bool(SUFFIX.match(text, end))
    if after == "." and following.isdigit():
        return False
    return not (after in "+*" and last.isalnum())


def _whole(word: str) -> str:
    """A pattern for a word that, in Latin letters, does not run on into another."""
    return re.escape(word) + (r"(?![A-Za-z])" if word[-1].isascii() and word[-1].isalpha() else "")


def _is_capital(name: str) -> bool:
    """Whether a name, such as MATH or INCLUDE, is one only in capitals."""
    letters = "".join(char for char in name if char.isascii() and char.isalpha())
    return len(letters) > 1 and letters.isupper() and not any(char.isdigit() for char in name)
