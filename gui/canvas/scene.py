"""CanvasScene: a card for every node and a line for every wire, always as the document says.

It mirrors and never remembers: each edit is matched and made visible, and only what it touches is touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import assert_never

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtWidgets import QGraphicsScene

from gui.canvas.detours import Detours
from gui.canvas.edge_item import EdgeItem
from gui.canvas.extent import Changes, Extent
from gui.canvas.faces import face_of
from gui.canvas.geometry import CardGeometry, card_geometry
from gui.canvas.look import Look
from gui.canvas.making_room import MakingRoom
from gui.canvas.node_item import Faces, NodeItem
from gui.canvas.notes import Notes
from gui.canvas.places import Places
from gui.canvas.ports import ports_of
from gui.canvas.way_points import WayPoints
from gui.canvas.wire_state import AT_REST, at_rest
from gui.canvas.words import shape_text
from gui.workspace import Workspace
from miniflow.graph.edits import (
    AddNode,
    AddNote,
    ChangeNote,
    Connect,
    Edit,
    Move,
    RemoveNode,
    RemoveNote,
    Rename,
    SetOutput,
    SetTitle,
    SetTrainable,
    SetTraining,
    SetValue,
    named_in,
)
from miniflow.graph.records import NodeRecord

InPort = tuple[str, int]


class CanvasScene(QGraphicsScene):
    """The document as cards and lines."""

    rebuilding = Signal()
    """Every item is about to go."""
    rebuilt = Signal()
    """Another document is shown."""
    changed_extent = Signal()
    """A card or a note has come, gone or moved."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.look = Look(workspace.appearance.theme)
        self.nodes: dict[str, NodeItem] = {}
        self.wires: dict[InPort, EdgeItem] = {}
        self.places = Places()
        self.way_points = WayPoints()
        self.faces = Faces(partial(face_of, workspace))
        self.detours = Detours(self)
        self.extent = Extent(self)
        self.changes = Changes()
        self.notes = Notes(self)
        self.making_room = MakingRoom(self)
        self._vacated: list[QRectF] = []
        """Where cards stood before the edits that are being mirrored."""
        workspace.edited.connect(self._hear)
        workspace.document_replaced.connect(self.rebuild)
        self.rebuild()

    def rebuild(self) -> None:
        """Show the whole document anew."""
        self.rebuilding.emit()
        self.nodes, self.wires = {}, {}
        self.clear()
        self.faces.forget_all()
        self.changes.add_everything()
        document = self.workspace.document
        self.nodes = {node: NodeItem(node, self._card(node), self.look, self.faces) for node in document.nodes}
        for node in self.workspace.structure.misfits:
            self.nodes[node].resize(self.nodes[node].card, has_complaint=True)
        self._place_all()
        self.wires = {wire.key: wire for record in document.nodes.values() for wire in self._wires_into(record)}
        self._show_wires(self.wires.values())
        self.extent.grow(self.bounds())
        for shown in (*self.wires.values(), *self.nodes.values()):
            self.addItem(shown)
        self.rebuilt.emit()

    def bounds(self) -> QRectF:
        """Return the rectangle around all cards, what is said below them, and notes; empty where there is none."""
        self.extent.area = bounds_of(self.nodes.values()).united(self.notes.area())
        for node in self.workspace.structure.misfits.keys() & self.nodes.keys():
            self.extent.area |= self.nodes[node].complaint_area()
        return self.extent.area

    def wires_at(self, node: str) -> list[EdgeItem]:
        """Return the wires that begin or end at a node."""
        document = self.workspace.document
        if node not in document.nodes:
            return []
        keys = {(node, port): None for port in range(len(document.nodes[node].inputs))}
        keys |= dict.fromkeys(document.consumers(node))
        return [self.wires[key] for key in keys if key in self.wires]

    def route_wires_at(self, nodes: Iterable[str]) -> None:
        """Draw the wires at these nodes from where the cards are now."""
        nodes = list(nodes)
        self.changes.add(nodes)
        for wire in dict.fromkeys(wire for node in nodes for wire in self.wires_at(node)):
            self._route(wire)

    def repaint_all(self) -> None:
        """Show everything anew, from what is true now; only what is in sight costs anything."""
        self.faces.forget_all()
        self.update()

    def take_look(self, look: Look) -> None:
        """Paint with another theme."""
        self.look = look
        shown: list[NodeItem | EdgeItem] = [*self.nodes.values(), *self.wires.values()]
        for item in shown:
            item.look = look
        self.notes.take_look(look)
        self.repaint_all()

    # --- mirroring ------------------------------------------------------------------------------------------------

    def _hear(self, edits: Sequence[Edit]) -> None:
        for edit in edits:
            self._mirror(edit)
        touched = dict.fromkeys(chain(*map(named_in, edits), self.workspace.structure.changed))
        self.changes.add(touched)
        self._refresh([node for node in touched if node in self.nodes])
        if any(isinstance(edit, AddNode | RemoveNode | Move) for edit in edits):
            self.changed_extent.emit()

    def _mirror(self, edit: Edit) -> None:
        """Make one edit visible."""
        match edit:
            case AddNode(node, _):
                self._add_card(node)
            case RemoveNode(node, _):
                self._remove_card(node)
            case Connect(node_id, port, _, new):
                self._rewire(node_id, port, new)
            case Rename(old_id, new_id):
                self._rename(old_id, new_id)
            case Move(node_id, old_position, new_position):
                size = self.nodes[node_id].card_rect().size()
                self._vacated.append(QRectF(self.places.of(node_id, old_position), size))
                self.nodes[node_id].setPos(self.places.of(node_id, new_position))
            case SetValue() | SetTrainable() | SetOutput() | SetTitle() | SetTraining():
                pass
            case AddNote() | RemoveNote() | ChangeNote():
                pass  # mirrored by Notes
            case _:
                assert_never(edit)

    def _add_card(self, record: NodeRecord) -> None:
        item = NodeItem(record.id, card_geometry(ports_of(record), None), self.look, self.faces)
        item.setPos(self.places.of(record.id, record.position))
        self.nodes[record.id] = item
        self.addItem(item)
        for port, source in enumerate(record.inputs):
            self._rewire(record.id, port, source)

    def _remove_card(self, record: NodeRecord) -> None:
        for port in range(len(record.inputs)):
            self._rewire(record.id, port, None)
        self._vacated.append(self.nodes[record.id].card_rect())
        self.removeItem(self.nodes.pop(record.id))

    def _wires_into(self, record: NodeRecord) -> list[EdgeItem]:
        wired = ((port, source) for port, source in enumerate(record.inputs) if source is not None)
        return [EdgeItem(source, record.id, port, self.look) for port, source in wired]

    def _rewire(self, consumer: str, port: int, source: str | None) -> None:
        old = self.wires.pop((consumer, port), None)
        if old is not None:
            self.removeItem(old)
        if source is not None:
            wire = EdgeItem(source, consumer, port, self.look)
            self.wires[wire.key] = wire
            self.addItem(wire)

    def _rename(self, old: str, new: str) -> None:
        item = self.nodes.pop(old)
        item.node_id = new
        self.nodes[new] = item
        self.places.rename(old, new)
        for wire in [wire for wire in self.wires.values() if old in (wire.source, wire.consumer)]:
            del self.wires[wire.key]
            wire.source = new if wire.source == old else wire.source
            wire.consumer = new if wire.consumer == old else wire.consumer
            self.wires[wire.key] = wire

    def _refresh(self, nodes: list[str]) -> None:
        """Bring measures, wires and faces of these nodes up to date."""
        for node in nodes:
            self.making_room.resize(self.nodes[node], self._card(node), node in self.workspace.structure.misfits)
            self.nodes[node].forget_face()
            self.extent.grow(self.nodes[node].card_rect())
        wires = dict.fromkeys(wire for node in nodes for wire in self.wires_at(node))
        self._show_wires(wires)
        areas, self._vacated = [self.nodes[node].card_rect() for node in nodes] + self._vacated, []
        self.detours.find(dict.fromkeys((*wires, *self.detours.crossing(areas))))

    def _show_wires(self, wires: Iterable[EdgeItem]) -> None:
        for wire in wires:
            wire.forget_label()
            self.describe(wire)
            self._route(wire)

    def _route(self, wire: EdgeItem) -> None:
        source, consumer = self.nodes[wire.source], self.nodes[wire.consumer]
        points = self.way_points.of(wire, source, consumer)
        wire.route(source.out_port(), consumer.in_port(wire.port), points)

    def describe(self, wire: EdgeItem) -> None:
        """Write on a wire the shape that its source has now, marked where it does not fit."""
        fault = self.workspace.structure.misfits.get(wire.consumer)
        shape = self.workspace.readings.shape(wire.source)
        is_faulty = fault is not None and wire.source in fault.fields.values()
        label = "" if shape is None else shape_text(shape)
        state = wire.state
        if label != state.label or is_faulty != state.is_faulty:
            is_new = state is AT_REST
            wire.show_state(at_rest(label, is_faulty) if is_new else replace(state, label=label, is_faulty=is_faulty))

    def _card(self, node: str) -> CardGeometry:
        record = self.workspace.document.nodes[node]
        return card_geometry(ports_of(record), self.workspace.structure.shapes.get(node))

    def _place_all(self) -> None:
        document = self.workspace.document
        cards = {node: item.card for node, item in self.nodes.items()}
        self.way_points.keep(self.places.find(document.nodes, cards))
        for node, item in self.nodes.items():
            item.setPos(self.places.of(node, document.nodes[node].position))


def bounds_of(items: Iterable[NodeItem]) -> QRectF:
    """Return the rectangle around some cards; empty where there is none."""
    boxes = [(item.x(), item.y(), item.card) for item in items]
    if not boxes:
        return QRectF()
    left, top = min(x for x, _, _ in boxes), min(y for _, y, _ in boxes)
    right, bottom = max(x + card.width for x, _, card in boxes), max(y + card.height for _, y, card in boxes)
    return QRectF(left, top, right - left, bottom - top)
