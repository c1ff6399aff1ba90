"""What holds for the whole site: search, compare, navigation, paper, no script, accessibility, weight."""

from __future__ import annotations

import gzip
import time
from pathlib import Path
from typing import Any

import pytest

KINDS = {
    "home": "",
    "capability": "capabilities/ocr/",
    "largest": "capabilities/text-only/",
    "training": "training/architecture/",
    "report": "reports/qwen2.5-vl/",
    "model": "models/qwen3-vl-8b/",
    "benchmark": "benchmarks/ocrbench/",
    "models": "models/",
    "benchmarks": "benchmarks/",
    "compare": "compare/",
    "errata": "errata/",
    "papers": "papers/",
    "about": "about/method/",
    "missing": "404.html",
}
QUERIES = {
    "文档": "capabilities/ocr/",
    "思考预算": "capabilities/thinking-budget/",
    "视觉定位": "capabilities/grounding/",
    "长上下文": "capabilities/long-context/",
    "多语言": "capabilities/multilingual/",
    "预训练": "training/pre-training/",
    "勘误": "errata/",
    "智能体": "capabilities/agent/",
    "蒸馏": "capabilities/post-training/distillation/",
    "多图": "capabilities/multi-image/",
    "评测设置": "training/evaluation-settings/",
    "OCRBench": "benchmarks/ocrbench/",
    "235B": "models/qwen3-235b-a22b/",
    "MMMU": "benchmarks/mmmu/",
    "MathVista": "benchmarks/mathvista/",
    "GPT-5": "models/gpt-5/",
    "DPO": "capabilities/post-training/dpo/",
    "OSWorld": "benchmarks/osworld/",
    "Qwen2.5-VL": "reports/qwen2.5-vl/",
    "DocVQA": "benchmarks/docvqa/",
    "Qwen3-VL-8B": "models/qwen3-vl-8b/",
    "GPT-5 mini": "models/gpt-5-mini/",
    "Video-MME": "benchmarks/video-mme/",
    "CC-OCR": "benchmarks/cc-ocr/",
    "grounding": "capabilities/grounding/",
    "agent": "capabilities/agent/",
    "multilingual": "capabilities/multilingual/",
    "distillation": "capabilities/post-training/distillation/",
    "document": "capabilities/ocr/",
    "冷启动": "capabilities/post-training/cold-start/",
    "MMLU-Pro": "benchmarks/mmlu-pro/",
    "RefCOCO": "benchmarks/refcoco/",
    "数学": "capabilities/reasoning/",
    "93.8 IFEval": "errata/",
    "Qwen3 表 11": "reports/qwen3/",
    "幻觉": "capabilities/alignment/",
    "IFEval": "benchmarks/ifeval/",
    "Arena-Hard": "benchmarks/arena-hard/",
    "Qwen3-VL 表 2": "reports/qwen3-vl/",
}


def test_the_page_itself_is_found_first(visit: Any) -> None:
    one = visit()
    page = one.go("about/method/")
    assert not [url for url in one.requests if "search" in url], (
        "nothing of the search is fetched before it is asked for"
    )
    page.keyboard.press("/")
    field = page.locator(".md-search__input")
    wrong = {}
    for query, expected in QUERIES.items():
        field.fill(query)
        page.keyboard.press("End")
        script = "q => document.querySelector('.md-search-result__item a')?.href && document.querySelector('.md-search__input').value === q"
        page.wait_for_function(script, arg=query)
        page.wait_for_timeout(600)
        first = page.locator(".md-search-result__item > a").first.get_attribute("href").split("?")[0].split("#")[0]
        if first.removeprefix(one.site) != expected:
            wrong[query] = first
    assert wrong == {}


def test_search_works_on_the_next_page(visit: Any) -> None:
    page = visit().go("")
    page.locator(".way a", has_text="OCR").first.click()
    page.wait_for_url("**/capabilities/ocr/")
    page.locator(".md-search__input").click()
    page.keyboard.type("OCRBench")
    page.locator(".md-search-result__item a").first.wait_for()


def test_the_home_page_opens_the_search(visit: Any) -> None:
    page = visit().go("")
    page.locator("[data-find]").click()
    assert page.evaluate("document.activeElement.name") == "query"


def themes_script(one: Any) -> list[str]:
    return [url for url in one.requests if "/bundle." in url]


def test_the_themes_script_waits_for_a_touch_on_a_telephone(visit: Any) -> None:
    desk, telephone = visit(), visit(width=390, height=844, has_touch=True, is_mobile=True)
    desk.go("capabilities/ocr/")
    assert len(themes_script(desk)) == 1
    page = telephone.go("capabilities/ocr/")
    page.wait_for_timeout(500)
    assert themes_script(telephone) == []
    page.locator(".md-header label[for=__drawer]").tap()
    page.wait_for_function("document.querySelector('#__drawer').checked")
    page.wait_for_function("document.querySelector('script[src*=\"/bundle.\"]')")
    assert len(themes_script(telephone)) == 1


def test_the_menu_of_a_narrow_window_is_reached_by_keyboard(visit: Any) -> None:
    page = visit(width=390).go("capabilities/ocr/")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('for')") == "__drawer":
            break
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.closest('.md-sidebar--primary')")
    page.wait_for_timeout(400)
    box = page.evaluate(
        "(({left, right, width}) => [left, right, width])(document.activeElement.getBoundingClientRect())"
    )
    assert 0 <= box[0] < box[1] <= 390 and box[2] > 10
    page.keyboard.press("Escape")
    page.wait_for_function("!document.querySelector('#__drawer').checked")
    assert page.evaluate("document.activeElement.getAttribute('for')") == "__drawer"


@pytest.mark.parametrize("opener", ["label[for=__search]", "[data-find]"])
def test_a_telephone_searches_at_the_first_touch(visit: Any, opener: str) -> None:
    page = visit(width=390, height=844, has_touch=True, is_mobile=True).go("")
    page.locator(opener).first.tap()
    page.wait_for_function("document.activeElement.name === 'query'")
    page.keyboard.type("OCRBench")
    page.locator(".md-search-result__item a").first.tap()
    page.wait_for_url("**/benchmarks/**")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_themes_script_may_come_late(visit: Any, width: int) -> None:
    def late(route: Any) -> None:
        time.sleep(0.6)
        route.continue_()

    one = visit(width=width)
    one.page.route("**/bundle.*", late)
    page = one.go("capabilities/ocr/")
    page.evaluate("scrollTo(0, 3000)")
    page.locator(".md-header__title--active").wait_for()
    page.evaluate("scrollBy(0, -300)")
    page.locator(".md-top").click()
    page.wait_for_function("scrollY === 0")


def test_the_key_that_the_themes_script_comes_with_counts(visit: Any) -> None:
    page = visit(width=390).go("capabilities/ocr/")
    page.keyboard.press("/")
    page.wait_for_function("document.activeElement.name === 'query'")
    page.keyboard.type("OCRBench")
    page.locator(".md-search-result__item a").first.wait_for()
    assert page.locator(".md-search__input").input_value() == "OCRBench"


def test_words_for_the_search_are_not_shown_with_what_it_finds(visit: Any) -> None:
    page = visit().go("?q=document understanding")
    page.locator(".md-search-result .md-tag").first.wait_for(state="attached")
    assert page.locator(".md-search-result .md-tag:visible").count() == 0


def test_names_in_written_tables_keep_whole_on_a_telephone(visit: Any) -> None:
    page = visit(width=390).go("papers/")
    names = page.locator(".plain td a", has_text="Qwen3Guard")
    assert names.evaluate_all("links => links.map(link => link.getClientRects().length)") == [1, 1]


@pytest.mark.parametrize("width", [1280, 390])
def test_an_address_with_a_question_opens_the_search(visit: Any, width: int) -> None:
    page = visit(width=width).go("?q=OCRBench")
    page.locator(".md-search-result__item a").first.wait_for()
    assert page.locator(".md-search__input").input_value() == "OCRBench"


def test_compare_keeps_its_state_in_the_address(visit: Any) -> None:
    page = visit().go("compare/")
    rows = page.locator(".cmp-out tbody tr")
    page.locator(".cmp-out [name=all]").click()
    everything = rows.count()
    page.locator(".cmp [name=k]").select_option("ocr")
    assert 0 < rows.count() < everything
    page.locator(".cmp [name=add]").focus()
    label = page.evaluate(
        "[...document.querySelectorAll('#cmp-list option')].map(o => o.value).find(v => v.startsWith('GPT-5 '))"
    )
    page.locator(".cmp [name=add]").fill(label)
    assert page.locator(".cmp-chips button", has_text=label).count() == 1
    page.locator(".cmp [name=s]").click()
    assert page.locator(".cmp-out td.e").count() == 0
    page.locator(".cmp-out svg :is(circle, rect)").first.wait_for()
    address, text = page.url, page.locator(".cmp-out").inner_text()
    page.go_back()
    page.wait_for_function("url => location.href !== url", arg=address)
    page.wait_for_timeout(200)
    assert page.locator(".cmp [name=s]").get_attribute("aria-pressed") == "false"
    other = visit().go(address.removeprefix(page.url.split("compare/")[0]))
    other.locator(".cmp-out svg :is(circle, rect)").first.wait_for()
    assert other.locator(".cmp-out").inner_text() == text


def test_compare_takes_the_first_model_that_a_word_fits(visit: Any) -> None:
    page = visit().go("compare/?m=qwen2.5-vl-72b@instruct")
    page.locator(".cmp [name=add]").fill("qwen2.5-vl-7b")
    page.locator(".cmp [name=add]").press("Enter")
    page.locator(".cmp-chips button", has_text="Qwen2.5-VL-7B").wait_for()
    assert page.locator(".cmp [name=add]").input_value() == ""


def test_compare_marks_what_does_not_compare(visit: Any) -> None:
    page = visit().go("compare/?m=qwen3-vl-8b@instruct,qwen2.5-vl-72b@instruct&s=1")
    page.locator(".cmp-out td.x sup").first.wait_for()
    assert page.locator(".cmp-out td.x b").count() == 0
    page.locator(".cmp-chips button").first.click()
    assert page.locator(".cmp-chips button").count() == 1
    with page.expect_download() as download:
        page.locator(".cmp [name=csv]").click()
    assert "MathVista" in download.value.path().read_text(encoding="utf-8")


def test_thinking_stands_beside_instruct(visit: Any) -> None:
    page = visit().go("compare/?m=qwen3-vl-8b@instruct&p=1")
    page.locator(".cmp-out th").first.wait_for()
    modes = page.locator(".cmp-out thead .m").all_inner_texts()
    assert modes == ["思考", "指令"]


def test_the_ledger_is_filtered_and_keeps_its_state_in_the_address(visit: Any) -> None:
    one = visit()
    page = one.go("errata/")
    entries, output = page.locator(".er:visible"), page.locator(".er-filter output")
    page.locator(".er-filter [name=kind]").select_option("misattributed")
    few = entries.count()
    assert 0 < few < page.locator(".er").count() and output.inner_text().startswith(f"{few} /")
    assert not page.locator("#wrong-numbers").is_visible()
    page.locator(".er-filter [name=report]").select_option("qwen3")
    assert set(entries.evaluate_all("all => all.map(one => one.dataset.report)")) == {"qwen3"}
    assert page.locator("article h2:visible").count() == 1
    page.reload()
    page.wait_for_function("document.querySelectorAll('.er[hidden]').length > 0")
    assert page.locator(".er-filter [name=report]").input_value() == "qwen3"
    one.check()


def test_instant_navigation_to_and_fro(visit: Any) -> None:
    page = visit().go("capabilities/ocr/")
    link = page.locator(".md-nav--primary a", has_text="视觉定位").first
    with page.expect_request("**/capabilities/grounding/") as early:
        link.hover()
    assert early.value.headers["sec-purpose"].startswith("prefetch")
    page.wait_for_timeout(500)
    link.click()
    page.wait_for_url("**/capabilities/grounding/")
    how = page.evaluate("performance.getEntriesByType('navigation')[0].deliveryType")
    assert how == "navigational-prefetch"
    table = page.locator("figure.st:has(.st-tools)").first
    table.scroll_into_view_if_needed()
    table.locator("[name=q]").fill("refcoco")
    assert "行" in table.locator("output").inner_text()
    page.go_back()
    page.wait_for_function("document.querySelector('h1').textContent.includes('OCR')")
    page.locator("figure.st:has(.st-tools)").first.scroll_into_view_if_needed()
    page.locator("figure.st:has(.st-tools)").first.locator("[name=q]").wait_for()


def test_a_mark_of_a_chart_leads_to_its_cell(visit: Any) -> None:
    page = visit().go("capabilities/ocr/")
    mark = page.locator("svg.ch a").first
    mark.scroll_into_view_if_needed()
    mark.click()
    page.wait_for_function("location.hash.length > 1")
    assert page.locator("td:target, td.hit").count() == 1


def test_the_theme_switches_and_is_remembered(visit: Any) -> None:
    page = visit(color_scheme="dark").go("capabilities/ocr/")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    for _ in range(2):
        page.locator("form[data-palette] label:visible").click()
    schemes = {page.locator("body").get_attribute("data-md-color-scheme")}
    page.locator("form[data-palette] label:visible").click()
    schemes.add(page.locator("body").get_attribute("data-md-color-scheme"))
    assert schemes <= {"default", "slate"}
    before = page.locator("body").get_attribute("data-md-color-scheme")
    page.reload()
    assert page.locator("body").get_attribute("data-md-color-scheme") == before


def test_without_script_everything_is_there(visit: Any, folder: Path) -> None:
    page = visit(java_script_enabled=False).go("capabilities/ocr/")
    assert page.locator("figure.st table").count() > 3
    assert page.locator(".st-tools").first.bounding_box()["height"] == 0
    page = visit(java_script_enabled=False).go("compare/")
    assert page.locator(".compare").inner_text().strip()
    fact = "qwen3-vl/table-02/ocrbench/qwen3-vl-235b-a22b@instruct"
    page = visit(java_script_enabled=False).go(f"reports/qwen3-vl/#{fact}")
    assert page.locator("td:target").inner_text() == "920"


def test_printed_tables_are_whole(visit: Any) -> None:
    page = visit(width=760).go("capabilities/ocr/")
    page.emulate_media(media="print")
    script = """() => [...document.querySelectorAll('.scores')].filter(region => region.offsetParent &&
        (region.scrollHeight > region.clientHeight + 2 || getComputedStyle(region).overflow !== 'visible')).length"""
    assert page.evaluate(script) == 0
    hidden = ".md-header, .md-tabs, .md-sidebar, .md-footer, .st-tools"
    assert all(not one.is_visible() for one in page.locator(hidden).all())
    source = "getComputedStyle(document.querySelector('.st-source'), '::after').content"
    assert "attr" in page.evaluate(source) or "arxiv.org" in page.evaluate(source)
    # a chart stands on one page with its title: A4 has 257 mm, 971 px, between its margins
    assert max(page.locator(".chart").evaluate_all("all => all.map(one => one.offsetHeight)")) < 971
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF") and len(pdf) > 100_000


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(visit: Any, axe: str, kind: str, scheme: str, width: int) -> None:
    page = visit(width=width, color_scheme=scheme).go(KINDS[kind])
    page.wait_for_timeout(300)
    if kind == "compare":
        page.locator(".cmp-out tbody tr").first.wait_for()
    page.evaluate(axe)
    # in the dark the page is the same but for its colours, and every sixth entry of the ledger shows them all
    if scheme == "dark":
        page.evaluate("document.querySelectorAll('.er').forEach((one, i) => i % 6 && one.remove())")
    rules = (
        "{resultTypes: ['violations']}" if scheme == "light" else "{runOnly: ['color-contrast', 'link-in-text-block']}"
    )
    script = f"axe.run(document, {rules}).then(found => found.violations.map(one => [one.id, one.nodes.length, one.nodes[0].html.slice(0, 200), one.nodes[0].failureSummary]))"
    assert page.evaluate(script) == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_scrolls_sideways_and_nothing_shifts(visit: Any, kind: str) -> None:
    one = visit(width=360, height=740)
    one.page.add_init_script("""window.shift = 0; new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
    }).observe({type: 'layout-shift', buffered: true})""")
    page = one.go(KINDS[kind])
    page.wait_for_timeout(600)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    # a table that is still arriving may move its columns by a few pixels
    assert page.evaluate("window.shift") < 0.005


def test_a_first_visit_is_light(visit: Any, folder: Path) -> None:
    """Bytes as GitHub Pages sends them, everything that the page asks for by itself."""
    one = visit()
    page = one.go("capabilities/text-only/")
    page.wait_for_timeout(1000)
    weights = {}
    for url in dict.fromkeys(one.requests):
        path = folder / url.removeprefix(one.site).split("?")[0]
        path = path / "index.html" if path.is_dir() else path
        weights[str(path.relative_to(folder))] = len(gzip.compress(path.read_bytes(), 6))
    ours = sum(size for name, size in weights.items() if name.startswith("assets/") and name.count("/") == 1)
    print(weights, sum(weights.values()), ours)
    assert ours <= 20 * 1024
    assert sum(weights.values()) <= 150 * 1024
    assert len(gzip.compress((folder / "search/search_index.json").read_bytes(), 6)) <= 40 * 1024
