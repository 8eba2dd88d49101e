"""The gradient check finds what is wrong, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miniflow import MSE, Add, Input, Linear, Mul, Node, Sigmoid, forward_and_backward, gradcheck, topological_sort
from miniflow.engine.gradcheck import checks_in_slices
from miniflow.nodes.relu import ReLU
from miniflow.overriding import override
from tests.miniflow.random_graphs import random_graph


class OverwritesInsteadOfAdding(Sigmoid):
    @override
    def arriving_gradient(self) -> Any:
        return self.share_from(self.outbound_nodes[-1])

    @override
    def backward(self) -> None:
        super().backward()


class ForgetsATranspose(Linear):
    @override
    def differentiate(self, upstream: Any, value: Any, *inputs: Any) -> tuple[Any, ...]:
        X, W, _ = inputs
        return np.dot(upstream, W), np.dot(X.T, upstream), upstream


class ForgetsOneOverN(MSE):
    @override
    def differentiate(self, upstream: Any, value: Any, *inputs: Any) -> tuple[Any, ...]:
        d_y, d_a = super().differentiate(upstream, value, *inputs)
        return d_y * d_y.size, d_a * d_a.size


class KeepsAnOldGradient(Sigmoid):
    @override
    def backward(self) -> None:
        if not self.gradients:
            super().backward()


class AddsToTheLastRun(Sigmoid):
    @override
    def backward(self) -> None:
        before = self.gradients
        super().backward()
        self.gradients = {node: share + before.get(node, 0) for node, share in self.gradients.items()}


class TurnsTheSign(MSE):
    @override
    def differentiate(self, upstream: Any, value: Any, *inputs: Any) -> tuple[Any, ...]:
        d_y, d_a = super().differentiate(upstream, value, *inputs)
        return d_y, -d_a


class UpdatesBeforeItPassesBack(Linear):
    @override
    def backward(self) -> None:
        W = self.inbound_nodes[1]
        super().backward()
        W.value = W.value - 0.1 * self.gradients[W]
        super().backward()


def network(**replaced: type[Node]) -> tuple[list[Node], dict[str, Node]]:
    """A network whose sigmoid has two consumers; the replaced classes stand where the library's would."""
    rng = np.random.default_rng(5)
    nodes: dict[str, Node] = {name: Input() for name in ("X", "y", "W1", "b1", "W2", "b2")}
    for name, kind, inputs in [
        ("l1", Linear, "X W1 b1"),
        ("s", Sigmoid, "l1"),
        ("l2", Linear, "s W2 b2"),
        ("sum", Add, "l2 s"),
        ("cost", MSE, "y sum"),
    ]:
        nodes[name] = replaced.get(name, kind)(*(nodes[each] for each in inputs.split()))  # type: ignore[arg-type]
        nodes[name].name = name
    shapes = {"X": (4, 3), "y": (4, 3), "W1": (3, 3), "b1": (3,), "W2": (3, 3), "b2": (3,)}
    return topological_sort({nodes[name]: rng.normal(size=shape) for name, shape in shapes.items()}), nodes


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 8))
def test_a_right_graph_passes(seed: int, operations: int) -> None:
    assert gradcheck(random_graph(np.random.default_rng(seed), operations)).first_wrong is None


def test_a_gradient_of_0_where_the_output_is_flat_but_bends_passes() -> None:
    x = Input()
    cube = Mul(x, Mul(x, x))
    assert gradcheck(topological_sort({x: 0.0}), cube).passed
    half_a_square = MSE(x, ReLU(x))
    assert gradcheck(topological_sort({x: 0.0}), half_a_square).passed


@pytest.mark.parametrize(
    ("replaced", "wrong"),
    [
        ({"s": OverwritesInsteadOfAdding}, "s"),
        ({"l2": ForgetsATranspose}, "s"),
        ({"cost": ForgetsOneOverN}, "sum"),
        ({"s": KeepsAnOldGradient}, "l1"),
        ({"s": AddsToTheLastRun}, "l1"),
        ({"cost": TurnsTheSign}, "sum"),
        ({"l2": UpdatesBeforeItPassesBack}, "s"),
    ],
)
def test_each_planted_bug_is_found_where_it_shows_first(replaced: dict[str, type[Node]], wrong: str) -> None:
    graph, nodes = network(**replaced)
    report = gradcheck(graph, nodes["cost"])
    assert report.first_wrong is nodes[wrong]
    assert report.max_relative_error > 1e-4


def test_the_same_network_without_bugs_passes() -> None:
    graph, _ = network()
    report = gradcheck(graph)
    assert report.passed
    assert 0 < report.max_relative_error < 1e-7


def test_a_wrong_element_is_told_from_the_right_ones_beside_it() -> None:
    class OneElementOff(ReLU):
        @override
        def differentiate(self, upstream: Any, value: Any, *inputs: Any) -> tuple[Any, ...]:
            (share,) = super().differentiate(upstream, value, *inputs)
            return (share * np.array([1, 1, 1.001]),)

    x = Input()
    OneElementOff(x)
    (check, _) = gradcheck(topological_sort({x: [-1.0, 1.0, 2.0]})).nodes
    assert (check.relative_error > 1e-6).tolist() == [False, False, True]
    assert check.max_relative_error == pytest.approx(1e-3, rel=0.01)
    np.testing.assert_allclose(check.numerical, [0, 1, 1], atol=1e-9)
    np.testing.assert_allclose(check.step, [6e-6, 6e-6, 1.2e-5], rtol=0.1)


def test_either_slope_is_right_at_a_kink_and_others_are_not() -> None:
    x = Input()
    ReLU(x)
    (check, _) = gradcheck(topological_sort({x: [0.0, 1e-8, -1e-8, 3.0]})).nodes
    assert check.passed
    assert check.at_kink.tolist()[0] is True
    assert check.at_kink.tolist()[3] is False

    class TwoAtTheKink(ReLU):
        @override
        def differentiate(self, upstream: Any, value: Any, *inputs: Any) -> tuple[Any, ...]:
            return (upstream * np.where(inputs[0] >= 0, np.where(inputs[0] > 0, 1.0, 2.0), 0.0),)

    x = Input()
    TwoAtTheKink(x)
    assert gradcheck(topological_sort({x: [0.0, 1.0]})).first_wrong is x


def test_where_several_kinks_meet_the_gradient_is_checked_beside_them() -> None:
    class Hidden(ReLU):
        pass

    class OffByATenth(Hidden):
        @override
        def differentiate(self, upstream: Any, value: Any, *inputs: Any) -> tuple[Any, ...]:
            return (upstream * (inputs[0] > 0) * 1.1,)

    for hidden, right in ((Hidden, True), (OffByATenth, False)):
        X, W, b, y = Input(), Input(), Input(), Input()
        MSE(y, hidden(Linear(X, W, b)))
        rows = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
        weights = np.array([[0.5, -0.7, 0.3], [0.2, 0.9, -0.4]])
        report = gradcheck(topological_sort({X: rows, W: weights, b: np.zeros(3), y: np.ones((3, 3))}))
        assert report.passed is right


def test_a_check_beside_kinks_passes_and_leaves_every_gradient_as_it_was() -> None:
    X, W, b, y = Input(), Input(), Input(), Input()
    MSE(y, ReLU(Linear(X, W, b)))
    graph = topological_sort({X: [[0.0]], W: [[1.0, -1.0]], b: [0.0, 0.0], y: [[1.0, -1.0]]})
    forward_and_backward(graph)
    before = [node.gradients[node] for node in graph]
    report = gradcheck(graph)
    assert report.passed
    assert report.nodes[0].at_kink.all()  # the slope is −1 on either side, and 0 by the convention for ReLU
    assert all(node.gradients[node] is gradient for node, gradient in zip(graph, before, strict=True))


def test_gradients_that_are_zero_pass() -> None:
    x, unused, w = Input(), Input(), Input()
    product = Mul(x, w)
    Add(unused, x)
    report = gradcheck(topological_sort({x: 0.0, w: 0.0, unused: [1.0, 2.0]}), product)
    assert report.max_relative_error == 0


def test_a_weak_gradient_of_the_wrong_sign_is_found_beside_a_large_value() -> None:
    class WrongForTheFirst(Mul):
        @override
        def differentiate(self, upstream: Any, value: Any, *inputs: Any) -> tuple[Any, ...]:
            first, second = super().differentiate(upstream, value, *inputs)
            return -first, second

    x, w, large = Input(), Input(), Input()
    Add(WrongForTheFirst(x, w), large)
    assert gradcheck(topological_sort({large: 100.0, x: 1.0, w: 1e-5})).first_wrong is x


def test_float32_graphs_are_checked_in_float64() -> None:
    x = Input()
    Mul(x, Sigmoid(x))
    graph = topological_sort({x: np.array([0.3, -2.0], dtype=np.float32)})
    assert gradcheck(graph).max_relative_error < 1e-8
    assert x.value.dtype == np.float32


def test_the_check_leaves_the_graph_as_it_was() -> None:
    graph, _ = network()
    for node in graph:
        node.forward()

    def state(nodes: Sequence[Node]) -> list[Any]:
        return [(id(node.value), list(node.gradients), list(node.outbound_nodes)) for node in nodes]

    before = state(graph)
    gradcheck(graph)
    assert state(graph) == before


class ScalesWhereItStands(Node):
    """A student's node that writes into its own gradients of the run before, and into its input's value."""

    def forward(self) -> None:
        (x,) = self.inbound_nodes
        x.value *= 1
        self.value = 2 * x.value

    def backward(self) -> None:
        (x,) = self.inbound_nodes
        before = self.gradients.setdefault(x, np.zeros_like(x.value))
        before[...] = sum(2 * each.gradients[self] for each in self.outbound_nodes)


def test_the_check_leaves_the_gradients_of_a_students_node_as_they_were() -> None:
    x = Input()
    node = ScalesWhereItStands([x])
    Sigmoid(node)
    graph = topological_sort({x: [1.0, 2.0]})
    forward_and_backward(graph)
    value, gradients = x.value, node.gradients
    before = {each: share.copy() for each, share in gradients.items()}
    x.value[0] = 3.0
    assert gradcheck(graph).passed
    assert node.gradients is gradients
    assert gradients.keys() == before.keys()
    assert all(np.array_equal(gradients[each], before[each]) for each in before)
    assert x.value is value
    assert value.tolist() == [3, 2]


def test_a_number_that_is_not_finite_never_passes() -> None:
    x = Input()
    Mul(x, x)
    report = gradcheck(topological_sort({x: np.inf}))
    assert report.max_relative_error == np.inf
    assert not report.passed


def test_a_measurement_can_be_held_against_the_gradient_of_a_run_that_is_wrong() -> None:
    x = Input()
    square = Mul(x, x)
    graph = topological_sort({x: [3.0, -1.0, 0.0]})
    check = next(found for found in checks_in_slices(graph, square, [x]) if found is not None)
    assert check.held_against(np.array([6.0, -2.0, 0.0])).passed
    wrong = check.held_against(np.array([3.0, -2.0, 0.1]))
    assert wrong.right.tolist() == [False, True, False]
    assert wrong.relative_error[0] == pytest.approx(0.5)


def test_slices_stop_after_every_number_so_that_a_window_stays_alive() -> None:
    x, w = Input(), Input()
    product = Mul(x, w)
    graph = topological_sort({x: np.ones((3, 2)), w: 2.0})
    slices = list(checks_in_slices(graph, product))
    assert [found.node for found in slices if found is not None] == [product, w, x]
    assert slices.count(None) == 6 + 1 + 6


class DoublesItsGradient(Mul):
    @override
    def differentiate(self, upstream: Any, value: Any, *inputs: Any) -> tuple[Any, ...]:
        return tuple(2 * share for share in super().differentiate(upstream, value, *inputs))


@pytest.mark.parametrize("size", [1e-308, 1.0, 1e308, 1.79769e308])
def test_a_wrong_gradient_of_huge_numbers_is_found(size: float) -> None:
    x, one = Input(), Input()
    DoublesItsGradient(x, one)
    report = gradcheck(topological_sort({x: size, one: 1.0}))
    assert {check.node for check in report.nodes if check.failed} == {x, one}
