"""Room for a group of cards among others that stay: the shortest way straight across or down that clears them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from gui.presentation.wires import Point

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom of a card."""

ROOM = 32.0
"""Between a card of the group and one that stays."""


def clear_shift(group: Sequence[Box], others: Sequence[Box]) -> Point:
    """Return how far to move a group as a whole so that none of its cards covers, or nearly touches, another."""
    across, down = (_least(_taken(group, others, axis)) for axis in (0, 1))
    return (0.0, down) if abs(down) <= abs(across) else (across, 0.0)


def _taken(group: Sequence[Box], others: Sequence[Box], axis: int) -> list[tuple[float, float]]:
    """Return the open ranges of moves along an axis at which a card of the group is too near to one that stays."""
    cross = 1 - axis
    return [
        (other[axis] - card[axis + 2] - ROOM, other[axis + 2] - card[axis] + ROOM)
        for card in group
        for other in others
        if card[cross] - ROOM < other[cross + 2] and other[cross] < card[cross + 2] + ROOM
    ]


def _least(taken: Iterable[tuple[float, float]]) -> float:
    """Return the number nearest to 0 that lies in none of these open ranges; of two, the positive."""
    up = down = 0.0
    ranges = sorted(taken)
    for start, end in ranges:
        if start < up < end:
            up = end
    for start, end in sorted(ranges, key=lambda found: -found[1]):
        if start < down < end:
            down = start
    return up if up <= -down else down
