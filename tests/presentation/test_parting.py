"""Parting: what is in the way of a card that grows moves along with what stands beyond, and nothing comes nearer."""

from __future__ import annotations

from itertools import combinations

from hypothesis import assume, given
from hypothesis import strategies as st

from gui.presentation.layout.clearing import Box
from gui.presentation.layout.parting import parted

corners = st.tuples(st.integers(-600, 600), st.integers(-600, 600))
sizes = st.tuples(st.integers(20, 300), st.integers(20, 200))
boxes = st.builds(lambda at, by: (at[0], at[1], at[0] + by[0], at[1] + by[1]), corners, sizes)


def cover(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def moved(box: Box, by: tuple[float, float]) -> Box:
    return box[0] + by[0], box[1] + by[1], box[2] + by[0], box[3] + by[1]


@given(st.lists(boxes, min_size=1, max_size=9), st.lists(sizes, min_size=1, max_size=3))
def test_cards_that_grow_cover_nothing_that_they_did_not_cover_before(standing: list[Box], growth: list[Box]) -> None:
    before = dict(enumerate(standing))
    assume(not any(cover(one, other) for one, other in combinations(before.values(), 2)))
    outgrown = {each: before[each] for each in range(min(len(growth), len(standing)))}
    grown = {each: (*box[:2], box[2] + growth[each][0], box[3] + growth[each][1]) for each, box in outgrown.items()}
    shifts = parted(before | grown, outgrown)
    after = {each: moved(box, shifts.get(each, (0, 0))) for each, box in (before | grown).items()}
    assert not any(cover(one, other) for one, other in combinations(after.values(), 2))


def test_what_is_beside_gives_way_with_all_beyond_it_and_what_is_before_or_above_stays() -> None:
    cards = {"W": (0, 0, 290, 100), "f": (240, 40, 400, 140), "far": (900, 500, 950, 550), "X": (0, -200, 160, -100)}
    assert parted(cards, {"W": (0, 0, 164, 100)}) == {"f": (106, 0), "far": (106, 0)}


def test_where_there_is_room_to_grow_nothing_moves() -> None:
    assert parted({"W": (0, 0, 220, 100), "f": (240, 0, 400, 100)}, {"W": (0, 0, 164, 100)}) == {}
