"""Fenced blocks of a page whose body is YAML: found, read and validated, with findings at their place in the page."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from .loading import validated
from .problems import Problem
from .reading import Document, read

# matches "```scores", "    ~~~ chart", "> ```scores x=1"; the groups are lead, marker, kind and what follows
OPENING = re.compile(r"^([ \t>]*)(`{3,}|~{3,})[ \t]*([\w-]*)(.*)$")
# matches the "```chart" that an unclosed fence takes for its text
SWALLOWED = re.compile(r"^[ \t>]*(?:`{3}|~{3})", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fence:
    """A fenced block: `body` without its indentation, `line` and `indent` where its first body line stands."""

    kind: str
    path: str
    body: str
    line: int
    indent: int
    options: str = ""
    closed: bool = True

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from other fences of its page, whatever Markdown did to its whitespace."""
        return self.kind, "".join(self.body.split())

    def problem(self, code: str, message: str) -> Problem:
        """A finding at the fence's opening line."""
        return Problem(path=self.path, line=self.line - 1, column=self.indent + 1, code=code, message=message)


def fences_in(source: str, path: str, kinds: Collection[str]) -> Iterator[Fence]:
    """The fences of the given kinds, top to bottom; a fence inside another one is its text."""
    lines = source.split("\n")
    index = 0
    while index < len(lines):
        opening = OPENING.match(lines[index])
        index += 1
        if not opening:
            continue
        lead, marker, kind, options = opening.groups()
        first = index
        while index < len(lines) and not _closes(lines[index], marker):
            index += 1
        if kind in kinds:
            body = [line.removeprefix(lead.rstrip(" ")) if ">" in lead else line for line in lines[first:index]]
            yield Fence(
                kind=kind,
                path=path,
                body=textwrap.dedent("\n".join(body)),
                line=first + 1,
                indent=len(lead),
                options=options.strip(),
                closed=index < len(lines),
            )
        index += 1


def _closes(line: str, marker: str) -> bool:
    text = line.strip(" \t>")
    return text.startswith(marker) and not text.strip(marker[0])


def read_fence(fence: Fence, kind: Any) -> tuple[Any, Document, list[Problem]]:
    """The fence's body as `kind`, and its document for further findings.

    F101 broken YAML, F102 duplicate key, F103 unknown key, F104 wrong value, F105 missing key, F106 a fence that is
    never closed or has options in its opening line. The value is None where there is a finding.
    """
    document, problems = read("\n" * (fence.line - 1) + fence.body, fence.path)
    places = {at: (line, column + fence.indent) for at, (line, column) in document.places.items()}
    document = replace(document, places=places | {(): (fence.line, fence.indent + 1)})
    problems = [replace(found, column=found.column + fence.indent) for found in problems]
    if not fence.closed or SWALLOWED.search(fence.body):
        problems = [problem for problem in problems if problem.code != "D101"]
        problems.append(fence.problem("F106", f"this {fence.kind} fence is never closed"))
    if fence.options:
        message = f"{fence.options!r}: what a {fence.kind} fence asks for goes in its body"
        problems.append(fence.problem("F106", message))
    if document.data is None and not problems:
        problems.append(fence.problem("F104", f"this {fence.kind} fence is empty"))
    value = None
    if not problems:
        value, problems = validated(document, kind)
    return (
        None if problems else value,
        document,
        [replace(found, code=found.code.replace("D1", "F1")) for found in problems],
    )
