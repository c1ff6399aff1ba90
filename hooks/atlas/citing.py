"""Where the pages cite a number: from the checker's bindings to titles and headings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .linking import address_of
from .prose.checking import Results

# matches "## 尺寸 {#sizes}"; the groups are the heading's marks, text and id
HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*\{[^{}\n]*?#([^\s{}]+)[^{}\n]*\}[ \t]*$", re.MULTILINE)
# matches "title: OCR 与文档" in a page's front matter
TITLE = re.compile(r"\A---\n(?:.*\n)*?title:[ \t]*[\"']?(.+?)[\"']?[ \t]*\n")
FIRST = re.compile(r"^# (.+?)(?:[ \t]*\{[^{}\n]*\})?[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A page that cites something: its address and title, how often, and the (address, heading) of each section."""

    address: str
    title: str
    times: int
    sections: tuple[tuple[str, str], ...]


class Citations:
    """What the authored pages cite. `sources` maps the name by which bindings call a page to its path and source."""

    def __init__(self, results: Results, sources: Mapping[str, tuple[str, str]]) -> None:
        self.titles: dict[str, str] = {}
        self._found: dict[str, dict[str, dict[str, int]]] = defaultdict(dict)
        headings: dict[str, list[tuple[int, str]]] = {}
        for name, (path, source) in sources.items():
            self.titles[path] = title_of(source) or path
            headings[name] = [(match.start(), match[3]) for match in HEADING.finditer(source) if len(match[1]) > 1]
            self.titles |= {f"{path}#{match[3]}": match[2] for match in HEADING.finditer(source)}
        for bound in results.bindings:
            if bound.path not in sources:
                continue
            marks = headings[bound.path]
            above = bisect_right(marks, (bound.start, "")) - 1
            anchor = marks[above][1] if above >= 0 else ""
            for identity in bound.ids:
                sections = self._found[identity].setdefault(sources[bound.path][0], {})
                sections[anchor] = sections.get(anchor, 0) + 1

    def of(self, ids: Iterable[str]) -> list[Cited]:
        """The pages that cite any of these facts or quantities, most often first."""
        pages: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for identity in ids:
            for path, sections in self._found.get(identity, {}).items():
                for anchor, times in sections.items():
                    pages[path][anchor] += times
        found = [
            Cited(
                address=address_of(path),
                title=self.titles[path],
                times=sum(sections.values()),
                sections=tuple(
                    (f"{address_of(path)}#{anchor}", self.titles[f"{path}#{anchor}"]) for anchor in sections if anchor
                ),
            )
            for path, sections in pages.items()
        ]
        return sorted(found, key=lambda page: (-page.times, page.address))

    def label(self, target: str) -> tuple[str, str]:
        """`capabilities/ocr.md#sizes` -> its address and the title of the page, with the heading where it has one."""
        path, _, anchor = target.partition("#")
        title = self.titles.get(path, path)
        heading = self.titles.get(target) if anchor else None
        named = f"{title} · {heading}" if heading and heading != title else title
        return address_of(path) + (f"#{anchor}" if anchor else ""), named


def title_of(source: str) -> str:
    """The title that a page's front matter or its first heading gives."""
    match = TITLE.match(source) or FIRST.search(source)
    return match[1] if match else ""
