"""The rules over the book: each check function has a case that it accepts and a case that it rejects."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from atlas import checks
from atlas.book import Book
from atlas.loading import load
from atlas.problems import Problem

Damage = Callable[[str, str, str], tuple[Path, int]]
ONE, TWO = "reports/greek/table-01.yml", "reports/greek/table-02.yml"
QUANTITIES = "reports/greek/quantities.yml"
LINES = "[88.70, 85.20, 92.20, 90.10, 91.50*]"
CHECKS = [
    function
    for name, function in inspect.getmembers(checks, inspect.isgeneratorfunction)
    if function.__module__ == checks.__name__ and not name.startswith("_") and name != "check_book"
]

# check, file, what is replaced, by what, code, part of the message
REJECTED: list[tuple[str, str, str, str, str, str]] = [
    ("vocabulary_of_tables", ONE, "{model: beta-1.5, mode: thinking}", "{model: beta-1.5, mode: thinkin}", "D301", "unknown mode 'thinkin'; did you mean 'thinking'?"),
    ("vocabulary_of_tables", ONE, "{model: beta-1.5, mode: thinking}", "{model: beta-1.5, mode: thinking, variant: with-tool}", "D301", "unknown variant 'with-tool'; did you mean 'with-tools'?"),
    ("vocabulary_of_tables", ONE, "{benchmark: layers,", "{benchmark: layers, unit: cont,", "D301", "unknown unit 'cont'; did you mean 'count'?"),
    ("vocabulary_of_tables", ONE, "split: [en, zh]", "split: [en, fr]", "D301", "unknown split of gaps 'fr'"),
    ("vocabulary_of_tables", ONE, "variant: with-tools}", "variant: tools}", "D301", "unknown variant 'tools'"),
    ("vocabulary_of_tables", TWO, "{model: alpha-8b, mode: thinking,", "{model: alpha-8b, mode: think,", "D301", "unknown mode 'think'"),
    ("models_exist", ONE, "{model: beta-1.5,", "{model: beta-15,", "D301", "unknown model 'beta-15'; did you mean 'beta-1.5'?"),
    ("models_exist", TWO, "{model: alpha-8b,", "{model: alpha-9b,", "D301", "unknown model 'alpha-9b'"),
    ("marks_are_explained", ONE, "85.20,", "85.20^,", "D302", "'85.20^' is no number with an explained mark"),
    ("marks_are_explained", ONE, "52.3,", "52..3,", "D302", "'52..3' is no number"),
    ("marks_are_explained", ONE, "91.50*", "91.50", "D303", "mark '*' is explained but not used"),
    ("values_in_range", ONE, "44.0,", "144.0,", "D304", "144.0 is outside 0 to 100 (percent, maze-2025)"),
    ("values_in_range", ONE, "0.155/", "1.155/", "D304", "1.155 is outside 0 to 1 (ratio, gaps.en)"),
    ("values_in_range", ONE, "44.0,", "-44.0,", "D304", "-44.0 is outside 0 to 100"),
    ("values_in_range", TWO, "63.9]", "639]", "D304", "639 is outside 0 to 100"),
    ("decimals_agree", ONE, "85.20,", "85.2,", "D305", "85.2 has 1 decimals where its row has 2 (lines)"),
    ("decimals_agree", ONE, "/0.330", "/0.33", "D305", "0.33 has 2 decimals where its row has 3 (gaps.zh)"),
    ("decimals_agree", ONE, "80, 80,", "80, 80.0,", "D305", "80.0 has 1 decimals where its row has 0"),
    ("results_agree", TWO, "63.9]", "63.8]", "D306", "maze-2025 of alpha-72b@thinking is 63.8 here and 63.9 in data/reports/greek/table-01.yml:"),
    ("exemptions_are_needed", ONE, "rows:\n", "exemptions:\n  - {check: D305, row: lines, reason: none}\nrows:\n", "D308", "exemption from D305 is no longer needed"),
    ("exemptions_are_needed", ONE, "rows:\n", "exemptions:\n  - {check: D301, reason: none}\nrows:\n", "D308", "no check called D301 can be exempted"),
    ("ids_exist", "papers/gamma.yml", "builds_on: [alpha-8b]", "builds_on: [alpha-9b]", "D301", "unknown subject 'alpha-9b'"),
    ("registry_is_whole", "benchmarks.yml", "  capability: walking\n  metric: {zh: 成功率, en: success rate}\n  unit: percent\n  direction: higher\n  related", "  metric: {zh: 成功率, en: success rate}\n  unit: percent\n  direction: higher\n  related", "D309", "maze-2024 has no capability"),
    ("registry_is_whole", "benchmarks.yml", "  metric: {zh: 编辑距离, en: edit distance}\n", "", "D309", "gaps has no metric"),
    ("registry_is_whole", "benchmarks.yml", "  unit: ratio\n", "", "D309", "gaps has no unit"),
    ("registry_is_whole", "benchmarks.yml", "  direction: lower\n", "", "D309", "gaps has no direction"),
    ("registry_is_whole", "benchmarks.yml", "direction: lower", "direction: none", "D309", "gaps needs a direction"),
    ("names_are_unique", "benchmarks.yml", "name: GapEdit", "name: line bench", "D310", "'line bench' already names lines"),
    ("names_are_unique", "models.yml", "aliases: [Beta-1.5]", "aliases: [Beta-1.5, ALPHA_8B]", "D310", "'ALPHA_8B' already names alpha-8b"),
    ("ids_exist", "benchmarks.yml", "capability: reading\n  metric: {zh: 编辑", "capability: readin\n  metric: {zh: 编辑", "D301", "unknown capability 'readin'; did you mean 'reading'?"),
    ("ids_exist", "benchmarks.yml", "unit: ratio", "unit: ratoi", "D301", "unknown unit 'ratoi'"),
    ("ids_exist", "benchmarks.yml", "related: [maze-2025]", "related: [maze-2027]", "D301", "unknown benchmark 'maze-2027'"),
    ("ids_exist", "benchmarks.yml", "splits: {en: ~, zh: ~}", "splits: {en: ~, zh: ~, fr: ~}", "D301", "unknown split 'fr'"),
    ("ids_exist", "models.yml", "family: alpha\n  developer: Greek Lab\n  parameters: {total: 8B}", "family: alpa\n  developer: Greek Lab\n  parameters: {total: 8B}", "D301", "unknown model 'alpa'; did you mean 'alpha'?"),
    ("ids_exist", "models.yml", "modes: [thinking]", "modes: [thinking]\n  base: alpha-7b", "D301", "unknown model 'alpha-7b'"),
    ("ids_exist", "models.yml", "modes: [thinking]", "modes: [thinking, direct]", "D301", "unknown mode 'direct'"),
    ("ids_exist", QUANTITIES, "subject: maze-2024", "subject: maze", "D301", "unknown subject 'maze'"),
    ("ids_exist", QUANTITIES, "unit: frame", "unit: frames", "D301", "unknown unit 'frames'; did you mean 'frame'?"),
    ("ids_exist", QUANTITIES, "mode: thinking", "mode: thinkin", "D301", "unknown mode 'thinkin'"),
    ("ids_exist", QUANTITIES, "mode: thinking", "benchmark: line", "D301", "unknown benchmark 'line'"),
    ("ids_exist", QUANTITIES, "{zh: [最多, 帧], en: [at most, frames]}", "{}", "D311", "greek/frame-cap has no cue"),
    ("ids_exist", "papers/gamma.yml", "subject: gamma", "subject: gama", "D301", "unknown subject 'gama'; did you mean 'gamma'?"),
    ("ids_exist", "errata.yml", "report: greek", "report: geek", "D301", "unknown report 'geek'; did you mean 'greek'?"),
    ("ids_exist", "errata.yml", "capability: [reading]", "capability: [writing]", "D301", "unknown capability 'writing'"),
    ("ids_exist", "errata.yml", "source: retelling", "source: retellin", "D301", "unknown source 'retellin'; did you mean 'retelling'?"),
    ("ids_exist", "errata.yml", "    - greek/table-01/lines/alpha-72b@thinking\n", "    - greek/table-01/lines/alpha-7b@thinking\n", "D301", "unknown fact"),
    ("locators_exist", QUANTITIES, 'locator: "1"', 'locator: "9"', "D312", "greek has no '9'"),
    ("locators_exist", QUANTITIES, "locator: table-01", "locator: table-07", "D312", "greek has no 'table-07'"),
    ("locators_exist", "errata.yml", 'locator: "1"', 'locator: "1.7"', "D312", "retelling has no '1.7'"),
    ("locators_exist", "errata.yml", "locator: table-01", "locator: table-09", "D312", "greek has no 'table-09'"),
    ("locators_exist", ONE, 'section: "2.1"', 'section: "2.2"', "D312", "greek has no section '2.2'"),
    ("nothing_is_unused", "benchmarks.yml", "layers:\n", "spare:\n  name: Spare\n  capability: walking\n  metric: x\n  unit: percent\n  direction: higher\nlayers:\n", "D313", "benchmark spare is used nowhere"),
    ("nothing_is_unused", "vocabulary.yml", "variants:\n", "  low:\n    name: low\n    meaning: {zh: 低, en: low}\n    reasoning: direct\nvariants:\n", "D313", "mode low is used nowhere"),
    ("nothing_is_unused", "vocabulary.yml", "splits:\n", "splits:\n  fr: {name: fr}\n", "D313", "split fr is used nowhere"),
    ("nothing_is_unused", "vocabulary.yml", "units:\n", "units:\n  mile: {name: mile}\n", "D313", "unit mile is used nowhere"),
    ("nothing_is_unused", "vocabulary.yml", "units:\n", "  spare: {name: spare, meaning: {zh: 空, en: spare}}\nunits:\n", "D313", "variant spare is used nowhere"),
    ("nothing_is_unused", "benchmarks.yml", "name: LineBench\n", "name: LineBench\n  splits: {en: ~}\n", "D313", "split en of lines is used nowhere"),
    ("errata_hold", "errata.yml", "right: 3.5", "right: 3.6", "D315", "guard no longer holds: 3.50 = 3.6"),
    ("errata_hold", "errata.yml", "right: 3\n", "right: 4\n", "D315", "guard no longer holds: 3 = 4"),
    ("errata_hold", "errata.yml", "right: 1\n", "right: 2\n", "D315", "guard no longer holds: 1 = 2"),
    ("errata_hold", "errata.yml", "minus: greek/table-01/lines/alpha-8b@thinking", "minus: greek/table-01/lines/alpha-9b@thinking", "D314", "guard cannot be computed: unknown id"),
    ("errata_hold", "errata.yml", "right: 3.5", "right: greek/nothing", "D314", "unknown id greek/nothing"),
    ("errata_hold", "errata.yml", "    - rank: greek/table-01/lines/alpha-72b@thinking\n      relation", "    - relation", "D314", "needs left, rank or wins"),
    ("errata_hold", "errata.yml", "greek/table-01/beta-1.5@thinking]", "greek/table-01/beta-1.5@instruct]", "D314", "unknown column"),
]  # fmt: skip
# where the finding stands on another line than the first that was changed: a part of that line
STANDS_AT = {
    "mark '*' is explained but not used": '"*": {zh',
    "exemption from D305 is no longer needed": "- {check: D305",
    "no check called D301 can be exempted": "- {check: D301",
    "maze-2024 has no capability": "maze-2024:",
    "gaps has no metric": "gaps:",
    "gaps has no unit": "gaps:",
    "gaps has no direction": "gaps:",
    "guard no longer holds: 3.50 = 3.6": "- left:",
    "guard no longer holds: 3 = 4": "- wins:",
    "guard no longer holds: 1 = 2": "- rank:",
    "guard cannot be computed: unknown id": "- left:",
    "unknown id greek/nothing": "- left:",
}


def run(check: Callable[[Book], Iterator[Problem]], book: Book) -> list[Problem]:
    return list(dict.fromkeys(check(book)))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_tiny_data_is_accepted(book: Book, check: Callable[[Book], Iterator[Problem]]) -> None:
    assert run(check, book) == []


@pytest.mark.parametrize(("name", "file", "old", "new", "code", "message"), REJECTED)
def test_a_defect_is_rejected_at_its_line(
    damage: Damage, name: str, file: str, old: str, new: str, code: str, message: str
) -> None:
    root, _ = damage(file, old, new)
    book, problems = load(root / "data")
    assert problems == []
    found = run(getattr(checks, name), book)
    assert [(p.code, p.path) for p in found] == [(code, f"data/{file}")]
    assert message in found[0].message
    changed = next((line for line in new.splitlines() if line not in old.splitlines()), new)
    lines = (root / "data" / file).read_text(encoding="utf-8").splitlines()
    assert STANDS_AT.get(message, changed) in lines[found[0].line - 1], found[0]


def test_two_equal_columns_are_found(damage: Damage) -> None:
    root, _ = damage(ONE, LINES, "[88.70, 85.20, 92.20, 92.20, 91.50*]")
    for old, new in (("0.143/0.207, 0.155/0.214", "0.143/0.207, 0.143/0.207"), ("70.4, 58.8+", "70.4+, 70.4+"), ("63.9, 49.5", "63.9, 63.9")):  # fmt: skip
        root, _ = damage(ONE, old, new)
    book, problems = load(root / "data")
    assert problems == []
    found = run(checks.models_differ, book)
    assert [(p.code, p.line) for p in found] == [("D307", 7)]
    assert found[0].message == "alpha-72b@instruct has exactly the numbers of alpha-72b@thinking"


def test_a_table_that_was_copied_is_named(project: Path) -> None:
    folder = project / "data" / "reports" / "greek"
    text = (folder / "table-02.yml").read_text(encoding="utf-8")
    (folder / "table-09.yml").write_text(text.replace("迷宫", "另一张"), encoding="utf-8")
    found = run(checks.tables_differ, load(project / "data")[0])
    assert [(p.path, p.line, p.code) for p in found] == [("data/reports/greek/table-09.yml", 5, "D316")]
    assert found[0].message == "the same columns and rows as table-02"
    (folder / "table-09.yml").write_text(text.replace("70.4", "70.5"), encoding="utf-8")
    assert run(checks.tables_differ, load(project / "data")[0]) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LINES, "[88.7, 85.2, 92.2, 90.1, 91.5*]"),  # all alike
        (LINES, "[88.70, 85.2, 92.2, 90.10, 91.50*]"),  # two of five: no usual number of decimals
        (LINES, '[88.70, 85.2, "-", "-", "-"]'),  # two numbers are no row
    ],
)
def test_decimals_are_judged_by_the_row(damage: Damage, old: str, new: str) -> None:
    root, _ = damage(ONE, old, new)
    assert run(checks.decimals_agree, load(root / "data")[0]) == []


def test_an_exemption_silences_its_check_and_is_then_needed(damage: Damage) -> None:
    damage(ONE, "85.20,", "85.2,")
    root, _ = damage(ONE, "rows:\n", "exemptions:\n  - {check: D305, row: lines, reason: printed so}\nrows:\n")
    book, problems = load(root / "data")
    assert problems == []
    assert run(checks.decimals_agree, book) == run(checks.exemptions_are_needed, book) == []


def test_a_value_that_differs_in_another_report_is_no_finding(book: Book) -> None:
    values = {
        f.report: f.value for f in book.facts.values() if (f.benchmark, f.column) == ("lines", "alpha-8b@thinking")
    }
    assert values == {"greek": "88.70", "roman": "87.9"}
    assert run(checks.results_agree, book) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("locator: table-01", 'locator: "1, 2.1"'),
        ("locator: table-01", "locator: abstract"),
        ("locator: table-01", "locator: table-02"),
    ],
)
def test_locators_may_be_lists_abstract_or_tables(damage: Damage, old: str, new: str) -> None:
    root, _ = damage(QUANTITIES, old, new)
    assert run(checks.locators_exist, load(root / "data")[0]) == []


@pytest.mark.parametrize(
    ("guard", "holds"),
    [
        ("{left: greek/table-01/lines/alpha-8b@thinking, relation: '=', right: 88.7}", True),
        ("{left: greek/table-01/lines/alpha-8b@thinking, relation: '!=', right: 88.7}", False),
        ("{left: greek/table-01/lines/alpha-8b@thinking, relation: <, right: greek/table-01/lines/alpha-72b@thinking}", True),
        ("{left: greek/table-01/lines/alpha-8b@thinking, relation: '>=', right: greek/table-01/lines/alpha-72b@thinking}", False),
        ("{left: greek/languages, relation: '>', right: 38}", True),
        ("{left: greek/training-tokens, relation: '=', right: 4T}", True),
        ("{left: gamma/hours, over: greek/languages, relation: <=, right: 47}", True),
        ("{rank: greek/table-01/gaps.en/beta-1.5@thinking, relation: '=', right: 2}", True),
        ("{rank: greek/table-01/lines/beta-1.5@thinking, among: [greek/table-01/lines/alpha-8b@thinking], relation: '=', right: 1}", True),
        ("{wins: [greek/table-01/alpha-8b@thinking, greek/table-01/alpha-8b@instruct], relation: '=', right: 4}", True),
        ("{wins: [greek/table-01/beta-1.5@thinking, greek/table-01/alpha-72b@thinking], relation: '=', right: 0}", True),
        ("{wins: [greek/table-01/alpha-72b@thinking, greek/table-01/alpha-8b@thinking, greek/table-01/beta-1.5@thinking], relation: '=', right: 3}", True),
    ],
)  # fmt: skip
def test_a_guard_is_recomputed(damage: Damage, guard: str, holds: bool) -> None:
    root, _ = damage("errata.yml", "  guards:\n", f"  guards:\n    - {guard}\n")
    book, problems = load(root / "data")
    assert problems == []
    assert [p.code for p in run(checks.errata_hold, book)] == ([] if holds else ["D315"])


def test_checks_run_together_and_unused_ones_are_left_out_of_a_broken_book(damage: Damage) -> None:
    root, _ = damage("vocabulary.yml", "splits:\n", "splits:\n  fr: {name: fr}\n")
    book, _ = load(root / "data")
    assert [p.code for p in checks.check_book(book)] == ["D313"]
    assert list(checks.check_book(book, broken=True)) == []


def test_every_check_has_its_rule_as_docstring_and_a_rejected_case() -> None:
    assert [check.__name__ for check in CHECKS if not check.__doc__] == []
    assert {check.__name__ for check in CHECKS} - {case[0] for case in REJECTED} == {"models_differ", "tables_differ"}
