"""Kahn's algorithm: an order in which every node comes after its inputs.

Kahn, A. B., "Topological sorting of large networks", Communications of the ACM 5 (11), 558-562, 1962.
"""

from __future__ import annotations

import graphlib
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np

from miniflow.errors import CycleError, MissingValueError
from miniflow.node import Node, refuse_empty
from miniflow.nodes.input import Input
from miniflow.values import as_value

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class KahnStep(Generic[K]):
    """One turn of the algorithm's loop: ``node`` leaves the ready queue and joins the order."""

    node: K
    lowered: tuple[tuple[K, int], ...]
    """Each consumer, with the number of inputs that it still waits for after this turn."""
    became_ready: tuple[K, ...]
    """Those of them that wait for nothing now, and join the queue, in that order."""


def kahn(unmet: Mapping[K, int], consumers: Callable[[K], Iterable[K]]) -> Iterator[KahnStep[K]]:
    """Yield the turns of Kahn's algorithm, first in, first out, in time linear in nodes and wires.

    Args:
        unmet: for every node, how many different nodes it waits for; those with 0 start the queue, in this order.
        consumers: the nodes that wait for a given one, each once.
    """
    waiting_for = dict(unmet)
    ready = deque(node for node, count in waiting_for.items() if count == 0)
    while ready:
        node = ready.popleft()
        lowered, became_ready = [], []
        for consumer in consumers(node):
            waiting_for[consumer] -= 1
            lowered.append((consumer, waiting_for[consumer]))
            if waiting_for[consumer] == 0:
                became_ready.append(consumer)
        ready.extend(became_ready)
        yield KahnStep(node, tuple(lowered), tuple(became_ready))


def find_cycle(inputs: Mapping[K, Iterable[K]]) -> list[K]:
    """Return the nodes of one cycle, each an input of the next, or an empty list where there is none."""
    try:
        graphlib.TopologicalSorter(inputs).prepare()
    except graphlib.CycleError as error:
        return list(error.args[1][:-1])
    return []


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
    order = [step.node for step in kahn(unmet, lambda node: node.outbound_nodes)]
    if len(order) < len(found):
        raise CycleError(find_cycle({node: node.inbound_nodes for node in found}))
    for place, node in enumerate(order, start=1):
        node.place = place
    for node, value in values.items():
        node.value = value
    return order


def _fed_value(node: Node, value: Any) -> Any:
    copy = np.array(as_value(value, node.label))[()]
    refuse_empty(copy.shape, "feed_dict", node.label)
    return copy


def _reachable(feed_dict: Mapping[Node, Any]) -> dict[Node, None]:
    """Find what the fed nodes reach, and whatever that needs besides; the fed ones come first."""
    found: dict[Node, None] = dict.fromkeys(feed_dict)
    frontier = deque(found)
    while frontier:
        node = frontier.popleft()
        needs_feeding = isinstance(node, Input) and node not in feed_dict
        if needs_feeding and node.value is None:
            needed_by = next(consumer for consumer in node.outbound_nodes if consumer in found)
            raise MissingValueError(
                "{node}, which {consumer} needs, is not fed and has no value: add it to feed_dict.",
                node=node.label if node.name else f"input {needed_by.inbound_nodes.index(node) + 1}",
                consumer=needed_by.label,
            )
        for neighbour in (*node.inbound_nodes, *node.outbound_nodes):
            if neighbour not in found:
                found[neighbour] = None
                frontier.append(neighbour)
    return found
