"""Findings that only follow from another: whoever mends the other has mended them too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from .problems import Problem
from .reading import Document

# matches the file of a table: group 1 is its report, group 2 its name
TABLE = re.compile(r"data/reports/([^/]+)/((?:table|figure)-\d+)\.yml$")
# matches "unknown model 'qwen3-8b'; did you mean": group 1 is the id
UNKNOWN = re.compile(r"^unknown (?:model|benchmark|capability|subject) '([^']+)'")
REGISTRIES = tuple(f"data/{name}.yml" for name in ("models", "benchmarks", "capabilities", "vocabulary"))
# an entry, a row or a whole file was not read: unreadable YAML, a wrong key, type or value, an unknown name
UNREAD = ("D1", "D2", "D301", "D302")


def without_consequences(problems: Iterable[Problem], documents: Mapping[str, Document]) -> list[Problem]:
    """The findings without those that only say that what another finding left out is missing.

    A table with a row that cannot be read has fewer facts: what refers to them (D301, D312, D314) is not wrong, nor is
    a mark that only they bear (D303). A benchmark whose direction is misspelt has none (D309). A model whose entry has a defect stands in its file all the
    same, and a registry that cannot be read names nothing (D201, D301). `documents` are the files below data/ as read.
    """
    found = list(problems)
    if lost := [p for p in found if p.code in ("D100", "D101") and p.path in REGISTRIES]:
        files = {problem.path for problem in lost}
        found = [p for p in found if p.path in files or p.code.startswith("D1")]
    entries = {key for name in REGISTRIES for key in _keys(documents.get(name.removeprefix("data/")))}
    found = [
        p for p in found if not (p.code in ("D201", "D301") and (m := UNKNOWN.search(p.message)) and m[1] in entries)
    ]
    unread = [problem for problem in found if problem.code.startswith(UNREAD)]
    tables = {f"{match[1]}/{match[2]}" for problem in unread if (match := TABLE.search(problem.path))}
    fields = {problem.message.split(":")[0] for problem in unread if problem.path.endswith("benchmarks.yml")}
    return [problem for problem in found if not _follows(problem, tables, fields)]


def unread(problems: Iterable[Problem]) -> bool:
    """Whether facts or names could not be read, so that pages that use them cannot be judged. A key too many loses
    none, and no page uses the ledger of errata."""
    return any(
        problem.code.startswith(UNREAD) and problem.code != "D103" and not problem.path.endswith("errata.yml")
        for problem in problems
    )


def _keys(document: Document | None) -> Iterable[str]:
    return document.data if document and isinstance(document.data, dict) else ()


def _follows(problem: Problem, tables: set[str], fields: set[str]) -> bool:
    if problem.code in ("D301", "D314"):
        return any(f"{table}/" in problem.message and not problem.path.endswith(f"{table}.yml") for table in tables)
    if problem.code == "D303":
        return any(problem.path.endswith(f"{table}.yml") for table in tables)
    if problem.code == "D312":
        return any(problem.message == "{} has no {!r}".format(*table.split("/")) for table in tables)
    return problem.code == "D309" and problem.message.rsplit(" ", 1)[-1] in fields
