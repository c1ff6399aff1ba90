"""The built site, read as a browser and a search engine read it."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml

from atlas.book import Book
from atlas.fences import fences_in
from atlas.prose.names import Names

ROOT = Path(__file__).parents[2]
ZH = ROOT / "docs/zh"
WRITTEN = sorted(path.relative_to(ZH).as_posix() for path in ZH.rglob("*.md"))

# matches '<!-- x -->', '<style>p {}</style>', '<a class="n" href="#x">', '</a>'
TOKEN = re.compile(
    r"<!--.*?-->|<(?P<raw>script|style)\b(?P<given>[^>]*)>(?P<body>.*?)</(?P=raw)>"
    r"|<(?P<end>/?)(?P<tag>[a-zA-Z][\w:-]*)(?P<attributes>(?:[^\"'>]|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
# matches 'href="../x/"', "id=x" and 'hidden'
ATTRIBUTE = re.compile(r"([^\s\"'=<>/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
# matches 'url(x.png)' and '@import "x.css"', not 'url(data:...)' and 'url(#gradient)'
FETCHED = re.compile(r"(?:url\(\s*|@import\s+)[\"']?(?!data:|#)([^\"')\s]+)")
# matches 'qwen3-vl', 'q4.5'; not 'ocr_1' and '思考'
STABLE = re.compile(r"[a-z0-9][a-z0-9.-]*")
# matches '//cdn.example.org/x', 'https://example.org'
ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
# matches what is folded, and what has no links of its own: a title, code, a drawing (its data stand below it as a table)
APART = re.compile(r"<details.*</details>|<h1.*?</h1>|<pre.*?</pre>|<svg.*?</svg>", re.DOTALL)
# matches what divides a page into pieces: headings and the beginning and end of an entry of the ledger
PIECE = re.compile(r"<h[23]\b.*?</h[23]>|</?article\b[^<>]*>", re.DOTALL)
# matches where a name cannot be a link: in a link, code, a drawing, what can be pressed or chosen
UNLINKED = re.compile(r"<(a|code|pre|svg|script|button|summary|label|h[1-6])\b.*?</\1>", re.DOTALL)
# matches an opening or closing tag of details, and any other tag
DETAILS = re.compile(r"(</?details\b[^<>]*>)")
ANY_TAG = re.compile(r"<[^<>]*>")
# matches 'href="../models/qwen3-8b/"'; the groups are its folder and id
NAMED_PAGE = re.compile(r'<a class="name" href="(?:\.\./)*(models|benchmarks|papers)/([^/"]+)/">')
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = ("p", "li", "dt", "dd", "td", "th", "summary", "figcaption", *HEADINGS)
KEPT = frozenset({"title", "a", "data", "span", *BLOCKS})
# what a text has in these is no running text of its own
ASIDE = frozenset({"code", "pre", "svg", "button", "kbd"})
# addresses that a page names without asking for them
NAMED = frozenset({"canonical", "prev", "next", "alternate", "license", "edit"})


@dataclass(slots=True)
class Element:
    """An element and all text in it; `inside` is the class of the nearest kept element around it."""

    tag: str
    attributes: dict[str, str]
    inside: str = ""
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return unescape("".join(self.parts))

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()


@dataclass(slots=True)
class Page:
    """What the tests ask of a page. `requests` are the addresses that a browser fetches to show it."""

    html: str
    elements: list[Element] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    tables: list[str] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    def headings(self) -> list[Element]:
        return self.all(*HEADINGS)

    def titles(self) -> list[str]:
        """The titles of its tables and charts."""
        return [element.text for element in self.all("span") if "st-title" in element.classes]


def parsed(html: str) -> Page:
    page = Page(html)
    open_elements: list[Element] = []
    aside: list[str] = []
    position = 0
    for token in TOKEN.finditer(html):
        if open_elements and not aside and token.start() > position:
            for element in open_elements:
                element.parts.append(html[position : token.start()])
        position = token.end()
        if token["raw"]:
            page.requests += _asked(token["raw"], _attributes(token["given"]))
            if token["raw"] == "style":
                page.requests += FETCHED.findall(token["body"])
            continue
        if not token["tag"]:
            continue
        tag = token["tag"].lower()
        if token["end"]:
            if tag in ASIDE and tag in aside:
                aside.remove(tag)
            for index in range(len(open_elements) - 1, -1, -1):
                if open_elements[index].tag == tag:
                    del open_elements[index:]
                    break
            continue
        attributes = _attributes(token["attributes"])
        _note(page, tag, attributes)
        if tag in ASIDE:
            aside.append(tag)
        if tag == "br" or tag in BLOCKS:
            for element in open_elements:
                element.parts.append("\n")
        if tag in KEPT:
            around = open_elements[-1].attributes.get("class", "") if open_elements else ""
            element = Element(tag, attributes, around)
            page.elements.append(element)
            open_elements.append(element)
    return page


def _note(page: Page, tag: str, attributes: dict[str, str]) -> None:
    if "id" in attributes:
        page.ids.append(attributes["id"])
    if tag == "a" and (href := attributes.get("href") or attributes.get("xlink:href")):
        page.links.append(href)
    if tag == "meta" and "name" in attributes:
        page.meta[attributes["name"]] = attributes.get("content", "")
    if tag == "table" and "data-table" in attributes:
        page.tables.append(attributes["data-table"])
    page.requests += _asked(tag, attributes)


def _asked(tag: str, attributes: dict[str, str]) -> list[str]:
    found = [attributes[name] for name in ("src", "srcset", "poster", "data", "action") if attributes.get(name)]
    if tag == "link" and not NAMED & set(attributes.get("rel", "").split()):
        found.append(attributes.get("href", ""))
    if tag in ("use", "image") and (address := attributes.get("href") or attributes.get("xlink:href")):
        found.append(address)
    return found + FETCHED.findall(attributes.get("style", ""))


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): unescape(double or single or bare) for name, double, single, bare in ATTRIBUTE.findall(text)}


def address_of(path: str) -> str:
    """Where a page's file leads on the site: `capabilities/ocr.md` -> `capabilities/ocr/index.html`."""
    stem = path.removesuffix(".md")
    return "index.html" if stem == "index" else f"{stem.removesuffix('/index')}/index.html"


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Page]:
    """Every page of the site by its file: `capabilities/ocr/index.html`."""
    files = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*.html"))}
    return {name: parsed(path.read_text(encoding="utf-8")) for name, path in files.items() if name != "404.html"}


@pytest.fixture(scope="session")
def ocr(pages: dict[str, Page]) -> Page:
    return pages["capabilities/ocr/index.html"]


@pytest.fixture(scope="session")
def api(site: Path) -> Any:
    return lambda name: json.loads((site / "api/v1" / name).read_text(encoding="utf-8"))


def target_of(page: str, href: str) -> tuple[str, str] | None:
    """The file and anchor that a link of `page` leads to; nothing where it leaves the site."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    path = urljoin("/" + page, unquote(parts.path) or page.rsplit("/", 1)[-1]).lstrip("/")
    return path + "index.html" * (not path or path.endswith("/")), unquote(parts.fragment)


def test_no_link_or_anchor_leads_nowhere(site: Path, pages: dict[str, Page]) -> None:
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    anchors = {name: set(page.ids) for name, page in pages.items()}
    wrong = set()
    for name, page in pages.items():
        for href in set(page.links):
            target = target_of(name, href)
            if target is None:
                continue
            file, anchor = target
            # an address from the root leaves a site that stands below a folder
            if href.startswith("/") or file not in files or (anchor and anchor not in anchors.get(file, {anchor})):
                wrong.add(f"{name}: {href}")
    assert not wrong, "\n".join(sorted(wrong))


def test_what_the_data_says_where_to_find_is_there(site_url: str, pages: dict[str, Page], api: Any) -> None:
    anchors = {name: set(page.ids) for name, page in pages.items()}
    wrong = []
    for name in ("facts.json", "quantities.json"):
        for entry in api(name):
            page, _, anchor = entry["url"].removeprefix(site_url).partition("#")
            if anchor not in anchors.get(f"{page}index.html", set()):
                wrong.append(entry["url"])
    assert not wrong, "\n".join(wrong)


def test_every_page_is_reached_from_home(pages: dict[str, Page]) -> None:
    reached, waiting = {"index.html"}, ["index.html"]
    while waiting:
        name = waiting.pop()
        targets = {target[0] for href in pages[name].links if (target := target_of(name, href))}
        waiting += (targets & pages.keys()) - reached
        reached |= targets & pages.keys()
    assert reached == pages.keys(), sorted(pages.keys() - reached)


def test_every_page_has_a_title_and_a_description_of_its_own(pages: dict[str, Page]) -> None:
    titles = Counter(page.all("title")[0].text.strip() for page in pages.values())
    descriptions = Counter(page.meta.get("description", "").strip() for page in pages.values())
    assert [text for text, count in (titles + descriptions).items() if count > 1 or not text] == []


def test_headings_are_unique_on_their_page(pages: dict[str, Page]) -> None:
    doubles = {
        name: twice
        for name, page in pages.items()
        if (twice := [text for text, count in Counter(h.text for h in page.headings()).items() if count > 1])
    }
    assert doubles == {}


def test_headings_have_stable_english_ids(pages: dict[str, Page]) -> None:
    wrong = [
        f"{name}: {heading.text}"
        for name, page in pages.items()
        for heading in page.headings()
        if not STABLE.fullmatch(heading.attributes.get("id", ""))
    ]
    assert not wrong, "\n".join(wrong)


def test_no_id_stands_twice_on_a_page(pages: dict[str, Page]) -> None:
    doubles = {
        name: twice
        for name, page in pages.items()
        if (twice := [identity for identity, count in Counter(page.ids).items() if count > 1])
    }
    assert doubles == {}


def test_nothing_is_asked_of_another_origin(site: Path, pages: dict[str, Page]) -> None:
    wrong = {
        f"{name}: {address}" for name, page in pages.items() for address in page.requests if ELSEWHERE.match(address)
    }
    for sheet in site.rglob("*.css"):
        for address in FETCHED.findall(sheet.read_text(encoding="utf-8")):
            if ELSEWHERE.match(address):
                wrong.add(f"{sheet.name}: {address}")
    assert not wrong, "\n".join(sorted(wrong))


def test_no_marker_is_left(site: Path) -> None:
    marker = b"data-atlas="
    kinds = (".html", ".json", ".txt", ".xml")
    assert [path for path in site.rglob("*") if path.suffix in kinds and marker in path.read_bytes()] == []


@pytest.mark.parametrize("path", WRITTEN)
def test_every_fence_is_drawn(pages: dict[str, Page], path: str) -> None:
    page = pages[address_of(path)]
    shown = {identity for tables in page.tables for identity in tables.split()}
    source = (ZH / path).read_text(encoding="utf-8")
    for fence in fences_in(source, path, ("scores", "chart")):
        asked = yaml.safe_load(fence.body)
        if "title" in asked:
            assert asked["title"] in page.titles(), f"line {fence.line}"
        if fence.kind == "scores":
            assert set(asked["tables"]) <= shown, f"line {fence.line}"
    figures = sum(1 for _ in fences_in(source, path, ("figures",)))
    assert page.html.count('<dl class="figures f') == figures


def test_every_fact_is_published(book: Book, api: Any) -> None:
    facts = api("facts.json")
    assert len(facts) == len(book.facts) == 5864
    assert {fact["id"]: fact["value"] for fact in facts} == {fact.id: fact.value for fact in book.facts.values()}


@pytest.mark.parametrize(
    ("page", "fact", "value"),
    [
        ("capabilities/ocr/index.html", "qwen2.5-vl/table-05/omnidocbench.en/qwen2.5-vl-72b@instruct", "0.226"),
        ("capabilities/agent/index.html", "qwen2.5-vl/table-09/osworld/claude@instruct", "14.90"),
        ("reports/qwen3/index.html", "qwen3/table-03/mbpp/qwen2.5-72b-base@base", "76.00"),
    ],
)
def test_a_value_keeps_its_digits(
    site: Path, pages: dict[str, Page], book: Book, api: Any, page: str, fact: str, value: str
) -> None:
    # a result of another report is marked as not comparable
    cells = {cell.attributes.get("id"): cell.text.removesuffix("≠") for cell in pages[page].all("td")}
    report, table, _ = fact.split("/", 2)
    with (site / f"api/v1/tables/{report}/{table}.csv").open(encoding="utf-8", newline="") as lines:
        row = {row["id"]: row["value"] for row in csv.DictReader(lines)}
    assert [cells[fact], row[fact]] == [value, value]
    assert next(entry["value"] for entry in api("facts.json") if entry["id"] == fact) == value


def test_a_number_is_a_link_to_its_fact(ocr: Page) -> None:
    links = {element.attributes["href"] for element in ocr.all("a") if element.classes == ["n"]}
    values = [element for element in ocr.all("data") if element.inside == "n"]
    assert "#qwen2.5-vl/table-05/omnidocbench.en/qwen2.5-vl-72b@instruct" in links
    assert len(values) > 50
    assert all(value.attributes["value"] for value in values)


@pytest.mark.parametrize("path", WRITTEN)
def test_every_bound_number_is_shown_as_such(pages: dict[str, Page], api: Any, path: str) -> None:
    bound = {
        entry["text"]
        for entry in api("bindings.json")
        if entry["file"] == f"docs/zh/{path}" and entry["kind"] == "fact"
    }
    page = pages[address_of(path)]
    linked = {element.text for element in page.all("data") if element.inside == "n"}
    assert bound <= linked


@pytest.mark.parametrize(
    ("address", "name", "target", "least"),
    [
        ("capabilities/ocr", "CC-OCR", "benchmarks/cc-ocr/", 2),
        ("capabilities/ocr", "CharXiv", "benchmarks/charxiv/", 2),
        ("capabilities/ocr", "OmniDocBench", "benchmarks/omnidocbench/", 2),
        ("capabilities/ocr", "Qwen3-VL-235B-A22B", "models/qwen3-vl-235b-a22b/", 2),
        ("capabilities/ocr", "Qwen2.5-VL-72B", "models/qwen2.5-vl-72b/", 2),
        ("capabilities/ocr", "Gemini 2.5 Pro", "models/gemini-2.5-pro/", 2),
        ("capabilities/alignment", "MM-MT-Bench", "benchmarks/mm-mt-bench/", 2),
        ("training/architecture", "Qwen2-VL", "models/qwen2-vl/", 2),
        ("training/evaluation-settings", "AIME'25", "benchmarks/aime-2025/", 2),
        ("errata", "Qwen3-VL-32B", "models/qwen3-vl-32b/", 10),
        ("reports/qwen3", "Qwen3-32B", "models/qwen3-32b/", 2),
        ("benchmarks", "MMLU", "benchmarks/mmlu/", 1),
        ("", "MMStar", "benchmarks/mmstar/", 1),
    ],
)
def test_the_first_mention_in_a_section_is_linked(
    pages: dict[str, Page], address: str, name: str, target: str, least: int
) -> None:
    html = pages[f"{address}/index.html".lstrip("/")].html
    link = f'<a class="name" href="{"../" * len(Path(address).parts)}{target}">'
    mention = re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w.'-]*\w)")
    sections = 0
    for section in PIECE.split(APART.sub("", article_of(html))):
        linked = section.replace(link, "\0")
        running = ANY_TAG.sub("", re.sub(r"<a\b.*?</a>", "", linked, flags=re.DOTALL)).replace("&#39;", "'")
        if first := mention.search(running):
            sections += 1
            assert running[: first.start()].endswith("\0"), running[max(0, first.start() - 80) : first.end()]
            assert running.count("\0") == 1
    assert sections >= least


def test_no_name_is_left_without_a_link(site: Path, pages: dict[str, Page], book: Book) -> None:
    names, left = Names(book), []
    folders = {"model": "models", "benchmark": "benchmarks", "paper": "papers"}
    for address, page in pages.items():
        for section in PIECE.split(UNLINKED.sub(_marked, article_of(page.html))):
            left += [
                f"{address}: {text}"
                for kind, identity, text in _unlinked(section, names)
                if kind in folders and (own := f"{folders[kind]}/{identity}/index.html") != address and own in pages
            ]
    assert not left, "\n".join(left)


def article_of(html: str) -> str:
    return html[html.index("<article") : html.rindex("</article>")]


def _marked(match: re.Match[str]) -> str:
    """What a link to a page about a name leaves behind: its address; anything else leaves nothing."""
    if match[1] not in ("h2", "h3"):
        named = NAMED_PAGE.match(match[0])
        return f"<a {named[1]}/{named[2]}>" if named else " "
    return match[0]


def _unlinked(section: str, names: Names) -> Iterator[tuple[str, str, str]]:
    """Kind, id and text of names before any link to their page; those in details do not count for what follows."""
    folders = {"models": "model", "benchmarks": "benchmark", "papers": "paper"}
    linked: list[set[tuple[str, str]]] = [set()]
    for token in re.split(r"(<[^<>]*>)", section):
        if not token.startswith("<"):
            for mention in names.find(unescape(token)) if token.strip() else ():
                if len(mention.ids) == 1 and (mention.kind, mention.ids[0]) not in linked[-1]:
                    yield mention.kind, mention.ids[0], f"{mention.text} in {token.strip()[:60]!r}"
        elif DETAILS.match(token):
            linked = linked[:-1] if token.startswith("</") and linked[1:] else [*linked, set(linked[-1])]
        elif token.startswith("<a ") and "/" in token:
            folder, identity = token[3:-1].split("/", 1)
            linked[-1].add((folders[folder], identity))


def test_the_navigation_has_every_capability_in_its_order(pages: dict[str, Page]) -> None:
    order = list(yaml.safe_load((ROOT / "data/capabilities.yml").read_text(encoding="utf-8")))
    home = pages["index.html"]
    bar = home.html[home.html.index('data-md-component="sidebar"') :]
    shown = re.findall(r'href="capabilities/([a-z-]+)/"', bar)
    assert [key for key in dict.fromkeys(shown) if key in order] == [key for key in order if key in shown]
    assert set(order) - set(shown) == {"configuration"}


def sections() -> list[tuple[str, str, list[str]]]:
    """Each section of each source, with the places that cover it: `capabilities/ocr.md#languages`."""
    with (ROOT / "tests/content/sections.tsv").open(encoding="utf-8", newline="") as lines:
        return [
            (row["document"], row["section"], row["anchors"].split(","))
            for row in csv.DictReader(lines, delimiter="\t")
        ]


@pytest.mark.parametrize(("document", "section", "places"), sections(), ids=lambda value: str(value)[:40])
def test_a_section_of_a_source_is_covered(
    pages: dict[str, Page], document: str, section: str, places: list[str]
) -> None:
    assert places == sorted(set(places))
    for place in places:
        path, _, anchor = place.partition("#")
        assert anchor in pages[address_of(path)].ids, place


def test_every_section_of_every_source_is_listed_once_in_order() -> None:
    sources = yaml.safe_load((ROOT / "data/sources.yml").read_text(encoding="utf-8"))
    expected = [(document, section) for document, source in sources.items() for section in source["sections"]]
    assert [(document, section) for document, section, _ in sections()] == expected
