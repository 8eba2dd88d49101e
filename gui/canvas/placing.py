"""Placing: a new node comes onto the canvas by a click, by a drop, or by its name typed into a list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from typing_extensions import override

from gui.canvas.geometry import CardGeometry, card_geometry
from gui.canvas.gestures import Gesture
from gui.canvas.ghost import Ghost
from gui.canvas.hits import OUT, Part, Port, hit
from gui.canvas.structure import ports_of
from gui.presentation.catalogue import Entry, entries
from gui.presentation.dense import DenseEntry
from gui.widgets.palette_button import MIME_TYPE
from miniflow.graph import composing
from miniflow.graph.edits import AddNode, Edit
from miniflow.graph.naming import fresh_id
from miniflow.graph.records import NodeRecord

if TYPE_CHECKING:
    from gui.canvas.view import Canvas


class Placing(QObject):
    """Adds nodes, each as one step to undo, and shows where one would come."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._workspace = canvas.workspace
        self._ghost: Ghost | None = None
        self.armed: Entry | None = None
        """What the next click places."""
        self._workspace.viewport.place_new.connect(self.arm)
        canvas.mirror.rebuilding.connect(self.disarm)

    def arm(self, name: str) -> None:
        """Have the next click on the canvas place a node of this entry."""
        self.disarm()
        self.armed = entries()[name]
        self._canvas.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def disarm(self) -> bool:
        """Place nothing after all; tell whether something would have been placed."""
        was_armed, self.armed = self.armed is not None, None
        self.hide_ghost()
        if was_armed:
            self._canvas.viewport().unsetCursor()
        return was_armed

    def follow(self, entry: Entry, place: QPointF) -> None:
        """Show where a node would come, and the wire that it would go into."""
        if self._ghost is None:
            self._ghost = Ghost(_card_of(entry), self._canvas.mirror.look, entry)
            self._canvas.mirror.addItem(self._ghost)
        self._ghost.setPos(_corner(_card_of(entry), self._canvas.to_scene(place)))
        self._canvas.highlights.hover(self._wire_under(entry, place))

    def hide_ghost(self) -> None:
        """Show no longer where a node would come."""
        if self._ghost is not None:
            self._canvas.mirror.removeItem(self._ghost)
            self._ghost = None
            self._canvas.highlights.hover(None)

    def place(self, entry: Entry, place: QPointF, wire_from: tuple[str, Port] | None = None) -> str | None:
        """Add a node with its middle at ``place``, wired to a port or into the wire there; return its name."""
        corner = _corner(_card_of(entry), self._canvas.to_scene(place), wire_from)
        if isinstance(entry, DenseEntry):
            return self._place_layer(entry, corner, wire_from)
        added = new_node(self._workspace.document, entry, corner)
        wiring = self._wired_to(added, wire_from) if wire_from else self._wired_into(added, entry, place)
        if not self._workspace.do(self.tr("Add {0}").format(entry.name), added, *wiring):
            return None
        self._workspace.selection.select((added.node.id,))
        return added.node.id

    def _place_layer(self, entry: DenseEntry, corner: QPointF, wire_from: tuple[str, Port] | None) -> str | None:
        """Add a Linear with its own W and b, as wide as what it is wired to, and an activation if one is wanted."""
        document = self._workspace.document
        source = wire_from[0] if wire_from is not None and wire_from[1] == OUT else None
        shape = self._canvas.mirror.structure.shape_of(source) if source is not None else None
        place = (round(corner.x(), 2), round(corner.y(), 2))
        edits = composing.add_dense(document, source, shape[-1] if shape else 1, entry.units, place, entry.activation)
        last = [edit.node.id for edit in edits if isinstance(edit, AddNode)][-1]
        if wire_from is not None and isinstance(wire_from[1], int):
            edits += composing.connect(document, last, wire_from[0], wire_from[1])
        if not self._workspace.do(self.tr("Add {0}").format(entry.name), *edits):
            return None
        self._workspace.selection.select((last,))
        return last

    def _wired_to(self, added: AddNode, wire_from: tuple[str, Port]) -> tuple[Edit, ...]:
        node, port = wire_from
        drawing = self._drawing_with(added)
        if isinstance(port, str):
            return composing.connect(drawing, node, added.node.id, 0)
        return composing.connect(drawing, added.node.id, node, port)

    def _wired_into(self, added: AddNode, entry: Entry, place: QPointF) -> tuple[Edit, ...]:
        wire = self._wire_under(entry, place)
        return composing.insert_on_wire(self._drawing_with(added), added.node.id, wire) if wire else ()

    def _wire_under(self, entry: Entry, place: QPointF) -> tuple[str, int] | None:
        if entry.type == "Input":
            return None
        found = hit(self._canvas.mirror, self._canvas.to_scene(place), self._canvas.navigator.scale)
        return found.wire if found.part is Part.WIRE else None

    def _drawing_with(self, added: AddNode) -> composing.Drawing:
        record = self._workspace.document.record()
        return replace(record, nodes={**record.nodes, added.node.id: added.node})

    # --- dropped from the palette ---------------------------------------------------------------------------------

    def drag_over(self, event: QDragMoveEvent) -> None:
        """Show where the dragged entry would come."""
        entry = _dragged(event)
        if entry is None:
            event.ignore()
        else:
            event.acceptProposedAction()
            self.follow(entry, event.position())

    def drop(self, event: QDropEvent) -> None:
        """Place the dragged entry."""
        entry = _dragged(event)
        self.hide_ghost()
        if entry is None:
            event.ignore()
        else:
            event.acceptProposedAction()
            self.place(entry, event.position())
            self._canvas.setFocus(Qt.FocusReason.MouseFocusReason)


class PlaceGesture(Gesture):
    """A click that places a node; with Shift, the next click places another."""

    def __init__(self, canvas: Canvas, place: QPointF, entry: Entry, goes_on: bool) -> None:
        super().__init__(canvas, place)
        self._entry = entry
        self._goes_on = goes_on

    @override
    def drag(self, place: QPointF) -> None:
        self.canvas.placing.follow(self._entry, place)

    @override
    def drop(self, place: QPointF) -> None:
        self._finish(place)

    @override
    def click(self) -> None:
        self._finish(self.pressed_at)

    @override
    def clear(self) -> None:
        self.canvas.placing.hide_ghost()

    def _finish(self, place: QPointF) -> None:
        if not self._goes_on:
            self.canvas.placing.disarm()
        self.canvas.placing.place(self._entry, place)


def new_node(drawing: composing.Drawing, entry: Entry, corner: QPointF) -> AddNode:
    """Return the edit that adds a node of an entry under a name of its own."""
    position = (round(corner.x(), 2), round(corner.y(), 2))
    name = fresh_id(drawing.nodes, "W1") if entry.trainable else None
    (edit,) = composing.add_node(drawing, entry.type, position, name, trainable=entry.trainable)
    assert isinstance(edit, AddNode)
    return edit


def _card_of(entry: Entry) -> CardGeometry:
    return card_geometry(ports_of(NodeRecord("", entry.type)), None)


def _corner(card: CardGeometry, point: QPointF, wire_from: tuple[str, Port] | None = None) -> QPointF:
    """Return the top left corner of a card with its middle, or the port that a wire comes to, at ``point``."""
    if wire_from is None:
        return point - QPointF(card.width / 2, card.height / 2)
    if wire_from[1] == OUT:
        return point - QPointF(0, card.ports[0])
    return point - QPointF(card.width, card.out)


def _dragged(event: QDropEvent) -> Entry | None:
    data = event.mimeData()
    name = bytes(data.data(MIME_TYPE).data()).decode("utf-8", "replace") if data.hasFormat(MIME_TYPE) else ""
    return entries().get(name)
