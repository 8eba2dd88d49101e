"""From a wish to the edits that fulfil it: pure functions that every view and dialog shares.

Each takes a document (or a record of one), changes nothing, and returns edits for one undo step.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from miniflow.graph.edits import Connect, Edit, RemoveNode, SetOutput
from miniflow.graph.records import NodeRecord


class Drawing(Protocol):
    """What is read here: a GraphDocument, or a GraphRecord."""

    @property
    def nodes(self) -> Mapping[str, NodeRecord]:
        """The nodes by id, in the order of the file."""

    @property
    def output(self) -> str | None:
        """The id of the output as the document says it."""


Wire = tuple[str, int]
"""A wire, by where it ends: the consumer and its port. Only one wire can end there."""


def remove(drawing: Drawing, ids: Iterable[str], wires: Iterable[Wire] = ()) -> tuple[Edit, ...]:
    """Remove nodes with all their wires, and other wires; an output that goes is no longer the output."""
    doomed = {id for id in ids if id in drawing.nodes}
    cut = {wire for wire in wires if wire[0] not in doomed}
    edits: list[Edit] = []
    for id, node in drawing.nodes.items():
        for port, source in enumerate(node.inputs):
            if source is not None and (source in doomed or id in doomed or (id, port) in cut):
                edits.append(Connect(id, port, source, None))
    if drawing.output in doomed:
        edits.append(SetOutput(drawing.output, None))
    places = {id: place for place, id in enumerate(drawing.nodes) if id in doomed}
    for id, place in reversed(places.items()):
        edits.append(RemoveNode(replace(drawing.nodes[id], inputs=()), place))
    return tuple(edits)
