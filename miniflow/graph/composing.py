"""From a wish to the edits that fulfil it: pure functions that every view and dialog shares.

Each takes a document (or a record of one), changes nothing, and returns the edits of one undo step.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol, TypeAlias

from miniflow.graph.annotating import copy_notes, remove_notes
from miniflow.graph.edits import AddNode, Connect, Edit, Move, RemoveNode, SetOutput
from miniflow.graph.naming import free_names, fresh_id
from miniflow.graph.records import GraphRecord, NodeRecord, NoteRecord, Position, ValueRecord, replace

Wire: TypeAlias = tuple[str, int]
"""A wire, by where it ends: the consumer and its port. Only one wire can end there."""

ROW = 190.0
COLUMN = 240.0
"""How far apart cards stand that are placed together: from one row to the next, from one column to the next."""


class Drawing(Protocol):
    """What is read here: a GraphDocument, or a GraphRecord."""

    @property
    def nodes(self) -> Mapping[str, NodeRecord]:
        """The nodes by id, in the order of the file."""

    @property
    def notes(self) -> Mapping[str, NoteRecord]:
        """The notes by id, in the order of the file."""

    @property
    def output(self) -> str | None:
        """The id of the output as the document says it."""

    def consumers(self, node: str) -> Sequence[Wire]:
        """The wires that ``node`` feeds."""

    def index(self, node: str) -> int:
        """The place of ``node`` in the file."""


def add_node(
    drawing: Drawing,
    type_name: str,
    position: Position | None,
    name: str,
    value: ValueRecord | None = None,
    trainable: bool = False,
) -> tuple[Edit, ...]:
    """Add a node at a place, under ``name`` or the next free one after it."""
    id = fresh_id(drawing.nodes, name)
    return (AddNode(NodeRecord(id, type_name, position, (), value, trainable), len(drawing.nodes)),)


def connect(drawing: Drawing, source: str | None, node: str, port: int) -> tuple[Edit, ...]:
    """Have ``source`` feed a port, instead of whatever fed it before; None leaves it free."""
    old = _source(drawing, (node, port))
    return () if old == source else (Connect(node, port, old, source),)


def disconnect(drawing: Drawing, wires: Iterable[Wire]) -> tuple[Edit, ...]:
    """Take wires away."""
    return tuple(edit for node, port in dict.fromkeys(wires) for edit in connect(drawing, None, node, port))


def remove(
    drawing: Drawing, ids: Iterable[str], wires: Iterable[Wire] = (), notes: Iterable[str] = ()
) -> tuple[Edit, ...]:
    """Remove nodes with all their wires, other wires, and notes; an output that goes is no longer the output."""
    doomed = {id for id in ids if id in drawing.nodes}
    cut = set(wires)
    for id in doomed:
        cut.update(drawing.consumers(id))
        cut.update((id, port) for port in range(len(drawing.nodes[id].inputs)))
    edits: list[Edit] = [*disconnect(drawing, sorted(cut))]
    if drawing.output in doomed:
        edits.append(SetOutput(drawing.output, None))
    for place, id in sorted(((drawing.index(id), id) for id in doomed), reverse=True):
        edits.append(RemoveNode(replace(drawing.nodes[id], inputs=()), place))
    return (*edits, *remove_notes(drawing, notes))


def move(drawing: Drawing, positions: Mapping[str, Position]) -> tuple[Edit, ...]:
    """Put nodes at new places; those that are there already stay untouched."""
    return tuple(
        Move(id, drawing.nodes[id].position, position)
        for id, position in positions.items()
        if drawing.nodes[id].position != position
    )


def insert_on_wire(drawing: Drawing, node: str, wire: Wire) -> tuple[Edit, ...]:
    """Put a node into a wire: the wire's source feeds its first free port, and it feeds the wire's end."""
    source = _source(drawing, wire)
    if source is None or node in (source, wire[0]):
        return ()
    inputs = drawing.nodes[node].inputs
    port = inputs.index(None) if None in inputs else len(inputs)
    return (Connect(node, port, None, source), Connect(*wire, source, node))


def fragment(drawing: Drawing, ids: Collection[str], notes: Collection[str] = ()) -> GraphRecord:
    """Cut out nodes, the wires among them, and notes, as a document of their own: what a clipboard holds."""
    chosen = {id: node for id, node in drawing.nodes.items() if id in ids}
    return GraphRecord(
        {id: replace(node, inputs=_inner(node, chosen)) for id, node in chosen.items()},
        notes={id: note for id, note in drawing.notes.items() if id in notes},
    )


def paste(drawing: Drawing, piece: GraphRecord, offset: Position = (0.0, 0.0)) -> tuple[Edit, ...]:
    """Add the nodes of ``piece`` with the wires among them, and its notes, under free names, moved by ``offset``."""
    names = free_names(drawing.nodes, piece.nodes)
    copies = _copies(drawing, piece.nodes.values(), offset, names, names)
    return (*copies, *copy_notes(drawing, piece.notes.values(), offset))


def duplicate(
    drawing: Drawing, ids: Collection[str], offset: Position, notes: Collection[str] = ()
) -> tuple[Edit, ...]:
    """Add copies of nodes and notes, moved by ``offset``; what feeds the nodes, or their copies, feeds the copies."""
    chosen = [node for id, node in drawing.nodes.items() if id in ids]
    names = free_names(drawing.nodes, [node.id for node in chosen])
    copies = _copies(drawing, chosen, offset, names, {id: id for id in drawing.nodes} | names)
    return (*copies, *copy_notes(drawing, (note for id, note in drawing.notes.items() if id in notes), offset))


def _copies(
    drawing: Drawing,
    nodes: Iterable[NodeRecord],
    offset: Position,
    names: Mapping[str, str],
    sources: Mapping[str, str],
) -> tuple[Edit, ...]:
    """Add ``nodes`` under other names, fed by what ``sources`` says instead of what fed them."""
    nodes = list(nodes)
    moved = (
        replace(
            node,
            id=names[node.id],
            position=node.position and (node.position[0] + offset[0], node.position[1] + offset[1]),
            inputs=(),
        )
        for node in nodes
    )
    added: list[Edit] = [AddNode(node, place) for place, node in enumerate(moved, start=len(drawing.nodes))]
    wires = (
        Connect(names[node.id], port, None, sources[source])
        for node in nodes
        for port, source in enumerate(node.inputs)
        if source is not None
    )
    return (*added, *wires)


def _inner(node: NodeRecord, chosen: Mapping[str, NodeRecord]) -> tuple[str | None, ...]:
    inputs = [source if source in chosen else None for source in node.inputs]
    while inputs and inputs[-1] is None:
        inputs.pop()
    return tuple(inputs)


def _source(drawing: Drawing, wire: Wire) -> str | None:
    node, port = wire
    inputs = drawing.nodes[node].inputs
    return inputs[port] if port < len(inputs) else None
