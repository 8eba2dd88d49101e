"""The gradient check: every gradient of the backward pass against slopes measured with forward passes alone.

The slope of f at x is measured by the central difference (f(x + h) − f(x − h)) / 2h, with h = ∛ε · max(1, |x|), where
the error of the formula and that of rounding are about equal (ε = 2⁻⁵²; "Numerical Recipes", section 5.7).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from miniflow.engine.backward import backward_pass, left_as_it_was
from miniflow.engine.forward import as_sorted, compute_values
from miniflow.engine.slopes import Measure, Slopes
from miniflow.errors import GraphError
from miniflow.node import Node
from miniflow.nodes.input import Input
from miniflow.values import Value

TOLERANCE = 1e-6
"""The largest relative error that passes."""

_STEP = float(np.cbrt(np.finfo(np.float64).eps))
_SHRINK = (1.0, 1e-1, 1e-2, 1e-3)
"""Smaller steps are tried as long as each measures something else than the one before: there is a kink near x."""
_BENDING = 0.125
"""What bending can still put into a slope, of what the slope changed as h shrank to a tenth: the formula's error falls
as h², and as h where the curvature jumps, so that at most a ninth of the change is left."""
_ASIDE = 1e-3
"""How far beside a kink the gradient is checked instead."""


@dataclass(frozen=True, eq=False)
class NodeCheck:
    """The gradient of one node, checked element by element; every array has the shape of the node's value."""

    node: Node
    analytic: Value
    """What the backward pass computed."""
    numerical: Value
    """What was measured; at a kink, what is nearest to ``analytic`` between the slopes on both sides."""
    step: Value
    """The h that was used."""
    relative_error: Value
    """|analytic − numerical| over the larger of the two, or over what rounding lets a difference tell, if larger."""
    at_kink: Value
    """True at a kink: the analytic slope is between those on both sides, or was checked beside it."""

    @property
    def max_relative_error(self) -> float:
        """The largest error of an element; inf where a number is not finite."""
        return float(np.max(self.relative_error))

    @property
    def passed(self) -> bool:
        """True if every element is right."""
        return self.max_relative_error <= TOLERANCE

    @property
    def right(self) -> Any:
        """Which elements are right, in the shape of the value."""
        return np.asarray(self.relative_error) <= TOLERANCE

    @property
    def measured(self) -> Any:
        """Which elements could be measured: beside the others, an output is infinite, or no number."""
        return np.isfinite(np.asarray(self.numerical))

    @property
    def failed(self) -> bool:
        """True if an element that could be measured is wrong."""
        return bool(np.any(self.measured & ~self.right))

    @property
    def verdict(self) -> str:
        """The name of the node, and how its gradient fared, in a line."""
        if not self.passed and not self.failed:
            return f"{self.node.name}: cannot be checked: a number is infinite"
        return f"{self.node.name}: {self.max_relative_error:.1e} {'right' if self.passed else 'WRONG'}"

    def held_against(self, gradient: Value) -> NodeCheck:
        """Return the same measurement, held against another gradient: that of a run that may be wrong."""
        with np.errstate(all="ignore"):
            cannot_be_told_apart = np.abs(gradient - self.analytic) <= np.abs(self.numerical - self.analytic)
            is_the_same = np.isclose(gradient, self.analytic, rtol=TOLERANCE / 10, atol=0.0) | cannot_be_told_apart
            larger = np.maximum(np.abs(gradient), np.abs(self.numerical))
            error = np.where(is_the_same, self.relative_error, np.abs(gradient - self.numerical) / larger)
        error = np.where(np.isnan(error), np.inf, error)[()]
        return replace(self, analytic=gradient, relative_error=error)


@dataclass(frozen=True)
class GradientReport:
    """What a gradient check found, node by node in the order of the graph."""

    nodes: tuple[NodeCheck, ...]

    @property
    def max_relative_error(self) -> float:
        """The largest error of all; 0 for a graph without nodes."""
        return max((check.max_relative_error for check in self.nodes), default=0.0)

    @property
    def passed(self) -> bool:
        """True if every gradient is right."""
        return all(check.passed for check in self.nodes)

    @property
    def first_wrong(self) -> Node | None:
        """The first node in the backward order whose gradient is wrong: look at what its consumers pass back."""
        return next((check.node for check in reversed(self.nodes) if check.failed), None)

    @property
    def first_unmeasured(self) -> Node | None:
        """The first node in the backward order of which a number cannot be checked."""
        return next((check.node for check in reversed(self.nodes) if not np.all(check.measured)), None)

    def insist(self) -> None:
        """Raise GraphError where a gradient is wrong, or cannot be checked."""
        if self.first_wrong is not None:
            template = "The gradient of {node} is wrong: look at what its consumers pass back."
            raise GraphError(template, node=self.first_wrong._label)
        if self.first_unmeasured is not None:
            template = "The gradient of {node} cannot be checked: a number is infinite."
            raise GraphError(template, node=self.first_unmeasured._label)


def gradcheck(graph: Iterable[Node], output: Node | None = None) -> GradientReport:
    """Check the gradient of every node in the graph; the graph is left as it was.

    Each element is moved by h up and down, and what the backward pass computed is held against the slope
    (f(x + h) − f(x − h)) / 2h. The report has, for every node and element, both numbers, h and the relative error.

    Args:
        graph: the nodes in an order as ``topological_sort`` gives it, every Input with its value.
        output: the node to differentiate; left out, every node that nothing consumes, except Inputs.

    Raises MissingValueError or ShapeError where a node cannot compute, GraphError where the output is not in the graph.

    >>> from miniflow import Input, Mul, topological_sort
    >>> from miniflow.engine.gradcheck import gradcheck
    >>> x = Input()
    >>> square = Mul(x, x)
    >>> report = gradcheck(topological_sort({x: [3, -1, 0]}))
    >>> report.passed, report.first_wrong
    (True, None)
    """
    return GradientReport(tuple(reversed(list(gradient_checks(graph, output)))))


def gradient_checks(
    graph: Iterable[Node], output: Node | None = None, only: Collection[Node] | None = None
) -> Iterator[NodeCheck]:
    """Yield the check of one node at a time, in the backward order; ``only`` those, where they are given.

    Between two checks the graph is as it was.
    """
    graph = as_sorted(graph)
    with left_as_it_was(graph):
        values, gradients = _analytic(graph, output)
    for node in reversed(graph):
        if only is None or node in only:
            with left_as_it_was(graph):
                found = [check for check in _node_slices(graph, output, node, values, gradients) if check is not None]
            yield from found


def checks_in_slices(
    graph: Sequence[Node], output: Node | None = None, only: Collection[Node] | None = None
) -> Iterator[NodeCheck | None]:
    """Yield None after each number that was measured, so that a window stays alive, and the check after a node's last.

    The nodes come in the backward order. The graph is this iterator's own until its end.
    """
    values, gradients = _analytic(graph, output)
    for node in reversed(graph):
        if only is None or node in only:
            yield from _node_slices(graph, output, node, values, gradients)


def _node_slices(
    graph: Sequence[Node],
    output: Node | None,
    node: Node,
    values: Mapping[Node, Any],
    gradients: Mapping[Node, Any],
) -> Iterator[NodeCheck | None]:
    if node not in gradients:
        raise GraphError("{node} has no gradient after a backward pass.", node=node._label)
    for each, value in values.items():
        each._value = value
    yield from _check_node(node, values[node], gradients[node], Measure(graph, output, node))


def _analytic(graph: Sequence[Node], output: Node | None) -> tuple[dict[Node, Any], dict[Node, Any]]:
    """Run both passes in float64, after a run on nearby values: what a node wrongly keeps from one run shows."""
    fed: dict[Node, Any] = {
        node: np.asarray(node.known_value(), dtype=np.float64)[()] for node in graph if isinstance(node, Input)
    }
    for nudge in (1e-3, 0.0):
        with np.errstate(all="ignore"):
            for node, value in fed.items():
                node._value = value * (1 + nudge)
            compute_values(graph)
            backward_pass(graph, output)
            values = {node: np.array(node.value)[()] for node in graph} if not nudge else {}
            gradients = {node: np.array(node.gradients[node])[()] for node in graph if node in node.gradients}
    return {**values, **fed}, gradients


def _check_node(node: Node, value: Any, analytic: Any, measure: Measure) -> Iterator[NodeCheck | None]:
    numerical, step, error = (np.zeros(value.shape) for _ in range(3))
    at_kink = np.zeros(value.shape, dtype=bool)
    for index in np.ndindex(value.shape):
        with np.errstate(all="ignore"):
            numerical[index], step[index], error[index], at_kink[index] = _check_element(
                float(value[index]), float(analytic[index]), measure, index
            )
        yield None
    yield NodeCheck(node, analytic, numerical[()], step[()], error[()], at_kink[()])


def _check_element(
    x: float, analytic: float, measure: Measure, index: tuple[int, ...]
) -> tuple[float, float, float, bool]:
    """Return the measured slope, its h, the error, and whether there is a kink."""
    tried: list[tuple[float, Slopes]] = []
    for shrink in _SHRINK:
        h = shrink * _STEP * max(1.0, abs(x))
        slopes = measure.slopes(index, h)
        if not np.isfinite(slopes.central):  # nearer to x, it may be
            continue
        change = abs(slopes.central - tried[-1][1].central) if tried else 0.0
        error = _relative_error(analytic, slopes.central, max(slopes.noise, _BENDING * change))
        if error <= TOLERANCE:
            return slopes.central, h, error, False
        tells_nothing_new = bool(tried) and change <= slopes.noise
        tried.append((h, slopes))
        if tells_nothing_new:
            break
    if not tried:
        return slopes.central, h, float("inf"), False
    (h, first), (_, narrow) = tried[0], tried[-1]
    slope, noise, at_kink = first.central, first.noise, len(tried) > 1 and _is_kink(first, narrow)
    if at_kink:
        low, high = sorted((narrow.left, narrow.right))
        slope, noise = min(max(analytic, low), high), 2 * narrow.noise
    error = _relative_error(analytic, slope, noise)
    if error > TOLERANCE and measure.kinks(index, x, h) > 1:
        error, at_kink = min(error, *(_error_beside(x, side, measure, index) for side in (_ASIDE, -_ASIDE))), True
    return slope, h, error, at_kink


def _error_beside(x: float, aside: float, measure: Measure, index: tuple[int, ...]) -> float:
    """Return the error a little to one side of a kink.

    Where several kinks meet, the convention for each of them (0 for ReLU) may add up to what is no slope of either
    side, even where both sides have the same; beside them the gradient must be right.
    """
    there = x + aside * max(1.0, abs(x))
    slope, noise = measure.central(index, there, _STEP * max(1.0, abs(there)))
    return _relative_error(measure.analytic(index, there), slope, noise)


def _relative_error(analytic: float, numerical: float, noise: float) -> float:
    larger = max(abs(analytic), abs(numerical), noise / TOLERANCE)
    error = abs(analytic - numerical) / larger if larger else 0.0
    return error if np.isfinite(error) else float("inf")


def _is_kink(wide: Slopes, narrow: Slopes) -> bool:
    """Tell whether the slopes on both sides differ, and go on to differ however near one looks."""
    gap, narrow_gap = abs(wide.right - wide.left), abs(narrow.right - narrow.left)
    return gap > 4 * wide.noise and narrow_gap > gap / 2
