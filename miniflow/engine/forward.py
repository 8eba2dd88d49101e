"""The forward pass: every node's value, in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from miniflow import mistakes
from miniflow.errors import GraphError, ValueTypeError, a
from miniflow.node import Node


def compute_values(graph: Sequence[Node]) -> None:
    """Let each node of a sorted graph compute its value."""
    node = None
    try:
        for node in graph:
            returned: Any = node.forward()  # type: ignore[func-returns-value]
            if returned is not None and node.value is None:
                raise mistakes.no_value_set(node, returned)
    except Exception as error:
        from miniflow.engine.diagnosis import tell_of_forward

        listed(graph)
        if node is not None:
            refuse_a_forward_without_value(graph[: graph.index(node)])
            tell_of_forward(error, node)
        raise


def as_sorted(graph: Iterable[Node]) -> list[Node]:
    """Return a graph as a list; raises ValueTypeError or GraphError where it is none that a pass can go through."""
    nodes = graph if type(graph) is list else listed(graph)
    try:
        refuse_disorder(nodes)
    except AttributeError:
        listed(nodes)
        raise
    return nodes


def listed(graph: object) -> list[Node]:
    """Return a graph as a list, or raise ValueTypeError for anything but nodes one after the other."""
    if isinstance(graph, (str, dict, set, frozenset)) or not hasattr(graph, "__iter__"):
        _refuse(a(graph))
    nodes = list(graph)
    for node in nodes:
        if not isinstance(node, Node):
            _refuse(f"{a(graph)} with {a(node)} in it")
        if not hasattr(node, "inbound_nodes"):
            raise mistakes.no_init(node)
    return nodes


def refuse_disorder(graph: Sequence[Node]) -> None:
    """Raise GraphError where a node comes before one of its inputs, or twice: values and gradients would be wrong."""
    inside, done = set(graph), set[Node]()
    for node in graph:
        if not done.issuperset(node.inbound_nodes):
            for each in node.inbound_nodes:
                if each in inside and each not in done:
                    _refuse_to_run("In the graph {node} must come after {input}, which it takes", node, each)
        if node in done:
            _refuse_to_run("In the graph {node} is there twice", node)
        done.add(node)


def _refuse_to_run(template: str, node: Node, source: Node | None = None) -> NoReturn:
    raise GraphError(
        template + ": sort it with topological_sort, and leave its result as it is.",
        node=node._label,
        input=source and source._label,
    )


def _refuse(came: str) -> NoReturn:
    raise ValueTypeError(
        "A graph is a list of nodes as topological_sort gives it, not {came}: sort first, and use its result.",
        came=came,
    )


def refuse_a_forward_without_value(graph: Sequence[Node]) -> None:
    """Raise MissingValueError for the first node whose own ``forward`` ran and set no value."""
    for node in graph:
        if node.value is None and any(each.value is None for each in node.inbound_nodes):
            return
        if node.value is None and type(node).forward is not Node.forward:
            raise mistakes.no_value_set(node) from None
