"""The order of a graph that is fed: every node after its inputs, by Kahn's algorithm.

Kahn, A. B., "Topological sorting of large networks", Communications of the ACM 5 (11), 558-562, 1962. The same turns,
one by one, to be shown, are in ``miniflow/graph/kahn.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from miniflow import mistakes
from miniflow.errors import CycleError, MissingValueError, ValueTypeError, a
from miniflow.graph.kahn import find_cycle, kahn
from miniflow.node import Node, refuse_no_numbers
from miniflow.nodes.input import Input
from miniflow.tickets import first_ticket, give_tickets
from miniflow.values import as_value


def topological_sort(feed_dict: Mapping[Node, Any]) -> list[Node]:
    """Return every node that the fed Inputs reach, each after its inputs, and give those Inputs their values.

    Ready nodes leave first in, first out, starting in the order of ``feed_dict``. An Input that something needs and
    that has a value already counts as fed. Other nodes that no Input reaches are left out if they have a value.

    Raises:
        MissingValueError: an Input that something needs is not fed and has no value.
        CycleError: the graph has a cycle.
        ShapeError, ValueTypeError: a value is empty, or is not made of numbers.

    >>> from miniflow import Input, Mul, forward_pass
    >>> x, y, z = Input(), Input(), Input()
    >>> product = Mul(x, y, z)
    >>> graph = topological_sort({x: 4, y: 5, z: 10})
    >>> print(forward_pass(product, graph))
    200.0
    """
    _refuse_what_feeds_no_nodes(feed_dict)
    values = {node: _fed_value(node, value) for node, value in feed_dict.items() if _takes(node, value)}
    order = _order_of_what_is_reached(feed_dict)
    if order is None:
        order = _order_of_what_is_needed(feed_dict)
        give_tickets(order)
    for node, value in values.items():
        node.value = value
    return order


def _order_of_what_is_reached(fed: Iterable[Node]) -> list[Node] | None:
    """Order what the fed nodes reach, and give tickets; None where that needs others besides, or there is no order.

    A consumer of two nodes, the most usual, is put down with the one that it still waits for, others with a set of
    them. So a wire that was changed by hand, in one of the two lists alone, is noticed.
    """
    awaited: dict[Node, Any] = {node: set(node.inbound_nodes) for node in fed}
    order = [node for node, inputs in awaited.items() if not inputs]
    for ticket, node in enumerate(order, first_ticket()):  # a queue: it grows while it is gone through
        node._ticket = ticket
        for consumer in node.outbound_nodes:
            last = awaited.get(consumer)
            if last is None:  # it is reached for the first time
                inputs = consumer.inbound_nodes
                if len(inputs) == 2:
                    first, second = inputs
                    last = first if node is second else second if node is first else None
                else:
                    last = _without(node, set(inputs))
            elif last is not node:
                last = _without(node, last)
            if last is node:
                order.append(consumer)
                last = _NOTHING
            elif last is None:
                return None
            awaited[consumer] = last
    return order if len(order) == len(awaited) else None


_NOTHING = frozenset[Node]()


def _without(node: Node, awaited: Any) -> Any:
    """Return what is awaited after a node has come: the node itself if it was the last, None if it was not awaited."""
    if not isinstance(awaited, set) or node not in awaited:
        return None
    awaited.remove(node)
    return awaited or node


def _order_of_what_is_needed(fed: Iterable[Node]) -> list[Node]:
    """Order what the fed nodes reach and what that needs besides; a wire counts that either of its nodes knows of."""
    found = _reached_and_needed(fed)
    consumers = {node: dict.fromkeys(each for each in node.outbound_nodes if each in found) for node in found}
    for node in found:
        for each in node.inbound_nodes:
            if each in found:
                consumers[each][node] = None
    inputs: dict[Node, list[Node]] = {node: [] for node in found}
    for node in found:
        for consumer in consumers[node]:
            inputs[consumer].append(node)
    if cycle := find_cycle(inputs):
        raise CycleError(cycle)
    unmet = {node: len(each) for node, each in inputs.items()}
    return [step.node for step in kahn(unmet, consumers.__getitem__)]


def _reached_and_needed(fed: Iterable[Node]) -> dict[Node, None]:
    """Find what the fed Inputs reach, and other Inputs that it needs; then whatever it needs that has no value yet."""
    found = dict.fromkeys(fed)
    frontier, looked_at = list(found), set(found)
    for node in frontier:
        upstream = [node]
        for consumer in upstream:
            for each in consumer.inbound_nodes:
                if each in looked_at:
                    continue
                looked_at.add(each)
                upstream.append(each)
                if isinstance(each, Input):
                    _refuse_without_value(each, consumer)
                    found[each] = None
                    frontier.append(each)
        for consumer in node.outbound_nodes:
            if consumer not in found:
                found[consumer] = None
                looked_at.add(consumer)
                frontier.append(consumer)
    needed = list(found)
    for node in needed:
        for each in node.inbound_nodes:
            if each not in found and each.value is None:
                found[each] = None
                needed.append(each)
    return found


def _takes(node: Node, value: Any) -> bool:
    """Tell whether a fed node is an Input, be it of a student's own class."""
    return isinstance(node, Input) or (value is not None and not node.inbound_nodes)


def _fed_value(node: Node, value: Any) -> Any:
    copy = np.array(as_value(value, node._label))[()]
    refuse_no_numbers(copy, node)
    return copy


def _refuse_what_feeds_no_nodes(feed_dict: Mapping[Node, Any]) -> None:
    if not isinstance(feed_dict, Mapping):
        raise ValueTypeError(
            "What is fed is a dict of nodes and their values, not {kind}: write topological_sort({{x: 4, y: 5}}).",
            kind=a(feed_dict),
        )
    for node in feed_dict:
        if not isinstance(node, Node):
            raise ValueTypeError(
                "What is fed is a dict of nodes and their values, but {key!r} is not a node: "
                "use the Input itself as the key.",
                key=node,
            )
        if not hasattr(node, "inbound_nodes"):
            raise mistakes.no_init(node)


def _refuse_without_value(node: Node, consumer: Node) -> None:
    if node.value is not None:
        return
    if node.name:
        raise MissingValueError(
            "{node}, which {consumer} needs, is not fed and has no value: add it to feed_dict.",
            node=node._label,
            consumer=consumer._label,
        )
    raise MissingValueError(
        "Input {number} of {consumer} is not fed and has no value: add it to feed_dict, or give each Input a name, "
        'such as x.name = "x", to see which it is.',
        number=consumer.inbound_nodes.index(node) + 1,
        consumer=consumer._label,
    )
