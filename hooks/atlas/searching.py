"""The search index that is published: small enough to be fetched on a phone, and with the page itself found first.

MkDocs collects every paragraph. Kept are titles and headings, the first sentence of a page and the first words of a
section; of the pages of models and benchmarks their title and what they are called. Han text keeps the zero-width
spaces between its words, by which the theme's search splits it. An authored page is also found by the words of its
address, its name in the menu and the other names of its capability: "grounding", "agent".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from types import MappingProxyType
from typing import Any, NamedTuple

from .book import Book

# matches "<p>", "</li>", "<a href=x>"
TAG = re.compile(r"<[^<>]*>")
SPACES = re.compile(r"\s+")
# matches what ends a sentence: "。", ". ", "！"
STOP = re.compile(r"[。！？]|[.!?](?=\s)")
ENTRIES = ("models/", "benchmarks/")
# how many characters are kept, not counting the spaces between words
PAGE, SECTION, ENTRY = 60, 24, 160
# a page is found before its sections; which page before which others
BOOST = {"reports/": 10, "capabilities/": 6, "papers/": 2, "": 4}
SHORTER = 1.3
# matches what stands between the words of a name: "-", " ", "_", "."
PARTS = re.compile(r"[-_ ./]+")
SPACE = "\u200b"
HAN = re.compile(r"[\u3400-\u9fff]")
# what is found by more than its text, and how much those words weigh beside a title's 1000
CALLED = ("capabilities/", "training/", "errata/", "compare/", "about/")
CALLED_BOOST = 1000
# so that an entry of the ledger that has all that was typed comes before a benchmark that has half of it
ENTRY_BOOST = 5
# matches "93.8"; not the "3" of Qwen3
NUMBER = re.compile(r"(?<![A-Za-z0-9.])\d+\.\d+(?![A-Za-z0-9.]*[A-Za-z0-9])")
# matches what stands between the parts of a Chinese name: "与", "、", " "
AND = re.compile(r"[与、 ]+")
PARTICLES = frozenset("的了在是与和得上下中要有也都把被给从到就不之而其")


class Held(NamedTuple):
    """Words of what stands on a page: those that find it by themselves, and those that only do beside others, since
    the theme finds a number by its first digit and what holds all that was typed comes first."""

    strong: tuple[str, ...]
    weak: tuple[str, ...]


def search_index(
    written: bytes,
    called: Mapping[str, Sequence[str]] = MappingProxyType({}),
    held: Mapping[str, Held] = MappingProxyType({}),
    more: Sequence[dict[str, Any]] = (),
) -> str:
    """The index to publish, from the one that MkDocs wrote: as UTF-8, since \\u escapes would double it.

    By location, `called` are further names of pages and `held` words of what stands on them; `more` are documents to
    add as they are."""
    index = json.loads(written)
    index.setdefault("config", {}).setdefault("fields", {})["tags"] = {"boost": CALLED_BOOST}
    index["docs"] = docs = [small for doc in index["docs"] if (small := _kept(doc))]
    names = sorted(_name(doc) for doc in docs if _is_entry(doc["location"]))
    for doc in docs:
        if _is_entry(doc["location"]):  # the shorter name first: MMMU before MMMU-Pro, MMLU-Pro before MMLU-ProX
            name = _name(doc)
            longer = any(
                other.startswith(name) and not PARTS.match(other, len(name)) for other in names if other != name
            )
            base = 4 if doc["location"].startswith("models/") else 2
            doc["boost"] = round((base + 3 / len(PARTS.split(name))) * (SHORTER if longer else 1), 2)
        elif doc["location"].startswith(CALLED) and "#" not in doc["location"]:
            doc["tags"] = _called(doc, called.get(doc["location"], ()))
        if doc["location"] in held:
            others = [other["title"].split(SPACE)[0].strip() for other in docs if other["location"] in held]
            own = doc["title"].split(SPACE)[0].strip()
            if any(other.startswith(own) for other in others if other != own):
                doc["boost"] *= SHORTER
            _hold(doc, held[doc["location"]])
    docs += more
    return json.dumps(index, ensure_ascii=False, separators=(",", ":"))


def table_words(book: Book, language: str) -> dict[str, Held]:
    """By which words of its tables a report is found, by location: `表`, and beside it their numbers."""
    found = {}
    for report in book.reports:
        labels = [table.label(language).split() for table in book.tables.values() if table.report == report]
        kinds, numbers = (tuple(dict.fromkeys(label[part] for label in labels)) for part in (0, 1))
        found[f"reports/{report}/"] = Held(kinds, numbers)
    return found


def entry_docs(book: Book, language: str) -> list[dict[str, Any]]:
    """The entries of the ledger whose title has a number that somebody would search; all titles would take a quarter
    of the index."""
    titles = {identity: entry.title[language] for identity, entry in book.errata.items()}
    return [
        {"location": f"errata/#{identity}", "title": title, "text": "", "boost": ENTRY_BOOST}
        for identity, title in titles.items()
        if NUMBER.search(title)
    ]


def menu_names(nav: Any) -> Iterator[tuple[str, str]]:
    """The pages of a navigation as (location, its name there)."""
    for entry in nav if isinstance(nav, list) else ():
        for name, target in entry.items() if isinstance(entry, dict) else ():
            if isinstance(target, list):
                yield from menu_names(target)
            else:
                yield target.removesuffix(".md").removesuffix("index").rstrip("/") + "/", name


def _hold(doc: dict[str, Any], words: Held) -> None:
    if words.strong:
        doc["tags"] = [*doc.get("tags", ()), *words.strong]
    doc["text"] = " ".join(filter(None, (doc["text"], *words.weak)))


def _called(doc: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    """The words by which a page is found, without those that a word of its title begins with. Chinese ones have two
    characters: a longer one would be found by what it begins with, 视觉推理 by 视觉."""
    words = PARTS.split(doc["location"].rstrip("/").rpartition("/")[2])
    words += [part for name in names for part in AND.split(name) if part]
    title = [word.strip() for word in doc["title"].split(SPACE)]
    begun = ["".join(title[index:]).casefold() for index in range(len(title))]
    menu = names[:1]

    def wanted(word: str) -> bool:
        known = any(beginning.startswith(word.casefold()) for beginning in begun)
        return not known and (not HAN.match(word) or len(word) == 2 or word in menu)

    return [word for word in dict.fromkeys(words) if wanted(word)]


def _kept(doc: Mapping[str, Any]) -> dict[str, Any] | None:
    location = doc["location"]
    page, anchor = location.partition("#")[::2]
    entry = _is_entry(page)
    if entry and anchor:
        return None
    room = ENTRY if entry else SECTION if anchor else PAGE
    text = _beginning(doc["text"], room, whole=entry)
    kept = {"location": location, "title": _joined(doc["title"]), "text": _joined(text)}
    if not entry and not anchor:
        kept["boost"] = next(boost for folder, boost in BOOST.items() if page.startswith(folder))
    return kept


def _is_entry(location: str) -> bool:
    """Whether this is the page of a model or benchmark."""
    return location.startswith(ENTRIES) and location not in ENTRIES


def _name(doc: Mapping[str, Any]) -> str:
    """What an entry's page is about: its title before the colon."""
    name: str = doc["title"].replace(SPACE, "").partition("：")[0].partition(": ")[0]
    return name.casefold()


def _joined(text: str) -> str:
    """Join a character that stands alone to its neighbour. The theme looks for the longest known beginning of what was
    typed and forgets the rest: were 多 a word of its own, 多语言 would find everything that begins with 多."""
    found: list[str] = []
    lonely = False
    for word in [*text.split(SPACE), ""]:
        if lonely and HAN.match(word):
            found[-1] += word
            lonely = False
            continue
        if lonely and len(found) > 1 and HAN.match(found[-2][-1:]):
            found[-2:] = [found[-2] + found[-1]]
        found.append(word)
        lonely = bool(HAN.fullmatch(word)) and word not in PARTICLES
    return SPACE.join(found[:-1])


def _beginning(html: str, room: int, *, whole: bool) -> str:
    """The first sentence (or all sentences) of the text in at most `room` characters."""
    text = SPACES.sub(" ", unescape(TAG.sub(" ", html))).strip()
    end = None if whole else STOP.search(text)
    text = text[: end.end()] if end else text
    kept: list[str] = []
    count = 0
    for character in text:
        count += character != SPACE
        if count > room:
            return "".join(kept).strip(SPACE + " ") + "…"
        kept.append(character)
    return "".join(kept).strip(SPACE + " ")
