"""Findings: what is wrong, where, and how to mend it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One finding. `line` and `column` count from 1; `path` is relative to the project's root, with forward slashes.

    `code` is a letter and three digits: D for data, F for fences and front matter, N for numbers and claims in prose.
    `excerpt` is the source line, `width` how many characters of it are meant; `notes` say how the finding was reached;
    `fixes` are at most three replacements, the likeliest first.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    excerpt: str = ""
    width: int = 1
    notes: tuple[str, ...] = field(default=())
    fixes: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.message}"


def as_text(problem: Problem) -> str:
    """The finding as a person reads it: one line, then the excerpt with a caret, the notes and the fixes."""
    lines = [str(problem)]
    if problem.excerpt:
        start = max(0, problem.column - 1 - 40)
        shown = problem.excerpt[start : start + 110]
        caret = problem.column - 1 - start
        lead = "".join("　" if _is_wide(char) else " " for char in shown[:caret])
        under = shown[caret : caret + max(1, problem.width)] or " "
        lines += [f"   | {shown}", f"   | {lead}{''.join('^^' if _is_wide(char) else '^' for char in under)}"]
    lines += [f"   {note}" for note in problem.notes]
    if problem.fixes:
        lines.append("   fix: " + " | ".join(problem.fixes))
    return "\n".join(lines)


def _is_wide(char: str) -> bool:
    """Whether a character takes two columns of a terminal."""
    return unicodedata.east_asian_width(char) in ("W", "F")


def as_github(problem: Problem) -> str:
    """The finding as a GitHub workflow command, so that it is shown beside the line in a pull request."""
    message = "\n".join([problem.message, *problem.notes, *(f"fix: {fix}" for fix in problem.fixes)])
    escaped = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    place = f"file={problem.path},line={problem.line},col={problem.column}"
    return f"::error {place},title={problem.code}::{escaped}"


def report(problems: Iterable[Problem], *, style: str = "text") -> str:
    """All findings in one string. `style` is text, json (a list of objects) or github."""
    found = sorted(problems)
    if style == "json":
        return json.dumps([asdict(problem) for problem in found], ensure_ascii=False, indent=1)
    if style == "github":
        return "\n".join(as_github(problem) for problem in found)
    return "\n".join(as_text(problem) for problem in found)


def relative(path: Path, root: Path) -> str:
    """`path` as findings print it: relative to `root` where it lies below it."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.as_posix()
