"""What there is to say of one node of a document, before anything runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from miniflow.catalogue import node_classes
from miniflow.graph.composing import Drawing
from miniflow.graph.edits import SetValue
from miniflow.graph.fixes import missing_value
from miniflow.graph.limits import shape_of
from miniflow.graph.records import NodeRecord, Shape
from miniflow.graph.signatures import is_input, needed_ports
from miniflow.graph.structure import Structure


@dataclass(frozen=True)
class Feed:
    """One input port: its name, what feeds it (None: nothing yet), and the shape that arrives."""

    port: str
    source: str | None
    shape: Shape | None


@dataclass(frozen=True)
class NodeFacts:
    """A node as the inspector shows it."""

    node: NodeRecord
    is_input: bool
    symbol: str
    group: str
    summary: str
    shape: Shape | None
    feeds: tuple[Feed, ...]
    consumers: tuple[tuple[str, str], ...]
    """Who takes its value, each with the name of the port."""
    is_output: bool
    suggested_shape: Shape | None
    """The shape that an Input without a value should have, where what it feeds tells."""


def node_facts(structure: Structure, id: str, shape: Callable[[str], Shape | None]) -> NodeFacts:
    """Return what there is to say of the node ``id``; ``shape`` tells the shape that a node's value has now."""
    document = structure.drawing
    node = document.nodes[id]
    node_class = node_classes()[node.type]
    wired = len(node.inputs)
    sources = [*node.inputs, *[None] * (needed_ports(node.type, wired) - wired)]
    names = node_class.port_names(wired)
    feeds = (
        Feed(name, source, shape(source) if source is not None else None)
        for name, source in zip(names, sources, strict=False)
    )
    return NodeFacts(
        node,
        is_input(node.type),
        node_class.symbol,
        node_class.group,
        node_class.summary,
        shape(id),
        tuple(feeds),
        tuple((consumer, _port_name(document.nodes[consumer], port)) for consumer, port in document.consumers(id)),
        structure.output == id,
        suggested_shape(structure, node),
    )


def suggested_shape(structure: Structure, node: NodeRecord) -> Shape | None:
    """Return the shape that an Input without a value should have, where what it feeds tells."""
    fix = missing_value(structure, node) if is_input(node.type) and node.value is None else None
    given = (edit.new for edit in fix.edits if isinstance(edit, SetValue)) if fix is not None else ()
    return next((shape_of(value) for value in given if value is not None), None)


def _port_name(node: NodeRecord, port: int) -> str:
    names = node_classes()[node.type].port_names(len(node.inputs))
    return names[port] if port < len(names) else str(port + 1)


def is_wired(drawing: Drawing, node: str) -> bool:
    """Tell whether any wire begins or ends at a node."""
    record = drawing.nodes.get(node)
    return record is not None and (any(record.inputs) or bool(drawing.consumers(node)))


def can_feed_another(drawing: Drawing, node: str) -> bool:
    """Tell whether there is a port of another node at all."""
    return any(id != node and not is_input(other.type) for id, other in drawing.nodes.items())
