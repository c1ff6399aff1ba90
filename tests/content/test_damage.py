"""Damaged copies of the real data, one defect each, are refused at the right line; so do the editors' schemas."""

from __future__ import annotations

import functools
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from atlas import loading
from atlas.book import Book
from atlas.checks import check_book
from atlas.problems import Problem
from atlas.schema import schemas

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
VL2, VL3 = "reports/qwen3-vl/table-02.yml", "reports/qwen3-vl/table-03.yml"
OCR, AGENT = "reports/qwen2.5-vl/table-05.yml", "reports/qwen2.5-vl/table-09.yml"
Q12, Q13, Q21, FIG = (
    "reports/qwen3/table-12.yml",
    "reports/qwen3/table-13.yml",
    "reports/qwen3/table-21.yml",
    "reports/qwen3/figure-2.yml",
)
QVL = "reports/qwen3-vl/quantities.yml"


@dataclass(frozen=True)
class Defect:
    """In `file`, the first `old` becomes `new`; then `code` stands at the line of `at` (default: the first that differs).

    `schema` says that an editor's schema refuses the file too.
    """

    kind: str
    file: str
    old: str
    new: str
    code: str
    at: str | None = None
    schema: bool = False

    def apply(self, text: str) -> str:
        assert self.old in text, f"{self.old!r} is not in {self.file}"
        return text.replace(self.old, self.new, 1)

    def line(self, sound: str) -> int:
        """The line of `at` in the damaged text, else the first line that differs."""
        damaged = self.apply(sound)
        start = damaged.index(self.at) if self.at else _first_difference(sound, damaged)
        return damaged.count("\n", 0, start) + 1

    def __str__(self) -> str:
        return f"{self.kind}-{self.file.rsplit('/', 1)[-1].removesuffix('.yml')}"


def _first_difference(one: str, other: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


DEFECTS = [
    # the YAML itself
    Defect("broken-yaml", VL2, "rows:\n", "rows: [\n", "D101", at="- {benchmark: mmmu,"),
    Defect("tab", Q13, "rows:\n", "\trows:\n", "D101"),
    Defect("duplicate-key", OCR, "note:\n", "caption: {zh: x, en: x}\nnote:\n", "D102", at="caption: {zh: x"),
    Defect("duplicate-entry", "models.yml", "\nqwen3-vl-32b:\n", "\nqwen3-vl-8b:\n  name: X\n\nqwen3-vl-32b:\n", "D102", at="qwen3-vl-8b:\n  name: Qwen"),
    # schema and types
    Defect("unknown-key", VL2, "{benchmark: mmmu,", "{benchmark: mmmu, splitt: val,", "D103", schema=True),
    Defect("unknown-key", "models.yml", "open_weights:", "open_weight:", "D103", schema=True),
    Defect("unknown-key", "benchmarks.yml", "  measures:", "  measure:", "D103", schema=True),
    Defect("unknown-key", QVL, "  locator:", "  location:", "D103", schema=True),
    Defect("wrong-type", "models.yml", "modes: [thinking, instruct]", "modes: thinking", "D104", schema=True),
    Defect("wrong-choice", "benchmarks.yml", "direction: higher", "direction: up", "D104", schema=True),
    Defect("wrong-choice", "models.yml", "architecture: moe", "architecture: sparse", "D104", schema=True),
    Defect("wrong-choice", "errata.yml", "kind: value", "kind: valu", "D104", schema=True),
    Defect("html", "capabilities.yml", "zh: 看图回答", "zh: 看<b>图</b>回答", "D104", schema=True),
    Defect("bad-url", "reports/qwen3/report.yml", "url: https://", "url: ftp://", "D104", schema=True),
    Defect("bad-date", "reports/qwen3/report.yml", "published: 2025", "published: May 2025", "D104"),
    Defect("bad-id", "benchmarks.yml", "\nmmstar:\n", "\nMMStar:\n", "D104", at="MMStar:\n"),
    Defect("missing-key", QVL, "  unit: parameter\n", "", "D105", at="size-235b:", schema=True),
    Defect("missing-key", "models.yml", "  name: Qwen3-VL-8B\n", "", "D105", at="qwen3-vl-8b:", schema=True),
    # shape of a table
    Defect("unknown-benchmark", VL2, "{benchmark: mmstar,", "{benchmark: mmstra,", "D201", schema=True),
    Defect("unknown-benchmark", Q21, "{benchmark: math-500,", "{benchmark: math500,", "D201", schema=True),
    Defect("short-row", VL3, "{benchmark: mmstar, values: [", "{benchmark: mmstar, values: [80.0, ", "D202"),
    Defect("short-row", OCR, "[        788,         754,", "[        788,", "D202"),
    Defect("short-row", Q21, "55.6,      \"-\"]", "55.6]", "D202", at="off-policy-distillation, values"),
    Defect("row-twice", VL2, "{benchmark: mmbench-cn,", "{benchmark: mmbench-en,", "D203"),
    Defect("column-twice", VL2, "{model: gpt-5, mode: minimal}", "{model: gpt-5, mode: high}", "D203", at="  - {model: gpt-5, mode: high}\n  - {model: claude"),
    Defect("slashed-cell", OCR, "0.265/0.435", "0.265", "D204", at="{benchmark: omnidocbench"),
    Defect("no-head", VL2, "{benchmark: mmstar,", "{label: MMStar,", "D206"),
    # ids
    Defect("unknown-model", VL2, "{model: gpt-5, mode: high}", "{model: gtp-5, mode: high}", "D301", schema=True),
    Defect("unknown-mode", Q13, "mode: thinking", "mode: thinkin", "D301", schema=True),
    Defect("unknown-variant", FIG, "variant: budget-8k", "variant: budget-9k", "D301", schema=True),
    Defect("unknown-split", OCR, "split: with-mask", "split: with-masks", "D301", schema=True),
    Defect("unknown-unit", "reports/qwen3-vl/table-12.yml", "unit: percent", "unit: per-cent", "D301", schema=True),
    Defect("unknown-capability", "benchmarks.yml", "capability: vqa", "capability: vaq", "D301", schema=True),
    Defect("unknown-family", "models.yml", "family: qwen3-vl\n", "family: qwen3-lv\n", "D301", schema=True),
    Defect("unknown-subject", QVL, "subject: qwen3-vl-235b-a22b", "subject: qwen3-vl-235b", "D301"),
    Defect("unknown-fact", "errata.yml", "    - qwen3-vl/table-03/mmbench-cn/qwen3-vl-32b@thinking", "    - qwen3-vl/table-03/mmbench-cn/qwen3-vl-33b@thinking", "D301"),
    # marks
    Defect("unexplained-mark", VL2, "81.7*,", "81.7#,", "D302"),
    Defect("not-a-number", VL2, "80.6,", "8O.6,", "D302"),
    Defect("unused-mark", VL2, 'marks:\n', 'marks:\n  "~": {zh: 近似, en: about}\n', "D303", at='"~"'),
    # values
    Defect("out-of-range", VL2, "[ 80.6,  78.7,", "[180.6,  78.7,", "D304"),
    Defect("out-of-range", OCR, "0.330/0.381", "3.300/0.381", "D304", at="{benchmark: omnidocbench"),
    Defect("out-of-range", VL2, "[  8.5,   8.5,", "[ 85.0,   8.5,", "D304"),
    Defect("decimals", VL2, "[ 78.7,  78.4, 77.5*,", "[ 78.7,  78.40, 77.5*,", "D305"),
    Defect("decimals", OCR, "[       95.2,", "[         95,", "D305"),
    Defect("two-values", Q12, "15.9,         24.7]", "15.9,         24.8]", "D306"),
    Defect("two-names", "models.yml", "aliases: [Qwen3-VL 4B]", "aliases: [Qwen3-VL 8B]", "D310"),
    Defect("two-names", "benchmarks.yml", "  name: MMMU\n", "  name: MMMU\n  aliases: [mm star]\n", "D310", at="  aliases: [mm star]"),
    Defect("exemption", OCR, "rows:\n", "exemptions:\n  - {check: D305, row: cc-ocr, reason: x}\nrows:\n", "D308", at="- {check: D305, row: cc-ocr"),
    # registries
    Defect("no-direction", "benchmarks.yml", "  unit: percent\n  direction: higher\n", "  unit: percent\n", "D309", at="megabench:"),
    Defect("no-unit", "benchmarks.yml", "  unit: percent\n", "", "D309", at="megabench:"),
    Defect("no-capability", "benchmarks.yml", "  capability: vqa\n", "", "D309", at="megabench:"),
    Defect("no-cue", QVL, "cues: {zh: [总参数, 参数, 规模, 旗舰, 共有], en: [total parameters, parameters, flagship, size]}", "cues: {}", "D311"),
    # locators, what is unused, errata
    Defect("locator", QVL, 'locator: "2"', 'locator: "22"', "D312"),
    Defect("locator", "errata.yml", "locator: table-03", "locator: table-33", "D312"),
    Defect("locator", VL2, 'section: "5"', 'section: "5.99"', "D312"),
    Defect("unused", "vocabulary.yml", "\nvariants:\n", "\n  spare:\n    name: spare\n    meaning: {zh: 空, en: spare}\n    reasoning: none\nvariants:\n", "D313", at="  spare:"),
    Defect("unused", "benchmarks.yml", "  splits: {val: ~}", "  splits: {val: ~, mini: ~}", "D313"),
    Defect("guard", "errata.yml", "      right: '89.4'", "      right: '89.3'", "D315", at="    - left: qwen3-vl/table-03/mmbench-cn/qwen3-vl-32b@thinking"),
    Defect("guard", "errata.yml", "    - left: qwen3-vl/table-03/mmbench-cn/qwen3-vl-32b@thinking", "    - left: qwen3-vl/table-03/mmbench-cn/qwen3-vl-33b@thinking", "D314"),
]  # fmt: skip


class EditorLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """An editor's YAML: as safe_load, but a date is text."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def validator(file: str) -> jsonschema.Draft202012Validator:
    """The committed schema that the first line of a data file names."""
    first = (DATA / file).read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema="), f"{file} names no schema"
    return _validator((DATA / file).parent / first.partition("=")[2].strip())


@functools.cache
def _validator(path: Path) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def fast() -> Iterator[None]:
    """Read and validate each file once: a damaged copy differs in one file only."""
    patch = pytest.MonkeyPatch()
    patch.setattr(loading, "read", functools.cache(loading.read))
    known: dict[tuple[int, str], Any] = {}
    validated = loading.validated

    def once(document: Any, kind: Any) -> Any:
        key = (id(document), str(kind))
        if key not in known:
            known[key] = (document, validated(document, kind))  # the document is held, so that its id stays its own
        return known[key][1]

    patch.setattr(loading, "validated", once)
    tables: dict[tuple[object, ...], Any] = {}
    table = loading._table

    def table_once(*arguments: Any) -> Any:
        key = tuple(a if isinstance(a, str) else id(a) for a in arguments)
        if key not in tables:
            tables[key] = (arguments, table(*arguments))
        return tables[key][1]

    patch.setattr(loading, "_table", table_once)
    yield
    patch.undo()


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(DATA, tmp_path_factory.mktemp("damage") / "data"))


@pytest.mark.usefixtures("fast")
@pytest.mark.parametrize("defect", DEFECTS, ids=str)
def test_a_damaged_copy_is_refused_at_the_right_line(copy: Path, defect: Defect) -> None:
    path = copy / defect.file
    sound = path.read_text(encoding="utf-8")
    damaged = defect.apply(sound)
    path.write_text(damaged, encoding="utf-8")
    try:
        book, problems = loading.load(copy)
        problems = [*problems, *check_book(book, broken=bool(problems))]
    finally:
        path.write_text(sound, encoding="utf-8")
    wanted = (f"data/{defect.file}", defect.line(sound), defect.code)
    assert wanted in [(p.path, p.line, p.code) for p in problems], _shown(wanted, problems)


def _shown(wanted: object, problems: list[Problem]) -> str:
    return f"wanted {wanted}, found:\n" + "\n".join(map(str, problems[:10]))


@pytest.mark.usefixtures("fast")
def test_the_undamaged_copy_has_no_finding(copy: Path) -> None:
    book, problems = loading.load(copy)
    assert [*problems, *check_book(book)] == []


def test_there_are_forty_defects_of_every_kind() -> None:
    assert len(DEFECTS) >= 40
    assert len({defect.code for defect in DEFECTS}) >= 24


FILES = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*.yml"))


@pytest.mark.parametrize("file", FILES)
def test_a_schema_accepts_each_data_file(file: str) -> None:
    data = yaml.load((DATA / file).read_text(encoding="utf-8"), EditorLoader)
    errors = [f"{error.json_path}: {error.message}" for error in validator(file).iter_errors(data)]
    assert not errors, "\n".join(errors[:5])


@pytest.mark.parametrize("defect", [defect for defect in DEFECTS if defect.schema], ids=str)
def test_a_schema_refuses_what_it_can_refuse(defect: Defect) -> None:
    data = yaml.load(defect.apply((DATA / defect.file).read_text(encoding="utf-8")), EditorLoader)
    assert not validator(defect.file).is_valid(data)


def test_the_committed_schemas_are_those_of_the_model(book: Book) -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in (DATA / "schemas").glob("*.json")}
    made = schemas(book)
    assert sorted(committed) == sorted(made)
    drifted = [name for name, text in made.items() if committed[name] != text]
    assert not drifted, f"drifted: {', '.join(drifted)}; run: uv run atlas schema"
