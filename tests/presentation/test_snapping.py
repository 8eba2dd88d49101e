"""Where a dragged card jumps to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gui.presentation.snapping import Snap, Tie, covers, snap_to_grid, snap_to_neighbours

CARD = (103.0, 204.0, 50.0, 40.0)
NUMBER = st.integers(-300, 300).map(float)
BOX = st.tuples(NUMBER, NUMBER, st.just(100.0), st.integers(20, 200).map(float))


def snap_to(card, others, ties, reach) -> Snap:
    return snap_to_neighbours(card, others, ties, reach, lambda jump: not covers([card], jump, others))


def test_a_card_jumps_to_the_edge_of_a_neighbour_that_is_near_and_to_none_that_is_far() -> None:
    assert snap_to(CARD, [(100.0, 500.0, 90.0, 40.0)], [], 5.0).across == -3.0
    assert snap_to(CARD, [(90.0, 500.0, 200.0, 40.0)], [], 5.0) == Snap()


def test_middles_go_in_line_too_and_a_line_is_drawn_through_them() -> None:
    snap = snap_to(CARD, [(400.0, 190.0, 90.0, 70.0)], [], 5.0)
    assert (snap.across, snap.down) == (None, 1.0)
    assert snap.guides == ((103.0, 225.0, 490.0, 225.0),)


def test_a_wire_that_can_run_straight_comes_before_cards_in_line() -> None:
    beside = (400.0, 203.0, 90.0, 40.0)
    snap = snap_to(CARD, [beside], [Tie(153.0, 220.0, 400.0, 223.0)], 5.0)
    assert snap.down == 3.0
    assert snap.guides == ((153.0, 223.0, 400.0, 223.0),)


@given(BOX, st.lists(BOX, max_size=4), st.integers(0, 20))
def test_no_jump_is_farther_than_the_reach_and_after_it_a_card_stays(card, others, reach) -> None:
    snap = snap_to(card, others, [], reach)
    dx, dy = snap.across or 0.0, snap.down or 0.0
    assert max(abs(dx), abs(dy)) <= reach
    again = snap_to((card[0] + dx, card[1] + dy, *card[2:]), others, [], reach)
    assert (again.across or 0.0, again.down or 0.0) == (0.0, 0.0)
    assert len(snap.guides) == (snap.across is not None) + (snap.down is not None)


@given(BOX, st.lists(BOX, min_size=1, max_size=4), st.integers(0, 20))
def test_no_jump_leads_onto_another_card(card, others, reach) -> None:
    snap = snap_to(card, others, [Tie(0.0, 0.0, 50.0, 3.0)], reach)
    is_jump = (snap.across, snap.down) != (None, None)
    assert not (is_jump and covers([card], (snap.across, snap.down), others))


@given(BOX)
def test_on_the_grid_a_card_goes_to_the_nearest_point(card) -> None:
    snap = snap_to_grid(card, 24.0)
    assert snap.across is not None
    assert snap.down is not None
    assert max(abs(snap.across), abs(snap.down)) <= 12.0
    assert (card[0] + snap.across) % 24.0 == (card[1] + snap.down) % 24.0 == 0.0
