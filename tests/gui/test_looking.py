"""Looking around with wheel, trackpad, touch screen, middle button and space bar, by the events that these send."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.canvas.view import Canvas
from miniflow.graph.records import GraphRecord, NodeRecord
from tests.gui.mouse import LEFT, MIDDLE, drag
from tests.gui.screen import canvas_on_screen

NO_BUTTON, NO_KEY = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PLACE, NOWHERE = QPoint(400, 300), QPoint()
WAY = (PLACE, PLACE + QPoint(20, 10), PLACE + QPoint(40, 30))


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[Canvas]:
    with canvas_on_screen(qtbot, 640) as canvas:
        canvas.workspace.show_record(GraphRecord({"a": NodeRecord("a", "Sigmoid", (0, 0))}))
        canvas.activateWindow()
        canvas.setFocus()
        yield canvas


def turn(
    canvas: Canvas,
    angle: QPoint,
    pixels: QPoint = NOWHERE,
    keys: Qt.KeyboardModifier = NO_KEY,
    phase: Qt.ScrollPhase = Qt.ScrollPhase.NoScrollPhase,
) -> None:
    globally = QPointF(canvas.viewport().mapToGlobal(PLACE))
    event = QWheelEvent(QPointF(PLACE), globally, pixels, angle, NO_BUTTON, keys, phase, False)
    QApplication.sendEvent(canvas.viewport(), event)


def assert_zoomed(canvas: Canvas, act: Callable[[], object], grows: bool) -> None:
    """What is under the mouse stays there, and everything appears larger, or smaller."""
    scale, point = canvas.navigator.scale, canvas.to_scene(QPointF(PLACE))
    act()
    assert (canvas.navigator.scale > scale) == grows
    assert canvas.navigator.scale != scale
    assert (canvas.to_viewport(point) - QPointF(PLACE)).manhattanLength() <= 2


def assert_panned(canvas: Canvas, act: Callable[[], object], by: QPoint) -> None:
    scale, before = canvas.navigator.scale, canvas.node_position("a")
    act()
    assert canvas.navigator.scale == scale
    assert canvas.node_position("a") == before + by


@pytest.mark.parametrize("notches", [2, -2])
def test_a_wheel_zooms_at_the_mouse(canvas: Canvas, notches: int) -> None:
    assert_zoomed(canvas, lambda: turn(canvas, QPoint(0, 120 * notches)), notches > 0)


def test_with_control_a_wheel_and_two_fingers_zoom(canvas: Canvas) -> None:
    assert_zoomed(canvas, lambda: turn(canvas, QPoint(0, 120), keys=CTRL), True)
    assert_zoomed(canvas, lambda: turn(canvas, QPoint(0, -40), QPoint(0, -20), CTRL), False)


def test_with_shift_a_wheel_goes_sideways(canvas: Canvas) -> None:
    assert_panned(canvas, lambda: turn(canvas, QPoint(0, -120), keys=SHIFT), QPoint(-60, 0))


def test_a_wheel_that_tilts_goes_sideways(canvas: Canvas) -> None:
    assert_panned(canvas, lambda: turn(canvas, QPoint(120, 0)), QPoint(60, 0))


@pytest.mark.parametrize("phase", ["ScrollBegin", "ScrollUpdate", "ScrollMomentum"])
def test_two_fingers_pan(canvas: Canvas, phase: str) -> None:
    of_fingers = Qt.ScrollPhase[phase]
    assert_panned(canvas, lambda: turn(canvas, QPoint(-24, 16), QPoint(-12, 8), phase=of_fingers), QPoint(-12, 8))
    assert_panned(canvas, lambda: turn(canvas, QPoint(-24, 16), phase=of_fingers), QPoint(-12, 8))


@pytest.mark.parametrize("by", [0.2, -0.2])
def test_a_pinch_on_a_trackpad_zooms_at_the_fingers(canvas: Canvas, by: float) -> None:
    device = QPointingDevice(
        "trackpad", 1, QInputDevice.DeviceType.TouchPad, QPointingDevice.PointerType.Finger,
        QInputDevice.Capability.Position, 5, 0,
    )  # fmt: skip
    place = QPointF(PLACE)
    globally = QPointF(canvas.viewport().mapToGlobal(PLACE))
    kind = Qt.NativeGestureType.ZoomNativeGesture
    event = QNativeGestureEvent(kind, device, 2, place, place, globally, by, QPointF())
    assert_zoomed(canvas, lambda: QApplication.sendEvent(canvas.viewport(), event), by > 0)


@pytest.mark.qt_log_ignore("could not find the target for gesture")  # of Qt's own, for fingers that a test makes
def test_a_pinch_on_a_touch_screen_zooms_and_moves_no_card(canvas: Canvas) -> None:
    device = QTest.createTouchDevice()
    viewport = canvas.viewport()
    QTest.touchEvent(viewport, device).press(0, PLACE - QPoint(30, 0), viewport).commit()
    QTest.touchEvent(viewport, device).stationary(0).press(1, PLACE + QPoint(30, 0), viewport).commit()
    scale = canvas.navigator.scale
    for apart in (45, 60, 90, 120):
        fingers = QTest.touchEvent(viewport, device)
        fingers.move(0, PLACE - QPoint(apart, 0), viewport).move(1, PLACE + QPoint(apart, 0), viewport).commit()
    larger = canvas.navigator.scale
    fingers = QTest.touchEvent(viewport, device)
    fingers.release(0, PLACE - QPoint(120, 0), viewport).release(1, PLACE + QPoint(120, 0), viewport).commit()
    assert larger > 1.5 * scale
    assert canvas.workspace.document.nodes["a"].position == (0, 0)
    assert canvas.workspace.history.undo_text is None


def test_one_finger_on_a_touch_screen_is_a_mouse(canvas: Canvas) -> None:
    device, viewport, place = QTest.createTouchDevice(), canvas.viewport(), canvas.node_position("a")
    QTest.touchEvent(viewport, device).press(0, place, viewport).commit()
    QTest.touchEvent(viewport, device).release(0, place, viewport).commit()
    assert canvas.workspace.selection.nodes == ("a",)


def test_the_middle_button_drags_the_canvas(canvas: Canvas) -> None:
    assert_panned(canvas, lambda: drag(canvas, *WAY, button=MIDDLE), QPoint(40, 30))


def test_with_the_space_bar_held_the_left_button_drags_the_canvas(canvas: Canvas) -> None:
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    assert_panned(canvas, lambda: drag(canvas, *WAY, button=LEFT), QPoint(40, 30))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.workspace.selection.nodes == ()
