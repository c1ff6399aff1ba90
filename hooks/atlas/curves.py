"""Slopes and lines: series that run from left to right, with labels that keep off them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from .axes import GAP, Words, cut_axis, heading, key, mark
from .plotting import Group, Line, Plot
from .shapes import LINE, SIZE, WIDTH, Scene, Shape, labelled, spread, text_width, tick_text, wrapped

MARKS = ("disc", "square", "diamond", "triangle")
COLOURS = 8
# how far a label stands from its point: beside it, or further off where a line ties the two
NEAR, FAR = (5.0,), (12.0, 19.0)
Box = tuple[float, float, float, float]


def slopes(scene: Scene, group: Group, plot: Plot, t: Words) -> None:
    """A line per benchmark from stop to stop: values left, values and names right, moved apart where they touch."""
    low, high, _ = cut_axis(group)
    heading(scene, group.axis, t, cut=low > 0, up=True)
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
            scene.add(mark("disc", x, y, item, f"p s{index % COLOURS + 1}"))
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


def lines(scene: Scene, group: Group, plot: Plot, t: Words) -> None:
    """Series over a logarithmic axis; a level series is a dashed line across; what stands apart is not joined."""
    low, high, scale = cut_axis(group)
    heading(scene, group.axis, t, cut=low > 0)
    if len(group.lines) > 1:
        key(scene, [_key_entry(index, line) for index, line in enumerate(group.lines)])
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
            scene.add(mark(kind, across(item.x), place(item.number), item, f"p {style}"))
            spots.append((across(item.x), place(item.number), item.fact.value))
        ends = [spots[-1], min(spots, key=lambda spot: spot[1]), max(spots, key=lambda spot: spot[1]), spots[0]]
        wanted += dict.fromkeys(ends)
        inner += [spot for spot in spots if spot not in ends]
    _inside_labels(scene, wanted, inner, (left, top - LINE, WIDTH, bottom + LINE))
    scene.height = bottom + LINE
    _places(scene, [(across(value), text) for value, text in xs], left)
    scene.height += scene.lines(t(f"chart-x-{plot.x}"), WIDTH, scene.height + LINE / 2, WIDTH, anchor="end", style="a")


def _inside_labels(
    scene: Scene,
    wanted: Sequence[tuple[float, float, str]],
    inner: Sequence[tuple[float, float, str]],
    area: tuple[float, float, float, float],
) -> None:
    """The values of points where there is room. Those wanted may stand on a line or further off, tied to their point;
    the inner ones stand beside it or not at all."""
    texts = [shape.box for shape in scene.shapes if shape.kind == "text"]
    spots = [(x - 3, y - 3, x + 3, y + 3) for x, y, _ in (*wanted, *inner)]
    ways = _along([shape.points for shape in scene.shapes if shape.kind == "line" and "j" in shape.style.split()])
    found: dict[tuple[float, float, str], Shape] = {}

    def put(points: Sequence[tuple[float, float, str]], *, beside: Sequence[Box], reaches: Sequence[float]) -> None:
        for point in points:
            taken = [*texts, *spots, *beside, *(shape.box for shape in found.values())]
            shapes = labelled([point], taken, area, reaches=reaches) if point not in found else []
            found.update((point, shape) for shape in shapes)

    put(wanted, beside=ways, reaches=NEAR)
    put(wanted, beside=(), reaches=NEAR)
    put(wanted, beside=(), reaches=FAR)
    put(inner, beside=ways, reaches=NEAR)
    for (x, y, _), shape in found.items():
        if max(abs(shape.x - x), abs(shape.y - y) - SIZE / 2) > NEAR[0] + 1:
            scene.behind((x, y), (shape.x, shape.y), style="g")
    scene.add(*found.values())


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
