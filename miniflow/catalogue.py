"""What the library has to offer: the classes in ``nodes/``, by name."""

from __future__ import annotations

from functools import cache

import miniflow.nodes
from miniflow import registry
from miniflow.node import Node


@cache
def node_classes() -> dict[str, type[Node]]:
    """Every node class, by its name, in the order of the files."""
    return registry.classes(miniflow.nodes, Node)
