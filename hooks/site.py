"""The MkDocs side of the atlas: events in, calls out, errors translated. The only module that imports mkdocs.

Everything a page needs is asked of one `atlas.publishing.Edition`, made anew for each build and kept in
`config.extra["atlas"]`, where the templates find it too.
"""

from __future__ import annotations

import re
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from pymdownx.superfences import SuperFencesException

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

    from atlas.publishing import Edition

HOOKS = str(Path(__file__).resolve().parent)
# matches ' id="qwen3/table-05"'; not 'data-id="x"'
ANCHOR = re.compile(r'\sid="([^"]+)"')
log = get_plugin_logger("atlas")
serving = False


def on_startup(*, command: str, dirty: bool) -> None:
    """While serving, no bytecode is written: it would be taken for a change below the watched hooks folder."""
    global serving
    serving = sys.dont_write_bytecode = command == "serve"


def on_config(config: MkDocsConfig) -> None:
    """Load data and pages. Data that is wrong ends the build here: nothing can be rendered from it."""
    config.edit_uri = config.edit_uri if config.repo_url else None
    if serving:
        _forget_core()
    if HOOKS not in sys.path:
        sys.path.insert(0, HOOKS)
    from atlas.publishing import Edition

    edition = config.extra["atlas"] = Edition.load(
        root=Path(config.config_file_path).parent,
        docs=Path(config.docs_dir),
        language=config.theme["language"],
        site_url=config.site_url,
        repo_url=config.repo_url,
    )
    if edition.broken:
        _report(edition, stop=True)


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add what is generated: pages, downloads, llms.txt. A page that somebody wrote is never replaced."""
    for path, content in config.extra["atlas"].files().items():
        if path in files.src_uris:
            raise PluginError(f"{path} is generated: write it under another name")
        files.append(File.generated(config, path, content=content))


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """The page's source comes from the core, which links its numbers, and so do its fences."""
    edition, path = config.extra["atlas"], page.file.src_uri
    fences = [{"name": kind, "class": kind, "format": partial(_fence, edition, path)} for kind in edition.fences]
    config.mdx_configs.setdefault("pymdownx.superfences", {})["custom_fences"] = fences
    return edition.source(path)


def on_env(env: Any, config: MkDocsConfig, files: Files) -> None:
    """All pages are read, nothing is written yet: report everything at once. A preview goes on regardless."""
    _report(config.extra["atlas"], stop=not serving)


def on_page_context(context: Any, page: Page, config: MkDocsConfig, nav: Any) -> None:
    """Fill the placeholders after the search plugin has read the page, and make the new anchors known."""
    from atlas.publishing import LeftoverError

    try:
        page.content = config.extra["atlas"].content(page.content or "", page.file.src_uri)
    except LeftoverError as error:
        raise PluginError(str(error)) from error
    page.present_anchor_ids = (page.present_anchor_ids or set()) | set(ANCHOR.findall(page.content))


def on_post_build(config: MkDocsConfig) -> None:
    """Shorten the search index."""
    from atlas.searching import entry_docs, menu_names, search_index, table_words

    index = Path(config.site_dir, "search", "search_index.json")
    called = {location: [name] for location, name in menu_names(config.nav)}
    edition = config.extra["atlas"]
    for identity, entry in edition.book.capabilities.items():
        called.setdefault(f"capabilities/{identity}/", []).extend((entry.name.en, *entry.aliases))
    held, more = table_words(edition.book, edition.language), entry_docs(edition.book, edition.language)
    index.write_text(search_index(index.read_bytes(), called, held, more), encoding="utf-8")


def _fence(edition: Edition, path: str, source: str, kind: str, *_: Any, **__: Any) -> str:
    try:
        return edition.fence(kind, source, path)
    except Exception as error:  # superfences would print the fence as code and say nothing
        raise SuperFencesException(f"{path}: {kind}: {error}") from error


def _forget_core() -> None:
    for name in [name for name in sys.modules if name == "atlas" or name.startswith("atlas.")]:
        del sys.modules[name]


def _report(edition: Edition, *, stop: bool) -> None:
    from atlas.problems import as_text

    for problem in sorted(edition.problems):
        log.error("%s", as_text(problem))
    if stop and edition.problems:
        count = len(edition.problems)
        raise PluginError(f"{count} problem{'s' * (count != 1)} in data and pages; `atlas check` lists them")
