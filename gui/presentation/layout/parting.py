"""Parting: what stands beyond a card that grows, or that is put between others, moves along. Pure, from real sizes."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

from gui.presentation.layout.clearing import ROOM, Box
from gui.presentation.wires import Point

Key = TypeVar("Key", bound=Hashable)

WIRE_ROOM = 56.0
"""Between two cards with a wire from one to the other."""
_ROOMS = (WIRE_ROOM, ROOM)
"""What is left free beside a card, and below it, by what had to move for it."""
_MARGIN = 8.0


def parted(boxes: Mapping[Key, Box], outgrown: Mapping[Key, Box]) -> dict[Key, Point]:
    """Return how far to move what would be covered by cards that have grown, and what stands beyond that.

    Everything that begins beyond the old edge of such a card moves alike, so that nothing else comes nearer to
    anything; what was covered before may stay so.

    Args:
        boxes: all that stands there, the grown cards as they are now.
        outgrown: the grown cards as they were.
    """
    now = dict(boxes)
    for grown in sorted(outgrown, key=lambda each: boxes[each]):
        for axis in (0, 1):
            edge = outgrown[grown][axis + 2] + now[grown][axis] - boxes[grown][axis]
            beyond = [each for each, box in now.items() if each != grown and box[axis] >= edge]
            step = _step(now[grown], edge, [now[each] for each in beyond], axis)
            if step > 0:
                now.update({each: _moved(now[each], axis, step) for each in beyond})
    moved = [each for each, box in boxes.items() if now[each] != box]
    return {each: (now[each][0] - boxes[each][0], now[each][1] - boxes[each][1]) for each in moved}


def _step(grown: Box, edge: float, others: Collection[Box], axis: int) -> float:
    """Return how far these must move along an axis for the grown card, which ended at ``edge``, to cover none."""
    cross, end = 1 - axis, grown[axis + 2]
    starts = [box[axis] for box in others if box[cross] < grown[cross + 2] and grown[cross] < box[cross + 2]]
    if end <= edge or not starts or min(starts) >= end + _MARGIN:
        return 0.0
    return end + _ROOMS[axis] - min(starts)


def _moved(box: Box, axis: int, step: float) -> Box:
    left, top, right, bottom = box
    return (left + step, top, right + step, bottom) if axis == 0 else (left, top + step, right, bottom + step)
