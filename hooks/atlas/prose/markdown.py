"""Markdown source -> units of plain text, each with its place and its surroundings.

A unit is a sentence, a table cell or a heading. Fences, raw HTML, URLs and front matter are left out (the front
matter's `description` is kept: readers see it). Everything is linear in the length of the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from .comments import Comment
from .inline import Inline
from .page import Block, Fence, Page, Unit
from .sentences import sentences

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
FOOTNOTE = re.compile(r"^[ \t]*\[\^[^\]]+\]:[ \t]*")
# matches "---", "* * *"
LINE = re.compile(r"[ \t]*([-*_][ \t]*){3,}")
# matches what a text has that says anything
LETTER = re.compile(r"\w")
# matches what divides or may hide the dividers of a table's row
DIVIDER = re.compile(r"\\.?|[`|]")
LINE_END = re.compile(r"\n")


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
        self.section = 0
        self.headings: list[tuple[int, Block]] = []
        self.above: tuple[Block, ...] = ()  # the blocks of `headings`, nearest first
        self.parents: list[tuple[int, Block]] = []
        self.paragraph: list[tuple[int, int]] = []
        self.paragraph_indent = 0
        self.item: Block | None = None
        self.lead: Block | None = None  # a paragraph that ends in a colon leads the list after it
        self.inline = Inline(self.source)
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
            opening = stripped[:1]
            comment = self.inline.comments.get(start + len(text) - len(text.lstrip())) if opening == "<" else None
            if comment and comment.end > end:
                comment_end = comment.end
            if opening and opening in "`~>" and (fence := FENCE.match(text)):
                self.flush()
                index = self.fence(index, fence)
                continue
            if not stripped:
                self.flush()
            elif comment and not self.source[comment.end : end].strip():
                self.comment(comment)
            elif opening == "#" and (heading := HEADING.match(text)):
                self.flush()
                self.heading(heading, start)
            elif "|" in text and index + 1 < count and RULE.match(self.line(index + 1)) and "|" in self.line(index + 1):
                self.flush()
                index = self.table(index)
                continue
            elif opening in "!?=" and (box := BOX.match(text)):
                self.flush()
                self.box(box, start)
            elif (opening in "-*+" or opening.isdigit()) and (item := ITEM.match(text)):
                self.flush()
                self.open_item(item, start, end)
            elif opening in "-*_" and LINE.fullmatch(text):
                self.flush()
            else:
                quote = (QUOTE.match(text) or FOOTNOTE.match(text)) if opening in ">[" else None
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
                self.open_heading(0, target)
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
        block = Block(kind="heading", section=self.section, headings=tuple(b for _, b in reversed(self.headings)))
        text = match[2].rstrip("#").rstrip(" \t")
        if (opening := text.rfind("{")) >= 0 and ATTRIBUTES.match(text, opening):
            text = text[:opening].rstrip(" \t")
        self.fill(block, [(start + match.start(2), start + match.start(2) + len(text))])
        self.open_heading(level, block)
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
        lead = len(text) - len(text.lstrip(" \t>"))
        start = lead + 1 if text[lead : lead + 1] == "|" else lead
        spans, in_code = [], False
        for divider in DIVIDER.finditer(text, start):
            if divider[0] == "`":
                in_code = not in_code
            elif divider[0] == "|" and not in_code:
                spans.append((base + start, base + divider.start()))
                start = divider.end()
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

    def open_heading(self, level: int, block: Block) -> None:
        """What follows stands below this heading too."""
        self.headings.append((level, block))
        self.above = tuple(block for _, block in reversed(self.headings))

    def block(self, kind: str) -> Block:
        parents = tuple(block for _, block in reversed(self.parents[-12:]))
        if self.lead and (kind == "item" or parents):
            parents = (*parents, self.lead)
        return Block(kind=kind, section=self.section, parents=parents, headings=self.above)

    def add(self, block: Block) -> None:
        self.page.blocks.append(block)
        self.last = block

    def fill(self, block: Block, spans: list[tuple[int, int]]) -> None:
        """Make the units of a block out of the ranges of the source that it consists of."""
        text = self.inline.text(spans)
        block.notes += text.notes
        whole = "".join(text.pieces)
        ends = [end for _, end in text.code]
        for start, cut in sentences(whole, text.code):
            piece = whole[start:cut]
            if LETTER.search(piece):
                inside = text.code[bisect_right(ends, start) : bisect_right(ends, cut)]
                spans_of = tuple((a - start, b - start) for a, b in inside)
                plain = piece.replace("\x1e", " ").replace("\x1f", " ")
                block.units.append(Unit(plain, text.offsets.part(start, cut), spans_of, block, len(block.units)))
