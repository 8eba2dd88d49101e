"""A prediction is judged by what is off about it, in words that do not give the number away."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given as property_of
from hypothesis import settings

from miniflow.engine.trace import BackwardStep, ForwardStep, Phase, Trace
from miniflow.explain.prediction import Slip, can_be_predicted, judge, judge_shape
from miniflow.graph.records import GraphRecord
from miniflow.training.recording import record_trace
from miniflow.values import Value
from tests.miniflow.random_records import given, graph, node, records


@pytest.fixture
def trace() -> Trace:
    """x feeds a square and a product with w; their sum is squared in a mean against y."""
    return record_trace(
        graph(
            given("x", (3.0, -2.0, 0.5)),
            given("w", (2.0, 1.5, 0.7)),
            given("y", (1.0, 3.0, 1.0)),
            node("s", "Square", "x"),
            node("p", "Mul", "w", "x"),
            node("sum", "Add", "s", "p"),
            node("cost", "MSE", "y", "sum"),
        )
    )


def slip(trace: Trace, phase: Phase, id: str, answer: Value) -> Slip:
    step = trace.step_of(phase, id)
    assert isinstance(step, ForwardStep | BackwardStep)
    return judge(trace, step, answer).slip


def gradient(trace: Trace, id: str) -> Value:
    found = trace.at(len(trace)).gradient(id)
    assert found is not None
    return found


def value(trace: Trace, id: str) -> Value:
    found = trace.at(len(trace)).value(id)
    assert found is not None
    return found


def test_the_number_itself_and_three_digits_of_it_are_right(trace: Trace) -> None:
    g = gradient(trace, "x")
    assert slip(trace, Phase.BACKWARD, "x", g) is Slip.NONE
    assert slip(trace, Phase.BACKWARD, "x", g * 1.001) is Slip.ROUNDED
    assert slip(trace, Phase.BACKWARD, "x", g * 1.05) is Slip.OTHER


def test_slips_of_a_gradient_are_told_apart(trace: Trace) -> None:
    assert slip(trace, Phase.BACKWARD, "x", -gradient(trace, "x")) is Slip.SIGN
    assert slip(trace, Phase.BACKWARD, "x", gradient(trace, "s") * 2 * value(trace, "x")) is Slip.BRANCH
    assert slip(trace, Phase.BACKWARD, "w", gradient(trace, "p")) is Slip.NO_LOCAL
    assert slip(trace, Phase.BACKWARD, "w", value(trace, "x")) is Slip.NO_ARRIVAL
    assert slip(trace, Phase.BACKWARD, "sum", gradient(trace, "sum") * 3) is Slip.COUNT
    assert slip(trace, Phase.BACKWARD, "sum", gradient(trace, "sum") / 2) is Slip.TWO
    assert slip(trace, Phase.BACKWARD, "x", np.float64(1.0)) is Slip.SHAPE


def test_a_partly_right_answer_is_counted(trace: Trace) -> None:
    answer = np.array(gradient(trace, "x"))
    answer[0] += 100
    step = trace.step_of(Phase.BACKWARD, "x")
    assert isinstance(step, BackwardStep)
    assert str(judge(trace, step, answer).sentence) == "2 of 3 numbers are right."


def test_a_transposed_matrix_and_a_forgotten_bias_are_seen() -> None:
    trace = record_trace(
        graph(
            given("X", ((1.0, 2.0),)),
            given("W", ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0))),
            given("b", 10.0),
            node("f", "Linear", "X", "W", "b"),
        )
    )
    f = value(trace, "f")
    assert slip(trace, Phase.FORWARD, "f", f.T) is Slip.TRANSPOSED
    assert slip(trace, Phase.FORWARD, "f", f - 10) is Slip.BIAS


def test_only_what_is_computed_is_asked_for(trace: Trace) -> None:
    asked = [(step.phase, step.node) for step in trace.steps if can_be_predicted(trace, step)]
    assert (Phase.FORWARD, "x") not in asked
    assert (Phase.BACKWARD, "x") in asked
    assert not any(phase is Phase.KAHN for phase, _ in asked)
    assert not can_be_predicted(trace, None)


@settings(max_examples=60, deadline=None)
@property_of(records())
def test_the_truth_is_always_right_and_no_help_gives_it_away(record: GraphRecord) -> None:
    trace = record_trace(record)
    for step in trace.steps:
        if isinstance(step, ForwardStep | BackwardStep) and can_be_predicted(trace, step):
            truth = step.value if isinstance(step, ForwardStep) else step.gradient
            assert judge(trace, step, truth).slip is Slip.NONE
            wrong = judge(trace, step, truth + 1e3)
            assert not wrong.is_right
            assert not any(isinstance(field, np.ndarray | np.floating) for field in wrong.sentence.fields.values())


def test_a_forgotten_place_of_a_consumer_that_takes_a_node_twice_is_told() -> None:
    """f = x · x + 2 x at x = 3: 3 + 3 + 2, of which 3 was forgotten."""
    square, double = node("square", "Mul", "x", "x"), node("double", "Mul", "x", "two")
    trace = record_trace(
        graph(given("x", 3.0), given("two", 2.0), square, double, node("f", "Add", "square", "double"))
    )
    step = trace.step_of(Phase.BACKWARD, "x")
    assert isinstance(step, BackwardStep)
    judgement = judge(trace, step, np.float64(5.0))
    assert judgement.slip is Slip.BRANCH
    assert str(judgement.sentence).startswith("A branch is missing: square takes x at 2 places")
    assert slip(trace, Phase.BACKWARD, "x", np.float64(6.0)) is Slip.BRANCH


def test_a_wrong_shape_is_told_without_the_right_one() -> None:
    X, W = ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0)), ((1.0, 0.0, 1.0, 2.0),) * 3
    trace = record_trace(graph(given("X", X), given("W", W), given("b", 0.0), node("f", "Linear", "X", "W", "b")))
    for phase, id, right in ((Phase.FORWARD, "f", (2, 4)), (Phase.BACKWARD, "W", (3, 4))):
        step = trace.step_of(phase, id)
        assert isinstance(step, ForwardStep | BackwardStep)
        assert judge_shape(trace, step, right) is None
        for wrong in (right[::-1], (1, 1), (), (8,)):
            judgement = judge_shape(trace, step, wrong)
            assert judgement is not None
            assert judgement.slip is (Slip.TRANSPOSED if wrong == right[::-1] else Slip.SHAPE)
            assert str(right) not in str(judgement.sentence)
    assert "a single number" in str(judge_shape(trace, step, ()).sentence)  # type: ignore[union-attr]
