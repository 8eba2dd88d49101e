"""Adding: the typed list on the canvas, where it opens and what its choice becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt

from gui.canvas.hits import Port
from gui.presentation.catalogue import Entry
from gui.widgets.add_list import AddList

if TYPE_CHECKING:
    from gui.canvas.view import Canvas


class Adding(QObject):
    """Opens the list to add a node by typing, and places what is chosen."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._place = QPointF()
        self._wire_from: tuple[str, Port] | None = None
        self._list = AddList(canvas.viewport())
        self._list.chosen.connect(self._add)
        self._list.cancelled.connect(self._leave)
        canvas.workspace.viewport.add_by_typing.connect(self.open_in_sight)
        canvas.mirror.rebuilding.connect(self._list.hide)

    def open_at(self, place: QPointF, wire_from: tuple[str, Port] | None = None) -> None:
        """Open the list at a place of the viewport; with a wire from a port, with only what that wire fits."""
        self._place, self._wire_from = place, wire_from
        takes_wires = wire_from is not None and isinstance(wire_from[1], str)
        self._list.open_at(place.toPoint() + QPoint(2, 2), _has_ports if takes_wires else None)

    def close(self) -> None:
        """Close the list, adding nothing."""
        if self._list.isVisible():
            self._list.close_list()

    def open_in_sight(self) -> None:
        """Open the list at the mouse, or in the middle where the mouse is elsewhere."""
        viewport = self._canvas.viewport()
        place = QPointF(viewport.mapFromGlobal(viewport.cursor().pos()))
        inside = QRectF(viewport.rect()).contains(place) and viewport.underMouse()
        self.open_at(place if inside else QRectF(viewport.rect()).center())

    def _add(self, entry: Entry) -> None:
        self._canvas.placing.place(entry, self._place, self._wire_from)
        self._leave()

    def _leave(self) -> None:
        if self._canvas.isVisible():
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)


def _has_ports(entry: Entry) -> bool:
    return entry.type != "Input"
