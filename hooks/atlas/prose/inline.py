"""Inline Markdown -> plain text in which every character knows its place in the source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .comments import Comment, Note, comments
from .offsets import Offsets
from .sentences import LONGEST

# one alternative for each thing that is markup rather than text
INLINE = re.compile(
    r"(?P<code>`+)|(?P<image>!\[)|(?P<target>\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,600}(?:[ \t]+\"[^\"\n]{0,300}\")?\)(?:\{[^{}]*\})?)"
    r"|(?P<note>\[\^[^\]]{1,200}\])|(?P<reference>\]\[[^\]]{0,200}\])|(?P<escape>\\[\\`*_{}\[\]()#+\-.!|~<>])"
    r"|(?P<url>https?://[^\s<>)\]\"，。；、（）]+)|(?P<break><br ?/?>)|(?P<tag></?[A-Za-z][^<>]*>)"
    r"|(?P<attributes>\{[:#.][^{}]*\})|(?P<entity>&[a-z]{2,8};|&#\d{2,5};)|(?P<star>\*+)|(?P<strike>~~)"
    r"|(?P<bracket>[\[\]])"
)
# full-width letters, digits and signs, and the kinds of apostrophe, as their plain forms; each one character for one
FOLDED = {
    **{ord("！") + i: chr(ord("!") + i) for i in (*range(15, 25), *range(32, 58), *range(64, 90))},
    **{ord(char): "'" for char in "’‘ʼ′"},
    **{ord(char): plain for char, plain in zip("−﹣％．／＋－", "--%./+-", strict=True)},
    ord("\u00a0"): " ",
    ord("\u3000"): " ",
    ord("\t"): " ",
}
FOLDABLE = re.compile("[" + "".join(re.escape(chr(code)) for code in FOLDED) + "]")
# matches what may open markup: the end of a run of plain text
MARKUP = re.compile(r"[`!\[\]\\<{&*~]|https?://")


@dataclass(slots=True)
class Text:
    """Plain text in pieces: `offsets[i]` is where character i stands in the source, `code` are ranges of code spans,
    `notes` those of the comments left out."""

    pieces: list[str] = field(default_factory=list)
    offsets: Offsets = field(default_factory=Offsets)
    code: list[tuple[int, int]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def add(self, text: str, start: int) -> None:
        """Go on with a text that stands at `start`."""
        self.pieces.append(text)
        self.offsets.add(start, len(text))

    @property
    def last(self) -> str:
        """The last character."""
        return self.pieces[-1][-1] if self.pieces else ""


class Inline:
    """Reads the inline markup of one source."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.folded = FOLDABLE.sub(lambda match: FOLDED[ord(match[0])], source)
        self.comments: dict[int, Comment] = comments(source)

    def text(self, spans: Sequence[tuple[int, int]]) -> Text:
        """The plain text of ranges of the source, a line each."""
        text = Text()
        for start, end in spans:
            if text.pieces:
                text.add("\n", start - 1)
            self._read(text, start, end)
        return text

    def _read(self, text: Text, position: int, end: int) -> None:
        while position < end:
            markup = MARKUP.search(self.source, position, end)
            stop = markup.start() if markup else end
            if stop > position:
                text.add(self.folded[position:stop], position)
                position = stop
                continue
            if comment := self.comments.get(position):
                if comment.note:
                    text.notes.append(comment.note)
                position = comment.end
                continue
            match = INLINE.match(self.source, position, end)
            if match is None:
                text.add(self.folded[position], position)
                position += 1
            elif match.lastgroup == "code":
                position = self._code(text, match, end)
            else:
                self._markup(text, match, end)
                position = match.end()

    def _code(self, text: Text, opening: re.Match[str], end: int) -> int:
        """A code span, which stays as text; gives where it ends."""
        start = opening.end()
        close = self.source.find(opening[0], start, min(end, start + LONGEST + len(opening[0])))
        if close < 0:
            return start
        first = len(text.offsets)
        text.add(self.folded[start:close], start)
        text.code.append((first, len(text.offsets)))
        return close + len(opening[0])

    def _markup(self, text: Text, match: re.Match[str], end: int) -> None:
        """What stands for a piece of markup: mostly nothing."""
        kind, start = match.lastgroup, match.start()
        if kind == "escape":
            text.add(match[0][1], start + 1)
        elif kind == "break":
            text.add("\x1e", start)
        elif kind == "entity":
            text.add(" ", start)
        elif kind == "star":
            before = "".join(text.pieces[-2:])[-2:]
            alone = before[-1:] == "V" and not (len(before) == 2 and before[0].isascii() and before[0].isalnum())
            if alone and len(match[0]) in (1, 3):
                text.add("*", start)
        elif kind in ("tag", "url", "target", "reference", "note") and text.last.isalnum():
            after = self.source[match.end()] if match.end() < end else ""
            if kind == "url" or (kind == "tag" and after.isalnum()):
                text.add("\x1f", start)
