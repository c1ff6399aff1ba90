"""Files -> the book: every defect of every file is a finding with its line, all in one run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from atlas.book import Book
from atlas.checks import check_book
from atlas.loading import load, suggestion

Damage = Callable[[str, str, str], tuple[Path, int]]
TABLE = "reports/greek/table-01.yml"
LINES = "  - {benchmark: lines, values: [88.70, 85.20, 92.20, 90.10, 91.50*]}\n"


def test_the_tiny_book_is_whole(book: Book) -> None:
    assert list(book.tables) == ["greek/table-01", "greek/table-02", "roman/table-03"]
    assert len(book.facts) == 34
    assert list(book.quantities) == [
        "greek/training-tokens",
        "greek/languages",
        "greek/frame-cap",
        "greek/temperature",
        "gamma/hours",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "message"),
    [
        # D101, D102: the YAML itself
        (TABLE, LINES, "  - {benchmark: lines, values: [88.70}\n", "D101", "broken YAML"),
        ("models.yml", "  developer: Roman Lab\n", "  name: Beta\n", "D102", "duplicate key 'name'"),
        # D103: unknown keys
        (TABLE, "{benchmark: lines,", "{benchmark: lines, splits: en,", "D103", "unknown key 'splits'; did you mean 'split'?"),
        ("models.yml", "developer: Roman Lab", "develloper: Roman Lab", "D103", "did you mean 'developer'?"),
        ("benchmarks.yml", "aliases: [Line-Bench]", "alias: [Line-Bench]", "D103", "did you mean 'aliases'?"),
        ("reports/greek/report.yml", "published:", "publishedd:", "D103", "did you mean 'published'?"),
        ("papers/gamma.yml", "topic: walking", "topic: walking\nfoo: 1", "D103", "unknown key 'foo'"),
        ("vocabulary.yml", "\nunits:", "\nunitz: {}\nunits:", "D103", "did you mean 'units'?"),
        # D104: wrong values
        ("models.yml", "family: alpha\n  developer: Greek Lab\n  parameters: {total: 8B}", "family: Alpha\n  developer: Greek Lab\n  parameters: {total: 8B}", "D104", "family: 'Alpha' is not written as this field wants it"),
        ("benchmarks.yml", "unit: ratio\n  direction: lower", "unit: ratio\n  direction: down", "D104", "direction: should be 'higher', 'lower' or 'none', not 'down'"),
        ("benchmarks.yml", "{zh: 逐行识别。, en: Reading line by line.}", "{zh: 逐行 <b>识别</b>。, en: x}", "D104", "no HTML in plain text"),
        ("models.yml", "modes: [thinking]", "modes: thinking", "D104", "modes: should be"),
        ("reports/greek/report.yml", '"2401.00001"', "24.1", "D104", "arxiv"),
        ("reports/greek/report.yml", "url: https:", "url: http:", "D104", "url"),
        ("reports/greek/report.yml", "2024-01-02", "Jan 2024", "D104", "published"),
        ("papers/gamma.yml", "unit: hour", "unit: [hour]", "D104", "unit"),
        ("errata.yml", "kind: superlative", "kind: superlativ", "D104", "kind: should be"),
        ("errata.yml", '      right: 1\n', "      right: [1]\n", "D104", "right"),
        ("vocabulary.yml", "range: [0, 1]", "range: [0, x]", "D104", "should be a valid decimal, not 'x'"),
        ("benchmarks.yml", "lines:\n", "Lines:\n", "D104", "'Lines' is no id"),
        # D105: what must not be missing
        ("models.yml", "  name: Beta 1.5\n", "", "D105", "missing key 'name'"),
        ("errata.yml", "  kind: superlative\n", "", "D105", "missing key 'kind'"),
        ("reports/greek/quantities.yml", "  unit: frame\n", "", "D105", "missing key 'unit'"),
        ("reports/greek/report.yml", "series: alpha\n", "", "D105", "missing key 'series'"),
        (TABLE, "caption: {zh: 全部成绩, en: All results}\n", "", "D105", "missing key 'caption'"),
        # D201 to D206: the tables
        (TABLE, "{benchmark: lines,", "{benchmark: line,", "D201", "unknown benchmark 'line'; did you mean 'lines'?"),
        ("reports/greek/table-02.yml", "{benchmark: maze-2025}", "{benchmark: maze-2026}", "D201", "did you mean"),
        (TABLE, LINES, LINES.replace("88.70, ", ""), "D202", "row lines has 4 values for 5 columns"),
        (TABLE, LINES, LINES.replace("88.70, ", "88.70, 1.00, "), "D202", "row lines has 6 values for 5 columns"),
        ("reports/greek/table-02.yml", "[61.0, 50.1]", "[61.0]", "D202", "row alpha-8b has 1 values for 2 columns"),
        (TABLE, LINES, LINES + LINES, "D203", "lines stands twice in this table"),
        (TABLE, "{model: alpha-72b, mode: instruct}", "{model: alpha-8b, mode: instruct}", "D203", "alpha-8b@instruct stands twice"),
        (TABLE, "0.250/0.330", "0.250", "D204", "'0.250' should hold 2 values: en / zh"),
        (TABLE, "0.250/0.330", "0.250/0.330/1", "D204", "should hold 2 values"),
        (TABLE, "{benchmark: lines,", "{model: alpha-8b,", "D206", "row needs a benchmark"),
        (TABLE, "{model: beta-1.5, mode: thinking}", "{mode: thinking}", "D206", "column needs a model"),
    ],
)  # fmt: skip
def test_a_defect_is_found_with_its_line(
    damage: Damage, file: str, old: str, new: str, code: str, message: str
) -> None:
    root, line = damage(file, old, new)
    _, problems = load(root / "data")
    assert problems, "nothing found"
    first = problems[0]
    assert (first.path, first.code) == (f"data/{file}", code)
    assert message in first.message
    last = line + max(old.count("\n"), new.count("\n"))
    if code == "D105":  # a missing key is reported at its entry
        assert first.line <= line
    else:
        assert line <= first.line <= last, f"{first} is not between lines {line} and {last}"


@pytest.mark.parametrize(
    "name", ["models.yml", "errata.yml", "vocabulary.yml", "lexicon.yml", "reports/greek/report.yml"]
)
def test_a_missing_file_is_a_finding(project: Path, name: str) -> None:
    (project / "data" / name).unlink()
    _, problems = load(project / "data")
    assert ("D100", f"data/{name}", 1) in [(p.code, p.path, p.line) for p in problems]


@pytest.mark.parametrize("name", ["models.yml", "reports/greek/table-01.yml", "papers/gamma.yml"])
@pytest.mark.parametrize(("content", "code"), [(b"", "D104"), (b"# remark\n", "D104"), (b"a: \xff\xfe\n", "D101")])
def test_an_empty_or_undecodable_file_is_a_finding(project: Path, name: str, content: bytes, code: str) -> None:
    (project / "data" / name).write_bytes(content)
    _, problems = load(project / "data")
    assert (code, f"data/{name}") in [(p.code, p.path) for p in problems]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("tabel-03.yml", ""),
        ("table-2.yml", "; did you mean 'table-02.yml'?"),
        ("table-02.yaml", "; did you mean 'table-02.yml'?"),
        ("Table_12.yml", "; did you mean 'table-12.yml'?"),
        ("figure-02.yaml", "; did you mean 'figure-2.yml'?"),
        ("report.yaml", ""),
    ],
)
def test_a_file_of_no_kind_is_a_finding(project: Path, name: str, hint: str) -> None:
    (project / "data/reports/greek" / name).write_text("a: 1\n", encoding="utf-8")
    _, problems = load(project / "data")
    assert [str(p) for p in problems] == [
        f"data/reports/greek/{name}:1:1: D100 unknown kind of file {name}: "
        f"expected report.yml, quantities.yml, table-NN.yml (table-02.yml) or figure-N.yml{hint}"
    ]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (TABLE, "caption: {zh: 全部成绩, en: All results}", "caption: {zh: <b>全部</b>成绩, en: All results}"),
        ("errata.yml", "  stands: {zh: ", "  stands: {zh: <i>x</i>"),
    ],
)
def test_a_text_with_html_is_not_missing_as_well(damage: Damage, file: str, old: str, new: str) -> None:
    root, line = damage(file, old, new)
    _, problems = load(root / "data", root=root)
    assert [(p.code, p.line) for p in problems] == [("D104", line)]


def test_four_defects_of_one_file_give_four_findings_in_one_run(project: Path) -> None:
    path = project / "data" / TABLE
    text = path.read_text(encoding="utf-8")
    text = text.replace('section: "2.1"\n', 'section: "2.1"\nsection: "1"\n')
    text = text.replace("{benchmark: gaps,", "{benchmark: gasp,")
    text = text.replace("[61.0, 52.3,", "[61.0, 188.7,")
    text = text.replace("[50.1, 44.0, 63.9, 49.5, ", "[50.1, 44.0, 63.9, ")
    path.write_text(text, encoding="utf-8")
    book, problems = load(project / "data")
    problems += check_book(book, broken=bool(problems))
    lines = text.splitlines()

    def line(part: str) -> int:
        return next(number for number, content in enumerate(lines, 1) if part in content)

    assert sorted((p.code, p.line) for p in problems) == [
        ("D102", 3),
        ("D201", line("gasp")),
        ("D202", line("maze-2025")),
        ("D304", line("188.7")),
    ]


def test_a_defect_does_not_hide_the_rest_of_its_file(damage: Damage) -> None:
    root, _ = damage("models.yml", "family: alpha\n  developer: Greek Lab\n  parameters: {total: 8B}", "family: 'ALPHA'\n  developer: Greek Lab\n  parameters: {total: 8B}")  # fmt: skip
    book, problems = load(root / "data")
    assert [p.code for p in problems] == ["D104"]
    assert {"alpha-72b", "beta-1.5"} <= set(book.models)


@pytest.mark.parametrize("value", ["88.70", "88.7", "88", "088.70", "+88.70"])
def test_a_value_keeps_its_digits(damage: Damage, value: str) -> None:
    root, _ = damage(TABLE, "[88.70,", f"[{value},")
    book, _ = load(root / "data")
    assert book.facts["greek/table-01/lines/alpha-8b@thinking"].value == value


@pytest.mark.parametrize(("cell", "text"), [('"-"', "-"), ("-", "-"), ("~", None), ("n/a", "n/a")])
def test_the_three_empty_cells_stay_apart(damage: Damage, cell: str, text: str | None) -> None:
    root, _ = damage(TABLE, "[88.70,", f"[{cell},")
    book, problems = load(root / "data")
    assert problems == []
    empty = book.tables["greek/table-01"].cells[0][0]
    assert (empty.text, empty.facts) == (text, ())


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("mmu", ["mmmu", "mme"], "; did you mean 'mmmu'?"),
        ("thinkin", ["thinking", "instruct"], "; did you mean 'thinking'?"),
        ("zzz", ["thinking"], ""),
        ("x", [], ""),
    ],
)
def test_a_typo_gets_a_suggestion(word: str, known: list[str], expected: str) -> None:
    assert suggestion(word, known) == expected
