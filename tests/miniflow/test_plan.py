"""The plan computes what the teaching passes compute, and nobody can tell but by the clock."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miniflow import MSE, Add, Input, Linear, Mul, Node, Sigmoid, forward_and_backward, sgd_update, topological_sort
from miniflow.engine.backward import backward_pass
from miniflow.engine.plan import Plan
from miniflow.engine.tape import UntraceableError
from miniflow.nodes.tanh import Tanh
from tests.miniflow.random_graphs import random_graph


def by_the_teaching_passes(graph: Sequence[Node]) -> list[Any]:
    """The values and gradients of every node, computed by each node's own methods."""
    for node in graph:
        node.forward()
    backward_pass(graph)
    return numbers(graph)


def numbers(graph: Sequence[Node]) -> list[Any]:
    return [array for node in graph for array in (node.value, *node.gradients.values())]


def assert_same(found: list[Any], expected: list[Any]) -> None:
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-12)
        assert (type(one), one.shape, one.dtype) == (type(other), other.shape, other.dtype)


def network(rows: int = 4) -> tuple[list[Node], list[Node]]:
    """A sorted network with one hidden layer and a cost, and what to train: X, y, W1, b1, W2, b2 in this order."""
    rng = np.random.default_rng(7)
    X, y, W1, b1, W2, b2 = inputs = [Input() for _ in range(6)]
    MSE(y, Linear(Sigmoid(Linear(X, W1, b1)), W2, b2))
    shapes = [(rows, 3), (rows, 2), (3, 5), (5,), (5, 2), (2,)]
    return topological_sort({each: rng.normal(size=s) for each, s in zip(inputs, shapes, strict=True)}), list(inputs)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_every_number_is_that_of_the_teaching_passes(seed: int, operations: int) -> None:
    graph = random_graph(np.random.default_rng(seed), operations)
    expected = by_the_teaching_passes(graph)
    plan = Plan(graph, None, [], keep_all=True)
    plan.run()
    assert_same(numbers(graph), expected)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32))
def test_a_plan_made_on_other_values_gives_the_same(seed: int) -> None:
    rng = np.random.default_rng(seed)
    graph = random_graph(rng, 6)
    inputs = [node for node in graph if isinstance(node, Input)]
    plan = Plan(graph, None, [], keep_all=True)
    for node in inputs:
        node.value = rng.normal(size=node.value.shape)
    plan.run()
    found = numbers(graph)
    plan.release()
    assert_same(found, by_the_teaching_passes(graph))


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32))
def test_a_plan_for_training_has_the_same_gradients_in_it(seed: int) -> None:
    graph = random_graph(np.random.default_rng(seed), 8)
    trainables = [node for node in graph if isinstance(node, Input)]
    by_the_teaching_passes(graph)
    expected = [node.gradients[node] for node in trainables]
    plan = Plan(graph, None, trainables)
    plan.run()
    assert_same([node.gradients[node] for node in trainables], expected)


def test_float32_graphs_are_planned_in_float32() -> None:
    graph, inputs = network()
    for node in inputs:
        node.value = node.value.astype(np.float32)
    expected = by_the_teaching_passes(graph)
    Plan(graph, None, inputs[2:], keep_all=True).run()
    for one, other in zip(numbers(graph), expected, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-5, atol=1e-6)
        assert one.dtype == np.float32


def test_a_graph_that_runs_again_and_again_gets_a_plan() -> None:
    graph, _ = network()
    for _ in range(3):
        forward_and_backward(graph)
    assert isinstance(graph[-1]._keeper, Plan)


def test_no_array_that_somebody_holds_ever_changes() -> None:
    graph, inputs = network()
    held: list[tuple[Any, Any]] = []
    for _ in range(6):
        forward_and_backward(graph)
        held += [(array, np.array(array)) for array in numbers(graph)]
        sgd_update(inputs[2:], 0.1)
        held += [(node.value, np.array(node.value)) for node in inputs]
    assert all(np.array_equal(array, before) for array, before in held)


def test_training_with_a_look_at_every_number_is_training_without() -> None:
    def trained(look: bool) -> list[Any]:
        graph, inputs = network()
        for _ in range(6):
            forward_and_backward(graph)
            if look:
                numbers(graph)
            sgd_update(inputs[2:], 0.1)
        return [node.value for node in inputs]

    assert_same(trained(look=True), trained(look=False))


def test_what_is_assigned_or_written_in_place_is_what_the_next_run_starts_from() -> None:
    graph, (X, _, W1, *_) = network()
    for _ in range(3):
        forward_and_backward(graph)
    X.value = np.ones((4, 3))
    W1.value[0, 0] = 5.0
    forward_and_backward(graph)
    found = numbers(graph)
    assert (X.value == 1).all()
    assert W1.value[0, 0] == 5
    assert_same(found, by_the_teaching_passes(graph))


def test_an_array_that_was_assigned_is_copied_in_and_never_written_to() -> None:
    graph, inputs = network()
    W1 = inputs[2]
    for _ in range(4):
        forward_and_backward(graph)
        W1.value = assigned = np.ones((3, 5))
        sgd_update(inputs[2:], 0.1)
        assert (assigned == 1).all()
        np.testing.assert_allclose(W1.value, 1 - 0.1 * W1.gradients[W1], rtol=1e-14)


def test_gradients_changed_by_hand_are_what_an_update_uses() -> None:
    graph, inputs = network()
    for _ in range(4):
        forward_and_backward(graph)
        sgd_update(inputs[2:], 0.1)
    forward_and_backward(graph)
    before = [node.value for node in inputs[2:]]
    inputs[2].gradients[inputs[2]] *= 0.0
    sgd_update(inputs[2:], 0.1)
    assert np.array_equal(inputs[2].value, before[0])
    assert not np.array_equal(inputs[3].value, before[1])


def test_the_batch_size_may_change_between_steps() -> None:
    graph, (X, y, *_) = network()
    for rows in (4, 4, 4, 7, 7, 4, 1, 1, 1):
        X.value, y.value = np.ones((rows, 3)), np.zeros((rows, 2))
        forward_and_backward(graph)
        assert X.gradients[X].shape == (rows, 3)
        assert_same(numbers(graph), by_the_teaching_passes(graph))


def test_the_type_of_the_numbers_may_change_between_steps() -> None:
    graph, (_, _, W1, *_) = network()
    for kind in (np.float64, np.float64, np.float64, np.float32, np.float32, np.float64):
        for node in graph:
            if isinstance(node, Input):
                node.value = node.value.astype(kind)
        forward_and_backward(graph)
        assert {graph[-1].value.dtype, W1.gradients[W1].dtype} == {np.dtype(kind)}


def test_a_node_wired_later_counts() -> None:
    x = Input()
    square = Mul(x, x)
    graph = topological_sort({x: 3})
    for _ in range(3):
        forward_and_backward(graph)
    beside = Add(square, x)
    graph = topological_sort({x: 3})
    forward_and_backward(graph)
    assert (beside.value, x.gradients[x]) == (12, 7)


def test_an_input_exchanged_by_hand_counts() -> None:
    x, y, z = Input(), Input(), Input()
    product = Mul(x, y)
    graph = topological_sort({x: 3, y: 2, z: 10})
    for _ in range(3):
        forward_and_backward(graph)
    y.outbound_nodes.remove(product)
    z.outbound_nodes.append(product)
    product.inbound_nodes[1] = z
    forward_and_backward([x, y, z, product])
    assert (product.value, x.gradients[x]) == (30, 10)


def test_two_graphs_that_share_a_node_do_not_disturb_each_other() -> None:
    w, x, y = Input(), Input(), Input()
    one, other = Mul(w, x), Mul(w, y)
    first, second = topological_sort({w: 2, x: 3, y: 5}), [w, y, other]
    for _ in range(4):
        forward_and_backward(first, one)
        assert (w.gradients[w], one.value) == (3, 6)
        forward_and_backward(second, other)
        assert (w.gradients[w], other.value) == (5, 10)


def test_another_output_is_another_question() -> None:
    x, y = Input(), Input()
    one = Mul(x, y)
    other = Add(one, x)
    graph = topological_sort({x: 2, y: 3})
    for _ in range(3):
        forward_and_backward(graph)
    forward_and_backward(graph, one)
    assert (x.gradients[x], other.gradients[other]) == (3, 0)
    forward_and_backward(graph)
    assert x.gradients[x] == 4


def test_a_copy_of_a_planned_graph_lives_on_its_own() -> None:
    graph, inputs = network()
    for _ in range(3):
        forward_and_backward(graph)
    copied = copy.deepcopy(graph)
    expected = numbers(copied)
    sgd_update(inputs[2:], 0.5)
    forward_and_backward(graph)
    assert_same(numbers(copied), expected)
    forward_and_backward(copied)
    assert_same(numbers(copied), expected)


class OwnTanh(Node):
    """A student's node that counts its calls."""

    def __init__(self, x: Node) -> None:
        super().__init__([x])
        self.calls = 0

    def forward(self) -> None:
        self.calls += 1
        self.value = np.tanh(self.inbound_nodes[0].value)

    def backward(self) -> None:
        (x,) = self.inbound_nodes
        arriving = sum(consumer.gradients[self] for consumer in self.outbound_nodes)
        self.gradients = {x: arriving * (1 - self.value**2)}


def test_a_students_own_node_is_called_at_every_run_and_gives_the_same() -> None:
    def run(kind: type[Node]) -> tuple[list[Any], Node]:
        x, w = Input(), Input()
        own = kind(Mul(x, w))  # type: ignore[arg-type]
        Add(own, own, x)
        graph = topological_sort({x: 0.3, w: [1.0, 2.0]})
        for _ in range(5):
            forward_and_backward(graph)
        return numbers([x, w, graph[-1]]), own

    found, own = run(OwnTanh)
    assert own.calls == 5  # type: ignore[attr-defined]
    assert_same(found, run(Tanh)[0])


def test_a_students_own_node_takes_batches_of_any_size_between_planned_runs() -> None:
    X, W, y = Input(), Input(), Input()
    own = OwnTanh(Mul(X, W))
    MSE(y, own)
    graph = topological_sort({X: np.ones((2, 3)), W: 0.5, y: np.zeros((2, 3))})
    for rows in (2, 2, 5, 5, 1, 2):
        X.value, y.value = np.full((rows, 3), 0.25), np.zeros((rows, 3))
        forward_and_backward(graph)
        slope = 2 / (3 * rows) * np.tanh(0.125) / np.cosh(0.125) ** 2
        np.testing.assert_allclose(own.inbound_nodes[0].gradients[own.inbound_nodes[0]], np.full((rows, 3), slope))
        np.testing.assert_allclose(W.gradients[W], 3 * rows * slope * 0.25)


def test_a_node_with_a_state_of_its_own_is_not_planned() -> None:
    x = Input()
    noisy = Tanh(x)
    noisy.rng = np.random.default_rng(0)  # type: ignore[attr-defined]
    graph = topological_sort({x: 1})
    with pytest.raises(UntraceableError):
        Plan(graph, None, [])


def test_numpy_functions_of_every_kind_are_replayed() -> None:
    from miniflow.engine.assembly import assemble
    from miniflow.engine.tape import Tape

    def work(x: Any) -> Any:
        tall = np.concatenate([x, x[::-1]], axis=0)
        picked = np.where(tall > 0, tall, np.exp(tall)).clip(-2, 2)
        return (picked.T @ tall).sum(axis=0, keepdims=True) + np.max(x) - x.mean(axis=0) + np.zeros_like(x).sum()

    rng = np.random.default_rng(0)
    tape = Tape()
    first = tape.take_in(rng.normal(size=(3, 4)))
    result = work(first).slot
    array = np.empty((3, 4))
    instructions, arrays = assemble(tape, [result], {first.slot: array})
    for _ in range(3):
        array[...] = rng.normal(size=(3, 4))
        for function, arguments in instructions:
            function(*arguments)
        np.testing.assert_allclose(arrays[result], work(array), rtol=1e-12)


def test_an_array_is_used_again_only_where_that_cannot_be_seen() -> None:
    from miniflow.engine.assembly import assemble
    from miniflow.engine.tape import Tape

    def work(x: Any) -> Any:
        product = (2 * x) @ (x + 1) @ (x * x)
        return (product + product.T) * product - (product @ product).T

    tape = Tape()
    given_first = tape.take_in(np.random.default_rng(0).normal(size=(5, 5)))
    result = work(given_first).slot
    array = np.random.default_rng(1).normal(size=(5, 5))
    instructions, arrays = assemble(tape, [result], {given_first.slot: array})
    for function, arguments in instructions:
        function(*arguments)
    np.testing.assert_allclose(arrays[result], work(array), rtol=1e-12)
    assert len({id(each) for each in arrays.values()}) < len(arrays)


@pytest.mark.parametrize(
    "peek",
    [
        lambda x: float(x[0]),
        lambda x: x if x[0] > 0 else -x,
        lambda x: np.asarray(x) * 2,
        lambda x: x * np.array([1.0, 2.0]),
        lambda x: list(x),
        lambda x: x.tolist(),
        lambda x: x.__iadd__(1),
    ],
)
def test_whatever_could_freeze_a_number_into_a_plan_is_refused(peek: Any) -> None:
    from miniflow.engine.tape import Tape

    with pytest.raises(UntraceableError):
        peek(Tape().take_in([1.0, 2.0]))
