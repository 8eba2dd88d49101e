"""WireGrab: pressing on a wire selects it; dragging takes off the end that is nearer, to lead it elsewhere or off."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLineF, QPointF

from gui.canvas.gestures import Gesture
from gui.canvas.wiring import WireGesture
from miniflow.overriding import override

if TYPE_CHECKING:
    from gui.canvas.edge_item import EdgeItem
    from gui.canvas.view import Canvas

translate = QCoreApplication.translate
_SLIP_PIXELS = 28.0
"""Let go as near as this to where it was pressed, and at no port, the wire stays as it is: a hand slips."""


class SourceEndGesture(WireGesture):
    """Leads the source's end of a wire to another output, or takes the wire off."""

    def __init__(self, canvas: Canvas, place: QPointF, wire: EdgeItem) -> None:
        super().__init__(canvas, place, wire.consumer, wire.port)
        self._taken, self._is_new = None, False
        self._wire = wire

    @override
    def begin(self) -> None:
        super().begin()
        self._dim(True)

    @override
    def drop(self, place: QPointF) -> None:
        if self._target is None:
            self.canvas.do(translate("Canvas", "Disconnect"), self._take_off())
        else:
            super().drop(place)

    @override
    def clear(self) -> None:
        super().clear()
        self._dim(False)

    def _dim(self, is_dimmed: bool) -> None:
        if self.scene.wires.get(self._wire.key) is self._wire:
            self._wire.show_state(replace(self._wire.state, is_dimmed=is_dimmed))


class WireGrab(Gesture):
    """A wire is pressed. ``extends``: the press adds it to the selection, or takes it away."""

    def __init__(self, canvas: Canvas, place: QPointF, wire: EdgeItem, extends: bool) -> None:
        super().__init__(canvas, place)
        self._wire = wire
        self._end: WireGesture | None = None
        selection = self.workspace.selection
        self._chosen = (wire.source, wire.consumer, wire.port)
        self._leaves = extends and self._chosen in selection.wires
        if extends:
            selection.select(selection.nodes, (*selection.wires, self._chosen), selection.notes)
        else:
            selection.select((), (self._chosen,))

    @override
    def begin(self) -> None:
        wire = self._wire
        if self.scene.wires.get(wire.key) is not wire:
            return
        to_source, to_consumer = (QLineF(self.start, end).length() for end in wire.ends)
        if to_source < to_consumer:
            self._end = SourceEndGesture(self.canvas, self.pressed_at, wire)
        else:
            self._end = WireGesture(self.canvas, self.pressed_at, wire.consumer, wire.port)
        self._end.begin()

    @override
    def drag(self, place: QPointF) -> None:
        if self._end is not None:
            self._end.drag(place)

    @override
    def click(self) -> None:
        selection = self.workspace.selection
        if self._leaves:
            wires = [wire for wire in selection.wires if wire != self._chosen]
            selection.select(selection.nodes, wires, selection.notes)

    @override
    def drop(self, place: QPointF) -> None:
        if self._end is None:
            return
        if not self._end.is_at_a_port and QLineF(self.pressed_at, place).length() < _SLIP_PIXELS:
            self._end.revert()
        else:
            self._end.drop(place)

    @override
    def revert(self) -> None:
        if self._end is not None:
            self._end.revert()

    @override
    def clear(self) -> None:
        if self._end is not None:
            self._end.clear()
            self._end = None
