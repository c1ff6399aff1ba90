"""Documents -> the book. Every problem of every file is collected; nothing is raised half-way."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from .book import (
    DASH,
    NOT_APPLICABLE,
    Book,
    BookQuantity,
    Cell,
    Fact,
    Table,
    column_id,
    direction_of,
    number_of,
    row_id,
    splits_of,
    unit_of,
)
from .book import Place as BookPlace
from .collecting import paused
from .lexicon import Lexicon
from .model import (
    Benchmark,
    Capability,
    Erratum,
    Head,
    Model,
    Paper,
    Quantity,
    Report,
    Row,
    Source,
    TableFile,
    Vocabulary,
)
from .problems import Problem, relative
from .reading import Document, read

# matches "table-02.yml", "figure-2.yml"; not "table-2.yml", "table-02.yaml"
TABLE_NAME = re.compile(r"^(table-\d{2}|figure-\d+)\.yml$")
REGISTRIES: dict[str, Any] = {
    "vocabulary": Vocabulary,
    "capabilities": dict[str, Capability],
    "benchmarks": dict[str, Benchmark],
    "models": dict[str, Model],
    "sources": dict[str, Source],
    "errata": dict[str, Erratum],
    "lexicon": Lexicon,
}
ID_PATTERN = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
EMPTY_VOCABULARY = Vocabulary(modes={}, variants={}, units={}, splits={})


def load(data: Path, *, root: Path | None = None) -> tuple[Book, list[Problem]]:
    """Read and validate every file below `data`. The book holds whatever was sound.

    Paths in findings are relative to `root` (default: the parent of `data`).
    """
    with paused():
        return _load(data, root or data.parent)


def _load(data: Path, root: Path) -> tuple[Book, list[Problem]]:
    problems: list[Problem] = []
    documents: dict[str, Document] = {}

    def parse(path: Path, kind: Any) -> Any:
        name = relative(path, root)
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            problems.append(Problem(path=name, line=1, column=1, code="D100", message="file is missing"))
            return None
        except UnicodeDecodeError as error:
            message = f"not UTF-8: {error.reason} at byte {error.start}"
            problems.append(Problem(path=name, line=1, column=1, code="D101", message=message))
            return None
        document, found = read(text, name)
        documents[relative(path, data)] = document
        problems.extend(found)
        if document.data is None:
            if not found:
                problems.append(document.problem("D104", "file is empty"))
            return None
        value, found = validated(document, kind)
        problems.extend(found)
        return value

    registries = {name: parse(data / f"{name}.yml", kind) for name, kind in REGISTRIES.items()}
    benchmarks = registries["benchmarks"] or {}
    vocabulary = registries["vocabulary"] or EMPTY_VOCABULARY
    reports: dict[str, Report] = {}
    tables: dict[str, Table] = {}
    quantities: dict[str, BookQuantity] = {}
    for folder in sorted(path for path in (data / "reports").glob("*") if path.is_dir()):
        entry = parse(folder / "report.yml", Report)
        if entry:
            reports[folder.name] = entry
        if (folder / "quantities.yml").is_file():
            found_quantities = parse(folder / "quantities.yml", dict[str, Quantity]) or {}
            document = documents[relative(folder / "quantities.yml", data)]
            quantities.update(_quantities(folder.name, found_quantities, document, ()))
        for path in sorted([*folder.glob("*.yml"), *folder.glob("*.yaml")]):
            if path.name in {"report.yml", "quantities.yml"}:
                continue
            if not TABLE_NAME.match(path.name):
                message = (
                    f"unknown kind of file {path.name}: expected report.yml, quantities.yml, table-NN.yml"
                    f" (table-02.yml) or figure-N.yml{_renamed(path)}"
                )
                problems.append(Problem(path=relative(path, root), line=1, column=1, code="D100", message=message))
                continue
            file = parse(path, TableFile)
            if file:
                document = documents[relative(path, data)]
                table, found_problems = _table(folder.name, path.stem, file, document, benchmarks, vocabulary)
                tables[table.id] = table
                problems.extend(found_problems)
    papers: dict[str, Paper] = {}
    for path in sorted((data / "papers").glob("*.yml")):
        paper = parse(path, Paper)
        if paper:
            papers[path.stem] = paper
            document = documents[relative(path, data)]
            quantities.update(_quantities(path.stem, paper.quantities, document, ("quantities",)))
    book = Book(
        vocabulary=vocabulary,
        capabilities=registries["capabilities"] or {},
        benchmarks=benchmarks,
        models=registries["models"] or {},
        sources=registries["sources"] or {},
        errata=registries["errata"] or {},
        lexicon=registries["lexicon"],
        reports=reports,
        papers=papers,
        tables=tables,
        quantities=quantities,
        documents=documents,
    )
    return book, problems


def _renamed(path: Path) -> str:
    """`; did you mean 'table-02.yml'?` for table-2.yml and table-02.yaml."""
    number = re.fullmatch(r"(table|figure)[-_ ]?(\d+)", path.stem, re.IGNORECASE)
    if number is None:
        return ""
    kind = number[1].lower()
    return f"; did you mean '{kind}-{int(number[2]):0{2 if kind == 'table' else 1}d}.yml'?"


def validated(document: Document, kind: Any) -> tuple[Any, list[Problem]]:
    """`document.data` as `kind`, and a finding for each defect: D103 unknown key, D104 wrong value, D105 missing key.

    An entry with a defect is left out, so that the rest of the file is still checked.
    """
    problems: list[Problem] = []
    if get_origin(kind) is dict and isinstance(document.data, dict):
        for key in document.data:
            if not ID_PATTERN.fullmatch(key):
                problems.append(document.problem("D104", f"{key!r} is no id: lower case, digits, - and . only", key))
    adapter = TypeAdapter(kind)
    data = document.data
    taken: set[tuple[int | str, ...]] = set()
    for _ in range(3):
        try:
            return adapter.validate_python(data), problems
        except ValidationError as error:
            details = error.errors(include_url=False, include_input=True, include_context=False)
        paths = []
        for detail in details:
            path = _in_document(document, detail["loc"])
            paths.append(path)
            if path in taken or (detail["type"] == "missing" and any(done[: len(path)] == path for done in taken)):
                continue  # it is missing because its value was wrong
            taken.add(path)
            problems.append(_problem(document, kind, path, detail))
        data = _without(data, paths)
    return None, _distinct(problems)


def _in_document(document: Document, loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """pydantic's location without the names of union members and validators, which stand in no file."""
    path: tuple[int | str, ...] = ()
    node = document.data
    for step in loc:
        if isinstance(node, dict) and (step in node or step == loc[-1]):
            path, node = (*path, step), node.get(step)
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            path, node = (*path, step), node[step]
    return path


def _problem(document: Document, kind: Any, path: tuple[int | str, ...], detail: Any) -> Problem:
    last = path[-1] if path else ""
    if detail["type"] == "extra_forbidden":
        known = _keys_at(kind, path[:-1])
        hint = suggestion(str(last), known)
        return document.problem("D103", f"unknown key {last!r}{hint}", *path)
    if detail["type"] == "missing":
        return document.problem(
            "D105", f"missing key {str(detail['loc'][-1])!r}", *path[:-1] if last == detail["loc"][-1] else path
        )
    message = detail["msg"].removeprefix("Input should be ").removeprefix("Value error, ")
    if detail["type"] == "string_pattern_mismatch":
        value = str(detail["input"])
        message = (
            "no HTML in plain text"
            if "<" in value or ">" in value
            else f"{value!r} is not written as this field wants it"
        )
        return document.problem("D104", f"{last}: {message}", *path)
    if detail["type"] in ("model_type", "model_attributes_type", "dict_type"):
        message = "a mapping of keys"
    given = detail["input"]
    shown = (
        f", not {given!r}"
        if isinstance(given, str)
        else ", not a mapping"
        if isinstance(given, dict)
        else ", not a list"
        if isinstance(given, list)
        else ", not empty"
        if given is None
        else ""
    )
    return document.problem("D104", f"{f'{last}: ' if path else ''}should be {message}{shown}", *path)


def _keys_at(kind: Any, path: tuple[int | str, ...]) -> list[str]:
    """The keys that a mapping at `path` may have."""
    for step in path:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            field = kind.model_fields.get(str(step))
            kind = field.annotation if field else None
        else:
            arguments = [a for a in get_args(kind) if a not in (type(None), ...)]
            kind = arguments[-1] if arguments else None
        while get_origin(kind) not in (dict, tuple, list) and get_args(kind):
            models = [a for a in get_args(kind) if a is not type(None)]
            kind = next((a for a in models if isinstance(a, type) and issubclass(a, BaseModel)), models[0])
    return list(kind.model_fields) if isinstance(kind, type) and issubclass(kind, BaseModel) else []


def suggestion(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` for the nearest known word, else nothing."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else ""


def _without(data: Any, paths: list[tuple[int | str, ...]]) -> Any:
    """A copy of `data` without the entries that hold a defect: the unknown key, or the nearest list item or entry."""

    def copied(node: Any, at: tuple[int | str, ...]) -> Any:
        if isinstance(node, dict):
            return {key: copied(child, (*at, key)) for key, child in node.items() if (*at, key) not in dropped}
        if isinstance(node, list):
            return [copied(child, (*at, index)) for index, child in enumerate(node) if (*at, index) not in dropped]
        return node

    dropped = set()
    for path in paths:
        steps = [i for i, step in enumerate(path) if isinstance(step, int)]
        end = steps[0] + 1 if steps and len(steps) and path[0] == "rows" else min(len(path), max(1, len(path) - 1))
        node = data
        for step in path[:-1]:
            node = (
                node.get(step)
                if isinstance(node, dict)
                else node[step]
                if isinstance(node, list) and isinstance(step, int) and step < len(node)
                else None
            )
        if isinstance(node, dict) and path and path[-1] in node and not steps:
            end = len(path)
        dropped.add(path[:end])
    return copied(data, ())


def _distinct(problems: list[Problem]) -> list[Problem]:
    return list(dict.fromkeys(problems))


def _quantities(
    source: str, entries: dict[str, Quantity], document: Document, at: tuple[str, ...]
) -> dict[str, BookQuantity]:
    found = {}
    for name, entry in entries.items():
        line, column = document.place(*at, name)
        place = BookPlace(path=document.path, line=line, column=column)
        identity = f"{source}/{name}"
        found[identity] = BookQuantity(
            id=identity, source=source, entry=entry, number=number_of(entry.value), place=place
        )
    return found


def _table(
    report: str,
    name: str,
    printed: TableFile,
    document: Document,
    benchmarks: dict[str, Benchmark],
    vocabulary: Vocabulary,
) -> tuple[Table, list[Problem]]:
    """The table's facts. D201: an unknown benchmark; D202: a row that is too short or too long; D203: two rows or
    two columns with one key; D204: a slashed cell with another number of values than splits; D206: a head that is
    neither a model nor a benchmark, or rows and columns of one kind."""
    problems: list[Problem] = []
    indexes = [_original_index(document, row, i) for i, row in enumerate(printed.rows)]
    transposed = all(row.model for row in printed.rows) and all(column.benchmark for column in printed.columns)
    for key, heads in (("columns", printed.columns), ("rows", printed.rows)):
        kind = "benchmark" if (key == "rows") != transposed else "model"
        for i, head in enumerate(heads):
            if not getattr(head, kind) or (head.model and head.benchmark):
                at = indexes[i] if key == "rows" else i
                problems.append(
                    document.problem("D206", f"{key[:-1]} needs a {kind} and nothing else to name it", key, at)
                )
    if problems:
        empty = Table(
            id=f"{report}/{name}",
            report=report,
            name=name,
            file=printed,
            rows=(),
            columns=(),
            cells=(),
            document=document,
        )
        return empty, problems
    width = len(printed.columns)
    for i, row in enumerate(printed.rows):
        if len(row.values) != width:
            label = row.model or row_id(
                row.benchmark or "", "-".join(filter(None, splits_of(row))) or None, row.variant
            )
            message = f"row {label} has {len(row.values)} values for {width} columns"
            problems.append(document.problem("D202", message, "rows", indexes[i]))
    file = _turned(printed) if transposed else printed
    columns = tuple(column_id(head.model or "", head.mode, head.variant) for head in file.columns)
    rows = tuple(
        row_id(row.benchmark or "", "-".join(filter(None, splits_of(row))) or None, row.variant) for row in file.rows
    )
    for key, names in (("rows", rows), ("columns", columns)):
        for i, identity in enumerate(names):
            if identity in names[:i]:
                printed_as = ("columns" if key == "rows" else "rows") if transposed else key
                place = indexes[i] if printed_as == "rows" else i
                problems.append(document.problem("D203", f"{identity} stands twice in this table", printed_as, place))
    cells = []
    for i, row in enumerate(file.rows):
        if row.benchmark not in benchmarks:
            message = f"unknown benchmark {row.benchmark!r}{suggestion(row.benchmark or '', benchmarks)}"
            where = ("columns", i) if transposed else ("rows", indexes[i])
            problems.append(document.problem("D201", message, *where, "benchmark"))
            cells.append(tuple(Cell(text=value, facts=()) for value in row.values))
            continue
        line_cells = []
        for j, text in enumerate(row.values[: len(columns)]):
            path = ("rows", indexes[j], "values", i) if transposed else ("rows", indexes[i], "values", j)
            line, column = document.place(*path)
            place_of = BookPlace(path=document.path, line=line, column=column)
            cell, problem = _cell(report, name, file, row, i, columns, j, text, place_of, benchmarks, vocabulary)
            line_cells.append(cell)
            if problem:
                problems.append(document.problem("D204", problem, *path))
        cells.append(tuple(line_cells))
    table = Table(
        id=f"{report}/{name}", report=report, name=name, file=file, rows=rows, columns=columns,
        cells=tuple(cells), transposed=transposed, document=document,
    )  # fmt: skip
    return table, problems


def _turned(file: TableFile) -> TableFile:
    """The same table with benchmarks as rows and models as columns."""
    columns = tuple(Head(**row.model_dump(exclude={"values"})) for row in file.rows)
    rows = tuple(
        Row(**head.model_dump(), values=tuple(row.values[i] if i < len(row.values) else None for row in file.rows))
        for i, head in enumerate(file.columns)
    )
    return file.model_copy(update={"columns": columns, "rows": rows})


def _original_index(document: Document, row: Row, index: int) -> int:
    """The row's index in the file; it differs where a row with a defect was left out before."""
    rows = document.data["rows"]
    while index < len(rows) - 1 and (rows[index].get("benchmark"), rows[index].get("model")) != (
        row.benchmark,
        row.model,
    ):
        index += 1
    return index


def _cell(
    report: str,
    name: str,
    file: TableFile,
    row: Row,
    row_index: int,
    columns: tuple[str, ...],
    column_index: int,
    text: str | None,
    place: BookPlace,
    benchmarks: dict[str, Benchmark],
    vocabulary: Vocabulary,
) -> tuple[Cell, str | None]:
    if text is None or text in (DASH, NOT_APPLICABLE):
        return Cell(text=text, facts=()), None
    benchmark, splits = row.benchmark or "", splits_of(row)
    parts = [part.strip() for part in text.split("/")] if len(splits) > 1 else [text]
    if len(parts) != len(splits):
        return Cell(text=text, facts=()), f"{text!r} should hold {len(splits)} values: {' / '.join(map(str, splits))}"
    column = file.columns[column_index]
    facts = []
    for split, part in zip(splits, parts, strict=True):
        marks = tuple(mark for mark in sorted(file.marks, key=len, reverse=True) if part.endswith(mark))
        digits, mode, variant = part, row.mode or column.mode, row.variant or column.variant
        for mark in marks:
            digits = digits.removesuffix(mark).rstrip()
            mode = file.marks[mark].mode or mode
            variant = file.marks[mark].variant or variant
        reasoning = vocabulary.modes[mode].reasoning if mode and mode in vocabulary.modes else "none"
        row_key = row_id(benchmark, split, row.variant)
        facts.append(
            Fact(
                id=f"{report}/{name}/{row_key}/{columns[column_index]}",
                report=report,
                table=name,
                row=row_key,
                column=columns[column_index],
                benchmark=benchmark,
                split=split,
                model=column.model or "",
                mode=mode,
                variant=variant,
                value=part,
                number=number_of(digits),
                marks=marks,
                unit=row.unit or unit_of(benchmarks, benchmark, split),
                direction=direction_of(benchmarks, benchmark, split),
                reasoning=reasoning,
                place=place,
                row_index=row_index,
                column_index=column_index,
            )
        )
    return Cell(text=text, facts=tuple(facts)), None
