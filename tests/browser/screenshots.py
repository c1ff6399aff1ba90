"""Screenshots of every kind of page at both widths, light and dark, into the ignored folder `screenshots/`.

uv run python -m tests.browser.screenshots [site]    # a folder with a built site; without it, one is built
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from ..building import ROOT, build
from .conftest import find_browser
from .serving import serving
from .test_site import KINDS

TARGET = ROOT / "screenshots"
# beyond this many pixels a page repeats itself
TALLEST = 5000


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        given = sys.argv[1:]
        folder = Path(given[0]) if given else build(Path(temporary))
        shutil.rmtree(TARGET, ignore_errors=True)
        TARGET.mkdir()
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--disable-gpu"])
        with serving(folder) as address:
            for width in (1280, 390):
                for scheme in ("light", "dark"):
                    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
                    for kind, path in KINDS.items():
                        page.goto(address + path)
                        take(page, f"{kind}-{width}-{scheme}", full=True)
                    states(page, address, f"{width}-{scheme}")
                    page.close()
        browser.close()
    print(f"{len(list(TARGET.iterdir()))} screenshots in {TARGET}")


def take(page: Any, name: str, *, full: bool = False) -> None:
    page.wait_for_timeout(400)
    width, height = page.viewport_size["width"], page.viewport_size["height"]
    if full:
        height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(400)
    page.screenshot(path=TARGET / f"{name}.png")
    page.set_viewport_size({"width": width, "height": 900})


def states(page: Any, address: str, name: str) -> None:
    """What only shows when it is asked for: a card, the menu of a table, the search."""
    page.goto(address + KINDS["capability"])
    page.locator("article a.n").first.hover()
    page.locator(".a-card:popover-open").wait_for()
    take(page, f"card-{name}")
    page.mouse.move(2, 2)
    table = page.locator("figure.st:has(.st-tools)").first
    table.scroll_into_view_if_needed()
    table.locator("[name=menu]").click()
    take(page, f"menu-{name}")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator(".md-header [for=__search]").first.click() if page.viewport_size["width"] < 960 else None
    page.locator(".md-search__input").click()
    page.keyboard.type("OCRBench")
    page.locator(".md-search-result__item a").first.wait_for()
    take(page, f"search-{name}")


if __name__ == "__main__":
    main()
