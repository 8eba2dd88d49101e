"""A run as data: what each moment shows, and why a run stops."""

from __future__ import annotations

from math import factorial
from random import Random

import numpy as np
import pytest
from hypothesis import given as property_of
from hypothesis import settings, strategies

from miniflow.engine.choosing import count_orders
from miniflow.engine.passes import forward_and_backward
from miniflow.engine.trace import BackwardStep, ForwardStep, OrderStep, Phase, Trace
from miniflow.graph.build import build
from miniflow.graph.records import GraphRecord, NodeRecord
from miniflow.training.recording import record_trace
from tests.miniflow.random_records import given, graph, node, records


def fork() -> GraphRecord:
    """x feeds both a square and a product; their sum is the output."""
    return graph(
        given("x", 3.0),
        given("w", 2.0),
        node("square", "Square", "x"),
        node("product", "Mul", "w", "x"),
        node("sum", "Add", "square", "product"),
    )


@pytest.fixture
def trace() -> Trace:
    return record_trace(fork())


def test_a_run_is_kahn_then_forward_then_backward(trace: Trace) -> None:
    assert [step.phase for step in trace.steps] == [Phase.KAHN] * 5 + [Phase.FORWARD] * 5 + [Phase.BACKWARD] * 5
    assert trace.spans == {Phase.KAHN: range(1, 6), Phase.FORWARD: range(6, 11), Phase.BACKWARD: range(11, 16)}


def test_backward_goes_through_the_order_from_its_end(trace: Trace) -> None:
    backward = [step.node for step in trace.steps if isinstance(step, BackwardStep)]
    assert backward == list(reversed(trace.order))


def test_before_a_nodes_step_it_has_no_number_of_any_kind(trace: Trace) -> None:
    start = trace.at(0)
    assert all(start.value(id) is None and start.gradient(id) is None and start.place(id) is None for id in trace.order)
    just_before = trace.at(trace.positions[Phase.FORWARD, "square"] - 1)
    assert just_before.value("square") is None
    assert trace.at(just_before.position + 1).value("square") == 9


def test_the_last_moment_shows_every_value_and_gradient(trace: Trace) -> None:
    end = trace.at(len(trace))
    assert {id: (end.value(id), end.gradient(id)) for id in trace.order} == {
        "x": (3, 8),
        "w": (2, 3),
        "square": (9, 1),
        "product": (6, 1),
        "sum": (15, 1),
    }


def test_counts_fall_and_the_queue_fills_as_inputs_get_their_numbers(trace: Trace) -> None:
    assert [trace.at(k).unmet("product") for k in range(6)] == [2, 1, 0, 0, 0, 0]
    assert [trace.at(k).ready for k in range(6)] == [
        ("x", "w"),
        ("w", "square"),
        ("square", "product"),
        ("product",),
        ("sum",),
        (),
    ]
    assert trace.at(3).ordered == ("x", "w", "square")


def test_the_terms_of_a_fork_arrive_one_after_the_other(trace: Trace) -> None:
    position = trace.positions[Phase.BACKWARD, "product"]
    assert [(term.consumer, term.share) for term in trace.at(position).arrived("x")] == [("product", 2)]
    arrived = trace.at(trace.positions[Phase.BACKWARD, "x"]).arrived("x")
    assert {term.consumer: term.share for term in arrived} == {"square": 6, "product": 2}


def test_a_position_outside_the_run_is_its_nearest_end(trace: Trace) -> None:
    assert trace.at(-5).position == 0
    assert trace.at(10**9).position == len(trace)


def test_what_the_output_does_not_depend_on_is_told_from_what_just_has_a_zero() -> None:
    record = graph(
        given("x", -3.0), given("aside", 5.0), node("flat", "ReLU", "x"), node("idle", "Square", "aside"), output="flat"
    )
    trace = record_trace(record)
    steps = {step.node: step for step in trace.steps if isinstance(step, BackwardStep)}
    assert steps["x"].gradient == steps["aside"].gradient == 0
    assert steps["x"].reaches_output
    assert not steps["aside"].reaches_output
    assert not steps["idle"].reaches_output


def test_a_cycle_leaves_the_order_short_and_says_why_the_run_stops() -> None:
    trace = record_trace(graph(given("x", 1.0), node("a", "Add", "x", "b"), node("b", "Square", "a")))
    assert trace.order == ("x",)
    assert trace.stopped is not None
    assert Phase.BACKWARD not in trace.spans


def test_a_missing_value_stops_the_run_but_not_the_order() -> None:
    trace = record_trace(graph(NodeRecord("x", "Input"), node("f", "Square", "x")))
    assert trace.order == ("x", "f")
    assert "x" in str(trace.stopped)
    assert not any(isinstance(step, BackwardStep) for step in trace.steps)


def test_shapes_that_do_not_fit_stop_the_run_with_both_shapes_named() -> None:
    trace = record_trace(graph(given("x", (1.0, 2.0)), given("y", (1.0, 2.0, 3.0)), node("sum", "Add", "x", "y")))
    assert all(part in str(trace.stopped) for part in ("sum", "(2,)", "(3,)"))


def test_an_empty_document_is_an_empty_run() -> None:
    trace = record_trace(GraphRecord())
    assert len(trace) == 0
    assert trace.at(0).step is None
    assert trace.at(0).next_step is None


def test_renaming_a_node_changes_names_and_no_number(trace: Trace) -> None:
    renamed = trace.renamed("x", "input")
    assert renamed.order == tuple("input" if id == "x" else id for id in trace.order)
    assert renamed.at(15).gradient("input") == 8
    assert renamed.at(1).unmet("product") == 1
    assert [term.consumer for term in trace.renamed("square", "s").at(15).arrived("x")].count("s") == 1
    assert trace.renamed("sum", "total").output == "total"
    assert "square" in trace.renamed("new here", "other").order


def test_a_new_name_may_be_that_of_a_node_that_was_removed_since(trace: Trace) -> None:
    assert trace.renamed("x", "w").at(15).gradient("w") == 8


def test_a_name_of_any_length_can_be_taken_over_from_a_node_that_is_gone() -> None:
    longest = "w" * 200
    trace = record_trace(graph(given("x", 2.0), given(longest, 3.0), node("m", "Mul", "x", longest)))
    for _ in range(2):
        trace = trace.renamed("x", longest).renamed(longest, "x")
    assert trace.at(len(trace)).value("x") == 2.0


def test_steps_share_the_arrays_of_the_run() -> None:
    rows = tuple((float(k), 1.0) for k in range(100))
    trace = record_trace(graph(given("X", rows), given("Y", rows), node("sum", "Add", "X", "Y"), output="sum"))
    arrays = {
        np.asarray(array).__array_interface__["data"][0]
        for step in trace.steps
        if isinstance(step, BackwardStep)
        for array in (step.gradient, *(term.share for term in step.terms))
    }
    assert len(arrays) < 6
    assert all(isinstance(step.value, np.ndarray) for step in trace.steps if isinstance(step, ForwardStep))


@settings(max_examples=100, deadline=None)
@property_of(records())
def test_a_run_holds_the_numbers_of_the_two_passes_and_the_terms_add_up(record: GraphRecord) -> None:
    trace = record_trace(record)
    assert trace.stopped is None
    built = build(record)
    forward_and_backward(built.order, built.output)
    end = trace.at(len(trace))
    for each in built.order:
        id = str(each.name)
        np.testing.assert_array_equal(end.value(id), each.value)
        np.testing.assert_array_equal(end.gradient(id), each.gradients[each])
        terms = [term.share for term in end.arrived(id)]
        np.testing.assert_allclose(sum(terms, np.zeros_like(each.value)), each.gradients[each], rtol=1e-12, atol=1e-12)
        assert all(np.shape(share) == np.shape(each.value) for share in terms)


def test_a_chosen_node_goes_next_and_the_rest_follows_first_in_first_out() -> None:
    trace = record_trace(fork(), ["w", "x", "product"])
    assert trace.order == ("w", "x", "product", "square", "sum")
    assert [trace.at(k).ready for k in range(4)] == [("x", "w"), ("x",), ("square", "product"), ("square",)]


def test_a_choice_that_is_not_ready_is_passed_over() -> None:
    assert record_trace(fork(), ["sum"]).order == record_trace(fork()).order


@settings(max_examples=60, deadline=None)
@property_of(records(), strategies.randoms())
def test_every_order_gives_the_same_values_and_gradients(record: GraphRecord, random: Random) -> None:
    trace = chosen = record_trace(record)
    while len(chosen.choices) < len(trace.order):
        moment = chosen.at(len(chosen.choices))
        chosen = record_trace(record, (*moment.ordered, random.choice(moment.ready)))
    one, other = trace.at(len(trace)), chosen.at(len(chosen))
    for id in trace.order:
        np.testing.assert_array_equal(one.value(id), other.value(id))
        np.testing.assert_array_equal(one.gradient(id), other.gradient(id))


@pytest.mark.parametrize(
    ("record", "count"),
    [
        (GraphRecord(), 1),
        (fork(), 5),
        (graph(*(given(f"x{k}", 1.0) for k in range(10)), output="x0"), factorial(10)),
        (graph(*(given(f"x{k}", 1.0) for k in range(40)), output="x0"), None),
        (graph(given("x", 1.0), node("a", "Add", "x", "b"), node("b", "Square", "a")), 1),
    ],
)
def test_the_orders_are_counted_exactly_or_not_at_all(record: GraphRecord, count: int | None) -> None:
    assert count_orders(record) == count


@settings(max_examples=30, deadline=None)
@property_of(records())
def test_the_count_is_that_of_trying_every_choice(record: GraphRecord) -> None:
    def tried(taken: frozenset[str]) -> int:
        waiting = [id for id in record.nodes if id not in taken]
        ready = [id for id in waiting if taken.issuperset(record.nodes[id].inputs)]
        return sum(tried(taken | {id}) for id in ready) if waiting else 1

    if len(record.nodes) <= 7:
        assert count_orders(record) == tried(frozenset())


@settings(max_examples=50, deadline=None)
@property_of(records())
def test_the_queue_at_every_moment_is_what_waits_for_nothing_and_is_not_ordered_yet(record: GraphRecord) -> None:
    trace = record_trace(record)
    for position in range(len(trace) + 1):
        moment = trace.at(position)
        free = {id for id in record.nodes if moment.unmet(id) == 0}
        assert set(moment.ready) == free - set(moment.ordered)
        step = moment.step
        if isinstance(step, OrderStep):
            assert moment.place(step.node) == step.place == len(moment.ordered)
