"""The backward pass: every node's gradient, by the chain rule, from the output back to the inputs.

Rumelhart, D. E., Hinton, G. E. and Williams, R. J., "Learning representations by back-propagating errors", Nature 323,
533-536, 1986.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from miniflow import mistakes
from miniflow.engine.forward import refuse_a_forward_without_value
from miniflow.errors import GraphError, ValueTypeError, a
from miniflow.node import Node
from miniflow.values import Value, is_value, own

if TYPE_CHECKING:
    from miniflow.graph.records import GraphRecord


class Seed(Node):
    """Stands behind an output during a backward pass, and sends it the gradient that it starts from: ones."""

    def __init__(self, output: Node) -> None:
        super().__init__()
        self.inbound_nodes = [output]
        self.gradients = {output: np.ones_like(output.value)[()]}


WayBack: TypeAlias = "Callable[[GraphRecord, Sequence[Node], Node], None]"
"""What fills the gradients of a document's nodes in their order, from the output's back."""


def backward_pass(graph: Sequence[Node], output: Node | None = None) -> None:
    """Compute every gradient from the values that a forward pass has left.

    Each node, when its turn comes, has heard from all its consumers: it passes its gradient back to its inputs, where
    the shares add up.
    """
    inside: set[Node] = set(graph)
    outputs = outputs_of(graph) if output is None else [output]
    for node in outputs:
        _refuse_as_output(node, inside)
    arrived: dict[Node, Any] = {node: np.ones_like(node.value)[()] for node in outputs}
    for node in reversed(graph):
        if node not in arrived:
            _set_zero_gradients(node)
            continue
        inputs: Collection[Node] = node.inbound_nodes
        try:
            if type(node).backward is Node.backward:
                shares = node.pass_back(arrived[node])
                if len(shares) > len(set(inputs)):
                    inputs = dict.fromkeys(inputs)
                    shares = [node.gradients[each] for each in inputs]
            else:
                inputs = dict.fromkeys(inputs)
                shares = _shares_by_its_own_method(node, arrived[node], inside, node in outputs)
        except Exception as error:
            from miniflow.engine.diagnosis import tell_of_backward

            tell_of_backward(error, node, arrived[node])
            raise
        for each, share in zip(inputs, shares, strict=True):
            arrived[each] = arrived[each] + share if each in arrived else share
    if not arrived.keys() <= inside:
        for node in arrived.keys() - inside:  # what the sort has left out, and other nodes use all the same
            node.gradients = {node: arrived[node]}


def _shares_by_its_own_method(node: Node, gradient: Value, inside: set[Node], is_output: bool) -> list[Value]:
    """Let a node's own ``backward`` ask its consumers what they pass back, and return what it gives each input.

    It finds copies there: one that writes into them, as ``grad_cost *= 2`` does, changes nothing that others keep.
    """
    consumers = node.outbound_nodes
    node.gradients.pop(node, None)
    node.outbound_nodes = [each for each in consumers if each in inside] + ([Seed(node)] if is_output else [])
    sent = [(each.gradients, each.gradients[node]) for each in node.outbound_nodes if node in each.gradients]
    for gradients, share in sent:
        gradients[node] = own(share)
    try:
        node.backward()
    finally:
        for gradients, share in sent:
            gradients[node] = share
        node.outbound_nodes = consumers
    kept: Any = node.gradients.get(node)
    if not is_value(kept) or kept.shape != gradient.shape:
        node.gradients[node] = gradient
    return [_share_of(node, each) for each in dict.fromkeys(node.inbound_nodes)]


def _share_of(consumer: Node, node: Node) -> Value:
    if node not in consumer.gradients:
        raise mistakes.no_share(consumer, node)
    try:
        return node.share_from(consumer)
    except ValueTypeError:
        raise mistakes.share_of_no_numbers(consumer, node, consumer.gradients[node]) from None


def _refuse_as_output(node: Node, inside: Collection[Node]) -> None:
    if not isinstance(node, Node):
        raise ValueTypeError("The output is a node, not {came}: name a node of the graph.", came=a(node))
    if node not in inside:
        raise not_in_the_graph(node)
    if node.value is None:
        refuse_a_forward_without_value([node])
        node.known_value()


def not_in_the_graph(node: Node) -> GraphError:
    """Return the error that says that a node is not among those that were sorted."""
    if not hasattr(node, "inbound_nodes"):
        return mistakes.no_init(node)
    for source in _upstream(node):
        if not source.inbound_nodes and source.value is None:
            return GraphError(
                "{node} is not in the graph that was sorted: feed {source}, which it needs and which has no inputs.",
                node=node._label,
                source=source._label,
            )
    return GraphError("{node} is not in the graph that was sorted: feed what it needs.", node=node._label)


def outputs_of(graph: Sequence[Node]) -> list[Node]:
    """Return the nodes that are differentiated when none is named: those that nothing there consumes, except Inputs."""
    inside = set(graph)
    return [node for node in graph if node.inbound_nodes and inside.isdisjoint(node.outbound_nodes)]


def ancestors(outputs: Sequence[Node]) -> set[Node]:
    """Return the outputs and every node that they depend on."""
    return set(_upstream(*outputs))


def _upstream(*outputs: Node) -> list[Node]:
    found = dict.fromkeys(outputs)
    frontier = list(found)
    for node in frontier:
        for each in node.inbound_nodes:
            if each not in found:
                found[each] = None
                frontier.append(each)
    return frontier


@contextmanager
def left_as_it_was(graph: Sequence[Node]) -> Iterator[None]:
    """Give every node back its value and its gradients at the end, whatever happens in between."""
    touched = dict.fromkeys(chain(graph, chain.from_iterable(node.inbound_nodes for node in graph)))
    before = [(node, node.value, node.gradients, node._keeper) for node in touched]
    for node, value, gradients, _ in before:  # a node of one's own may write into what it finds
        node._value, node._gradients = own(value), {each: own(share) for each, share in gradients.items()}
        node._keeper = None
    try:
        yield
    finally:
        for node, value, gradients, keeper in before:
            node._value, node._gradients, node._passed_back, node._keeper = value, gradients, None, keeper


def _set_zero_gradients(node: Node) -> None:
    zeros = {each: np.zeros_like(each.value)[()] for each in (node, *node.inbound_nodes)}
    node.gradients = mistakes.Gradients(node, zeros)
