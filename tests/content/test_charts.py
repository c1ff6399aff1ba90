"""The charts of the real pages: every extreme of a line has its value, and bars show what their title says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from atlas.book import Book
from atlas.drawing import Desk, draw_fences
from atlas.linking import Links
from atlas.plots import draw
from atlas.plotting import Plot
from atlas.prose.names import Names
from atlas.rendering import interface
from atlas.shapes import overlap

PAGES = Path(__file__).parents[2] / "docs" / "zh"
LINES = sorted(str(path.relative_to(PAGES)) for path in PAGES.rglob("*.md") if "kind: lines" in path.read_text())
# a panel of more lines than this has no room for all
FEW = 2


def words(key: str, **values: object) -> str:
    text = interface()[0][key]["zh"]
    return text.format(**values) if values else text


def plots_of(page: str, book: Book) -> Iterator[Plot]:
    desk = Desk(book=book, names=Names(book), links=Links(book, []), language="zh", page=page)
    for one in draw_fences((PAGES / page).read_text(encoding="utf-8"), page, desk):
        if one.fence.kind == "chart" and one.drawing:
            yield one.drawing.values["chart"]


@pytest.mark.parametrize("page", LINES)
def test_the_extremes_of_a_line_have_their_values(book: Book, page: str) -> None:
    for plot in plots_of(page, book):
        for group in plot.groups if plot.kind == "lines" else ():
            texts = [shape for shape in draw(replace(plot, groups=(group,)), words).shapes if shape.kind == "text"]
            assert not [(a.text, b.text) for a, b in combinations(texts, 2) if overlap(a.box, b.box)]
            for line in group.lines if len(group.lines) <= FEW else ():
                items = sorted((item for item in line.items if item), key=lambda item: item.number)
                last = next(item for item in reversed(line.items) if item)
                wanted = {item.fact.value for item in (items[0], items[-1], last)}
                assert wanted <= {shape.text for shape in texts}, f"{group.axis.name} {line.name}"


def test_the_chart_of_encoders_shows_what_stands_on_a_language_model(book: Book) -> None:
    title = "换编码器，语言模型不变"
    plot = next(plot for plot in plots_of("capabilities/ablation.md", book) if plot.title == title)
    assert {item.fact.variant for item in plot.items} == {"vlm-1.7b"}
