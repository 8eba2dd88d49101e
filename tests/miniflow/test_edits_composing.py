"""Gestures as edits: one undo step each, and whatever they touch is given back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from miniflow import Add
from miniflow.graph import composing, layering
from miniflow.graph.document import GraphDocument
from miniflow.graph.edits import Edit, Rename, SetTrainable, SetValue
from miniflow.graph.limits import name_fault
from miniflow.graph.naming import fresh_id
from miniflow.graph.records import GraphRecord, Literal, NodeRecord, Normal, Zeros
from miniflow.io.schema import to_text
from tests.miniflow.drawings import names, records


def drawn(*nodes: NodeRecord, output: str | None = None) -> GraphDocument:
    return GraphDocument(GraphRecord({node.id: node for node in nodes}, output=output))


@pytest.fixture
def neuron() -> GraphDocument:
    return drawn(
        NodeRecord("X", "Input", (0, 0)),
        NodeRecord("W", "Input", (0, 100)),
        NodeRecord("b", "Input"),
        NodeRecord("l", "Linear", (200, 0), ("X", "W", "b")),
        NodeRecord("s", "Sigmoid", (400, 0), ("l",)),
        output="s",
    )


def wires(document: GraphDocument) -> dict[str, tuple[str | None, ...]]:
    return {id: node.inputs for id, node in document.nodes.items() if node.inputs}


def undo(document: GraphDocument, made: tuple[Edit, ...]) -> None:
    document.apply(*(edit.inverse() for edit in reversed(made)))


def test_a_new_node_gets_the_next_free_name_as_short_as_in_the_lesson(neuron: GraphDocument) -> None:
    for type_name in ("Linear", "Linear", "Input", "Input", "Sigmoid", "Tanh", "MSE", "MSE"):
        neuron.apply(*composing.add_node(neuron, type_name, (0, 0), layering.wished_name(neuron, type_name)))
    assert list(neuron.nodes)[-8:] == ["l1", "l2", "x", "y", "s1", "tanh1", "cost", "cost2"]


def test_removing_nodes_takes_their_wires_and_their_being_the_output_along(neuron: GraphDocument) -> None:
    before = to_text(neuron.record())
    made = neuron.apply(*composing.remove(neuron, ["W", "s"]))
    assert list(neuron.nodes) == ["X", "b", "l"]
    assert wires(neuron) == {"l": ("X", None, "b")}
    assert neuron.output is None
    undo(neuron, made)
    assert to_text(neuron.record()) == before


def test_removing_a_wire_and_a_node_at_its_end_counts_once(neuron: GraphDocument) -> None:
    neuron.apply(*composing.remove(neuron, ["l", "l", "nobody"], [("l", 0), ("s", 0)]))
    assert wires(neuron) == {}


@settings(max_examples=100, deadline=None)
@given(records(), st.data())
def test_whatever_is_removed_comes_back_byte_for_byte(record, data) -> None:
    document = GraphDocument(record)
    before = to_text(record)
    chosen = data.draw(st.sets(st.sampled_from(list(record.nodes)))) if record.nodes else set()
    made = document.apply(*composing.remove(document, chosen))
    assert chosen.isdisjoint(document.nodes)
    undo(document, made)
    assert to_text(document.record()) == before


def test_a_wire_replaces_the_one_that_was_there(neuron: GraphDocument) -> None:
    made = neuron.apply(*composing.connect(neuron, "b", "l", 1))
    assert wires(neuron)["l"] == ("X", "b", "b")
    undo(neuron, made)
    assert wires(neuron)["l"] == ("X", "W", "b")
    assert composing.connect(neuron, "W", "l", 1) == ()


def test_disconnecting_the_same_wire_twice_does_it_once(neuron: GraphDocument) -> None:
    neuron.apply(*composing.disconnect(neuron, [("l", 2), ("l", 2), ("s", 0)]))
    assert wires(neuron) == {"l": ("X", "W")}


def test_only_what_really_moves_is_moved(neuron: GraphDocument) -> None:
    edits = composing.move(neuron, {"X": (0, 0), "W": (7, 7), "b": (1, 1)})
    assert [edit.node for edit in edits] == ["W", "b"]


def test_a_node_dropped_on_a_wire_goes_in_between(neuron: GraphDocument) -> None:
    neuron.apply(*composing.add_node(neuron, "Tanh", (300, 0), "t"))
    neuron.apply(*composing.insert_on_wire(neuron, "t", ("s", 0)))
    assert wires(neuron)["t"] == ("l",)
    assert wires(neuron)["s"] == ("t",)
    assert composing.insert_on_wire(neuron, "s", ("s", 0)) == ()


def test_copies_keep_their_wires_and_get_names_of_their_own(neuron: GraphDocument) -> None:
    neuron.apply(*composing.duplicate(neuron, ["W", "l", "s"], (10, 20)))
    assert list(neuron.nodes)[-3:] == ["W2", "l2", "s2"]
    assert wires(neuron)["l2"] == ("X", "W2", "b")
    assert wires(neuron)["s2"] == ("l2",)
    assert neuron.nodes["l2"].position == (210, 20)
    assert neuron.output == "s"


def test_copies_of_a_cycle_are_a_cycle_of_their_own() -> None:
    document = drawn(NodeRecord("a", "Sigmoid", None, ("b",)), NodeRecord("b", "Sigmoid", None, ("a",)))
    document.apply(*composing.duplicate(document, ["a", "b"], (0, 0)))
    assert wires(document) == {"a": ("b",), "b": ("a",), "a2": ("b2",), "b2": ("a2",)}


def test_a_fragment_can_be_pasted_into_another_document(neuron: GraphDocument) -> None:
    piece = composing.fragment(neuron, ["l", "s"])
    other = drawn(NodeRecord("s", "Input", value=Literal(1)))
    other.apply(*composing.paste(other, piece, (1.5, 0.0)))
    assert wires(other) == {"s2": ("l",)}
    assert other.nodes["l"].position == (201.5, 0.0)


def test_a_pasted_copy_drops_the_wires_from_outside(neuron: GraphDocument) -> None:
    neuron.apply(*composing.paste(neuron, composing.fragment(neuron, ["W", "l"])))
    assert wires(neuron)["l2"] == (None, "W2")


def test_pasted_nodes_never_take_each_others_names() -> None:
    piece = GraphRecord({id: NodeRecord(id, "Input") for id in ("l", "l2")})
    document = drawn(NodeRecord("l", "Input"))
    document.apply(*composing.paste(document, piece))
    assert list(document.nodes) == ["l", "l2", "l3"]


def test_no_input_is_ever_called_like_a_port_of_an_add() -> None:
    document = drawn()
    for _ in range(12):
        document.apply(*composing.add_node(document, "Input", (0, 0), layering.wished_name(document, "Input")))
    assert list(document.nodes) == [*"xyzuvpqr", "input1", "input2", "input3", "input4"]
    assert document.nodes.keys().isdisjoint(Add.port_names(12))


def test_a_dense_layer_brings_its_parameters_along(neuron: GraphDocument) -> None:
    made = neuron.apply(*layering.add_dense(neuron, "s", 1, 4, (600.0, 0.0), "Tanh"))
    assert list(neuron.nodes)[-4:] == ["W1", "b1", "l1", "tanh1"]
    assert neuron.nodes["W1"].value == Normal((1, 4), seed=1)
    assert neuron.nodes["b1"].value == Zeros((4,))
    assert neuron.nodes["W1"].trainable
    assert wires(neuron)["l1"] == ("s", "W1", "b1")
    neuron.apply(*layering.add_dense(neuron, "tanh1", 4, 1, (1000.0, 0.0)))
    assert neuron.nodes["W2"].value == Normal((4, 1), seed=2)
    assert len(made) == 4


def test_an_input_is_named_after_the_port_that_it_is_made_for(neuron: GraphDocument) -> None:
    neuron.apply(*composing.add_node(neuron, "MSE", (600, 0), "cost"), Rename("l", "l2"))
    assert [layering.name_at_port(neuron, "l2", port) for port in range(3)] == ["X", "W2", "b2"]
    assert layering.name_at_port(neuron, "cost", 0) == "y"
    assert layering.name_at_port(neuron, "s", 0) == "x"


def test_a_wire_to_a_new_node_goes_to_the_port_that_is_meant(neuron: GraphDocument) -> None:
    neuron.apply(SetTrainable("W", False, True), SetTrainable("b", False, True))
    neuron.apply(SetValue("b", None, Zeros((4,))))
    assert [layering.likely_port(neuron, node, "Linear") for node in "XWbs"] == [0, 1, 2, 0]
    assert [layering.likely_port(neuron, node, "MSE") for node in "Xs"] == [0, 1]
    assert layering.likely_port(neuron, "b", "Sub") == 0


@settings(deadline=None)
@given(st.sets(names, max_size=5), names)
def test_a_fresh_name_is_free_and_can_be_kept(taken: set[str], wish: str) -> None:
    for name in (wish, "x" * 200, "x" * 199 + "9", "9", "x0", "٣"):
        fresh = fresh_id({*taken, name}, name)
        assert fresh not in taken
        assert fresh != name
        assert name_fault(fresh) is None
