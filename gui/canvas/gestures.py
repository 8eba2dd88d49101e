"""Gestures: what a pressed mouse button does until it is let go. Each is one class, and cancels without a trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from miniflow.overriding import override

if TYPE_CHECKING:
    from gui.canvas.view import Canvas

DRAG_PIXELS = 4.0
"""How far the mouse moves, pressed, before it is a drag and not a click."""
TOP_LAYER = 10.0
"""The layer of what is drawn for a gesture: above everything."""


class Gesture:
    """A press, moves and a release. Points are in the scene, places in the viewport."""

    def __init__(self, canvas: Canvas, place: QPointF) -> None:
        self.canvas = canvas
        self.workspace = canvas.workspace
        self.scene = canvas.mirror
        self.pressed_at = place
        self.start = canvas.to_scene(place)
        self.is_drag = False
        self.modifiers = Qt.KeyboardModifier.NoModifier
        """The keys that are held now."""

    def move(self, place: QPointF) -> None:
        """Follow the mouse."""
        if not self.is_drag and (place - self.pressed_at).manhattanLength() > DRAG_PIXELS:
            self.is_drag = True
            self.begin()
        if self.is_drag:
            self.drag(place)

    def release(self, place: QPointF) -> None:
        """Do it: what was dragged is dropped, or it was a click."""
        self.move(place)
        if self.is_drag:
            self.drop(place)
        else:
            self.click()
        self.clear()

    def cancel(self) -> None:
        """Leave everything as it was."""
        if self.is_drag:
            self.revert()
        self.clear()

    def begin(self) -> None:
        """The drag begins."""

    def drag(self, place: QPointF) -> None:
        """The mouse is here now."""

    def drop(self, place: QPointF) -> None:
        """The drag ends here."""

    def click(self) -> None:
        """It was a click."""

    def revert(self) -> None:
        """The drag was called off."""

    def clear(self) -> None:
        """Take away whatever was drawn for the gesture."""


class PanGesture(Gesture):
    """The canvas follows the mouse."""

    def __init__(self, canvas: Canvas, place: QPointF) -> None:
        super().__init__(canvas, place)
        self._last = place
        canvas.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    @override
    def drag(self, place: QPointF) -> None:
        delta = place - self._last
        self._last = place
        self.canvas.navigator.pan(delta.x(), delta.y())

    @override
    def clear(self) -> None:
        self.canvas.viewport().unsetCursor()
