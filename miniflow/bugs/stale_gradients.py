"""The gradients of the weights are not set to zero before the next backward pass."""

from __future__ import annotations

from typing_extensions import override

from miniflow.bug import Bug
from miniflow.node import Node
from miniflow.values import Value


class StaleGradients(Bug):
    """A first pass, made to try, has left its gradients in the weights; the second adds its own to them."""

    title = "Stale gradients"
    story = (
        "A first pass was made to try, and the gradients of what is trained were not set to zero before the second: "
        "they are added up."
    )
    place = 5

    @override
    def kept(self, node: Node, gradient: Value) -> Value:
        return 2 * gradient if node.name in self._trained else gradient
