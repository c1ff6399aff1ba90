"""The loader's model as JSON Schemas, one per kind of file: editors complete ids from them and refuse typos."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from .book import Book
from .loading import REGISTRIES
from .model import Paper, Quantity, Report, TableFile

KINDS: dict[str, Any] = {
    **REGISTRIES,
    "report": Report,
    "table": TableFile,
    "quantities": dict[str, Quantity],
    "paper": Paper,
}


def schemas(book: Book) -> dict[str, str]:
    """File name -> JSON text, for every kind of data file. Fields that hold ids list the ids of the book."""
    words = book.vocabulary
    ids = {
        "models": book.models, "benchmarks": book.benchmarks, "capabilities": book.capabilities, "modes": words.modes,
        "variants": words.variants, "units": words.units, "reports": book.reports,
        "splits": sorted({*words.splits, *(s for b in book.benchmarks.values() for s in b.splits)}),
        "sources": [*book.sources, *book.reports, *book.papers],
    }  # fmt: skip
    found = {}
    for name, kind in KINDS.items():
        schema = TypeAdapter(kind).json_schema()
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name, **schema}
        _list_ids(schema, {key: sorted(value) for key, value in ids.items()})
        found[f"{name}.json"] = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=False) + "\n"
    return found


def _list_ids(node: Any, ids: dict[str, list[str]]) -> None:
    """Replace each `x-registry` by the ids of that registry, kept once under $defs."""
    used: set[str] = set()

    def walk(part: Any) -> None:
        if isinstance(part, dict):
            registry = part.pop("x-registry", None)
            if registry:
                used.add(registry)
                part.pop("type", None)
                part["$ref"] = f"#/$defs/{registry}-id"
            for value in list(part.values()):
                walk(value)
        elif isinstance(part, list):
            for value in part:
                walk(value)

    walk(node)
    definitions = node.setdefault("$defs", {})
    for registry in sorted(used):
        definitions[f"{registry}-id"] = {"enum": ids[registry]}
