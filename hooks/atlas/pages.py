"""The pages that are made from the data alone: one per model and benchmark, their indexes, the ledger and the compare
page. A page that somebody wrote under the same path is left to them.

Each is short Markdown: a title, what the thing is (which the search finds), and fences of kind `part` for the rest.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .book import Book, Fact
from .citing import Citations
from .model import Benchmark, Model
from .overviews import benchmark_plot, model_plot
from .prose.checking import Results
from .registry import Section, members_of, newest_first, sections_of_benchmarks, sections_of_models
from .rendering import Environment

# matches the "*" of "V*", the "_" of "OCRBench_v2"; not the "-" of "CC-OCR"
SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~])")
# matches the space of "模型 在"; not that of "Qwen3 在"
GAP = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
COMPARED = (
    "qwen3-vl-235b-a22b@instruct", "qwen3-vl-235b-a22b@thinking", "qwen3-vl-32b@instruct", "qwen3-vl-8b@instruct",
    "qwen2.5-vl-72b@instruct",
)  # fmt: skip
WRONG = ("misattributed", "value", "delta", "ratio")  # kinds of errata in which a number itself is wrong
Fence = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A section of a page: a heading with its id, text, and fences. `found` says that the search lists it."""

    id: str = ""
    title: str = ""
    text: str = ""
    fences: tuple[Fence, ...] = ()
    found: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page before it is written out."""

    title: str
    description: str
    paragraphs: tuple[str, ...]
    sections: tuple[Block, ...]


def generated_pages(
    environment: Environment, results: Results, sources: Mapping[str, tuple[str, str]] | None = None
) -> dict[str, str]:
    """The generated pages: path -> Markdown.

    `sources` are the authored pages: the name by which `results` call a page -> its path and source. From here on all
    templates know `citations` (where the pages cite a number) and `results`.
    """
    citations = Citations(results, sources or {})
    environment.jinja.globals.update(citations=citations, results=results)
    environment.jinja.filters["markdown"] = lambda text: SPECIAL.sub(r"\\\1", text)
    environment.jinja.filters["quoted"] = lambda text: json.dumps(text, ensure_ascii=False)
    written = environment.links.pages
    pages = dict(_Writer(environment, citations).pages())
    return {
        path: str(environment.render("page.md", path, content=content))
        for path, content in pages.items()
        if path not in written
    }


def part(show: str, identity: str) -> Fence:
    """A fence of kind `part`."""
    return "part", (("show", show), ("id", identity))


class _Writer:
    def __init__(self, environment: Environment, citations: Citations) -> None:
        self.book: Book = environment.book
        self.t = environment.text
        self.language = environment.language
        self.citations = citations
        self.joint = self.t("list-comma", _="")

    def pages(self) -> Iterator[tuple[str, Page]]:
        for identity, model in self.book.models.items():
            yield f"models/{identity}.md", self.model(identity, model)
        for identity, benchmark in self.book.benchmarks.items():
            if benchmark.kind == "benchmark":
                yield f"benchmarks/{identity}.md", self.benchmark(identity, benchmark)
        others = self.t("others")
        sections = sections_of_models(self.book, self.language, others)
        yield "models/index.md", self.index("models", len(self.book.models), sections)
        sections = sections_of_benchmarks(self.book, self.language, others)
        yield "benchmarks/index.md", self.index("benchmarks", sum(len(s.members) for s in sections), sections)
        yield "errata/index.md", self.errata()
        yield "compare/index.md", self.compare()

    def model(self, identity: str, entry: Model) -> Page:
        name, facts = entry.name[self.language], self.book.by_model.get(identity, [])
        quantities = any(identity == q.entry.subject for q in self.book.quantities.values())
        members = any(other.family == identity for other in self.book.models.values())
        what = entry.description[self.language] if entry.description else ""
        if facts:
            description = self.t("model-description", name=name, reports=self.reports(facts), count=len(facts))
        elif members:
            names = [self.book.models[member].name[self.language] for member in members_of(identity, self.book)]
            description = self.t("series-description", name=name, members=self.joint.join(names))
        else:
            description = self.t("model-description-empty", name=name, what=what or self.t(f"kind-{entry.kind}"))
        sections = [
            Block(fences=(part("model", identity),)),
            self.block("members", members, part("members", identity)),
            self.block("chart", model_plot(identity, self.book, self.language), part("model-chart", identity)),
            self.block("scores", facts, part("model-scores", identity)),
            *self.ending(identity, [fact.id for fact in facts], quantities),
            self.block("related", True, part("model-related", identity)),
        ]
        return Page(
            title=_tidy(self.t("series-title" if members else "model-title" if facts else "about-title", name=name)),
            description=_tidy(description),
            paragraphs=tuple(filter(None, (self.sentence(what), self.aliases(entry.aliases)))),
            sections=tuple(section for section in sections if section.fences),
        )

    def benchmark(self, identity: str, entry: Benchmark) -> Page:
        name, facts = entry.name[self.language], self.book.by_benchmark.get(identity, [])
        quantities = any(identity in (q.entry.subject, q.entry.benchmark) for q in self.book.quantities.values())
        capability = self.book.capabilities[entry.capability].name[self.language] if entry.capability else ""
        what = entry.measures[self.language] if entry.measures else ""
        sections = [
            Block(fences=(part("benchmark", identity),)),
            self.block("chart", benchmark_plot(identity, self.book, self.language), part("benchmark-chart", identity)),
            self.block("scores", facts, part("benchmark-scores", identity)),
            *self.ending(identity, [fact.id for fact in facts], quantities),
            self.block("related", True, part("benchmark-related", identity)),
        ]
        return Page(
            title=_tidy(self.t("benchmark-title", name=name)),
            description=_tidy(
                self.t(
                    "benchmark-description",
                    name=name, capability=capability, reports=self.reports(facts), count=len(facts),
                )
            ),
            paragraphs=tuple(filter(None, (self.sentence(what), self.aliases(entry.aliases)))),
            sections=tuple(section for section in sections if section.fences),
        )  # fmt: skip

    def ending(self, identity: str, facts: list[str], quantities: bool) -> list[Block]:
        """The numbers of the texts that are about it, and where the pages cite it."""
        ids = [
            *facts,
            *(q.id for q in self.book.quantities.values() if identity in (q.entry.subject, q.entry.benchmark)),
        ]
        return [
            self.block("numbers", quantities, part("numbers", identity)),
            self.block("cited", self.citations.of(ids), part("cited", identity)),
        ]

    def block(self, key: str, wanted: object, *fences: Fence) -> Block:
        """A section with its heading, empty where there is nothing to show."""
        return Block(id=key, title=self.t(f"heading-{key}"), fences=fences if wanted else ())

    def index(self, key: str, count: int, sections: list[Section]) -> Page:
        show = {"models": "model-index", "benchmarks": "benchmark-index"}[key]
        return Page(
            title=self.t(f"{key}-title"),
            description=self.t(f"{key}-description", count=count),
            paragraphs=(self.t(f"{key}-text", count=count, scores=len(self.book.facts)),),
            sections=tuple(
                Block(id=section.id, title=section.name, fences=(part(show, section.id),)) for section in sections
            ),
        )

    def errata(self) -> Page:
        errata = self.book.errata
        concerned = {entry.report for entry in errata.values()}
        sources = [source for source in (*newest_first(self.book), *self.book.papers) if source in concerned]
        return Page(
            title=self.t("errata-title"),
            description=self.t("errata-description", count=len(errata)),
            paragraphs=(self.t("errata-text", count=len(errata)),),
            sections=(
                *self.ledger_head(sources),
                *(
                    Block(
                        id=source.replace(".", "-"),
                        title=self.t(
                            "errata-heading-paper" if source in self.book.papers else "errata-heading",
                            report=self.book.subject_name(source, self.language),
                        ),
                        fences=(("errata", (("report", source),)),),
                        found=True,
                    )
                    for source in sources
                ),
            ),
        )

    def ledger_head(self, sources: Sequence[str]) -> Iterator[Block]:
        """The filter, and the numbers that a retelling gets wrong, where there are any."""
        errata = self.book.errata.values()
        if errata:
            kinds = [kind for kind, _ in Counter(entry.kind for entry in errata).most_common()]
            keys = (("reports", f"[{', '.join(sources)}]"), ("kinds", f"[{', '.join(kinds)}]"))
            yield Block(fences=(("ledger-filter", keys),))
        retold = {identity for identity, source in self.book.sources.items() if source.about}
        if any(entry.kind in WRONG and retold & {one.source for one in entry.readings} for entry in errata):
            yield Block(
                id="wrong-numbers",
                title=self.t("errata-wrong"),
                text=self.t("errata-wrong-text"),
                fences=(("wrong-numbers", (("kinds", f"[{', '.join(WRONG)}]"),)),),
            )

    def compare(self) -> Page:
        columns = {column for table in self.book.tables.values() for column in table.columns}
        models = [model for model in COMPARED if model in columns] or sorted(columns)[:2]
        fence: Fence = ("compare", (("models", f"[{', '.join(models)}]"),))
        return Page(
            title=self.t("compare"),
            description=self.t("compare-description"),
            paragraphs=(self.t("compare-text"),),
            sections=(Block(fences=(fence,)),) if models else (),
        )

    def sentence(self, text: str) -> str:
        return _tidy(text if not text or text[-1] in "。.！!？?" else text + self.t("full-stop"))

    def aliases(self, aliases: tuple[str, ...]) -> str:
        return self.t("also-written", names=self.joint.join(aliases)) if aliases else ""

    def reports(self, facts: Sequence[Fact]) -> str:
        names = dict.fromkeys(self.book.reports[fact.report].name for fact in facts)
        return self.joint.join(names)


def _tidy(text: str) -> str:
    """No space between two Chinese characters, and a capital at the beginning of an English sentence."""
    text = GAP.sub("", text)
    return text[:1].upper() + text[1:] if text[:1].isascii() and text[1:2].islower() else text
