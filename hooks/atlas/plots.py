"""A plot -> a scene: where every bar, dot, cell and label stands. One function per kind of chart."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from .axes import GAP, Words, cut_axis, grid, heading, key, mark, reasoning
from .curves import lines, slopes
from .plotting import Group, Item, Line, Plot
from .shapes import LINE, WIDTH, Scene, Shape, text_width, ticks, wrapped

LEVELS = 5
# kind of reasoning -> its name in a legend
KINDS = (("t", "chart-thinking"), ("d", "chart-direct"), ("n", "chart-neither"))


def draw(plot: Plot, t: Words) -> Scene:
    """Lay the plot out; `t` gives the interface's words."""
    scene = Scene()
    for group in plot.groups:
        if scene.height:
            scene.height += 14
        _KINDS[plot.kind](scene, group, plot, t)
    scene.height = math.ceil(scene.height)
    return scene


# -- bars --------------------------------------------------------------------------------------------------------------


def _bars(scene: Scene, group: Group, plot: Plot, t: Words) -> None:
    """A bar per line on a scale that begins at zero: names left, values right of the bars."""
    heading(scene, group.axis, t)
    shown = {reasoning(item): item for item in sorted(plot.items, key=lambda item: item.qwen)}
    told_apart = {"t", "d"} <= shown.keys()
    if told_apart and group is plot.groups[0]:
        key(scene, [("square", _bar(shown[kind], told_apart=True), t(word)) for kind, word in KINDS if kind in shown])
    names = [f"{line.name} {line.detail}".strip() for line in group.lines]
    left = min(150.0, max(text_width(name) for name in names)) + GAP
    right = WIDTH - max(text_width(item.fact.value) for item in group.items) - GAP
    low, high = min(0.0, *(item.number for item in group.items)), max(0.0, *(item.number for item in group.items))
    scale = ticks(low, high, most=5)
    low, high = min(low, scale[0]), max(high, scale[-1])
    top = scene.height

    def place(value: float) -> float:
        return left + (value - low) / (high - low) * (right - left)

    for line, name in zip(group.lines, names, strict=True):
        item = line.items[0]
        if item is None:
            continue
        rows = wrapped(name, left - GAP)
        height = max(20.0, len(rows) * LINE + 6)
        middle = scene.height + height / 2
        scene.lines(name, left - GAP, middle - (len(rows) - 1) * LINE / 2, left - GAP, anchor="end", style="n")
        ends = sorted((place(0), place(item.number)))
        scene.add(
            Shape(
                kind="rect", x=ends[0], y=middle - 7, width=max(ends[1] - ends[0], 0.75), height=14,
                style=_bar(item, told_apart=told_apart), fact=item.fact.id, label=item.label,
            )
        )  # fmt: skip
        scene.text(item.fact.value, ends[1] + 4, middle)
        scene.height += height
    grid(scene, [value for value in scale if low <= value <= high], place, top)


def _bar(item: Item, *, told_apart: bool) -> str:
    """Full where there is one kind of reasoning; else thinking full, direct hollow, and pale what says neither."""
    return f"bar {reasoning(item) if told_apart else 't'}{' q' if item.qwen else ''}"


# -- dots --------------------------------------------------------------------------------------------------------------


def _dots(scene: Scene, group: Group, plot: Plot, t: Words) -> None:
    """A pair per line: thinking filled, direct hollow, joined where they were measured alike; values outside."""
    low, high, scale = cut_axis(group)
    heading(scene, group.axis, t, cut=low > 0)
    if group is plot.groups[0]:
        key(scene, [("disc", "p t q", t("chart-thinking")), ("ring", "p d q", t("chart-direct"))])
    names = [f"{line.name} {line.detail}".strip() for line in group.lines]
    left = min(124.0, max(text_width(name) for name in names)) + GAP
    room = max(text_width(item.fact.value) for item in group.items) + 9
    first, last = left + room, WIDTH - room
    top = scene.height

    def place(value: float) -> float:
        return first + (value - low) / (high - low) * (last - first)

    for line, name in zip(group.lines, names, strict=True):
        rows = wrapped(name, left - GAP)
        height = max(20.0, len(rows) * LINE + 6)
        middle = scene.height + height / 2
        scene.lines(name, left - GAP, middle - (len(rows) - 1) * LINE / 2, left - GAP, anchor="end", style="n")
        pair = [item for item in line.items if item]
        close = len(pair) == 2 and abs(place(pair[0].number) - place(pair[1].number)) < 9
        ends = sorted(pair, key=lambda item: item.number)
        if len(pair) == 2:
            points = [(place(item.number), middle) for item in ends]
            scene.line(*points, style="j" if line.alike else "j x")
        for item in pair:
            kind = "disc" if item.fact.reasoning == "thinking" else "ring"
            style = f"p {reasoning(item)}{' q' if item.qwen else ''}"
            at = middle + (0 if not close else -4 if kind == "disc" else 4)
            scene.add(mark(kind, place(item.number), at, item, style))
        scene.text(ends[-1].fact.value, place(ends[-1].number) + 7, middle)
        if len(pair) == 2 and ends[0].fact.value != ends[1].fact.value:
            scene.text(ends[0].fact.value, place(ends[0].number) - 7, middle, anchor="end")
        scene.height += height
    grid(scene, scale, place, top)


# -- heat --------------------------------------------------------------------------------------------------------------


def _heat(scene: Scene, group: Group, plot: Plot, t: Words) -> None:
    """A cell per number, shaded by its place between the worst and the best of its row."""
    count = len(group.stops)
    widest = max(text_width(item.fact.digits) for item in group.items) + 6
    longest = max(text_width(text) for line in group.lines for text in (line.name, line.detail))
    beside = (WIDTH - min(108.0, longest) - GAP) / count >= max(widest, 54.0)
    left = min(108.0, longest) + GAP if beside else 0.0
    step = (WIDTH - left) / count
    heads = [wrapped(text, step - 2) for text in group.stops]
    tallest = max(len(rows) for rows in heads)
    for index, (text, rows) in enumerate(zip(group.stops, heads, strict=True)):
        y = scene.height + (tallest - len(rows)) * LINE + LINE / 2
        scene.lines(text, left + (index + 0.5) * step, y, step - 2, anchor="middle", style="n")
    scene.height += tallest * LINE + 4
    for line in group.lines:
        room = left - GAP if beside else WIDTH
        names = [(text, "n", line.page) for text in wrapped(line.name, room)]
        names += [(text, "k", "") for text in wrapped(line.detail, room) if line.detail]
        height = max(24.0, len(names) * LINE + 6) if beside else 24.0
        y = scene.height + (height / 2 - (len(names) - 1) * LINE / 2 if beside else LINE / 2 + 2)
        for number, (text, style, page) in enumerate(names):
            scene.text(text, 0, y + number * LINE, style=style, page=page)
        if not beside:
            scene.height += len(names) * LINE + 4
        for index, (item, level) in enumerate(zip(line.items, shades(line), strict=True)):
            x = left + index * step
            cell = Shape(kind="rect", x=x + 1, y=scene.height + 1, width=step - 2, height=height - 2, style="h e")
            if item is None:
                scene.add(cell)
                continue
            scene.add(replace(cell, style=f"h {level}", fact=item.fact.id, label=item.label))
            text = item.fact.value if text_width(item.fact.value) <= step - 4 else item.fact.digits
            scene.text(text, x + step / 2, scene.height + height / 2, anchor="middle")
        scene.height += height


def shades(line: Line) -> list[str]:
    """`h0` for the worst to `h4` for the best of a row, in its direction; `hn` where nothing can be told apart."""
    numbers = [item.number for item in line.items if item and item.fact.direction != "none"]
    low, high = (min(numbers), max(numbers)) if numbers else (0.0, 0.0)
    found = []
    for item in line.items:
        if item is None or item.fact.direction == "none" or low == high:
            found.append("hn")
            continue
        share = (item.number - low) / (high - low)
        if item.fact.direction == "lower":
            share = 1 - share
        found.append(f"h{min(LEVELS - 1, int(share * LEVELS))}")
    return found


_KINDS: dict[str, Callable[[Scene, Group, Plot, Words], None]] = {
    "bars": _bars,
    "dots": _dots,
    "slopes": slopes,
    "lines": lines,
    "heat": _heat,
}
