"""Large graphs of numbers are computed side by side, and nobody can tell but by the clock."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miniflow import (
    Add,
    GraphError,
    Input,
    Linear,
    Mul,
    Node,
    Sigmoid,
    forward_and_backward,
    sgd_update,
    topological_sort,
)
from miniflow.engine.backward import backward_pass
from miniflow.engine.waves import Waves, run_in_waves
from miniflow.nodes.sub import Sub


def large_graph(seed: int, operations: int = 800, leaves: int = 20) -> list[Node]:
    """A sorted graph of numbers that ends in one sum."""
    rng = np.random.default_rng(seed)
    inputs: list[Node] = [Input() for _ in range(leaves)]
    nodes = list(inputs)
    for _ in range(operations):
        kind = rng.choice([Add, Mul, Sub, Sigmoid])
        count = {Sub: 2, Sigmoid: 1}.get(kind, int(rng.integers(2, 4)))
        nodes.append(kind(*(nodes[place] for place in rng.integers(0, len(nodes), count))))
    Add(*(node for node in nodes if not node.outbound_nodes), inputs[0])
    return topological_sort({node: rng.uniform(-1, 1) for node in inputs})


def numbers(graph: list[Node]) -> list[Any]:
    return [number for node in graph for number in (node.value, *node.gradients.values())]


def by_the_teaching_passes(graph: list[Node]) -> list[Any]:
    for node in graph:
        node.forward()
    backward_pass(graph)
    return numbers(graph)


def assert_same(found: list[Any], expected: list[Any]) -> None:
    assert {type(number) for number in found} == {np.float64}
    np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-12)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32))
def test_every_number_is_that_of_the_teaching_passes(seed: int) -> None:
    graph = large_graph(seed)
    assert run_in_waves(graph, None)
    found = numbers(graph)
    assert_same(found, by_the_teaching_passes(graph))


def test_running_again_starts_from_what_was_assigned() -> None:
    graph = large_graph(1)
    for number in (0.5, 0.5, -0.25, 0.5):
        graph[0].value = number
        forward_and_backward(graph)
        found = numbers(graph)
        assert_same(found, by_the_teaching_passes(graph))


def test_an_update_moves_the_inputs_against_their_gradients() -> None:
    graph = large_graph(2)
    forward_and_backward(graph)
    before, gradient = graph[0].value, graph[0].gradients[graph[0]]
    sgd_update([graph[0]], 0.1)
    assert graph[0].value == before - 0.1 * gradient


def test_a_copy_and_a_part_of_the_graph_live_on_their_own() -> None:
    graph = large_graph(3)
    forward_and_backward(graph)
    copied, expected = copy.copy(graph[-1]), numbers(graph)
    part = graph[:25]
    forward_and_backward(part, part[-1])
    assert copied.value == expected[-1 - len(graph[-1].gradients)]
    assert_same(numbers(graph[25:]), expected[len(expected) - len(numbers(graph[25:])) :])
    assert part[-1].gradients[part[-1]] == 1


def test_another_sort_changes_none_of_the_numbers() -> None:
    graph, twin = large_graph(6), large_graph(6)
    forward_and_backward(graph)
    forward_and_backward(twin)
    topological_sort({node: 0 for node in reversed(graph) if not node.inbound_nodes})
    found, expected = (numbers([node for node in each if node.inbound_nodes]) for each in (graph, twin))
    assert found == expected


@pytest.mark.parametrize("kind", ["of another graph", "copy"])
def test_an_input_that_is_not_in_the_graph_is_not_taken_for_one_that_is(kind: str) -> None:
    graph = large_graph(7)
    stranger = copy.copy(graph[0]) if kind == "copy" else large_graph(8)[0]
    stranger.value = 5.0
    consumer = graph[0].outbound_nodes[0]
    consumer.inbound_nodes[consumer.inbound_nodes.index(graph[0])] = stranger
    forward_and_backward(graph, graph[-1])
    found = consumer.value
    consumer.forward()
    assert found == consumer.value


@pytest.mark.parametrize("change", ["array", "float32", "narrow", "student", "linear", "loose end", "small"])
def test_what_does_not_fit_is_left_to_the_passes(change: str) -> None:
    class Double(Node):
        def forward(self) -> None:
            self.value = 2 * self.inbound_nodes[0].value

    graph = large_graph(4, 300 if change == "small" else 800)
    last = graph[-1]
    if change == "array":
        graph[0].value = np.ones(2)
    elif change == "float32":
        graph[0].value = np.float32(1)
    elif change == "narrow":
        for _ in range(800):
            graph.append(Add(graph[-1], graph[0]))
    elif change == "student":
        graph.append(Double([last]))
    elif change == "linear":
        graph.append(Linear(last, last, last))
    elif change == "loose end":
        graph.append(Add(last, last))
    assert not run_in_waves(graph, last if change == "loose end" else None)
    assert not isinstance(last._keeper, Waves)


def test_a_large_graph_that_is_not_sorted_is_told() -> None:
    graph = large_graph(5)
    forward_and_backward(graph)
    with pytest.raises(GraphError, match="must come after"):
        forward_and_backward(graph[::-1], graph[-1])
    with pytest.raises(GraphError, match="twice"):
        forward_and_backward(graph + graph, graph[-1])
