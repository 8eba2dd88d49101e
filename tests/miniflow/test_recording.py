"""A run goes on through the update into the next batch, and does there what training does."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given as property_of
from hypothesis import settings, strategies

from miniflow.engine.steps import BackwardStep, ForwardStep, Phase, UpdateStep
from miniflow.engine.trace import Trace, Trial
from miniflow.explain.captions import caption, coming
from miniflow.explain.explaining import explain
from miniflow.explain.explanation import Number
from miniflow.graph.build import build_for_training
from miniflow.graph.records import DatasetPart, GraphRecord, Literal, NodeRecord, Normal, TrainingRecord, Zeros, replace
from miniflow.io import files
from miniflow.training.loop import train
from miniflow.training.recording import record_trace, with_next_batch, with_trial
from tests.miniflow.random_records import given, graph, node, records

EXAMPLES = Path(__file__).parents[2] / "resources" / "examples"


def learning(id: str, data: float) -> NodeRecord:
    return replace(given(id, data), trainable=True)


def squared_error(weight: float = 1.0, **training: float) -> GraphRecord:
    """(2 w - 6)²: its gradient at w = 1 is -16."""
    record = graph(
        learning("w", weight), given("two", 2.0), given("six", 6.0),
        node("product", "Mul", "w", "two"), node("error", "Sub", "product", "six"), node("cost", "Square", "error"),
    )  # fmt: skip
    return replace(record, training=TrainingRecord(**training))  # type: ignore[arg-type]


def updates(trace: Trace) -> list[UpdateStep]:
    return [step for step in trace.steps if isinstance(step, UpdateStep)]


def weights_after_training(record: GraphRecord, steps: int) -> dict[str, np.ndarray]:
    built = build_for_training(record)
    given = record.training or TrainingRecord()
    assert built.output is not None
    run = train(
        built.order, built.output, built.trainables, built.batches_from,
        learning_rate=given.learning_rate, epochs=1000, batch_size=given.batch_size, seed=given.seed,
    )  # fmt: skip
    for _ in range(steps):
        next(run)
    return {str(each.name): each.value for each in built.trainables}


@pytest.mark.parametrize(("name", "batches"), [("boston", 48), ("xor", 5), ("one-neuron", 4), ("diabetes", 2)])
def test_after_so_many_batches_the_weights_are_those_of_training(name: str, batches: int) -> None:
    record = files.read(EXAMPLES / f"{name}.miniflow")
    trace = record_trace(record)
    for _ in range(batches - 1):
        trace = with_next_batch(trace)
    end = trace.at(len(trace))
    trained = weights_after_training(record, batches)
    assert trained
    for id, value in trained.items():
        np.testing.assert_allclose(end.value(id), value, rtol=1e-12, atol=1e-15)


def test_recording_several_batches_at_once_is_recording_one_after_the_other() -> None:
    one, other = (
        record_trace(squared_error(), batches=3),
        with_next_batch(with_next_batch(record_trace(squared_error()))),
    )
    assert one == other
    assert len(one.batches) == 3


def test_an_update_goes_against_the_gradient() -> None:
    (update,) = updates(record_trace(squared_error(learning_rate=0.05)))
    assert (update.old, update.gradient, update.learning_rate) == (1.0, -16.0, 0.05)
    assert update.new == pytest.approx(1.8)


def test_what_nothing_trains_has_no_update_and_no_next_batch() -> None:
    record = graph(given("x", 2.0), node("f", "Square", "x"))
    trace = record_trace(record, batches=3)
    assert Phase.UPDATE not in trace.spans
    assert with_next_batch(trace) is trace


def test_what_the_cost_does_not_depend_on_is_not_updated() -> None:
    record = graph(learning("w", 2.0), learning("aside", 2.0), node("f", "Square", "w"), output="f")
    assert [step.node for step in updates(record_trace(record))] == ["w"]


def test_the_next_batch_begins_with_nothing_computed_and_the_updated_weight() -> None:
    trace = record_trace(squared_error(learning_rate=0.05), batches=2)
    first_end = trace.batches[0].end
    assert trace.at(first_end).value("w") == pytest.approx(1.8)
    start = trace.at(first_end + 1)
    assert start.trace.batch == 1
    assert start.value("product") is None
    assert start.gradient("cost") is None
    assert trace.at(first_end).gradient("cost") == 1
    assert start.weight("w") == pytest.approx(1.8)
    later = trace.at(trace.seen_from(1).positions[Phase.FORWARD, "product"])
    assert later.value("product") == pytest.approx(3.6)


def test_the_rows_are_told_and_the_record_of_the_batch_has_them() -> None:
    record = files.read(EXAMPLES / "boston.miniflow")
    trace = record_trace(record)
    rows = trace.batches[0].rows
    assert rows is not None
    assert len(rows) == 11
    features = next(id for id, each in record.nodes.items() if each.value == DatasetPart("boston", "features"))
    literal = trace.batch_record.nodes[features].value
    assert isinstance(literal, Literal)
    np.testing.assert_array_equal(literal.data, trace.at(len(trace)).value(features))


def test_a_loss_that_is_not_finite_updates_nothing_and_says_so() -> None:
    trace = record_trace(squared_error(learning_rate=1e200), batches=5)
    assert "nothing is updated" in str(trace.stopped)
    assert not trace.can_go_on
    assert len(trace.batches) < 5


def test_renaming_keeps_every_batch() -> None:
    trace = record_trace(squared_error(), batches=2).renamed("w", "weight")
    assert [step.node for step in updates(trace)] == ["weight", "weight"]
    assert len(trace.batches) == 2


def test_ten_thousand_steps_share_their_arrays() -> None:
    record = files.read(EXAMPLES / "boston.miniflow")
    per_batch = len(record_trace(record)) - len(record.nodes)
    trace = record_trace(record, batches=10_000 // per_batch + 1)
    assert len(trace) >= 10_000
    assert distinct_bytes(trace) < 100e6


def thousand_nodes() -> GraphRecord:
    """Two hundred and fifty layers of 40 numbers each, for eleven rows: X · W + b, then tanh."""
    rows, width = 11, 40
    nodes = [NodeRecord(id, "Input", value=Normal((rows, width), seed=k)) for k, id in enumerate(("y", "t0"))]
    for k in range(250):
        weights = Normal((width, width), seed=k, scale=0.1)
        nodes += [
            NodeRecord(f"W{k}", "Input", value=weights, trainable=True),
            NodeRecord(f"b{k}", "Input", value=Zeros((width,)), trainable=True),
            node(f"l{k}", "Linear", f"t{k}", f"W{k}", f"b{k}"),
            node(f"t{k + 1}", "Tanh", f"l{k}"),
        ]
    record = graph(*nodes, node("cost", "MSE", "y", "t250"), output="cost")
    return replace(record, training=TrainingRecord(learning_rate=0.001))


def test_ten_thousand_steps_of_a_thousand_nodes_take_less_than_200_megabytes() -> None:
    record = thousand_nodes()
    tracemalloc.start()
    trace = record_trace(record, batches=4)
    for position in range(0, len(trace) + 1, 500):
        assert trace.at(position).trace.positions
    taken, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(record.nodes) > 1000
    assert len(trace) > 10_000
    assert taken < 200e6
    assert most < 250e6


def test_inputs_that_stay_are_the_same_array_in_every_batch() -> None:
    rows = tuple((float(k), 1.0) for k in range(100))
    record = graph(
        given("X", rows), learning("w", 1.0), node("p", "Mul", "X", "w"), node("cost", "MSE", "X", "p"), output="cost"
    )
    trace = record_trace(record, batches=2)
    values = [trace.at(batch.end).value("X") for batch in trace.batches]
    assert values[0] is values[1]


def distinct_bytes(trace: Trace) -> int:
    """How much the arrays of a run take, each counted once."""
    found: dict[int, int] = {}
    for step in trace.steps:
        for name in ("value", "gradient", "old", "new"):
            array = getattr(step, name, None)
            if array is not None:
                found[id(array)] = np.asarray(array).nbytes
        for term in getattr(step, "terms", ()):
            found[id(term.share)] = np.asarray(term.share).nbytes
    return sum(found.values())


@strategies.composite
def learning_records(draw: strategies.DrawFn) -> GraphRecord:
    """A graph whose every node has a value, and some of whose Inputs are to learn."""
    record = draw(records())
    inputs = [id for id, each in record.nodes.items() if each.type == "Input"]
    chosen = draw(strategies.sets(strategies.sampled_from(inputs), min_size=1))
    nodes = {id: replace(each, trainable=id in chosen) for id, each in record.nodes.items()}
    rate = draw(strategies.sampled_from([0.0, 0.001, 0.05]))
    return replace(record, nodes=nodes, training=TrainingRecord(learning_rate=rate))


@settings(max_examples=100, deadline=None)
@property_of(learning_records())
def test_the_numbers_of_an_explained_update_give_what_the_engine_computed(record: GraphRecord) -> None:
    trace = record_trace(record, batches=2)
    for position, step in enumerate(trace.steps, start=1):
        if not isinstance(step, UpdateStep):
            continue
        moment = trace.at(position)
        assert str(caption(moment)).endswith(".")
        cards = explain(moment.trace, step).cards
        old, gradient, rate = (part.value for part in cards[1].parts if isinstance(part, Number))
        (result,) = (part.value for part in cards[3].parts if isinstance(part, Number))
        np.testing.assert_allclose(old - rate * gradient, result, rtol=1e-12, atol=1e-12)
        np.testing.assert_array_equal(gradient, moment.gradient(step.node))
        np.testing.assert_array_equal(result, moment.value(step.node))


@settings(max_examples=25, deadline=None)
@property_of(records(), strategies.integers(0, 2))
def test_to_try_what_an_input_has_anyway_changes_no_number(record: GraphRecord, batch: int) -> None:
    nodes = {id: replace(each, trainable=each.type == "Input") for id, each in record.nodes.items()}
    record = replace(record, nodes=nodes)
    trace = record_trace(record, batches=3)
    seen = trace.seen_from(min(batch, len(trace.batches) - 1))
    values = {id: step.value for id in seen.order if isinstance(step := seen.step_of(Phase.FORWARD, id), ForwardStep)}
    inputs = {id: value for id, value in values.items() if record.nodes[id].type == "Input"}
    tried = with_trial(trace, Trial(seen.batch, inputs))
    assert tried.batches == trace.batches
    for mine, theirs in zip(tried.steps, trace.steps, strict=True):
        assert (mine.phase, mine.node) == (theirs.phase, theirs.node)
        if isinstance(mine, BackwardStep) and isinstance(theirs, BackwardStep):
            np.testing.assert_array_equal(mine.gradient, theirs.gradient)


def test_what_is_tried_in_the_second_batch_leaves_the_first_and_is_gone_on_with() -> None:
    trace = record_trace(squared_error(learning_rate=0.05), batches=2)
    tried = with_next_batch(with_trial(trace, Trial(1, {"w": np.float64(2.0)})))
    assert [float(step.old) for step in updates(tried)] == [1.0, 2.0, pytest.approx(2.4)]
    assert tried.renamed("w", "v").trial == Trial(1, {"v": np.float64(2.0)})
    assert tried.at(tried.batches[0].end + 1).weight("w") == 2.0


def test_what_is_tried_in_a_batch_to_come_lets_the_run_go_on_to_it_if_it_can() -> None:
    trial = Trial(3, {"w": np.float64(2.0)})
    later = with_trial(record_trace(squared_error(learning_rate=0.05)), trial)
    assert (len(later.batches), float(updates(later)[3].old)) == (4, 2.0)
    ended = record_trace(graph(given("w", 1.0), node("cost", "Square", "w")))
    assert with_trial(ended, trial) == ended


def test_every_step_but_the_last_tells_what_comes_next() -> None:
    trace = record_trace(squared_error(learning_rate=0.05), batches=2)
    told = [coming(trace.at(position)) for position in range(len(trace) + 1)]
    assert told[0] is None
    assert told[-1] is None
    for moment, sentence in ((trace.at(position), told[position]) for position in range(1, len(trace))):
        assert moment.next_step is not None
        assert f" {moment.next_step.node}" in str(sentence)
    turns = [
        str(sentence) for sentence in told[1:-1] if not str(sentence).startswith("Next: ") or " on" in str(sentence)
    ]
    assert turns == [
        "Next: the values, in this order, from w on.",
        "Next: the way back, from cost on.",
        "Next: the update, from w on.",
        "Next: batch 2, from w on.",
        "Next: the way back, from cost on.",
        "Next: the update, from w on.",
    ]


def test_the_caption_of_an_update_tells_how_far_it_moves_what_hardly_moves() -> None:
    record = squared_error(weight=2.9999999, learning_rate=1e-9)
    trace = record_trace(record)
    step = trace.steps[-1]
    assert isinstance(step, UpdateStep)
    change = -step.learning_rate * step.gradient
    assert f"that is by {change}: from 2.9999999 to" in str(caption(trace.at(len(trace))))
