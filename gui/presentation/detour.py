"""A way around: where a wire bends so that it does not run across cards, wire by wire where nothing is arranged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from gui.presentation.wires import Point, points_along, wire_path

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_INSET = 2.0
_ROOM = 14.0
_TRIES = 4
_POINTS = 24


def detour(start: Point, end: Point, cards: Sequence[Box]) -> tuple[Point, ...]:
    """Return the way points of a wire that leads around ``cards``; none where its own line is clear."""
    blocking = _entered(start, end, (), cards)
    for _ in range(_TRIES):
        if not blocking:
            return ()
        ways = sorted(_ways(start, end, _around(blocking)), key=lambda way: _length(start, end, way))
        for way in ways:
            if not _entered(start, end, way, cards):
                return way
        more = _entered(start, end, ways[0], cards)
        blocking = list(dict.fromkeys([*blocking, *more]))
    return ()


def _ways(start: Point, end: Point, box: Box) -> Iterator[tuple[Point, ...]]:
    """Yield ways past a box: level until it is passed, at the end's level before it, over it, and under it."""
    left, top, right, bottom = box
    yield ((right + _ROOM, start[1]),)
    yield ((left - _ROOM, end[1]),)
    for level in (top - _ROOM, bottom + _ROOM):
        yield (left - _ROOM, level), (right + _ROOM, level)


def _entered(start: Point, end: Point, way: Sequence[Point], cards: Sequence[Box]) -> list[Box]:
    points = points_along(wire_path(start, end, way), _POINTS)
    return [card for card in cards if _enters(points, card)]


def _enters(points: Sequence[Point], card: Box) -> bool:
    left, top, right, bottom = card
    return any(
        left + _INSET < x < right - _INSET and top + _INSET < y < bottom - _INSET
        for x, y in points
    )


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _length(start: Point, end: Point, way: Sequence[Point]) -> float:
    """Return how long the way is; going back counts three times."""
    return sum(
        abs(b[1] - a[1]) + (b[0] - a[0] if b[0] >= a[0] else 3.0 * (a[0] - b[0]))
        for a, b in pairwise([start, *way, end])
    )
