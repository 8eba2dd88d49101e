"""From a document to nodes that run: the right values, wires and order, and only what is finished."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given as property_of
from hypothesis import settings

from miniflow import CycleError, Input, topological_sort
from miniflow.catalogue import node_classes
from miniflow.errors import DatasetError
from miniflow.graph.build import array_of, build, build_for_training, literal_of
from miniflow.graph.records import (
    DatasetPart,
    GraphRecord,
    Literal,
    NodeRecord,
    Normal,
    Ones,
    TrainingRecord,
    Uniform,
    Zeros,
)
from miniflow.graph.rules import kahn_order
from tests.miniflow import drawings
from tests.miniflow.random_records import given, graph, node


def names(nodes) -> list[str]:
    return [each.name for each in nodes]


# --- values -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Literal(3), np.float64(3)),
        (Literal((1, 2.5)), np.array([1.0, 2.5])),
        (Literal(((1, 2), (3, 4))), np.array([[1.0, 2.0], [3.0, 4.0]])),
        (Literal(10**300), np.float64(1e300)),
        (Zeros((2, 3)), np.zeros((2, 3))),
        (Ones(()), np.float64(1)),
        (Normal((13, 10), 1, 0.5), np.random.default_rng(1).normal(0, 0.5, (13, 10))),
        (Normal((3,)), np.random.default_rng(0).normal(0, 1, 3)),
        (Uniform((2, 2), 5, -2, 3), np.random.default_rng(5).uniform(-2, 3, (2, 2))),
    ],
)
def test_every_form_of_a_value_becomes_float64(value, expected) -> None:
    array = array_of(value)
    np.testing.assert_array_equal(array, expected)
    assert array.dtype == np.float64
    assert array.shape == np.shape(expected)


@pytest.mark.parametrize("value", [Literal(2), Zeros(()), Ones(()), Normal(()), Uniform(())], ids=repr)
def test_a_value_without_dimensions_is_a_scalar(value) -> None:
    assert isinstance(array_of(value), np.float64)


def test_a_part_of_a_data_set_is_that_data() -> None:
    assert array_of(DatasetPart("boston", "features")).shape == (506, 13)
    assert array_of(DatasetPart("boston", "target")).shape == (506, 1)
    with pytest.raises(DatasetError, match="mars"):
        array_of(DatasetPart("mars", "target"))


@settings(max_examples=100, deadline=None)
@property_of(drawings.literals())
def test_an_array_written_out_is_the_same_array(value) -> None:
    written = literal_of(array_of(value))
    np.testing.assert_array_equal(array_of(written), array_of(value))


# --- graphs -----------------------------------------------------------------------------------------------------------


def test_nodes_are_instances_with_the_ids_as_names_wired_in_order() -> None:
    built = build(graph(node("l", "Linear", "X", "W", "b"), given("b", 0.5), given("W", (2, 3)), given("X", (1, 1))))
    assert list(built.nodes) == ["l", "b", "W", "X"]
    assert names(built.nodes["l"].inbound_nodes) == ["X", "W", "b"]
    assert isinstance(built.nodes["l"], node_classes()["Linear"])
    assert names(built.order) == ["b", "W", "X", "l"]
    assert built.output is built.nodes["l"]


def test_only_what_is_wired_is_built_and_only_what_has_values_is_in_the_order() -> None:
    record = graph(
        given("x", 1),
        NodeRecord("nothing", "Input"),
        NodeRecord("mars", "Input", None, (), DatasetPart("mars", "target")),
        node("free", "Linear", "x"),
        node("behind", "Sigmoid", "free"),
        node("circle", "Tanh", "circle"),
        node("waiting", "Sigmoid", "nothing"),
        node("done", "Mul", "x", "x"),
        output="done",
    )
    built = build(record)
    assert list(built.nodes) == ["x", "nothing", "mars", "waiting", "done"]
    assert built.nodes["nothing"].value is None
    assert names(built.order) == ["x", "done"]
    assert built.output is built.nodes["done"]


def test_an_output_that_cannot_be_computed_is_none() -> None:
    assert build(graph(given("x", 1), node("l", "Linear", "x"))).output is None
    assert build(GraphRecord()).output is None


def test_what_is_trained_and_what_receives_batches() -> None:
    nodes = [
        NodeRecord("X", "Input", None, (), DatasetPart("xor", "features"), True),
        NodeRecord("b", "Input", None, (), Zeros((1,)), True),
        NodeRecord("W", "Input", None, (), Zeros((2, 1)), True),
        NodeRecord("spare", "Input", None, (), None, True),
        NodeRecord("still", "Input", None, (), Zeros(())),
        node("l", "Linear", "X", "W", "b"),
    ]
    built = build(graph(*nodes))
    assert names(built.trainables) == ["b", "W"]
    assert names(built.batches_from) == ["X"]
    np.testing.assert_array_equal(built.batches_from[built.nodes["X"]], array_of(DatasetPart("xor", "features")))
    assert built.examples == 4


def test_for_training_only_what_the_output_needs_is_built() -> None:
    record = graph(given("x", 1), node("s", "Sigmoid", "x"), given("y", 2), node("side", "Mul", "x", "y"), output="s")
    built = build_for_training(record)
    assert names(built.order) == ["x", "s"]
    assert names(built.nodes["x"].outbound_nodes) == ["s"]


def test_a_document_is_built_anew_each_time() -> None:
    record = graph(given("x", (1.0, 2.0)), node("s", "Sigmoid", "x"))
    first, second = build(record), build(record)
    first.nodes["x"].value = [5.0, 6.0]
    assert second.nodes["x"].value.tolist() == [1.0, 2.0]
    assert len(second.nodes["x"].outbound_nodes) == 1


def test_problems_and_settings_come_along() -> None:
    record = GraphRecord({"x": NodeRecord("x", "Input")}, training=TrainingRecord(epochs=3))
    assert build(record).record is record
    assert [problem.node for problem in build(record).problems] == ["x"]


@settings(max_examples=200, deadline=None)
@property_of(drawings.records())
def test_the_order_of_the_drawing_is_the_order_of_the_library_fed_in_the_order_of_the_file(record) -> None:
    built = build(record)
    fed = {each: 1.0 for each in built.nodes.values() if isinstance(each, Input)}
    if not fed:
        return
    reached = {each.name for each in topological_sort(fed)}
    drawn = [step.node for step in kahn_order(record) if step.node in reached]
    assert names(topological_sort(fed)) == drawn
    for each in built.nodes.values():
        places = [list(record.nodes).index(consumer.name) for consumer in each.outbound_nodes]
        assert places == sorted(places)


@settings(max_examples=100, deadline=None)
@property_of(drawings.records())
def test_a_cycle_never_reaches_the_library(record) -> None:
    try:
        topological_sort({each: 1.0 for each in build(record).nodes.values() if isinstance(each, Input)})
    except CycleError:
        pytest.fail("a built graph has a cycle")


def test_consumers_stand_in_the_order_of_the_file_also_where_they_are_computed_in_another() -> None:
    record = graph(given("x", 1), node("late", "Add", "x", "early"), node("early", "Sigmoid", "x"))
    assert names(build(record).nodes["x"].outbound_nodes) == ["late", "early"]


def test_a_consumer_that_takes_a_node_twice_waits_for_it_once() -> None:
    (first, _) = kahn_order(graph(given("x", 1), node("square", "Mul", "x", "x")))
    assert (first.lowered, first.became_ready) == ((("square", 0),), ("square",))


def test_ready_nodes_leave_first_in_first_out() -> None:
    record = graph(
        node("c", "Add", "y", "x"),
        given("x", 1),
        node("a", "Sigmoid", "x"),
        given("y", 1),
        node("d", "Sigmoid", "a"),
        node("b", "Tanh", "y"),
    )
    assert [step.node for step in kahn_order(record)] == ["x", "y", "a", "c", "b", "d"]
    assert names(build(record).order) == ["x", "y", "a", "c", "b", "d"]
