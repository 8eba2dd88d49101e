"""A weight is updated before the gradient of what it was multiplied by is computed, which so sees the new weight.

The numbers that this prints are in "The Back Propagation Algorithm", chapter 3 of notes of the Robert Gordon
University, Aberdeen, pages 16 to 27 (https://www4.rgu.ac.uk/files/chapter3%20-%20bp.pdf): the errors of the hidden
neurons are worked out there with the new weights 0.272392 and 0.87305 in place of 0.3 and 0.9.
"""

from __future__ import annotations

from collections.abc import Mapping

from miniflow.bug import Bug
from miniflow.node import Node
from miniflow.overriding import override
from miniflow.values import Value


class EarlyUpdate(Bug):
    """The update comes in the middle of the way back."""

    title = "Updating a weight too early"
    story = (
        "The layer before gets its gradient from weights that are updated already. A worked example of the Robert "
        "Gordon University prints such numbers."
    )
    place = 2

    @override
    def shares(self, node: Node, gradient: Value) -> Mapping[Node, Value]:
        right = super().shares(node, gradient)
        weights = [source for source in right if source.name in self._trained and len(source.outbound_nodes) == 1]
        before = [(weight, weight.value) for weight in weights]
        for weight, value in before:
            weight.value = value - self._learning_rate * right[weight]
        late = super().shares(node, gradient)
        for weight, value in before:
            weight.value = value
        return {source: right[source] if source in weights else late[source] for source in right}
