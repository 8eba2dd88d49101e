"""The order of a graph that is fed: every node after its inputs, by Kahn's algorithm.

Kahn, A. B., "Topological sorting of large networks", Communications of the ACM 5 (11), 558-562, 1962. The same turns,
one by one, to be shown, are in ``miniflow/graph/kahn.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from miniflow.errors import CycleError, MissingValueError
from miniflow.graph.kahn import find_cycle
from miniflow.node import Node, refuse_empty
from miniflow.nodes.input import Input
from miniflow.values import as_value


def topological_sort(feed_dict: Mapping[Node, Any]) -> list[Node]:
    """Return every node that the fed Inputs reach, each after its inputs, and give those Inputs their values.

    Ready nodes leave first in, first out, starting in the order of ``feed_dict``. An Input that something needs and
    that has a value already counts as fed.

    Raises:
        MissingValueError: an Input that something needs is not fed and has no value.
        CycleError: the graph goes round in a circle.
        ShapeError, ValueTypeError: a value is empty, or is not made of numbers.

    >>> from miniflow import Input, Mul, forward_pass
    >>> x, y, z = Input(), Input(), Input()
    >>> product = Mul(x, y, z)
    >>> graph = topological_sort({x: 4, y: 5, z: 10})
    >>> print(forward_pass(product, graph))
    200.0
    """
    values = {node: _fed_value(node, value) for node, value in feed_dict.items() if isinstance(node, Input)}
    found = _reachable(feed_dict)
    unmet = {node: len(set(node.inbound_nodes)) for node in found}
    order = [node for node, count in unmet.items() if count == 0]
    for node in order:  # the list is the queue of ready nodes too: it grows while it is gone through
        for consumer in node.outbound_nodes:
            unmet[consumer] -= 1
            if unmet[consumer] == 0:
                order.append(consumer)
    if len(order) < len(found):
        raise CycleError(find_cycle({node: node.inbound_nodes for node in found}))
    for place, node in enumerate(order, start=1):
        node._place = place
    for node, value in values.items():
        node.value = value
    return order


def _fed_value(node: Node, value: Any) -> Any:
    copy = np.array(as_value(value, node._label))[()]
    refuse_empty(copy.shape, "feed_dict", node._label)
    return copy


def _reachable(feed_dict: Mapping[Node, Any]) -> dict[Node, None]:
    """Find what the fed nodes reach, and whatever that needs besides; the fed ones come first."""
    found: dict[Node, None] = dict.fromkeys(feed_dict)
    frontier = list(found)
    for node in frontier:
        if isinstance(node, Input) and node not in feed_dict and node.value is None:
            raise _missing(node, found)
        for neighbours in (node.inbound_nodes, node.outbound_nodes):
            for neighbour in neighbours:
                if neighbour not in found:
                    found[neighbour] = None
                    frontier.append(neighbour)
    return found


def _missing(node: Node, found: Mapping[Node, None]) -> MissingValueError:
    needed_by = next(consumer for consumer in node.outbound_nodes if consumer in found)
    return MissingValueError(
        "{node}, which {consumer} needs, is not fed and has no value: add it to feed_dict.",
        node=node._label if node.name else f"input {needed_by.inbound_nodes.index(node) + 1}",
        consumer=needed_by._label,
    )
