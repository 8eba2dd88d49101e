"""Mouse: which gesture a press begins, and what the wheel does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent

from gui.canvas.choosing import CutGesture, MarqueeGesture
from gui.canvas.gestures import Gesture, PanGesture
from gui.canvas.hits import Hit, Part, hit
from gui.canvas.moving import MoveGesture
from gui.canvas.wiring import WireGesture

if TYPE_CHECKING:
    from gui.canvas.view import Canvas

_NOTCH = 120.0
_EXTENDS = Qt.KeyboardModifier.ShiftModifier
_CUTS = Qt.KeyboardModifier.ControlModifier


class Mouse(QObject):
    """Turns mouse events on the canvas into gestures."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._gesture: Gesture | None = None
        self._button = Qt.MouseButton.NoButton
        self.pans = False
        """Whether the left button pans, since the space bar is held."""

    def press(self, event: QMouseEvent) -> None:
        """Begin the gesture that fits what is under the mouse."""
        if self._gesture is not None:
            self.cancel()
            return
        self._canvas.notice.hide()
        self._gesture = self._gesture_for(event)
        self._button = event.button()

    def move(self, event: QMouseEvent) -> None:
        """Follow the mouse, pressed or not."""
        if self._gesture is not None:
            self._gesture.move(event.position())
        else:
            self._canvas.highlights.hover(self._at(event.position()).wire)

    def release(self, event: QMouseEvent) -> None:
        """End the gesture."""
        if self._gesture is not None and event.button() == self._button:
            gesture, self._gesture = self._gesture, None
            gesture.release(event.position())

    def double_click(self, event: QMouseEvent) -> None:
        """Open what a double click opens."""
        self.press(event)

    def cancel(self) -> bool:
        """Call the gesture off; tell whether there was one."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.cancel()
        return gesture is not None

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom at the mouse with a wheel, pan with two fingers on a trackpad."""
        pixels = event.pixelDelta()
        zooms = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier) or pixels.isNull()
        if zooms:
            self._canvas.navigator.zoom_at(event.position(), 2 ** (event.angleDelta().y() / _NOTCH / 4))
        else:
            self._canvas.navigator.pan(pixels.x(), pixels.y())
        event.accept()

    def _at(self, place: QPointF) -> Hit:
        return hit(self._canvas.mirror, self._canvas.to_scene(place), self._canvas.navigator.scale)

    def _gesture_for(self, event: QMouseEvent) -> Gesture | None:
        place, canvas = event.position(), self._canvas
        if event.button() == Qt.MouseButton.MiddleButton or (self.pans and event.button() == Qt.MouseButton.LeftButton):
            return PanGesture(canvas, place)
        if event.button() != Qt.MouseButton.LeftButton:
            return None
        found = self._at(place)
        extends = bool(event.modifiers() & _EXTENDS)
        if found.part is Part.PORT and found.node is not None and found.port is not None:
            return WireGesture(canvas, place, found.node, found.port)
        if found.node is not None:
            return MoveGesture(canvas, place, found.node, extends or bool(event.modifiers() & _CUTS))
        if found.wire is not None:
            self._choose_wire(found.wire, extends)
            return None
        if event.modifiers() & _CUTS:
            return CutGesture(canvas, place)
        return MarqueeGesture(canvas, place, extends)

    def _choose_wire(self, key: tuple[str, int], extends: bool) -> None:
        wire, selection = self._canvas.mirror.wires[key], self._canvas.workspace.selection
        chosen = (wire.source, wire.consumer, wire.port)
        if extends:
            selection.select(selection.nodes, (*selection.wires, chosen))
        else:
            selection.select((), (chosen,))
