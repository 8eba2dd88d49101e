"""The document: all or none, told once, and never anything that a file could not hold."""

from __future__ import annotations

import math

import pytest

from miniflow.errors import EditError
from miniflow.graph import limits
from miniflow.graph.document import GraphDocument
from miniflow.graph.edits import (
    AddNode,
    Connect,
    Edit,
    Move,
    RemoveNode,
    Rename,
    SetOutput,
    SetTitle,
    SetTrainable,
    SetTraining,
    SetValue,
)
from miniflow.graph.records import DatasetPart, GraphRecord, Literal, NodeRecord, Normal, TrainingRecord, Uniform, Zeros

x = NodeRecord("x", "Input", (0, 0), (), Literal(1))
w = NodeRecord("w", "Input", None, (), None, True)
m = NodeRecord("m", "Mul", None, ("x", "x"))
s = NodeRecord("s", "Sigmoid", None, ("m",))


@pytest.fixture
def document() -> GraphDocument:
    return GraphDocument(GraphRecord({each.id: each for each in (x, w, m, s)}, "before", "s"))


def refusal(document: GraphDocument, *edits: Edit) -> str:
    before, revision = document.record(), document.revision
    with pytest.raises(EditError) as refused:
        document.apply(*edits)
    assert document.record() == before
    assert document.revision == revision
    return str(refused.value)


def test_a_batch_is_made_whole_or_not_at_all(document: GraphDocument) -> None:
    heard: list[object] = []
    document.subscribe(heard.append)
    refusal(document, SetTitle("before", "after"), Rename("x", "z"), Connect("m", 0, "z", "w"), Rename("x", "y"))
    assert heard == []


def test_observers_hear_a_batch_once_when_it_is_complete(document: GraphDocument) -> None:
    heard: list[tuple[object, str]] = []
    stop = document.subscribe(lambda edits: heard.append((edits, document.title)))
    batch = (SetTitle("before", "between"), SetTitle("between", "after"))
    document.apply(*batch)
    assert heard == [(batch, "after")]
    stop()
    document.apply(SetTitle("after", "later"))
    assert len(heard) == 1


def test_an_empty_batch_is_nothing_to_hear_of(document: GraphDocument) -> None:
    heard: list[object] = []
    document.subscribe(heard.append)
    assert document.apply() == ()
    assert heard == []


def test_every_observer_hears_even_where_one_of_them_fails(document: GraphDocument) -> None:
    heard: list[object] = []

    def fail(_: object) -> None:
        raise ValueError("a view is broken")

    document.subscribe(fail)
    document.subscribe(heard.append)
    with pytest.raises(ValueError, match="a view is broken"):
        document.apply(SetTitle("before", "after"))
    assert len(heard) == 1
    assert document.title == "after"


def test_an_observer_may_not_edit_what_it_is_being_told_about(document: GraphDocument) -> None:
    document.subscribe(lambda edits: document.apply(SetTitle("after", "again")))
    with pytest.raises(RuntimeError):
        document.apply(SetTitle("before", "after"))
    assert document.title == "after"


def test_the_record_is_frozen_and_the_same_until_the_next_edit(document: GraphDocument) -> None:
    before = document.record()
    assert document.record() is before
    document.apply(Move("x", (0, 0), (5, 5)))
    assert before.nodes["x"].position == (0, 0)
    assert document.record().nodes["x"].position == (5, 5)


def test_nodes_cannot_be_changed_past_the_edits(document: GraphDocument) -> None:
    assert not hasattr(document.nodes, "__setitem__")
    assert list(document.nodes) == ["x", "w", "m", "s"]
    assert document.nodes["m"].inputs == ("x", "x")
    assert "nobody" not in document.nodes


def test_consumers_are_listed_by_port(document: GraphDocument) -> None:
    assert set(document.consumers("x")) == {("m", 0), ("m", 1)}
    assert document.consumers("s") == ()


def test_a_renamed_node_keeps_its_place_its_wires_and_its_being_the_output(document: GraphDocument) -> None:
    document.apply(Rename("x", "data"), Rename("s", "result"))
    assert list(document.nodes) == ["data", "w", "m", "result"]
    assert document.nodes["m"].inputs == ("data", "data")
    assert document.output == "result"


def test_renaming_to_the_output_that_did_not_exist_is_taken_back_exactly() -> None:
    document = GraphDocument(GraphRecord({"x": x}, output="cost"))
    made = document.apply(Rename("x", "cost"))
    assert (document.output, list(document.nodes)) == ("cost", ["cost"])
    document.apply(*(edit.inverse() for edit in reversed(made)))
    assert document.record() == GraphRecord({"x": x}, output="cost")


def test_what_is_taken_back_is_the_very_number_that_was_there(document: GraphDocument) -> None:
    for edit in (Move("x", (0.0, 0.0), (1, 1)), SetValue("x", Literal(True), None)):
        (made,) = document.apply(edit)
        document.apply(made.inverse())
    assert [type(each) for each in (*document.nodes["x"].position, document.nodes["x"].value.data)] == [int, int, int]


STALE = [
    Connect("m", 0, "w", "s"),
    Connect("m", 2, "x", None),
    Move("x", (1, 1), (2, 2)),
    SetValue("x", None, Literal(2)),
    SetTrainable("x", True, True),
    SetOutput(None, "m"),
    SetTitle("older", "newer"),
    SetTraining(TrainingRecord(), None),
    RemoveNode(NodeRecord("s", "Sigmoid", None, ("x",)), 3),
    RemoveNode(s, 2),
    RemoveNode(s, -1),
    Rename("nobody", "somebody"),
    Move("nobody", None, (0, 0)),
    Connect("nobody", 0, None, "x"),
]


@pytest.mark.parametrize("edit", STALE, ids=str)
def test_an_edit_made_for_another_state_is_refused(document: GraphDocument, edit: Edit) -> None:
    refusal(document, edit)


ILLEGAL = [
    AddNode(x, 4),
    AddNode(NodeRecord("n", "Convolution"), 4),
    AddNode(NodeRecord("n", "Input"), 5),
    AddNode(NodeRecord("n", "Input"), -1),
    AddNode(NodeRecord("", "Input"), 4),
    AddNode(NodeRecord("n ", "Input"), 4),
    AddNode(NodeRecord("n\n", "Input"), 4),
    AddNode(NodeRecord("n" * 201, "Input"), 4),
    AddNode(NodeRecord("n", "Input", (math.nan, 0)), 4),
    AddNode(NodeRecord("n", "Input", None, ("x",)), 4),
    AddNode(NodeRecord("n", "Sigmoid", None, ("nobody",)), 4),
    AddNode(NodeRecord("n", "Sigmoid", None, ("x", "x")), 4),
    AddNode(NodeRecord("n", "Linear", None, ("x", None)), 4),
    AddNode(NodeRecord("n", "Sigmoid", None, (), Literal(1)), 4),
    AddNode(NodeRecord("n", "Sigmoid", None, (), None, True), 4),
    RemoveNode(x, 0),
    Connect("s", 1, None, "x"),
    Connect("s", -1, None, "x"),
    Connect("x", 0, None, "s"),
    Connect("m", 2, None, "nobody"),
    Connect("m", 10**9, None, "x"),
    Rename("x", "m"),
    Rename("x", "a\tb"),
    Rename("x", "\ud800"),
    Move("x", (0, 0), (math.inf, 0)),
    SetValue("s", None, Literal(1)),
    SetTrainable("s", False, True),
    SetOutput("s", " "),
    SetTitle("before", "\ud800"),
    *(
        SetValue("x", Literal(1), value)
        for value in (
            Literal(math.nan),
            Literal((1, math.inf)),
            Literal(((1, 2), (3,))),
            Literal((1, (2,))),
            Literal((True,)),
            Literal("1"),
            Literal([1]),
            Literal(10**400),
            Zeros((-1,)),
            Zeros((2.0,)),
            Zeros((10_000, 10_000)),
            Normal((2,), -1),
            Normal((2,), 0, math.nan),
            Normal((2,), 0, -1.0),
            Uniform((2,), 0, -1e308, 1e308),
            DatasetPart("boston", "rows"),
        )
    ),
    *(
        SetTraining(None, settings)
        for settings in (
            TrainingRecord(learning_rate=0),
            TrainingRecord(learning_rate=math.nan),
            TrainingRecord(epochs=0),
            TrainingRecord(epochs=1.5),
            TrainingRecord(batch_size=-1),
            TrainingRecord(seed=-1),
            TrainingRecord(seed=True),
        )
    ),
]


@pytest.mark.parametrize("edit", ILLEGAL, ids=lambda edit: str(edit)[:80])
def test_what_no_file_could_hold_is_refused_in_one_sentence(document: GraphDocument, edit: Edit) -> None:
    assert "\n" not in refusal(document, edit)


def test_a_cycle_may_be_drawn(document: GraphDocument) -> None:
    document.apply(Connect("m", 1, "x", "s"))
    document.apply(Connect("s", 0, "m", "s"))
    assert document.nodes["s"].inputs == ("s",)


def test_no_document_grows_past_the_limits(document: GraphDocument, monkeypatch: pytest.MonkeyPatch) -> None:
    half = Zeros((limits.MAX_NUMBERS // 2,))
    document.apply(SetValue("x", Literal(1), half), SetValue("w", None, half))
    assert "numbers" in refusal(document, AddNode(NodeRecord("more", "Input", None, (), Literal(1)), 4))
    document.apply(SetValue("w", half, None))
    document.apply(AddNode(NodeRecord("more", "Input", None, (), Literal(1)), 4))
    monkeypatch.setattr("miniflow.graph.state.MAX_NODES", 5)
    assert "nodes" in refusal(document, AddNode(NodeRecord("one more", "Input"), 5))


def test_numbers_of_a_removed_node_count_no_more(document: GraphDocument) -> None:
    whole = Zeros((limits.MAX_NUMBERS - 1,))
    for _ in range(3):
        document.apply(AddNode(NodeRecord("more", "Input", None, (), whole), 4))
        document.apply(RemoveNode(NodeRecord("more", "Input", None, (), whole), 4))


def test_numbers_that_were_refused_do_not_count(document: GraphDocument) -> None:
    half = Zeros((limits.MAX_NUMBERS // 2,))
    for _ in range(3):
        refusal(document, SetValue("w", None, half), SetTitle("never", ""))
    document.apply(SetValue("w", None, half))


def test_to_dict_is_what_would_be_saved(document: GraphDocument) -> None:
    assert document.to_dict() == {
        "format": "miniflow-graph",
        "version": 1,
        "title": "before",
        "nodes": [
            {"id": "x", "type": "Input", "position": [0, 0], "value": 1},
            {"id": "w", "type": "Input", "trainable": True},
            {"id": "m", "type": "Mul", "inputs": ["x", "x"]},
            {"id": "s", "type": "Sigmoid", "inputs": ["m"]},
        ],
        "output": "s",
    }
