"""The book and what the pages say of it as files for programs: `api/v1/`. Keys and columns are a contract.

Values are strings as printed; `number` is a JSON number with its digits kept. The same input gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from .book import Book, Fact, Table
from .linking import Links
from .model import Record
from .prose.checking import Results

VERSION = "1.0"
BASE = "api/v1"
CELL_COLUMNS = ("id", "benchmark", "split", "model", "mode", "variant", "value")
FACT_COLUMNS = (
    "id", "report", "table", "benchmark", "split", "model", "mode", "variant", "value", "number", "unit", "direction",
    "marks", "capability", "url",
)  # fmt: skip
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
# matches the string that `_default` writes for a decimal: "\u000088.70\u0000"
DECIMAL = re.compile(r'"\\u0000([^"\\]*)\\u0000"')


def export(book: Book, links: Links, results: Results) -> dict[str, str]:
    """Every file of the interface: path below the site -> content."""
    cited = _cited(results)
    facts = [fact_record(fact, book, links, cited.get(fact.id, [])) for fact in book.facts.values()]
    claims = [_claim(claim) for claim in results.claims]
    lists: dict[str, Any] = {
        "facts": facts,
        "quantities": [_quantity(identity, book, links, cited.get(identity, [])) for identity in book.quantities],
        "models": _registry("models", book.models, links),
        "benchmarks": _registry("benchmarks", book.benchmarks, links),
        "capabilities": _registry("capabilities", book.capabilities, links),
        "reports": _registry("reports", book.reports, links),
        "papers": _registry("papers", book.papers, links),
        "sources": _registry("sources", book.sources, links),
        "errata": _registry("errata", book.errata, links),
        "claims": {f"{claim['file']}:{claim['line']}:{claim['column']}": claim for claim in claims},
        "bindings": [_binding(binding) for binding in results.bindings],
    }
    files = {f"{BASE}/{name}.json": as_json(content) for name, content in lists.items()}
    for table in book.tables.values():
        files[f"{BASE}/tables/{table.id}.csv"] = table_csv(table)
    files[f"{BASE}/facts.csv"] = _csv(FACT_COLUMNS, (_flat(record) for record in facts))
    counts = {name: len(content) for name, content in lists.items()} | {"tables": len(book.tables)}
    files[f"{BASE}/index.json"] = as_json(_index(counts, files, links))
    return files


def as_json(content: Any) -> str:
    """Compact JSON; a Decimal keeps its digits: 88.70 is 88.70."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=_default)
    return DECIMAL.sub(r"\1", text) + "\n"


def table_csv(table: Table) -> str:
    """One line per printed value, row by row and left to right; empty cells are left out."""
    return _csv(CELL_COLUMNS, ([getattr(fact, name) for name in CELL_COLUMNS] for fact in table.facts))


def fact_record(fact: Fact, book: Book, links: Links, cited_by: list[str]) -> dict[str, Any]:
    """A fact as `facts.json` holds it."""
    return {
        "id": fact.id,
        "report": fact.report,
        "table": fact.table,
        "benchmark": fact.benchmark,
        "split": fact.split,
        "model": fact.model,
        "mode": fact.mode,
        "variant": fact.variant,
        "value": fact.value,
        "number": fact.number,
        "unit": fact.unit,
        "direction": fact.direction,
        "marks": list(fact.marks),
        "capability": book.benchmarks[fact.benchmark].capability,
        "url": links.absolute(links.fact_address(fact.id)),
        "cited_by": cited_by,
    }


def _default(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"\x00{value:f}\x00"
    if isinstance(value, Record):
        return value.model_dump(exclude_none=True)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def _cited(results: Results) -> dict[str, list[str]]:
    """Which places of the pages cite a fact or quantity, as a number or in a comparison."""
    places: dict[str, dict[str, None]] = defaultdict(dict)
    for binding in results.bindings:
        for identity in binding.ids:
            places[identity][f"{binding.path}:{binding.line}:{binding.column}"] = None
    for claim in results.claims:
        for identity in claim.operands:
            places[identity][f"{claim.path}:{claim.line}:{claim.column}"] = None
    return {identity: list(found) for identity, found in places.items()}


def _quantity(identity: str, book: Book, links: Links, cited_by: list[str]) -> dict[str, Any]:
    quantity = book.quantities[identity]
    entry = quantity.entry
    record = {
        "id": identity,
        "source": quantity.source,
        "locator": entry.locator,
        "subject": entry.subject,
        "name": entry.name,
        "value": entry.value,
        "number": quantity.number,
        "unit": entry.unit,
        "approximate": entry.approximate,
        "url": links.absolute(links.fact_address(identity)),
        "cited_by": cited_by,
    }
    return record | {key: value for key in ("benchmark", "mode") if (value := getattr(entry, key)) is not None}


def _registry(kind: str, entries: Mapping[str, Record], links: Links) -> dict[str, Any]:
    """The entries by id, each with its page where it has one. Quantities stand in quantities.json only."""
    found = {}
    for identity, entry in entries.items():
        record = entry.model_dump(exclude_none=True, exclude={"quantities"})
        if links.has(kind, identity):
            record["page"] = links.absolute(f"{kind}/{identity}/")
        found[identity] = record
    return found


def _binding(binding: Any) -> dict[str, Any]:
    return {
        "file": binding.path, "line": binding.line, "column": binding.column, "text": binding.text,
        "kind": binding.kind, "ids": list(binding.ids),
    }  # fmt: skip


def _claim(claim: Any) -> dict[str, Any]:
    return {
        "file": claim.path, "line": claim.line, "column": claim.column, "text": claim.text, "kind": claim.kind,
        "verdict": claim.verdict, "ids": list(claim.operands), "set_size": claim.set_size,
    }  # fmt: skip


def _csv(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def _flat(record: dict[str, Any]) -> list[Any]:
    flat = record | {
        "number": "" if record["number"] is None else f"{record['number']:f}", "marks": " ".join(record["marks"])
    }  # fmt: skip
    return [flat[column] for column in FACT_COLUMNS]


def _index(counts: dict[str, int], files: Iterable[str], links: Links) -> dict[str, Any]:
    return {
        "schema_version": VERSION,
        "license": LICENSE,
        "counts": counts,
        "links": {path.removeprefix(f"{BASE}/"): links.absolute(path) for path in files},
    }


def dataset(book: Book, links: Links, *, name: str, description: str, language: str) -> dict[str, Any]:
    """The schema.org Dataset record of the published data, for the head of the home page."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": name,
        "description": description,
        "url": links.absolute(""),
        "inLanguage": language,
        "license": LICENSE,
        "isAccessibleForFree": True,
        "variableMeasured": [capability.name[language] for capability in book.capabilities.values()],
        "isBasedOn": [
            {"@type": "ScholarlyArticle", "name": entry.title, "url": entry.url, "identifier": f"arXiv:{entry.arxiv}"}
            for entry in book.reports.values()
        ],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": links.absolute(f"{BASE}/facts.{ending}")}
            for kind, ending in (("text/csv", "csv"), ("application/json", "json"))
        ],
    }
