"""The published files: keys, columns and digits are a contract."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest

from atlas.book import Book
from atlas.export import as_json, dataset, export, table_csv
from atlas.linking import Links
from atlas.prose.checking import Bound, Checked, Results

RESULTS = Results(
    bindings=[
        Bound("docs/zh/a.md", 3, 7, 10, 15, "88.70", "fact", ("first/table-01/quiz/alpha-8b@thinking",), False, False),
        Bound("docs/zh/a.md", 4, 1, 20, 25, "1,234", "quantity", ("first/languages",), False, False),
    ],
    claims=[
        Checked(
            "docs/zh/a.md", 3, 20, 16, 18, "最高", "superlative", "true", ("first/table-01/quiz/beta-1@thinking",), 3
        )
    ],
)


@pytest.fixture
def files(pair: Book) -> dict[str, str]:
    return export(pair, Links(pair, ["models/alpha-8b.md"], site_url="https://example.org/x/"), RESULTS)


def test_every_file_of_the_contract_is_there(files: dict[str, str]) -> None:
    names = [
        "facts",
        "quantities",
        "models",
        "benchmarks",
        "capabilities",
        "reports",
        "papers",
        "errata",
        "claims",
        "bindings",
        "index",
    ]
    assert {f"api/v1/{name}.json" for name in names} <= set(files)
    assert {"api/v1/facts.csv", "api/v1/tables/first/table-01.csv", "api/v1/tables/second/table-01.csv"} <= set(files)


def test_a_fact_has_the_keys_of_the_contract_in_order(files: dict[str, str]) -> None:
    facts = json.loads(files["api/v1/facts.json"], parse_float=Decimal)
    assert facts[0] == {
        "id": "first/table-01/quiz/alpha-8b@thinking",
        "report": "first",
        "table": "table-01",
        "benchmark": "quiz",
        "split": None,
        "model": "alpha-8b",
        "mode": "thinking",
        "variant": None,
        "value": "88.70",
        "number": Decimal("88.70"),
        "unit": "percent",
        "direction": "higher",
        "marks": [],
        "capability": "reading",
        "url": "https://example.org/x/reports/first/#first/table-01/quiz/alpha-8b@thinking",
        "cited_by": ["docs/zh/a.md:3:7"],
    }
    assert list(facts[0])[-2:] == ["url", "cited_by"]
    assert '"value":"88.70","number":88.70,' in files["api/v1/facts.json"]


def test_a_quantity_has_the_keys_of_the_contract(files: dict[str, str]) -> None:
    (quantity,) = json.loads(files["api/v1/quantities.json"])
    assert quantity == {
        "id": "first/languages",
        "source": "first",
        "locator": "abstract",
        "subject": "alpha",
        "name": {"zh": "语言数", "en": "number of languages"},
        "value": "1,234",
        "number": 1234,
        "unit": "count",
        "approximate": False,
        "url": "https://example.org/x/reports/first/#q-first/languages",
        "cited_by": ["docs/zh/a.md:4:1"],
    }


def test_a_table_is_written_in_its_printed_order_without_empty_cells(pair: Book) -> None:
    rows = list(csv.DictReader(io.StringIO(table_csv(pair.tables["first/table-01"]))))
    assert list(rows[0]) == ["id", "benchmark", "split", "model", "mode", "variant", "value"]
    assert [row["value"] for row in rows] == [
        "88.70", "60.0", "91.2*", "88.70", "0.100", "0.210", "0.300", "0.400", "0.200", "0.110", "50.0", "40.0+",
    ]  # fmt: skip
    assert rows[-1]["variant"] == "with-tools"
    turned = csv.DictReader(io.StringIO(table_csv(pair.tables["second/table-01"])))
    assert [row["value"] for row in turned] == ["86.1", "51.0", "90.0", "52.5"]


def test_bindings_and_claims_name_their_place(files: dict[str, str]) -> None:
    assert json.loads(files["api/v1/bindings.json"])[0] == {
        "file": "docs/zh/a.md", "line": 3, "column": 7, "text": "88.70", "kind": "fact",
        "ids": ["first/table-01/quiz/alpha-8b@thinking"],
    }  # fmt: skip
    assert json.loads(files["api/v1/claims.json"])["docs/zh/a.md:3:20"]["set_size"] == 3


def test_registries_are_by_id_and_name_their_page(files: dict[str, str]) -> None:
    models = json.loads(files["api/v1/models.json"])
    assert list(models) == ["alpha", "alpha-8b", "alpha-1b", "beta", "beta-1"]
    assert models["alpha-8b"]["page"] == "https://example.org/x/models/alpha-8b/"
    assert "page" not in models["alpha"]


def test_the_index_counts_and_links_everything(files: dict[str, str]) -> None:
    index = json.loads(files["api/v1/index.json"])
    assert index["counts"]["facts"] == 20
    assert {f"api/v1/{name}" for name in index["links"]} == set(files) - {"api/v1/index.json"}


def test_the_same_book_gives_the_same_bytes(pair: Book, files: dict[str, str]) -> None:
    assert export(pair, Links(pair, ["models/alpha-8b.md"], site_url="https://example.org/x/"), RESULTS) == files


@pytest.mark.parametrize(
    ("value", "text"),
    [(Decimal("88.70"), "88.70"), (Decimal("4.1E+12"), "4100000000000"), (Decimal("-0"), "-0"), ("文", '"文"')],
)
def test_json_keeps_digits_and_letters(value: object, text: str) -> None:
    assert as_json([value]) == f"[{text}]\n"


def test_the_dataset_record_points_to_downloads_and_papers(pair: Book) -> None:
    record = dataset(pair, Links(pair, [], site_url="https://example.org/"), name="N", description="D", language="en")
    assert record["distribution"][0]["contentUrl"] == "https://example.org/api/v1/facts.csv"
    assert record["isBasedOn"][1]["identifier"] == "arXiv:2501.00002"
