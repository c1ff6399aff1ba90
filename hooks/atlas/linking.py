"""Where things are on the site, and the links from a name in a page to the page about it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from .book import Book
from .prose.names import Names

# matches "<p class=x>", "</a>", "<!-- note -->"; the group is the tag's name, with its slash
TAG = re.compile(r"<!--.*?-->|<(/?[a-zA-Z][a-zA-Z0-9]*)(?:\"[^\"]*\"|'[^']*'|[^'\">])*>", re.DOTALL)
FOLDERS = {"model": "models", "benchmark": "benchmarks", "paper": "papers"}
CARRIERS = frozenset({"p", "li", "td", "th", "dt", "dd", "figcaption"})
CLOSED = frozenset(
    {"a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "svg", "script", "style", "button", "summary", "label",
     "textarea", "math"}
)  # fmt: skip
SECTIONS = frozenset({"h1", "h2", "h3"})
# what is folded or stands for itself: a name linked in it may be linked once more in the section around it
SCOPES = frozenset({"details", "article"})
# matches "8B", "均值 é"; not "82.2" and "– 1,234"
LETTER = re.compile(r"[^\W\d_]")
VOID = frozenset({"br", "img", "hr", "input", "wbr", "col", "meta", "link", "source"})


class Links:
    """The addresses of a site's pages. `pages` are paths below the docs folder: `models/qwen3-8b.md`."""

    def __init__(self, book: Book, pages: Iterable[str], *, site_url: str | None = None) -> None:
        self.book = book
        self.pages = set(pages)
        self.site_url = site_url or ""

    def has(self, kind: str, identity: str) -> bool:
        """Whether there is a page about it. `kind` is the folder: models, benchmarks, reports ..."""
        return f"{kind}/{identity}.md" in self.pages or f"{kind}/{identity}/index.md" in self.pages

    def page_of(self, page: str, kind: str, identity: str) -> str | None:
        """The relative address of the page about it, or None where there is none (or where it is `page` itself)."""
        if not self.has(kind, identity) or address_of(page) == f"{kind}/{identity}/":
            return None
        return self.href(page, f"{kind}/{identity}/")

    def fact_address(self, identity: str) -> str:
        """Where a fact or quantity stands in full: its report's page, or its paper's."""
        quantity = self.book.quantities.get(identity)
        if quantity is None:
            return f"reports/{identity.split('/', 1)[0]}/#{identity}"
        if quantity.source in self.book.reports:
            return f"reports/{quantity.source}/#q-{identity}"
        folder = f"papers/{quantity.source}/" if self.has("papers", quantity.source) else "papers/"
        return f"{folder}#q-{identity}"

    def fact_href(self, page: str, identity: str) -> str:
        return self.href(page, self.fact_address(identity))

    def href(self, page: str, address: str) -> str:
        """`address` (from the site's root) as `page` has to write it."""
        here = address_of(page)
        path, mark, anchor = address.partition("#")
        if path == here and mark:
            return f"#{anchor}"
        return ("../" * here.count("/") + address) or "./"

    def absolute(self, address: str) -> str:
        """With the site's own address in front, where it is known."""
        return self.site_url.rstrip("/") + "/" + address if self.site_url else address


def address_of(page: str) -> str:
    """`capabilities/ocr.md` -> `capabilities/ocr/`, `index.md` -> ``."""
    stem = page.removesuffix(".md")
    if stem == "index":
        return ""
    return stem.removesuffix("/index") + "/"


def linked(html: str, page: str, names: Names, links: Links) -> str:
    """The page's HTML with the first mention of each model, benchmark and paper in every section made a link.

    Only text of paragraphs, list items, cells and captions outside links, code, headings and drawings is read, once.
    """
    parts: list[str] = []
    scopes: list[set[tuple[str, str]]] = [set()]
    carriers = closed = position = 0
    for match in TAG.finditer(html):
        if match.start() > position:
            text = html[position : match.start()]
            reads = carriers and not closed and LETTER.search(text)
            parts.append(_linked_text(text, page, names, links, scopes[-1]) if reads else text)
        parts.append(match[0])
        position = match.end()
        name = (match[1] or "").lower()
        if not name or name in VOID:
            continue
        step = -1 if name[0] == "/" else 1
        name = name.removeprefix("/")
        if name in CARRIERS:
            carriers = max(0, carriers + step)
        elif name in CLOSED:
            closed = max(0, closed + step)
            if name in SECTIONS and step < 0:
                scopes[-1].clear()
        elif name in SCOPES:
            _step_scope(scopes, step)
    parts.append(html[position:])
    return "".join(parts)


def _step_scope(scopes: list[set[tuple[str, str]]], step: int) -> None:
    if step > 0:
        scopes.append(set(scopes[-1]))
    elif len(scopes) > 1:
        scopes.pop()


def _linked_text(text: str, page: str, names: Names, links: Links, done: set[tuple[str, str]]) -> str:
    parts: list[str] = []
    position = 0
    text = text.replace("&#39;", "'")  # as templates write it, and the names do not
    for mention in names.find(text):
        folder = FOLDERS.get(mention.kind)
        if folder is None or len(mention.ids) != 1 or mention.start < position:
            continue
        key = (folder, mention.ids[0])
        target = links.page_of(page, *key) if key not in done else None
        if target is None:
            continue
        done.add(key)
        parts += [text[position : mention.start], f'<a class="name" href="{escape(target)}">', mention.text, "</a>"]
        position = mention.end
    parts.append(text[position:])
    return "".join(parts)
