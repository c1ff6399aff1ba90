"""The strength of the check, measured: change real pages in seeded ways and count how many changes it notices."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .mutants import Mutant, mutants
from .prose.checking import Checker, PageResult
from .prose.names import Names

OPERATORS = (
    "plus-minus-0.1", "plus-minus-1", "digit-swap", "typo", "another-score", "row-swap", "model-renamed",
    "benchmark-renamed", "split-changed", "mode-flipped", "comparison-reversed", "superlative-reversed",
    "quantity-changed", "reference-changed", "section-changed", "unit-changed", "name-misspelt", "qualifier-changed",
)  # fmt: skip
FLOORS: dict[str, Decimal] = {
    **dict.fromkeys(("plus-minus-0.1", "plus-minus-1", "digit-swap", "typo", "another-score"), Decimal("99.5")),
    "row-swap": Decimal(99), "model-renamed": Decimal(97), "benchmark-renamed": Decimal("99.5"),
    "split-changed": Decimal("99.5"), "mode-flipped": Decimal(99), "comparison-reversed": Decimal(97),
    "superlative-reversed": Decimal(97), "quantity-changed": Decimal(98), "reference-changed": Decimal(99),
    "section-changed": Decimal(90), "unit-changed": Decimal(95), "name-misspelt": Decimal(99),
    "qualifier-changed": Decimal(97),
}  # fmt: skip


@dataclass(slots=True)
class Score:
    """What became of one operator's mutants."""

    made: int = 0
    killed: int = 0
    survivors: list[Mutant] = field(default_factory=list)

    @property
    def rate(self) -> Decimal:
        return Decimal(100) * self.killed / self.made if self.made else Decimal(100)


def strength(
    sources: Mapping[str, str], names: Names, language: str, *, seed: int = 1, each: int | None = None
) -> dict[str, Score]:
    """Mutate every page and check again. `each` bounds the mutants of one operator over all pages (seeded choice)."""
    checker = Checker(names)
    chooser = random.Random(seed)
    scores = {operator: Score() for operator in OPERATORS}
    made: dict[str, list[tuple[Mutant, PageResult]]] = {operator: [] for operator in OPERATORS}
    for path, source in sorted(sources.items()):
        result = checker.check(source, path, language)
        for mutant in mutants(result, path, names, random.Random(f"{seed}:{path}")):
            made[mutant.operator].append((mutant, result))
    for operator, found in made.items():
        if each is not None and len(found) > each:
            found = chooser.sample(found, each)
        for mutant, result in found:
            score = scores[operator]
            score.made += 1
            if killed(mutant, result, checker, language):
                score.killed += 1
            else:
                score.survivors.append(mutant)
    return scores


def killed(mutant: Mutant, result: PageResult, checker: Checker, language: str) -> bool:
    """Whether the check finds anything in the mutant (clean pages have no findings); its section is enough to know."""
    whole = mutant.operator in (
        "reference-changed",
        "section-changed",
    )  # what the page uses decides which tables it may cite
    reduced, shift = (result.page.source, 0) if whole else section(result.page.source, mutant.start)
    return bool(checker.check(mutant.moved(shift).apply(reduced), mutant.path, language, repair=False).problems)


def section(source: str, offset: int) -> tuple[str, int]:
    """The front matter, the headings above and the section that holds `offset`; and by how much offsets move."""
    heads = list(re.finditer(r"^(#{1,6}) .*$", source, re.MULTILINE))
    begin = max((m.start() for m in heads if m.start() <= offset), default=0)
    end = min((m.start() for m in heads if m.start() > offset), default=len(source))
    matter = re.match(r"---\n.*?\n---\n", source, re.DOTALL)
    if matter and offset < matter.end():
        return source, 0
    kept = [matter[0] if matter else ""]
    level = 7
    chain = []
    for head in reversed([m for m in heads if m.start() < begin]):
        own = len(re.match(r"#+", source[begin:])[0]) if source[begin : begin + 1] == "#" else 7  # type: ignore[index]
        level = min(level, own)
        if len(head[1]) < level:
            scope = re.match(r"\s*<!--\s*num-scope.*?-->", source[head.end() :], re.DOTALL)
            chain.append(head[0] + (scope[0] if scope else "") + "\n\n")
            level = len(head[1])
    kept += reversed(chain)
    lead = "".join(kept)
    return lead + source[begin:end], len(lead) - begin
