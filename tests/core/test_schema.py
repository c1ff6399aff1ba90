"""The editors' JSON Schemas: made from the loader's model, with the book's ids."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from atlas.book import Book
from atlas.schema import KINDS, schemas


@pytest.fixture(scope="module")
def texts(book: Book) -> dict[str, str]:
    return schemas(book)


@pytest.fixture(scope="module")
def found(texts: dict[str, str]) -> dict[str, Any]:
    return {name: json.loads(text) for name, text in texts.items()}


def test_there_is_one_for_each_kind_of_file(found: dict[str, Any]) -> None:
    assert set(found) == {f"{kind}.json" for kind in KINDS}
    assert len(found) == 11


@pytest.mark.parametrize("name", [f"{kind}.json" for kind in KINDS])
def test_each_is_a_valid_schema_and_ends_with_a_newline(texts: dict[str, str], name: str) -> None:
    text = texts[name]
    assert text.endswith("}\n")
    jsonschema.Draft202012Validator.check_schema(json.loads(text))


def test_fields_that_hold_ids_list_the_ids_of_the_book(found: dict[str, Any]) -> None:
    definitions = found["table.json"]["$defs"]
    assert definitions["models-id"] == {"enum": ["alpha", "alpha-72b", "alpha-8b", "beta-1.5"]}
    assert definitions["modes-id"] == {"enum": ["instruct", "thinking"]}
    assert definitions["splits-id"] == {"enum": ["en", "zh"]}
    assert "x-registry" not in json.dumps(found)


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vocabulary", "vocabulary.yml"),
        ("capabilities", "capabilities.yml"),
        ("benchmarks", "benchmarks.yml"),
        ("models", "models.yml"),
        ("sources", "sources.yml"),
        ("errata", "errata.yml"),
        ("report", "reports/greek/report.yml"),
        ("report", "reports/roman/report.yml"),
        ("table", "reports/greek/table-01.yml"),
        ("table", "reports/greek/table-02.yml"),
        ("quantities", "reports/greek/quantities.yml"),
        ("paper", "papers/gamma.yml"),
    ],
)
def test_it_accepts_the_tiny_data_as_an_editor_reads_it(
    found: dict[str, Any], tiny: Path, schema: str, file: str
) -> None:
    class Loader(yaml.SafeLoader):
        """An editor's YAML 1.2: a date is text."""

    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    data = yaml.load((tiny / "data" / file).read_text(encoding="utf-8"), Loader)
    jsonschema.validate(data, found[f"{schema}.json"], jsonschema.Draft202012Validator)


HEADS = {"columns": [{"model": "alpha-8b"}], "caption": {"zh": "x", "en": "x"}}


@pytest.mark.parametrize(
    "table",
    [
        HEADS,  # no rows
        {**HEADS, "rows": []},
        {**HEADS, "rows": [{"benchmark": "lines"}]},
        {**HEADS, "rows": [{"benchmark": "line", "values": [1]}]},
        {**HEADS, "rows": [{"benchmark": "lines", "values": [1], "splits": "en"}]},
        {**HEADS, "rows": [{"benchmark": "lines", "values": 1}]},
        {**HEADS, "rows": [{"benchmark": "lines", "values": [[1]]}]},
        {**HEADS, "rows": [{"benchmark": "lines", "values": [1]}], "columns": [{"model": "alpha-9b"}]},
        {**HEADS, "rows": [{"benchmark": "lines", "values": [1]}], "columns": [{"model": "alpha-8b", "mode": "fast"}]},
        {**HEADS, "rows": [{"benchmark": "lines", "values": [1]}], "caption": "x"},
        {**HEADS, "rows": [{"benchmark": "lines", "values": [1]}], "caption": {"zh": "x"}},
        {**HEADS, "rows": [{"benchmark": "lines", "values": [1]}], "caption": {"zh": "<b>x</b>", "en": "x"}},
        {**HEADS, "rows": [{"benchmark": "lines", "values": [1]}], "confidence": "certain"},
        {**HEADS, "rows": [{"benchmark": "lines", "values": [1]}], "foo": 1},
        {**HEADS, "rows": [{"benchmark": "lines", "values": [1], "split": "fr"}]},
        {**HEADS, "rows": [{"benchmark": "lines", "values": [1]}], "exemptions": [{"check": "305", "reason": "x"}]},
    ],
)
def test_it_refuses_a_damaged_table(found: dict[str, Any], table: Any) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(table, found["table.json"], jsonschema.Draft202012Validator)


def test_the_same_book_gives_the_same_bytes(book: Book, texts: dict[str, str]) -> None:
    assert schemas(book) == texts
