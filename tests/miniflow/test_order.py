"""The sort: right, deterministic, and as fast as the graph is large."""

from __future__ import annotations

import graphlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miniflow import (
    Add,
    CycleError,
    Input,
    MissingValueError,
    Mul,
    Node,
    ShapeError,
    Sigmoid,
    ValueTypeError,
    forward_and_backward,
    topological_sort,
)
from miniflow.graph.kahn import kahn
from tests.miniflow.own_nodes import OwnInput
from tests.miniflow.random_graphs import random_graph


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 25))
def test_every_node_comes_after_its_inputs_in_the_order_that_the_steps_show(seed: int, operations: int) -> None:
    graph = random_graph(np.random.default_rng(seed), operations)
    place = {node: number for number, node in enumerate(graph)}
    assert all(place[each] < place[node] for node in graph for each in node.inbound_nodes)
    unmet = {node: len(set(node.inbound_nodes)) for node in graph if not node.inbound_nodes}
    unmet |= {node: len(set(node.inbound_nodes)) for node in graph}
    assert [step.node for step in kahn(unmet, lambda node: node.outbound_nodes)] == graph
    assert set(graphlib.TopologicalSorter({node: node.inbound_nodes for node in graph}).static_order()) == set(graph)


class CountedList(list[Node]):
    """A list that counts how often it is gone through."""

    visits = 0

    def __iter__(self):  # type: ignore[no-untyped-def]
        CountedList.visits += 1
        return super().__iter__()


def test_each_nodes_wires_are_looked_at_a_fixed_number_of_times() -> None:
    start = Input()
    nodes: list[Node] = [start]
    for _ in range(300):
        nodes.append(Add(Mul(nodes[-1], start), nodes[-1]))
    graph = topological_sort({start: 1})
    for node in graph:
        node.inbound_nodes, node.outbound_nodes = CountedList(node.inbound_nodes), CountedList(node.outbound_nodes)
    CountedList.visits = 0
    topological_sort({start: 1})
    assert CountedList.visits <= 6 * len(graph)


def test_an_input_with_a_value_counts_as_fed() -> None:
    x, w = Input(), Input()
    w.value = 3
    product = Mul(x, w)
    assert topological_sort({x: 2}) == [x, w, product]


def test_a_consumer_that_no_input_reaches_is_left_out() -> None:
    x, elsewhere = Input(), Input()
    square, beyond = Mul(x, x), Sigmoid(elsewhere)
    order = topological_sort({x: 2})
    assert order == [x, square]
    assert beyond not in order


class Constant(Node):
    """A student's node with a value from the start; it has no forward, since the lesson never calls it."""

    def __init__(self, value: float) -> None:
        Node.__init__(self)
        self.value = value


def test_a_constant_and_what_it_alone_reaches_are_left_out() -> None:
    x, constant = Input(), Constant(3)
    beyond, product = Sigmoid(constant), Mul(x, constant)
    order = topological_sort({x: 2})
    assert order == [x, product]
    for value in (3, 5, 7, 9):
        constant.value = value
        forward_and_backward(order)
        assert (product.value, x.gradients[x], constant.gradients[constant]) == (2 * value, value, 2)
    assert beyond.gradients == {}


def test_what_a_node_needs_that_no_input_reaches_and_has_no_value_is_computed_first() -> None:
    x, constant = Input(), Constant(0)
    half = Sigmoid(constant)
    product, end = Mul(x, half), Sigmoid(half)
    order = topological_sort({x: 3})
    assert order == [x, half, product]
    forward_and_backward(order)
    assert (product.value, constant.gradients[constant], end.value) == (1.5, 0.75, None)


def test_a_students_own_input_is_fed() -> None:
    x, unused = OwnInput(), OwnInput()
    square = Mul(x, x)
    forward_and_backward(topological_sort({x: [3, 4], unused: [1, 2]}))
    assert square.value.tolist() == [9, 16]
    assert (x.gradients[x].tolist(), unused.gradients[unused].tolist()) == ([6, 8], [0, 0])


def test_nothing_is_fed_where_the_sort_fails() -> None:
    x, w = Input(), Input()
    Mul(x, w)
    with pytest.raises(MissingValueError, match=r"^Input 2 of the Mul is not fed"):
        topological_sort({x: 2})
    assert x.value is None


def test_feeding_copies() -> None:
    x, array = Input(), np.array([1.0, 2.0])
    topological_sort({x: array})
    array[0] = 9
    assert x.value.tolist() == [1, 2]


def test_an_empty_value_is_refused() -> None:
    x = Input()
    with pytest.raises(ShapeError, match=r"value of the Input holds no numbers.*\(0,\)"):
        topological_sort({x: []})
    x.value = []
    with pytest.raises(ShapeError, match=r"\(0,\)"):
        forward_and_backward([x])


def test_the_cycle_is_written_out_in_the_sentence() -> None:
    x = Input()
    x.name, first, second = "x", Add(x, x), Sigmoid(x)
    first.name, second.name = "sum", "s"
    first.inbound_nodes[1], second.inbound_nodes[0] = second, first
    second.outbound_nodes.append(first)
    first.outbound_nodes.append(second)
    x.outbound_nodes.remove(second)
    with pytest.raises(CycleError, match=r"(sum → s → sum|s → sum → s): remove one of its wires"):
        topological_sort({x: 1})


def two_steps() -> tuple[Input, Input, Add, Sigmoid]:
    """The Inputs x and y, their sum and what comes after it."""
    x, y = Input(), Input()
    total = Add(x, y)
    return x, y, total, Sigmoid(total)


def test_a_cycle_is_found_whichever_lists_of_wires_know_of_it() -> None:
    x, y, first, second = two_steps()
    second.outbound_nodes.append(first)
    for inputs in ([x, y], [x, second], [x, y, second]):
        first.inbound_nodes = inputs
        with pytest.raises(CycleError) as told:
            topological_sort({x: 1, y: 1})
        assert set(told.value.cycle) == {first, second}
    second.outbound_nodes.clear()
    with pytest.raises(CycleError):
        topological_sort({x: 1, y: 1})


def test_an_input_changed_by_hand_is_still_computed_before_its_consumer() -> None:
    x, y, total, other = two_steps()
    later = Mul(Sigmoid(Sigmoid(x)), y)
    other.inbound_nodes[0] = later
    order = topological_sort({x: 1, y: 1})
    assert order.index(later) < order.index(other)
    assert set(order) >= {x, y, total, later, other}


def test_the_sentence_about_a_long_cycle_is_short_and_its_list_whole() -> None:
    x = Input()
    chain: list[Node] = [Add(x, x)]
    for _ in range(5000):
        chain.append(Sigmoid(chain[-1]))
    chain[0].inbound_nodes.append(chain[-1])
    chain[-1].outbound_nodes.append(chain[0])
    with pytest.raises(CycleError, match=r"… and 4,995 more → the Add: remove") as told:
        topological_sort({x: 1})
    assert len(told.value.cycle) == 5001
    assert len(str(told.value)) < 300


@pytest.mark.parametrize("fed", [3, "x", [Input()], {"x": 1}, None, {Input: 1}, {None: 1}])
def test_what_is_no_feed_dict_is_told(fed: Any) -> None:
    with pytest.raises(ValueTypeError, match=r"^What is fed is a dict of nodes and their values"):
        topological_sort(fed)


def test_a_node_that_is_refused_leaves_no_wire_behind() -> None:
    x = Input()
    with pytest.raises(TypeError, match=r"Add takes nodes as its inputs, not .*float.*: wrap a number"):
        Add(x, 3.0)  # type: ignore[arg-type]
    assert x.outbound_nodes == []
    assert topological_sort({x: 1}) == [x]
