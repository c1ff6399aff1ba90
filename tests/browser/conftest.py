"""The built site in a real Chromium.

The site is served with gzip. Without a browser the tests fail under CI and are skipped elsewhere.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .serving import serving


def find_browser() -> str | None:
    """Debian's Chromium, else Google Chrome."""
    return next((path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None)


def _absent(what: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing: .ci/run installs it")
    pytest.skip(f"NOT TESTED: {what} is missing")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    path = find_browser()
    if path is None:
        _absent("a browser (chromium or google-chrome)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(browser: Any, folder: Path) -> Iterator[str]:
    """The address of the served site."""
    with serving(folder) as address:
        yield address


class Visit:
    """A page in a context of its own that collects what must not happen."""

    def __init__(self, page: Any, site: str) -> None:
        self.page, self.site = page, site
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    def go(self, path: str) -> Any:
        self.page.goto(self.site + path)
        self.page.wait_for_function("document.readyState === 'complete'")
        return self.page

    def check(self) -> None:
        """No console error or warning; no request leaves the site."""
        assert self.complaints == []
        own = (self.site, "data:", "blob:")
        assert [url for url in self.requests if not url.startswith(own)] == []


@pytest.fixture
def visit(browser: Any, site: str) -> Iterator[Any]:
    """Make visits: `visit(width=390, color_scheme="dark")`. At the end each is checked."""
    contexts, visits = [], []

    def make(width: int = 1280, height: int = 900, **options: Any) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True, **options)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.rstrip("/"))
        contexts.append(context)
        visits.append(Visit(context.new_page(), site))
        return visits[-1]

    yield make
    for one in visits:
        one.check()
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The text of axe-core, as axe-playwright-python carries it."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
