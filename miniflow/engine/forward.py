"""The forward pass: every node's value, in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from miniflow import mistakes
from miniflow.errors import MissingValueError, ValueTypeError, a
from miniflow.node import Node


def compute_values(graph: Sequence[Node]) -> None:
    """Let each node of a sorted graph compute its value."""
    try:
        for node in graph:
            node.forward()
    except (MissingValueError, TypeError, AttributeError):
        refuse_what_is_no_graph(graph)
        refuse_a_forward_without_value(graph)
        raise


def refuse_what_is_no_graph(graph: object) -> None:
    """Raise ValueTypeError for anything but a list of nodes."""
    if isinstance(graph, (str, dict, set, frozenset)) or not hasattr(graph, "__iter__"):
        _refuse(a(graph))
    for node in graph:
        if not isinstance(node, Node):
            _refuse(f"{a(graph)} with {a(node)} in it")


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
            raise mistakes.no_value_set(node, node.forward())  # type: ignore[func-returns-value]
