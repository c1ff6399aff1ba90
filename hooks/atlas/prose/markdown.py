"""Markdown source -> units of plain text, each with its place and its surroundings.

A unit is a sentence, a table cell or a heading. Fences, raw HTML, URLs and front matter are left out (the front
matter's `description` is kept: readers see it). Everything is linear in the length of the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

# matches "## OCR {#ocr}", not "#hashtag"
HEADING = re.compile(r"^(#{1,6})[ \t]+(.*)$")
# matches "{#ocr}" at the end of a heading
ATTRIBUTES = re.compile(r"\{[^{}]*\}$")
# matches "  - item", "12. item"; not "-5"
ITEM = re.compile(r"^([ \t]*)([-*+]|\d{1,3}[.)])[ \t]+")
# matches '!!! note "Title"', '??? info', '=== "Tab"'
BOX = re.compile(r'^([ \t]*)(?:!!!|\?\?\?\+?|===[!+]?)[\w \t-]*+(?:"([^"]*)")?[ \t]*$')
# matches "```scores", "~~~"
FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})[ \t]*([\w-]*)")
# matches "|---|:--:|", not "| a | b |"
RULE = re.compile(r"^[ \t>]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*$")
QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+")
# matches " num: bench=mmmu", " num-scope: mode=thinking"; not " a remark"
NOTE = re.compile(r"\s*(num-scope|num)(?![\w-])\s*(:?)")
FOOTNOTE = re.compile(r"^[ \t]*\[\^[^\]]+\]:[ \t]*")
# one alternative for each thing that is markup rather than text
INLINE = re.compile(
    r"(?P<code>`+)|(?P<image>!\[)|(?P<target>\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,600}(?:[ \t]+\"[^\"\n]{0,300}\")?\)(?:\{[^{}]*\})?)"
    r"|(?P<note>\[\^[^\]]{1,200}\])|(?P<reference>\]\[[^\]]{0,200}\])|(?P<escape>\\[\\`*_{}\[\]()#+\-.!|~<>])"
    r"|(?P<url>https?://[^\s<>)\]\"，。；、（）]+)|(?P<break><br ?/?>)|(?P<tag></?[A-Za-z][^<>]*>)"
    r"|(?P<attributes>\{[:#.][^{}]*\})|(?P<entity>&[a-z]{2,8};|&#\d{2,5};)|(?P<star>\*+)|(?P<strike>~~)"
    r"|(?P<bracket>[\[\]])"
)
# characters of the longest sentence; of 4,000 real ones none has 500. It bounds what a page can cost.
LONGEST = 600
CLAUSE_MARKS = "，、；\n "
LINE_END = re.compile(r"\n")
# matches "。" and the line's end of "scores:\n"; "\x1e" stands for a <br>
SENTENCE_END = re.compile(r"[。！？；!?\x1e]|(?<=[.:：)）])\n")
# matches the full stop of "scores. The", not of "vs. 3" or "76.8"
STOP = re.compile(
    r"\.(?:(?=\s+[A-Z\u4e00-\u9fff])(?<![A-Z\d]\.)(?<!\bvs\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bet al\.)(?<!\bsub\.)(?<!\bcf\.)"
    r"|(?<=\d\.)(?=\s+[A-Z]))|;(?=\s)"
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


@dataclass(frozen=True, slots=True)
class Note:
    """A `<!-- num: … -->` or `<!-- num-scope: … -->` comment: its text and where that text starts in the source."""

    kind: str
    text: str
    start: int


@dataclass(slots=True, eq=False)
class Block:
    """A paragraph, an item's own text, a cell or a heading: units that share their surroundings.

    `parents` and `headings` are nearest first. For a cell, `row` is the row's first cell and `column` the header's.
    """

    kind: str
    section: int
    parents: tuple[Block, ...] = ()
    headings: tuple[Block, ...] = ()
    row: Block | None = None
    column: Block | None = None
    units: list[Unit] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    scopes: list[Note] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Unit:
    """A sentence: `text` is folded (NFKC digits, one kind of apostrophe), `offsets[i]` is where character i stands in
    the source, `code` holds the ranges of `text` that were code spans."""

    text: str
    offsets: list[int]
    code: tuple[tuple[int, int], ...]
    block: Block
    index: int

    def in_code(self, position: int) -> bool:
        return any(start <= position < end for start, end in self.code)


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block of one of the site's kinds: its kind, body, section and the offset of its first body line."""

    kind: str
    body: str
    section: int
    start: int


@dataclass(slots=True)
class Page:
    """A page taken apart. `matter` is the raw front matter."""

    source: str
    matter: str
    blocks: list[Block]
    fences: list[Fence]
    lines: list[int]

    def place(self, offset: int) -> tuple[int, int]:
        """(line, column) of an offset, both from 1."""
        line = bisect_right(self.lines, offset)
        return line, offset - self.lines[line - 1] + 1

    def line_text(self, line: int) -> str:
        end = self.lines[line] - 1 if line < len(self.lines) else len(self.source)
        return self.source[self.lines[line - 1] : end]

    @property
    def units(self) -> Iterator[Unit]:
        for block in self.blocks:
            yield from block.units


def parse(source: str) -> Page:
    """Take a page apart. Never fails: what is no Markdown is a paragraph."""
    source = (
        source.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " ").replace("\x0b", " ").replace("\x0c", " ")
    )
    lines = [0, *(match.end() for match in LINE_END.finditer(source))]
    page = Page(source=source, matter="", blocks=[], fences=[], lines=lines)
    _Reader(page).read()
    return page


class _Reader:
    """One pass over the lines; each method handles one kind of block."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.source = page.source
        self.folded = FOLDABLE.sub(lambda match: FOLDED[ord(match[0])], page.source)
        self.section = 0
        self.headings: list[tuple[int, Block]] = []
        self.parents: list[tuple[int, Block]] = []
        self.paragraph: list[tuple[int, int]] = []
        self.paragraph_indent = 0
        self.item: Block | None = None
        self.lead: Block | None = None  # a paragraph that ends in a colon leads the list after it
        self.comments = comments(self.source)
        self.last: Block | None = None

    def read(self) -> None:
        lines = self.page.lines
        count = len(lines)
        index = self.front_matter()
        comment_end = -1
        while index < count:
            start = lines[index]
            end = lines[index + 1] - 1 if index + 1 < count else len(self.source)
            text = self.source[start:end]
            if start < comment_end:
                index += 1
                continue
            stripped = text.strip()
            comment = self.comments.get(start + len(text) - len(text.lstrip()))
            if comment and comment.end > end:
                comment_end = comment.end
            fence = FENCE.match(text)
            if fence:
                self.flush()
                index = self.fence(index, fence)
                continue
            if not stripped:
                self.flush()
            elif comment and not self.source[comment.end : end].strip():
                self.comment(comment)
            elif heading := HEADING.match(text):
                self.flush()
                self.heading(heading, start)
            elif "|" in text and index + 1 < count and RULE.match(self.line(index + 1)) and "|" in self.line(index + 1):
                self.flush()
                index = self.table(index)
                continue
            elif box := BOX.match(text):
                self.flush()
                self.box(box, start)
            elif item := ITEM.match(text):
                self.flush()
                self.open_item(item, start, end)
            elif re.fullmatch(r"[ \t]*([-*_][ \t]*){3,}", text):
                self.flush()
            else:
                quote = QUOTE.match(text) or FOOTNOTE.match(text)
                body = start + quote.end() if quote else start
                indent = len(text) - len(text.lstrip())
                if not self.paragraph:
                    self.paragraph_indent = indent
                self.paragraph.append((body, end))
            index += 1
        self.flush()

    def line(self, index: int) -> str:
        lines = self.page.lines
        end = lines[index + 1] - 1 if index + 1 < len(lines) else len(self.source)
        return self.source[lines[index] : end]

    def front_matter(self) -> int:
        if not self.source.startswith("---\n"):
            return 0
        end = self.source.find("\n---", 3)
        if end < 0:
            return 0
        self.page.matter = self.source[4 : end + 1]
        description = re.search(r"^description:[ \t]*[\"']?(.*?)[\"']?$", self.page.matter, re.MULTILINE)
        if description and description[1]:
            block = Block(kind="paragraph", section=0)
            self.fill(block, [(4 + description.start(1), 4 + description.end(1))])
            self.add(block)
        return bisect_right(self.page.lines, end + 1)

    def fence(self, index: int, opening: re.Match[str]) -> int:
        marker = opening[1]
        first = index + 1
        index = first
        while index < len(self.page.lines):
            line = self.line(index).strip().lstrip(">").strip()
            if line.startswith(marker) and not line.strip(marker[0]):
                break
            index += 1
        start = self.page.lines[first] if first < len(self.page.lines) else len(self.source)
        end = self.page.lines[index] if index < len(self.page.lines) else len(self.source)
        if opening[2]:
            fence = Fence(kind=opening[2], body=self.source[start:end], section=self.section, start=start)
            self.page.fences.append(fence)
        return index + 1

    def comment(self, comment: Comment) -> None:
        note = comment.note
        if note is None:
            return
        if note.kind == "num-scope":
            target = self.headings[-1][1] if self.headings else None
            if target is None:
                target = Block(kind="heading", section=self.section)
                self.headings.append((0, target))
                self.add(target)
            target.scopes.append(note)
        elif self.paragraph:
            self.paragraph.append((comment.start, comment.end))
        elif self.last:
            self.last.notes.append(note)
        else:
            block = Block(kind="paragraph", section=self.section)
            block.notes.append(note)
            self.add(block)

    def heading(self, match: re.Match[str], start: int) -> None:
        level = len(match[1])
        self.section += 1
        self.parents = []
        self.lead = None
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        block = Block(kind="heading", section=self.section, headings=self.heading_chain())
        text = match[2].rstrip("#").rstrip(" \t")
        if (opening := text.rfind("{")) >= 0 and ATTRIBUTES.match(text, opening):
            text = text[:opening].rstrip(" \t")
        self.fill(block, [(start + match.start(2), start + match.start(2) + len(text))])
        self.headings.append((level, block))
        self.add(block)

    def box(self, match: re.Match[str], start: int) -> None:
        indent = len(match[1].expandtabs(4))
        self.close_parents(indent)
        block = self.block("item")
        if match[2]:
            self.fill(block, [(start + match.start(2), start + match.end(2))])
        self.parents.append((indent, block))
        self.add(block)

    def open_item(self, match: re.Match[str], start: int, end: int) -> None:
        indent = len(match[1].expandtabs(4))
        self.close_parents(indent)
        self.item = self.block("item")
        self.parents.append((indent, self.item))
        self.paragraph = [(start + match.end(), end)]
        self.paragraph_indent = indent

    def flush(self) -> None:
        if not self.paragraph:
            return
        if self.item is not None:
            block, self.item = self.item, None
        else:
            self.close_parents(self.paragraph_indent)
            block = self.block("paragraph")
        self.fill(block, self.paragraph)
        if block.kind == "paragraph" and not block.parents:
            self.lead = block if block.units and block.units[-1].text.rstrip().endswith(("：", ":")) else None
        self.paragraph = []
        self.add(block)

    def table(self, index: int) -> int:
        indent = len(self.line(index)) - len(self.line(index).lstrip())
        self.close_parents(indent)
        header = [self.cell(span, None, None) for span in self.cells(index)]
        index += 2
        carried: list[Block | None] = []
        while index < len(self.page.lines) and "|" in self.line(index) and self.line(index).strip():
            first: Block | None = None
            for number, span in enumerate(self.cells(index)):
                column = header[number] if number < len(header) else None
                block = self.cell(span, first, column)
                if number == 0:
                    if not block.units and carried:
                        first = carried[0]
                    else:
                        first = block
                        carried = [block]
            index += 1
        return index

    def cells(self, index: int) -> list[tuple[int, int]]:
        text = self.line(index)
        base = self.page.lines[index]
        spans, start, in_code = [], 0, False
        lead = len(text) - len(text.lstrip(" \t>"))
        position = lead + 1 if text[lead : lead + 1] == "|" else lead
        start = position
        while position < len(text):
            char = text[position]
            if char == "\\":
                position += 2
                continue
            if char == "`":
                in_code = not in_code
            elif char == "|" and not in_code:
                spans.append((base + start, base + position))
                start = position + 1
            position += 1
        if text[start:].strip():
            spans.append((base + start, base + len(text)))
        return spans

    def cell(self, span: tuple[int, int], row: Block | None, column: Block | None) -> Block:
        block = self.block("cell")
        block.row, block.column = row, column
        self.fill(block, [span])
        self.add(block)
        return block

    def close_parents(self, indent: int) -> None:
        while self.parents and self.parents[-1][0] >= indent:
            self.parents.pop()

    def heading_chain(self) -> tuple[Block, ...]:
        return tuple(block for _, block in reversed(self.headings))

    def block(self, kind: str) -> Block:
        parents = tuple(block for _, block in reversed(self.parents[-12:]))
        if self.lead and (kind == "item" or parents):
            parents = (*parents, self.lead)
        return Block(kind=kind, section=self.section, parents=parents, headings=self.heading_chain())

    def add(self, block: Block) -> None:
        self.page.blocks.append(block)
        self.last = block

    def fill(self, block: Block, spans: list[tuple[int, int]]) -> None:
        chars: list[str] = []
        offsets: list[int] = []
        code: list[tuple[int, int]] = []
        for start, end in spans:
            if chars:
                chars.append("\n")
                offsets.append(start - 1)
            _inline(self.source, self.folded, start, end, chars, offsets, code, block.notes, self.comments)
        block.units = list(_sentences("".join(chars), offsets, code, block))


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


def _inline(
    source: str,
    folded: str,
    start: int,
    end: int,
    chars: list[str],
    offsets: list[int],
    code: list[tuple[int, int]],
    notes: list[Note],
    found: dict[int, Comment],
) -> None:
    position = start
    while position < end:
        if comment := found.get(position):
            if comment.note:
                notes.append(comment.note)
            position = comment.end
            continue
        markup = MARKUP.search(source, position, end)
        stop = markup.start() if markup else end
        if stop > position:
            chars.extend(folded[position:stop])
            offsets.extend(range(position, stop))
            position = stop
            continue
        match = INLINE.match(source, position, end)
        if match is None:
            chars.append(folded[position])
            offsets.append(position)
            position += 1
            continue
        kind, text = match.lastgroup, match[0]
        if kind == "code":
            close = source.find(text, match.end(), end)
            if close < 0 or close - match.end() > LONGEST:
                position = match.end()
                continue
            first = len(chars)
            chars.extend(folded[match.end() : close])
            offsets.extend(range(match.end(), close))
            code.append((first, len(chars)))
            position = close + len(text)
            continue
        if kind == "escape":
            chars.append(text[1])
            offsets.append(position + 1)
        elif kind == "break":
            chars.append("\x1e")
            offsets.append(position)
        elif kind == "entity":
            chars.append(" ")
            offsets.append(position)
        elif kind == "star":
            before = chars[-1] if chars else ""
            alone = before == "V" and (len(chars) < 2 or not chars[-2].isascii() or not chars[-2].isalnum())
            if alone and len(text) in (1, 3):
                chars.append("*")
                offsets.append(position)
        elif kind in ("tag", "url", "target", "reference", "note") and chars and chars[-1].isalnum():
            after = source[match.end()] if match.end() < end else ""
            if kind == "url" or (kind == "tag" and after.isalnum()):
                chars.append("\x1f")
                offsets.append(position)
        position = match.end()


def _sentences(text: str, offsets: list[int], code: list[tuple[int, int]], block: Block) -> Iterator[Unit]:
    start, number = 0, 0
    ends = [b for _, b in code]
    for cut in _cuts(text, code, ends):
        piece = text[start:cut]
        if piece.strip(" \n\x1e\x1f"):
            inside = code[bisect_right(ends, start) : bisect_right(ends, cut)]
            spans = tuple((a - start, b - start) for a, b in inside)
            yield Unit(piece.replace("\x1e", " ").replace("\x1f", " "), offsets[start:cut], spans, block, number)
            number += 1
        start = cut


def _cuts(text: str, code: list[tuple[int, int]], ends: list[int]) -> Iterator[int]:
    """Where sentences end; none of them inside a code span. What is longer than any sentence is cut at a comma."""
    cuts = {match.end() for match in SENTENCE_END.finditer(text)}
    cuts.update(match.end() for match in STOP.finditer(text))
    start = 0
    for cut in sorted({*cuts, len(text)}):
        span = bisect_right(ends, cut)
        if span < len(code) and code[span][0] < cut:
            continue
        while cut - start > LONGEST:
            start = max(text.rfind(mark, start + 1, start + LONGEST) for mark in CLAUSE_MARKS) + 1 or start + LONGEST
            span = bisect_right(ends, start)
            if span < len(code) and code[span][0] < start:
                start = ends[span]
            yield start
        start = cut
        yield cut
