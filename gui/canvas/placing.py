"""Placing: a new node comes onto the canvas by a click, by a drop, or by its name typed into a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent

from gui.canvas.clearance import corner_clear
from gui.canvas.gestures import Gesture
from gui.canvas.ghost import Ghost
from gui.canvas.hits import Part, hit
from gui.canvas.newcomers import (
    WireEnd,
    brought,
    card_of,
    corner_at,
    corner_beside,
    corner_on,
    edits_for,
    end_beside,
    measured,
)
from gui.presentation.catalogue import Entry, entries
from gui.widgets.palette_button import MIME_TYPE
from gui.widgets.sentences import spoken
from miniflow.graph.edits import Edit
from miniflow.overriding import override

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
        self._workspace.viewport.bring_nodes.connect(self.bring)
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
            self._ghost = Ghost(card_of(entry), self._canvas.mirror.look, entry)
            self._canvas.mirror.addItem(self._ghost)
        wire = self._wire_under(entry, place)
        self._ghost.setPos(self._corner(entry, place, None, wire))
        self._canvas.highlights.hover(wire)

    def hide_ghost(self) -> None:
        """Show no longer where a node would come."""
        if self._ghost is not None:
            self._canvas.mirror.removeItem(self._ghost)
            self._ghost = None
            self._canvas.highlights.hover(None)

    def place(self, entry: Entry, place: QPointF, end: WireEnd | None = None) -> str | None:
        """Add a node with its middle at ``place``, wired to a port or into the wire there; return its name."""
        wire = self._wire_under(entry, place) if end is None else None
        added = self._add(entry, self._corner(entry, place, end, wire), end, wire)
        if added is not None and end is not None:
            self._canvas.navigator.reveal(added)
        return added

    def place_in_sight(self, entry: Entry) -> str | None:
        """Add a node near the middle of what is in sight, covering none, and bring it into sight; return its name."""
        middle = corner_at(entry, self._canvas.navigator.visible().center())
        corner = corner_clear(self._canvas.mirror, middle, measured(self._canvas.mirror, entry))
        added = self._add(entry, corner, None, None)
        if added is not None:
            self._canvas.navigator.reveal(added)
        return added

    def place_beside(self, entry: Entry, node: str) -> str | None:
        """Add a node beside a card, wired to it if it fits, and bring it into sight; return its name."""
        end = end_beside(self._canvas.mirror, node, entry)
        added = self._add(entry, corner_beside(self._canvas.mirror, node, end, entry), end, None)
        if added is not None:
            self._canvas.navigator.reveal(added)
        return added

    def bring(self, text: str, edits: Sequence[Edit]) -> None:
        """Make edits as one step called ``text``; what they bring for a card stands before it, and covers nothing."""
        self._canvas.do(text, brought(self._canvas.mirror, edits))

    def _add(self, entry: Entry, corner: QPointF, end: WireEnd | None, wire: tuple[str, int] | None) -> str | None:
        name, edits = edits_for(self._canvas.mirror, entry, corner, end, wire)
        if not self._workspace.do(self.tr("Add {0}").format(spoken(entry.name)), *edits):
            return None
        self._workspace.selection.select((name,))
        self._canvas.arranger.glide(edits)
        return name

    def _corner(self, entry: Entry, place: QPointF, end: WireEnd | None, wire: tuple[str, int] | None) -> QPointF:
        point, wires = self._canvas.to_scene(place), self._canvas.mirror.wires
        return corner_at(entry, point, end) if wire is None else corner_on(entry, point, wires[wire])

    def _wire_under(self, entry: Entry, place: QPointF) -> tuple[str, int] | None:
        if entry.type == "Input":
            return None
        found = hit(self._canvas.mirror, self._canvas.to_scene(place), self._canvas.navigator.scale)
        return found.wire if found.part is Part.WIRE else None

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


def _dragged(event: QDropEvent) -> Entry | None:
    data = event.mimeData()
    name = bytes(data.data(MIME_TYPE).data()).decode("utf-8", "replace") if data.hasFormat(MIME_TYPE) else ""
    return entries().get(name)
