"""The authored pages as text: read, and judged by what does not depend on their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from .book import Book
from .drawing import FENCES, Desk, draw_fences
from .fences import OPENING
from .linking import Links
from .loading import suggestion
from .problems import Problem, relative
from .prose.names import Names
from .reading import Document, read

# matches the front matter of a page; group 1 is its YAML
MATTER = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*$", re.MULTILINE | re.DOTALL)
# matches "title: OCR" at the top of a page whose opening line of dashes is missing
BARE = re.compile(r"(?:title|description|reports|subject|mode):[ \t]")
# matches "## Results {#results}"; group 1 is the id
HEADING_ID = re.compile(r"^#{1,6}[ \t].*\{[^{}]*#([\w.-]+)[^{}]*\}[ \t]*$")
# what a page is about is not known: nothing can be said of its numbers
UNREAD = frozenset({"F120", "F121", "F122", "F124"})
NEEDED = ("title", "description")
KEYS = (*NEEDED, "reports", "subject", "mode", "hide", "search", "template")


def read_source(path: Path, root: Path) -> tuple[str, list[Problem]]:
    """A page's text, without a byte order mark. F120: it is not UTF-8; then the text is empty."""
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n"), []
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8: {error.reason} at byte {error.start}"
        return "", [Problem(path=relative(path, root), line=line, column=1, code="F120", message=message)]


def without_noise(problems: Iterable[Problem]) -> list[Problem]:
    """The findings without those in the prose of a page whose front matter is wrong: it says what numbers are about."""
    found = list(problems)
    lost = {problem.path for problem in found if problem.code in UNREAD}
    return [problem for problem in found if problem.path not in lost or not problem.code.startswith("N")]


def check_source(source: str, path: str, names: Names, links: Links, language: str) -> list[Problem]:
    """What is wrong with a page's front matter, heading ids and fences."""
    desk = Desk(book=names.book, names=names, links=links, language=language, page=path, only_check=True)
    drawn = draw_fences(source, path, desk)
    return [
        *check_matter(source, path, names.book),
        *check_lines(source, path),
        *(problem for one in drawn for problem in one.problems),
    ]


def check_matter(source: str, path: str, book: Book) -> list[Problem]:
    """F121 front matter that cannot be read, F122 an unknown key, F123 a missing title or description, F124 an id that
    nothing has. A page without front matter has none of them."""
    if not source.strip():
        return [Problem(path=path, line=1, column=1, code="F121", message="the page is empty")]
    found = MATTER.match(source)
    if found is None:
        if source.startswith("---\n") or BARE.match(source):
            message = "front matter stands between two lines of ---, the first of them at the top of the page"
            return [Problem(path=path, line=1, column=1, code="F121", message=message)]
        return []
    document, problems = read("\n" + found[1], path)
    if problems:
        return [Problem(path=p.path, line=p.line, column=p.column, code="F121", message=p.message) for p in problems]
    if not isinstance(document.data, dict):
        return [document.problem("F121", "front matter is keys with values: title, description, …")]
    return [*_keys(document), *_ids(document, book)]


def _keys(document: Document) -> Iterator[Problem]:
    for key, value in document.data.items():
        if key not in KEYS:
            yield document.problem("F122", f"unknown key {key!r}{suggestion(key, KEYS)}", key)
        elif key in NEEDED and not (isinstance(value, str) and value.strip()):
            yield document.problem("F123", f"{key}: should be a text", key)
    for key in NEEDED:
        if key not in document.data:
            yield document.problem("F123", f"missing key {key!r}")


def _ids(document: Document, book: Book) -> Iterator[Problem]:
    known: dict[str, Iterable[str]] = {
        "reports": book.reports, "subject": {**book.models, **book.papers}, "mode": book.vocabulary.modes,
    }  # fmt: skip
    for key, entries in known.items():
        value = document.data.get(key)
        words = value if isinstance(value, list) else str(value or "").replace(",", " ").split()
        for index, word in enumerate(words):
            if word not in entries:
                what = f"unknown {key.removesuffix('s')} {word!r}{suggestion(str(word), entries)}"
                yield document.problem("F124", what, key, index)


def check_lines(source: str, path: str) -> Iterator[Problem]:
    """F125: two headings with one id. F126: a fence whose kind is one letter off."""
    seen: dict[str, int] = {}
    marker = ""
    for number, line in enumerate(source.split("\n"), 1):
        opening = OPENING.match(line)
        if marker:
            if line.strip(" \t>").startswith(marker) and not line.strip(" \t>").strip(marker[0]):
                marker = ""
        elif opening:
            marker, kind = opening[2], opening[3]
            near = [known for known in FENCES if _one_off(kind, known)]
            if near:
                message = f"no fence of kind {kind!r}; did you mean {near[0]!r}?"
                column = opening.start(3) + 1
                yield Problem(path=path, line=number, column=column, code="F126", message=message, width=len(kind))
        elif heading := HEADING_ID.match(line):
            first = seen.setdefault(heading[1], number)
            if first != number:
                message = f"heading id {heading[1]!r} stands on line {first} already"
                column = heading.start(1) + 1
                yield Problem(
                    path=path, line=number, column=column, code="F125", message=message, width=len(heading[1])
                )


def _one_off(word: str, known: str) -> bool:
    """Whether one letter more, less or other, or two exchanged, make `known` of `word`."""
    if word == known or abs(len(word) - len(known)) > 1 or not word:
        return False
    start = next((i for i, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), min(len(word), len(known)))
    rest, other = word[start:], known[start:]
    swapped = rest[:2] == other[:2][::-1] and rest[2:] == other[2:]
    return swapped or rest[1:] == other[1:] or rest == other[1:] or rest[1:] == other
