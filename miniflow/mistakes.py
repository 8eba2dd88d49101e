"""What a node says when it is used in a way that cannot work: each mistake as an error with its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miniflow.errors import GraphError, MissingMethodError, MissingValueError, ShapeError, ValueTypeError, a
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


def no_value_set(node: Node, returned: object) -> MissingValueError:
    """A student's ``forward`` ran and set no value."""
    return MissingValueError(
        "{node} has no value: the forward() of {kind} must set self.value; it {ended} instead.",
        node=node._label,
        kind=type(node).__name__,
        ended="ended without doing so" if returned is None else f"returned {a(returned)}",
    )


def no_share(consumer: Node, node: Node) -> MissingValueError:
    """A student's ``backward`` left one of the inputs out."""
    return MissingValueError(
        "{consumer} passes no gradient back to {node}: its backward() must set self.gradients for each input.",
        consumer=consumer._label,
        node=node._label,
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
