"""What a document holds at this moment, and each edit made on it: checked first, then made, and never half."""

from __future__ import annotations

from typing import TypeVar, assert_never

from miniflow.errors import EditError
from miniflow.graph import checks, note_list
from miniflow.graph.bounds import MAX_NODES, MAX_NUMBERS
from miniflow.graph.edits import (
    AddNode,
    AddNote,
    ChangeNote,
    Connect,
    Edit,
    Move,
    RemoveNode,
    RemoveNote,
    Rename,
    SetOutput,
    SetTitle,
    SetTrainable,
    SetTraining,
    SetValue,
)
from miniflow.graph.limits import number_count
from miniflow.graph.node_list import NodeList
from miniflow.graph.records import GraphRecord, NodeRecord, ValueRecord, replace

T = TypeVar("T")


class DocumentState:
    """The content of a document, changed edit by edit. Only GraphDocument has one: everybody else asks that."""

    def __init__(self, record: GraphRecord) -> None:
        self.nodes = NodeList(record.nodes.values())
        self.title = record.title
        self.output = record.output
        self.training = record.training
        self.notes = note_list.frozen(record.notes)
        self._numbers = sum(number_count(node.value) for node in record.nodes.values())

    def record(self) -> GraphRecord:
        """The content as it is now, frozen."""
        return GraphRecord(self.nodes.copy(), self.title, self.output, self.training, self.notes)

    def make(self, edit: Edit) -> tuple[Edit, ...]:
        """Make one edit, and return what was made: with the very objects that were replaced, not only equal ones."""
        match edit:
            case AddNode(node, index):
                self._add(node, index)
            case RemoveNode(node, index):
                return (RemoveNode(self._remove(node, index), index),)
            case Connect(node_id, port, old_source, new_source):
                self._connect(node_id, port, old_source, new_source)
            case Rename(old_id, new_id):
                return self._rename(old_id, new_id)
            case Move(id, old, new):
                checks.check_position(new)
                return (Move(id, self._change(id, "position", old, new), new),)
            case SetValue(id, old_value, new_value):
                return (SetValue(id, self._set_value(id, old_value, new_value), new_value),)
            case SetTrainable(id, old_flag, new_flag):
                checks.check_trainable(self._node(id), new_flag)
                self._change(id, "trainable", old_flag, new_flag)
            case SetOutput(old_output, new_output):
                checks.check_name(new_output)
                checks.check_same("output", self.output, old_output)
                self.output = new_output
            case SetTitle(old_title, new_title):
                checks.check_title(new_title)
                checks.check_same("title", self.title, old_title)
                self.title = new_title
            case SetTraining(old_training, new_training):
                checks.check_training(new_training)
                kept = checks.check_same("training settings", self.training, old_training)
                self.training = new_training
                return (SetTraining(kept, new_training),)
            case AddNote() | RemoveNote() | ChangeNote():
                edit = self._annotate(edit)
            case _:
                assert_never(edit)
        return (edit,)

    def _annotate(self, edit: AddNote | RemoveNote | ChangeNote) -> Edit:
        match edit:
            case AddNote(note, index):
                self.notes = note_list.with_note(self.notes, note, index)
            case RemoveNote(note, index):
                self.notes, kept = note_list.without_note(self.notes, note, index)
                return RemoveNote(kept, index)
            case ChangeNote(old, new):
                self.notes, kept = note_list.with_change(self.notes, old, new)
                return ChangeNote(kept, new)
        return edit

    def _node(self, node_id: str) -> NodeRecord:
        try:
            return self.nodes[node_id]
        except KeyError:
            raise EditError("There is no node {node} any more.", node=node_id) from None

    def _change(self, node_id: str, key: str, old: T, new: T) -> T:
        node = self._node(node_id)
        kept: T = checks.check_same(node_id, getattr(node, key), old)
        self.nodes.change(replace(node, **{key: new}))
        return kept

    def _set_value(self, id: str, old: ValueRecord | None, new: ValueRecord | None) -> ValueRecord | None:
        checks.check_value(self._node(id), new)
        numbers = self._numbers_with(number_count(new) - number_count(self._node(id).value))
        kept = self._change(id, "value", old, new)
        self._numbers = numbers
        return kept

    def _numbers_with(self, added: int) -> int:
        if added > 0 and self._numbers + added > MAX_NUMBERS:
            raise EditError("A document holds {limit} numbers at the most: make a value smaller.", limit=MAX_NUMBERS)
        return self._numbers + added

    def _add(self, node: NodeRecord, index: int) -> None:
        checks.check_new(node)
        if node.id in self.nodes:
            raise EditError("There is a node {node} already: choose another name.", node=node.id)
        if len(self.nodes) >= MAX_NODES:
            raise EditError("A document holds {limit} nodes at the most: remove one first.", limit=MAX_NODES)
        if not 0 <= index <= len(self.nodes):
            raise EditError("{node} cannot be added at place {index}: try again.", node=node.id, index=index)
        for source in node.inputs:
            if source is not None and source != node.id:
                self._node(source)
        self._numbers = self._numbers_with(number_count(node.value))
        self.nodes.insert(node, index)

    def _remove(self, node: NodeRecord, index: int) -> NodeRecord:
        kept = checks.check_same(node.id, self._node(node.id), node)
        if not self.nodes.stands_at(node.id, index):
            raise EditError("{node} has changed in the meantime: try again.", node=node.id)
        if any(consumer != node.id for consumer, _ in self.nodes.consumers(node.id)):
            raise EditError("{node} still feeds other nodes: disconnect them first.", node=node.id)
        self._numbers -= number_count(kept.value)
        self.nodes.remove(node.id, index)
        return kept

    def _connect(self, node_id: str, port: int, old: str | None, new: str | None) -> None:
        node = self._node(node_id)
        checks.check_port(node, port)
        inputs = [*node.inputs, *[None] * (port + 1 - len(node.inputs))]
        if inputs[port] != old:
            raise EditError("Another wire has come to {node} in the meantime: try again.", node=node_id)
        if new is not None:
            self._node(new)
        inputs[port] = new
        while inputs and inputs[-1] is None:
            inputs.pop()
        self.nodes.change(replace(node, inputs=tuple(inputs)))

    def _rename(self, old: str, new: str) -> tuple[Edit, ...]:
        self._node(old)
        checks.check_name(new)
        if new in self.nodes:
            raise EditError("There is a node {node} already: choose another name.", node=new)
        self.nodes.rename(old, new)
        if self.output == new:  # it named a node that did not exist, and must do so again when this is taken back
            return (SetOutput(new, None), Rename(old, new), SetOutput(None, new))
        if self.output == old:
            self.output = new
        return (Rename(old, new),)
