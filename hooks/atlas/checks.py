"""Rules over the whole book. Each check is a generator of findings whose docstring is the rule."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from .book import Book, Fact, Table, number_of, rank
from .loading import suggestion
from .model import Guard
from .problems import Problem
from .reading import Document

# matches "table-05", "figure-2"
TABLE = re.compile(r"^(table|figure)-\d+$")
# matches "5.12.1", "A.1.2"
SECTION = re.compile(r"^[0-9A-Z]+(\.\d+)*$")
RELATIONS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "=": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b, ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b,
}  # fmt: skip


def check_book(book: Book, *, broken: bool = False) -> Iterator[Problem]:
    """Run every check. `broken` says that loading had findings: checks on what is unused, and the guards of
    errata, are then left out."""
    for check in (vocabulary_of_tables, models_exist, marks_are_explained, registry_is_whole, names_are_unique,
                  ids_exist, values_in_range, decimals_agree, results_agree, models_differ, tables_differ,
                  locators_exist):  # fmt: skip
        yield from check(book)
    if not broken:
        yield from errata_hold(book)
        yield from nothing_is_unused(book)
        yield from exemptions_are_needed(book)


def _document(book: Book, name: str) -> Document:
    return book.documents.get(name) or Document(path=f"data/{name}", data=None, places={})


def _unknown(document: Document, what: str, word: str, known: Iterable[str], *path: str | int) -> Problem:
    return document.problem("D301", f"unknown {what} {word!r}{suggestion(word, known)}", *path)


# -- tables ------------------------------------------------------------------------------------------------------------


def vocabulary_of_tables(book: Book) -> Iterator[Problem]:
    """Every mode, variant, split and unit that a table uses stands in vocabulary.yml (splits: in the benchmark)."""
    words = book.vocabulary
    for table in book.tables.values():
        for key, heads in (("columns", _heads(table, "columns")), ("rows", _heads(table, "rows"))):
            for index, head in enumerate(heads):
                for field, known in (("mode", words.modes), ("variant", words.variants), ("unit", words.units)):
                    word = head.get(field)
                    if isinstance(word, str) and word not in known:
                        yield _unknown(table.document, field, word, known, key, index, field)
                benchmark = book.benchmarks.get(str(head.get("benchmark")))
                splits = head.get("split")
                for split in map(str, splits if isinstance(splits, list) else [splits] if splits else []):
                    if benchmark and split not in benchmark.splits:
                        yield _unknown(
                            table.document,
                            f"split of {head['benchmark']}",
                            split,
                            benchmark.splits,
                            key,
                            index,
                            "split",
                        )
        for name, mark in table.file.marks.items():
            for field, known in (("mode", words.modes), ("variant", words.variants)):
                word = getattr(mark, field)
                if word and word not in known:
                    yield _unknown(table.document, field, word, known, "marks", name, field)


def _heads(table: Table, key: str) -> list[dict[str, object]]:
    heads = table.document.data.get(key) if isinstance(table.document.data, dict) else None
    return [head if isinstance(head, dict) else {} for head in heads or []]


def models_exist(book: Book) -> Iterator[Problem]:
    """Every model that a table measures stands in models.yml."""
    for table in book.tables.values():
        for key in ("columns", "rows"):
            for index, head in enumerate(_heads(table, key)):
                model = head.get("model")
                if isinstance(model, str) and model not in book.models:
                    yield _unknown(table.document, "model", model, book.models, key, index, "model")


def marks_are_explained(book: Book) -> Iterator[Problem]:
    """What stands after a number's digits is a mark that the table explains; every explained mark is used."""
    for table in book.tables.values():
        used: set[str] = set()
        for fact in table.facts:
            used.update(fact.marks)
            if fact.number is None and book.vocabulary.units.get(fact.unit) and fact.unit != "text":
                place = fact.place
                message = f"{fact.value!r} is no number with an explained mark"
                yield Problem(path=place.path, line=place.line, column=place.column, code="D302", message=message)
        labels = [str(head.get("label", "")) for key in ("columns", "rows") for head in _heads(table, key)]
        for mark in table.file.marks:
            if mark not in used and not any(label.endswith(mark) for label in labels):
                yield table.document.problem("D303", f"mark {mark!r} is explained but not used", "marks", mark)


def values_in_range(book: Book) -> Iterator[Problem]:
    """A number lies inside the range of its benchmark, else of its unit."""
    for fact in book.facts.values():
        bounds = _range(book, fact)
        if fact.number is not None and bounds and not bounds[0] <= fact.number <= bounds[1]:
            message = f"{fact.value} is outside {bounds[0]} to {bounds[1]} ({fact.unit}, {fact.row})"
            yield Problem(
                path=fact.place.path, line=fact.place.line, column=fact.place.column, code="D304", message=message
            )


def _range(book: Book, fact: Fact) -> tuple[Decimal, Decimal] | None:
    unit = book.vocabulary.units.get(fact.unit)
    benchmark = book.benchmarks[fact.benchmark]
    split = benchmark.splits.get(fact.split) if fact.split else None
    if split and split.range:
        return split.range
    if benchmark.range and fact.unit == benchmark.unit:
        return benchmark.range
    return unit.range if unit else None


def decimals_agree(book: Book) -> Iterator[Problem]:
    """In a row with at least three numbers, a number has as many decimals as at least two thirds of the row."""
    for fact, count, usual in _odd_decimals(book):
        if _exempted(book, fact, "D305"):
            continue
        message = f"{fact.value} has {count} decimals where its row has {usual} ({fact.row})"
        yield Problem(
            path=fact.place.path, line=fact.place.line, column=fact.place.column, code="D305", message=message
        )


def _odd_decimals(book: Book) -> Iterator[tuple[Fact, int, int]]:
    for table in book.tables.values():
        for row in table.cells:
            by_split: dict[str | None, list[tuple[Fact, int]]] = defaultdict(list)
            for cell in row:
                for fact in cell.facts:
                    if fact.number is not None and fact.digits[-1].isdigit():
                        by_split[fact.split].append((fact, _decimals(fact)))
            for facts in by_split.values():
                counts = [count for _, count in facts]
                usual = max(set(counts), key=counts.count)
                odd = [(fact, count) for fact, count in facts if count != usual]
                if len(facts) >= 3 and len(odd) * 3 <= len(facts):
                    yield from ((fact, count, usual) for fact, count in odd)


def _decimals(fact: Fact) -> int:
    return len(fact.digits.split(".")[1]) if "." in fact.digits else 0


def results_agree(book: Book) -> Iterator[Problem]:
    """Inside a report the same result (benchmark, split, model, mode, variant) has one value."""
    seen: dict[tuple[object, ...], Fact] = {}
    for fact in book.facts.values():
        key = (fact.report, fact.benchmark, fact.split, fact.model, fact.mode, fact.variant, fact.unit)
        first = seen.setdefault(key, fact)
        if first.number != fact.number and not _exempted(book, fact, "D306"):
            message = f"{fact.row} of {fact.column} is {fact.value} here and {first.value} in {first.place}"
            yield Problem(
                path=fact.place.path, line=fact.place.line, column=fact.place.column, code="D306", message=message
            )


def models_differ(book: Book) -> Iterator[Problem]:
    """Two columns of a table never hold the same numbers throughout (a column copied by mistake)."""
    for table in book.tables.values():
        vectors: dict[tuple[object, ...], str] = {}
        for index, column in enumerate(table.columns):
            numbers = tuple(
                f.value for row in table.cells if index < len(row) for f in row[index].facts if f.unit != "text"
            )
            if (
                len(numbers) < 5
                or book.benchmarks[
                    next(f for row in table.cells if index < len(row) for f in row[index].facts).benchmark
                ].kind
                == "property"
            ):
                continue
            if numbers in vectors:
                key = "rows" if table.transposed else "columns"
                message = f"{column} has exactly the numbers of {vectors[numbers]}"
                yield table.document.problem("D307", message, key, index)
            vectors[numbers] = column


def tables_differ(book: Book) -> Iterator[Problem]:
    """D316: a table whose columns and rows are those of another table of its report: a file that was copied."""
    seen: dict[object, Table] = {}
    for table in book.tables.values():
        texts = tuple(cell.text for row in table.cells for cell in row)
        first = seen.setdefault((table.report, table.columns, table.rows, texts), table)
        if first is not table:
            yield table.document.problem("D316", f"the same columns and rows as {first.name}", "rows")


def _exemptions(book: Book) -> Iterator[tuple[Table, int, str, str | None]]:
    for table in book.tables.values():
        for index, exemption in enumerate(table.file.exemptions):
            yield table, index, exemption.check, exemption.row


def _exempted(book: Book, fact: Fact, check: str) -> bool:
    table = book.tables[fact.source]
    return any(e.check == check and e.row in (None, fact.row) for e in table.file.exemptions)


def exemptions_are_needed(book: Book) -> Iterator[Problem]:
    """An exemption whose check would find nothing is itself a finding."""
    odd = {(fact.source, fact.row) for fact, _, _ in _odd_decimals(book)}
    for table, index, check, row in _exemptions(book):
        rows = {r for source, r in odd if source == table.id}
        if check == "D305" and (row in rows or (row is None and rows)):
            continue
        if check not in ("D305", "D306"):
            message = f"no check called {check} can be exempted"
        else:
            message = f"exemption from {check} is no longer needed"
        yield table.document.problem("D308", message, "exemptions", index)


# -- registries --------------------------------------------------------------------------------------------------------


def registry_is_whole(book: Book) -> Iterator[Problem]:
    """A benchmark has a capability, unit and direction, and a metric unless it is a property."""
    document = _document(book, "benchmarks.yml")
    for identity, entry in book.benchmarks.items():
        wanted = ["capability", "unit", "direction"] + (["metric"] if entry.kind == "benchmark" else [])
        for field in wanted:
            if getattr(entry, field) is None:
                yield document.problem("D309", f"{identity} has no {field}", identity)
        if entry.kind == "benchmark" and entry.direction == "none":
            yield document.problem("D309", f"{identity} needs a direction: higher or lower", identity, "direction")


def names_are_unique(book: Book) -> Iterator[Problem]:
    """No two models share a name or alias, nor do two benchmarks, whatever the case and the separators."""
    for name, registry in (("models.yml", book.models), ("benchmarks.yml", book.benchmarks)):
        document = _document(book, name)
        seen: dict[str, str] = {}
        for identity, entry in registry.items():
            for index, alias in enumerate([entry.name.zh, entry.name.en, *entry.aliases]):
                key = re.sub(r"[ \-_]", "", alias).casefold()
                owner = seen.setdefault(key, identity)
                if owner != identity:
                    path = (identity, "aliases", index - 2) if index > 1 else (identity, "name")
                    yield document.problem("D310", f"{alias!r} already names {owner}", *path)


def ids_exist(book: Book) -> Iterator[Problem]:
    """Every id that one registry uses of another exists."""
    models, benchmarks = book.models, book.benchmarks
    words = book.vocabulary
    document = _document(book, "benchmarks.yml")
    for identity, benchmark in benchmarks.items():
        if benchmark.capability and benchmark.capability not in book.capabilities:
            yield _unknown(document, "capability", benchmark.capability, book.capabilities, identity, "capability")
        if benchmark.unit and benchmark.unit not in words.units:
            yield _unknown(document, "unit", benchmark.unit, words.units, identity, "unit")
        for index, other in enumerate(benchmark.related):
            if other not in benchmarks:
                yield _unknown(document, "benchmark", other, benchmarks, identity, "related", index)
        for split, own in benchmark.splits.items():
            if own is None and split not in words.splits:
                yield _unknown(document, "split", split, words.splits, identity, "splits", split)
    document = _document(book, "models.yml")
    for identity, model in models.items():
        for field in ("family", "base"):
            other = getattr(model, field)
            if other and other not in models:
                yield _unknown(document, "model", other, models, identity, field)
        for index, mode in enumerate(model.modes):
            if mode not in words.modes:
                yield _unknown(document, "mode", mode, words.modes, identity, "modes", index)
    for identity, paper in book.papers.items():
        known = {*models, *benchmarks}
        for index, other in enumerate(paper.builds_on):
            if other not in known:
                yield _unknown(_document(book, f"papers/{identity}.yml"), "subject", other, known, "builds_on", index)
    yield from _quantity_ids(book)
    document = _document(book, "errata.yml")
    sources = {**book.sources, **book.reports, **book.papers}
    for identity, erratum in book.errata.items():
        if (
            erratum.report not in book.reports
            and erratum.report not in book.papers
            and erratum.report not in book.sources
        ):
            yield _unknown(document, "report", erratum.report, book.reports, identity, "report")
        for index, capability in enumerate(erratum.capability):
            if capability not in book.capabilities:
                yield _unknown(document, "capability", capability, book.capabilities, identity, "capability", index)
        for index, reading in enumerate(erratum.readings):
            if reading.source not in sources:
                yield _unknown(document, "source", reading.source, sources, identity, "readings", index, "source")
        for index, fact in enumerate(erratum.facts):
            if fact not in book.facts and fact not in book.quantities:
                source = "/".join(fact.split("/")[:2])
                table = book.tables.get(source)
                if table is None and f"reports/{source}.yml" in book.documents:
                    continue  # that table did not load, which is a finding of its own
                near = [other.id for other in table.facts] if table else list(book.tables)
                yield _unknown(document, "fact", fact, near, identity, "facts", index)


def _quantity_ids(book: Book) -> Iterator[Problem]:
    words = book.vocabulary
    subjects = {*book.models, *book.benchmarks, *book.capabilities, *book.reports, *book.papers}
    for quantity in book.quantities.values():
        document, path = _quantity_document(book, quantity.id)
        entry = quantity.entry
        if entry.subject not in subjects:
            yield _unknown(document, "subject", entry.subject, subjects, *path, "subject")
        if entry.unit not in words.units:
            yield _unknown(document, "unit", entry.unit, words.units, *path, "unit")
        if entry.benchmark and entry.benchmark not in book.benchmarks:
            yield _unknown(document, "benchmark", entry.benchmark, book.benchmarks, *path, "benchmark")
        if entry.mode and entry.mode not in words.modes:
            yield _unknown(document, "mode", entry.mode, words.modes, *path, "mode")
        if not entry.cues.zh and not entry.cues.en:
            yield document.problem("D311", f"{quantity.id} has no cue: nothing can ever be bound to it", *path, "cues")


def _quantity_document(book: Book, identity: str) -> tuple[Document, tuple[str, ...]]:
    source, name = identity.split("/", 1)
    if source in book.papers:
        return _document(book, f"papers/{source}.yml"), ("quantities", name)
    return _document(book, f"reports/{source}/quantities.yml"), (name,)


def locators_exist(book: Book) -> Iterator[Problem]:
    """A locator is a table or figure of the report, or one of the sections that its report.yml or sources.yml lists."""
    for quantity in book.quantities.values():
        if quantity.source in book.reports and not _locates(book, quantity.source, quantity.entry.locator):
            document, path = _quantity_document(book, quantity.id)
            yield document.problem("D312", f"{quantity.source} has no {quantity.entry.locator!r}", *path, "locator")
    document = _document(book, "errata.yml")
    for identity, erratum in book.errata.items():
        for index, reading in enumerate(erratum.readings):
            known = reading.source in book.reports or reading.source in book.sources
            if known and not _locates(book, reading.source, reading.locator):
                message = f"{reading.source} has no {reading.locator!r}"
                yield document.problem("D312", message, identity, "readings", index, "locator")
    for table in book.tables.values():
        section = table.file.section
        report = book.reports.get(table.report)
        if section and report and section not in report.sections:
            yield table.document.problem("D312", f"{table.report} has no section {section!r}", "section")


def _locates(book: Book, source: str, locator: str) -> bool:
    entry = book.reports.get(source) or book.sources.get(source)
    if entry is None:
        return True  # it did not load, which is a finding of its own
    sections = entry.sections
    parts = [part.strip() for part in locator.replace("、", ",").replace(";", ",").split(",")]
    for part in parts:
        if TABLE.match(part):
            if source in book.reports and f"{source}/{part}" not in book.tables:
                return False
        elif part != "abstract" and part not in sections:
            return False
    return True


def nothing_is_unused(book: Book) -> Iterator[Problem]:
    """Every benchmark is measured, referred to or related; every mode, variant, unit and split is used."""
    facts = book.facts.values()
    used_benchmarks = {f.benchmark for f in facts} | {q.entry.subject for q in book.quantities.values()}
    used_benchmarks |= {q.entry.benchmark or "" for q in book.quantities.values()}
    used_benchmarks |= {i for p in book.papers.values() for i in p.builds_on}
    document = _document(book, "benchmarks.yml")
    for identity in book.benchmarks:
        if identity not in used_benchmarks:
            yield document.problem("D313", f"benchmark {identity} is used nowhere", identity)
    document = _document(book, "vocabulary.yml")
    words = book.vocabulary
    modes = {f.mode for f in facts} | {q.entry.mode for q in book.quantities.values()}
    units = (
        {f.unit for f in facts}
        | {q.entry.unit for q in book.quantities.values()}
        | {b.unit for b in book.benchmarks.values()}
    )
    splits = {f.split for f in facts}
    for kind, registry, used in (("modes", words.modes, modes), ("variants", words.variants, {f.variant for f in facts}),
                                 ("units", words.units, units), ("splits", words.splits, splits)):  # fmt: skip
        for identity in registry:
            if identity not in used:
                yield document.problem("D313", f"{kind[:-1]} {identity} is used nowhere", kind, identity)
    document = _document(book, "benchmarks.yml")
    used_splits: dict[str, set[str | None]] = defaultdict(set)
    for fact in facts:
        used_splits[fact.benchmark].add(fact.split)
    for identity, benchmark in book.benchmarks.items():
        for split in benchmark.splits:
            if split not in used_splits[identity]:
                yield document.problem(
                    "D313", f"split {split} of {identity} is used nowhere", identity, "splits", split
                )


# -- errata ------------------------------------------------------------------------------------------------------------


def errata_hold(book: Book) -> Iterator[Problem]:
    """Every guard of an erratum still holds: one that does not means that the erratum is no longer true."""
    document = _document(book, "errata.yml")
    for identity, erratum in book.errata.items():
        for index, guard in enumerate(erratum.guards):
            outcome = guard_value(book, guard)
            path = (identity, "guards", index)
            if isinstance(outcome, str):
                yield document.problem("D314", f"guard cannot be computed: {outcome}", *path)
                continue
            left, right = outcome
            if not RELATIONS[guard.relation](left, right):
                yield document.problem("D315", f"guard no longer holds: {left} {guard.relation} {right}", *path)


def guard_value(book: Book, guard: Guard) -> tuple[Decimal, Decimal] | str:
    """The two numbers that a guard compares, or what is wrong with it."""
    left = _guard_left(book, guard)
    if isinstance(left, str):
        return left
    right = number_of(guard.right)
    if right is None:
        right_value = _number(book, guard.right)
        if isinstance(right_value, str):
            return right_value
        right = right_value
    return left, right


def _guard_left(book: Book, guard: Guard) -> Decimal | str:
    if guard.rank:
        fact = book.facts.get(guard.rank)
        if fact is None:
            return f"unknown fact {guard.rank}"
        among = [book.facts[i] for i in guard.among if i in book.facts] or book.rivals(fact)
        place = rank(fact, among)
        return Decimal(place) if place else "no direction"
    if guard.wins:
        return _wins(book, list(guard.wins))
    if guard.left is None:
        return "needs left, rank or wins"
    left = _number(book, guard.left)
    if isinstance(left, str) or not (guard.minus or guard.over):
        return left
    other = _number(book, guard.minus or guard.over or "")
    if isinstance(other, str):
        return other
    return left - other if guard.minus else left / other


def _number(book: Book, identity: str) -> Decimal | str:
    if identity in book.facts:
        number = book.facts[identity].number
    elif identity in book.quantities:
        number = book.quantities[identity].number
    else:
        return f"unknown id {identity}"
    return number if number is not None else f"{identity} has no number"


def _wins(book: Book, columns: list[str]) -> Decimal | str:
    """Rows in which the first column is strictly better than every other; a slashed cell counts by its first value."""
    table_id, _, _first = columns[0].rpartition("/")
    table = book.tables.get(table_id)
    names = [column.rpartition("/")[2] for column in columns]
    if table is None or any(name not in table.columns for name in names):
        return f"unknown column in {', '.join(columns)}"
    indexes = [table.columns.index(name) for name in names]
    count = 0
    for row in table.cells:
        facts = [row[index].facts[0] for index in indexes if index < len(row) and row[index].facts]
        if len(facts) == len(indexes) and facts[0].direction != "none":
            count += rank(facts[0], facts[1:]) == 1 and all(f.number != facts[0].number for f in facts[1:])
    return Decimal(count)
