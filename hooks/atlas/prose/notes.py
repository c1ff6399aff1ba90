"""What an author may type: invisible comments, a section's scope, and the front matter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ..reading import read
from .comments import Note

KEYS = {"bench": "benchmark", "benchmark": "benchmark", "model": "model", "mode": "mode", "split": "split",
        "variant": "variant", "report": "report", "subject": "model"}  # fmt: skip
# matches `bench=charades-sta`, `89.5=qwen3-30b-a3b`, `ignore=2.0 "licence version"`
ITEM = re.compile(r'(?<![^\s="])(?P<key>[^\s="]+)=(?P<value>[^\s"]+)(?:\s+"(?P<reason>[^"]*)")?')


@dataclass(frozen=True, slots=True)
class Item:
    """One `key=value` of a note. `offset` is where it starts in the source."""

    key: str
    value: str
    reason: str | None
    offset: int


@dataclass(slots=True)
class Notes:
    """The notes of a block: `scope` for its own numbers, `values` for single numbers, `ignored` with their reasons;
    `scope_below` for the section that a heading opens; `broken` are pieces that cannot stand:
    where, why (`reason`, `key` or `unread`) and the words."""

    scope: dict[str, tuple[str, ...]] = field(default_factory=dict)
    values: dict[str, Item] = field(default_factory=dict)
    ignored: dict[str, Item] = field(default_factory=dict)
    scope_below: dict[str, tuple[str, ...]] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    below: list[Item] = field(default_factory=list)
    broken: list[tuple[int, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PageMatter:
    """What the front matter says of the page's numbers."""

    subjects: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    capability: str | None = None
    scope: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read_notes(notes: Sequence[Note], scopes: Sequence[Note]) -> Notes:
    """Take the notes of a block apart. Unknown keys and a missing reason land in `broken`."""
    found = Notes()
    for note in (*notes, *scopes):
        below = note.kind == "num-scope"
        rest = ITEM.sub(" ", note.text)
        for match in ITEM.finditer(note.text):
            item = Item(match["key"], match["value"], match["reason"], note.start + match.start())
            key = KEYS.get(item.key)
            if key:
                scope = found.scope_below if below else found.scope
                scope[key] = tuple(dict.fromkeys((*scope.get(key, ()), *item.value.split(","))))
                (found.below if below else found.items).append(item)
            elif item.key == "ignore":
                if not item.reason:
                    found.broken.append((item.offset, "reason", f"ignore={item.value}"))
                found.ignored[item.value] = item
                found.items.append(item)
            elif item.key[0].isdigit() or item.key[0] in "+-一二两三四五六七八九十":
                found.values[item.key] = item
                found.items.append(item)
            else:
                found.broken.append((item.offset, "key", item.key))
        if rest.strip():
            found.broken.append((note.start, "unread", rest.strip()))
    return found


def read_matter(text: str, *, capability: str | None = None) -> PageMatter:
    """The keys `subject`, `mode` and `reports` of a page's front matter; anything else is left to the site."""
    document, _ = read(text or "{}", "front matter")
    data: dict[str, Any] = document.data if isinstance(document.data, dict) else {}

    def listed(key: str) -> tuple[str, ...]:
        value = data.get(key)
        if isinstance(value, list):
            return tuple(str(item) for item in value)
        return tuple(str(value).replace(",", " ").split()) if value else ()

    scope = {}
    if listed("subject"):
        scope["model"] = listed("subject")
    if listed("mode"):
        scope["mode"] = listed("mode")
    return PageMatter(subjects=listed("subject"), reports=listed("reports"), capability=capability, scope=scope)
