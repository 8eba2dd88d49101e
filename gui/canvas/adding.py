"""Adding: the typed list on the canvas, where it opens and what its choice becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt

from gui.canvas.newcomers import WireEnd
from gui.presentation.catalogue import NOTE, Entry
from gui.widgets.add_list import AddList

if TYPE_CHECKING:
    from gui.canvas.view import Canvas


class Adding(QObject):
    """Opens the list to add a node by typing, and places what is chosen."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._place: QPointF | None = QPointF()
        """Where the person asked for it; None where it was asked for by keys alone."""
        self._end: WireEnd | None = None
        self._beside: str | None = None
        """The selected node, to which what is chosen is wired if it fits."""
        self._list = AddList(canvas.viewport())
        self._list.chosen.connect(self._add)
        self._list.cancelled.connect(self._leave)
        canvas.workspace.viewport.add_by_typing.connect(self.open_in_sight)
        canvas.mirror.rebuilding.connect(self._list.hide)

    def open_at(self, place: QPointF, end: WireEnd | None = None) -> None:
        """Open the list at a place of the viewport; with a wire from a port, with only what that wire fits."""
        self._place, self._end, self._beside = place, end, None
        fits = None if end is None else _has_ports if isinstance(end[1], str) else _is_node
        self._list.open_at(place.toPoint() + QPoint(2, 2), fits, end[0] if end else None)

    def close(self) -> None:
        """Close the list, adding nothing."""
        if self._list.isVisible():
            self._list.close_list()

    def open_in_sight(self) -> None:
        """Open the list to carry on from the one selected node, or else at the mouse, or in the middle."""
        chosen = self._canvas.workspace.selection.nodes
        if len(chosen) == 1 and chosen[0] in self._canvas.mirror.nodes:
            self._open_beside(chosen[0])
            return
        viewport = self._canvas.viewport()
        place = QPointF(viewport.mapFromGlobal(viewport.cursor().pos()))
        inside = QRectF(viewport.rect()).contains(place) and viewport.underMouse()
        self.open_at(place if inside else QRectF(viewport.rect()).center())
        self._place = place if inside else None

    def _open_beside(self, node: str) -> None:
        """Open the list beside a card; what is chosen is wired to it, where it can be."""
        self._canvas.navigator.reveal(node)
        card = QRectF(self._canvas.card_in_viewport(node))
        self._place, self._end, self._beside = card.center(), None, node
        self._list.open_at(card.topRight().toPoint() + QPoint(14, 0), None, node)

    def _add(self, entry: Entry, goes_on: bool) -> None:
        if entry is NOTE:
            self._write_note()
            return
        if self._beside is not None and self._beside in self._canvas.mirror.nodes:
            self._canvas.placing.place_beside(entry, self._beside)
        elif self._place is None:
            self._canvas.placing.place_in_sight(entry)
        else:
            self._canvas.placing.place(entry, self._place, self._end)
        self._leave()
        if goes_on:
            self.open_in_sight()

    def _write_note(self) -> None:
        if self._beside is None and self._place is not None:
            self._canvas.note_taking.begin_at(self._place)
        else:
            self._canvas.note_taking.begin_in_sight()

    def _leave(self) -> None:
        if self._canvas.isVisible():
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)


def _has_ports(entry: Entry) -> bool:
    return _is_node(entry) and entry.type != "Input"


def _is_node(entry: Entry) -> bool:
    return entry is not NOTE
