"""The sort: right, deterministic, and as fast as the graph is large."""

from __future__ import annotations

import graphlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miniflow import Add, CycleError, Input, MissingValueError, Mul, Node, ShapeError, Sigmoid, topological_sort
from miniflow.graph.kahn import kahn
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


def test_nothing_is_fed_where_the_sort_fails() -> None:
    x, w = Input(), Input()
    Mul(x, w)
    with pytest.raises(MissingValueError, match="input 2, which the Mul needs"):
        topological_sort({x: 2})
    assert x.value is None


def test_feeding_copies() -> None:
    x, array = Input(), np.array([1.0, 2.0])
    topological_sort({x: array})
    array[0] = 9
    assert x.value.tolist() == [1, 2]


def test_an_empty_value_is_refused() -> None:
    x = Input()
    with pytest.raises(ShapeError, match=r"\(0,\)"):
        topological_sort({x: []})


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
