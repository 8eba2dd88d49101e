"""Each bug of the bug lab is the one that its name says, and the library knows nothing of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given as property_of
from hypothesis import settings

from miniflow import bugs, registry
from miniflow.bug import Bug
from miniflow.engine.trace import BackwardStep, Moment, Phase, Trace
from miniflow.explain.checking import checks_of_run
from miniflow.explain.explaining import explain
from miniflow.explain.mistakes import makes_a_difference
from miniflow.explain.plain_text import as_text
from miniflow.explain.rounding import are_the_same
from miniflow.graph.records import GraphRecord
from miniflow.io import files
from miniflow.training.recording import record_trace, with_next_batch
from miniflow.values import Value
from tests.miniflow.random_records import given, graph, node, records

BUGS = registry.classes(bugs, Bug)
EXAMPLES = {path.stem: path for path in (Path(__file__).parents[2] / "resources" / "examples").glob("*.miniflow")}


def run(record: GraphRecord, bug: str | None = None) -> Trace:
    return record_trace(record, way_back=BUGS[bug]().backward_pass if bug else None)


def gradient(trace: Trace, id: str) -> Value:
    return number(trace.at(len(trace)), id)


def number(moment: Moment, id: str) -> Value:
    found = moment.gradient(id)
    assert found is not None
    return found


def fork() -> GraphRecord:
    """x goes to p on a short way and on a long one; the square passes 2 · 3 · 4 back, the product 4."""
    return graph(
        given("x", 3.0),
        node("s", "Square", "x"),
        node("long", "Tanh", "s"),
        node("f", "Add", "x", "long"),
    )


@settings(max_examples=40, deadline=None)
@property_of(records())
def test_without_a_mistake_the_way_back_is_that_of_the_library(record: GraphRecord) -> None:
    right, same = run(record), record_trace(record, way_back=Bug().backward_pass)
    for id in right.order:
        np.testing.assert_allclose(gradient(same, id), gradient(right, id), rtol=1e-12, atol=1e-12)


@settings(max_examples=40, deadline=None)
@property_of(records())
def test_a_bug_stops_no_run_and_is_found_by_the_gradient_check_wherever_it_bites(record: GraphRecord) -> None:
    for name, bug in BUGS.items():
        trace = run(record, name)
        assert [step.node for step in trace.steps] == [step.node for step in run(record).steps]
        for step in trace.steps:
            if isinstance(step, BackwardStep):
                assert step.node in as_text(explain(trace, step))
        if makes_a_difference(bug, record):
            batches = [each.seen_from(batch) for each in [with_next_batch(trace)] for batch in range(len(each.batches))]
            found = [check for batch in batches for check in checks_of_run(batch)]
            assert any(check is not None and not check[1].passed for check in found)


def test_overwriting_keeps_the_share_of_one_consumer() -> None:
    record = graph(given("x", 3.0), node("s", "Square", "x"), node("p", "Mul", "x", "s"))
    assert float(gradient(run(record), "x")) == 27.0
    assert float(gradient(run(record, "Overwriting"), "x")) == 18.0


def test_a_wrong_order_loses_what_comes_on_the_longer_way() -> None:
    assert float(gradient(run(fork(), "WrongOrder"), "x")) == 1.0
    assert float(gradient(run(fork()), "x")) > 1.0


def test_rows_in_place_of_elements_are_off_by_the_number_of_columns() -> None:
    record = graph(
        given("y", ((1.0, 2.0), (3.0, 4.0))), given("a", ((0.0, 0.0), (0.0, 0.0))), node("c", "MSE", "y", "a")
    )
    np.testing.assert_array_equal(gradient(run(record, "MeanOverRows"), "a"), 2 * gradient(run(record), "a"))
    column = graph(given("y", ((1.0,), (3.0,))), given("a", ((0.0,), (0.0,))), node("c", "MSE", "y", "a"))
    assert not makes_a_difference(BUGS["MeanOverRows"], column)


def test_a_missing_transpose_gives_the_right_shape_and_wrong_numbers() -> None:
    record = files.read(EXAMPLES["one-neuron"])
    right, wrong = gradient(run(record), "W"), gradient(run(record, "NoTranspose"), "W")
    assert right.shape == wrong.shape
    assert not np.allclose(right, wrong)


def test_stale_gradients_are_right_in_the_first_batch_and_added_up_after_it_in_what_is_trained_alone() -> None:
    trace = run(files.read(EXAMPLES["one-neuron"]), "StaleGradients")
    checks = list(checks_of_run(trace))
    assert all(found[1].passed for found in checks if found is not None)
    trace = with_next_batch(with_next_batch(trace))
    first, second, third = (trace.at(batch.end) for batch in trace.batches)
    (found,) = [found for found in checks_of_run(second.trace, "W") if found is not None]
    np.testing.assert_allclose(number(second, "W"), number(first, "W") + found[1].numerical, rtol=1e-6)
    (found,) = [found for found in checks_of_run(third.trace, "W") if found is not None]
    np.testing.assert_allclose(number(third, "W"), number(second, "W") + found[1].numerical, rtol=1e-6)
    assert all(found[1].passed for found in checks_of_run(third.trace, "X") if found is not None)


def test_a_run_with_a_bug_is_the_same_whether_its_batches_come_at_once_or_one_by_one() -> None:
    way_back = BUGS["StaleGradients"]().backward_pass
    record = files.read(EXAMPLES["one-neuron"])
    at_once, one_by_one = (record_trace(record, way_back=way_back, batches=count) for count in (3, 1))
    one_by_one = with_next_batch(with_next_batch(one_by_one))
    np.testing.assert_array_equal(gradient(one_by_one, "W"), gradient(at_once, "W"))


@pytest.mark.parametrize(
    ("bug", "printed"),
    [("EarlyUpdate", [[0.0992, 0.3972], [0.7978, 0.5929]]), (None, [[0.0991, 0.3971], [0.7976, 0.5926]])],
)
def test_an_early_update_gives_the_weights_that_the_worked_example_prints(
    bug: str | None, printed: list[list[float]]
) -> None:
    """0.09916, 0.3972, 0.7978 and 0.5928: https://www4.rgu.ac.uk/files/chapter3%20-%20bp.pdf, page 20."""
    trace = run(files.read(EXAMPLES["updated-too-early"]), bug)
    W1 = trace.at(len(trace)).value("W1")
    assert W1 is not None
    assert np.round(W1, 4).tolist() == printed
    hidden = {"EarlyUpdate": [0.00241, 0.00793], None: [0.00265, 0.00817]}[bug]
    assert np.round(gradient(trace, "net_h") / 2, 5).ravel().tolist() == hidden


def test_explain_tells_the_rule_and_that_the_run_has_another_number_where_the_bug_bites() -> None:
    record = graph(given("x", 3.0), node("s", "Square", "x"), node("p", "Mul", "x", "s"))
    trace = run(record, "Overwriting")
    step = trace.step_of(Phase.BACKWARD, "x")
    assert step is not None
    text = as_text(explain(trace, step))
    assert "3.0 · 6.0 + 1.0 · 9.0 = 27.0" in text
    assert "So says the rule. This run has another number:\n   18.0" in text
    right = run(record)
    step = right.step_of(Phase.BACKWARD, "x")
    assert step is not None
    assert "another number" not in as_text(explain(right, step))


def small_numbers(size: float) -> GraphRecord:
    """Two columns of predictions, so near to their targets that every gradient is about as small as this."""
    rows = ((size, 2 * size), (3 * size, 4 * size))
    return graph(given("y", rows), given("a", ((0.0, 0.0), (0.0, 0.0))), node("c", "MSE", "y", "a"))


@pytest.mark.parametrize("size", [1.0, 1e-6, 1e-9, 1e-12])
def test_a_bug_counts_however_small_the_gradients_are(size: float) -> None:
    record = small_numbers(size)
    assert makes_a_difference(BUGS["MeanOverRows"], record)
    wrong = run(record, "MeanOverRows")
    step = wrong.step_of(Phase.BACKWARD, "a")
    assert step is not None
    assert "This run has another number" in as_text(explain(wrong, step))


@pytest.mark.parametrize("size", [1.0, 1e-6, 1e-10])
def test_the_gradient_check_finds_a_bug_however_small_the_gradients_are(size: float) -> None:
    found = [check for check in checks_of_run(run(small_numbers(size), "MeanOverRows")) if check is not None]
    assert [id for id, check in found if not check.passed] == ["a", "y"]


def test_what_cancels_out_but_for_rounding_is_no_difference() -> None:
    assert are_the_same(np.float64(1e-16), np.float64(-1e-16), [np.float64(1.0)])
    assert not are_the_same(np.float64(1e-16), np.float64(-1e-16), [np.float64(1e-16)])
    assert are_the_same(np.float64(np.inf), np.float64(np.inf), [])
    assert not are_the_same(np.array([1.0, np.nan]), np.array([np.nan, 1.0]), [np.array([1.0, 1.0])])
