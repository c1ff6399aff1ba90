"""Records -> HTML: one Jinja2 environment per edition. All HTML, SVG and text files come from `templates/`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment as JinjaEnvironment
from jinja2 import FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from .book import Book, locator_name
from .linking import Links
from .loading import validated
from .model import Bilingual
from .problems import Problem
from .reading import read

TEMPLATES = Path(__file__).parent / "templates"
INTERFACE = "hooks/atlas/templates/interface.yml"


def interface() -> tuple[Mapping[str, Bilingual], list[Problem]]:
    """The catalogue of interface strings, and findings where it is not sound."""
    document, problems = read((TEMPLATES / "interface.yml").read_text(encoding="utf-8"), INTERFACE)
    catalogue, found = validated(document, dict[str, Bilingual])
    return catalogue or {}, problems + found


class Environment:
    """Renders templates in one language. In every template stand

    - `t(key, **values)`: an interface string with its {words} filled in
    - `page_of(kind, id)`: the relative address of the page about it (kind: models, benchmarks ...), or None
    - `fact_href(id)`: where a fact or quantity is shown in full; `href(address)`: any address of the site, relative
    - `language`, `book`, `locator_name`; the filters `in_language` (a bilingual text) and `plain` (a Decimal, digits kept)
    """

    def __init__(self, book: Book, links: Links, *, language: str, strings: Mapping[str, Bilingual]) -> None:
        self.book = book
        self.links = links
        self.language = language
        self.strings = strings
        self.jinja = JinjaEnvironment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=select_autoescape(enabled_extensions=("html", "html.j2", "svg", "svg.j2")),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
        )
        self.jinja.globals.update(t=self.text, language=language, book=book, locator_name=locator_name)
        self.jinja.filters.update(in_language=lambda text: text[language] if text else "", plain=lambda n: f"{n:f}")
        addresses: dict[str, Callable[..., Any]] = {
            "page_of": links.page_of, "fact_href": links.fact_href, "href": links.href,
        }  # fmt: skip
        self.addresses = addresses

    def text(self, key: str, **values: object) -> str:
        """An interface string; an unknown key is a KeyError."""
        text = self.strings[key][self.language]
        return text.format(**values) if values else text

    def render(self, template: str, page: str = "index.md", **values: object) -> Markup:
        """`templates/<template>.j2` for the page at `page`, a path below the docs folder."""
        here = {name: partial(function, page) for name, function in self.addresses.items()}
        return Markup(self.jinja.get_template(f"{template}.j2").render({**here, **values}))
