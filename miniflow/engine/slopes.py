"""Slopes of a graph's outputs, measured by forward passes over what depends on the number that is moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from miniflow.engine.backward import ancestors, backward_pass, outputs_of
from miniflow.node import Node

NOISE = 20.0 * float(np.finfo(np.float64).eps)
"""How much of the outputs' size rounding may put into their difference."""


class Slopes(NamedTuple):
    """How the sum of the outputs follows one number: on its left, on its right, and over both."""

    left: float
    right: float
    central: float
    noise: float
    """What rounding may put into ``central``; the other two have twice as much."""


class Measure:
    """Measures how the outputs follow one element of one node's value, by forward passes over what depends on it."""

    def __init__(self, graph: Sequence[Node], output: Node | None, node: Node) -> None:
        outputs = outputs_of(graph) if output is None else [output]
        needed = ancestors(outputs)
        self._graph, self._output = graph, output
        found = {node}
        self._downstream: list[Node] = []
        for each in graph:
            if each in needed and each is not node and not found.isdisjoint(each.inbound_nodes):
                found.add(each)
                self._downstream.append(each)
        self._outputs = [each for each in outputs if each in found]
        self._node = node
        self._base: Any = node.known_value()
        self._here = self._values()

    def slopes(self, index: tuple[int, ...], h: float) -> Slopes:
        """Return the slopes beside an element, ``h`` to either side."""
        x = float(self._base[index])
        plus, above = self._at(index, x + h)
        minus, below = self._at(index, x - h)
        here = self._here
        return Slopes(
            left=float((here - minus).sum()) / (x - below),
            right=float((plus - here).sum()) / (above - x),
            central=float((plus - minus).sum()) / (above - below),
            noise=_noise(plus, minus, h),
        )

    def central(self, index: tuple[int, ...], x: float, h: float) -> tuple[float, float]:
        """Return the slope where the element is ``x``, and what rounding may put into it."""
        plus, above = self._at(index, x + h)
        minus, below = self._at(index, x - h)
        return float((plus - minus).sum()) / (above - below), _noise(plus, minus, h)

    def analytic(self, index: tuple[int, ...], x: float) -> float:
        """Return what the backward pass computes where the element is ``x``."""
        self._move(index, x)
        backward_pass(self._graph, self._output)
        result = float(self._node.gradients[self._node][index])
        self._node._value = self._base
        for node in self._downstream:
            node.forward()
        return result

    def kinks(self, index: tuple[int, ...], x: float, h: float) -> int:
        """Count the elements downstream that bend sharply at ``x`` while what they are made from does not."""
        values = []
        for there in (x - h, x, x + h):
            self._move(index, there)
            values.append([np.array(node.known_value()) for node in self._downstream])
        self._node._value = self._base
        bent: set[Node] = set()
        count = 0
        for node, below, here, above in zip(self._downstream, *values, strict=True):
            left, right = here - below, above - here
            sharp = np.count_nonzero(np.abs(right - left) > 1e-2 * np.maximum(np.abs(left), np.abs(right)))
            count += int(sharp) if bent.isdisjoint(node.inbound_nodes) else 0
            if sharp:
                bent.add(node)
        return count

    def _at(self, index: tuple[int, ...], x: float) -> tuple[Any, float]:
        exactly = self._move(index, x)
        values = self._values()
        self._node._value = self._base
        return values, exactly

    def _move(self, index: tuple[int, ...], x: float) -> float:
        moved = np.array(self._base)
        moved[index] = x
        self._node._value = moved[()]
        for node in self._downstream:
            node.forward()
        return float(moved[index])

    def _values(self) -> Any:
        """Return every element of every output, one after the other."""
        return np.concatenate([np.ravel(node.known_value()) for node in self._outputs] or [np.zeros(1)])


def _noise(plus: Any, minus: Any, h: float) -> float:
    """Return what rounding may put into a slope over 2h; made small before it is added up, so that it stays finite."""
    part = NOISE / (2 * h)
    return float((np.abs(plus) * part + np.abs(minus) * part).sum())
