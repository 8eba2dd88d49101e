"""A way for a wire that leads back to the left: out to the right, over or under every card between, and in again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from gui.presentation.wires import Box, Point, entered, wire_path

MARGIN = 14.0
_TURN = 60.0
"""How far a wire reaches beyond its port where it turns round."""
_TRIES = 16


def way_back(start: Point, end: Point, cards: Iterable[Box]) -> tuple[Point, ...]:
    """Return way points from an out port to an in port that is not right of it, none where the direct curve is free.

    ``cards`` are those in the way, the two that the wire joins among them.
    """
    near = [card for card in cards if card[0] < start[0] + _TURN and card[2] > end[0] - _TURN]
    if not _met(start, end, (), near):
        return ()
    between = [card for card in near if card[0] < start[0] and card[2] > end[0]]
    beside = [card for card in near if card[2] > start[0] or card[0] < end[0]]
    levels = sorted(_levels(start, end, between), key=lambda level: (_climb(start, end, level), level))
    left = min(end[0], start[0] - 2.0)
    best: tuple[Point, ...] = ()
    fewest = len(beside) + 1
    for level in islice(levels, _TRIES):
        way = ((start[0], level), (left, level))
        met = _met(start, end, way, beside)
        if met < fewest:
            best, fewest = way, met
        if not met:
            break
    return best


def _levels(start: Point, end: Point, cards: Sequence[Box]) -> set[float]:
    """Return the levels that no card reaches: just above or below one, and those of the ports."""
    wanted = {start[1], end[1], *(card[1] - MARGIN for card in cards), *(card[3] + MARGIN for card in cards)}
    return {level for level in wanted if not any(card[1] - 1 < level < card[3] + 1 for card in cards)}


def _climb(start: Point, end: Point, level: float) -> float:
    return abs(level - start[1]) + abs(level - end[1])


def _met(start: Point, end: Point, way: Sequence[Point], cards: Sequence[Box]) -> int:
    return len(entered(wire_path(start, end, way), cards))
