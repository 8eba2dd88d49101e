"""Bug: the contract of the bug lab. A bug is a backward pass with a mistake that real programs have made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import ClassVar

import numpy as np

from miniflow.engine.backward import ancestors
from miniflow.graph.records import GraphRecord, TrainingRecord
from miniflow.node import Node
from miniflow.values import Value


class Bug:
    """One mistake. What is here goes back as it should; each file in ``bugs/`` changes one thing about it.

    The library's own backward pass knows nothing of this: a run is recorded with a bug in its place, to be found.
    """

    title: ClassVar[str]
    """What it is called, once it is known."""
    story: ClassVar[str]
    """What the program did, and who did so."""
    place: ClassVar[int]
    """Its place in the list."""

    _left: Mapping[Node, Value] = {}
    _trained: Collection[str] = ()
    _learning_rate = 0.0

    def backward_pass(self, record: GraphRecord, graph: Sequence[Node], output: Node) -> None:
        """Fill the ``gradients`` of every node, from the values that a forward pass has left, with the mistake."""
        self._trained = {id for id, node in record.nodes.items() if node.trainable}
        self._learning_rate = (record.training or TrainingRecord()).learning_rate
        self._left = {node: node.gradients[node] for node in graph if node in node.gradients}
        reaching = ancestors([output])
        arrived: dict[Node, Value] = {output: np.ones_like(output.value)[()]}
        for node in graph:
            node.gradients = {each: np.zeros_like(each.value)[()] for each in (node, *node.inbound_nodes)}
        for node in self.turns([node for node in graph if node in reaching], output):
            gradient = self.kept(node, arrived[node])
            shares = self.shares(node, gradient)
            node.gradients = {node: gradient, **shares}
            for source, share in shares.items():
                arrived[source] = self.together(arrived.get(source), share)

    # --- what a bug may get wrong ---------------------------------------------------------------------------------

    def turns(self, graph: Sequence[Node], output: Node) -> Iterable[Node]:
        """Return the nodes in the order in which their gradients are taken as complete."""
        return reversed(graph)

    def together(self, before: Value | None, share: Value) -> Value:
        """Return what has arrived at a node, now that another consumer has passed its share back."""
        return share if before is None else before + share

    def kept(self, node: Node, gradient: Value) -> Value:
        """Return what a node keeps as its gradient, and goes on with."""
        return gradient

    def shares(self, node: Node, gradient: Value) -> Mapping[Node, Value]:
        """Return what a node passes back to each of its inputs."""
        if not node.inbound_nodes:
            return {}
        node.pass_back(gradient)
        return {source: node.gradients[source] for source in dict.fromkeys(node.inbound_nodes)}
