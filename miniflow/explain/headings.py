"""What a node is, as a formula: f = Linear(X, W, b)."""

from __future__ import annotations

from miniflow.catalogue import node_classes
from miniflow.explain.formulas import Filling, Formula, rule_template
from miniflow.graph.records import GraphRecord
from miniflow.node import Node

MOST_INPUTS = 8
"""So many inputs are written out in a heading."""


def class_of(record: GraphRecord, node: str) -> type[Node]:
    """The class of a node."""
    return node_classes()[record.nodes[node].type]


def wired(record: GraphRecord, node: str) -> list[str]:
    """The sources of a node's wires, in the order of its ports, one that feeds two of them twice."""
    return [source for source in record.nodes[node].inputs if source is not None]


def heading_of(record: GraphRecord, node: str) -> Formula:
    """The node and how it came about: ``f = Linear(X, W, b)``; an Input by its name."""
    sources = wired(record, node)[:MOST_INPUTS]
    fields: dict[str, Filling] = {"out": node, **{f"in{number}": source for number, source in enumerate(sources)}}
    kind = class_of(record, node).__name__
    if not sources:
        return Formula("{out} = " + kind + "()", fields)
    more = ", …" if len(wired(record, node)) > MOST_INPUTS else ""
    inputs = ", ".join(f"{{in{number}}}" for number in range(len(sources)))
    return Formula("{out} = " + kind + "(" + inputs + more + ")", fields)


def rule_of(record: GraphRecord, node: str) -> Formula:
    """The forward rule of a node with the names of its inputs in it."""
    cls = class_of(record, node)
    return Formula(rule_template(cls, len(wired(record, node))), {**named_inputs(record, node), "out": node})


def named_inputs(record: GraphRecord, node: str) -> dict[str, Filling]:
    """For each port of a node, by the name that the rule gives it, the node that feeds it; ``?`` where it is free."""
    sources = record.nodes[node].inputs
    names = class_of(record, node).port_names(len(sources))
    return {name: sources[port] or "?" if port < len(sources) else "?" for port, name in enumerate(names)}
