"""The line of a wire: where it runs, and the pen that it is drawn with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen

from gui.canvas.look import Look
from gui.canvas.wire_state import Flow, WireState
from gui.presentation.wires import Cubic, Point, wire_path


def painter_path(start: QPointF, end: QPointF, way_points: Sequence[Point] = ()) -> QPainterPath:
    """Return the line of a wire between two points of the scene; it is shared, and not to be changed."""
    return line_between((start.x(), start.y()), (end.x(), end.y()), tuple(way_points)).path


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """The line of a wire, shared by all that ask for it: not to be changed."""

    path: QPainterPath
    curves: Sequence[Cubic]
    room: QRectF
    """The line does not leave it."""

    def at(self, part: float) -> QPointF:
        """Return the point at a part of the way, from 0 to 1. Only where there are several curves are they measured."""
        return QPointF(*self.curves[0].at(part)) if len(self.curves) == 1 else self.path.pointAtPercent(part)

    def is_as_long_as(self, length: float) -> bool:
        """Tell whether it is so long; it is only measured where its ends are not so far apart."""
        (x, y), (end_x, end_y) = self.curves[0].start, self.curves[-1].end
        return abs(end_x - x) >= length or abs(end_y - y) >= length or self.path.length() >= length


@lru_cache(maxsize=8192)
def line_between(start: Point, end: Point, way_points: tuple[Point, ...]) -> Line:
    """Return the line of a wire between two points of the scene."""
    curves = wire_path(start, end, way_points)
    path = QPainterPath(QPointF(*start))
    for curve in curves:
        path.cubicTo(*curve.first_handle, *curve.second_handle, *curve.end)
    return Line(path, curves, path.controlPointRect())


def line_pen(look: Look, state: WireState) -> QPen:
    """Return the pen that tells the most important of what a wire shows."""
    if state.is_on_cycle:
        return look.pen("meaning.problem", 5.0)
    if state.is_faulty:
        return look.pen("meaning.problem", 2.5, Qt.PenStyle.DashLine)
    if state.flow is not Flow.NONE:
        return look.pen(state.flow.colour, 4.5)
    if state.is_selected:
        return look.pen("meaning.selection", 3.0)
    if state.is_on_path:
        return look.pen("meaning.gradient", 3.0, Qt.PenStyle.DashLine)
    return look.pen("meaning.wire", 3.5 if state.is_hovered else 2.0)
