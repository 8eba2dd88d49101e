"""The way back goes by distance from the output, and not against Kahn's order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from miniflow.bug import Bug
from miniflow.node import Node
from miniflow.overriding import override


class WrongOrder(Bug):
    """Breadth first from the output: a node passes on what it has before its slower consumers have been heard."""

    title = "Going back in a wrong order"
    story = (
        "The way back goes neighbour by neighbour from the output, each node once: what comes on a longer way comes "
        "too late and is lost."
    )
    place = 6

    @override
    def turns(self, graph: Sequence[Node], output: Node) -> Iterable[Node]:
        turns = [output]
        for node in turns:  # grows while it is gone through
            turns.extend(source for source in dict.fromkeys(node.inbound_nodes) if source not in turns)
        return turns
