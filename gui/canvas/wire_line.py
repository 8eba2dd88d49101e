"""The line of a wire: where it runs, and the pen that it is drawn with."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen

from gui.canvas.look import Look
from gui.canvas.wire_state import Flow, WireState
from gui.presentation.wires import Point, wire_path


def painter_path(start: QPointF, end: QPointF, way_points: Sequence[Point] = ()) -> QPainterPath:
    """Return the line of a wire between two points of the scene; it is shared, and not to be changed."""
    return line_between((start.x(), start.y()), (end.x(), end.y()), tuple(way_points))[0]


@lru_cache(maxsize=8192)
def line_between(start: Point, end: Point, way_points: tuple[Point, ...]) -> tuple[QPainterPath, QRectF]:
    """Return a line, and a room that it does not leave."""
    path = QPainterPath(QPointF(*start))
    for curve in wire_path(start, end, way_points):
        path.cubicTo(*curve.first_handle, *curve.second_handle, *curve.end)
    return path, path.controlPointRect()


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
