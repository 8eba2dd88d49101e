"""What speaks against a wire before it is drawn: what makes it impossible, and what it would spoil."""

from __future__ import annotations

from miniflow.catalogue import node_classes
from miniflow.errors import Sentence
from miniflow.graph.records import GraphRecord, NodeRecord
from miniflow.graph.signatures import is_input, most_ports
from miniflow.graph.survey import Surveyed, early_misfit, inferred


def can_connect(record: GraphRecord, source: str, node: str, port: int) -> Sentence | None:
    """Say why a wire from ``source`` into a port of ``node`` cannot be, or None if it can.

    A wire that closes a cycle, or that brings a shape that does not fit, can be: it is drawn, and told as a problem.
    """
    for id in (source, node):
        if id not in record.nodes:
            return Sentence("There is no node {node}.", {"node": id})
    kind = record.nodes[node].type
    if is_input(kind):
        return Sentence("{node} is an Input: it holds a value of its own, and takes no wires.", {"node": node})
    if not 0 <= port < most_ports(kind):
        return Sentence("{node} has no port {port}.", {"node": node, "port": port + 1})
    return None


def wire_warning(survey: Surveyed, source: str, node: str, port: int) -> Sentence | None:
    """Say what a wire would spoil: a cycle that it closes, or a shape that does not fit; None if nothing."""
    if survey.depends(source, node):
        return Sentence(
            "A wire from {source} to {node} closes a cycle: neither could go first.", {"source": source, "node": node}
        )
    return shape_warning(survey, source, node, port)


def shape_warning(survey: Surveyed, source: str, node: str, port: int) -> Sentence | None:
    """Say why what a source gives would not fit at a port with what feeds the others; None if it does."""
    target = survey.drawing.nodes[node]
    inputs = [*target.inputs, *[None] * (port + 1 - len(target.inputs))]
    inputs[port] = source
    wired = NodeRecord(target.id, target.type, None, tuple(inputs))
    complete = None not in inputs and len(inputs) >= len(node_classes()[target.type].ports)
    return inferred(wired, survey.shapes)[1] if complete else early_misfit(wired, survey.shapes)
