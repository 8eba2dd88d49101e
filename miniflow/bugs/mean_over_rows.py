"""The gradient of a mean over all elements is divided by the number of rows only."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from miniflow.bug import Bug
from miniflow.node import Node
from miniflow.nodes.mse import MSE
from miniflow.overriding import override
from miniflow.values import Value


class MeanOverRows(Bug):
    """m counts rows where it should count elements: right as long as there is one column."""

    title = "Dividing by rows instead of elements"
    story = (
        "The mean is over all numbers, but its gradient is divided by the rows alone; with one column nobody notices. "
        "The MiniFlow lesson does so."
    )
    place = 3

    @override
    def shares(self, node: Node, gradient: Value) -> Mapping[Node, Value]:
        shares = super().shares(node, gradient)
        if not isinstance(node, MSE):
            return shares
        columns = max(np.shape(share)[-1] if np.ndim(share) == 2 else 1 for share in shares.values())
        return {source: share * columns for source, share in shares.items()}
