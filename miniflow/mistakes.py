"""What a node says when it is used in a way that cannot work: each mistake as an error with its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from miniflow.errors import (
    GraphError,
    MissingGradientError,
    MissingMethodError,
    MissingValueError,
    Sentence,
    ShapeError,
    ValueTypeError,
    a,
    counted,
)
from miniflow.values import Shape

if TYPE_CHECKING:
    from miniflow.node import Node


def no_list_of_nodes(node: Node, given: object) -> ValueTypeError:
    """``Node(x)`` for ``Node([x])``."""
    return ValueTypeError(
        "{kind} takes a list of nodes, not {given}: write Node.__init__(self, [a, b]).",
        kind=type(node).__name__,
        given=a(given),
    )


def no_node(node: Node, given: object) -> ValueTypeError:
    """``Mul(x, 3)`` for a ``Mul`` of x and an Input."""
    return ValueTypeError(
        "{kind} takes nodes as its inputs, not {given}: wrap a number or an array in an Input.",
        kind=type(node).__name__,
        given=a(given),
    )


def no_init(node: Node) -> GraphError:
    """A student's own ``__init__`` does not call that of Node."""
    return GraphError(
        "{node} knows of no inputs: the __init__ of {kind} must call Node.__init__(self, [a, b]) with them.",
        node=node._label,
        kind=type(node).__name__,
    )


def no_gradients(node: Node, given: object) -> ValueTypeError:
    """``self.gradients = [...]`` for a dict."""
    return ValueTypeError(
        "The gradients of {node} are a dict, from each of its inputs to a gradient, not {given}.",
        node=node._label,
        given=a(given),
    )


def no_value(node: Node) -> MissingValueError:
    """Something was asked of a node before its value was there."""
    remedy = "run a forward pass first" if node.inbound_nodes else "feed it, or set its value"
    consumer = next((each for each in node.outbound_nodes if node in each.inbound_nodes), None)
    if consumer is None or node.name or node._ticket is not None:
        return MissingValueError("{node} has no value yet: {remedy}.", node=node._label, remedy=remedy)
    return MissingValueError(
        "{node} that is input {number} of {consumer} has no value yet: {remedy}.",
        node=node._label,
        number=consumer.inbound_nodes.index(node) + 1,
        consumer=consumer._label,
        remedy=remedy,
    )


class Gradients(dict["Node", Any]):
    """What a backward pass leaves with a node: a dict by node, which says what to do where something is not there."""

    def __init__(self, node: Node, gradients: Mapping[Node, Any] | None = None) -> None:
        super().__init__(gradients or {})
        self._node = node

    def __missing__(self, asked: Node) -> NoReturn:
        raise no_gradient(self._node, asked)


def no_gradient(node: Node, asked: object) -> MissingGradientError:
    """``x.gradients[x]`` before a backward pass, or ``cost.gradients[W]`` for ``W.gradients[W]``."""
    label = a(asked) if isinstance(asked, type) else getattr(asked, "_label", a(asked))
    if asked is node:
        template = "{node} has no gradient yet: run forward_and_backward first."
    elif any(asked is each for each in node.inbound_nodes):
        template = "{node} has no gradient for {asked} yet: run forward_and_backward first."
    else:
        template = (
            "{node} has no gradient for {asked}, which is none of its inputs: the whole gradient of a node W is "
            "W.gradients[W]."
        )
    return MissingGradientError(template, node, asked, asked=label)


def no_value_set(node: Node, returned: object = None) -> MissingValueError:
    """A student's ``forward`` ran and set no value."""
    if not node.inbound_nodes:
        return MissingValueError(
            "{node} has no value: feed it, or let the forward() of {kind} set self.value.",
            node=node._label,
            kind=type(node).__name__,
        )
    return MissingValueError(
        "{node} has no value: the forward() of {kind} must set self.value; it {ended} instead.",
        node=node._label,
        kind=type(node).__name__,
        ended="ended without doing so" if returned is None else f"returned {a(returned)}",
    )


def no_value_returned(node: Node) -> MissingValueError:
    """A ``compute`` ran and returned nothing."""
    return MissingValueError(
        "{node} has no value: the compute() of {kind} must return it.", node=node._label, kind=type(node).__name__
    )


def where(method: str, node: Node) -> Sentence:
    """In which node an error came up that Python or NumPy raised, and what came into it."""
    inputs = ", ".join(f"{each._label} of shape {np.shape(each.value)}" for each in node.inbound_nodes)
    return Sentence(
        "This happened in the {method}() of {node}, whose inputs are: {inputs}.",
        {"method": method, "node": node._label, "inputs": inputs or "none"},
    )


def no_share_yet(consumer: Node, node: Node) -> MissingValueError:
    """``node.backward()`` before that of its consumer."""
    return MissingValueError(
        "{consumer} has passed no gradient back to {node} yet: run forward_and_backward, which begins at the output.",
        consumer=consumer._label,
        node=node._label,
    )


A_NODE_IS_NO_NUMBER = "A node is not its value: write .value behind it, as in self.inbound_nodes[0].value."
"""What to do where a student's method computes with a node itself."""


def no_share(consumer: Node, node: Node) -> MissingValueError:
    """A student's ``backward`` left one of the inputs out."""
    return MissingValueError(
        "{consumer} passes no gradient back to {node}: its backward() must set self.gradients for each input.",
        consumer=consumer._label,
        node=node._label,
    )


def adds_to_no_share(consumer: Node, node: Node) -> MissingValueError:
    """A student's ``backward`` has ``+=`` where nothing is yet."""
    return MissingValueError(
        "{consumer} adds to its gradient for {node} before there is one: its backward() must begin with "
        "self.gradients = {{n: np.zeros_like(n.value) for n in self.inbound_nodes}}.",
        consumer=consumer._label,
        node=node._label,
    )


def no_share_for_each(consumer: Node, given: object) -> ValueTypeError:
    """A ``differentiate`` that returns something else than a tuple, or too many or too few in it."""
    is_tuple = isinstance(given, (tuple, list))
    return ValueTypeError(
        "The differentiate() of {kind} returns {came} for {consumer}, where a tuple of {expected} belongs, one for "
        "each input.",
        consumer=consumer._label,
        kind=type(consumer).__name__,
        came=_gradients(len(given)) if is_tuple else a(given),  # type: ignore[arg-type]
        expected=_gradients(len(consumer.inbound_nodes)),
    )


def _gradients(count: int) -> Sentence:
    return counted(count, "1 gradient", "{count} gradients")


def share_of_no_numbers(consumer: Node, node: Node, given: object) -> ValueTypeError:
    """What a ``backward`` or ``differentiate`` gives an input is not made of numbers."""
    return ValueTypeError(
        "{consumer} passes back {came} to {node}: a gradient is a number or an array of real numbers.",
        consumer=consumer._label,
        node=node._label,
        came=a(given),
    )


def share_of_another_shape(consumer: Node, node: Node, came: Shape, expected: Shape) -> ShapeError:
    """A student's ``backward`` gave an input what does not fit it."""
    return ShapeError(
        "{consumer} passes back a gradient of shape {came} to {node}, whose value has shape {expected}: "
        "a gradient has the shape of its value.",
        consumer=consumer._label,
        node=node._label,
        came=came,
        expected=expected,
    )


def no_numbers(node: Node, came: Shape) -> ShapeError:
    """A value without a single number, such as an empty batch."""
    return ShapeError(
        "The value of {node} holds no numbers, its shape is {came}: give it at least one row.",
        node=node._label,
        came=came,
    )


def no_numbers_from(source: str, node: str, came: Shape) -> ShapeError:
    """An input whose value has no numbers in it."""
    return ShapeError(
        "{node} gets no numbers from {input}, whose shape is {came}: give it at least one row.",
        node=node,
        input=source,
        came=came,
    )


def no_method(node: str, kind: type[Node], purpose: str, remedy: str) -> MissingMethodError:
    """A class lacks a method that a pass needs."""
    return MissingMethodError(
        "{node} cannot {purpose}: give its class {kind} {remedy}.",
        node=node,
        purpose=purpose,
        kind=kind.__name__,
        remedy=remedy,
    )
