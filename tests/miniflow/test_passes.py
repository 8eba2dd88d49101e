"""The passes on graphs of every form: forks, repeated wires, several outputs, and very long or very many paths."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from copy import copy, deepcopy

import numpy as np
import pytest

from miniflow import (
    MSE,
    Add,
    GraphError,
    Input,
    Linear,
    Mul,
    Node,
    Sigmoid,
    first_non_finite,
    first_non_finite_gradient,
    forward_and_backward,
    forward_pass,
    topological_sort,
)


def test_every_node_has_its_gradient_in_its_own_shape() -> None:
    X, W, b, y = Input(), Input(), Input(), Input()
    MSE(y, Sigmoid(Linear(X, W, b)))
    graph = topological_sort({X: np.ones((5, 3)), W: np.ones((3, 1)), b: 0.5, y: np.ones(5)})
    forward_and_backward(graph)
    assert all(node.gradients[node].shape == node.value.shape for node in graph)


def test_linear_may_take_one_node_as_data_and_as_weights() -> None:
    X, b = Input(), Input()
    Linear(X, X, b)
    matrix = np.array([[1.0, 2.0], [3.0, 4.0]])
    forward_and_backward(topological_sort({X: matrix, b: 0}))
    ones = np.ones((2, 2))
    np.testing.assert_allclose(X.gradients[X], ones @ matrix.T + matrix.T @ ones)
    assert b.gradients[b] == 4


def test_fifty_doublings_have_two_to_the_fiftieth_paths() -> None:
    x = Input()
    node: Node = x
    for _ in range(50):
        node = Add(node, node)
    forward_and_backward(topological_sort({x: 1}))
    assert (node.value, x.gradients[x]) == (2**50, 2**50)


def chain_of_three_thousand() -> list[Node]:
    """Both inputs and all layers of 1 times 1.0001 times 1.0001 ..., after three passes."""
    x, w = Input(), Input()
    node: Node = x
    for _ in range(3000):
        node = Mul(node, w)
    graph = topological_sort({x: 1, w: 1.0001})
    for _ in range(3):
        forward_and_backward(graph)
    return graph


def test_a_chain_of_three_thousand_layers_needs_no_recursion() -> None:
    _, w, *layers = chain_of_three_thousand()
    assert layers[-1].value == pytest.approx(1.0001**3000)
    assert w.gradients[w] == pytest.approx(3000 * 1.0001**2999)


@pytest.mark.parametrize("copied", [deepcopy, lambda graph: pickle.loads(pickle.dumps(graph))])
def test_a_long_chain_can_be_copied_whole(copied: Callable[[list[Node]], list[Node]]) -> None:
    graph = chain_of_three_thousand()
    twins = copied(graph)
    assert set(twins).isdisjoint(graph)
    assert all(set(twins).issuperset((*twin.inbound_nodes, *twin.outbound_nodes)) for twin in twins)
    twins[0].value = 2
    forward_and_backward(twins)
    assert (twins[-1].value, graph[-1].value) == (pytest.approx(2 * 1.0001**3000), pytest.approx(1.0001**3000))


def test_what_is_pickled_is_the_node_as_it_is_now() -> None:
    x = Input()
    x.value = 1
    square = Mul(x, x)
    for value in (2.0, 3.0):
        x.value = value
        assert square.inbound_nodes[0].value == pickle.loads(pickle.dumps(square)).inbound_nodes[0].value == value


def test_a_node_that_is_copied_alone_keeps_its_inputs() -> None:
    x = Input()
    square = Mul(x, x)
    twin = copy(square)
    assert (type(twin), twin is square, twin.inbound_nodes) == (Mul, False, [x, x])


def test_several_outputs_are_differentiated_together_or_one_by_name() -> None:
    x = Input()
    square, double = Mul(x, x), Add(x, x)
    graph = topological_sort({x: 3})
    forward_and_backward(graph)
    assert x.gradients[x] == 8
    forward_and_backward(graph, square)
    assert (x.gradients[x], double.gradients[double], double.gradients[x]) == (6, 0, 0)


def test_an_output_in_the_middle_leaves_zeros_behind_it() -> None:
    x = Input()
    middle = Mul(x, x)
    end = Mul(middle, x)
    graph = topological_sort({x: 3})
    forward_and_backward(graph, middle)
    assert [node.gradients[node] for node in graph] == [6, 1, 0]
    assert end.gradients[middle] == 0


def test_an_unused_input_has_zeros_of_its_own_shape() -> None:
    x, unused = Input(), Input()
    Sigmoid(x)
    forward_and_backward(topological_sort({x: 1, unused: np.ones((2, 3))}))
    assert unused.gradients[unused].tolist() == [[0, 0, 0]] * 2


def test_running_twice_is_running_once() -> None:
    X, W = Input(), Input()
    Mul(Sigmoid(Linear(X, W, X)), X)
    graph = topological_sort({X: np.eye(2), W: np.ones((2, 2))})
    forward_and_backward(graph)
    once = [np.array(array) for node in graph for array in node.gradients.values()]
    for _ in range(4):
        forward_and_backward(graph)
        for node in reversed(graph):
            node.backward() if node.outbound_nodes else None
    again = [array for node in graph for array in node.gradients.values()]
    assert all(np.array_equal(a, b) for a, b in zip(once, again, strict=True))


def test_a_consumer_outside_the_graph_does_not_count() -> None:
    x = Input()
    square = Mul(x, x)
    graph = topological_sort({x: 3})
    outside = Add(square, x)
    forward_and_backward(graph, square)
    assert x.gradients[x] == 6
    assert outside.gradients == {}


def test_a_consumer_made_after_the_sort_leaves_the_output_what_it_was() -> None:
    x = Input()
    square = Mul(x, x)
    graph = topological_sort({x: 3})
    for _ in range(3):
        forward_and_backward(graph)
        assert x.gradients[x] == 6
    Add(square, x)
    forward_and_backward(graph)
    assert (square.gradients[square], x.gradients[x]) == (1, 6)


def test_writing_into_an_inputs_gradient_changes_no_other() -> None:
    x, y = Input(), Input()
    total = Add(x, y)
    for _ in range(3):
        forward_and_backward(topological_sort({x: [1.0, 2.0], y: [3.0, 4.0]}))
        x.gradients[x] *= 0
        assert y.gradients[y].tolist() == total.gradients[total].tolist() == [1, 1]


class OwnCost(Node):
    """A student's cost that fills its gradients without emptying them first, as the lesson's does."""

    def forward(self) -> None:
        self.value = self.inbound_nodes[0].value ** 2

    def backward(self) -> None:
        (x,) = self.inbound_nodes
        self.gradients[x] = sum(each.gradients[self] for each in self.outbound_nodes) * 2 * x.value


def test_a_students_node_has_its_own_gradient_anew_at_every_run() -> None:
    x, factor = Input(), Input()
    cost = OwnCost([x])
    Mul(cost, factor)
    graph = topological_sort({x: 3, factor: 10})
    forward_and_backward(graph)
    assert (cost.gradients[cost], x.gradients[x]) == (10, 60)
    factor.value = 1
    forward_and_backward(graph)
    assert (cost.gradients[cost], x.gradients[x]) == (1, 6)


class WritesIntoWhatArrives(Node):
    """A student's node that computes with what its consumers pass back where it stands."""

    def forward(self) -> None:
        self.value = self.inbound_nodes[0].value * 2

    def backward(self) -> None:
        self.gradients = {n: np.zeros_like(n.value) for n in self.inbound_nodes}
        for n in self.outbound_nodes:
            grad_cost = n.gradients[self]
            grad_cost *= 2
            self.gradients[self.inbound_nodes[0]] += grad_cost


def test_a_students_node_that_writes_into_what_arrives_changes_no_other_gradient() -> None:
    x, y = Input(), Input()
    double = WritesIntoWhatArrives([x])
    total = Add(double, y)
    graph = topological_sort({x: [1.0, 2.0], y: [3.0, 4.0]})
    forward_and_backward(graph)
    assert x.gradients[x].tolist() == [2, 2]
    assert all(node.gradients[node].tolist() == [1, 1] for node in (double, y, total))
    assert total.gradients[double].tolist() == [1, 1]


def test_an_output_that_was_not_sorted_is_told() -> None:
    x, other = Input(), Input()
    square, elsewhere = Mul(x, x), Sigmoid(other)
    elsewhere.name = "cost"
    with pytest.raises(GraphError, match="cost"):
        forward_and_backward(topological_sort({x: 2}), elsewhere)
    assert square.value == 4


def test_the_first_node_that_is_not_finite_can_be_asked_for() -> None:
    x, y = Input(), Input()
    product = Mul(x, y)
    Add(product, x)
    graph = topological_sort({x: 1e200, y: 1e200})
    with np.errstate(over="ignore"):
        forward_pass(product, graph)
        assert first_non_finite(graph) is product
        x.value, y.value = 1e-5, 3
        forward_and_backward(graph)
    assert first_non_finite(graph) is first_non_finite_gradient(graph) is None
    product.gradients[product] = np.float64(np.nan)
    x.gradients[x] = np.float64(np.inf)
    assert first_non_finite_gradient(graph) is product
