"""The backward pass: every node's gradient, by the chain rule, from the output back to the inputs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from miniflow.errors import GraphError
from miniflow.node import Node
from miniflow.nodes.input import Input


class Seed(Node):
    """Stands behind an output during a backward pass, and sends it the gradient that it starts from: ones."""

    def __init__(self, output: Node) -> None:
        super().__init__()
        self.inbound_nodes = [output]
        self.gradients = {output: np.ones_like(output.value)[()]}


def backward_pass(graph: Sequence[Node], output: Node | None = None) -> None:
    """Compute every gradient from the values that a forward pass has left."""
    outputs = outputs_of(graph) if output is None else [output]
    relevant = ancestors(outputs)
    inside = set(graph)
    with _seeded(outputs):
        for node in reversed(graph):
            if node in relevant:
                _silence_outsiders(node, inside)
                node.backward()
                if node not in node.gradients or type(node.gradients[node]) in (int, float):
                    node.gradients[node] = node.arriving_gradient()
            else:
                _set_zero_gradients(node)


def outputs_of(graph: Sequence[Node]) -> list[Node]:
    """Return the nodes that are differentiated when none is named: those that nothing consumes, except Inputs."""
    return [node for node in graph if not node.outbound_nodes and not isinstance(node, Input)]


def ancestors(outputs: Sequence[Node]) -> set[Node]:
    """Return the outputs and every node that they depend on."""
    found = set(outputs)
    frontier = list(outputs)
    while frontier:
        for node in frontier.pop().inbound_nodes:
            if node not in found:
                found.add(node)
                frontier.append(node)
    return found


@contextmanager
def left_as_it_was(graph: Sequence[Node]) -> Iterator[None]:
    """Give every node back its value and its gradients at the end, whatever happens in between."""
    before = [(node, node.value, node.gradients, node.keeper) for node in graph]
    for node in graph:
        node.keeper = None
    try:
        yield
    finally:
        for node, value, gradients, keeper in before:
            node._value, node._gradients, node.keeper = value, gradients, keeper


@contextmanager
def _seeded(outputs: Sequence[Node]) -> Iterator[None]:
    for output in outputs:
        if output.value is None:
            raise GraphError("{node} is not in the graph that was sorted: feed what it needs.", node=output.label)
    for output in outputs:
        output.outbound_nodes.append(Seed(output))
    try:
        yield
    finally:
        for output in outputs:
            output.outbound_nodes.pop()


def _silence_outsiders(node: Node, inside: set[Node]) -> None:
    """Let consumers that are not part of this graph send back zeros."""
    for consumer in node.outbound_nodes:
        if consumer not in inside and not isinstance(consumer, Seed):
            consumer.gradients[node] = np.zeros_like(node.value)[()]


def _set_zero_gradients(node: Node) -> None:
    node.gradients = {each: np.zeros_like(each.value)[()] for each in (node, *node.inbound_nodes)}
