"""Newcomers: what a chosen entry becomes as edits: its name, the wires it comes with, and its place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF

from gui.canvas.between import put_between
from gui.canvas.clearance import clear_of_all, corner_clear, in_columns, measures, placed
from gui.canvas.edge_item import EdgeItem
from gui.canvas.geometry import CardGeometry, card_geometry
from gui.canvas.hits import OUT, Port
from gui.canvas.ports import free_ports_of, ports_of
from gui.canvas.scene import CanvasScene
from gui.presentation.catalogue import Entry
from gui.presentation.dense import DenseEntry
from gui.presentation.layout.parting import WIRE_ROOM
from miniflow.graph import composing, layering
from miniflow.graph.edits import AddNode, Connect, Edit
from miniflow.graph.records import NodeRecord, replace

WireEnd = tuple[str, Port]
"""A port of a card that is there: what comes is wired to it."""


def edits_for(
    scene: CanvasScene, entry: Entry, corner: QPointF, end: WireEnd | None, wire: tuple[str, int] | None
) -> tuple[str, tuple[Edit, ...]]:
    """Return the newcomer's name and all edits, wired to ``end`` or else put into ``wire``, where there is one."""
    if isinstance(entry, DenseEntry):
        return _layer(scene, entry, corner, end, wire)
    document = scene.workspace.document
    wish = layering.wished_name(document, entry.type, entry.trainable, entry.value)
    if end is not None and isinstance(end[1], int) and entry.type == "Input" and entry.value is None:
        wish = layering.name_at_port(document, end[0], end[1])
    (added,) = composing.add_node(document, entry.type, _place(corner), wish, entry.value, entry.trainable)
    assert isinstance(added, AddNode)
    record = document.record()
    drawing = replace(record, nodes={**record.nodes, added.node.id: added.node})
    edits = (added, *_wiring(drawing, added.node, end, wire))
    return added.node.id, edits if wire is None else put_between(scene, edits, wire)


def card_of(entry: Entry) -> CardGeometry:
    """Return the measures of a card that is not there yet."""
    return card_geometry(ports_of(NodeRecord("", entry.type)), None)


def corner_at(entry: Entry, point: QPointF, end: WireEnd | None = None) -> QPointF:
    """Return the top left corner of a card with its middle, or the port that a wire comes to, at ``point``."""
    card = card_of(entry)
    if end is None:
        return point - QPointF(card.width / 2, card.height / 2)
    if end[1] == OUT:
        return point - QPointF(0, card.ports[0])
    return point - QPointF(card.width, card.out)


def corner_on(entry: Entry, point: QPointF, wire: EdgeItem) -> QPointF:
    """Return the top left corner of a card with its middle at ``point``, and its ports level with a wire there."""
    card, (start, end) = card_of(entry), wire.ends
    level = start.y() if start.y() == end.y() else point.y()
    return QPointF(point.x() - card.width / 2, level - card.out)


def end_beside(scene: CanvasScene, node: str, entry: Entry) -> WireEnd | None:
    """Return the port of a selected node at which an entry would carry the drawing on.

    What computes goes behind the node; an Input goes before it, to a port that is still free, if there is one.
    """
    if entry.type != "Input":
        return node, OUT
    record = scene.workspace.document.nodes[node]
    ports, free = ports_of(record), free_ports_of(record)
    meant = [port for port in free if (ports[port] in ("W", "b") and "X" in ports) == entry.trainable]
    return (node, (meant or free)[0]) if free else None


def measured(scene: CanvasScene, entry: Entry, end: WireEnd | None = None) -> CardGeometry:
    """Return the measures that a card, of a layer its Linear, has once it is wired to ``end``."""
    edits = edits_for(scene, entry, QPointF(), end, None)[1]
    cards = measures(scene, edits)
    added = [edit.node for edit in edits if isinstance(edit, AddNode)]
    return next(cards[node.id] for node in added if node.type == entry.type)


def corner_beside(scene: CanvasScene, node: str, end: WireEnd | None, entry: Entry) -> QPointF:
    """Return where a card stands beside another, covering none: level with the port that it is wired to, or below."""
    item, card = scene.nodes[node], measured(scene, entry, end)
    if end is None:
        corner = QPointF(item.x(), item.y() + item.card.height + WIRE_ROOM / 2)
    elif isinstance(end[1], str):
        across = max(item.x() + composing.COLUMN, item.x() + item.card.width + WIRE_ROOM)
        corner = QPointF(across, item.out_port().y() - card.ports[0])
    else:
        corner = QPointF(item.x() - WIRE_ROOM - card.width, item.in_port(end[1]).y() - card.out)
    return corner_clear(scene, corner, card)


def brought(scene: CanvasScene, edits: Sequence[Edit]) -> Sequence[Edit]:
    """Return edits that bring nodes for a card, wired to it, with places near it where they cover nothing."""
    added = {edit.node.id: edit.node for edit in edits if isinstance(edit, AddNode)}
    fed = next((edit.node for edit in edits if isinstance(edit, Connect) and edit.node not in added), None)
    if not added or fed is None:
        return edits
    by = scene.nodes[fed].pos() - QPointF(*(scene.workspace.document.nodes[fed].position or (0.0, 0.0)))
    shown = placed(edits, {id: QPointF(*(node.position or (0.0, 0.0))) + by for id, node in added.items()})
    return clear_of_all(scene, shown, stays=fed)


def _layer(
    scene: CanvasScene, entry: DenseEntry, corner: QPointF, end: WireEnd | None, wire: tuple[str, int] | None
) -> tuple[str, tuple[Edit, ...]]:
    """Return a Linear with its own W and b, as wide as what feeds it, and an activation if one is wanted."""
    document = scene.workspace.document
    start = (scene.wires[wire].source, OUT) if wire is not None else end
    source = start[0] if start is not None and start[1] == OUT else None
    shape = scene.workspace.structure.shapes.get(source) if source is not None else None
    features = shape[-1] if shape else 1
    edits = layering.add_dense(document, source, features, entry.units, _place(corner), entry.activation)
    added = [edit.node for edit in edits if isinstance(edit, AddNode)]
    linear, last = next(node.id for node in added if node.type == "Linear"), added[-1].id
    if wire is not None:
        edits += composing.connect(document, last, *wire)
        return last, put_between(scene, in_columns(scene, edits, stays=linear), wire)
    if end is not None and isinstance(end[1], int):
        edits += composing.connect(document, last, end[0], end[1])
    return last, clear_of_all(scene, edits, stays=linear)


def _wiring(
    drawing: composing.Drawing, node: NodeRecord, end: WireEnd | None, wire: tuple[str, int] | None
) -> tuple[Edit, ...]:
    if end is None:
        return composing.insert_on_wire(drawing, node.id, wire) if wire is not None else ()
    if isinstance(end[1], str):
        port = layering.likely_port(drawing, end[0], node.type)
        return composing.connect(drawing, end[0], node.id, port)
    return composing.connect(drawing, node.id, end[0], end[1])


def _place(corner: QPointF) -> tuple[float, float]:
    return round(corner.x(), 2), round(corner.y(), 2)
