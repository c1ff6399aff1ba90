"""Where the characters of a text stand in its source."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import overload


class Offsets(Sequence[int]):
    """The place of each character, kept as runs: from `starts[k]` on, the characters stand side by side at `places[k]`."""

    __slots__ = ("length", "places", "starts")

    def __init__(self, starts: list[int] | None = None, places: list[int] | None = None, length: int = 0) -> None:
        self.starts = starts or []
        self.places = places or []
        self.length = length

    def add(self, place: int, length: int) -> None:
        """Go on with characters that stand side by side at `place`."""
        if not self.starts or place != self.places[-1] + self.length - self.starts[-1]:
            self.starts.append(self.length)
            self.places.append(place)
        self.length += length

    def part(self, start: int, end: int) -> Offsets:
        """The places of a range of the text."""
        first, last = bisect_right(self.starts, start), bisect_left(self.starts, end)
        starts = [0, *(each - start for each in self.starts[first:last])]
        places = [self.places[first - 1] + start - self.starts[first - 1], *self.places[first:last]]
        return Offsets(starts, places, end - start)

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> list[int]: ...
    def __getitem__(self, index: int | slice) -> int | list[int]:
        if isinstance(index, slice):
            return list(self)[index]
        if not 0 <= index < self.length:
            raise IndexError(index)
        run = bisect_right(self.starts, index) - 1
        return self.places[run] + index - self.starts[run]

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[int]:
        ends = [*self.starts[1:], self.length]
        for start, end, place in zip(self.starts, ends, self.places, strict=True):
            yield from range(place, place + end - start)
