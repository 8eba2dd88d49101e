"""The line of a wire, and its way around cards that nobody has arranged."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from gui.presentation.routing import MARGIN, way_around
from gui.presentation.wires import Point, enters, middle, points_along, wire_path
from tests.presentation.drawn import boxes, ends, through
from tests.presentation.networks_to_draw import arranged, cases

POINT = st.tuples(st.integers(-500, 500), st.integers(-500, 500))
CASES = cases()


@given(POINT, POINT, st.lists(POINT, max_size=4))
def test_a_wire_is_one_smooth_line_through_its_way_points(start: Point, end: Point, way_points: list[Point]) -> None:
    path = wire_path(start, end, way_points)
    assert [curve.start for curve in path] == [start, *way_points]
    assert [curve.end for curve in path] == [*way_points, end]
    for before, after in pairwise(path):
        heading = before.end[0] - before.second_handle[0]
        assert heading * (after.first_handle[0] - after.start[0]) > 0 or 0 in (heading, after.first_handle[0])


@given(POINT, POINT, st.lists(POINT, max_size=4))
def test_a_wire_is_level_wherever_it_meets_a_port_or_a_way_point(
    start: Point, end: Point, way_points: list[Point]
) -> None:
    for curve in wire_path(start, end, way_points):
        assert curve.first_handle[1] == curve.start[1]
        assert curve.second_handle[1] == curve.end[1]


@given(POINT, POINT)
def test_a_wire_to_the_right_stays_between_its_ends(start: Point, end: Point) -> None:
    assume(end[0] > start[0])
    low, high = sorted((start[1], end[1]))
    for x, y in points_along(wire_path(start, end)):
        assert start[0] - 1e-6 <= x <= end[0] + 1e-6
        assert low - 1e-6 <= y <= high + 1e-6


def test_a_wire_to_the_left_leaves_to_the_right_and_arrives_from_the_left() -> None:
    points = points_along(wire_path((300, 0), (0, 100)))
    assert max(x for x, _ in points) > 300
    assert min(x for x, _ in points) < 0


def test_the_middle_of_a_straight_wire_is_half_way() -> None:
    assert middle(wire_path((0, 10), (100, 10))) == pytest.approx((50, 10))
    assert middle(wire_path((5, 5), (5, 5))) == (5, 5)


def test_a_wire_with_nothing_in_its_way_goes_directly() -> None:
    assert way_around((0, 0), (100, 50), [(20, 200, 80, 300), (-500, -50, -10, 50)]) == ()


def test_a_wire_passes_above_a_card_when_that_is_nearer_and_below_when_not() -> None:
    above = way_around((0, 0), (400, 0), [(150, -20, 250, 100)])
    below = way_around((0, 0), (400, 0), [(150, -100, 250, 20)])
    assert {y for _, y in above} == {-20 - MARGIN}
    assert {y for _, y in below} == {20 + MARGIN}


@pytest.mark.parametrize("side", [1, -1])
def test_a_wire_leaves_its_port_level_past_a_wider_card_beside_its_own(side: int) -> None:
    low, high = sorted((20 * side, 200 * side))
    card = (-50, low, 60, high)
    start, end = (0, 0), (100, 400 * side)
    assert enters(wire_path(start, end), *card)
    assert not enters(wire_path(start, end, way_around(start, end, [card])), *card)


@st.composite
def scenes(draw: st.DrawFn) -> tuple[Point, Point, list[tuple[int, int, int, int]]]:
    """A wire over 1,000 to the right, and cards anywhere between but at least a little away from its ports."""
    corners = draw(st.lists(st.tuples(st.integers(20, 780), st.integers(-400, 300)), max_size=7))
    cards = [(x, y, x + draw(st.integers(20, 200)), y + draw(st.integers(10, 150))) for x, y in corners]
    return (0, draw(st.integers(-300, 300))), (1000, draw(st.integers(-300, 300))), cards


@given(scenes())
@example(((0, 0), (1000, 0), [(100, -50, 300, 50), (250, 60, 450, 160), (440, -40, 700, 58)]))
def test_a_wire_finds_a_way_past_any_cards(scene: tuple[Point, Point, list[tuple[int, int, int, int]]]) -> None:
    start, end, cards = scene
    path = wire_path(start, end, way_around(start, end, cards))
    assert not any(enters(path, *card) for card in cards)


@st.composite
def scenes_to_the_left(draw: st.DrawFn) -> tuple[Point, Point, list[tuple[int, int, int, int]]]:
    """A wire that leads back, the cards that it joins, and others, none of which stands close to another."""
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    across, down = draw(st.integers(150, 300)), draw(st.integers(40, 200))
    places = [(column * 440, row * 240) for column in range(columns) for row in range(rows)]
    kept = draw(st.lists(st.sampled_from(places), min_size=1, max_size=9, unique=True))
    cards = [(x, y, x + across, y + down) for x, y in kept]
    source, consumer = draw(st.sampled_from(cards)), draw(st.sampled_from(cards))
    assume(consumer[0] <= source[2])
    return (source[2], source[1] + 30), (consumer[0], consumer[1] + draw(st.integers(1, down - 1))), cards


@given(scenes_to_the_left())
@example(((200, 30), (0, 30), [(0, 0, 200, 100)]))
@example(((640, 30), (0, 30), [(0, 0, 200, 100), (440, 0, 640, 100)]))
@example(((150, 30), (150, 270), [(0, 0, 150, 100), (150, 240, 300, 340)]))
def test_a_wire_that_leads_back_finds_a_way_past_any_cards_its_own_too(
    scene: tuple[Point, Point, list[tuple[int, int, int, int]]],
) -> None:
    start, end, cards = scene
    path = wire_path(start, end, way_around(start, end, cards))
    assert not any(enters(path, *card) for card in cards)


@pytest.mark.parametrize("name", CASES)
def test_an_arranged_drawing_that_is_opened_again_has_no_wire_through_a_card_either(name: str) -> None:
    network, found = CASES[name], arranged(name)
    cards = boxes(network, found)
    drawn = {}
    for wire in network.wires:
        start, end = ends(network, found, wire)
        drawn[wire] = wire_path(start, end, way_around(start, end, cards.values()))
    assert through(drawn, cards) == []
