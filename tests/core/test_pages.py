"""Generated pages and parts: what they list, where they lead, and that nothing is said that the data does not hold."""

from __future__ import annotations

import dataclasses
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from atlas.book import Book
from atlas.citing import Citations, title_of
from atlas.ledger import holds
from atlas.loading import load
from atlas.model import Bilingual
from atlas.prose.checking import Bound, Results
from atlas.publishing import Edition
from atlas.registry import members_of, newest_first, related_benchmarks, related_models, sections_of_models
from atlas.sheets import Sheet, sheets_of_benchmark, sheets_of_model, standing

ERRATA = """
quiz-first:
  kind: superlative
  title: {zh: Alpha 并非第一, en: Alpha is not first}
  report: first
  capability: [reading]
  readings:
    - {source: retelling, locator: "2", value: "88.70"}
    - {source: first, locator: table-01, value: "91.2", says: {zh: Beta 更高, en: Beta is higher}}
  stands: {zh: Beta-One 第一。, en: Beta-One is first.}
  why: {zh: 表 1 如此。, en: Table 1 says so.}
  facts: [first/table-01/quiz/beta-1@thinking, first/table-01/quiz/alpha-8b@thinking, first/languages]
  guards:
    - {rank: first/table-01/quiz/alpha-8b@thinking, relation: "=", right: "2"}
tally-text:
  kind: wording
  title: {zh: 计数的说法, en: wording of the count}
  report: second
  capability: [counting, reading]
  readings:
    - {source: second, locator: "1", value: a}
    - {source: retelling, locator: "9", value: b}
  stands: {zh: 原文。, en: the text.}
  why: {zh: 如此。, en: so.}
"""
SOURCES = """
retelling:
  name: {zh: 转述, en: Retelling}
  title: {zh: 转述, en: retelling}
  about: first
  language: zh
  description: {zh: 转述, en: retelling}
  sections: {"2": {title: Results}}
"""
SECTIONS = """
published: {date}
sections:
  "1": {{title: Introduction, pages: ["capabilities/reading.md#findings", capabilities/reading.md]}}
  "1.1": {{title: Scope}}
"""
READING = """---
title: 阅读
description: 读
---
# 阅读 {#reading}

## 发现 {#findings}

Alpha-8B 思考版的 Quiz 为 88.70。

## 其余 {#rest}

```errata
capability: reading
```
"""
QUIZ = "first/table-01/quiz/alpha-8b@thinking"


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory, pair_root: Path) -> Book:
    """The pair of reports with errata, sections, relatives and a family's modes."""
    root = Path(shutil.copytree(pair_root, tmp_path_factory.mktemp("full") / "project")) / "data"
    (root / "errata.yml").write_text(ERRATA, encoding="utf-8")
    (root / "sources.yml").write_text(SOURCES, encoding="utf-8")
    for report, date in (("first", "2025-01-01"), ("second", "2025-06-01")):
        path = root / "reports" / report / "report.yml"
        path.write_text(path.read_text(encoding="utf-8") + SECTIONS.format(date=date), encoding="utf-8")
    path = root / "benchmarks.yml"
    text = path.read_text(encoding="utf-8")
    more = "measures: {zh: 看谁 *快*, en: who is fast}, aliases: [Q_1], related: [tally]"
    path.write_text(text.replace("{name: Quiz,", "{name: Quiz, " + more + ","), encoding="utf-8")
    book, problems = load(root)
    assert not problems, "\n".join(map(str, problems))
    return book


@pytest.fixture(scope="session")
def edition(full: Book) -> Edition:
    pages = {
        "capabilities/reading.md": READING,
        "index.md": "# 首页\n\n```home\nshow: [ways, heat, verified, errata]\n"
        "heat: {columns: [alpha-8b@instruct, alpha-8b@thinking, beta-1]}\n```\n",
        "reports/first.md": "# First\n\n```report-contents\nreport: first\n```\n\n"
        "```errata\nreport: first\n```\n\n```report-tables\nreport: first\n```\n",
    }
    edition = Edition(full, pages, language="zh")
    assert not [problem for problem in edition.problems if problem.code.startswith("F")]
    return edition


class Tags(HTMLParser):
    """Whether the tags nest, and which ids and links there are."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.broken: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in ("br", "input", "meta"):
            self.open.append(tag)
        if values.get("id"):
            self.ids.append(values["id"] or "")
        if values.get("href") or values.get("xlink:href"):
            self.links.append(values.get("href") or values.get("xlink:href") or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.broken.append(tag)


def drawn(edition: Edition, path: str) -> str:
    """All parts of a page, in their order."""
    page = edition.pages[path]
    marks = "".join(f'<div data-atlas="{index}"></div>' for index in range(len(page.drawn)))
    return edition.content(marks, path)


def part(edition: Edition, path: str, show: str) -> str:
    page = edition.pages[path]
    index = next(i for i, one in enumerate(page.drawn) if f"show: {show}\n" in one.fence.body + "\n")
    return edition.content(f'<div data-atlas="{index}"></div>', path)


# -- pages -------------------------------------------------------------------------------------------------------------


def test_every_model_and_benchmark_has_a_page_and_properties_have_none(edition: Edition) -> None:
    models = {f"models/{name}.md" for name in ("alpha", "alpha-8b", "alpha-1b", "beta", "beta-1", "index")}
    benchmarks = {f"benchmarks/{name}.md" for name in ("quiz", "typo", "tally", "index")}
    assert set(edition.generated) == models | benchmarks | {"errata/index.md", "compare/index.md"}


def test_a_page_that_somebody_wrote_is_left_to_them(full: Book) -> None:
    pages = {"errata/index.md": "# 勘误\n", "models/alpha-8b.md": "# Alpha\n"}
    assert not {"errata/index.md", "models/alpha-8b.md"} & set(Edition(full, pages, language="zh").generated)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_titles_and_descriptions_are_unique_and_parts_draw(full: Book, language: str) -> None:
    edition = Edition(full, {}, language=language)
    assert not edition.problems
    heads = [re.match(r"---\ntitle: (.+)\ndescription: (.+)\n", text) for text in edition.generated.values()]
    assert all(heads)
    for group in (1, 2):
        found = [match[group] for match in heads if match]
        assert len(set(found)) == len(found)
    for path in edition.generated:
        tags = Tags(drawn(edition, path))
        assert not tags.broken and not tags.open, path
        assert len(set(tags.ids)) == len(tags.ids), path


def test_the_same_data_gives_the_same_pages(full: Book, edition: Edition) -> None:
    sources = {path: page.source for path, page in edition.pages.items() if path not in edition.generated}
    again = Edition(full, sources, language="zh")
    assert again.generated == edition.generated
    assert all(drawn(again, path) == drawn(edition, path) for path in edition.generated)


def test_names_are_escaped_in_markdown(edition: Edition) -> None:
    page = edition.generated["benchmarks/quiz.md"]
    assert "看谁 \\*快\\*。" in page and "又写作 Q\\_1。" in page


def test_headings_have_ids_and_stay_out_of_the_search(edition: Edition) -> None:
    headings = re.findall(r"^## .+$", edition.generated["models/alpha-8b.md"], re.MULTILINE)
    assert [re.search(r"#([\w-]+)", heading[3:])[1] for heading in headings] == ["scores", "cited", "related"]  # type: ignore[index]
    assert all("data-search-exclude" in heading for heading in headings)


def test_every_link_leads_to_a_page_or_a_cell(edition: Edition, full: Book) -> None:
    known = {*full.facts, *full.tables, *(f"q-{quantity}" for quantity in full.quantities), *full.errata}
    folders = {"models", "benchmarks", "errata", "compare", "capabilities", "reports", "api", ""}
    for path in edition.generated:
        depth = path.removesuffix(".md").removesuffix("index").strip("/").count("/") + 1
        for link in Tags(drawn(edition, path)).links:
            if link.startswith("https://"):
                continue
            target, _, anchor = link.partition("#")
            if target:
                assert target.startswith("../" * depth), (path, link)
                parts = target.removeprefix("../" * depth).split("/")
                assert parts[0] in folders
                if parts[0] in ("models", "benchmarks") and parts[1]:
                    assert f"{parts[0]}/{parts[1]}.md" in edition.generated, (path, link)
            assert not anchor or anchor in known or not target or anchor in ("findings", "tables"), (path, link)


# -- scores ------------------------------------------------------------------------------------------------------------


def rows(sheet: Sheet) -> list[list[str]]:
    return [
        [" ".join(f"{one.fact.value} {one.place}/{one.of}" for one in cell) for cell in row.cells] for row in sheet.rows
    ]


def test_a_models_scores_stand_by_capability_with_ranks(full: Book) -> None:
    reading, counting = sheets_of_model("alpha-8b", full)
    assert (reading.key, counting.key) == ("reading", "counting")
    assert [(head.report, head.mode) for head in reading.columns] == [
        ("second", "thinking"), ("first", "thinking"), ("first", "instruct"),
    ]  # fmt: skip
    assert rows(reading) == [
        ["86.1 2/2", "88.70 2/3", "60.0 None/1"],
        ["", "0.100 1/2", "0.300 None/1"],
        ["", "0.210 2/2", "0.400 None/1"],
    ]
    assert rows(counting) == [["51.0 2/2", "50.0 None/1", "40.0+ None/1"]]


def test_what_two_tables_print_alike_is_one_score_with_two_sources(full: Book) -> None:
    (reading, counting) = sheets_of_model("alpha-1b", full)
    assert rows(reading) == [["88.70 2/3", "41.0 None/1"]]
    assert [table.id for table in reading.rows[0].tables] == ["first/table-01", "first/table-02"]
    assert rows(counting) == [["28 None/1", "28 None/1"]]  # a property is never ranked


def test_a_benchmarks_scores_stand_by_report_newest_first(full: Book) -> None:
    assert newest_first(full) == ["second", "first"]
    second, first = sheets_of_benchmark("quiz", full)
    assert [row.head.model for row in second.rows] == ["alpha-8b", "beta-1"]
    assert rows(first) == [["88.70 2/3"], ["60.0 None/1"], ["91.2* 1/3"], ["88.70 2/3"], ["41.0 None/1"]]


def test_splits_are_columns_of_a_benchmark(full: Book) -> None:
    (sheet,) = sheets_of_benchmark("typo", full)
    assert [head.split for head in sheet.columns] == ["en", "zh"]
    assert rows(sheet)[2] == ["0.200 2/2", "0.110 1/2"]


def test_standing_counts_ranked_rows_only(full: Book) -> None:
    assert standing(full.by_model["alpha-8b"], full) == (5, 1, 4)


def test_the_scores_of_a_page_link_to_their_cells_and_name_their_tables(edition: Edition) -> None:
    html = part(edition, "models/alpha-8b.md", "model-scores")
    assert f'<a class="n" href="../../reports/first/#{QUIZ}">88.70</a> <small class="rk">2/3</small>' in html
    assert 'href="../../reports/first/#first/table-01">表 1</a>' in html
    assert '<a href="../../benchmarks/quiz/">Quiz</a>' in html and "benchmarks/layers" not in html
    assert "<sup>+</sup> 用工具" in html and "不能严格相比" in html


# -- what surrounds them -----------------------------------------------------------------------------------------------


def test_a_page_says_where_the_prose_cites_it(edition: Edition) -> None:
    html = part(edition, "models/alpha-8b.md", "cited")
    assert '<a href="../../capabilities/reading/">阅读</a> <small>1 处</small>' in html
    assert '<a href="../../capabilities/reading/#findings">发现</a>' in html
    assert "show: cited" not in edition.generated["models/beta-1.md"]


def test_citations_are_counted_by_section() -> None:
    source = "# T {#t}\n\n1\n\n## A {#a}\n\n2 3\n\n## B {#b}\n\n4\n"
    bindings = [
        Bound("p.md", 1, 1, source.index(digit), 0, digit, "fact", (identity,), False, False)
        for digit, identity in (("1", "x"), ("2", "x"), ("3", "x"), ("4", "y"))
    ]
    found = Citations(Results(bindings=bindings), {"p.md": ("c/p.md", source)})
    (page,) = found.of(["x"])
    assert (page.address, page.title, page.times, page.sections) == ("c/p/", "T", 3, (("c/p/#a", "A"),))
    assert found.of(["z"]) == []
    assert found.label("c/p.md#b") == ("c/p/#b", "T · B")
    assert found.label("c/p.md#t") == ("c/p/#t", "T"), "a page's own heading is not said twice"
    assert title_of("---\nx: 1\ntitle: 'Y z'\n---\n# T\n") == "Y z"


def test_neighbours(full: Book) -> None:
    assert related_models("alpha-8b", full)[:2] == [("related-series", ["alpha"]), ("related-family", ["alpha-1b"])]
    assert related_benchmarks("tally", full) == [("related-close", ["quiz"]), ("related-capability", [])]
    assert related_benchmarks("quiz", full)[1] == ("related-capability", ["typo"])
    assert members_of("alpha", full) == ["alpha-8b", "alpha-1b"]


def test_models_are_listed_by_series_and_developer(full: Book, edition: Edition) -> None:
    assert [(section.id, section.members) for section in sections_of_models(full, "zh", "其他")] == [
        ("alpha", ("alpha", "alpha-8b", "alpha-1b")), ("beta-lab", ("beta", "beta-1")),
    ]  # fmt: skip
    html = drawn(edition, "models/index.md")
    assert re.search(r'<tr data-kind="model" data-developer="Qwen Team" data-family="alpha" data-size="1.5"', html)


def test_a_series_lists_its_members(edition: Edition) -> None:
    assert '<a href="../../models/alpha-8b/">Alpha-8B</a>' in part(edition, "models/alpha.md", "members")
    assert "show: model-scores" not in edition.generated["models/alpha.md"]


# -- errata ------------------------------------------------------------------------------------------------------------


def test_an_entry_shows_both_readings_the_cells_and_whether_it_holds(edition: Edition) -> None:
    html = drawn(edition, "errata/index.md")
    entry = html[html.index('id="quiz-first"') : html.index("</article>", html.index('id="quiz-first"'))]
    assert (
        'data-report="first" data-kind="superlative" data-capability="reading" data-source="retelling first"' in entry
    )
    assert "<q>88.70</q> <cite>转述，2 Results</cite>" in entry
    named = '<a class="name" href="../models/beta/">Beta</a>'
    assert f'<a href="../reports/first/#first/table-01">表 1</a></cite> {named} 更高' in entry
    assert f'<a class="n" href="../reports/first/#{QUIZ}">88.70</a>' in entry
    assert "1,234" in entry and "裁定成立" in entry
    other = html[html.index('id="tally-text"') :]
    assert "裁定" not in other[: other.index("</article>")]
    assert html.index('id="tally-text"') < html.index('id="quiz-first"')  # the newer report comes first


def test_the_ledger_begins_with_the_numbers_that_a_retelling_gets_wrong(full: Book) -> None:
    first, other = full.errata["quiz-first"], full.errata["tally-text"]
    wrong = first.model_copy(update={"kind": "value"})
    own = wrong.model_copy(update={"readings": first.readings[1:] * 2})  # only the report's own places
    book = dataclasses.replace(full, errata={"value": wrong, "own": own, "text": other})
    page = Edition(book, {}, language="zh")
    html = drawn(page, "errata/index.md")
    assert "{: #wrong-numbers" in page.generated["errata/index.md"]
    assert '<ul class="cited">\n<li><a href="#value">Alpha 并非第一</a> <small>转述</small></li>\n</ul>' in html
    assert "#wrong-numbers" not in Edition(full, {}, language="zh").generated["errata/index.md"]


def test_the_ledger_is_filtered_by_report_and_kind(edition: Edition, full: Book) -> None:
    html = drawn(edition, "errata/index.md")
    form = html[html.index('<form class="cmp er-filter">') : html.index("</form>")]
    assert '<option value="second">Second (1)</option><option value="first">First (1)</option>' in form
    assert '<option value="superlative">最高级不实 (1)</option>' in form
    assert "2 / 2 条</output>" in form
    empty = Edition(dataclasses.replace(full, errata={}), {}, language="zh")
    assert "ledger-filter" not in empty.generated["errata/index.md"]


def test_a_guard_that_no_longer_holds_is_said(full: Book) -> None:
    entry = full.errata["quiz-first"]
    assert holds(entry, full) is True
    broken = entry.model_copy(update={"guards": (entry.guards[0].model_copy(update={"right": "1"}),)})
    assert holds(broken, full) is False
    assert holds(full.errata["tally-text"], full) is None


def test_a_capability_page_lists_its_own_entries(edition: Edition) -> None:
    tags = Tags(drawn(edition, "capabilities/reading.md"))
    assert {"quiz-first", "tally-text"} <= set(tags.ids)
    assert "../../errata/#quiz-first" in tags.links


def test_a_capability_page_lists_the_gravest_first_and_folds_the_rest(full: Book) -> None:
    entry = full.errata["quiz-first"]
    kinds = ["name", "wording", *["comparison"] * 7, "value"]
    errata = {f"e-{n}": entry.model_copy(update={"kind": kind}) for n, kind in enumerate(kinds)}
    book = dataclasses.replace(full, errata=errata)
    page = Edition(book, {"capabilities/reading.md": "# 阅读\n\n```errata\ncapability: reading\n```\n"}, language="zh")
    html = drawn(page, "capabilities/reading.md")
    before, _, folded = html.partition("<details")
    assert re.findall(r'id="(e-\d+)"', before) == ["e-9", "e-2", "e-3", "e-4", "e-5", "e-6", "e-7", "e-8"]
    assert re.findall(r'id="(e-\d+)"', folded) == ["e-1", "e-0"]
    assert "其余 2 条" in folded and "88.70" not in html


def test_a_page_lists_the_entries_that_it_names(full: Book) -> None:
    fence = "```errata\nids: [tally-text, quiz-first]\n```\n"
    html = drawn(
        Edition(full, {"capabilities/training/part.md": f"# 阶段\n\n{fence}"}, language="zh"),
        "capabilities/training/part.md",
    )
    assert re.findall(r'<li id="([^"]+)"', html) == ["quiz-first", "tally-text"]
    assert "88.70" not in html


# -- reports, home, compare --------------------------------------------------------------------------------------------


def test_a_report_page_has_every_cell_and_every_number_of_the_text(edition: Edition, full: Book) -> None:
    tags = Tags(drawn(edition, "reports/first.md"))
    facts = {fact.id for fact in full.facts.values() if fact.report == "first"}
    assert facts <= set(tags.ids)
    assert {"first/table-01", "first/table-02", "q-first/languages", "first/table-01/typo.zh"} <= set(tags.ids)
    assert not tags.broken and len(set(tags.ids)) == len(tags.ids)


def test_a_reports_contents_lead_to_the_sections_that_cover_them(edition: Edition) -> None:
    html = drawn(edition, "reports/first.md")
    assert '<a href="../../capabilities/reading/#findings">阅读 · 发现</a>' in html
    assert '<a href="../../capabilities/reading/">阅读</a>' in html
    assert '<li data-level="2"><span class="c-title">1.1 Scope</span></li>' in html


def test_the_heat_map_takes_one_comparable_row_per_capability(edition: Edition) -> None:
    plot = edition.pages["index.md"].drawn[0].drawing.values["chart"]  # type: ignore[union-attr]
    lines = [
        (line.name, line.detail, [i.fact.value if i else None for i in line.items]) for line in plot.groups[0].lines
    ]
    assert lines == [("阅读", "Quiz", ["60.0", "88.70", "91.2*"]), ("计数", "Tally", [None, "50.0", "52.5"])]
    html = drawn(edition, "index.md")
    named = '<a class="name" href="benchmarks/quiz/">Quiz</a>'
    assert f'<a href="capabilities/reading/">阅读</a> <small>{named}</small>' in html


def test_home_counts_what_is_verified(edition: Edition, full: Book) -> None:
    html = drawn(edition, "index.md")
    for count in (len(full.facts), len(full.quantities), 1, len(full.errata)):
        assert f'<data value="{count}">' in html
    assert html.index("计数的说法") < html.index("Alpha 并非第一")  # the latest first


def test_compare_works_without_a_script(edition: Edition) -> None:
    html = drawn(edition, "compare/index.md")
    assert "<noscript>" in html and '<a href="../capabilities/reading/">' in html
    assert 'data-models="alpha-1b@instruct alpha-1b@thinking"' in html


@pytest.mark.parametrize(
    ("fence", "code", "line"),
    [
        ("errata\ncapability: readin", "F230", 2),
        ("errata\ncapability: reading\nreport: first", "F231", 2),
        ("errata\nreport: third", "F230", 2),
        ("errata\nids: [quiz-first, quiz-frist]", "F230", 2),
        ("errata\nids: [quiz-first]\nreport: first", "F231", 2),
        ("report-tables\nreport: frist", "F230", 2),
        ("report-contents\nreport: frist", "F230", 2),
        ("wrong-numbers\nkinds: [ratio]", "F222", 2),
        ("quantities\nof: frist", "F230", 2),
        ("quantities\nof: second", "F222", 2),
        ("home\nshow: [ways, way]", "F104", 2),
        ("home\nshow: [heat]\nheat:\n  columns: [alpha-9b]", "F213", 4),
        ("home\nshow: [heat]\nheat:\n  rows: [quizz]\n  columns: [alpha-8b]", "F212", 4),
        ("compare\nmodels: [alpha-9b]", "F213", 2),
        ("part\nshow: model\nid: alpha-9b", "F230", 3),
        ("part\nshow: model-index\nid: gamma", "F230", 3),
    ],
)
def test_a_wrong_fence_is_a_finding_at_its_place(full: Book, fence: str, code: str, line: int) -> None:
    found = Edition(full, {"a.md": f"```{fence}\n```\n"}, language="zh").problems
    assert (found[0].code, found[0].path, found[0].line) == (code, "a.md", line)


def test_english_text_keeps_the_space_after_a_comma(full: Book) -> None:
    edition = Edition(full, {}, language="en")
    assert "(Reading) in the technical reports of First, Second" in edition.generated["benchmarks/quiz.md"]
    assert "Who is \\*fast\\*." in _with_measure(full).generated["benchmarks/quiz.md"]
    assert "Models of the Alpha series: Alpha-8B, Alpha-1B." in edition.generated["models/alpha.md"]


def _with_measure(full: Book) -> Edition:
    quiz = full.benchmarks["quiz"]
    assert quiz.measures
    measures = quiz.measures.model_copy(update={"en": "who is *fast*"})
    benchmarks = {**full.benchmarks, "quiz": quiz.model_copy(update={"measures": measures})}
    return Edition(dataclasses.replace(full, benchmarks=benchmarks), {}, language="en")


def test_no_space_stands_between_chinese_characters(full: Book) -> None:
    alpha = full.models["alpha-8b"]
    named = alpha.model_copy(update={"name": Bilingual(zh="阿尔法", en="alpha")})
    book = dataclasses.replace(full, models={**full.models, "alpha-8b": named})
    page = Edition(book, {}, language="zh").generated["models/alpha-8b.md"]
    assert 'title: "阿尔法：得分与名次"' in page and "阿尔法在 " in page
