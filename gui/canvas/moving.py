"""MoveGesture: pressing on a card or a note selects it, dragging moves all that is selected, as one step to undo.

A click on the badge of a node that is ready in Kahn's algorithm lets it go next.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF

from gui.canvas.edge_item import EdgeItem
from gui.canvas.gestures import Gesture
from gui.canvas.hits import Hit
from gui.canvas.pieces import rooms
from gui.canvas.snap_guides import SnapGuides
from miniflow.graph import annotating
from miniflow.graph.edits import Edit, Move
from miniflow.overriding import override

if TYPE_CHECKING:
    from gui.canvas.view import Canvas

translate = QCoreApplication.translate


class MoveGesture(Gesture):
    """Selects and moves cards and notes. ``extends``: the press adds to the selection, or takes away from it."""

    def __init__(self, canvas: Canvas, place: QPointF, grabbed: Hit, extends: bool) -> None:
        super().__init__(canvas, place)
        self._nodes = () if grabbed.node is None else (grabbed.node,)
        self._notes = () if grabbed.note is None else (grabbed.note,)
        self._extends = extends
        selection = self.workspace.selection
        self._was_selected = {*self._nodes} <= {*selection.nodes} and {*self._notes} <= {*selection.notes}
        items = self.scene.nodes
        self._lets_go = not extends and any(items[node].is_ready_badge_at(self.start) for node in self._nodes)
        self._from: dict[str, QPointF] = {}
        self._notes_from: dict[str, QPointF] = {}
        self._guides: SnapGuides | None = None
        if not self._was_selected:
            nodes, wires, notes = selection.chosen if extends else ((), (), ())
            selection.select((*nodes, *self._nodes), wires, (*notes, *self._notes))

    @override
    def begin(self) -> None:
        selection, nodes, notes = self.workspace.selection, self.scene.nodes, self.scene.notes.items
        self._from = {node: nodes[node].pos() for node in selection.nodes if node in nodes}
        self._notes_from = {note: notes[note].pos() for note in selection.notes if note in notes}
        grabbed = rooms(self.scene, self._from.keys() & {*self._nodes}, self._notes_from.keys() & {*self._notes})
        if grabbed:
            group = rooms(self.scene, self._from, self._notes_from)
            self._guides = SnapGuides(self.canvas, grabbed[0], group, self._from.keys())

    @override
    def drag(self, place: QPointF) -> None:
        delta = self.canvas.to_scene(place) - self.start
        self._shift(delta if self._guides is None else self._guides.snapped(delta, self.modifiers))

    @override
    def drop(self, place: QPointF) -> None:
        self.drag(place)
        edits = (*move_edits(self.canvas, self._from), *note_move_edits(self.canvas, self._notes_from))
        if edits:
            self.canvas.do(translate("Canvas", "Move"), edits)
        else:
            self.revert()

    @override
    def click(self) -> None:
        selection = self.workspace.selection
        if self._was_selected and self._extends:
            nodes = [node for node in selection.nodes if node not in self._nodes]
            notes = [note for note in selection.notes if note not in self._notes]
            selection.select(nodes, selection.wires, notes)
        elif self._was_selected:
            selection.select(self._nodes, (), self._notes)
        if self._lets_go:
            self.workspace.stepping.let_go_next(self.workspace.selection.nodes[-1])

    @override
    def revert(self) -> None:
        self._shift(QPointF())
        self.scene.detours.find(self._wires())

    @override
    def clear(self) -> None:
        self.scene.detours.stop_following()
        if self._guides is not None:
            self._guides.clear()
            self._guides = None

    def _shift(self, delta: QPointF) -> None:
        self.canvas.stills.hold()
        for node, place in self._from.items():
            if node in self.scene.nodes:
                self.scene.nodes[node].setPos(place + delta)
        for note, place in self._notes_from.items():
            if note in self.scene.notes.items:
                self.scene.notes.items[note].setPos(place + delta)
        self.scene.route_wires_at(self._from)
        self.scene.detours.follow(self._wires())

    def _wires(self) -> dict[EdgeItem, None]:
        """The wires of the cards that are dragged, each once."""
        return dict.fromkeys(wire for node in self._from for wire in self.scene.wires_at(node))


def move_edits(canvas: Canvas, nodes: Iterable[str]) -> list[Edit]:
    """Return the edits that write down where these cards are shown now, and where those are that had no place yet."""
    document, items = canvas.workspace.document, canvas.mirror.nodes
    known = [node for node in nodes if node in items]
    edits: list[Edit] = []
    for node in known:
        item, old = items[node], document.nodes[node].position
        new = (round(item.x(), 2), round(item.y(), 2))
        if new != old:
            edits.append(Move(node, old, new))
    if edits:
        edits += [edit for edit in canvas.mirror.places.settle(document.nodes) if edit.node not in known]
    return edits


def note_move_edits(canvas: Canvas, notes: Iterable[str]) -> tuple[Edit, ...]:
    """Return the edits that write down where these notes are shown now."""
    items = canvas.mirror.notes.items
    places = {note: (round(items[note].x(), 2), round(items[note].y(), 2)) for note in notes if note in items}
    return annotating.move_notes(canvas.workspace.document, places)
