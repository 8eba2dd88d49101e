"""What a document has to know of the node classes: which exist, and how many ports they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miniflow.graph.limits import MAX_PORTS

if TYPE_CHECKING:
    from miniflow.node import Node


def node_class(type_name: str) -> type[Node] | None:
    """Return the class of this name, or None where there is none."""
    from miniflow.catalogue import node_classes  # loads NumPy: not before somebody asks

    return node_classes().get(type_name)


def is_known(type_name: str) -> bool:
    """Tell whether there is a node class of this name."""
    return node_class(type_name) is not None


def is_input(type_name: str) -> bool:
    """Tell whether nodes of this type hold a value of their own instead of computing one."""
    from miniflow.nodes.input import Input

    found = node_class(type_name)
    return found is not None and issubclass(found, Input)


def most_ports(type_name: str) -> int:
    """Count the input ports that a node of this type can have."""
    found = node_class(type_name)
    if found is None:
        return 0
    return MAX_PORTS if found.repeats_last_port else len(found.ports)


def needed_ports(type_name: str, wired: int = 0) -> int:
    """Count the ports that must be wired before a node of this type with ``wired`` wires can be computed."""
    found = node_class(type_name)
    if found is None:
        return 0
    return max(len(found.ports), wired) if found.repeats_last_port else len(found.ports)
