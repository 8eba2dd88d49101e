"""Layers: a Linear with its own W and b, what a new node is called, and to which port its wire goes.

Pure as ``composing`` is: each function takes a document, changes nothing, and returns what would be done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count

from miniflow.catalogue import node_classes
from miniflow.graph.composing import COLUMN, ROW, Drawing, connect
from miniflow.graph.edits import AddNode, Edit
from miniflow.graph.limits import shape_of
from miniflow.graph.naming import fresh_id
from miniflow.graph.records import DatasetPart, NodeRecord, Normal, Position, ValueRecord, Zeros
from miniflow.graph.signatures import is_input

_LETTERS = ("x", "y", "z", "u", "v", "p", "q", "r")
_WHOLE = 4
"""A type with a name as short as this gives it whole: add1, mul1, relu1; of a longer one the initial is enough."""


def add_dense(
    drawing: Drawing,
    source: str | None,
    features: int,
    units: int,
    position: Position,
    activation: str | None = None,
) -> tuple[Edit, ...]:
    """Add a layer: a Linear with its own W and b, fed by ``source``, and an activation behind it if one is named.

    They share a number, as in the lesson: W1, b1, l1, s1. Each W has its own seed, each b starts at zero.
    """
    stems = ["W", "b", "l", *([_stem(activation)] if activation else [])]
    number = next(n for n in count(1) if not any(f"{stem}{n}" in drawing.nodes for stem in stems))
    names = [f"{stem}{number}" for stem in stems]
    W, b, linear = names[:3]
    above, below = _places_beside(position)
    nodes = [
        NodeRecord(W, "Input", above, (), Normal((features, units), seed=number), True),
        NodeRecord(b, "Input", below, (), Zeros((units,)), True),
        NodeRecord(linear, "Linear", position, (source, W, b)),
    ]
    if activation is not None:
        nodes.append(NodeRecord(names[3], activation, (position[0] + COLUMN, position[1]), (linear,)))
    return tuple(AddNode(node, place) for place, node in enumerate(nodes, start=len(drawing.nodes)))


def bring_parameters(
    drawing: Drawing, linear: str, ports: Iterable[int], features: int, units: int
) -> tuple[Edit, ...]:
    """Add a W (port 1) and a b (port 2) to a Linear, trainable, of the shapes for so many features and units."""
    number = _number_of(linear)
    position = drawing.nodes[linear].position or (0.0, 0.0)
    above, below = _places_beside(position)
    seed = int(number or 1)
    edits: list[Edit] = []
    for port, letter, place, value in (
        (1, "W", above, Normal((features, units), seed=seed)),
        (2, "b", below, Zeros((units,))),
    ):
        if port in ports:
            node = NodeRecord(fresh_id(drawing.nodes, f"{letter}{number}"), "Input", place, (), value, True)
            edits += [AddNode(node, len(drawing.nodes) + len(edits) // 2), *connect(drawing, node.id, linear, port)]
    return tuple(edits)


def lacks_parameters(node: NodeRecord) -> bool:
    """Tell whether a node is a Linear whose W or b port is still free."""
    return node.type == "Linear" and (len(node.inputs) < 3 or None in node.inputs[1:])


def wished_name(drawing: Drawing, type_name: str, trainable: bool = False, value: ValueRecord | None = None) -> str:
    """Return what a node of a type is called if nothing else is, as short as in the lesson: x, W1, l1, s1, cost."""
    if is_input(type_name):
        if isinstance(value, DatasetPart):
            return "X" if value.part == "features" else "y"
        return "W1" if trainable else _input_name(drawing)
    return "cost" if node_classes()[type_name].group == "Cost" else f"{_stem(type_name)}1"


def name_at_port(drawing: Drawing, node: str, port: int) -> str:
    """Return what an Input is called that is made for a port: W2 and b2 for a Linear l2, y for a cost, or a letter."""
    names = node_classes()[drawing.nodes[node].type].ports
    name = names[port] if port < len(names) else ""
    if name in ("W", "b") and "W" in names:
        return f"{name}{_number_of(node) or 1}"
    return name if name in ("X", "y") else _input_name(drawing)


def likely_port(drawing: Drawing, source: str, type_name: str) -> int:
    """Return the port of a new node that a wire from ``source`` is meant for: the first, where nothing tells more.

    A weight goes to the W of a Linear, a bias to its b, a prediction to the a of a cost, whose y takes the target.
    """
    names, node = node_classes()[type_name].ports, drawing.nodes[source]
    if node.trainable and "W" in names:
        shape = None if node.value is None else shape_of(node.value)
        return names.index("W" if shape is None or len(shape) > 1 else "b")
    if not is_input(node.type) and "y" in names and "a" in names:
        return names.index("a")
    return 0


def _input_name(drawing: Drawing) -> str:
    """Return the next free of the lesson's letters; x1 and x2 would be taken for the ports of an Add or a Mul."""
    return next((letter for letter in _LETTERS if letter not in drawing.nodes), "input1")


def _stem(type_name: str) -> str:
    return type_name.lower() if len(type_name) <= _WHOLE else type_name[0].lower()


def _number_of(name: str) -> str:
    found = re.search(r"[1-9][0-9]{0,8}$", name)
    return found.group() if found else ""


def _places_beside(position: Position) -> tuple[Position, Position]:
    """Return where W and b go: in the column before their Linear, above and below it."""
    x, y = position
    return (x - COLUMN, y - ROW), (x - COLUMN, y + ROW)
