"""A number of a result, pointed at: what made it lights up, and the arithmetic gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given as property_of
from hypothesis import settings

from miniflow.catalogue import node_classes
from miniflow.engine.trace import BackwardStep, ForwardStep, Phase, Trace
from miniflow.explain.elements import Element, Making
from miniflow.explain.explaining import explain
from miniflow.explain.local import pure_operation, value_of
from miniflow.explain.making import makings
from miniflow.explain.products import product_of
from miniflow.graph.records import GraphRecord
from miniflow.training.recording import record_trace
from miniflow.values import Shape, Value
from tests.miniflow.random_records import given, graph, nested, node, records


def made(trace: Trace, phase: Phase, id: str) -> list[Making]:
    step = trace.step_of(phase, id)
    assert step is not None
    return makings(trace, explain(trace, step))


def elements(making: Making) -> Iterator[tuple[Element, float]]:
    """Every number of a result as it is pointed at, and what it is."""
    table = np.reshape(making.result, (-1, np.shape(making.result)[-1] if np.ndim(making.result) else 1))
    for row, column in np.ndindex(table.shape):
        yield making.element(row, column), float(table[row, column])


def worked_out(arithmetic: str) -> float:
    """What stands before the last equals sign, worked out."""
    text = arithmetic.split(" = ")[-2]
    for shown, meant in (("·", "*"), ("−", "-"), ("²", "**2"), ("e^(", "exp("), (", else", " else")):
        text = text.replace(shown, meant)
    assert re.fullmatch(r"[\w\s+\-*/().,>]*", text), text
    return float(eval(text, {"__builtins__": {}, "exp": np.exp, "tanh": np.tanh, "max": max}))


@settings(max_examples=100, deadline=None)
@property_of(records())
def test_the_arithmetic_of_every_number_gives_it(record: GraphRecord) -> None:
    trace = record_trace(record)
    for step in trace.steps:
        if isinstance(step, ForwardStep | BackwardStep):
            for making in makings(trace, explain(trace, step)):
                for element, number in elements(making):
                    text = element.arithmetic.text()
                    assert float(text.split(" = ")[-1]) == number
                    if "…" not in text:
                        assert worked_out(text) == pytest.approx(number, rel=1e-9, abs=1e-9)


@settings(max_examples=100, deadline=None)
@property_of(records())
def test_a_number_depends_on_nothing_that_is_not_lit(record: GraphRecord) -> None:
    trace = record_trace(record)
    rng = np.random.default_rng(0)
    for step in trace.steps:
        if not isinstance(step, ForwardStep):
            continue
        operation = pure_operation(node_classes()[record.nodes[step.node].type])
        sources = [value_of(trace, str(source)) for source in record.nodes[step.node].inputs]
        for making in makings(trace, explain(trace, step)):
            for place, (element, number) in enumerate(elements(making)):
                lit = {id(each): np.zeros(np.shape(each), bool) for each in sources}
                for each in element.made_of:
                    lit[id(each.value)] |= each.mask
                others = [np.where(lit[id(each)], each, rng.normal(size=np.shape(each)))[()] for each in sources]
                assert operation is not None
                assert np.ravel(operation.compute(*others))[place] == pytest.approx(number, rel=1e-12)


@settings(max_examples=50, deadline=None)
@property_of(records())
def test_every_array_of_a_built_in_node_can_be_pointed_at(record: GraphRecord) -> None:
    trace = record_trace(record)
    for step in trace.steps:
        if isinstance(step, ForwardStep) and record.nodes[step.node].inputs and np.ndim(step.value):
            assert any(making.result is step.value for making in makings(trace, explain(trace, step)))
        if (
            isinstance(step, BackwardStep)
            and step.node != trace.output
            and step.reaches_output
            and np.ndim(step.gradient)
        ):
            explanation = explain(trace, step)
            assert any(making.result is explanation.result for making in makings(trace, explanation))


def lit(element: Element, value: Value) -> list[list[int]]:
    """The indices of what is lit of a value, by all its uses together."""
    masks = [each.mask for each in element.made_of if each.value is value]
    return np.argwhere(np.any(masks, axis=0)).tolist()


def test_a_matrix_times_itself_lights_up_the_row_and_the_column_of_the_one_matrix() -> None:
    square = ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0), (7.0, 8.0, 9.0))
    trace = record_trace(graph(given("X", square), given("b", 0.5), node("f", "Linear", "X", "X", "b")))
    (making,) = made(trace, Phase.FORWARD, "f")
    element = making.element(1, 0)
    assert element.arithmetic.text() == "4.0 · 1.0 + 5.0 · 4.0 + 6.0 · 7.0 + 0.5 = 66.5"
    assert lit(element, value_of(trace, "X")) == [[0, 0], [1, 0], [1, 1], [1, 2], [2, 0]]


def test_the_gradient_of_a_matrix_times_itself_is_a_sum_of_two_products() -> None:
    square = ((1.0, 2.0), (3.0, 4.0))
    trace = record_trace(
        graph(given("X", square), given("b", 0.0), node("f", "Linear", "X", "X", "b"), node("cost", "Square", "f"))
    )
    first, second, whole = made(trace, Phase.BACKWARD, "X")
    assert whole.element(0, 1).arithmetic.text() == "122.0 + 152.0 = 274.0"
    assert first.element(0, 1).arithmetic.text() == "14.0 · 3.0 + 20.0 · 4.0 = 122.0"
    assert second.element(0, 1).arithmetic.text() == "1.0 · 20.0 + 3.0 · 44.0 = 152.0"


def test_a_product_with_itself_has_two_local_derivatives_at_each_place() -> None:
    trace = record_trace(graph(given("x", (2.0, 3.0)), node("f", "Mul", "x", "x"), node("c", "Square", "f")))
    (forward,) = made(trace, Phase.FORWARD, "f")
    assert forward.element(0, 1).arithmetic.text() == "3.0 · 3.0 = 9.0"
    assert lit(forward.element(0, 1), value_of(trace, "x")) == [[1]]
    (back,) = made(trace, Phase.BACKWARD, "x")
    assert back.element(0, 1).arithmetic.text() == "18.0 · (3.0 + 3.0) = 108.0"


def test_a_mean_squared_error_is_made_of_every_target_and_prediction() -> None:
    trace = record_trace(graph(given("y", (1.0, 2.0)), given("a", ((3.0,), (5.0,))), node("cost", "MSE", "y", "a")))
    (making,) = made(trace, Phase.FORWARD, "cost")
    element = making.element(0, 0)
    assert element.arithmetic.text() == "((1.0 − 3.0)² + (2.0 − 5.0)²) / 2 = 6.5"
    assert lit(element, value_of(trace, "y")) == [[0], [1]]
    assert lit(element, value_of(trace, "a")) == [[0, 0], [1, 0]]


def test_the_gradient_of_a_prediction_is_written_with_its_target() -> None:
    trace = record_trace(graph(given("y", (1.0, 2.0)), given("a", ((3.0,), (5.0,))), node("cost", "MSE", "y", "a")))
    (making,) = made(trace, Phase.BACKWARD, "a")
    assert making.element(1, 0).arithmetic.text() == "1.0 · (−2 · (2.0 − 5.0) / 2) = 3.0"
    (of_target,) = made(trace, Phase.BACKWARD, "y")
    assert of_target.element(0, 1).arithmetic.text() == "1.0 · (2 · (2.0 − 5.0) / 2) = -3.0"


@pytest.mark.parametrize(
    ("shape", "place", "index", "lit_up"),
    [
        ((3,), "Column 2, 2 numbers", (0, 1), [[0, 1], [1, 1]]),
        ((2, 1), "Row 2, 3 numbers", (1, 0), [[1, 0], [1, 1], [1, 2]]),
        ((), "The result, 6 numbers", (0, 0), [[row, column] for row in range(2) for column in range(3)]),
    ],
)
def test_what_was_used_many_times_over_is_added_up_over_them(
    shape: Shape, place: str, index: tuple[int, int], lit_up: list[list[int]]
) -> None:
    b = nested(np.ones(shape).tolist())
    x = ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0))
    trace = record_trace(graph(given("x", x), given("b", b), node("f", "Add", "x", "b"), node("c", "Square", "f")))
    (making,) = made(trace, Phase.BACKWARD, "b")
    element = making.element(*index)
    assert str(element.place) == place
    step = trace.step_of(Phase.BACKWARD, "f")
    assert isinstance(step, BackwardStep)
    assert lit(element, step.gradient) == lit_up


def test_at_a_fork_the_branches_are_added_up_at_each_place() -> None:
    nodes = [given("x", (1.0, 2.0)), node("s", "Square", "x"), node("f", "Mul", "s", "x")]
    (making,) = made(record_trace(graph(*nodes)), Phase.BACKWARD, "x")
    assert making.element(0, 1).arithmetic.text() == "8.0 + 4.0 = 12.0"


@pytest.mark.parametrize(
    ("X", "W", "shape"), [((4,), (4, 3), (1, 3)), ((2, 4), (4,), (2, 1)), ((2, 4), (4, 3), (2, 3))]
)
def test_every_element_of_every_product_adds_up(X: Shape, W: Shape, shape: tuple[int, int]) -> None:
    rng = np.random.default_rng(3)
    values = [nested(rng.normal(size=each).tolist()) for each in (X, W)]
    trace = record_trace(
        graph(given("X", values[0]), given("W", values[1]), given("b", 0.5), node("f", "Linear", "X", "W", "b"))
    )
    step = trace.step_of(Phase.FORWARD, "f")
    assert isinstance(step, ForwardStep)
    product = product_of(trace, step)
    assert product is not None
    assert product.shape == shape
    for row, column in np.ndindex(shape):
        left, right = product.element(row, column).text().split(" = ")
        assert eval(left.replace("·", "*")) == pytest.approx(float(right))


def test_single_numbers_have_nothing_to_point_at() -> None:
    trace = record_trace(graph(given("x", 2.0), node("s", "Square", "x"), node("f", "Tanh", "s")))
    assert not any(made(trace, phase, "s") for phase in (Phase.KAHN, Phase.FORWARD, Phase.BACKWARD))
