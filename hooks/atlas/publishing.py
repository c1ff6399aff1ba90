"""One edition of the site: everything that its pages and downloads show, computed once per build."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup

from .annotating import annotated
from .book import Book
from .cards import WORDS, Cards, card_path, citing_pages, words
from .checks import check_book
from .comparing import PATH as COMPARISON
from .comparing import comparison
from .consequences import without_consequences
from .drawing import FENCES, Desk, Drawn, draw_fences
from .export import as_json, dataset, export
from .linking import Links, address_of, linked
from .loading import load
from .pages import generated_pages
from .problems import Problem, relative
from .prose.checking import Results, check_pages
from .prose.names import Names
from .rendering import Environment, interface
from .sources import check_lines, check_matter, read_source, without_noise
from .waiting import waiting

# matches the end of "…。</strong>\n"; group 1 is kept
SENTENCE_BREAK = re.compile(r"([。！？；：，、）」](?:</[a-z]+>)*)\n[ \t]*(?=\S)")
# matches ' <!-- num: ignore=2.0 "licence version" -->': a note for the check, which no reader needs
NOTE = re.compile(r"[ \t]*<!--\s*num.*?-->", re.DOTALL)
PREFORMATTED = re.compile(r"(<pre.*?</pre>)", re.DOTALL)

# matches '<div data-atlas="12"></div>': what a fence leaves in the page until `content` fills it
PLACEHOLDER = re.compile(r'<div data-atlas="(\d+)"></div>')
# matches 'href="#qwen3/table-05/mmlu/qwen3-8b"'
HREF = re.compile(r'href="#([^"]+)"')
MARKER = "data-atlas="


@dataclass(slots=True, kw_only=True)
class Page:
    """A page with its fences. `path` is below the docs folder, `name` is how findings and bindings call it."""

    path: str
    name: str
    source: str
    drawn: list[Drawn]
    desk: Desk
    asked: dict[tuple[str, str], int] = field(default_factory=dict)


class LeftoverError(Exception):
    """A marker was not replaced: a fence that the page does not hold, or a text that looks like a marker."""


def joined(html: str) -> str:
    """The page without authors' notes and the line breaks after Chinese punctuation, which a browser shows as spaces.

    One sentence a line is how pages are written; code blocks keep their lines.
    """
    parts = PREFORMATTED.split(html)
    parts[::2] = [SENTENCE_BREAK.sub(r"\1", NOTE.sub("", part)) for part in parts[::2]]
    return "".join(parts)


class Edition:
    """The pages of one language with the data behind them.

    `problems` are all findings of data, fences and prose; `fences` the kinds of fence that `fence` draws. MkDocs asks,
    in this order: `files`, then per page `source` and `fence`, and `content` for the finished HTML.
    """

    @classmethod
    def load(
        cls, *, root: Path, docs: Path, language: str, site_url: str | None = None, repo_url: str | None = None
    ) -> Edition:
        """Read the data below `root`/data and the pages below `docs`."""
        book, problems = load(root / "data", root=root)
        broken = bool(problems)
        found = dict.fromkeys([*problems, *check_book(book, broken=broken)])
        problems = without_consequences(found, book.documents)
        sources = {}
        for path in sorted(docs.rglob("*.md")):
            sources[relative(path, docs)], unreadable = read_source(path, root)
            problems += unreadable
        names = {path: relative(docs / path, root) for path in sources}
        return cls(
            book,
            sources,
            names,
            language=language,
            site_url=site_url,
            repo_url=repo_url,
            problems=problems,
            broken=broken,
        )

    def __init__(
        self,
        book: Book,
        sources: Mapping[str, str],
        paths: Mapping[str, str] | None = None,
        *,
        language: str,
        site_url: str | None = None,
        repo_url: str | None = None,
        problems: list[Problem] | None = None,
        broken: bool = False,
    ) -> None:
        """`sources` are the authored pages by path, `paths` how findings call them, `problems` those of the data.

        Where the data is `broken`, pages are not read: every fence would have a finding of its own.
        """
        self.book = book
        self.language = language
        self.repo_url = repo_url or ""
        self.problems = list(problems or [])
        self.broken = broken
        self.fences = list(FENCES)
        strings, found = interface()
        self.problems += found
        self.links = Links(book, sources, site_url=site_url)
        self.environment = Environment(book, self.links, language=language, strings=strings)
        self.pages: dict[str, Page] = {}
        self.results = Results()
        self.generated: dict[str, str] = {}
        self.carded: set[str] = set()
        if broken or found:
            self.broken = True
            return
        self.names = Names(book)
        for path, source in sources.items():
            self._add(path, source, (paths or {}).get(path, path))
        self.results = check_pages({page.name: page.source for page in self.pages.values()}, self.names, language)
        self.problems = without_noise([*self.problems, *self.results.problems])
        written = {page.name: (path, page.source) for path, page in self.pages.items()}
        self.generated = generated_pages(self.environment, self.results, written)
        self.links.pages |= {path for path in self.generated if path.endswith(".md")}
        for path, source in self.generated.items():
            if path.endswith(".md"):
                self._add(path, source, path)

    def files(self) -> dict[str, str]:
        """What is generated: path below the site -> content. Paths that end in .md are pages."""
        if self.broken:
            return {}
        files = self.generated | export(self.book, self.links, self.results) | self._cards()
        files[WORDS] = words(self.environment, as_json)
        files[COMPARISON] = as_json(comparison(self.book, self.links, self.language))
        return files | {"llms.txt": self._llms()}

    def source(self, path: str) -> str | None:
        """The page's Markdown with its bound numbers and verified comparisons wrapped; None for an unknown page."""
        page = self.pages.get(path)
        if page is None:
            return None
        return annotated(page.source, page.name, path, page.desk.taken, self.results, self.environment)

    def fence(self, kind: str, body: str, path: str) -> str:
        """The placeholder of the page's next fence of this kind and body."""
        key = (kind, "".join(body.split()))
        page = self.pages[path]
        same = [index for index, drawn in enumerate(page.drawn) if drawn.fence.key == key]
        if not same:
            raise LeftoverError(f"{path} holds no such {kind} fence")
        turn = page.asked.get(key, 0)
        page.asked[key] = turn + 1
        return f'<div data-atlas="{same[min(turn, len(same) - 1)]}"></div>'

    def content(self, html: str, path: str) -> str:
        """The finished page: placeholders filled, names linked. A marker that is left is a LeftoverError."""
        page = self.pages.get(path)
        if page is None:
            return html
        # a table with a class is not wrapped by the theme when the page has been drawn
        html = waiting(joined(html).replace("<table>", '<table class="plain">'))
        html = PLACEHOLDER.sub(lambda match: self._drawn(page, match, tables=False), html)
        kept = None if path.startswith("reports/") else set(HREF.findall(html))
        html = PLACEHOLDER.sub(lambda match: self._drawn(page, match, tables=True, kept=kept), html)
        if MARKER in html:
            raise LeftoverError(f"{path}: a marker of a fence was left in the page")
        return linked(html, path, self.names, self.links)

    @property
    def dataset(self) -> Markup:
        """The schema.org record of the data, to stand in a script element of the home page."""
        record = dataset(
            self.book,
            self.links,
            name=self.environment.text("dataset-name"),
            description=self._description(),
            language=self.language,
        )
        return Markup(as_json(record).strip().replace("</", "<\\/"))

    def _add(self, path: str, source: str, name: str) -> None:
        desk = Desk(book=self.book, names=self.names, links=self.links, language=self.language, page=path)
        drawn = draw_fences(source, name, desk)
        self.pages[path] = Page(path=path, name=name, source=source, drawn=drawn, desk=desk)
        if path not in self.generated and not any(p.path == name and p.code == "F120" for p in self.problems):
            self.problems += [*check_matter(source, name, self.book), *check_lines(source, name)]
        self.problems += [problem for one in drawn for problem in one.problems]

    def _drawn(self, page: Page, match: re.Match[str], *, tables: bool, kept: set[str] | None = None) -> str:
        """A fence's HTML. Tables come last: of their cells only those that the page links to need an id there."""
        one = page.drawn[int(match[1])]
        if one.drawing is None:
            return self.environment.render("failure.html", page.path, problems=one.problems)
        if tables != (one.drawing.template == "table.html"):
            return match[0]
        values = {"kept": kept, **one.drawing.values}
        return self.environment.render(one.drawing.template, page.path, shown=page.desk.taken, **values)

    def _cards(self) -> dict[str, str]:
        """The provenance of each page's numbers: those of its tables, figures and charts, and those the prose binds."""
        paths = {page.name: path for path, page in self.pages.items()}
        titles = {path: _title(page.source) or path for path, page in self.pages.items()}
        ids: dict[str, list[str]] = {path: [] for path in self.pages}
        for bound in self.results.bindings:
            ids[paths[bound.path]] += bound.ids
        for claim in self.results.claims:
            ids[paths[claim.path]] += claim.operands
        for path, page in self.pages.items():
            for one in page.drawn:
                values = one.drawing.values if one.drawing else {}
                ids[path] += [figure["id"] for figure in values.get("figures", ())]
                ids[path] += [item.fact.id for item in getattr(values.get("chart"), "items", ())]
        cards = Cards(self.environment, titles, citing_pages(self.results, paths))
        files = {}
        for path, page in self.pages.items():
            if path in self.generated:  # their numbers are looked up in the data of their reports
                continue
            data = cards.of([*page.desk.taken, *ids[path]])
            if data:
                files[card_path(path)] = as_json(data)
                self.carded.add(path)
        return files

    def _description(self) -> str:
        joint = "、" if self.language == "zh" else ", "
        return self.environment.text(
            "dataset-description",
            reports=joint.join(report.name for report in self.book.reports.values()),
            tables=len(self.book.tables),
            facts=len(self.book.facts),
            quantities=len(self.book.quantities),
        )

    def _llms(self) -> str:
        t, language, absolute = self.environment.text, self.language, self.links.absolute
        capabilities = [
            (entry.name[language], absolute(f"capabilities/{identity}/"), entry.description[language])
            for identity, entry in self.book.capabilities.items()
            if self.links.has("capabilities", identity)
        ]
        listed = {address for _, address, _ in capabilities}
        pages = [
            (_title(page.source) or path, absolute(address_of(path)), "")
            for path, page in self.pages.items()
            if path not in self.generated and absolute(address_of(path)) not in listed
        ]
        sections = {
            "llms-capabilities": capabilities,
            "llms-pages": pages,
            "llms-data": [(path, absolute(path), t(f"llms-{name}")) for name, path in DOWNLOADS.items()],
            "llms-reports": [(r.title, r.url, r.description[language]) for r in self.book.reports.values()],
        }
        return self.environment.render(
            "llms.txt",
            title=t("dataset-name"),
            description=self._description(),
            sections={t(key): entries for key, entries in sections.items() if entries},
        )


DOWNLOADS = {
    "index": "api/v1/index.json",
    "facts": "api/v1/facts.json",
    "facts-csv": "api/v1/facts.csv",
    "quantities": "api/v1/quantities.json",
    "errata": "api/v1/errata.json",
}


def _title(source: str) -> str:
    """The first heading of a page, without its attributes."""
    match = re.search(r"^# (.+?)(?:[ \t]*\{[^{}]*\})?[ \t]*$", source, re.MULTILINE)
    return match[1] if match else ""
