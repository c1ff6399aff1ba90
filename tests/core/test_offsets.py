"""Places of characters, kept as runs: they say the same as a list of places."""

from __future__ import annotations

from itertools import combinations

import pytest

from atlas.prose.offsets import Offsets

PLACES = [10, 11, 12, 20, 21, 40, 5, 6, 7, 8]


@pytest.fixture
def offsets() -> Offsets:
    """`PLACES`, added piece by piece: two pieces side by side in the source become one run."""
    made = Offsets()
    for place, length in ((10, 2), (12, 1), (20, 2), (40, 1), (5, 4)):
        made.add(place, length)
    return made


def test_each_character_has_its_place(offsets: Offsets) -> None:
    assert (len(offsets), list(offsets), [offsets[i] for i in range(10)]) == (10, PLACES, PLACES)
    assert offsets[2:7] == PLACES[2:7]


def test_pieces_side_by_side_are_one_run(offsets: Offsets) -> None:
    assert (offsets.starts, offsets.places) == ([0, 3, 5, 6], [10, 20, 40, 5])


@pytest.mark.parametrize(("start", "end"), list(combinations(range(11), 2)))
def test_a_part_keeps_the_places(offsets: Offsets, start: int, end: int) -> None:
    part = offsets.part(start, end)
    assert list(part) == PLACES[start:end]
    assert [part[i] for i in range(end - start)] == PLACES[start:end]


@pytest.mark.parametrize("index", [-1, 10, 99])
def test_no_place_beyond_the_text(offsets: Offsets, index: int) -> None:
    with pytest.raises(IndexError):
        offsets[index]
