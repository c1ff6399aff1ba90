"""The card that says where a number comes from: by mouse, keyboard and touch."""

from __future__ import annotations

from typing import Any

PAGE = "capabilities/ocr/"


def card(page: Any) -> Any:
    page.locator(".a-card:popover-open").wait_for()
    return page.locator(".a-card")


def number(page: Any, text: str) -> Any:
    return page.locator("article a.n", has_text=text).first


def test_by_mouse(visit: Any) -> None:
    one = visit()
    page = one.go(PAGE)
    before = len(one.requests)
    number(page, "82.2").hover()
    text = card(page).inner_text()
    for part in ("82.2", "CC-OCR", "越高越好", "Qwen3-VL-235B-A22B", "指令", "表 2", "第", "名次", "正文引用"):
        assert part in text
    assert card(page).locator("a[href^='https://arxiv.org/abs/2511.21631']").count() == 1
    page.mouse.move(5, 5)
    page.locator(".a-card").wait_for(state="hidden")
    page.locator(".st-table tbody td:not(.e)").first.hover()
    assert card(page).locator("b").inner_text()
    fetched = [url for url in one.requests[before:] if url.endswith(".json")]
    assert fetched == [f"{one.site}{PAGE}card.json"], "one file for all numbers of the page"


def test_by_keyboard(visit: Any) -> None:
    page = visit().go(PAGE)
    page.locator("article p").first.click(position={"x": 2, "y": 2})
    page.keyboard.press("Tab")
    for _ in range(12):
        if page.evaluate("document.activeElement.matches('a.n')"):
            break
        page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.textContent")
    assert focused in card(page).inner_text()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.a-card') !== null")
    page.keyboard.press("Escape")
    page.locator(".a-card").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.textContent") == focused


def test_a_cell_by_keyboard(visit: Any) -> None:
    page = visit().go(PAGE)
    region = page.locator("figure.st .scores").first
    region.scroll_into_view_if_needed()
    page.locator("figure.st .st-tools input").first.wait_for()
    region.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    value = page.evaluate("document.activeElement.textContent")
    page.wait_for_function("v => document.querySelector('.a-card:popover-open b')?.textContent === v", arg=value)
    page.keyboard.press("Escape")
    page.locator(".a-card").wait_for(state="hidden")


def test_by_touch(visit: Any) -> None:
    page = visit(width=390, has_touch=True, is_mobile=True).go(PAGE)
    url = page.url
    number(page, "82.2").tap()
    assert "CC-OCR" in card(page).inner_text()
    assert page.url == url
    page.locator("h1").tap()
    page.locator(".a-card").wait_for(state="hidden")
    page.locator(".st-table tbody td:not(.e)").first.tap()
    assert card(page).locator("b").inner_text()
    box = card(page).bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390


def test_a_verified_comparison_names_its_operands(visit: Any) -> None:
    page = visit().go(PAGE)
    page.locator("article .c").first.hover()
    text = card(page).inner_text()
    assert "重算" in text and card(page).locator("li").count() >= 2


def test_links_and_citations_are_copied(visit: Any) -> None:
    page = visit().go(PAGE)
    number(page, "82.2").hover()
    texts = {}
    for name in ("link", "row", "bibtex", "markdown"):
        card(page).locator(f"[name={name}]").click()
        page.wait_for_timeout(150)
        texts[name] = page.evaluate("navigator.clipboard.readText()")
    fact = "qwen3-vl/table-02/cc-ocr/qwen3-vl-235b-a22b@instruct"
    assert texts["link"].endswith(f"{PAGE}#{fact}")
    assert texts["row"].endswith(f"{PAGE}#{fact.rpartition('/')[0]}")
    assert texts["bibtex"].startswith("@misc{qwen3vl,") and "2511.21631" in texts["bibtex"]
    assert "82.2" in texts["markdown"] and "https://arxiv.org/abs/2511.21631" in texts["markdown"]


def test_an_erratum_is_flagged(visit: Any) -> None:
    page = visit().go("reports/qwen3-vl/#qwen3-vl/table-03/mmbench-cn/qwen3-vl-32b@thinking")
    page.wait_for_timeout(300)
    page.locator("td:target").hover()
    assert card(page).locator(".warn a[href*='errata/#']").count()


def test_a_number_of_a_generated_page_is_looked_up_in_its_report(visit: Any) -> None:
    page = visit().go("models/qwen3-vl-8b/")
    page.locator(".sheet a.n").first.hover()
    assert "Qwen3-VL-8B" in card(page).inner_text()
