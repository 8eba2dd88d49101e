"""The gradients of the weights are not set to zero before the next batch."""

from __future__ import annotations

from miniflow.bug import Bug
from miniflow.node import Node
from miniflow.overriding import override
from miniflow.values import Value


class StaleGradients(Bug):
    """The gradients of the batch before are still in the weights, and the new ones are added to them."""

    title = "Stale gradients"
    story = (
        "The weights' gradients are not set to zero for the next batch: from batch 2 on, each is added to all before "
        "it, as when PyTorch's zero_grad() is forgotten."
    )
    place = 5

    @override
    def kept(self, node: Node, gradient: Value) -> Value:
        return gradient + self._left[node] if node.name in self._trained and node in self._left else gradient
