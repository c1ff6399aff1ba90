"""Score tables: sort, filter, compare, export, and their state in the address."""

from __future__ import annotations

import json
from typing import Any

import pytest

PAGE = "capabilities/ocr/"


@pytest.fixture
def page(visit: Any) -> Any:
    page = visit().go(PAGE)
    figure(page).scroll_into_view_if_needed()
    figure(page).locator(".st-tools input").wait_for()
    return page


def figure(page: Any, n: int = 0) -> Any:
    return page.locator("figure.st:has(.st-tools)").nth(n)


def column(page: Any, n: int, table: int = 0) -> list[float | None]:
    """The numbers of a column as shown, None where it is empty."""
    script = f"""table => [...table.tBodies[0].rows].filter(row => !row.hidden).map(row => {{
        const cell = row.cells[{n}];
        return cell.classList.contains('e') ? null : parseFloat(cell.dataset.v ?? cell.textContent.replace(/,/g, ''));
    }})"""
    found: list[float | None] = figure(page, table).locator("table").evaluate(script)
    return found


def menu(page: Any) -> Any:
    figure(page).locator("[name=menu]").click()
    return page.locator(".a-menu")


def test_a_column_sorts_down_up_and_back(page: Any) -> None:
    before = column(page, 2)
    button = figure(page).locator("thead .st-sort").nth(2)
    button.click()
    values = [value for value in column(page, 2) if value is not None]
    assert values == sorted(values, reverse=True) != before
    head = figure(page).locator("thead tr.st-models th").nth(2)
    assert head.get_attribute("aria-sort") == "descending"
    button.click()
    values = [value for value in column(page, 2) if value is not None]
    assert values == sorted(values)
    assert head.get_attribute("aria-sort") == "ascending"
    button.click()
    assert column(page, 2) == before
    assert head.get_attribute("aria-sort") is None


@pytest.mark.parametrize("width", [1280, 390])
def test_the_sign_of_a_sort_stands_beside_the_name(visit: Any, width: int) -> None:
    page = visit(width=width).go(PAGE)
    figure(page).scroll_into_view_if_needed()
    figure(page).locator(".st-sort").first.wait_for(state="attached")
    script = """table => [...table.querySelectorAll('.st-models th')].filter(head => {
        const text = document.createRange(), sign = document.createRange();
        text.setStart(head, 0);
        text.setEndBefore(head.querySelector('.st-sort'));
        sign.selectNodeContents(head.querySelector('.st-sort'));
        const under = sign.getBoundingClientRect();
        return [...text.getClientRects()].some(one => one.top < under.bottom - 4 && one.right > under.left);
    }).map(head => head.textContent)"""
    assert figure(page).locator("table").evaluate(script) == []


def test_empty_cells_come_last_either_way(visit: Any) -> None:
    page = visit().go("capabilities/agent/")
    script = """() => [...document.querySelectorAll('figure.st:has(.st-tools)')].findIndex(figure =>
        [...figure.querySelectorAll('tbody tr')].some(row => row.cells[1].classList.contains('e')))"""
    n = page.evaluate(script)
    assert n >= 0
    figure(page, n).scroll_into_view_if_needed()
    for _ in range(2):
        figure(page, n).locator("thead .st-sort").nth(1).click()
        values = column(page, 1, n)
        first = values.index(None)
        assert all(value is None for value in values[first:])


def test_sorting_works_by_keyboard(page: Any) -> None:
    figure(page).locator("thead .st-sort").nth(1).focus()
    page.keyboard.press("Enter")
    values = [value for value in column(page, 1) if value is not None]
    assert values == sorted(values, reverse=True)


def test_rows_are_filtered_and_counted(page: Any) -> None:
    everything = len(column(page, 1))
    figure(page).locator("[name=q]").fill("ocrbench")
    shown = figure(page).locator("tbody tr:not([hidden]) th").all_inner_texts()
    assert shown and all("OCRBench" in name for name in shown)
    assert figure(page).locator("output").inner_text() == f"{len(shown)} / {everything} 行"
    assert "qocrbench" in page.url


def test_state_stands_in_the_address_and_the_back_button_undoes_it(page: Any) -> None:
    figure(page).locator("thead .st-sort").nth(1).click()
    sorted_url, order = page.url, column(page, 1)
    assert "t1=s" in sorted_url
    figure(page).locator("thead .st-sort").nth(1).click()
    assert page.url != sorted_url
    page.go_back()
    page.wait_for_function("url => location.href === url", arg=sorted_url)
    page.wait_for_timeout(100)
    assert column(page, 1) == order
    page.goto(sorted_url)
    figure(page).locator("th[aria-sort]").wait_for()
    assert column(page, 1) == order


def test_only_qwen(visit: Any) -> None:
    page = visit().go("reports/qwen3-vl/")
    one = page.locator("[id='qwen3-vl/table-02']")
    one.scroll_into_view_if_needed()
    button = one.locator("[name=o]")
    button.click()
    heads = one.locator("tr.st-models th:not([hidden])[data-model]").all()
    assert heads and all(head.get_attribute("data-qwen") is not None for head in heads)
    assert button.get_attribute("aria-pressed") == "true"
    button.click()
    assert one.locator("tr.st-models th:not([hidden])[data-model]").count() > len(heads)


def test_families_difference_transpose_and_full_width(page: Any) -> None:
    pop = menu(page)
    columns = figure(page).locator("tr.st-models th:not([hidden])").count()
    pop.locator("[name=f]").select_option(index=1)
    assert figure(page).locator("tr.st-models th:not([hidden])").count() < columns
    pop.locator("[name=f]").select_option(index=0)
    pop.locator("[name=d]").check()
    gaps = figure(page).locator("td[data-d]")
    assert gaps.count() and gaps.first.get_attribute("data-d")[0] in "+−"
    rows = figure(page).locator("tbody tr").count()
    pop.locator("[name=x]").check()
    assert figure(page).locator("tbody tr").count() == columns - 1
    assert figure(page).locator("tr.st-models th").count() == rows + 1
    pop.locator("[name=x]").uncheck()
    assert figure(page).locator("tbody tr").count() == rows
    pop.locator("[name=wide]").check()
    assert page.locator(".md-sidebar--secondary").is_hidden()
    pop.locator("[name=reset]").click()
    assert "t1=" not in page.url


def test_best_and_second_follow_the_comparison_set(visit: Any) -> None:
    """Ranked among all columns, the best of a row is the best number of it; as printed, the best of its kind."""
    page = visit().go("reports/qwen3-vl/")
    one = page.locator("[id='qwen3-vl/table-02']")
    one.scroll_into_view_if_needed()
    before = one.locator("td b").count()
    one.locator("[name=menu]").click()
    page.locator(".a-menu [value=all]").check()
    script = """figure => [...figure.querySelectorAll('tbody tr')].every(row => {
        const value = cell => parseFloat((cell.dataset.v ?? cell.textContent).replace(/,/g, ''));
        const cells = [...row.cells].slice(1).filter(cell => !cell.classList.contains('e'));
        const best = (row.dataset.direction === 'lower' ? Math.min : Math.max)(...cells.map(value));
        return cells.every(cell => !cell.querySelector('b') || value(cell) === best);
    })"""
    assert one.evaluate(script)
    assert 0 < one.locator("td b").count() < before
    page.locator(".a-menu [name=c][value='']").check()
    assert one.locator("td b").count() == before


def test_copies_and_downloads_hold_what_is_shown(page: Any) -> None:
    figure(page).locator("[name=q]").fill("docvqa")
    pop = menu(page)
    texts = {}
    for kind in ("Markdown", "CSV", "LaTeX"):
        pop.locator("[name=copy]", has_text=kind).click()
        page.wait_for_timeout(100)
        texts[kind] = page.evaluate("navigator.clipboard.readText()")
    assert texts["Markdown"].startswith("| 基准 |") and texts["Markdown"].count("\n") == 3
    assert texts["CSV"].count("\n") == 2 and "DocVQA" in texts["CSV"]
    assert "\\toprule" in texts["LaTeX"] and "\\textbf{" in texts["LaTeX"]
    with page.expect_download() as download:
        pop.locator("[name=save]", has_text="JSON").click()
    facts = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert facts and all(fact["benchmark"] == "docvqa" and fact["id"].count("/") == 3 for fact in facts)
    assert any(fact["id"] == "qwen3-vl/table-02/docvqa.test/qwen3-vl-235b-a22b@instruct" for fact in facts)
    with page.expect_download() as download:
        pop.locator("[name=save]", has_text="CSV").click()
    assert download.value.suggested_filename.endswith(".csv")


def test_a_link_to_a_row_and_to_a_cell_shows_its_target(visit: Any) -> None:
    fact = "qwen3-vl/table-02/ocrbench/qwen3-vl-235b-a22b@instruct"
    for path in (f"reports/qwen3-vl/#{fact}", f"{PAGE}#{fact}"):
        page = visit().go(path)
        page.wait_for_timeout(600)
        cell = page.locator("td:target, td.hit")
        assert cell.inner_text() == "920"
        assert cell.evaluate(
            "cell => { const b = cell.getBoundingClientRect(); return b.top > 60 && b.bottom < innerHeight }"
        )
    page = visit().go("reports/qwen3-vl/#qwen3-vl/table-02/ocrbench")
    assert "OCRBench" in page.locator("tr:target th").inner_text()


def test_sorting_and_filtering_a_thousand_rows_is_quick(visit: Any) -> None:
    """Twelve columns; the script's own time. Measured 4 to 12 ms on a laptop: 30 leaves room for a slow machine."""
    page = visit().go(PAGE)
    figure(page).scroll_into_view_if_needed()
    took = page.evaluate("""async () => {
        const body = document.querySelector('.st-table[data-table] tbody');
        const { View } = await import(document.querySelector('script[src*="assets/atlas.js"]').src);
        const row = body.rows[0], heads = body.parentNode.tHead.rows[body.parentNode.tHead.rows.length - 1];
        while (heads.cells.length < 13) heads.append(heads.cells[1].cloneNode(true));
        while (row.cells.length < 13) row.append(row.cells[1].cloneNode(true));
        for (let i = 1; i < 1000; i++) {
            const copy = row.cloneNode(true);
            for (const cell of [...copy.cells].slice(1)) cell.textContent = (Math.random() * 100).toFixed(1);
            body.append(copy);
        }
        while (body.rows.length > 1000) body.rows[1].remove();
        const figure = body.closest('figure');
        figure.querySelector('.st-groups')?.remove();
        const view = new View(figure, 't99');
        view.apply();
        const time = work => { const start = performance.now(); work(); return performance.now() - start };
        const key = view.nameOf(view.models, 3);
        return {
            sort: Math.min(...Array.from({ length: 12 }, (_, i) => time(() => { view.state.s = `${key}:${i % 2 ? 'asc' : 'desc'}`; view.apply() }))),
            filter: Math.min(...['9', 'zz', 'a'].map(q => time(() => { view.state.q = q; view.apply() }))),
        };
    }""")
    print(took)
    assert took["sort"] < 30 and took["filter"] < 30
