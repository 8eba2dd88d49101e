"""Snapping: how far a dragged card jumps so that it stands in line with another, or so that a wire runs straight.

Pure, from boxes and levels. Each axis is on its own: a card may be in line with one neighbour across and another down.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from gui.presentation.alignment import Box

Jump: TypeAlias = tuple[float | None, float | None]
"""By how much across and down, None where nothing pulls."""
Line: TypeAlias = tuple[float, float, float, float]
"""A guide line: x and y of its start, x and y of its end."""
_PARTS = (0.5, 0.0, 1.0)
"""Centre, left and right; middle, top and bottom: each goes in line with the same part of another card."""
_SAME = 0.01
_FIRST = 0.25
"""How much nearer a straight wire counts than cards in line: it is what one looks for when both are close."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A wire between a card that is dragged and one that stays: where its two ends are."""

    x: float
    y: float
    other_x: float
    other_y: float


@dataclass(frozen=True, slots=True)
class Snap:
    """By how much what is dragged jumps, None where it is free, and the lines that show why."""

    across: float | None = None
    down: float | None = None
    guides: tuple[Line, ...] = ()


def snap_to_neighbours(
    card: Box, others: Sequence[Box], ties: Sequence[Tie], reach: float, may: Callable[[Jump], bool]
) -> Snap:
    """Return the jump of a card that would stand here to the lines of others no farther away than ``reach``.

    Of the jumps across and down, both at once or one alone, it is the first that ``may`` be made.
    """
    across = _nearest((by for other in others for by in _offsets(card, other, 0)), reach)
    down = _nearest((by for other in others for by in _offsets(card, other, 1)), reach)
    straight = _nearest((tie.other_y - tie.y for tie in ties), reach)
    if straight is not None and (down is None or abs(straight) * _FIRST <= abs(down)):
        down = straight
    jumps: tuple[Jump, ...] = ((across, down), (across, None), (None, down))
    across, down = next(filter(may, jumps), (None, None))
    dx, dy = across or 0.0, down or 0.0
    moved = (card[0] + dx, card[1] + dy, card[2], card[3])
    level = (tie for tie in ties if abs(tie.y + dy - tie.other_y) < _SAME)
    wires = [(tie.x + dx, tie.other_y, tie.other_x, tie.other_y) for tie in level]
    guides = [*wires, *([] if wires or down is None else _guide(moved, others, 1))]
    return Snap(across, down, tuple(guides if across is None else [*guides, *_guide(moved, others, 0)]))


def snap_to_grid(card: Box, spacing: float) -> Snap:
    """Return the jump of a card that would stand here to the nearest point of the grid."""
    across, down = (round(start / spacing) * spacing - start for start in card[:2])
    return Snap(across, down)


def covers(cards: Sequence[Box], jump: Jump, others: Collection[Box]) -> bool:
    """Tell whether any card of a group would cover one of the others after a jump across and down.

    >>> other = (9, 14, 10, 10)
    >>> covers([(0, 0, 10, 10)], (None, 5), [other]), covers([(0, 0, 10, 10), (90, 0, 1, 1)], (None, 4), [other])
    (True, False)
    """
    dx, dy = jump[0] or 0.0, jump[1] or 0.0
    return any(
        left + dx < x + width and x < left + dx + wide and top + dy < y + height and y < top + dy + high
        for left, top, wide, high in cards
        for x, y, width, height in others
    )


def _nearest(jumps: Iterable[float], reach: float) -> float | None:
    return min((by for by in jumps if abs(by) <= reach), key=abs, default=None)


def _offsets(card: Box, other: Box, axis: int) -> list[float]:
    here, there = (card[axis], card[axis + 2]), (other[axis], other[axis + 2])
    return [there[0] + part * there[1] - here[0] - part * here[1] for part in _PARTS]


def _guide(card: Box, others: Iterable[Box], axis: int) -> list[Line]:
    """Return a line through what a card has in line with another, the nearest: the middles, or else an edge."""
    found: list[tuple[float, float, float, float]] = []
    for other in others:
        start, end = min(card[1 - axis], other[1 - axis]), max(_end(card, 1 - axis), _end(other, 1 - axis))
        parts = (part for part, by in zip(_PARTS, _offsets(card, other, axis), strict=True) if abs(by) < _SAME)
        found += [(end - start, start, end, card[axis] + part * card[axis + 2]) for part in list(parts)[:1]]
    return [_line(axis, *min(found)[1:])] if found else []


def _end(box: Box, axis: int) -> float:
    return box[axis] + box[axis + 2]


def _line(axis: int, start: float, end: float, at: float) -> Line:
    return (at, start, at, end) if axis == 0 else (start, at, end, at)
