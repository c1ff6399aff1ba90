"""What a reader sees without asking: the first screen of the home page, and words and numbers that stay whole."""

from __future__ import annotations

import re
from typing import Any

import pytest

FIRST_SCREEN = (".a-find", ".way:nth-child(3) ul", ".heat-table tbody tr:last-child", ".verified dd", ".latest li a")


def test_the_first_screen_of_home_says_what_this_is(visit: Any) -> None:
    page = visit().go("")
    below = {
        name: box
        for name in FIRST_SCREEN
        if (box := page.locator(name).first.bounding_box()) is None or box["y"] + box["height"] > 900
    }
    assert below == {}


def test_a_phone_shows_the_search_and_the_three_ways_first(visit: Any) -> None:
    page = visit(width=390, height=844).go("")
    for name in (".a-find", ".way:nth-child(1) h2", ".way:nth-child(2) h2", ".way:nth-child(3) h2"):
        box = page.locator(name).bounding_box()
        assert box["y"] + box["height"] <= 844, name


def test_the_heat_map_links_on(visit: Any) -> None:
    page = visit().go("")
    table = page.locator(".heat-table")
    assert table.locator("tbody th a[href*='capabilities/']").count() == table.locator("tbody tr").count()
    assert table.locator("thead a[href*='models/']").count() == 4
    table.locator("a.n").first.hover()
    page.locator(".a-card:popover-open").wait_for()
    table.locator("a.n").first.click()
    page.wait_for_url("**/reports/**")
    page.locator("td:target, td.hit").wait_for()


@pytest.mark.parametrize("width", [1280, 768, 390, 360])
@pytest.mark.parametrize("path", ["", "capabilities/ocr/", "reports/qwen3/"])
def test_key_figures_stand_on_one_line(visit: Any, path: str, width: int) -> None:
    page = visit(width=width).go(path)
    script = """links => links.filter(link => {
        const range = document.createRange();
        range.selectNodeContents(link);
        return new Set([...range.getClientRects()].map(box => Math.round(box.bottom / 8))).size > 1;
    }).map(link => link.textContent)"""
    assert page.locator(".figures dd > a").evaluate_all(script) == []


def test_the_key_of_the_search_can_be_read_in_the_dark(visit: Any) -> None:
    page = visit(color_scheme="dark").go("")
    script = "key => { const style = getComputedStyle(key); return [style.color, style.backgroundColor] }"
    color, background = (
        [int(float(part)) for part in text.strip("rgba()").split(",")[:3]]
        for text in page.locator(".a-find kbd").evaluate(script)
    )
    assert sum(color) - sum(background) > 250


def test_on_paper_a_link_is_a_number_and_a_note(visit: Any) -> None:
    page = visit(width=760).go("capabilities/ocr/")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    notes = page.locator("section.a-note li").all_inner_texts()
    assert len(notes) > 5 and all("http://" in note or "https://" in note for note in notes)
    numbers = {int(text) for text in page.locator("sup.a-note").all_text_contents()}
    assert numbers == set(range(1, len(notes) + 1))
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".a-note").count() == 0


def test_a_missing_page_offers_the_search(visit: Any) -> None:
    page = visit().go("404.html")
    page.locator("[data-find]").click()
    assert page.evaluate("document.activeElement.name") == "query"


@pytest.mark.parametrize(
    ("path", "back"), [("models/qwen3-vl-8b/", "models/"), ("benchmarks/ocrbench/", "benchmarks/")]
)
def test_an_entry_leads_back_to_all_of_them(visit: Any, path: str, back: str) -> None:
    one = visit()
    one.go(path).locator(".a-back a").click()
    one.page.wait_for_url(one.site + back)


def test_compare_counts_rows_among_rows(visit: Any) -> None:
    page = visit().go("compare/")
    page.locator(".cmp-out tbody tr").first.wait_for()
    shown, everything = page.locator(".cmp output").inner_text().removesuffix(" 行").split(" / ")
    assert page.locator(".cmp-out tbody tr").count() == 24 < int(shown)
    page.locator(".cmp-out [name=all]").click()
    assert int(shown) == page.locator(".cmp-out tbody tr").count() < int(everything)


def test_the_card_says_which_parameters_are_activated(visit: Any) -> None:
    page = visit().go("capabilities/ocr/")
    page.locator("article a.n", has_text="82.2").first.hover()
    page.locator(".a-card:popover-open").wait_for()
    assert "235B，激活 22B" in page.locator(".a-card").inner_text()


def test_the_menus_come_and_go_from_page_to_page(visit: Any) -> None:
    page = visit().go("")
    assert not page.locator(".md-sidebar--primary").is_visible()
    page.locator(".way a", has_text="OCR").first.click()
    page.wait_for_url("**/capabilities/ocr/")
    page.locator(".md-sidebar--primary").wait_for()
    page.go_back()
    page.locator(".heat-table").wait_for()
    assert not page.locator(".md-sidebar--primary").is_visible()


# a page is at rest when it is loaded and nothing has scrolled or grown for this many looks, 30 ms apart
LOOKS = 40


def come_to_rest(page: Any) -> None:
    page.wait_for_load_state()
    page.evaluate(
        """looks => new Promise(resolve => {
            let calm = 0, was = "";
            const look = () => {
                const now = [scrollY, document.documentElement.scrollHeight].join();
                calm = now === was ? calm + 1 : 0;
                was = now;
                calm < looks ? setTimeout(look, 30) : resolve();
            };
            look();
        })""",
        LOOKS,
    )


CELL = """cell => {
    const box = one => one.getBoundingClientRect(), region = cell.closest('.scores'), inner = box(region);
    const head = box([...cell.closest('table').tHead.rows].at(-1).cells[0]), own = box(cell);
    return {
        'head below the bar': head.top >= box(document.querySelector('.md-header')).bottom,
        'cell below the head': own.top >= head.bottom - 1,
        'cell on the screen': own.bottom <= Math.min(innerHeight, inner.bottom),
        'cell beside the first column': own.left >= box(cell.parentNode.cells[0]).right - 1,
        'cell within the region': own.right <= inner.right + 1,
    };
}"""


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("named", ["qwen3/table-11", "qwen3/table-23"])
def test_a_table_named_in_the_list_shows_from_its_title_on(visit: Any, width: int, named: str) -> None:
    page = visit(width=width).go("reports/qwen3/")
    page.locator(f".table-list a[href$='#{named}']").click()
    come_to_rest(page)
    top = page.locator(f"[id='{named}'] .st-title").bounding_box()["y"]
    bar = page.locator(".md-header").bounding_box()
    assert bar["y"] + bar["height"] <= top < 200


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", ["models/qwen3-vl-8b/", "benchmarks/docvqa/"])
def test_a_score_leads_to_its_cell_with_the_heads_of_row_and_column(visit: Any, width: int, path: str) -> None:
    page = visit(width=width, height=844).go(path)
    for link in (page.locator(".sheet a.n", has_text="95.3").first, page.locator(".sheet a.n").last):
        link.click()
        page.wait_for_url("**/reports/**")
        come_to_rest(page)
        assert [what for what, holds in page.locator("td:target, td.hit").evaluate(CELL).items() if not holds] == []
        page.go_back()
        page.wait_for_url(f"**/{path}")


def test_an_entry_of_the_ledger_shows_below_the_bar(visit: Any) -> None:
    one = visit()
    last = one.go("errata/").locator(".er").last.get_attribute("id")
    page = one.go(f"errata/?again#{last}")
    come_to_rest(page)
    box = page.locator(f"[id='{last}']").bounding_box()
    assert box["y"] >= 49 and box["y"] + box["height"] <= 900


def test_after_a_jump_a_pointer_at_rest_asks_for_no_card(visit: Any) -> None:
    page = visit().go("capabilities/ocr/")
    link = page.locator("article a.n", has_text="82.2").first
    link.hover()
    page.locator(".a-card:popover-open").wait_for()
    link.click()
    come_to_rest(page)
    x, y = page.evaluate(
        "() => { const b = document.querySelector('td:target, td.hit').getBoundingClientRect(); return [b.left + 9, b.top + 9] }"
    )
    assert page.locator(".a-card:popover-open").count() == 0
    page.mouse.move(x, y)
    page.locator(".a-card:popover-open b", has_text="82.2").wait_for()
    page.mouse.move(5, 300)
    page.locator(".a-card").wait_for(state="hidden")
    page.locator("td.hit, td:target").hover()
    page.locator(".a-card:popover-open").wait_for()
    page.mouse.wheel(0, 300)
    page.locator(".a-card").wait_for(state="hidden")
    come_to_rest(page)
    assert page.locator(".a-card:popover-open").count() == 0


SMALL_LINES = """all => all.filter(one => {
    const range = document.createRange();
    range.selectNodeContents(one);
    return new Set([...range.getClientRects()].map(box => Math.round(box.bottom / 6))).size > 1;
}).map(one => one.textContent)"""


@pytest.mark.parametrize("path", ["models/", "benchmarks/mmmu/", "reports/qwen3/"])
def test_the_name_of_a_mode_stands_on_one_line(visit: Any, path: str) -> None:
    page = visit(width=390).go(path)
    modes = page.locator("article small.m")
    assert modes.count() > 10
    assert modes.evaluate_all(SMALL_LINES) == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_heading_of_a_chart_breaks_after_commas(visit: Any, width: int) -> None:
    texts = visit(width=width).go("capabilities/text-only/").locator("svg.ch text.a").all_text_contents()
    assert texts and not [
        text for text in texts if text.endswith((" 0", "不从")) or text.startswith(("0 ", "开始", "次"))
    ]


def test_compare_names_its_plot_and_its_links(visit: Any) -> None:
    page = visit().go("compare/")
    page.locator(".cmp-out svg.ch[role=img]").wait_for()
    assert page.locator(".cmp-out h2").inner_text() == page.locator("svg.ch[role=img]").get_attribute("aria-label")
    assert page.locator("h2:has(+ .cmp-links)").inner_text()


def test_the_table_of_findings_aligns_on_a_phone(visit: Any) -> None:
    """Its digits come first, so no glyph of another width stands before them."""
    block = visit(width=390).go("about/method/").locator("pre code", has_text="误报的原因")
    lines = [line for line in block.text_content().splitlines() if line.lstrip()[:1].isdigit()]
    assert len(lines) > 20
    ends = [[match.end() for match in re.finditer(r"[\d/]+", line[:33])] for line in lines]
    assert all(line[:33].isascii() for line in lines) and len({tuple(one) for one in ends}) == 1


def test_a_link_into_a_folded_block_unfolds_it(visit: Any) -> None:
    one = visit()
    page = one.go("capabilities/text-only/")
    cell = page.locator("details:not([open]) .st-table td[data-f], details:not([open]) .st-table td[id]").first
    fact = cell.get_attribute("data-f") or cell.get_attribute("id")
    page.goto(one.site + "capabilities/text-only/#" + fact)
    page.locator("td.hit, td:target").first.wait_for()
    assert page.locator("td.hit, td:target").first.evaluate("td => td.closest('details')?.open ?? true")


def test_nothing_is_folded_on_paper(visit: Any) -> None:
    page = visit().go("capabilities/text-only/")
    folded = page.locator("details:not([open])")
    before = folded.count()
    assert before
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert folded.count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert folded.count() == before


def test_the_menu_of_a_phone_opens_and_leads_on(visit: Any) -> None:
    page = visit(width=390).go("about/method/")
    link = page.locator(".md-nav--primary .md-nav__link--active + .md-nav a, .md-nav--primary a").first
    assert not link.is_visible()
    page.locator(".md-header__button[for=__drawer]").click()
    page.locator(".md-nav--primary a[href$='contributing/']").click()
    page.wait_for_url("**/about/contributing/")


def test_paper_has_the_colours_of_the_light_scheme(visit: Any) -> None:
    page = visit(color_scheme="dark").go("capabilities/agent/")
    fill = "getComputedStyle(document.querySelector('.ch .bar.q')).fill"
    dark = page.evaluate(fill)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(fill) == "rgb(13, 107, 117)" != dark
