"""An edition: sources with their numbers linked, fences drawn, findings collected."""

from __future__ import annotations

from pathlib import Path

import pytest

from atlas.annotating import annotated
from atlas.book import Book
from atlas.linking import Links
from atlas.prose.checking import Bound, Checked, Results
from atlas.publishing import Edition, LeftoverError, joined
from atlas.rendering import Environment, interface

FACT = "first/table-01/quiz/alpha-8b@thinking"
PAGE = """---
title: 读
description: 介绍
---
# 阅读 {#reading}

Alpha-8B 思考版的 Quiz 为 88.70。

```scores
tables: [first/table-01]
```
"""


@pytest.fixture
def edition(pair: Book) -> Edition:
    return Edition(
        pair, {"capabilities/reading.md": PAGE, "index.md": "# 首页\n"}, language="zh", site_url="https://e.org/"
    )


@pytest.fixture
def wrap(pair: Book) -> object:
    """Annotate a source in which `⟦…⟧` marks a bound number."""

    def wrapped(source: str, shown: set[str] | None = None) -> str:
        bindings = []
        while "⟦" in source:
            start, end = source.index("⟦"), source.index("⟧") - 1
            source = source.replace("⟦", "", 1).replace("⟧", "", 1)
            bindings.append(Bound("p", 1, 1, start, end, source[start:end], "fact", (FACT,), False, False))
        environment = Environment(pair, Links(pair, []), language="zh", strings=interface()[0])
        text = annotated(source, "p", "a/b.md", shown or set(), Results(bindings=bindings), environment)
        return text.replace(f'<a class="n" href="../../reports/first/#{FACT}"><data value="88.70">', "⟦").replace(
            "</data></a>", "⟧"
        )

    return wrapped


@pytest.mark.parametrize(
    "source",
    [
        "得 ⟦88.70⟧。",
        "得 **⟦88.70⟧** 与 ⟦88.70⟧",
        "| a | ⟦88.70⟧ |",
        "- ⟦88.70⟧（甲）",
        "`x` ⟦88.70⟧ `y`",
        "[^1]: 见 ⟦88.70⟧",
    ],
)
def test_a_bound_number_is_wrapped_where_it_stands(wrap, source: str) -> None:  # type: ignore[no-untyped-def]
    assert wrap(source) == source


@pytest.mark.parametrize(
    "source",
    [
        "`⟦88.70⟧`",
        "``a ⟦88.70⟧ ` b``",
        "[得 ⟦88.70⟧](x.md)",
        "![得 ⟦88.70⟧](x.png)",
        "[得 ⟦88.70⟧][x]",
        "## 得 ⟦88.70⟧ {#x}",
        '!!! note "得 ⟦88.70⟧"',
        "---\ndescription: 得 ⟦88.70⟧\n---\n\n文",
        "<!-- ⟦88.70⟧ -->",
        '<img alt="⟦88.70⟧">',
        "<a href='x'>得 ⟦88.70⟧</a>",
        "```text\n⟦88.70⟧\n```",
    ],
)
def test_a_number_stays_bare_where_tags_cannot_stand(wrap, source: str) -> None:  # type: ignore[no-untyped-def]
    assert wrap(source) == source.replace("⟦", "").replace("⟧", "")


def test_verified_comparisons_are_marked_unless_markup_divides_them(pair: Book) -> None:
    def claim(start: int, end: int, verdict: str = "true") -> Checked:
        return Checked("p", 1, 1, start, end, "", "superlative", verdict, (FACT,), 8)

    environment = Environment(pair, Links(pair, []), language="zh", strings=interface()[0])

    def marked(source: str, *claims: Checked) -> str:
        return annotated(source, "p", "a.md", set(), Results(claims=list(claims)), environment)

    assert marked("为最高。", claim(1, 3)) == (
        f'为<span class="c" data-ids="{FACT}" title="First 表 1 的 8 项中比较，已由数据重算验证">最高</span>。'
    )
    assert marked("为最**高**。", claim(1, 5)) == "为最**高**。"
    assert marked("为最高。", claim(1, 3, "attributed")) == "为最高。"


@pytest.mark.parametrize(
    ("comparison", "number", "expected"),
    [
        ((1, 9), (2, 7), "甲<c>比<n>88.70</n>高出</c>。"),
        ((2, 9), (2, 7), "甲比<c><n>88.70</n>高出</c>。"),
        ((1, 7), (2, 7), "甲<c>比<n>88.70</n></c>高出。"),
        ((1, 2), (2, 7), "甲<c>比</c><n>88.70</n>高出。"),
        ((1, 5), (2, 7), "甲<c>比88.</c>70高出。"),
    ],
)
def test_a_number_is_linked_inside_a_comparison(
    pair: Book, comparison: tuple[int, int], number: tuple[int, int], expected: str
) -> None:
    bound = Bound("p", 1, 1, *number, "88.70", "fact", (FACT,), False, False)
    claim = Checked("p", 1, 1, *comparison, "", "higher", "true", (FACT,), 0)
    environment = Environment(pair, Links(pair, []), language="zh", strings=interface()[0])
    results = Results(bindings=[bound], claims=[claim])
    text = annotated("甲比88.70高出。", "p", "a.md", {FACT}, results, environment)
    number_tags = (f'<a class="n" href="#{FACT}"><data value="88.70">', "</data></a>")
    claim_tags = (f'<span class="c" data-ids="{FACT}" title="已由数据重算验证">', "</span>")
    for tag, short in zip((*number_tags, *claim_tags), ("<n>", "</n>", "<c>", "</c>"), strict=True):
        text = text.replace(tag, short)
    assert text == expected


def test_a_number_links_to_the_table_of_its_own_page(edition: Edition) -> None:
    assert edition.problems == []
    source = edition.source("capabilities/reading.md")
    assert source == PAGE.replace("88.70", f'<a class="n" href="#{FACT}"><data value="88.70">88.70</data></a>')
    assert edition.source("unknown.md") is None


def test_a_fence_leaves_a_placeholder_that_content_fills(edition: Edition) -> None:
    path = "capabilities/reading.md"
    mark = edition.fence("scores", "tables:   [first/table-01]", path)
    assert mark == '<div data-atlas="0"></div>'
    html = edition.content(f"<p>Quiz</p>{mark}", path)
    assert f'id="{FACT.rpartition("/")[0]}"' in html
    assert "data-atlas=" not in html


def test_a_cell_has_an_id_where_the_page_links_to_it(edition: Edition) -> None:
    path = "capabilities/reading.md"
    mark = edition.fence("scores", "tables:   [first/table-01]", path)
    assert f'id="{FACT}"' not in edition.content(mark, path)
    assert f'id="{FACT}"' in edition.content(f'<a href="#{FACT}">88.70</a>{mark}', path)


def test_a_marker_that_survives_is_an_error(edition: Edition) -> None:
    with pytest.raises(LeftoverError):
        edition.content("<p data-atlas='x'></p><div data-atlas=0></div>", "capabilities/reading.md")
    with pytest.raises(LeftoverError):
        edition.fence("scores", "tables: [first/table-02]", "capabilities/reading.md")


def test_two_equal_fences_are_drawn_one_after_the_other(pair: Book) -> None:
    fence = "```scores\ntables: [first/table-02]\n```\n"
    edition = Edition(pair, {"a.md": f"# A\n\n{fence}\n{fence}"}, language="zh")
    marks = [edition.fence("scores", "tables: [first/table-02]", "a.md") for _ in range(2)]
    html = edition.content("".join(marks), "a.md")
    assert html.count("<figure") == 2
    assert html.count('id="first/table-02/quiz"') == 1


def test_findings_of_fences_and_prose_come_together_and_the_page_says_so(pair: Book) -> None:
    source = "# A {#a}\n\nAlpha-8B 思考版的 Quiz 为 88.9。\n\n```scores\ntables: [first/table-09]\n```\n"
    edition = Edition(pair, {"a.md": source}, {"a.md": "docs/zh/a.md"}, language="zh")
    assert sorted((p.path, p.line, p.column, p.code) for p in edition.problems) == [
        ("docs/zh/a.md", 3, 22, "N102"),
        ("docs/zh/a.md", 6, 10, "F110"),
    ]
    html = edition.content(edition.fence("scores", "tables: [first/table-09]", "a.md"), "a.md")
    assert "F110" in html


def test_an_edition_is_loaded_from_folders(pair_root: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    (root / "docs" / "zh").mkdir(parents=True)
    (root / "docs" / "zh" / "index.md").write_text("# 首页 {#home}\n", encoding="utf-8")
    (root / "data").symlink_to(pair_root / "data")
    edition = Edition.load(root=root, docs=root / "docs" / "zh", language="zh", site_url=None, repo_url=None)
    assert [path for path in edition.pages if path not in edition.generated] == ["index.md"]
    assert edition.pages["index.md"].name == "docs/zh/index.md"
    assert "llms.txt" in edition.files()
    assert "https://arxiv.org/abs/2501.00001" in edition.files()["llms.txt"]
    assert '"@type":"Dataset"' in edition.dataset


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>第一句。\n第二句。</p>", "<p>第一句。第二句。</p>"),
        ("<p><strong>要点。</strong>\n第二句</p>", "<p><strong>要点。</strong>第二句</p>"),
        ("<p>One.\nTwo.</p>", "<p>One.\nTwo.</p>"),
        ("<pre>一。\n二。</pre>", "<pre>一。\n二。</pre>"),
        ('<p>一。<!-- num: ignore=3.0 "a format" -->\n二。</p>', "<p>一。二。</p>"),
    ],
)
def test_a_line_break_after_chinese_punctuation_is_no_space(html: str, expected: str) -> None:
    assert joined(html) == expected
