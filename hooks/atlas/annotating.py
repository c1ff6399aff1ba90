"""A page's Markdown source -> the same source in which each bound number links to its fact.

Raw inline HTML survives Markdown, so the tags are put into the source; where they could not stand (code, link texts,
headings, titles of boxes, attributes) the number stays as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

from .book import number_of
from .prose.checking import Bound, Checked, Results
from .rendering import Environment

# what the tags must not be put into, one alternative a line; each is matched as a whole
CLOSED = re.compile(
    r"""\A---\n.*?\n---[ \t]*(?:\n|\Z)                                       # front matter
    |^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)
    |<!--.*?-->
    |<(?P<whole>a|code|pre|h[1-6]|script|style|summary)\b[^>]*>.*?</(?P=whole)>
    |</?[A-Za-z][^<>]*>|<https?://[^<>\s]*>
    |^[ \t>]*\#{1,6}[ \t][^\n]*$                                             # heading
    |^[ \t>]*(?:!!!|\?\?\?\+?|===[!+]?)[ \t][^\n]*$                          # title of a box or tab
    |^[ \t]*\[[^\]\n]+\]:[ \t]+\S*                                           # where a reference leads
    |^[ \t]*\*\[[^\]\n]+\]:[^\n]*$                                           # abbreviation
    |(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)           # code
    |!?\[(?:[^\[\]\n]|\[[^\[\]\n]*\]|\n(?!\n))*\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\[\]\n]*\])
    |\{[:\#.][^{}\n]*\}""",
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)
# what a comparison's words must not hold, so that the tags around them nest
MARKUP = re.compile(r"[*_`\[\]<>|~\n{}]")
NUMBERS = frozenset({"fact", "quantity"})
# how many operands a title lists
LISTED = 6
Wrap = tuple[int, int, str, str]


def annotated(source: str, name: str, page: str, shown: set[str], results: Results, environment: Environment) -> str:
    """The source with its tags. `name` is how `results` call the page, `shown` the ids of elements on it."""
    annotator = _Annotator(page, shown, environment)
    wraps = [wrap for bound in results.bindings if bound.path == name and (wrap := annotator.number(bound))]
    wraps += [wrap for claim in results.claims if claim.path == name and (wrap := annotator.claim(claim, source))]
    return _wrapped(source, wraps) if wraps else source


class _Annotator:
    """The tags for the numbers and comparisons of one page."""

    def __init__(self, page: str, shown: set[str], environment: Environment) -> None:
        self.page = page
        self.shown = shown
        self.environment = environment
        self.book = environment.book
        self.tags: Any = environment.jinja.get_template("prose.html.j2").make_module({})

    def number(self, bound: Bound) -> Wrap | None:
        if not bound.ids or bound.in_code:
            return None
        number = number_of(bound.text.lstrip("+"))
        value = f"{number:f}" if number is not None else ""
        if bound.kind in NUMBERS:
            href = self._href(bound.ids[0])
            ids = " ".join(bound.ids) if len(bound.ids) > 1 else ""
            opening = self.tags.open_number(href, value, ids)
            return bound.start, bound.end, opening, str(self.tags.close_number(value))
        values = [self._value(identity) for identity in bound.ids]
        if bound.kind in ("derived", "count") and all(values):
            shown = values[:LISTED] + ["…"] * (len(values) > LISTED)
            title = self.environment.text("derived-from", values=self._joint().join(shown))
            return bound.start, bound.end, self.tags.open_derived(value, " ".join(bound.ids), title), "</data>"
        if bound.kind == "reference" and bound.ids[0] in self.book.tables:
            return bound.start, bound.end, self.tags.open_reference(self._href(bound.ids[0])), "</a>"
        return None

    def claim(self, claim: Checked, source: str) -> Wrap | None:
        if claim.verdict != "true" or not claim.operands or MARKUP.search(source, claim.start, claim.end):
            return None
        first = self.book.facts.get(claim.operands[0])
        title = self.environment.text("verified")
        if claim.set_size and first:
            label = self.book.tables[first.source].label(self.environment.language)
            table = f"{self.book.reports[first.report].name} {label}"
            title = self.environment.text("verified-among", table=table, count=claim.set_size)
        return claim.start, claim.end, self.tags.open_claim(" ".join(claim.operands), title), "</span>"

    def _href(self, identity: str) -> str:
        return f"#{identity}" if identity in self.shown else self.environment.links.fact_href(self.page, identity)

    def _joint(self) -> str:
        return "、" if self.environment.language == "zh" else ", "

    def _value(self, identity: str) -> str:
        """The printed value of a fact or quantity, else nothing."""
        if fact := self.book.facts.get(identity):
            return fact.value
        quantity = self.book.quantities.get(identity)
        return quantity.entry.value if quantity else ""


def _wrapped(source: str, wraps: list[Wrap]) -> str:
    """Put each pair of tags around its range. One that touches a closed range, crosses an earlier one, or lies in one
    that is not a span, is left out."""
    closed = [match.span() for match in CLOSED.finditer(source)]
    starts = [start for start, _ in closed]
    insertions: list[tuple[tuple[int, int, int], str]] = []
    around: list[tuple[int, str]] = []
    for start, end, opening, closing in sorted(wraps, key=lambda wrap: (wrap[0], -wrap[1])):
        before = bisect_right(starts, end - 1) - 1
        if before >= 0 and closed[before][1] > start:
            continue
        while around and around[-1][0] <= start:
            around.pop()
        if around and (end > around[-1][0] or not str(around[-1][1]).startswith("<span")):
            continue
        around.append((end, opening))
        # where tags meet, what is inside closes first and what is outside opens first
        insertions += [((start, 1, -end), opening), ((end, 0, -start), closing)]
    parts, position = [], 0
    for (offset, _, _), text in sorted(insertions, key=lambda insertion: insertion[0]):
        parts += [source[position:offset], str(text)]
        position = offset
    parts.append(source[position:])
    return "".join(parts)
