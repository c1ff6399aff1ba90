"""The HTML comments of a page, and the notes that authors leave for the checker in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

# matches " num: bench=mmmu", " num-scope: mode=thinking"; not " a remark"
NOTE = re.compile(r"\s*(num-scope|num)(?![\w-])\s*(:?)")


@dataclass(frozen=True, slots=True)
class Note:
    """A `<!-- num: … -->` or `<!-- num-scope: … -->` comment: its text and where that text starts in the source."""

    kind: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Comment:
    """An HTML comment: its range in the source and the checker's note in it, if it is one."""

    start: int
    end: int
    note: Note | None


def comments(source: str) -> dict[int, Comment]:
    """The HTML comments of a source by their start."""
    found: dict[int, Comment] = {}
    start = source.find("<!--")
    while start >= 0:
        close = source.find("-->", start + 4)
        if close < 0:
            break
        opening = NOTE.match(source, start + 4, close)
        # without its colon the word itself is part of the text, which then cannot be read
        first = opening.end() if opening and opening[2] else start + 4
        note = Note(opening[1], source[first:close], first) if opening else None
        found[start] = Comment(start, close + 3, note)
        start = source.find("<!--", close + 3)
    return found
