"""The program beside the graph runs as it stands, and gives the same numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given as property_of
from hypothesis import settings

from miniflow.engine.steps import Phase
from miniflow.explain.program import program, running_line
from miniflow.graph.records import GraphRecord, NodeRecord, Uniform
from miniflow.io import files
from miniflow.training.recording import record_trace
from tests.miniflow.random_records import given, graph, node, records

EXAMPLES = sorted((Path(__file__).parents[2] / "resources" / "examples").glob("*.miniflow"))


def run(record: GraphRecord) -> dict[str, Any]:
    """Run the program of a graph, and return its variables."""
    source = "\n".join(line.text for line in program(record))
    variables: dict[str, Any] = {}
    exec(compile(source, "program", "exec"), variables)
    return variables


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_program_of_every_example_gives_the_numbers_of_its_run(path: Path) -> None:
    record = files.read(path)
    variables, trace = run(record), record_trace(record)
    end = trace.at(len(trace))
    for id in trace.order:
        np.testing.assert_array_equal(variables[id].value, end.value(id))
        np.testing.assert_allclose(variables[id].gradients[variables[id]], end.gradient(id), rtol=1e-12)


@settings(max_examples=30, deadline=None)
@property_of(records())
def test_the_program_of_any_graph_gives_the_value_of_its_output(record: GraphRecord) -> None:
    trace = record_trace(record)
    variables = run(record)
    np.testing.assert_array_equal(variables[str(trace.output)].value, trace.at(len(trace)).value(str(trace.output)))


def test_names_that_python_does_not_take_are_replaced_and_remembered() -> None:
    record = graph(
        given("first layer", 1.0), given("first_layer", 2.0), given("lambda", 3.0), given("1", 4.0), given("np", 5.0),
        node("Add", "Add", "first layer", "first_layer", "lambda", "1", "np"),
    )  # fmt: skip
    text = "\n".join(line.text for line in program(record))
    assert "first_layer = Input()  # first layer" in text
    assert "first_layer_2 = Input()  # first_layer" in text
    assert run(record)["Add_2"].value == 15


def test_random_values_are_the_same_numbers() -> None:
    record = graph(NodeRecord("x", "Input", value=Uniform((3, 2), seed=4, low=-2, high=5)), node("f", "Square", "x"))
    trace = record_trace(record)
    np.testing.assert_array_equal(run(record)["f"].value, trace.at(len(trace)).value("f"))


def test_what_is_not_finished_is_left_out() -> None:
    record = graph(given("x", 1.0), NodeRecord("m", "Mul", inputs=("x",)), node("s", "Square", "x"), output="s")
    assert run(record)["s"].value == 1
    assert not any(line.node == "m" for line in program(record))


def test_a_step_marks_its_nodes_line_and_the_call_of_its_phase() -> None:
    lines = program(graph(given("x", 3.0), node("f", "Square", "x")))
    marked = [line.text for line in lines if running_line(line, "f", Phase.KAHN)]
    assert marked == ["f = Square(x)", "graph = topological_sort(feed_dict)"]
    marked = [line.text for line in lines if running_line(line, "x", Phase.BACKWARD)]
    assert marked == ["x = Input()", "forward_and_backward(graph, f)"]
