"""data/README.md, the data dictionary, names every file and every field, and no field that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from atlas import model

DATA = Path(__file__).parents[2] / "data"
TEXT = (DATA / "README.md").read_text(encoding="utf-8")
# matches `caption`, not `uv run atlas check`
WORDS = set(re.findall(r"`([a-z_]+)`", TEXT))
RECORDS = (
    model.Benchmark, model.Capability, model.Erratum, model.Exemption, model.Guard, model.Mark, model.Mode,
    model.Model, model.Paper, model.Parameters, model.Quantity, model.Reading, model.Report, model.Row, model.Section,
    model.Source, model.Split, model.TableFile, model.Unit, model.Variant, model.Vocabulary,
)  # fmt: skip


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_field_is_explained(record: type[model.Record]) -> None:
    assert set(record.model_fields) - {"zh", "en"} - WORDS == set()


def test_every_record_of_a_data_file_is_looked_at() -> None:
    known = {record.__name__ for record in RECORDS} | {"Bilingual", "Cues", "Head", "Record"}
    found = {name for name, item in vars(model).items() if isinstance(item, type) and issubclass(item, model.Record)}
    assert found == known


def test_every_file_is_explained() -> None:
    files = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*.yml")}
    patterns = {"reports/<report>/table-NN.yml": r"reports/[^/]+/table-\d\d\.yml", "figure-N.yml": r"reports/[^/]+/figure-\d\.yml",
                "reports/<report>/quantities.yml": r"reports/[^/]+/quantities\.yml", "reports/<report>/report.yml": r"reports/[^/]+/report\.yml",
                "papers/<paper>.yml": r"papers/[^/]+\.yml"}  # fmt: skip
    named = [pattern for name, pattern in patterns.items() if f"`{name}`" in TEXT]
    named += [re.escape(name) for name in re.findall(r"`([a-z]+\.yml)`", TEXT)]
    assert [file for file in files if not any(re.fullmatch(pattern, file) for pattern in named)] == []
