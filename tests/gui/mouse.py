"""What a hand does with the mouse on the canvas; places are in the coordinates of its viewport."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from gui.canvas.view import Canvas

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NO_KEY, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def click(canvas: Canvas, place: QPoint, keys: Qt.KeyboardModifier = NO_KEY) -> None:
    QTest.mouseClick(canvas.viewport(), LEFT, keys, place)


def hold(
    canvas: Canvas, start: QPoint, *places: QPoint, keys: Qt.KeyboardModifier = NO_KEY, button: Qt.MouseButton = LEFT
) -> None:
    """Press, and move through places without letting go."""
    QTest.mousePress(canvas.viewport(), button, keys, start)
    for place in places:
        QTest.mouseMove(canvas.viewport(), place)


def let_go(canvas: Canvas, place: QPoint, keys: Qt.KeyboardModifier = NO_KEY, button: Qt.MouseButton = LEFT) -> None:
    QTest.mouseRelease(canvas.viewport(), button, keys, place)


def drag(
    canvas: Canvas, start: QPoint, *places: QPoint, keys: Qt.KeyboardModifier = NO_KEY, button: Qt.MouseButton = LEFT
) -> None:
    """Press, move through places, and let go at the last."""
    hold(canvas, start, *places, keys=keys, button=button)
    let_go(canvas, places[-1], keys, button)


def choose(canvas: Canvas, *nodes: str) -> None:
    """Click nodes, all but the first with Shift."""
    for index, node in enumerate(nodes):
        click(canvas, canvas.node_position(node), SHIFT if index else NO_KEY)
