"""Copying a graph: ``copy.deepcopy`` of a node, or of a sorted list, copies every node that hangs together with it."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from miniflow.tickets import place_of

if TYPE_CHECKING:
    from miniflow.node import Node


def what_a_copy_is_made_of(node: Node) -> dict[str, Any]:
    """Return a node's attributes with its own values: a copy has no keeper, and of the ticket the place alone."""
    kept = {"_value": node.value, "_gradients": node.gradients, "_ticket": node._ticket and place_of(node._ticket)}
    return {**vars(node), **kept, "_keeper": None}


def copied_with_all_that_hangs_together(node: Node, memo: dict[int, Any]) -> Node:
    """Copy a node's whole graph, first empty nodes and then what they hold: a long chain needs no recursion."""
    twins = {node: type(node).__new__(type(node))}
    for each in (frontier := [node]):
        memo[id(each)] = twins[each]
        for neighbour in (*each.inbound_nodes, *each.outbound_nodes):
            if neighbour not in twins:
                twins[neighbour] = type(neighbour).__new__(type(neighbour))
                frontier.append(neighbour)
    for each, twin in twins.items():
        vars(twin).update(deepcopy(each.__getstate__(), memo))
    return twins[node]
