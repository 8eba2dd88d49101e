"""A factor of a matrix product is forced into the shape that fits, where it should be transposed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from miniflow.bug import Bug
from miniflow.node import Node
from miniflow.nodes.linear import Linear
from miniflow.overriding import override
from miniflow.values import Value


class NoTranspose(Bug):
    """``reshape`` where ``.T`` should stand: the shapes fit, and the numbers stand in wrong places."""

    title = "A missing transpose"
    story = "Wᵀ and Xᵀ are made with reshape, not transposed: the shapes fit, and the numbers stand in wrong places."
    place = 4

    @override
    def shares(self, node: Node, gradient: Value) -> Mapping[Node, Value]:
        shares = dict(super().shares(node, gradient))
        if not isinstance(node, Linear) or np.ndim(gradient) != 2:
            return shares
        x, w, _ = node.inbound_nodes
        wrong = {
            x: gradient @ np.reshape(w.value, np.shape(w.value)[::-1]),
            w: np.reshape(x.value, np.shape(x.value)[::-1]) @ gradient,
        }
        return {**shares, **wrong} if x is not w else shares
