"""Pieces: how much room what is copied takes on the canvas, and where it can go without covering anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from PySide6.QtCore import QRectF

from gui.canvas.geometry import card_geometry
from gui.canvas.look import Look
from gui.canvas.making_room import box_of
from gui.canvas.note_item import NoteItem
from gui.canvas.places import FARTHEST, Places, within_reach
from gui.canvas.ports import ports_of
from gui.canvas.scene import CanvasScene
from gui.presentation.layout.clearing import Box, clear_shift
from miniflow.graph.records import GraphRecord, Position, replace
from miniflow.graph.survey import Survey

_BEYOND = 100 * FARTHEST
_OUT_OF_REACH = (
    (-_BEYOND, -_BEYOND, -FARTHEST, _BEYOND),
    (FARTHEST, -_BEYOND, _BEYOND, _BEYOND),
    (-_BEYOND, -_BEYOND, _BEYOND, -FARTHEST),
    (-_BEYOND, FARTHEST, _BEYOND, _BEYOND),
)
"""Left, top, right and bottom of where no card can be shown: those that are placed there would cover one another."""


def laid_out(piece: GraphRecord, look: Look) -> tuple[GraphRecord, list[QRectF]]:
    """Return a piece with a place for all that is in it, and the room that each card and note takes there."""
    shapes = Survey(piece).shapes
    cards = {id: card_geometry(ports_of(node), shapes[id]) for id, node in piece.nodes.items()}
    places = Places()
    places.find(piece.nodes, cards)
    corners = {id: places.of(id, node.position) for id, node in piece.nodes.items()}
    placed = {id: replace(node, position=corners[id].toTuple()) for id, node in piece.nodes.items()}
    notes = {id: replace(note, position=within_reach(note.position).toTuple()) for id, note in piece.notes.items()}
    taken = [QRectF(corners[id].x(), corners[id].y(), card.width, card.height) for id, card in cards.items()]
    taken += [NoteItem(note, look).sheet().translated(*note.position) for note in notes.values()]
    return GraphRecord(placed, notes=notes), taken


def rooms(scene: CanvasScene, nodes: Iterable[str], notes: Iterable[str]) -> list[QRectF]:
    """Return the room that each of these cards and notes takes."""
    return [*(scene.nodes[node].card_rect() for node in nodes), *(scene.notes.items[note].sheet() for note in notes)]


def clear_offset(
    scene: CanvasScene, group: Sequence[QRectF], wish: Position = (0.0, 0.0), others: Iterable[QRectF] = ()
) -> Position:
    """Return by how much to move a group so that it covers no card, no note, nor ``others``: ``wish``, or near it."""
    taken = [*_OUT_OF_REACH, *map(box_of, rooms(scene, scene.nodes, scene.notes.items)), *map(box_of, others)]
    wished = [box_of(room.translated(*wish)) for room in group]
    if not any(_covers(here, there) for here in wished for there in taken):
        return wish
    across, down = clear_shift(wished, taken)
    return wish[0] + round(across), wish[1] + round(down)


def around(group: Iterable[QRectF]) -> QRectF:
    """Return the rectangle around a group."""
    return reduce(QRectF.united, group, QRectF())


def _covers(here: Box, there: Box) -> bool:
    return here[0] < there[2] and there[0] < here[2] and here[1] < there[3] and there[1] < here[3]
