"""Charts: what a fence may ask for, what is drawn, and that no label touches another."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from atlas.book import Book
from atlas.drawing import Desk, Drawn, draw_fences
from atlas.linking import Links
from atlas.loading import load
from atlas.plots import draw, shades
from atlas.plotting import Plot
from atlas.prose.names import Names
from atlas.rendering import Environment, interface
from atlas.shapes import LINE, WIDTH, Scene, labelled, overlap, spread, text_width, tick_text, ticks, wrapped

THIRD = {
    "report.yml": "name: Third\ntitle: Third\narxiv: '2501.00003'\nurl: https://arxiv.org/abs/2501.00003\n"
    "series: alpha\ndescription: {zh: 第三份, en: the third}\n",
    "figure-1.yml": """
caption: {zh: 预算, en: budget}
confidence: medium
columns:
  - {model: alpha-8b, mode: thinking, variant: budget-1k}
  - {model: alpha-8b, mode: thinking, variant: budget-8k}
  - {model: alpha-8b, mode: thinking, variant: budget-32k}
  - {model: alpha-8b, mode: instruct}
rows:
  - {benchmark: quiz, values: [30.5, 60.5, 80.5, 25.5]}
  - {benchmark: tally, values: [40.0, 40.1, 40.2, 39.9]}
""",
    "table-02.yml": """
caption: {zh: 尺寸, en: sizes}
columns:
  - {model: alpha-1b, mode: thinking}
  - {model: alpha-8b, mode: thinking}
  - {model: alpha-8x, mode: thinking}
  - {model: alpha-1b, mode: instruct}
  - {model: alpha-8b, mode: instruct}
  - {model: alpha-8x, mode: instruct}
rows:
  - {benchmark: quiz, values: [30.0, 50.0, 49.0, 20.0, 50.0, 48.0]}
  - {benchmark: span, split: 4k, values: [99.0, 99.5, 99.6, 97.0, 98.0, 98.1]}
  - {benchmark: span, split: 128k, values: [59.0, 79.5, 79.6, 57.0, 78.0, 78.1]}
  - {benchmark: span, split: avg, values: [70.0, 80.0, 80.1, 60.0, 79.0, 79.1]}
""",
}
MORE = {
    "models.yml": "alpha-8x: {name: Alpha-8X, family: alpha, developer: Qwen Team, parameters: {total: 9B}, "
    "architecture: moe}\n",
    "benchmarks.yml": "span: {name: Span, capability: counting, unit: percent, direction: higher, "
    "splits: {4k: ~, 128k: ~, avg: ~}}\n",
}


@pytest.fixture(scope="session")
def wide(tmp_path_factory: pytest.TempPathFactory, pair_root: Path) -> Book:
    """The pair of reports and a third one, with budgets, sizes and lengths."""
    root = Path(shutil.copytree(pair_root, tmp_path_factory.mktemp("wide") / "project")) / "data"
    (root / "reports" / "third").mkdir()
    for name, text in THIRD.items():
        (root / "reports" / "third" / name).write_text(text, encoding="utf-8")
    for name, text in MORE.items():
        (root / name).write_text((root / name).read_text(encoding="utf-8") + text, encoding="utf-8")
    words = (root / "vocabulary.yml").read_text(encoding="utf-8")
    new = "".join(f"  budget-{n}k: {{name: 预算 {n}K, meaning: {{zh: x, en: x}}}}\n" for n in (1, 8, 32))
    words = words.replace("variants:\n", "variants:\n" + new)
    words = words.replace("splits:\n", "splits:\n  4k: {name: 4K}\n  128k: {name: 128K}\n  avg: {name: Avg}\n")
    (root / "vocabulary.yml").write_text(words, encoding="utf-8")
    book, problems = load(root)
    assert not problems, "\n".join(map(str, problems))
    return book


Ask = Callable[..., Drawn]


@pytest.fixture
def ask(wide: Book) -> Ask:
    def ask(body: str, language: str = "zh") -> Drawn:
        links = Links(wide, ["models/alpha-8b.md"])
        desk = Desk(book=wide, names=Names(wide), links=links, language=language, page="capabilities/reading.md")
        return draw_fences(f"# 页\n\n```chart\n{body}\n```\n", "p.md", desk)[0]

    return ask


@pytest.fixture
def plotted(ask: Ask) -> Callable[..., Plot]:
    def plotted(body: str, language: str = "zh") -> Plot:
        drawn = ask(body, language)
        assert not drawn.problems, "\n".join(map(str, drawn.problems))
        assert drawn.drawing
        found = drawn.drawing.values["chart"]
        assert isinstance(found, Plot)
        return found

    return plotted


def words(key: str, language: str = "zh", **values: object) -> str:
    text = interface()[0][key][language]
    return text.format(**values) if values else text


# -- what may be asked for ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "code", "line", "words"),
    [
        ("kind: pie\nbenchmark: quiz", "F104", 4, "'bars'"),
        ("kind: bars\nbenchmark: quiz\nx: size", "F201", 6, "takes no 'x'"),
        ("kind: bars\ntables: [first/table-01]", "F202", 4, "needs benchmark or benchmarks"),
        ("kind: slopes\nbenchmarks: [quiz]\nfrom: alpha-1b", "F202", 4, "needs to"),
        ("kind: bars\nbenchmark: quizz", "F212", 5, "did you mean 'quiz'?"),
        ("kind: bars\nbenchmark: typo.fr", "F212", 5, "split"),
        ("kind: bars\nbenchmark: quiz\ntables: [first/table-1]", "F210", 6, "did you mean 'first/table-"),
        ("kind: heat\nrows: [readin]\ncolumns: [alpha-8b]", "F212", 5, "did you mean 'reading'?"),
        ("kind: heat\nrows: [quiz]\ncolumns: [quiz,\n  alpha-8c]", "F213", 6, "'quiz'"),
        ("kind: dots\nbenchmarks: [quiz]\nmodels: [alpha-8b, alhpa]", "F213", 6, "did you mean 'alpha"),
        ("kind: bars\nbenchmark: quiz\nmodes: [thinkin]", "F214", 6, "did you mean 'thinking'?"),
        ("kind: bars\nbenchmark: layers\ntables: [first/table-01]", "F215", 5, "no row 'layers'"),
        ("kind: bars\nbenchmark: quiz\nmodels: [alpha-8x]\ntables: [first/table-01]", "F215", 6, "no column"),
        ("kind: heat\nrows: [counting]\ncolumns: [alpha-8x]\ntables: [second/table-01]", "F215", 5, "'counting'"),
        ("kind: slopes\nbenchmarks: [quiz]\nfrom: alpha-8b\nto: beta-1\ntables: [first/table-01]", "F221", 6,
         "alpha-8b@thinking, alpha-8b@instruct"),
        ("kind: slopes\nbenchmarks: [quiz]\nfrom: alpha-1b@thinking\nto: alpha-8b@thinking", "F221", 6, "30.0 in third"),
        ("kind: bars\nbenchmark: tally\nmodels: [alpha-1b]\ntables: [first/table-01]", "F222", 4, "no number"),
        ("kind: bars\nbenchmark: quiz\nvariants: [with-tool]\ntables: [first/table-01]", "F215", 6, "'with-tool'"),
        ("kind: lines\nx: length\nbenchmarks: [quiz]\nfamily: alpha\nreport: third", "F222", 4, "no number"),
        ("kind: heat\nrows: [quiz]\ncolumns: [alpha, beta]", "F223", 4, "7 at most"),
    ],
)  # fmt: skip
def test_a_wrong_fence_is_a_finding_at_its_place(ask: Ask, body: str, code: str, line: int, words: str) -> None:
    found = ask(body)
    assert found.drawing is None
    assert (found.problems[0].code, found.problems[0].line) == (code, line)
    assert words in found.problems[0].message


def test_each_finding_is_told_once(ask: Ask) -> None:
    found = ask("kind: heat\nrows: [quiz, quizz]\ncolumns: [alpha-8c, alpha-8d]")
    assert sorted((p.code, p.line) for p in found.problems) == [("F212", 5), ("F213", 6), ("F213", 6)]
    assert len({p.column for p in found.problems}) == 3


# -- what is drawn -----------------------------------------------------------------------------------------------------


def texts(plot: Plot) -> list[list[str]]:
    return [
        [" ".join([line.name, *(i.fact.value if i else "·" for i in line.items)]) for line in g.lines]
        for g in plot.groups
    ]


def test_bars_stand_best_first_with_values_as_printed(plotted: Callable[..., Plot]) -> None:
    plot = plotted("kind: bars\nbenchmark: quiz\ntables: [first/table-01]")
    assert texts(plot) == [["Beta-One 91.2*", "Alpha-8B 88.70", "Alpha-1B 88.70", "Alpha-8B 60.0"]]


def test_bars_of_a_lower_is_better_benchmark_begin_with_the_lowest(plotted: Callable[..., Plot]) -> None:
    plot = plotted("kind: bars\nbenchmark: typo.en\ntables: [first/table-01]")
    assert texts(plot) == [["Alpha-8B 0.100", "Beta-One 0.200", "Alpha-8B 0.300"]]
    assert plot.notes == (("chart-missing", (("row", "Typo 英文"), ("models", "Alpha-1B"))),)


def test_bars_keep_the_printed_order_on_demand(plotted: Callable[..., Plot]) -> None:
    plot = plotted("kind: bars\nbenchmark: quiz\ntables: [first/table-01]\norder: printed")
    assert texts(plot)[0][0] == "Alpha-8B 88.70"


def test_a_benchmark_with_splits_has_a_panel_for_each(plotted: Callable[..., Plot]) -> None:
    plot = plotted("kind: bars\nbenchmark: typo\ntables: [first/table-01]")
    assert [group.axis.name for group in plot.groups] == ["Typo 英文", "Typo 中文"]


def test_what_a_report_prints_twice_alike_is_one_mark(plotted: Callable[..., Plot]) -> None:
    plot = plotted("kind: bars\nbenchmark: quiz\nmodels: [alpha-1b]\nreport: first")
    assert texts(plot) == [["Alpha-1B 88.70", "Alpha-1B 41.0"]]


def test_two_reports_are_told_apart(plotted: Callable[..., Plot]) -> None:
    plot = plotted("kind: bars\nbenchmark: quiz\nmodels: [beta]\ntables: [first/table-01, second/table-01]")
    assert [item.detail for item in plot.items] == ["思考 First 表 1", "思考 Second 表 1"]


def test_dots_pair_thinking_with_direct_and_mark_unequal_conditions(plotted: Callable[..., Plot]) -> None:
    plot = plotted("kind: dots\nbenchmarks: [quiz, tally, typo.en]\nmodels: [alpha-8b]\ntables: [first/table-01]")
    assert texts(plot) == [["Quiz 88.70 60.0", "Tally 50.0 40.0+"], ["Typo 英文 0.100 0.300"]]
    assert [line.alike for group in plot.groups for line in group.lines] == [True, False, True]
    assert plot.notes == (("chart-variant", (("row", "Tally"), ("column", "Alpha-8B 指令 用工具"))),)


def test_dots_of_several_models_have_a_panel_per_benchmark(plotted: Callable[..., Plot]) -> None:
    plot = plotted("kind: dots\nbenchmarks: [quiz, span.avg]\nmodels: [alpha]\nreport: third\ntables: [2]")
    assert texts(plot) == [
        ["Alpha-1B 30.0 20.0", "Alpha-8B 50.0 50.0", "Alpha-8X 49.0 48.0"],
        ["Alpha-1B 70.0 60.0", "Alpha-8B 80.0 79.0", "Alpha-8X 80.1 79.1"],
    ]


def test_slopes_run_over_all_stops(plotted: Callable[..., Plot]) -> None:
    plot = plotted(
        "kind: slopes\nbenchmarks: [quiz, tally, typo.zh]\nfrom: alpha-8b@instruct\nvia: [alpha-8b@thinking]\n"
        "to: beta-1\ntables: [first/table-01]"
    )
    assert texts(plot) == [["Quiz 60.0 88.70 91.2*", "Tally 40.0+ 50.0 ·"], ["Typo 中文 0.400 0.210 0.110"]]
    assert plot.groups[0].stops == ("Alpha-8B 指令", "Alpha-8B 思考", "Beta-One 思考")
    assert [line.alike for line in plot.groups[0].lines] == [True, False]


def test_slopes_leave_out_a_row_with_one_end(plotted: Callable[..., Plot]) -> None:
    plot = plotted(
        "kind: slopes\nbenchmarks: [quiz, span.4k]\nfrom: beta-1\nto: alpha-8x@thinking\n"
        "tables: [first/table-01, third/table-02]"
    )
    assert texts(plot) == [["Quiz 91.2* 49.0"]]
    assert ("chart-alone", (("row", "Span 4K"),)) in plot.notes


def test_lines_over_size_join_dense_models_only(plotted: Callable[..., Plot]) -> None:
    plot = plotted("kind: lines\nx: size\nbenchmarks: [quiz, span.avg]\nfamily: alpha\ntables: [third/table-02]")
    assert texts(plot)[0] == ["思考 30.0 50.0 49.0", "指令 20.0 50.0 48.0"]
    assert [(item.x_text, item.apart) for item in plot.groups[0].lines[0].items if item] == [
        ("1.5B", False), ("8B", False), ("9B", True),
    ]  # fmt: skip
    assert plot.notes == (("chart-moe", ()),)


def test_lines_over_budget_have_the_direct_answer_as_a_level(plotted: Callable[..., Plot]) -> None:
    plot = plotted("kind: lines\nx: budget\nbenchmarks: [quiz]\nmodels: [alpha-8b]\ntables: [third/figure-1]")
    assert texts(plot) == [["思考 30.5 60.5 80.5", "指令 25.5"]]
    assert [line.level for line in plot.groups[0].lines] == [False, True]
    assert [item.x_text for item in plot.items[:3]] == ["1K", "8K", "32K"]


def test_lines_over_length_take_the_lengths_and_leave_the_average(plotted: Callable[..., Plot]) -> None:
    plot = plotted("kind: lines\nx: length\nbenchmarks: [span]\nmodels: [alpha-8b, alpha-1b@thinking]\nreport: third")
    assert texts(plot) == [["Alpha-8B 思考 99.5 79.5", "Alpha-8B 指令 98.0 78.0", "Alpha-1B 思考 99.0 59.0"]]
    assert plot.groups[0].axis.name == "Span"


def test_one_series_per_benchmark_shares_a_panel(plotted: Callable[..., Plot]) -> None:
    plot = plotted(
        "kind: lines\nx: size\nbenchmarks: [quiz, span.avg]\nfamily: alpha\nmodes: [thinking]\ntables: [third/table-02]"
    )
    assert [[line.name for line in group.lines] for group in plot.groups] == [["Quiz", "Span Avg"]]


def test_heat_columns_stand_as_asked(plotted: Callable[..., Plot]) -> None:
    plot = plotted("kind: heat\nrows: [reading]\ncolumns: [beta-1, alpha-8b]\ntables: [first/table-01]")
    assert plot.groups[0].stops == ("Beta-One 思考", "Alpha-8B 思考", "Alpha-8B 指令")
    assert texts(plot) == [["Quiz 91.2* 88.70 60.0", "Typo 英文 0.200 0.100 0.300", "Typo 中文 0.110 0.210 0.400"]]


def test_heat_shades_follow_the_direction(plotted: Callable[..., Plot]) -> None:
    plot = plotted("kind: heat\nrows: [reading, tally]\ncolumns: [beta-1, alpha-8b]\ntables: [first/table-01]")
    assert [shades(line) for line in plot.groups[0].lines] == [
        ["h4", "h4", "h0"], ["h2", "h4", "h0"], ["h4", "h3", "h0"], ["hn", "h4", "h0"],
    ]  # fmt: skip


# -- where it stands ---------------------------------------------------------------------------------------------------

BODIES = [
    "kind: bars\nbenchmark: quiz",
    "kind: bars\nbenchmarks: [quiz, typo, tally]",
    "kind: dots\nbenchmarks: [quiz, tally, typo, span]\nmodels: [alpha]",
    "kind: dots\nbenchmarks: [quiz, tally, typo]\nmodels: [alpha-8b]\ntables: [first/table-01]",
    "kind: slopes\nbenchmarks: [quiz, tally, typo]\nfrom: alpha-8b@instruct\nto: beta-1\ntables: [first/table-01]",
    "kind: slopes\nbenchmarks: [quiz, span]\nfrom: alpha-1b@instruct\nvia: [alpha-8b@instruct]\n"
    "to: alpha-8x@instruct\ntables: [third/table-02]",
    "kind: lines\nx: size\nbenchmarks: [quiz, span]\nfamily: alpha\nreport: third",
    "kind: lines\nx: budget\nbenchmarks: [quiz, tally]\nmodels: [alpha-8b]\ntables: [third/figure-1]",
    "kind: lines\nx: length\nbenchmarks: [span]\nfamily: alpha\nreport: third",
    "kind: heat\nrows: [reading, counting]\ncolumns: [alpha-8b, alpha-1b]\nreport: first",
    "kind: heat\nrows: [quiz]\ncolumns: [beta-1]",
]


def collisions(scene: Scene) -> list[object]:
    boxes = [(shape.text, shape.box) for shape in scene.shapes if shape.kind == "text"]
    outside = [
        (text, box)
        for text, box in boxes
        if box[0] < -0.01 or box[2] > WIDTH + 0.01 or box[1] < 0 or box[3] > scene.height
    ]
    return [*outside, *((a, b) for (a, box), (b, other) in combinations(boxes, 2) if overlap(box, other))]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_label_touches_another_or_leaves_the_drawing(plotted: Callable[..., Plot], body: str, language: str) -> None:
    plot = plotted(body, language)
    scene = draw(plot, lambda key, **values: words(key, language, **values))
    assert not collisions(scene)
    assert {shape.fact for shape in scene.shapes if shape.fact} == {item.fact.id for item in plot.items}


@pytest.mark.parametrize("body", BODIES)
def test_every_mark_links_to_its_fact_and_says_what_it_is(ask: Ask, wide: Book, body: str) -> None:
    drawing = ask(body).drawing
    assert drawing
    environment = Environment(wide, Links(wide, []), language="zh", strings=interface()[0])
    html = environment.render(drawing.template, "capabilities/reading.md", shown=set(), **drawing.values)
    links = re.findall(r'<a xlink:href="([^"]+)" role="link" aria-label="([^"]+)">', html.split("</svg>")[0])
    assert links
    for href, label in links:
        fact = wide.facts[href.split("#")[1]]
        assert href.startswith("../../reports/")
        assert label.endswith(f"· {fact.value}") and wide.models[fact.model].name["zh"] in label
    plot = drawing.values["chart"]
    assert html.count("<tr>") == 1 + len(plot.items)
    assert "<title id=" in html and "<desc id=" in html and "None" not in html


def test_a_mark_links_to_the_cell_on_its_own_page(ask: Ask, wide: Book) -> None:
    drawing = ask("kind: bars\nbenchmark: quiz\ntables: [second/table-01]").drawing
    assert drawing
    environment = Environment(wide, Links(wide, []), language="zh", strings=interface()[0])
    fact = "second/table-01/quiz/beta-1@thinking"
    html = environment.render(drawing.template, "capabilities/reading.md", shown={fact}, **drawing.values)
    assert f'<a xlink:href="#{fact}"' in html
    assert "只有一份" in html  # the table's confidence is medium


def test_bars_begin_at_zero_and_are_as_long_as_their_values(plotted: Callable[..., Plot]) -> None:
    scene = draw(plotted("kind: bars\nbenchmark: quiz\ntables: [first/table-01]"), words)
    bars = [shape for shape in scene.shapes if shape.kind == "rect"]
    assert len({bar.x for bar in bars}) == 1
    assert bars[0].width / bars[-1].width == pytest.approx(91.2 / 60.0)


def test_bars_of_two_kinds_have_a_legend_and_those_of_one_kind_none(plotted: Callable[..., Plot]) -> None:
    both = draw(plotted("kind: bars\nbenchmark: quiz\ntables: [first/table-01]"), words)
    legend = [words("chart-thinking"), words("chart-direct")]
    assert [shape.text for shape in both.shapes if shape.style == "l"] == legend
    assert {shape.style for shape in both.shapes if shape.kind == "rect"} == {"bar t q", "bar d q", "bar t"}
    one = draw(plotted("kind: bars\nbenchmark: quiz\ntables: [first/table-01]\nmodes: [instruct]"), words)
    assert not [shape.text for shape in one.shapes if shape.style == "l"]
    assert {shape.style for shape in one.shapes if shape.kind == "rect"} == {"bar t q"}


def test_an_axis_without_zero_says_so(plotted: Callable[..., Plot]) -> None:
    scene = draw(plotted("kind: dots\nbenchmarks: [quiz]\nmodels: [alpha-8b]\ntables: [first/table-01]"), words)
    assert any("不从 0 开始" in shape.text for shape in scene.shapes)


# -- room and ticks ----------------------------------------------------------------------------------------------------


def test_chinese_takes_an_em_and_latin_about_half() -> None:
    assert text_width("思考") == 24
    assert 60 < text_width("Alpha-8Bxx") < 85
    assert text_width("iiii") < text_width("WWWW") / 2


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("Alpha-8B 思考", 200, ["Alpha-8B 思考"]),
        ("Qwen3-VL-235B-A22B 思考", 150, ["Qwen3-VL-235B-A22B", "思考"]),
        ("Qwen3-VL-235B-A22B", 80, ["Qwen3-VL-", "235B-A22B"]),
        ("多语言文档理解", 50, ["多语言文", "档理解"]),
        ("abcdeghk", 30, ["abc", "deg", "hk"]),
        ("", 30, [""]),
        ("AIME'24：pass@1，64 次采样的平均，%", 130, ["AIME'24：pass@1，", "64 次采样的平均，%"]),
        ("准确率，%，坐标轴不从 0 开始", 150, ["准确率，%，", "坐标轴不从 0 开始"]),
        ("共 32,768 个", 60, ["共 32,768", "个"]),
    ],
)
def test_text_breaks_where_it_may(text: str, room: float, lines: list[str]) -> None:
    assert wrapped(text, room) == lines


@pytest.mark.parametrize("seed", range(30))
def test_spread_labels_stay_apart_in_order_and_inside(seed: int) -> None:
    chance = random.Random(seed)
    count = chance.randint(1, 20)
    wanted = [chance.uniform(-20, 320) for _ in range(count)]
    found = spread(wanted, LINE, 0, 300)
    gap = min(LINE, 300 / max(1, count - 1))
    ordered = sorted(found)
    assert all(b - a >= gap - 1e-6 for a, b in pairwise(ordered))
    assert min(found) >= -1e-6 and max(found) <= 300 + 1e-6
    assert sorted(range(count), key=wanted.__getitem__) == sorted(range(count), key=found.__getitem__)


def test_labels_that_have_room_do_not_move() -> None:
    assert spread([10, 50, 90], 14, 0, 100) == [10, 50, 90]


def test_a_label_without_room_is_left_out() -> None:
    area = (0.0, 0.0, 40.0, 40.0)
    found = labelled([(20, 20, "88.8"), (21, 20, "88.9"), (22, 20, "89.0")], [], area)
    assert [(shape.text, shape.y < 20) for shape in found] == [("88.8", True), ("88.9", False)]


@pytest.mark.parametrize(
    ("low", "high", "values"),
    [
        (0, 91.2, ["0", "50", "100"]),
        (0, 0.472, ["0", "0.2", "0.4", "0.6"]),
        (1.6, 85.8, ["0", "50", "100"]),
        (8.5, 8.5, ["8", "9"]),
        (-0.6, 8.6, ["-5", "0", "5", "10"]),
        (0.143, 0.155, ["0.14", "0.145", "0.15", "0.155"]),
    ],
)
def test_ticks_are_round_and_span_the_values(low: float, high: float, values: list[str]) -> None:
    assert [tick_text(value) for value in ticks(low, high, most=5)] == values
