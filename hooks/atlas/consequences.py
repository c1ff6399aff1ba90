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
# matches the folder of a report: group 1 is its id
FOLDER = re.compile(r"data/reports/([^/]+)/")
# matches "qwen3-vl/table-02" and "qwen3-vl has no 'table-02'": the report and the table, in groups 1 and 2 or 3 and 4
NAMED_TABLE = re.compile(r"([a-z0-9.-]+)/((?:table|figure)-\d+)|^([a-z0-9.-]+) has no '((?:table|figure)-\d+)'")
EMPTY = "file is empty"
REGISTRIES = tuple(f"data/{name}.yml" for name in ("models", "benchmarks", "capabilities", "vocabulary"))
# an entry, a row or a whole file was not read: unreadable YAML, a wrong key, type or value, an unknown name
UNREAD = ("D1", "D2", "D301", "D302")
# read, but nothing can be said of a page by it: a value out of range, a name of two entries, a table that stands twice
MISLEADING = ("D304", "D310", "D316")


def without_consequences(problems: Iterable[Problem], documents: Mapping[str, Document]) -> list[Problem]:
    """The findings without those that only say that what another finding left out is missing.

    A table with a row that cannot be read has fewer facts: what refers to them (D301, D312, D314) is not wrong, nor is
    a mark that only they bear (D303). A benchmark whose direction is misspelt has none (D309). A model whose entry has a defect stands in its file all the
    same, and a registry that cannot be read names nothing (D201, D301). `documents` are the files below data/ as read.
    """
    found = list(problems)
    if lost := [p for p in found if p.path in REGISTRIES and (p.code in ("D100", "D101") or p.message == EMPTY)]:
        files = {problem.path for problem in lost}
        found = [p for p in found if p.path in files or p.code.startswith("D1")]
    reports = {match[1] for p in found if p.code == "D100" and (match := FOLDER.match(p.path))}
    found = [p for p in found if not _of_absent_table(p, reports, documents)]
    entries = {key for name in REGISTRIES for key in _keys(documents.get(name.removeprefix("data/")))}
    unread = [problem for problem in found if problem.code.startswith(UNREAD)]
    found = [
        p for p in found if not (p.code in ("D201", "D301") and (m := UNKNOWN.search(p.message)) and m[1] in entries)
    ]
    tables = {f"{match[1]}/{match[2]}" for problem in unread if (match := TABLE.search(problem.path))}
    fields = {problem.message.split(":")[0] for problem in unread if problem.path.endswith("benchmarks.yml")}
    return [problem for problem in found if not _follows(problem, tables, fields)]


def unread(problems: Iterable[Problem]) -> bool:
    """Whether facts or names could not be read, so that pages that use them cannot be judged. A key too many loses
    none, and no page uses the ledger of errata."""
    return any(
        problem.code.startswith((*UNREAD, *MISLEADING))
        and problem.code != "D103"
        and not problem.path.endswith("errata.yml")
        for problem in problems
    )


def _keys(document: Document | None) -> Iterable[str]:
    return document.data if document and isinstance(document.data, dict) else ()


def _of_absent_table(problem: Problem, reports: set[str], documents: Mapping[str, Document]) -> bool:
    """Whether it only misses a table of a report that has a file with a wrong name, or what stands in that file."""
    if not reports:
        return False
    if problem.code == "D313":
        return True
    match = NAMED_TABLE.search(problem.message) if problem.code in ("D301", "D312", "D314") else None
    if match is None:
        return False
    report, table = match[1] or match[3], match[2] or match[4]
    return report in reports and f"reports/{report}/{table}.yml" not in documents


def _follows(problem: Problem, tables: set[str], fields: set[str]) -> bool:
    if problem.code in ("D301", "D314"):
        return any(f"{table}/" in problem.message and not problem.path.endswith(f"{table}.yml") for table in tables)
    if problem.code == "D315":  # its guard counts or ranks the cells that were read
        return bool(tables)
    if problem.code == "D303":
        return any(problem.path.endswith(f"{table}.yml") for table in tables)
    if problem.code == "D312":
        return any(problem.message == "{} has no {!r}".format(*table.split("/")) for table in tables)
    return problem.code == "D309" and problem.message.rsplit(" ", 1)[-1] in fields
