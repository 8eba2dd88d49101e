"""The line that a wire draws, as a pure function: the screen, the pictures and the tests of the layout all use it.

A wire leaves the right side of a card and enters the left side of another, level at both ends; between them it passes
through its way points, level there too. Coordinates are those of the canvas: x to the right, y down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom of a card."""

_TURN_LEAST = 24.0
_TURN_MOST = 60.0


@dataclass(frozen=True, slots=True)
class Cubic:
    """One cubic Bézier curve: where it starts, its two handles, where it ends."""

    start: Point
    first_handle: Point
    second_handle: Point
    end: Point

    def at(self, t: float) -> Point:
        """Return the point at ``t`` from 0 (start) to 1 (end)."""
        s = 1.0 - t
        a, b, c, d = s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = self.start, self.first_handle, self.second_handle, self.end
        return a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3


def wire_path(start: Point, end: Point, way_points: Sequence[Point] = ()) -> list[Cubic]:
    """Return the curves of a wire from an out port to an in port, in order, each joining the next smoothly."""
    points = [start, *way_points, end]
    headings = [1.0] * len(points)
    for index in range(1, len(points) - 1):
        ahead = points[index + 1][0] - points[index - 1][0]
        headings[index] = headings[index - 1] if ahead == 0 else (1.0 if ahead > 0 else -1.0)
    return [
        _curve(points[index], points[index + 1], headings[index], headings[index + 1])
        for index in range(len(points) - 1)
    ]


def points_along(path: Sequence[Cubic], per_curve: int = 16) -> list[Point]:
    """Return points along a path, its first and last among them: straight lines between them show the wire."""
    points = [path[0].start]
    for curve in path:
        points.extend(curve.at(step / per_curve) for step in range(1, per_curve + 1))
    return points


def middle(path: Sequence[Cubic]) -> Point:
    """Return the point half-way along a path, where a label sits."""
    points = points_along(path)
    lengths = [_distance(a, b) for a, b in pairwise(points)]
    left = sum(lengths) / 2.0
    for (a, b), length in zip(pairwise(points), lengths, strict=True):
        if left <= length and length > 0:
            part = left / length
            return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part
        left -= length
    return points[-1]


def enters(path: Sequence[Cubic], left: float, top: float, right: float, bottom: float) -> bool:
    """Tell whether a path runs through the inside of a rectangle; touching its edge is not entering."""
    return bool(entered(path, [(left, top, right, bottom)]))


def entered(path: Sequence[Cubic], boxes: Iterable[Box]) -> list[Box]:
    """Return those of some rectangles that a path runs through; the path is worked out once for all of them."""
    points = list(_finely(path))
    leftmost, rightmost = min(x for x, _ in points), max(x for x, _ in points)
    highest, lowest = min(y for _, y in points), max(y for _, y in points)
    near = (b for b in boxes if b[0] < rightmost and b[2] > leftmost and b[1] < lowest and b[3] > highest)
    return [box for box in near if _is_inside(points, *box)]


def _is_inside(points: Sequence[Point], left: float, top: float, right: float, bottom: float) -> bool:
    return any(left < x < right and top < y < bottom for x, y in points)


def _finely(path: Sequence[Cubic]) -> Iterator[Point]:
    for curve in path:
        span = abs(curve.end[0] - curve.start[0]) + abs(curve.end[1] - curve.start[1])
        steps = max(8, min(256, int(span / 4.0)))
        yield from (curve.at(step / steps) for step in range(steps + 1))


def _curve(start: Point, end: Point, heading_out: float, heading_in: float) -> Cubic:
    across, down = end[0] - start[0], abs(end[1] - start[1])
    if heading_out == heading_in and across * heading_out > 0:
        reach = abs(across) / 2.0
    elif heading_out == heading_in:
        reach = max(_TURN_MOST, abs(across) / 2.0)
    else:
        reach = min(_TURN_MOST, max(_TURN_LEAST, down / 2.0))
    return Cubic(start, (start[0] + heading_out * reach, start[1]), (end[0] - heading_in * reach, end[1]), end)


def _distance(a: Point, b: Point) -> float:
    return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)
