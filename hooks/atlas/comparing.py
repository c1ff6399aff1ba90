"""The numbers of the compare page in one compact file, `assets/compare.json`. Its keys

    reports      [name, address]
    tables       [report, label, id]
    models       [id, name, family, size in billions, 1 where it is Qwen]
    benchmarks   [id, name, capability, address of its page]
    capabilities [id, name]
    columns      [model, mode's name, variant's name, reasoning, key]: a model as it was run, over all reports
    rows         [table, benchmark, split's name, variant's name, unit, direction, {column: value as printed}, row's key]

Where a key names one of the lists, the value is the index of an entry in it. Properties (layers, tokens) are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from .book import Book, Fact, number_of, split_name
from .columns import HOME_DEVELOPER
from .linking import Links
from .rows import SILENT_UNITS

PATH = "assets/compare.json"


def comparison(book: Book, links: Links, language: str) -> dict[str, Any]:
    """What the compare page needs of every score."""
    facts = [f for f in book.facts.values() if book.benchmarks[f.benchmark].kind == "benchmark"]
    models = _index(fact.model for fact in facts)
    columns = _index(fact.column for fact in facts)
    heads = {fact.column: fact for fact in facts}
    benchmarks = _index(fact.benchmark for fact in facts)
    capabilities = {identity: index for index, identity in enumerate(book.capabilities)}
    tables = _index(fact.source for fact in facts)
    reports = _index(fact.report for fact in facts)
    rows: dict[tuple[str, str, str], list[Any]] = {}
    for fact in facts:
        row = rows.setdefault((fact.source, fact.row, fact.unit), _row(fact, tables, benchmarks, book, language))
        row[6][str(columns[fact.column])] = fact.value
    return {
        "reports": [[book.reports[identity].name, book.reports[identity].url] for identity in reports],
        "tables": [[reports[book.tables[i].report], book.tables[i].label(language), i] for i in tables],
        "models": [_model(identity, book, language) for identity in models],
        "benchmarks": [
            [
                identity,
                book.benchmarks[identity].name[language],
                capabilities.get(book.benchmarks[identity].capability or "", -1),
                f"benchmarks/{identity}/" if links.has("benchmarks", identity) else "",
            ]
            for identity in benchmarks
        ],
        "capabilities": [[identity, book.capabilities[identity].name[language]] for identity in capabilities],
        "columns": [_column(heads[key], key, models, book, language) for key in columns],
        "rows": list(rows.values()),
    }


def _index(ids: Iterable[str]) -> dict[str, int]:
    return {identity: index for index, identity in enumerate(dict.fromkeys(ids))}


def _row(fact: Fact, tables: dict[str, int], benchmarks: dict[str, int], book: Book, language: str) -> list[Any]:
    entry = book.benchmarks[fact.benchmark]
    split = split_name(book.vocabulary, entry, fact.split)[language] if fact.split else ""
    own = fact.row.partition("+")[2]
    variant = book.vocabulary.variants[own].name[language] if own in book.vocabulary.variants else ""
    unit = book.vocabulary.units.get(fact.unit)
    symbol = (unit.symbol or unit.name)[language] if unit and fact.unit not in SILENT_UNITS else ""
    symbol = "" if symbol in (entry.name[language], split) else symbol
    direction = {"higher": 1, "lower": -1}.get(fact.direction, 0)
    return [tables[fact.source], benchmarks[fact.benchmark], split, variant, symbol, direction, {}, fact.row]


def _model(identity: str, book: Book, language: str) -> list[Any]:
    entry = book.models.get(identity)
    total = number_of(str(entry.parameters.total)) if entry and entry.parameters and entry.parameters.total else None
    family = book.models.get(entry.family) if entry and entry.family else None
    group = family.name[language] if family else (entry.developer if entry else None) or ""
    qwen = int(bool(entry and entry.developer == HOME_DEVELOPER))
    size = (total / 10**9).normalize() + Decimal(0) if total else 0
    return [identity, book.subject_name(identity, language), group, size, qwen]


def _column(fact: Fact, key: str, models: dict[str, int], book: Book, language: str) -> list[Any]:
    head = book.tables[fact.source].file.columns[fact.column_index]
    mode = book.vocabulary.modes.get(head.mode or "")
    variant = book.vocabulary.variants.get(head.variant or "")
    names = [entry.name[language] if entry else "" for entry in (mode, variant)]
    return [models[fact.model], *names, mode.reasoning[0] if mode else "n", key]
