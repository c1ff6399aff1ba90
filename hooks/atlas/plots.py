"""A plot -> a scene: where every bar, dot, line, cell and label stands. One function per kind of chart."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from .panels import Axis, Group, Item, Line, Plot
from .shapes import LINE, WIDTH, Scene, Shape, labelled, spread, text_width, tick_text, ticks, wrapped

Words = Callable[..., str]
GAP = 6.0
MARKS = ("disc", "square", "diamond", "triangle")
COLOURS = 8
LEVELS = 5


def draw(plot: Plot, t: Words) -> Scene:
    """Lay the plot out; `t` gives the interface's words."""
    scene = Scene()
    for group in plot.groups:
        if scene.height:
            scene.height += 14
        _KINDS[plot.kind](scene, group, plot, t)
    scene.height = math.ceil(scene.height)
    return scene


def axis_text(axis: Axis, t: Words, *, cut: bool = False, up: bool = False) -> str:
    """`CC-OCR：准确率，%，越高越好`, whether the axis leaves zero out, and whether lower numbers stand higher."""
    words = [axis.direction if axis.direction != "none" else "", "chart-cut" if cut else ""]
    words.append("chart-up" if up and axis.direction == "lower" else "")
    parts = [axis.metric, axis.unit, *(t(word) for word in words if word)]
    rest = t("chart-comma", _="").join(part for part in parts if part)
    return t("chart-axis", name=axis.name, rest=rest) if axis.name and rest else axis.name or rest


def _heading(scene: Scene, axis: Axis, t: Words, *, cut: bool = False, up: bool = False) -> None:
    text = axis_text(axis, t, cut=cut, up=up)
    if text:
        scene.height += scene.lines(text, 0, scene.height + LINE / 2, WIDTH, style="a") + 4


def _ticks(scene: Scene, values: Sequence[float], place: Callable[[float], float], top: float) -> None:
    """Vertical grid lines from `top` to the scene's foot with their values below, those left out that would touch."""
    foot, right = scene.height, -1.0
    for value in values:
        x = place(value)
        scene.behind((x, top), (x, foot))
        half = text_width(tick_text(value)) / 2
        at = min(max(x, half), WIDTH - half)
        if at - half > right + 4:
            scene.text(tick_text(value), at, foot + LINE / 2 + 2, anchor="middle", style="k")
            right = at + half
    scene.height = foot + LINE + 4


def _reasoning(item: Item) -> str:
    return {"thinking": "t", "direct": "d"}.get(item.fact.reasoning, "n")


def _mark(kind: str, x: float, y: float, item: Item, style: str) -> Shape:
    return Shape(kind=kind, x=x, y=y, style=style, fact=item.fact.id, label=item.label)


# -- bars --------------------------------------------------------------------------------------------------------------


def _bars(scene: Scene, group: Group, plot: Plot, t: Words) -> None:
    """A bar per line on a scale that begins at zero: names left, values right of the bars."""
    _heading(scene, group.axis, t)
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
        style = f"bar {_reasoning(item)}{' q' if item.qwen else ''}"
        scene.add(
            Shape(
                kind="rect", x=ends[0], y=middle - 7, width=max(ends[1] - ends[0], 0.75), height=14, style=style,
                fact=item.fact.id, label=item.label,
            )
        )  # fmt: skip
        scene.text(item.fact.value, ends[1] + 4, middle)
        scene.height += height
    _ticks(scene, [value for value in scale if low <= value <= high], place, top)


# -- dots --------------------------------------------------------------------------------------------------------------


def _dots(scene: Scene, group: Group, plot: Plot, t: Words) -> None:
    """A pair per line: thinking filled, direct hollow, joined where they were measured alike; values outside."""
    low, high, scale = _cut(group)
    _heading(scene, group.axis, t, cut=low > 0)
    if group is plot.groups[0]:
        _key(scene, [("disc", "p t q", t("chart-thinking")), ("ring", "p d q", t("chart-direct"))])
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
            style = f"p {_reasoning(item)}{' q' if item.qwen else ''}"
            at = middle + (0 if not close else -4 if kind == "disc" else 4)
            scene.add(_mark(kind, place(item.number), at, item, style))
        scene.text(ends[-1].fact.value, place(ends[-1].number) + 7, middle)
        if len(pair) == 2 and ends[0].fact.value != ends[1].fact.value:
            scene.text(ends[0].fact.value, place(ends[0].number) - 7, middle, anchor="end")
        scene.height += height
    _ticks(scene, scale, place, top)


def _cut(group: Group) -> tuple[float, float, list[float]]:
    """The range of an axis that need not begin at zero, and its ticks."""
    numbers = [item.number for item in group.items]
    scale = ticks(min(numbers), max(numbers), most=5)
    return scale[0], scale[-1] if scale[-1] > scale[0] else scale[0] + 1, scale


def _key(scene: Scene, entries: Sequence[tuple[str, str, str]]) -> None:
    """What the marks mean, in as many lines as it takes."""
    x, y = 0.0, scene.height + LINE / 2
    for kind, style, text in entries:
        lead = 24.0 if kind == "line" else 14.0
        rows = wrapped(text, WIDTH - lead)
        width = lead + max(text_width(row) for row in rows)
        if x and x + width > WIDTH:
            x, y = 0.0, y + LINE + 2
        if kind == "line":
            scene.line((x, y), (x + 18, y), style=style)
        else:
            scene.add(Shape(kind=kind, x=x + 6, y=y, style=style))
        scene.lines(text, x + lead, y, WIDTH - lead, style="l")
        y += (len(rows) - 1) * LINE
        x += width + 12
    scene.height = y + LINE / 2 + 6


# -- slopes ------------------------------------------------------------------------------------------------------------


def _slopes(scene: Scene, group: Group, plot: Plot, t: Words) -> None:
    """A line per benchmark from stop to stop: values left, values and names right, moved apart where they touch."""
    low, high, _ = _cut(group)
    _heading(scene, group.axis, t, cut=low > 0, up=True)
    room = max(text_width(item.fact.value) for item in group.items) + 7
    ends = [next(item for item in reversed(line.items) if item) for line in group.lines]
    texts = [f"{item.fact.value} {line.name}" for item, line in zip(ends, group.lines, strict=True)]
    right = min(150.0, max(text_width(text) for text in texts)) + 9
    rows = [wrapped(text, right - 9) for text in texts]
    first, last = room, WIDTH - right
    xs = [first + (last - first) * index / (len(group.stops) - 1) for index in range(len(group.stops))]
    _stops(scene, group.stops, xs)
    top = scene.height + LINE
    height = max(110.0, LINE * 1.05 * sum(len(lines) for lines in rows))
    bottom = top + height
    better_up = group.axis.direction != "lower"

    def place(value: float) -> float:
        share = (value - low) / (high - low)
        return bottom - share * height if better_up else top + share * height

    for x in xs:
        scene.line((x, top - 6), (x, bottom + 6))
    for index, line in enumerate(group.lines):
        marks = [(x, place(item.number), item) for x, item in zip(xs, line.items, strict=True) if item]
        style = f"j s{index % COLOURS + 1}{'' if line.alike else ' x'}"
        scene.line(*((x, y) for x, y, _ in marks), style=style)
        for x, y, item in marks:
            scene.add(_mark("disc", x, y, item, f"p s{index % COLOURS + 1}"))
    feet = [max(x for x, item in zip(xs, line.items, strict=True) if item) for line in group.lines]
    points = [(x, place(item.number)) for x, item in zip(feet, ends, strict=True)]
    _right_labels(scene, points, rows, last, top, bottom)
    for index, x in enumerate(xs[:-1]):
        starts = [(place(found.number), found) for line in group.lines if (found := line.items[index])]
        if index:
            boxes = [shape.box for shape in scene.shapes if shape.kind == "text"]
            lines = [shape.points for shape in scene.shapes if shape.kind == "line" and "j" in shape.style.split()]
            wanted = [(x, y, item.fact.value) for y, item in starts if item not in ends]
            scene.add(*labelled(wanted, [*boxes, *_along(lines)], (0, top - 8, WIDTH, bottom + 8)))
            continue
        for at, (y, item) in zip(spread([y for y, _ in starts], LINE, top, bottom), starts, strict=True):
            scene.text(item.fact.value, x - 6, at, anchor="end")
            if abs(at - y) > 3:
                scene.behind((x - 5, at), (x, y))
    scene.height = bottom + LINE


def _stops(scene: Scene, stops: Sequence[str], xs: Sequence[float]) -> None:
    """The heads of the columns, each in its share of the width."""
    bounds = [0.0, *((a + b) / 2 for a, b in pairwise(xs)), WIDTH]
    tallest = 0.0
    for index, text in enumerate(stops):
        room = bounds[index + 1] - bounds[index] - GAP
        anchor, x = ("start", 0.0) if index == 0 else ("end", WIDTH)
        if 0 < index < len(stops) - 1:
            anchor, x = "middle", xs[index]
            room = 2 * min(x - bounds[index], bounds[index + 1] - x) - GAP
        tallest = max(tallest, scene.lines(text, x, scene.height + LINE / 2, room, anchor=anchor, style="n"))
    scene.height += tallest


def _right_labels(
    scene: Scene,
    points: Sequence[tuple[float, float]],
    rows: Sequence[Sequence[str]],
    x: float,
    top: float,
    bottom: float,
) -> None:
    """Names of one or more lines right of x, moved apart, in the order of their points from top to bottom."""
    order = sorted(range(len(rows)), key=lambda index: (points[index][1], index))
    flat = [(index, step, line) for index in order for step, line in enumerate(rows[index])]
    places = spread([points[index][1] for index, _, _ in flat], LINE, top - LINE / 2, bottom + LINE / 2)
    for (index, step, line), at in zip(flat, places, strict=True):
        scene.text(line, x + 8, at)
        if not step and (abs(at - points[index][1]) > 3 or points[index][0] < x):
            scene.behind(points[index], (x + 7, at))


# -- lines -------------------------------------------------------------------------------------------------------------


def _lines(scene: Scene, group: Group, plot: Plot, t: Words) -> None:
    """Series over a logarithmic axis; a level series is a dashed line across; what stands apart is not joined."""
    low, high, scale = _cut(group)
    _heading(scene, group.axis, t, cut=low > 0)
    if len(group.lines) > 1:
        _key(scene, [_key_entry(index, line) for index, line in enumerate(group.lines)])
    left = max(text_width(tick_text(value)) for value in scale) + GAP
    right = WIDTH - 22
    xs = sorted({item.x: item.x_text for line in group.lines if not line.level for item in line.items if item}.items())
    top, bottom = scene.height + LINE, scene.height + LINE + 150

    def across(value: float) -> float:
        if len(xs) == 1:
            return (left + right) / 2
        first, last = math.log(xs[0][0]), math.log(xs[-1][0])
        return left + 14 + (math.log(value) - first) / (last - first) * (right - left - 14)

    def place(value: float) -> float:
        return bottom - (value - low) / (high - low) * (bottom - top)

    for value in scale:
        scene.line((left, place(value)), (WIDTH, place(value)))
        scene.text(tick_text(value), left - GAP, place(value), anchor="end", style="k")
    wanted: list[tuple[float, float, str]] = []
    inner: list[tuple[float, float, str]] = []
    for index, line in enumerate(group.lines):
        items = [item for item in line.items if item]
        style = f"s{index % COLOURS + 1}"
        if line.level:
            y = place(items[0].number)
            level = Shape(kind="line", points=((left, y), (WIDTH, y)), style=f"j {style} b")
            scene.add(replace(level, fact=items[0].fact.id, label=items[0].label))
            wanted.append((WIDTH - text_width(items[0].fact.value) / 2, y, items[0].fact.value))
            continue
        joined = [(across(item.x), place(item.number)) for item in items if not item.apart]
        if len(joined) > 1:
            scene.line(*joined, style=f"j {style}")
        spots = []
        for item in items:
            kind = "ring" if item.apart else MARKS[index % len(MARKS)]
            scene.add(_mark(kind, across(item.x), place(item.number), item, f"p {style}"))
            spots.append((across(item.x), place(item.number), item.fact.value))
        wanted += [spots[-1], *spots[: 1 if len(spots) > 1 else 0]]
        inner += spots[1:-1]
    boxes = [shape.box for shape in scene.shapes if shape.kind == "text"]
    lines = [shape.points for shape in scene.shapes if shape.kind == "line" and "j" in shape.style.split()]
    scene.add(*labelled([*wanted, *inner], [*boxes, *_along(lines)], (left, top - LINE, WIDTH, bottom + LINE / 2)))
    scene.height = bottom + 8
    _places(scene, [(across(value), text) for value, text in xs], left)
    scene.height += scene.lines(t(f"chart-x-{plot.x}"), WIDTH, scene.height + LINE / 2, WIDTH, anchor="end", style="a")


def _key_entry(index: int, line: Line) -> tuple[str, str, str]:
    style = f"s{index % COLOURS + 1}"
    return ("line", f"j {style} b", line.name) if line.level else (MARKS[index % len(MARKS)], f"p {style}", line.name)


def _along(lines: Sequence[Sequence[tuple[float, float]]]) -> list[tuple[float, float, float, float]]:
    """Small boxes along lines, so that labels keep off them."""
    boxes = []
    for points in lines:
        for (x1, y1), (x2, y2) in pairwise(points):
            steps = max(1, int(math.hypot(x2 - x1, y2 - y1) / 4))
            for step in range(steps + 1):
                x, y = x1 + (x2 - x1) * step / steps, y1 + (y2 - y1) * step / steps
                boxes.append((x - 1, y - 1, x + 1, y + 1))
    return boxes


def _places(scene: Scene, places: Sequence[tuple[float, str]], left: float) -> None:
    """The values of the x axis, in a second or third line where they would touch."""
    ends: list[float] = []
    for x, text in places:
        half = text_width(text) / 2
        at = min(max(x, half), WIDTH - half)
        line = next((index for index, end in enumerate(ends) if at - half > end + 4), len(ends))
        if line == len(ends):
            ends.append(0.0)
        ends[line] = at + half
        scene.text(text, at, scene.height + LINE / 2 + line * LINE, anchor="middle", style="k")
    scene.height += len(ends) * LINE + 4


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
    "slopes": _slopes,
    "lines": _lines,
    "heat": _heat,
}
