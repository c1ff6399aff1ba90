"""The search index that is published: small enough to be fetched on a phone, and with the page itself found first.

MkDocs collects every paragraph. Kept are titles and headings, the first sentence of a page and the first words of a
section; of the pages of models and benchmarks their title and what they are called. Han text keeps the zero-width
spaces between its words, by which the theme's search splits it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape
from typing import Any

# matches "<p>", "</li>", "<a href=x>"
TAG = re.compile(r"<[^<>]*>")
SPACES = re.compile(r"\s+")
# matches what ends a sentence: "。", ". ", "！"
STOP = re.compile(r"[。！？]|[.!?](?=\s)")
ENTRIES = ("models/", "benchmarks/")
# how many characters are kept, not counting the spaces between words
PAGE, SECTION, ENTRY = 60, 24, 160
# a page is found before its sections, a page somebody wrote before the entry of a model or benchmark
BOOST_PAGE, BOOST_ENTRY = 4, 2


def search_index(written: bytes) -> str:
    """The index to publish, from the one that MkDocs wrote: as UTF-8, since \\u escapes would double it."""
    index = json.loads(written)
    index["docs"] = [small for doc in index["docs"] if (small := _kept(doc))]
    return json.dumps(index, ensure_ascii=False, separators=(",", ":"))


def _kept(doc: Mapping[str, Any]) -> dict[str, Any] | None:
    location = doc["location"]
    page, anchor = location.partition("#")[::2]
    entry = page.startswith(ENTRIES) and page not in ENTRIES
    if entry and anchor:
        return None
    room = ENTRY if entry else SECTION if anchor else PAGE
    kept = {"location": location, "title": doc["title"], "text": _beginning(doc["text"], room, whole=entry)}
    if not anchor:
        kept["boost"] = BOOST_ENTRY if entry else BOOST_PAGE
    return kept


def _beginning(html: str, room: int, *, whole: bool) -> str:
    """The first sentence (or all sentences) of the text in at most `room` characters."""
    text = SPACES.sub(" ", unescape(TAG.sub(" ", html))).strip()
    end = None if whole else STOP.search(text)
    text = text[: end.end()] if end else text
    kept: list[str] = []
    count = 0
    for character in text:
        count += character != "\u200b"
        if count > room:
            return "".join(kept).strip("\u200b ") + "…"
        kept.append(character)
    return "".join(kept).strip("\u200b ")
