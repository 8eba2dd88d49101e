"""Copying and pickling a graph: with a node, or a sorted list, goes every node that hangs together with it.

First come empty nodes and then what they hold, so that a long chain needs no recursion.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import getitem
from typing import TYPE_CHECKING, Any, SupportsIndex
from weakref import WeakValueDictionary

from miniflow.overriding import override
from miniflow.tickets import place_of

if TYPE_CHECKING:
    from miniflow.node import Node


def what_a_copy_is_made_of(node: Node) -> dict[str, Any]:
    """Return a node's attributes with its own values: a copy has no keeper, and of the ticket the place alone."""
    kept = {"_value": node.value, "_gradients": node.gradients, "_ticket": node._ticket and place_of(node._ticket)}
    return {**vars(node), **kept, "_keeper": None}


def copied_alone(node: Node) -> Node:
    """Copy a node that keeps its inputs and consumers: ``copy.copy``."""
    twin = type(node).__new__(type(node))
    _fill(twin, node.__getstate__())
    return twin


def copied_with_all_that_hangs_together(node: Node, memo: dict[int, Any]) -> Node:
    """Copy a node's whole graph: ``copy.deepcopy``."""
    from copy import deepcopy

    twins = {each: type(each).__new__(type(each)) for each in _all_that_hangs_together(node)}
    memo.update((id(each), twin) for each, twin in twins.items())
    for each, twin in twins.items():
        _fill(twin, deepcopy(each.__getstate__(), memo))
    return twins[node]


def pickled_with_all_that_hangs_together(node: Node, protocol: SupportsIndex) -> tuple[Any, ...]:
    """Tell ``pickle`` that a node is one of a whole graph, the same for all its nodes as long as they are pickled."""
    if type(node).__reduce__ is not object.__reduce__:  # a class of a student's own that has its own way
        return node.__reduce__()  # type: ignore[return-value]
    whole = _being_pickled.get(id(node))
    if whole is None:
        whole = _Whole(_all_that_hangs_together(node))
        _being_pickled.update((id(each), whole) for each in whole.nodes)
    return getitem, (whole, whole.places[node])


class _Whole:
    """All the nodes of a graph: pickled and loaded as empty ones, which then get what they hold."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self.places = {node: place for place, node in enumerate(nodes)}

    def __getitem__(self, place: int) -> Node:
        return self.nodes[place]

    @override
    def __reduce__(self) -> tuple[Any, ...]:
        return _empty, tuple(map(type, self.nodes)), [node.__getstate__() for node in self.nodes]

    def __setstate__(self, states: Sequence[dict[str, Any]]) -> None:
        for node, state in zip(self.nodes, states, strict=True):
            _fill(node, state)


def _empty(*kinds: type[Node]) -> _Whole:
    return _Whole([kind.__new__(kind) for kind in kinds])


_being_pickled: WeakValueDictionary[int, _Whole] = WeakValueDictionary()
"""By the id of each node, its whole graph, until what pickles it lets go."""


def _fill(node: Node, state: dict[str, Any]) -> None:
    restore = getattr(node, "__setstate__", vars(node).update)
    restore(state)


def _all_that_hangs_together(node: Node) -> list[Node]:
    found = {node: None}
    for each in (frontier := [node]):
        for neighbour in (*getattr(each, "inbound_nodes", ()), *getattr(each, "outbound_nodes", ())):
            if neighbour not in found:
                found[neighbour] = None
                frontier.append(neighbour)
    return frontier
