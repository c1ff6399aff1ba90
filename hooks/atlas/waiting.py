"""Lists far down a page say how long they are, so that a browser need not lay them out before they come near."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

# half-widths on a line of a list on a telephone
LINE = 38
FROM_HEADING = 2
# matches "<ul>", '<ol start="2">', "</ul>"; group 1 is the slash of an end
LIST = re.compile(r"<(/?)[uo]l\b[^>]*>")
# matches what a reader does not see: tags
TAG = re.compile(r"<[^>]*>")


def waiting(html: str) -> str:
    """`<ul>` becomes `<ul style="--l:12">` below the second h2: about so many lines on a telephone, never fewer."""
    headings = [match.start() for match in re.finditer("<h2", html)]
    if len(headings) < FROM_HEADING:
        return html
    done, depth, parts = headings[FROM_HEADING - 1], 0, [html[: headings[FROM_HEADING - 1]]]
    start = done
    for match in LIST.finditer(html, done):
        depth += -1 if match[1] else 1
        if depth == 1 and not match[1]:
            start = match.start()
        elif depth == 0:
            text = html[start : match.end()]
            marked = f'{text[:3]} style="--l:{_lines(text)}">{text[4:]}' if text[3] == ">" else text
            parts += [html[done:start], marked]
            done = match.end()
    return "".join([*parts, html[done:]])


def _lines(text: str) -> int:
    items = [TAG.sub("", item) for item in text.split("<li")[1:]]
    widths = [sum(2 if east_asian_width(character) in "WF" else 1 for character in item) for item in items]
    return sum(1 + width // LINE for width in widths)
