"""What is wrong with a page apart from its numbers: encoding, front matter, heading ids, kinds of fence."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.book import Book
from atlas.cli import main
from atlas.publishing import Edition
from atlas.sources import check_lines, check_matter, read_source

GOOD = "---\ntitle: 页\ndescription: 说明\nreports: [greek]\n---\n\n# 页 {#page}\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (GOOD, []),
        ("# 页\n", []),
        ("", ["1:1 F121"]),
        ("---\ntitle: [页\ndescription: 说明\n---\n", ["3:12 F121"]),
        ("---\ntitle: 页\n\tdescription: 说明\n---\n", ["3:1 F121"]),
        ("---\ntitle: 页\ntitle: 页\ndescription: 说明\n---\n", ["3:1 F121"]),
        ("title: 页\ndescription: 说明\n---\n", ["1:1 F121"]),
        ("---\ntitle: 页\ndescription: 说明\n\n# 页\n", ["1:1 F121"]),
        (GOOD.replace("reports:", "report:"), ["4:1 F122"]),
        (GOOD.replace("title: 页\n", ""), ["1:1 F123"]),
        (GOOD.replace("description: 说明\n", ""), ["1:1 F123"]),
        (GOOD.replace("description: 说明", "description:"), ["3:1 F123"]),
        (GOOD.replace("[greek]", "[greek, greeks]"), ["4:18 F124"]),
        (GOOD.replace("reports: [greek]", "subject: alpha-9b"), ["4:1 F124"]),
        (GOOD.replace("reports: [greek]", "mode: fast"), ["4:1 F124"]),
    ],
)
def test_front_matter(book: Book, source: str, expected: list[str]) -> None:
    found = check_matter(source, "docs/zh/page.md", book)
    assert [f"{p.line}:{p.column} {p.code}" for p in found] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("## 甲 {#one}\n\n## 乙 {#two}\n", []),
        ("## 甲 {#one}\n\n## 乙 {#one}\n", ["3:8 F125"]),
        ("## 甲 {#one}\n\n```md\n## 乙 {#one}\n```\n", []),
        ("```score\ntables: []\n```\n", ["1:4 F126"]),
        ("    ```chrat\n    ```\n", ["1:8 F126"]),
        ("```text\n```\n\n```scores\n```\n\n```sh\n```\n\n```yaml\n```\n", []),
    ],
)
def test_headings_and_fences(source: str, expected: list[str]) -> None:
    found = check_lines(source, "docs/zh/page.md")
    assert [f"{p.line}:{p.column} {p.code}" for p in found] == expected


def test_a_byte_order_mark_and_line_ends_of_windows_are_no_text(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_source(page, tmp_path) == (GOOD, [])


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: 首页", "title: [首页", "docs/zh/index.md:3:"),
        ("reports: [greek]", "report: [greek]", "docs/zh/index.md:4:1: F122 unknown key 'report'; did you mean"),
        ("# 首页", "# 首页\n\n```scores\ntables: [greek/table-99]\n```", "docs/zh/index.md:9:10: F110"),
        ("# 首页", "# 首页\n\n```chart\n```", "docs/zh/index.md:8:1: F104"),
    ],
)
def test_the_check_names_it_and_nothing_that_follows(
    project: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, expected: str
) -> None:
    page = project / "docs" / "zh" / "index.md"
    page.write_text(page.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert main(["--root", str(project), "check"]) == 1
    out, err = capsys.readouterr()
    assert expected in out
    assert err.endswith("1 finding(s)\n")


def test_a_page_that_is_not_utf8_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = project / "docs" / "zh" / "index.md"
    page.write_bytes(page.read_text(encoding="utf-8").encode("gb18030"))
    assert main(["--root", str(project), "check"]) == 1
    out, err = capsys.readouterr()
    assert "docs/zh/index.md:2:1: F120 not UTF-8" in out
    assert "1 finding(s)" in err


def test_a_build_names_the_same_causes_as_the_check(project: Path) -> None:
    models = project / "data" / "models.yml"
    models.write_text(
        models.read_text(encoding="utf-8").replace("name: Alpha-8B", "name: <b>Alpha-8B"), encoding="utf-8"
    )
    edition = Edition.load(root=project, docs=project / "docs" / "zh", language="zh")
    assert [(problem.path, problem.code) for problem in edition.problems] == [("data/models.yml", "D104")]
