"""What a chart is drawn with: shapes in a coordinate system that is 360 units wide, the room that text takes in it,
and the steps that keep labels apart.

One unit is one pixel on a phone, where text has 12 pixels. Wider screens enlarge the drawing and shrink its text in
units, so what does not collide at 360 pixels collides nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

WIDTH = 360.0
SIZE = 12.0
LINE = 14.0
NARROW = frozenset("iIjltf.,:;'|!()[]/- ")
BROAD = frozenset("mwMW@%—–+<>=~≥≤→")
# matches "准确率，", "higher is better, "; in "32,768" nothing ends
PHRASE = re.compile(r".+?(?:，|, |$)")
# matches "Qwen3 ", "思考，"
SPACED = re.compile(r"\S+\s*")
# matches "Qwen3-", "235B", "思", "考，"
HYPHENED = re.compile(r"[\u2e80-\uffef][，。；：、）！？]*\s*|[^\u2e80-\uffef-]*-+|[^\u2e80-\uffef-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A primitive: `kind` is rect, line, path, text, or a point's mark (disc, ring, square, diamond, triangle).

    Text stands at (x, y) with its middle on y; `anchor` is start, middle or end. `fact` makes the shape a link to that
    fact, `label` is the link's name; a text's `page` is the address it leads to. A path's `points` are joined by lines.
    """

    kind: str
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    style: str = ""
    text: str = ""
    anchor: str = "start"
    points: tuple[tuple[float, float], ...] = ()
    fact: str = ""
    label: str = ""
    page: str = ""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The room a text takes: left, top, right, bottom."""
        width = text_width(self.text)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y - SIZE / 2, left + width, self.y + SIZE / 2


@dataclass(slots=True)
class Scene:
    """A drawing: its height, and its shapes from back to front."""

    height: float = 0.0
    shapes: list[Shape] = field(default_factory=list)

    def add(self, *shapes: Shape) -> None:
        self.shapes += shapes

    def text(self, text: str, x: float, y: float, *, anchor: str = "start", style: str = "v", page: str = "") -> None:
        self.add(Shape(kind="text", x=x, y=y, text=text, anchor=anchor, style=style, page=page))

    def line(self, *points: tuple[float, float], style: str = "g") -> None:
        self.add(Shape(kind="line", points=points, style=style))

    def behind(self, *points: tuple[float, float], style: str = "g") -> None:
        self.shapes.insert(0, Shape(kind="line", points=points, style=style))

    def lines(self, text: str, x: float, y: float, room: float, *, anchor: str = "start", style: str = "") -> float:
        """Write text broken into lines of at most `room` units, the first one's middle on `y`; the height it took."""
        found = wrapped(text, room)
        for index, line in enumerate(found):
            self.text(line, x, y + index * LINE, anchor=anchor, style=style)
        return len(found) * LINE


def text_width(text: str, size: float = SIZE) -> float:
    """A careful estimate of the room a text takes in any sans-serif font."""
    return sum(_advance(char) for char in text) * size


def _advance(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if char in NARROW:
        return 0.38
    if char in BROAD:
        return 0.94
    return 0.71 if char.isupper() else 0.63


def wrapped(text: str, room: float) -> list[str]:
    """The text in lines no wider than `room`: broken after commas; inside a phrase only where it fits no line by
    itself, then at spaces, then after hyphens and between Chinese characters, and between letters as a last resort."""
    lines = [""]

    def put(piece: str, *finer: Callable[[str], list[str]]) -> None:
        if text_width((lines[-1] + piece).rstrip()) <= room:
            lines[-1] += piece
        elif text_width(piece.rstrip()) > room and finer:
            for part in finer[0](piece):
                put(part, *finer[1:])
        else:
            lines.append(piece)

    for phrase in PHRASE.findall(text):
        put(phrase, SPACED.findall, HYPHENED.findall, list)
    return [line.strip() for line in lines if line.strip()] or [""]


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Positions in the order of `wanted`, at least `gap` apart, between `low` and `high`, moved as little as may be.

    Where the room is too small for the gap, they are spaced evenly over it.
    """
    count = len(wanted)
    gap = min(gap, (high - low) / max(1, count - 1))
    order = sorted(range(count), key=lambda index: (wanted[index], index))
    blocks: list[tuple[float, int]] = []
    for step, index in enumerate(order):
        # without the gaps that stand before it, a position must not be lower than the one before: isotonic regression
        blocks.append((wanted[index] - step * gap, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (first, many), (second, more) = blocks[-2:]
            blocks[-2:] = [((first * many + second * more) / (many + more), many + more)]
    highest = high - gap * (count - 1)
    places = [min(max(mean, low), highest) for mean, many in blocks for _ in range(many)]
    found = [0.0] * count
    for step, (index, place) in enumerate(zip(order, places, strict=True)):
        found[index] = place + step * gap
    return found


def overlap(first: tuple[float, float, float, float], second: tuple[float, float, float, float]) -> bool:
    """Whether two boxes (left, top, right, bottom) share room."""
    return first[0] < second[2] and second[0] < first[2] and first[1] < second[3] and second[1] < first[3]


def labelled(
    points: Iterable[tuple[float, float, str]],
    taken: Iterable[tuple[float, float, float, float]],
    area: tuple[float, float, float, float],
    *,
    reaches: Sequence[float] = (5.0,),
) -> list[Shape]:
    """A text at each point (x, y, text) above, below, right or left of it, where it touches no point, no box of `taken`
    and no other text and stays inside `area`; the nearest of `reaches` that has room. A text that fits nowhere is left
    out: the table has it."""
    points = list(points)
    boxes = [*taken, *((x - 3, y - 3, x + 3, y + 3) for x, y, _ in points)]
    found = []
    for x, y, text in points:
        for dx, dy, anchor in (side for reach in reaches for side in _sides(reach)):
            shape = Shape(kind="text", x=x + dx, y=y + dy, text=text, anchor=anchor, style="v")
            box = shape.box
            inside = area[0] <= box[0] and area[1] <= box[1] and box[2] <= area[2] and box[3] <= area[3]
            if inside and not any(overlap(box, other) for other in boxes):
                found.append(shape)
                boxes.append(box)
                break
    return found


def _sides(reach: float) -> list[tuple[float, float, str]]:
    """Where a text may stand beside its point: (x, y, anchor)."""
    away = reach + SIZE / 2
    sides = [(0.0, -away, "middle"), (0.0, away, "middle"), (reach, 0.0, "start"), (-reach, 0.0, "end")]
    return sides + [(dx, dy, anchor) for dx, anchor in ((-2.0, "end"), (2.0, "start")) for dy in (-away, away)]


def ticks(low: float, high: float, *, most: int = 5) -> list[float]:
    """Round values that span low to high: steps of 1, 2 or 5 times a power of ten, at most `most` of them."""
    span = (high - low) or abs(high) or 1.0
    power = 10.0**-12
    while power * 10 <= span / most:
        power *= 10
    for factor in (1, 2, 5, 10, 20, 50):
        step = power * factor
        first = round_down(low, step)
        count = round((round_up(high, step) - first) / step) + 1
        if count <= most:
            break
    return [round(first + step * index, 12) for index in range(count)]


def round_down(value: float, step: float) -> float:
    return (value + step * 1e-9) // step * step


def round_up(value: float, step: float) -> float:
    return -((-value + step * 1e-9) // step) * step


def tick_text(value: float) -> str:
    """A tick as printed: no needless digits."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return text if text not in ("-0", "") else "0"
