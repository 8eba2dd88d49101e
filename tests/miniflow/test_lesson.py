"""The lesson's own scripts run as they are, and none of its traps is left."""

from __future__ import annotations

import subprocess
import sys
import warnings
from itertools import pairwise

import numpy as np
import pytest

from miniflow import (
    MSE,
    Add,
    CycleError,
    Input,
    Linear,
    MissingValueError,
    Mul,
    Node,
    Sigmoid,
    forward_and_backward,
    forward_pass,
    sgd_update,
    topological_sort,
)
from tests.miniflow.own_nodes import OwnInput


def test_four_times_five_times_ten_is_200() -> None:
    x, y, z = Input(), Input(), Input()
    f = Mul(x, y, z)
    assert forward_pass(f, topological_sort({x: 4, y: 5, z: 10})) == 200.0


def test_three_numbers_times_three_numbers_plus_two_is_the_plain_number_16() -> None:
    inputs, weights, bias = Input(), Input(), Input()
    f = Linear(inputs, weights, bias)
    graph = topological_sort({inputs: [6, 20, 4], weights: [0.5, 0.25, 1.5], bias: 2})
    assert str(forward_pass(f, graph)) == "16.0"


def test_the_gradient_example_gives_the_lessons_digits() -> None:
    X, W, b, y = Input(), Input(), Input(), Input()
    cost = MSE(y, Sigmoid(Linear(X, W, b)))
    feed = {
        X: np.array([[-1.0, -2.0], [-1, -2]]),
        y: np.array([1, 2]),
        W: np.array([[2.0], [3.0]]),
        b: np.array([-3.0]),
    }
    graph = topological_sort(feed)
    forward_and_backward(graph)
    assert graph[-1] is cost
    expected = {
        X: [[-3.34017280e-05, -5.01025919e-05], [-6.68040138e-05, -1.00206021e-04]],
        y: [0.9999833, 1.9999833],
        W: [[5.01028709e-05], [1.00205742e-04]],
        b: [-5.01028709e-05],
    }
    for node, digits in expected.items():
        np.testing.assert_allclose(node.gradients[node], digits, rtol=1e-7)


class StudentLinear(Node):
    """Written as the lesson writes it."""

    def __init__(self, X: Node, W: Node, b: Node) -> None:
        Node.__init__(self, [X, W, b])

    def forward(self) -> None:
        X, W, b = (node.value for node in self.inbound_nodes)
        self.value = np.dot(X, W) + b

    def backward(self) -> None:
        self.gradients = {n: np.zeros_like(n.value) for n in self.inbound_nodes}
        for n in self.outbound_nodes:
            grad_cost = n.gradients[self]
            self.gradients[self.inbound_nodes[0]] += np.dot(grad_cost, self.inbound_nodes[1].value.T)
            self.gradients[self.inbound_nodes[1]] += np.dot(self.inbound_nodes[0].value.T, grad_cost)
            self.gradients[self.inbound_nodes[2]] += np.sum(grad_cost, axis=0, keepdims=False)


class StudentCost(Node):
    """The lesson's MSE, which fills its gradients without asking its consumers."""

    def __init__(self, y: Node, a: Node) -> None:
        Node.__init__(self, [y, a])

    def forward(self) -> None:
        y = self.inbound_nodes[0].value.reshape(-1, 1)
        a = self.inbound_nodes[1].value.reshape(-1, 1)
        self.m = self.inbound_nodes[0].value.shape[0]
        self.diff = y - a
        self.value = np.mean(self.diff**2)

    def backward(self) -> None:
        self.gradients[self.inbound_nodes[0]] = (2 / self.m) * self.diff
        self.gradients[self.inbound_nodes[1]] = (-2 / self.m) * self.diff


@pytest.mark.parametrize("linear_class", [Linear, StudentLinear])
@pytest.mark.parametrize("cost_class", [MSE, StudentCost])
def test_a_students_own_node_trains_like_the_librarys(linear_class: type[Node], cost_class: type[Node]) -> None:
    def trained(linear: type[Node], cost: type[Node]) -> list[object]:
        rng = np.random.default_rng(3)
        X, W, b, y = Input(), Input(), Input(), Input()
        end = cost(y, Sigmoid(linear(X, W, b)))  # type: ignore[call-arg, arg-type]
        data = rng.normal(size=(6, 2))
        graph = topological_sort({X: data, W: rng.normal(size=(2, 1)), b: np.zeros(1), y: data[:, 0]})
        for _ in range(5):
            forward_and_backward(graph)
            sgd_update([W, b], 0.5)
        return [end.value, W.value, b.value, X.gradients[X]]

    for found, expected in zip(trained(linear_class, cost_class), trained(Linear, MSE), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-12)  # type: ignore[call-overload]


# --- the traps -------------------------------------------------------------------------------------------------------


def test_ready_nodes_leave_first_in_first_out_from_the_order_of_the_feed() -> None:
    inputs = [Input() for _ in range(20)]
    sums = [Add(a, b) for a, b in pairwise(inputs)]
    fed = [*inputs[1::2], *inputs[::2]]
    order = topological_sort(dict.fromkeys(fed, 1.0))
    assert order[:20] == fed
    became_ready = sorted(sums, key=lambda node: max(fed.index(each) for each in node.inbound_nodes))
    assert set(order[20:]) == set(became_ready)
    assert order == topological_sort(dict.fromkeys(fed, 1.0))


ORDER_SCRIPT = """
from miniflow import Input, Add, topological_sort
inputs = [Input() for _ in range(9)]
for place, node in enumerate(inputs): node.name = str(place)
end = Add(*inputs)
print([node.name for node in topological_sort({node: 1 for node in inputs})])
"""


def test_the_order_is_the_same_in_every_process() -> None:
    orders = {subprocess.check_output([sys.executable, "-c", ORDER_SCRIPT], text=True) for _ in range(3)}
    assert len(orders) == 1


def test_two_hundred_stacked_diamonds_sort_at_once() -> None:
    top = start = Input()
    for _ in range(200):
        top = Add(Mul(top, start), Mul(top, start))  # type: ignore[assignment]
    assert len(topological_sort({start: 0.5})) == 601


def test_a_cycle_is_told_with_its_nodes_in_order() -> None:
    x = Input()
    first = Add(x, x)
    second = Sigmoid(first)
    third = Mul(second, x)
    first.inbound_nodes[1] = third
    third.outbound_nodes.append(first)
    with pytest.raises(CycleError) as told:
        topological_sort({x: 1})
    cycle = told.value.cycle
    assert {first, second, third} == set(cycle)
    assert all(cycle[k - 1] in node.inbound_nodes for k, node in enumerate(cycle))


def test_a_node_may_take_the_same_input_twice() -> None:
    x = Input()
    double = Add(x, x)
    forward_and_backward(topological_sort({x: 3}))
    assert (double.value, x.gradients[x], double.gradients[x]) == (6, 2, 2)
    assert x.outbound_nodes == [double]


def test_an_input_that_nobody_feeds_is_named() -> None:
    x, w = Input(), Input()
    w.name = "W1"
    Mul(x, w)
    with pytest.raises(MissingValueError, match="W1"):
        topological_sort({x: 2})


def test_sigmoid_adds_up_what_all_its_consumers_send_back() -> None:
    x = Input()
    s = Sigmoid(x)
    Add(s, Mul(s, s))
    forward_and_backward(topological_sort({x: 0.0}))
    assert x.gradients[x] == pytest.approx((1 + 2 * 0.5) * 0.25)


def test_mse_averages_over_elements_in_value_and_gradient_whatever_the_columns() -> None:
    y, a = Input(), Input()
    cost = MSE(y, a)
    forward_and_backward(topological_sort({y: np.zeros((3, 2)), a: np.ones((3, 2))}))
    assert cost.value == 1
    np.testing.assert_allclose(a.gradients[a], np.full((3, 2), 2 / 6))


def test_mse_honours_its_consumers() -> None:
    y, a, factor = Input(), Input(), Input()
    Mul(MSE(y, a), factor)
    forward_and_backward(topological_sort({y: [1.0], a: [3.0], factor: 10}))
    np.testing.assert_allclose(a.gradients[a], [40])


def test_whole_numbers_and_plain_floats_and_lists_are_values() -> None:
    X, W, b, y = Input(), Input(), Input(), Input()
    cost = MSE(y, Linear(X, W, b))
    feed = {X: np.array([[1, 2], [3, 4]]), W: [[1], [1]], b: 1, y: np.array([True, False])}
    forward_and_backward(topological_sort(feed))
    assert X.value.dtype == W.gradients[W].dtype == np.float64
    assert cost.value == pytest.approx((3**2 + 8**2) / 2)
    sgd_update([W, b], 0.5)
    assert b.value == pytest.approx(1 - 0.5 * 11)


def test_an_update_never_writes_to_an_array_of_the_callers() -> None:
    fed, assigned = np.array([[2.0], [3.0]]), np.array([1.0])
    X, W, b = Input(), Input(), Input()
    Linear(X, W, b)
    graph = topological_sort({X: np.ones((4, 2)), W: fed, b: np.zeros(1)})
    b.value = assigned
    for _ in range(5):
        forward_and_backward(graph)
        sgd_update([W, b], 0.1)
    assert (fed.tolist(), assigned.tolist()) == ([[2.0], [3.0]], [1.0])
    assert b.value == pytest.approx(1 - 5 * 0.1 * 4)


@pytest.mark.parametrize("kind", [np.float64, np.float32])
def test_sigmoid_neither_overflows_nor_warns(kind: type) -> None:
    x = Input()
    s = Sigmoid(x)
    far = np.array([-np.inf, -1000, -50, 0, 50, 1000, np.inf], dtype=kind)
    with warnings.catch_warnings(), np.errstate(over="raise", invalid="raise", divide="raise"):
        warnings.simplefilter("error")
        forward_and_backward(topological_sort({x: far}))
    np.testing.assert_allclose(s.value[[0, 1, 3, 5, 6]], [0, 0, 0.5, 1, 1])
    np.testing.assert_allclose(x.gradients[x][[0, 1, 3, 5, 6]], [0, 0, 0.25, 0, 0], atol=1e-37)
    assert x.gradients[x][4] == pytest.approx(np.exp(-50.0), rel=1e-6, abs=0)


def test_add_and_mul_have_gradients() -> None:
    x, y, z = Input(), Input(), Input()
    Add(Mul(x, y, z), x)
    forward_and_backward(topological_sort({x: 2, y: 3, z: 4}))
    assert [node.gradients[node] for node in (x, y, z)] == [13, 8, 6]


@pytest.mark.parametrize(("targets", "predictions"), [((3,), (3, 1)), ((3, 1), (3,)), ((3,), (3,))])
def test_each_gradient_has_the_shape_of_its_own_node(targets: tuple[int, ...], predictions: tuple[int, ...]) -> None:
    y, a = Input(), Input()
    cost = MSE(y, a)
    forward_and_backward(topological_sort({y: np.zeros(targets), a: np.array([1.0, 2, 3]).reshape(predictions)}))
    assert (y.gradients[y].shape, a.gradients[a].shape) == (targets, predictions)
    assert cost.value == pytest.approx(14 / 3)


def test_the_output_need_not_be_the_last_of_the_order() -> None:
    x, w = Input(), Input()
    cost, beside = Mul(x, w), Add(x, x)
    graph = topological_sort({w: 5, x: 2})
    forward_and_backward(graph, cost)
    assert graph[-1] is beside
    assert (x.gradients[x], beside.gradients[beside]) == (5, 0)


def test_the_two_loops_of_the_lesson_written_out_give_its_gradients() -> None:
    X, W, b, y = Input(), Input(), Input(), Input()
    MSE(y, Sigmoid(Linear(X, W, b)))
    fed = {X: np.array([[-1.0, -2.0], [-1, -2]]), y: [1, 2], W: [[2.0], [3.0]], b: [-3.0]}
    graph = topological_sort(fed)
    for node in graph:
        node.forward()
    for node in graph[::-1]:
        node.backward()
    np.testing.assert_allclose(W.gradients[W].ravel(), [5.01028709e-05, 1.00205742e-04], rtol=1e-8)


LIKELY_NAMES = ("label", "title", "kind", "shape", "size", "inputs", "place", "keeper", "passes", "trained", "ports")
LIKELY_NAMES += ("shares", "rule", "symbol", "group", "input_values", "id", "data", "index", "m", "diff")


def test_a_students_node_may_have_attributes_of_any_name() -> None:

    class Labelled(Sigmoid):
        def __init__(self, x: Node) -> None:
            Node.__init__(self, [x])
            for name in LIKELY_NAMES:
                setattr(self, name, f"my {name}")

    x = Input()
    node = Labelled(x)
    Mul(node, node)
    graph = topological_sort({x: 0.0})
    for _ in range(4):
        forward_and_backward(graph)
        sgd_update([x], 0.0)
    assert all(getattr(node, name) == f"my {name}" for name in LIKELY_NAMES)
    assert x.gradients[x] == 0.25


@pytest.mark.parametrize("by_hand", [False, True])
@pytest.mark.parametrize("own", [(OwnInput, StudentLinear, StudentCost), (Input, StudentLinear, MSE)])
def test_the_gradient_example_runs_with_the_lessons_own_classes(own: tuple[type, type, type], by_hand: bool) -> None:
    input_class, linear_class, cost_class = own
    X, W, b, y = (input_class() for _ in range(4))
    cost_class(y, Sigmoid(linear_class(X, W, b)))
    weights, bias = np.array([[2.0], [3.0]]), np.array([-3.0])
    graph = topological_sort({X: np.array([[-1.0, -2.0], [-1, -2]]), y: np.array([1, 2]), W: weights, b: bias})
    forward_and_backward(graph)
    if by_hand:
        for n in graph:
            n.forward()
        for n in graph[::-1]:
            n.backward()
    np.testing.assert_allclose(W.gradients[W], [[5.01028709e-05], [1.00205742e-04]], rtol=1e-7)
    np.testing.assert_allclose(b.gradients[b], [-5.01028709e-05], rtol=1e-7)
    np.testing.assert_allclose(np.ravel(y.gradients[y]), [0.9999833, 1.9999833], rtol=1e-7)
