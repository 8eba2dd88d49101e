"""What a document has to know of the node classes: which exist, and how many ports they have."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from miniflow.graph.bounds import MAX_PORTS


class Signature(Struct, frozen=True):
    """What can be wired to a node of one type. A type that does not exist has no ports."""

    is_known: bool
    is_input: bool
    ports: int
    repeats_last_port: bool


@cache
def signature(type_name: str) -> Signature:
    """Return the signature of the node class of this name; the first call loads it, and NumPy."""
    from miniflow.catalogue import find_node_class

    found = find_node_class(type_name)
    if found is None:
        return Signature(False, False, 0, False)
    is_input = any(each.__name__ == "Input" for each in found.__mro__)
    return Signature(True, is_input, len(found.ports), found.repeats_last_port)


def is_known(type_name: str) -> bool:
    """Tell whether there is a node class of this name."""
    return signature(type_name).is_known


def is_input(type_name: str) -> bool:
    """Tell whether nodes of this type hold a value of their own instead of computing one."""
    return signature(type_name).is_input


def most_ports(type_name: str) -> int:
    """Count the input ports that a node of this type can have."""
    found = signature(type_name)
    return MAX_PORTS if found.repeats_last_port else found.ports


def needed_ports(type_name: str, wired: int = 0) -> int:
    """Count the ports that must be wired before a node of this type with ``wired`` wires can be computed."""
    found = signature(type_name)
    return max(found.ports, wired) if found.repeats_last_port else found.ports
