"""The body of a `scores` or `figures` fence -> what it asks for, with every id resolved against the book.

Keys of `scores`, all optional, but one of tables, report, capability, benchmarks and models must be there:

    report: qwen3-vl                 # with `tables`: their report; alone: all its tables
    tables: [2, figure-2]            # numbers, names or full ids (qwen3-vl/table-02)
    capability: ocr                  # one or a list: the rows of these capabilities
    benchmarks: [mmmu, omnidocbench.en, ruler.avg]   # these rows, in this order
    models: [qwen3-vl, gpt-5, qwen3-8b@thinking]     # models, series (all members) or columns
    modes: [thinking, instruct]      # only columns of these modes
    columns: [qwen3-vl-8b, gpt-5]    # which columns come first; the others follow as printed
    title: ...  caption: ...         # text, or {zh: ..., en: ...}
    transpose: true                  # models as rows, benchmarks as columns; by default as printed
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import BeforeValidator, Field

from .book import Book, Table, splits_of
from .loading import suggestion
from .model import Id, Name, Record, Row, Text
from .problems import Problem
from .reading import Document

Many = Annotated[tuple[Text, ...], BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)]


class Selection(Record):
    """The keys of a `scores` fence, as written."""

    report: Id | None = None
    tables: Many = ()
    capability: Many = ()
    benchmarks: Many = ()
    models: Many = ()
    modes: Many = ()
    columns: Many = ()
    title: Name | None = None
    caption: Name | None = None
    transpose: bool | None = None


class Figure(Record):
    """A key figure: a fact's or a quantity's id, and a label where the name will not do."""

    id: Text
    label: Name | None = None


class Figures(Record):
    """The keys of a `figures` fence: `facts: [id, {id: ..., label: ...}]`; a quantity's id serves as well."""

    facts: tuple[
        Annotated[Figure, BeforeValidator(lambda value: {"id": value} if isinstance(value, str) else value)], ...
    ] = Field(min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which rows and columns of which tables. Empty filters choose everything.

    `benchmarks` are (benchmark, split or None) in the order asked for; `models` are ids of models and columns.
    """

    tables: tuple[Table, ...]
    capabilities: tuple[str, ...] = ()
    benchmarks: tuple[tuple[str, str | None], ...] = ()
    models: frozenset[str] = frozenset()
    modes: tuple[str, ...] = ()
    order: tuple[frozenset[str], ...] = ()
    title: Name | None = None
    caption: Name | None = None
    transpose: bool = False

    def has_row(self, book: Book, row: Row, split: str | None) -> bool:
        benchmark = row.benchmark or ""
        entry = book.benchmarks.get(benchmark)
        if entry is None or (self.capabilities and entry.capability not in self.capabilities):
            return False
        return not self.benchmarks or self.place(benchmark, split) is not None

    def place(self, benchmark: str, split: str | None) -> int | None:
        """Where the fence lists this row."""
        for index, (wanted, part) in enumerate(self.benchmarks):
            if wanted == benchmark and part in (None, split):
                return index
        return None

    def has_column(self, table: Table, index: int) -> bool:
        column = table.file.columns[index]
        if self.modes and column.mode not in self.modes:
            return False
        return not self.models or not self.models.isdisjoint({column.model or "", table.columns[index]})


def resolve(selection: Selection, document: Document, book: Book) -> tuple[Choice | None, list[Problem]]:
    """The choice, or findings: F110 table or report, F111 capability, F112 benchmark, F113 model or column, F114 mode
    that does not exist; F115 something that exists but that the chosen tables do not hold; F116 nothing chosen."""
    resolver = _Resolver(selection, document, book)
    tables = resolver.tables()
    choice = Choice(
        tables=tables,
        capabilities=resolver.known("capability", book.capabilities, "F111"),
        benchmarks=resolver.benchmarks(),
        models=frozenset().union(*resolver.models("models")),
        modes=resolver.known("modes", book.vocabulary.modes, "F114"),
        order=resolver.models("columns"),
        title=selection.title,
        caption=selection.caption,
        transpose=selection.transpose if selection.transpose is not None else all(t.transposed for t in tables),
    )
    if not resolver.problems:
        resolver.check_presence(choice)
    if resolver.problems:
        return None, resolver.problems
    return replace(choice, tables=tuple(table for table in tables if _holds(choice, table, book))), []


def _holds(choice: Choice, table: Table, book: Book) -> bool:
    """Whether the table has a chosen row and a chosen column."""
    return any(choice.has_row(book, row, split) for row in table.file.rows for split in splits_of(row)) and any(
        choice.has_column(table, index) for index in range(len(table.columns))
    )


class _Resolver:
    """Looks up one selection's ids and collects what is wrong with them."""

    def __init__(self, selection: Selection, document: Document, book: Book) -> None:
        self.selection = selection
        self.document = document
        self.book = book
        self.problems: list[Problem] = []

    def unknown(self, code: str, what: str, word: str, known: Iterable[str], *path: str | int) -> None:
        message = f"unknown {what} {word!r}{suggestion(word, known)}"
        self.problems.append(self.document.problem(code, message, *path))

    def tables(self) -> tuple[Table, ...]:
        book, selection = self.book, self.selection
        if selection.report and selection.report not in book.reports:
            self.unknown("F110", "report", selection.report, book.reports, "report")
            return ()
        filters = (selection.tables, selection.report, selection.capability, selection.benchmarks, selection.models)
        if not any(filters):
            message = "nothing chosen: name tables, a report, a capability, benchmarks or models"
            self.problems.append(self.document.problem("F116", message))
        if not selection.tables:
            return tuple(t for t in book.tables.values() if selection.report in (None, t.report))
        found = {}
        for index, word in enumerate(selection.tables):
            name = f"table-{int(word):02}" if word.isdigit() else word
            identity = name if "/" in name else f"{selection.report}/{name}"
            if identity in book.tables:
                found[identity] = book.tables[identity]
            elif "/" not in name and not selection.report:
                message = f"{word!r}: write the full id (report/table-NN) or name the report"
                self.problems.append(self.document.problem("F110", message, "tables", index))
            else:
                self.unknown("F110", "table", identity, book.tables, "tables", index)
        return tuple(found.values())

    def known(self, key: str, registry: Iterable[str], code: str) -> tuple[str, ...]:
        words: tuple[str, ...] = getattr(self.selection, key)
        for index, word in enumerate(words):
            if word not in registry:
                self.unknown(code, {"modes": "mode"}.get(key, key), word, registry, key, index)
        return words

    def benchmarks(self) -> tuple[tuple[str, str | None], ...]:
        found: list[tuple[str, str | None]] = []
        for index, word in enumerate(self.selection.benchmarks):
            name, _, split = word.rpartition(".")
            if word in self.book.benchmarks:
                found.append((word, None))
            elif name in self.book.benchmarks and split in self.book.benchmarks[name].splits:
                found.append((name, split))
            elif name in self.book.benchmarks:
                self.unknown("F112", f"split of {name}", split, self.book.benchmarks[name].splits, "benchmarks", index)
            else:
                self.unknown("F112", "benchmark", word, self.book.benchmarks, "benchmarks", index)
        return tuple(found)

    def models(self, key: str) -> tuple[frozenset[str], ...]:
        """For each word the ids of models or columns that it means: itself, or the members of a series."""
        columns = {column for table in self.book.tables.values() for column in table.columns}
        found = []
        for index, word in enumerate(getattr(self.selection, key)):
            entry = self.book.models.get(word)
            if entry is None and word not in columns:
                self.unknown("F113", "model or column", word, {*self.book.models, *columns}, key, index)
                continue
            members = {i for i, m in self.book.models.items() if entry and entry.kind == "series" and m.family == word}
            found.append(frozenset({word, *members}))
        return tuple(found)

    def check_presence(self, choice: Choice) -> None:
        """F115: each word of the fence must choose something in the tables."""
        book, selection = self.book, self.selection
        rows = [(row, split) for table in choice.tables for row in table.file.rows for split in splits_of(row)]
        where = ", ".join(table.id for table in choice.tables) if selection.tables else selection.report or "the data"

        def absent(key: str, index: int, what: str) -> None:
            message = f"no {what} {getattr(selection, key)[index]!r} in {where}"
            self.problems.append(self.document.problem("F115", message, key, index))

        held = {row.benchmark for row, _ in rows}
        capabilities = {entry.capability for identity, entry in book.benchmarks.items() if identity in held}
        for index, capability in enumerate(choice.capabilities):
            if capability not in capabilities:
                absent("capability", index, "row of")
        for index, (benchmark, part) in enumerate(choice.benchmarks):
            if not any(row.benchmark == benchmark and part in (None, split) for row, split in rows):
                absent("benchmarks", index, "row")
        present = {column.model or "" for table in choice.tables for column in table.file.columns}
        present |= {column for table in choice.tables for column in table.columns}
        for key in ("models", "columns"):
            for index, ids in enumerate(self.models(key)):
                if present.isdisjoint(ids):
                    absent(key, index, "column of")
        modes = {column.mode for table in choice.tables for column in table.file.columns}
        for index, mode in enumerate(choice.modes):
            if mode not in modes:
                absent("modes", index, "column of mode")
        if selection.tables:
            for index, table in enumerate(choice.tables):
                if not self.problems and not _holds(choice, table, book):
                    message = f"{table.id} holds nothing of what is chosen"
                    self.problems.append(self.document.problem("F115", message, "tables", index))
        if not self.problems and not any(_holds(choice, table, book) for table in choice.tables):
            self.problems.append(self.document.problem("F116", "no table holds what is chosen"))
