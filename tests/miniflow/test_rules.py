"""What is wrong or missing is told with the node it is about, and mended where that is obvious."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given as property_of
from hypothesis import settings
from hypothesis import strategies as st

from miniflow.catalogue import datasets
from miniflow.dataset import CsvDataset
from miniflow.errors import EditError, ShapeError
from miniflow.graph.build import build
from miniflow.graph.document import GraphDocument
from miniflow.graph.edits import Connect
from miniflow.graph.fixes import MOST_CHOICES
from miniflow.graph.new_wires import can_connect, wire_warning
from miniflow.graph.records import DatasetPart, GraphRecord, Literal, NodeRecord, Normal, Shape, TrainingRecord, Zeros
from miniflow.graph.rules import (
    Problem,
    ProblemKind,
    blocking_problem,
    kahn_order,
    output_of,
    problems,
    shapes,
    training_problem,
)
from miniflow.graph.survey import Survey
from miniflow.io.schema import from_text
from tests.miniflow import drawings, random_records
from tests.miniflow.random_records import given, graph, node


def empty(id: str) -> NodeRecord:
    return NodeRecord(id, "Input")


def valued(id: str, value: object, trainable: bool = False) -> NodeRecord:
    return NodeRecord(id, "Input", None, (), value, trainable)


def layer(W: object, b: object = None, X: object = None) -> GraphRecord:
    return graph(
        valued("X", X or Zeros((4, 13))),
        valued("W", W, True),
        valued("b", b or Zeros((10,)), True),
        node("l", "Linear", "X", "W", "b"),
    )


def the_only(record: GraphRecord, kind: ProblemKind) -> Problem:
    (found,) = [problem for problem in problems(record) if problem.kind is kind]
    return found


def mended(record: GraphRecord, problem: Problem) -> GraphRecord:
    document = GraphDocument(record)
    document.apply(*problem.fix)
    return document.record()


# --- the kinds of problems --------------------------------------------------------------------------------------------


def test_a_finished_graph_has_no_problems() -> None:
    record = layer(Normal((13, 10)))
    assert problems(record) == []
    assert blocking_problem(record) is None
    assert output_of(record) == "l"
    assert shapes(record) == {"X": (4, 13), "W": (13, 10), "b": (10,), "l": (4, 10)}


def test_each_free_port_is_told_by_its_name() -> None:
    record = graph(given("x", 1), node("l", "Linear", "x"))
    free = [problem for problem in problems(record) if problem.kind is ProblemKind.FREE_PORT]
    assert [(problem.node, problem.port, str(problem.sentence).split()[0]) for problem in free] == [
        ("l", 1, "W"),
        ("l", 2, "b"),
    ]


@pytest.mark.parametrize(
    ("inputs", "after", "added"),
    [
        (("X",), ("X", "W1", "b1"), {"W1": (13, 1), "b1": (1,)}),
        (("X", "W"), ("X", "W", "b1"), {"b1": (10,)}),
        (("X", None, "b"), ("X", "W1", "b"), {"W1": (13, 10)}),
        ((), (None, "W1", "b1"), {"W1": (1, 1), "b1": (1,)}),
    ],
)
def test_a_linear_is_given_the_w_and_b_that_it_lacks_in_the_shapes_that_fit(inputs, after, added) -> None:
    holders = [valued("X", Zeros((506, 13))), valued("W", Zeros((13, 10))), valued("b", Zeros((10,)))]
    record = graph(*holders, NodeRecord("l1", "Linear", None, inputs))
    free = [problem for problem in problems(record) if problem.kind is ProblemKind.FREE_PORT and problem.port]
    now = mended(record, free[0])
    assert now.nodes["l1"].inputs == after
    assert {id: shapes(now)[id] for id in now.nodes if id not in record.nodes} == added
    assert all(now.nodes[id].trainable for id in added)


def test_an_addition_wants_two_inputs_and_no_gap_between_more() -> None:
    for inputs, ports in ([("x",), [1]], [(), [0, 1]], [("x", None, "x"), [1]], [("x", "x", "x"), []]):
        record = GraphRecord({"x": given("x", 1), "a": NodeRecord("a", "Add", None, tuple(inputs))})
        assert [problem.port for problem in problems(record) if problem.kind is ProblemKind.FREE_PORT] == ports


def test_a_missing_value_is_told_and_a_parameter_can_be_given_one() -> None:
    record = graph(given("X", ((1, 2, 3),)), empty("W"), valued("b", Zeros((5,))), node("l", "Linear", "X", "W", "b"))
    problem = the_only(record, ProblemKind.MISSING_VALUE)
    assert "W" in str(problem.sentence)
    assert shapes(mended(record, problem))["l"] == (1, 5)
    record = graph(given("X", ((1, 2, 3),)), valued("W", Zeros((3, 2))), empty("b"), node("l", "Linear", "X", "W", "b"))
    assert shapes(mended(record, the_only(record, ProblemKind.MISSING_VALUE)))["l"] == (1, 2)


def test_a_value_without_numbers_is_told_once_where_it_is() -> None:
    record = graph(valued("x", Zeros((0, 3))), node("s", "Sigmoid", "x"))
    assert [problem.kind for problem in problems(record)] == [ProblemKind.EMPTY_VALUE]


def test_an_unknown_data_set_is_told_with_those_that_exist() -> None:
    record = graph(valued("x", DatasetPart("mars", "target")), node("s", "Sigmoid", "x"))
    assert "boston" in str(the_only(record, ProblemKind.UNKNOWN_DATASET).sentence)
    assert blocking_problem(record) == the_only(record, ProblemKind.UNKNOWN_DATASET)


def test_a_data_set_whose_file_is_gone_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Lost(CsvDataset):
        name, title, filename, feature_names = "lost", "Lost data", "lost.csv", ("x",)

    monkeypatch.setitem(datasets(), "lost", Lost())
    record = graph(valued("x", DatasetPart("lost", "target")), node("s", "Sigmoid", "x"))
    assert "Lost data" in str(the_only(record, ProblemKind.UNKNOWN_DATASET).sentence)
    assert build(record).nodes["x"].value is None


def test_shapes_that_do_not_fit_are_told_with_both_and_mended_at_the_weight() -> None:
    record = layer(Normal((10, 1), 7), Zeros((1,)))
    problem = the_only(record, ProblemKind.MISMATCH)
    assert "(4, 13)" in str(problem.sentence)
    assert "(10, 1)" in str(problem.sentence)
    assert problem.mending is not None
    assert str(problem.mending.label) == "Give W the shape (13, 1)"
    assert mended(record, problem).nodes["W"].value == Normal((13, 1), 7)
    assert problems(mended(record, problem)) == []


def test_a_bias_that_does_not_fit_is_given_the_shape_that_does() -> None:
    record = layer(Normal((13, 10)), Zeros((3,)))
    assert mended(record, the_only(record, ProblemKind.MISMATCH)).nodes["b"].value == Zeros((10,))


def test_numbers_that_somebody_typed_are_never_thrown_away_by_a_fix() -> None:
    record = layer(Literal(((1,), (2,))), Literal((1, 2, 3)))
    assert the_only(record, ProblemKind.MISMATCH).fix == ()


def test_what_lies_behind_a_mismatch_is_not_blamed() -> None:
    record = graph(given("x", (1, 2)), given("y", (1, 2, 3)), node("a", "Add", "x", "y"), node("s", "Sigmoid", "a"))
    assert [(problem.kind, problem.node) for problem in problems(record)] == [(ProblemKind.MISMATCH, "a")]
    assert shapes(record)["s"] is None


def test_a_result_that_would_fill_the_memory_is_refused_before_it_does() -> None:
    record = graph(valued("x", Zeros((5000, 1))), valued("y", Zeros((1, 5000))), node("a", "Mul", "x", "y"))
    assert "(5000, 5000)" in str(the_only(record, ProblemKind.MISMATCH).sentence)
    assert build(record).output is None


def test_a_cycle_is_told_with_its_nodes_and_opened_at_the_wire_that_leads_back() -> None:
    record = graph(
        given("x", 1), node("a", "Add", "x", "c"), node("b", "Sigmoid", "a"), node("c", "Tanh", "b"), output="c"
    )
    problem = the_only(record, ProblemKind.CYCLE)
    assert "a → b → c → a" in str(problem.sentence)
    assert mended(record, problem).nodes["a"].inputs == ("x",)
    assert blocking_problem(record) == problem


def test_a_node_that_feeds_itself_is_a_cycle() -> None:
    record = graph(node("a", "Mul", "a", "a"), output="a")
    problem = the_only(record, ProblemKind.CYCLE)
    assert "a → a" in str(problem.sentence)
    assert mended(record, problem).nodes["a"].inputs == ()


def test_an_empty_graph_says_that_it_is_empty() -> None:
    assert [problem.kind for problem in problems(GraphRecord())] == [ProblemKind.NO_OUTPUT]
    assert blocking_problem(GraphRecord()) == problems(GraphRecord())[0]


def test_a_graph_that_is_all_cycle_has_no_output() -> None:
    record = graph(given("x", 1), node("a", "Sigmoid", "a"))
    assert {problem.kind for problem in problems(record)} == {ProblemKind.NO_OUTPUT, ProblemKind.CYCLE}
    assert blocking_problem(record) == the_only(record, ProblemKind.CYCLE)


def test_several_outputs_are_told_and_the_only_cost_is_proposed() -> None:
    record = graph(given("x", 1), node("s", "Sigmoid", "x"), node("cost", "MSE", "x", "x"))
    problem = the_only(record, ProblemKind.SEVERAL_OUTPUTS)
    assert output_of(record) is None
    assert blocking_problem(record) == problem
    assert mended(record, problem).output == "cost"


def test_where_none_of_several_outputs_is_likely_each_can_be_chosen() -> None:
    record = graph(given("x", 1), *(node(f"s{number}", "Sigmoid", "x") for number in range(3)))
    choices = the_only(record, ProblemKind.SEVERAL_OUTPUTS).choices
    assert [str(fix.label) for fix in choices] == [f"Make s{number} the output" for number in range(3)]
    for number, fix in enumerate(choices):
        document = GraphDocument(record)
        document.apply(*fix.edits)
        assert document.record().output == f"s{number}"


def test_of_several_costs_one_is_chosen_and_of_very_many_nodes_the_first_are_offered() -> None:
    costs = graph(given("x", 1), node("s", "Sigmoid", "x"), node("c", "MSE", "x", "x"), node("d", "MSE", "x", "x"))
    choices = the_only(costs, ProblemKind.SEVERAL_OUTPUTS).choices
    assert [str(fix.label) for fix in choices] == ["Make c the output", "Make d the output"]
    many = graph(given("x", 1), *(node(f"s{number}", "Sigmoid", "x") for number in range(100)))
    assert len(the_only(many, ProblemKind.SEVERAL_OUTPUTS).choices) == MOST_CHOICES


def test_the_output_left_out_is_the_only_node_that_nothing_consumes() -> None:
    assert output_of(graph(given("x", 1), given("spare", 2), node("s", "Sigmoid", "x"))) == "s"
    assert output_of(graph(given("x", 1))) == "x"


def test_an_output_that_does_not_exist_is_told_and_the_one_that_could_be_meant_is_proposed() -> None:
    record = graph(given("x", 1), node("s", "Sigmoid", "x"), output="gone")
    problem = the_only(record, ProblemKind.UNKNOWN_OUTPUT)
    assert "gone" in str(problem.sentence)
    assert mended(record, problem).output == "s"
    assert blocking_problem(record) == problem


def test_what_nothing_uses_is_told_and_can_be_removed() -> None:
    record = graph(given("x", 1), given("spare", 2), node("s", "Sigmoid", "x"), output="s")
    problem = the_only(record, ProblemKind.UNUSED)
    assert problem.node == "spare"
    assert list(mended(record, problem).nodes) == ["x", "s"]


def test_what_the_output_does_not_need_blocks_nothing() -> None:
    record = graph(
        given("x", 1),
        node("s", "Sigmoid", "x"),
        node("free", "Linear", "x"),
        empty("nothing"),
        node("a", "Tanh", "a"),
        valued("mars", DatasetPart("mars", "target")),
        output="s",
    )
    assert blocking_problem(record) is None
    assert len(problems(record)) > 4


def test_the_first_thing_to_mend_comes_first() -> None:
    record = graph(node("s", "Sigmoid", "l"), node("l", "Linear", "x", "x"), empty("x"), output="s")
    problem = blocking_problem(record)
    assert problem is not None
    assert (problem.kind, problem.node) == (ProblemKind.MISSING_VALUE, "x")


# --- training ---------------------------------------------------------------------------------------------------------


def xor(**settings: int) -> GraphRecord:
    record = graph(
        valued("X", DatasetPart("xor", "features")),
        valued("y", DatasetPart("xor", "target")),
        valued("W", Zeros((2, 1)), True),
        valued("b", Zeros((1,)), True),
        node("l", "Linear", "X", "W", "b"),
        node("cost", "MSE", "y", "l"),
    )
    return GraphRecord(record.nodes, "", None, TrainingRecord(**settings) if settings else None)


def test_a_batch_larger_than_the_data_is_told_and_made_smaller() -> None:
    problem = the_only(xor(), ProblemKind.BATCH_SIZE)
    assert training_problem(xor()) == problem
    assert blocking_problem(xor()) is None
    assert mended(xor(), problem).training == TrainingRecord(batch_size=4)
    assert problems(xor(batch_size=4)) == []
    assert training_problem(xor(batch_size=4)) is None


def test_data_of_different_lengths_is_told() -> None:
    nodes = {**xor().nodes, "y": valued("y", DatasetPart("boston", "target"))}
    record = GraphRecord(nodes, training=TrainingRecord(batch_size=4))
    assert ProblemKind.DIFFERENT_ROWS in {problem.kind for problem in problems(record)}


def test_what_fits_the_whole_data_but_no_batch_is_told_before_training() -> None:
    nodes = {**xor().nodes, "y": valued("y", Literal(((0,), (1,), (1,), (0,))))}
    record = GraphRecord(nodes, training=TrainingRecord(batch_size=2))
    assert blocking_problem(record) is None
    problem = training_problem(record)
    assert problem is not None
    assert (problem.kind, problem.node) == (ProblemKind.MISMATCH, "cost")
    assert "(2, 1)" in str(problem.sentence)
    assert training_problem(GraphRecord(nodes, training=TrainingRecord(batch_size=4))) is None


def test_data_is_not_trained() -> None:
    nodes = {**xor().nodes, "X": valued("X", DatasetPart("xor", "features"), True)}
    record = GraphRecord(nodes, training=TrainingRecord(batch_size=4))
    problem = the_only(record, ProblemKind.TRAINABLE_DATA)
    assert not mended(record, problem).nodes["X"].trainable
    assert training_problem(record) is None


# --- wires ------------------------------------------------------------------------------------------------------------


def test_a_wire_that_cannot_be_is_refused_in_words() -> None:
    record = graph(given("x", 1), node("s", "Sigmoid", "x"))
    assert can_connect(record, "x", "s", 0) is None
    assert "Input" in str(can_connect(record, "s", "x", 0))
    assert "port 2" in str(can_connect(record, "x", "s", 1))
    assert "nobody" in str(can_connect(record, "nobody", "s", 0))
    assert "nobody" in str(can_connect(record, "x", "nobody", 0))


def test_a_wire_that_closes_a_cycle_or_does_not_fit_can_be_but_is_told() -> None:
    record = graph(
        given("x", (1, 2)), given("y", (1, 2, 3)), node("s", "Sigmoid", "x"), node("a", "Add", "s"), output="a"
    )
    assert can_connect(record, "a", "s", 0) is None
    assert "cycle" in str(wire_warning(Survey(record), "a", "s", 0))
    assert "cycle" in str(wire_warning(Survey(record), "s", "s", 0))
    assert "(3,)" in str(wire_warning(Survey(record), "y", "a", 1))
    assert wire_warning(Survey(record), "x", "a", 1) is None
    assert wire_warning(Survey(record), "y", "s", 0) is None


@settings(max_examples=100, deadline=None)
@property_of(drawings.records(), st.data())
def test_a_wire_that_can_be_is_one_that_the_document_takes(record, data) -> None:
    if not record.nodes:
        return
    source, target = (data.draw(st.sampled_from(list(record.nodes))) for _ in range(2))
    port = data.draw(st.integers(-1, 5))
    document = GraphDocument(record)
    inputs = record.nodes[target].inputs
    old = inputs[port] if 0 <= port < len(inputs) else None
    try:
        document.apply(Connect(target, port, old, source))
        taken = True
    except EditError:
        taken = False
    assert taken == (can_connect(record, source, target, port) is None)


# --- properties -------------------------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@property_of(drawings.records())
def test_every_problem_of_every_drawing_is_a_sentence_and_every_fix_can_be_made(record) -> None:
    for problem in problems(record):
        assert str(problem.sentence).endswith(".")
        assert "\n" not in str(problem.sentence)
        assert problem.node is None or problem.node in record.nodes
        assert (problem.fix == ()) == (problem.mending is None)
        assert problem not in problems(mended(record, problem)) or not problem.fix


@settings(max_examples=150, deadline=None)
@property_of(drawings.records())
def test_what_blocks_is_one_of_the_problems_and_where_nothing_blocks_the_output_is_built(record) -> None:
    problem = blocking_problem(record)
    if problem is None:
        output = build(record).output
        assert output is not None
        assert output.name == output_of(record)
    else:
        assert build(record).output is None
        assert problem.kind is ProblemKind.CYCLE or problem in problems(record)


@settings(max_examples=150, deadline=None)
@property_of(drawings.records())
def test_the_order_has_every_node_once_unless_a_cycle_keeps_it_waiting(record) -> None:
    order = [step.node for step in kahn_order(record)]
    assert len(order) == len(set(order))
    place = {id: number for number, id in enumerate(order)}
    for id, each in record.nodes.items():
        sources = set(each.inputs) - {None}
        assert (id in place) == all(source in place for source in sources)
        if id in place:
            assert all(place[source] < place[id] for source in sources)
    assert bool(Survey(record).cycle) == (len(order) < len(record.nodes))


@settings(max_examples=100, deadline=None)
@property_of(random_records.records())
def test_every_shape_is_known_before_anything_runs(record) -> None:
    built = build(record)
    known = shapes(record)
    for each in built.order:
        each.forward()
        assert known[str(each.name)] == each.value.shape


@settings(max_examples=150, deadline=None)
@property_of(drawings.records())
def test_a_mismatch_is_told_exactly_where_a_run_would_meet_it(record) -> None:
    survey = Survey(record)
    built = build(record)
    with np.errstate(all="ignore"):
        for each in built.order:
            each.forward()
    for id in survey.misfits.keys() & built.nodes.keys():
        with pytest.raises(ShapeError):
            built.nodes[id].forward()


def test_weights_that_do_not_fit_are_told_before_there_is_a_bias() -> None:
    record = graph(valued("X", Zeros((2, 3))), valued("W", Normal((10, 1), 7)), node("f", "Linear", "X", "W"))
    assert [problem.kind for problem in problems(record)] == [ProblemKind.MISMATCH, ProblemKind.FREE_PORT]
    assert blocking_problem(record) == problems(record)[0]
    assert mended(record, problems(record)[0]).nodes["W"].value == Normal((3, 1), 7)


def test_weights_that_do_not_fit_are_told_while_the_bias_has_no_value_and_not_where_another_input_waits() -> None:
    data, weights = valued("X", Zeros((2, 3))), valued("W", Normal((10, 1), 7))
    assert Survey(graph(data, weights, empty("b"), node("f", "Linear", "X", "W", "b"))).misfits.keys() == {"f"}
    assert Survey(graph(data, empty("W"), node("f", "Linear", "X", "W"))).misfits == {}
    assert "(10, 1)" in str(wire_warning(Survey(graph(data, weights, node("f", "Linear", "X"))), "W", "f", 1))


@pytest.mark.parametrize("bias", [(), (1,), (2, 1), (10,)])
@pytest.mark.parametrize("weights", [(3, 1), (3, 10), (10, 1), (3,), ()])
def test_what_is_told_before_there_is_a_bias_no_bias_would_mend(weights: Shape, bias: Shape) -> None:
    data = (valued("X", Zeros((2, 3))), valued("W", Zeros(weights)), valued("b", Zeros(bias)))
    without = Survey(graph(*data, node("f", "Linear", "X", "W"))).misfits
    whole = Survey(graph(*data, node("f", "Linear", "X", "W", "b"))).misfits
    assert without.keys() <= whole.keys()
    assert bool(without) == (weights not in [(3, 1), (3, 10), (3,)])


def test_problems_are_found_in_a_drawing_that_is_out_of_all_bounds() -> None:
    text = """{"format": "miniflow-graph", "version": 1, "nodes": [
        {"id": "X", "type": "Input", "value": [[1, 2]], "position": [1e300, 1e300]},
        {"id": "f", "type": "Linear", "inputs": ["X"], "position": [1e300, 1e300]}]}"""
    record = from_text(text)
    assert {problem.kind for problem in problems(record)} == {ProblemKind.FREE_PORT}
