"""What went wrong inside a node: a class of a student's own may raise any error there, and return anything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from miniflow import mistakes
from miniflow.errors import MiniFlowError, MissingGradientError
from miniflow.node import Node
from miniflow.values import Value, sum_to_shape


def tell_of_forward(error: Exception, node: Node) -> None:
    """Raise what a node's ``forward`` lacks, if that is known; else note at the error in which node it came up."""
    if isinstance(error, MiniFlowError):
        return
    if not node.inbound_nodes and _asks_for_inputs(error, node):
        raise mistakes.no_init(node) from error
    _add_notes(error, node, "forward")


def _asks_for_inputs(error: Exception, node: Node) -> bool:
    """Tell whether an error may be that of ``inbound_nodes[0]`` or ``x, y = inbound_nodes`` where there is none.

    Else it is one of another list, in a node that needs no inputs.
    """
    if not (isinstance(error, IndexError) or (isinstance(error, ValueError) and "to unpack" in str(error))):
        return False
    from traceback import walk_tb

    codes = (frame.f_code for frame, _ in walk_tb(error.__traceback__))
    return type(node).forward is Node.forward or any("inbound_nodes" in code.co_names for code in codes)


def tell_of_backward(error: Exception, node: Node, gradient: Value) -> None:
    """Raise what is wrong with a node's ``backward``, if that is known; else note in which node the error came up."""
    missing = error.args[0] if isinstance(error, KeyError) and error.args else None
    if isinstance(error, MissingGradientError) and error.node is node:
        missing = error.asked
    if missing in node.inbound_nodes:
        raise mistakes.adds_to_no_share(node, missing) from error
    if isinstance(error, MiniFlowError):
        return
    if type(node).backward is Node.backward:
        _refuse_wrong_shares(node, gradient)
    _add_notes(error, node, "backward")


def _add_notes(error: Exception, node: Node, method: str) -> None:
    error.add_note(str(mistakes.where(method, node)))
    if _takes_an_input_for_its_value(error, node.inbound_nodes):
        error.add_note(mistakes.A_NODE_IS_NO_NUMBER)


def _takes_an_input_for_its_value(error: Exception, inputs: Sequence[Node]) -> bool:
    """Tell whether an error is that of ``2 * x``, ``np.exp(x)`` or ``x.shape`` for a node x."""
    if isinstance(error, AttributeError):
        return any(error.obj is each for each in inputs) and hasattr(np.ndarray, error.name or "")
    kinds = {type(each).__name__ for each in inputs}
    return isinstance(error, TypeError) and not kinds.isdisjoint(re.findall(r"(?:'|of type )(\w+)", str(error)))


def _refuse_wrong_shares(node: Node, gradient: Value) -> None:
    inputs = [each.value for each in node.inbound_nodes]
    try:
        given: Any = node.differentiate(gradient, node.value, *inputs)
    except Exception:  # the error that came up is the one to tell
        return
    if not isinstance(given, (tuple, list)) or len(given) != len(inputs):
        raise mistakes.no_share_for_each(node, given) from None
    for each, share in zip(node.inbound_nodes, given, strict=True):
        if not hasattr(share, "shape"):
            raise mistakes.share_of_no_numbers(node, each, share) from None
        try:
            sum_to_shape(share, each.value.shape)
        except ValueError:
            raise mistakes.share_of_another_shape(node, each, share.shape, each.value.shape) from None
