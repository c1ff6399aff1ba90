"""The command `atlas`: exit status, formats, paths, and what each command prints."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from atlas.cli import main

Capture = pytest.CaptureFixture[str]
CLEAN = "Alpha-72B 思考在 LineBench 上得 92.20。\n"
WRONG = "# 页\n\nAlpha-72B 思考在 LineBench 上得 92.30。\n"


def atlas(root: Path, *arguments: str) -> int:
    return main(["--root", str(root), *arguments])


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["check"], 0),
        (["check", "--data-only"], 0),
        (["check", "--format", "json"], 0),
        (["check", "--format", "github"], 0),
        (["facts"], 0),
        (["facts", "--model", "alpha-8b", "--format", "csv"], 0),
        (["facts", "--benchmark", "gaps.en"], 0),
        (["show", "greek/table-01/lines/alpha-72b@thinking"], 0),
        (["bindings"], 0),
        (["schema"], 0),
        (["facts", "--model", "alpha-9b"], 2),
        (["facts", "--mode", "fast"], 2),
        (["show", "greek/nothing"], 2),
        (["explain", "docs/zh/index.md"], 2),
        (["check", "docs/zh/missing.md"], 2),
        (["check", "hooks"], 2),
        (["check", "LICENSE"], 2),
    ],
)
def test_exit_status_on_a_clean_project(
    project: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], status: int
) -> None:
    monkeypatch.chdir(project)
    assert atlas(project, *arguments) == status


@pytest.mark.parametrize("arguments", [[], ["chek"], ["check", "--format", "xml"], ["show"]])
def test_a_wrong_call_ends_with_2(project: Path, capsys: Capture, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        atlas(project, *arguments)
    assert stop.value.code == 2
    assert "usage: atlas" in capsys.readouterr().err


def test_outside_any_project_it_cannot_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 2
    assert "no project here" in capsys.readouterr().err


def test_the_project_is_found_from_a_folder_below(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project / "docs" / "zh")
    assert main(["check", "--data-only"]) == 0


def test_an_unknown_word_gets_a_suggestion(project: Path, capsys: Capture) -> None:
    assert atlas(project, "facts", "--model", "alpha-7b") == 2
    assert "unknown model 'alpha-7b'; did you mean 'alpha-72b'?" in capsys.readouterr().err


def test_a_clean_check_says_so_on_stderr_only(project: Path, capsys: Capture) -> None:
    assert atlas(project, "check") == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", "no findings\n")


@pytest.fixture
def wrong(project: Path) -> Path:
    (project / "docs/zh/wrong.md").write_text(WRONG, encoding="utf-8")
    return project


def test_text_names_file_line_column_and_the_right_value(wrong: Path, capsys: Capture) -> None:
    assert atlas(wrong, "check") == 1
    out, err = capsys.readouterr()
    assert out.startswith("docs/zh/wrong.md:3:28: N102 92.30 不是 LineBench · Alpha-72B · 思考；数据中为 92.20\n")
    assert err == "1 finding(s)\n"


def test_json_is_a_list_of_objects(wrong: Path, capsys: Capture) -> None:
    assert atlas(wrong, "check", "--format", "json") == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["path"], found["line"], found["column"], found["code"]) == ("docs/zh/wrong.md", 3, 28, "N102")
    assert found["fixes"]


def test_github_is_one_command_per_finding(wrong: Path, capsys: Capture) -> None:
    assert atlas(wrong, "check", "--format", "github") == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("::error file=docs/zh/wrong.md,line=3,col=28,title=N102::92.30 ")


@pytest.mark.parametrize(
    ("paths", "status"),
    [
        (["docs/zh/wrong.md"], 1),
        (["docs/zh/index.md"], 0),
        (["docs"], 1),
        (["docs/zh"], 1),
        (["docs/zh/index.md", "docs/zh/wrong.md"], 1),
        (["data"], 0),
        (["data/models.yml"], 0),
    ],
)
def test_paths_restrict_what_is_reported(
    wrong: Path, monkeypatch: pytest.MonkeyPatch, paths: list[str], status: int
) -> None:
    monkeypatch.chdir(wrong)
    assert atlas(wrong, "check", *paths) == status


def test_data_only_leaves_pages_out(wrong: Path) -> None:
    assert atlas(wrong, "check", "--data-only") == 0


def test_four_defects_in_one_file_end_with_1_and_all_four_lines(project: Path, capsys: Capture) -> None:
    path = project / "data/reports/greek/table-01.yml"
    text = path.read_text(encoding="utf-8")
    text = text.replace('section: "2.1"\n', 'section: "2.1"\nsection: "1"\n')
    text = text.replace("{benchmark: gaps,", "{benchmark: gasp,")
    text = text.replace("[61.0, 52.3,", "[61.0, 188.7,")
    text = text.replace("[50.1, 44.0, 63.9, 49.5, ", "[50.1, 44.0, 63.9, ")
    path.write_text(text, encoding="utf-8")
    assert atlas(project, "check", "--data-only", "--format", "json") == 1
    found = json.loads(capsys.readouterr().out)
    assert [(f["code"], f["line"]) for f in found] == [("D102", 3), ("D201", 15), ("D304", 16), ("D202", 17)]


def test_data_findings_do_not_hide_findings_of_pages(
    wrong: Path, damage: Callable[[str, str, str], tuple[Path, int]], capsys: Capture
) -> None:
    root, _ = damage("models.yml", "developer: Roman Lab", "develloper: Roman Lab")
    assert atlas(root, "check", "--format", "json") == 1
    assert [f["code"] for f in json.loads(capsys.readouterr().out)] == ["D103", "N102"]


def test_the_language_of_a_finding_is_that_of_the_page(project: Path, capsys: Capture) -> None:
    page = project / "docs/en/wrong.md"
    page.parent.mkdir()
    page.write_text("Alpha-72B thinking scores 92.30 on LineBench.\n", encoding="utf-8")
    assert atlas(project, "check") == 1
    assert "docs/en/wrong.md:1:27: N102 92.30 is not LineBench" in capsys.readouterr().out


def test_explain_says_what_is_wrong_and_what_would_be_right(
    project: Path, wrong: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(project)
    assert atlas(project, "explain", "docs/zh/wrong.md:3") == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[0] == "3:28 92.30 — error N102"
    assert rows[-2:] == ["    N102 92.30 不是 LineBench · Alpha-72B · 思考；数据中为 92.20", "    fix: 写 92.20"]


def test_explain_says_how_a_number_was_bound(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.chdir(project)
    assert atlas(project, "explain", "docs/zh/index.md:8") == 0
    out = capsys.readouterr().out
    assert "greek/table-01/lines/alpha-72b@thinking" in out
    assert "data/reports/greek/table-01.yml:13" in out
    assert atlas(project, "explain", "docs/zh/index.md:5") == 0
    assert "no number" in capsys.readouterr().out


def test_bindings_lists_every_number(project: Path, capsys: Capture) -> None:
    assert atlas(project, "bindings") == 0
    out = capsys.readouterr().out
    assert out == "docs/zh/index.md:8:28: 92.20\tfact\tgreek/table-01/lines/alpha-72b@thinking\n"
    assert atlas(project, "bindings", "--format", "json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["path"], row["line"], row["column"], row["text"]) == ("docs/zh/index.md", 8, 28, "92.20")


def test_show_names_who_cites_a_fact(project: Path, capsys: Capture) -> None:
    assert atlas(project, "show", "greek/table-01/lines/alpha-72b@thinking") == 0
    assert "cited: docs/zh/index.md:8:28" in capsys.readouterr().out


@pytest.mark.parametrize(("style", "start"), [("text", "lines"), ("csv", "id,benchmark"), ("json", "[\n")])
def test_facts_has_three_formats(project: Path, capsys: Capture, style: str, start: str) -> None:
    assert atlas(project, "facts", "--benchmark", "lines", "--format", style) == 0
    assert capsys.readouterr().out.startswith(start)


def test_schema_says_what_has_drifted(project: Path, capsys: Capture) -> None:
    assert atlas(project, "schema", "--check") == 1
    assert "data/schemas/table.json: drifted" in capsys.readouterr().out
    assert atlas(project, "schema") == 0
    assert atlas(project, "schema", "--check") == 0


def test_the_installed_command_runs(project: Path) -> None:
    run = subprocess.run(
        [Path(sys.executable).parent / "atlas", "--root", project, "check"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "no findings\n")


def test_data_that_cannot_be_read_hide_no_finding_and_make_none(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Four defects in one table: four findings, although the page and an erratum lean on the rows that are lost."""
    table = project / "data/reports/greek/table-01.yml"
    rows = [line for line in table.read_text(encoding="utf-8").splitlines() if "{benchmark:" in line]
    text = table.read_text(encoding="utf-8")
    for row, old, new in (
        (rows[0], "benchmark: lines", "benchmark: linez"),
        (rows[1], "{benchmark:", "{benchmark: gaps, benchmark:"),
    ):
        text = text.replace(row, row.replace(old, new, 1))
    text = text.replace("44.0", "188.7")
    text = text.replace(rows[2], rows[2].rsplit(",", 1)[0] + "]}")
    table.write_text(text, encoding="utf-8")
    assert atlas(project, "check") == 1
    out, err = capsys.readouterr()
    assert [line.split(" ")[1] for line in out.splitlines() if line.startswith("data/")] == [
        "D201",
        "D102",
        "D202",
        "D304",
    ]
    assert "docs/" not in out
    assert "pages are not checked" in err
    assert atlas(project, "check", "docs/zh/index.md") == 1
