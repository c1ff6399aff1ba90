"""Layouts -> HTML that stands without style and script."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from atlas.book import Book
from atlas.drawing import Desk, draw_fences
from atlas.linking import Links, linked
from atlas.prose.names import Names
from atlas.rendering import TEMPLATES, Environment, interface

PAGES = ["index.md", "capabilities/reading.md", "models/alpha-8b.md", "benchmarks/quiz.md", "reports/first.md"]


@pytest.fixture
def draw(pair: Book, pair_names: Names) -> Any:
    def drawn(body: str, kind: str = "scores", page: str = "capabilities/reading.md", language: str = "zh") -> str:
        links = Links(pair, PAGES, site_url="https://example.org/")
        environment = Environment(pair, links, language=language, strings=interface()[0])
        desk = Desk(book=pair, names=pair_names, links=links, language=language, page=page)
        html = ""
        for one in draw_fences(f"```{kind}\n{body}\n```", page, desk):
            assert one.drawing is not None, one.problems
            html += environment.render(one.drawing.template, page, shown=desk.taken, **one.drawing.values)
        return html

    return drawn


class Balance(HTMLParser):
    """Counts open elements; a tag that closes another than the last is an error."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "body", ["tables: [first/table-01]", "report: first", "benchmarks: [quiz, tally]\ntranspose: true"]
)
def test_a_table_is_balanced_html_whose_ids_are_unique(draw: Any, body: str, language: str) -> None:
    html = draw(body, language=language)
    parser = Balance()
    parser.feed(html)
    assert parser.open == []
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_best_is_bold_and_second_underlined(draw: Any) -> None:
    html = draw("tables: [first/table-01]")
    assert '<td id="first/table-01/quiz/beta-1@thinking" data-v="91.2"><b>91.2</b><sup>*</sup></td>' in html
    assert '<td id="first/table-01/quiz/alpha-8b@thinking"><u>88.70</u></td>' in html


def test_names_link_to_their_pages_and_the_caption_to_the_report(draw: Any) -> None:
    html = draw("tables: [first/table-01]")
    assert '<a href="../../models/alpha-8b/">Alpha-8B</a>' in html
    assert "<span>Beta-One</span>" in html
    assert '<a href="../../benchmarks/quiz/" title="报告中写作 Quiz!">Quiz</a>' in html
    assert '<a class="st-source" href="https://arxiv.org/abs/2501.00001">First 表 1</a>' in html


def test_the_three_kinds_of_empty_cell_differ(draw: Any) -> None:
    html = draw("tables: [first/table-01]")
    empty = re.findall(r'<td class="(e [^"]+)" title="[^"]+">([^<]*)</td>', html)
    assert set(empty) == {("e e-dash", "–"), ("e e-blank", ""), ("e e-na", "n/a")}


def test_values_of_two_reports_come_with_a_warning(draw: Any) -> None:
    assert "不能严格相比" in draw("benchmarks: [quiz]")
    assert "不能严格相比" not in draw("report: first")


def test_cells_of_the_other_report_are_hatched_and_marked(draw: Any) -> None:
    html = draw("benchmarks: [quiz]\nmodes: [thinking]")
    assert len(re.findall(r'<td class="x"[^>]* data-v="[^"]+">[^<]+<sup>≠</sup></td>', html)) == 2
    assert "≠" not in draw("report: first").partition("<ul")[0]


def test_a_table_says_direction_in_words(draw: Any) -> None:
    assert '<i role="img" aria-label="lower is better">↓</i>' in draw("benchmarks: [typo]", language="en")


def test_key_figures_link_to_where_they_stand(draw: Any) -> None:
    html = draw("facts: [first/table-01/quiz/alpha-8b@thinking, {id: first/languages, label: 语言}]", kind="figures")
    assert 'href="../../reports/first/#first/table-01/quiz/alpha-8b@thinking"><data value="88.70">88.70</data>' in html
    assert (
        '<dt>语言</dt><dd><a class="n" href="../../reports/first/#q-first/languages"><data value="1234">1,234</data>'
        in html
    )


@pytest.mark.parametrize(
    ("page", "address", "href"),
    [
        ("index.md", "models/alpha-8b/", "models/alpha-8b/"),
        ("a.md", "", "../"),
        ("a/index.md", "b/#x", "../b/#x"),
        ("a/b.md", "a/b/#x", "#x"),
        ("index.md", "", "./"),
    ],
)
def test_addresses_are_relative_to_the_page(pair: Book, page: str, address: str, href: str) -> None:
    assert Links(pair, PAGES).href(page, address) == href


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Quiz 与 Quiz</p>", '<p><a class="name" href="benchmarks/quiz/">Quiz</a> 与 Quiz</p>'),
        ("<p>Quiz</p><h2>Quiz</h2><p>Quiz</p>", None),
        ("<p><a href='x'>Quiz</a> <code>Quiz</code></p>", "<p><a href='x'>Quiz</a> <code>Quiz</code></p>"),
        ("<p>Tally</p><div>Quiz</div>", "<p>Tally</p><div>Quiz</div>"),
        (
            "<figure><figcaption>Quiz</figcaption><svg><text>Tally</text></svg><table><tr><td>Quiz</td></table></figure>",
            '<figure><figcaption><a class="name" href="benchmarks/quiz/">Quiz</a></figcaption>'
            "<svg><text>Tally</text></svg><table><tr><td>Quiz</td></table></figure>",
        ),
        (
            "<dl><dt>Quiz</dt><dd><small>Quiz</small></dd></dl>",
            '<dl><dt><a class="name" href="benchmarks/quiz/">Quiz</a></dt><dd><small>Quiz</small></dd></dl>',
        ),
        ("<details><summary>Quiz</summary><p>Quiz</p></details><p>Quiz</p>", None),
        ("<article><p>Quiz</p></article><article><p>Quiz</p></article>", None),
        ("<li>Alpha-8B 的</li>", '<li><a class="name" href="models/alpha-8b/">Alpha-8B</a> 的</li>'),
        ('<p><img alt="Quiz > x">Quizzes</p>', '<p><img alt="Quiz > x">Quizzes</p>'),
    ],
)
def test_the_first_mention_in_a_section_is_a_link(
    pair: Book, pair_names: Names, html: str, expected: str | None
) -> None:
    found = linked(html, "index.md", pair_names, Links(pair, PAGES))
    if expected is None:
        assert found.count('<a class="name"') == 2
    else:
        assert found == expected


def test_the_catalogue_is_sound_and_the_templates_use_no_unknown_string() -> None:
    strings, problems = interface()
    assert problems == []
    for template in TEMPLATES.glob("*.j2"):
        for key in re.findall(r'\bt\("([a-z-]+)"[,)]', template.read_text(encoding="utf-8")):
            assert key in strings, f"{template.name}: {key}"
