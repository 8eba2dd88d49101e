"""Cards in line, and cards with the same room between them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.presentation.alignment import Box, aligned, distributed

lengths = st.integers(-2000, 2000).map(float)
sizes = st.integers(40, 400).map(float)
groups = st.dictionaries(st.sampled_from("abcdefg"), st.tuples(lengths, lengths, sizes, sizes), min_size=3)
AXIS = {"left": 0, "centre": 0, "right": 0, "top": 1, "middle": 1, "bottom": 1}
PART = {"left": 0.0, "top": 0.0, "centre": 0.5, "middle": 0.5, "right": 1.0, "bottom": 1.0}


@given(groups, st.sampled_from(sorted(AXIS)))
def test_aligned_cards_share_a_line_within_the_group_and_stay_on_the_other_axis(
    boxes: dict[str, Box], edge: str
) -> None:
    axis, part = AXIS[edge], PART[edge]
    places = aligned(boxes, edge)
    lines = {places[node][axis] + part * boxes[node][2 + axis] for node in boxes}
    assert len(lines) == 1
    assert min(box[axis] for box in boxes.values()) <= lines.pop() <= max(b[axis] + b[2 + axis] for b in boxes.values())
    assert all(places[node][1 - axis] == boxes[node][1 - axis] for node in boxes)
    assert aligned({node: (*places[node], *boxes[node][2:]) for node in boxes}, edge) == places


@given(groups, st.sampled_from([("horizontally", 0), ("vertically", 1)]))
def test_distributed_cards_have_the_same_room_between_them(boxes: dict[str, Box], way: tuple[str, int]) -> None:
    name, axis = way
    places = distributed(boxes, name)
    middles = {node: places[node][axis] + boxes[node][2 + axis] / 2 for node in boxes}
    before = {node: box[axis] + box[2 + axis] / 2 for node, box in boxes.items()}
    ordered = sorted(boxes, key=lambda node: before[node])
    assert all(middles[end] == before[end] for end in (ordered[0], ordered[-1]))
    rooms = [places[b][axis] - places[a][axis] - boxes[a][2 + axis] for a, b in pairwise(ordered)]
    assert rooms == pytest.approx([rooms[0]] * len(rooms), abs=0.021)
    assert all(places[node][1 - axis] == boxes[node][1 - axis] for node in boxes)


def test_two_cards_or_none_are_left_where_they_are() -> None:
    assert aligned({}, "left") == {}
    assert distributed({"a": (1, 2, 3, 4), "b": (5, 6, 7, 8)}, "vertically") == {"a": (1, 2), "b": (5, 6)}
