"""What all kinds of chart share: headings, grids, keys and marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .plotting import Axis, Group, Item
from .shapes import LINE, WIDTH, Scene, Shape, text_width, tick_text, ticks, wrapped

Words = Callable[..., str]
GAP = 6.0


def axis_text(axis: Axis, t: Words, *, cut: bool = False, up: bool = False) -> str:
    """`CC-OCR：准确率，%，越高越好`, whether the axis leaves zero out, and whether lower numbers stand higher."""
    words = [axis.direction if axis.direction != "none" else "", "chart-cut" if cut else ""]
    words.append("chart-up" if up and axis.direction == "lower" else "")
    parts = [axis.metric, axis.unit, *(t(word) for word in words if word)]
    rest = t("chart-comma", _="").join(part for part in parts if part)
    return t("chart-axis", name=axis.name, rest=rest) if axis.name and rest else axis.name or rest


def heading(scene: Scene, axis: Axis, t: Words, *, cut: bool = False, up: bool = False) -> None:
    text = axis_text(axis, t, cut=cut, up=up)
    if text:
        scene.height += scene.lines(text, 0, scene.height + LINE / 2, WIDTH, style="a") + 4


def grid(scene: Scene, values: Sequence[float], place: Callable[[float], float], top: float) -> None:
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


def reasoning(item: Item) -> str:
    return {"thinking": "t", "direct": "d"}.get(item.fact.reasoning, "n")


def mark(kind: str, x: float, y: float, item: Item, style: str) -> Shape:
    return Shape(kind=kind, x=x, y=y, style=style, fact=item.fact.id, label=item.label)


def cut_axis(group: Group) -> tuple[float, float, list[float]]:
    """The range of an axis that need not begin at zero, and its ticks."""
    numbers = [item.number for item in group.items]
    scale = ticks(min(numbers), max(numbers), most=5)
    return scale[0], scale[-1] if scale[-1] > scale[0] else scale[0] + 1, scale


def key(scene: Scene, entries: Sequence[tuple[str, str, str]]) -> None:
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
