"""What training is told by a script: a learning rate, whole numbers and lists of nodes, or an error with a sentence."""

from __future__ import annotations

import math
from collections.abc import Iterable
from numbers import Integral, Real
from typing import Any

import numpy as np

from miniflow.errors import GraphError, ValueTypeError, a
from miniflow.node import Node


def step_length(learning_rate: Any) -> float:
    """Return a learning rate as a plain number.

    Raises:
        ValueTypeError: it is not a number.
        GraphError: it is not finite.
    """
    if isinstance(learning_rate, np.ndarray) and learning_rate.ndim == 0:
        learning_rate = learning_rate[()]
    if not isinstance(learning_rate, Real) or isinstance(learning_rate, (bool, np.bool)):
        raise ValueTypeError("The learning rate is {came}: give a number, such as 0.01.", came=a(learning_rate))
    if not math.isfinite(learning_rate):
        raise GraphError("The learning rate is {came}: give a finite number, such as 0.01.", came=learning_rate)
    return float(learning_rate)


def step_downhill(learning_rate: Any) -> float:
    """Return a learning rate that makes a cost smaller, not larger; raises as ``step_length`` does."""
    rate = step_length(learning_rate)
    if rate < 0:
        raise GraphError("The learning rate is {came}: give a number from 0 up.", came=learning_rate)
    return rate


def whole_number(name: str, given: Any, least: int) -> int:
    """Return a whole number that is not less than ``least``; raises as ``step_length`` does."""
    if not isinstance(given, Real) or isinstance(given, (bool, np.bool)):
        raise ValueTypeError(
            "The {name} is {came}: give a whole number from {least} up.", name=name, came=a(given), least=least
        )
    if not isinstance(given, Integral) or given < least:
        raise GraphError(
            "The {name} is {came}: give a whole number from {least} up.", name=name, came=given, least=least
        )
    return int(given)


def listed_nodes(given: Iterable[Node], what: str) -> list[Node]:
    """Return a list of nodes as a list, or raise ValueTypeError for anything else."""
    if isinstance(given, (Node, str)) or not hasattr(given, "__iter__"):
        raise ValueTypeError("{what} are a list of nodes, not {came}: write [W, b].", what=what, came=a(given))
    nodes = list(given)
    for node in nodes:
        if not isinstance(node, Node):
            raise ValueTypeError(
                "{what} are a list of nodes, but {came} is in it: name the nodes.", what=what, came=a(node)
            )
    return nodes
