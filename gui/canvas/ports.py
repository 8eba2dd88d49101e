"""The ports that a card shows."""

from __future__ import annotations

from functools import lru_cache

from miniflow.catalogue import node_classes
from miniflow.graph.records import NodeRecord


def ports_of(record: NodeRecord) -> tuple[str, ...]:
    """Return the names of a node's in ports, and ``+`` for one more where it takes any number."""
    return _port_names(record.type, len(record.inputs))


def free_ports_of(record: NodeRecord) -> list[int]:
    """Return those of a node's in ports, the one more included, to which no wire comes."""
    return [port for port in range(len(ports_of(record))) if port >= len(record.inputs) or record.inputs[port] is None]


@lru_cache(maxsize=1024)
def _port_names(type_name: str, wired: int) -> tuple[str, ...]:
    kind = node_classes().get(type_name)
    if kind is None:
        return tuple(str(port + 1) for port in range(wired))
    names = kind.port_names(wired)
    return (*names, "+") if kind.repeats_last_port else names
