"""Trackpad: what wheels, trackpads and touch screens do to the view: zooming at the fingers, and panning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QInputDevice, QNativeGestureEvent, QTouchEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture

if TYPE_CHECKING:
    from gui.canvas.view import Canvas

FINGERS = (QNativeGestureEvent, QGestureEvent, QTouchEvent)
"""The events that ``take`` is for."""
_NOTCH = 120.0
_NOTCH_PIXELS = 60.0
"""How far a notch of a wheel, or as much of two fingers, pans."""
_ZOOMS, _SIDEWAYS = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Trackpad(QObject):
    """Turns events of the wheel and of fingers into looking elsewhere."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._place = QPointF()
        """Where the middle of a pinch was last."""
        self._scale_before = 1.0
        """The scale at which a pinch began."""
        canvas.viewport().grabGesture(Qt.GestureType.PinchGesture)

    def take(self, event: QNativeGestureEvent | QGestureEvent | QTouchEvent) -> bool:
        """Do what fingers on a trackpad or a screen ask for; tell whether an event was that."""
        if isinstance(event, QNativeGestureEvent):
            return self._follow_trackpad(event)
        if isinstance(event, QGestureEvent):
            return self._follow_pinch(event)
        event.ignore()  # a finger on a screen: one is a mouse, and two are a gesture, which Qt has seen by now
        return True

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom at the mouse with a wheel, pan with two fingers; with Ctrl always zoom, with Shift pan sideways."""
        angle = event.angleDelta()
        pixels = QPointF(event.pixelDelta())
        if pixels.isNull():
            pixels = QPointF(angle) * (_NOTCH_PIXELS / _NOTCH)
        if event.modifiers() & _ZOOMS:
            self._canvas.navigator.zoom_at(event.position(), 2 ** ((angle.y() or angle.x()) / _NOTCH / 4))
        elif event.modifiers() & _SIDEWAYS:
            self._canvas.navigator.pan(pixels.x() or pixels.y(), 0.0)
        elif _is_of_fingers(event) or not angle.y():
            self._canvas.navigator.pan(pixels.x(), pixels.y())
        else:
            self._canvas.navigator.zoom_at(event.position(), 2 ** (angle.y() / _NOTCH / 4))
        event.accept()

    def _follow_trackpad(self, event: QNativeGestureEvent) -> bool:
        match event.gestureType():
            case Qt.NativeGestureType.ZoomNativeGesture:
                self._canvas.navigator.zoom_at(event.position(), max(0.1, 1.0 + event.value()))
            case Qt.NativeGestureType.PanNativeGesture:
                self._canvas.navigator.pan(event.delta().x(), event.delta().y())
            case Qt.NativeGestureType.SmartZoomNativeGesture:
                self._canvas.navigator.fit_all()
            case _:
                return False
        event.accept()
        return True

    def _follow_pinch(self, event: QGestureEvent) -> bool:
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture):
            return False
        place = self._canvas.viewport().mapFromGlobal(pinch.centerPoint())
        if pinch.state() == Qt.GestureState.GestureStarted:
            self._canvas.mouse.cancel()
            self._scale_before = self._canvas.navigator.scale
        else:
            self._canvas.navigator.pan(place.x() - self._place.x(), place.y() - self._place.y())
            wanted = self._scale_before * pinch.totalScaleFactor()
            self._canvas.navigator.zoom_at(place, wanted / self._canvas.navigator.scale)
        self._place = place
        event.accept(pinch)
        return True


def _is_of_fingers(event: QWheelEvent) -> bool:
    """Tell two fingers from a wheel. On X11 a wheel may count pixels too, so there the kind of device decides."""
    if event.phase() != Qt.ScrollPhase.NoScrollPhase or event.device().type() == QInputDevice.DeviceType.TouchPad:
        return True
    return not event.pixelDelta().isNull() and QGuiApplication.platformName() != "xcb"
