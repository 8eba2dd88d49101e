"""GraphDocument: the one truth about what the user drew. Only edits change it, all or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeAlias, assert_never

from miniflow.errors import EditError
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
from miniflow.graph.records import GraphRecord, NodeRecord, TrainingRecord

Observer: TypeAlias = Callable[[Sequence[Edit]], None]


class GraphDocument:
    """A graph that changes by edits, and tells its observers of each batch once it is complete.

    >>> from miniflow.graph.edits import AddNode
    >>> from miniflow.graph.records import NodeRecord
    >>> document = GraphDocument()
    >>> document.apply(AddNode(NodeRecord("x", "Input"), 0))
    >>> list(document.nodes)
    ['x']
    """

    def __init__(self, record: GraphRecord | None = None) -> None:
        record = record or GraphRecord()
        self._nodes: dict[str, NodeRecord] = dict(record.nodes)
        self._title = record.title
        self._output = record.output
        self._training = record.training
        self._observers: list[Observer] = []
        self._consumers: dict[str, dict[tuple[str, int], None]] = {}
        for node in self._nodes.values():
            self._index_inputs(node)

    # --- read-only views ------------------------------------------------------------------------------------------

    @property
    def nodes(self) -> Mapping[str, NodeRecord]:
        """The nodes by id, in the order of the file: a live, read-only view."""
        return MappingProxyType(self._nodes)

    @property
    def title(self) -> str:
        """The title."""
        return self._title

    @property
    def output(self) -> str | None:
        """The node that is chosen as the one to differentiate, or None."""
        return self._output

    @property
    def training(self) -> TrainingRecord | None:
        """The training settings, or None where the defaults hold."""
        return self._training

    def record(self) -> GraphRecord:
        """The whole document as it is now, frozen."""
        return GraphRecord(dict(self._nodes), self._title, self._output, self._training)

    def consumers(self, node: str) -> Sequence[tuple[str, int]]:
        """The ports that ``node`` feeds, each as (consumer, port), in the order in which they were wired."""
        return tuple(self._consumers.get(node, ()))

    def index(self, node: str) -> int:
        """The place of ``node`` in the file."""
        return list(self._nodes).index(node)

    def to_dict(self) -> dict[str, Any]:
        """What would be saved, as the plain dictionaries and lists of the file."""
        from miniflow.io.schema import to_dict

        return to_dict(self.record())

    # --- change ---------------------------------------------------------------------------------------------------

    def subscribe(self, observer: Observer) -> Callable[[], None]:
        """Have ``observer`` hear every batch of edits once it is complete; call what is returned to stop that."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer)

    def apply(self, *edits: Edit) -> None:
        """Make all of these edits, in order, or, where one does not fit, none; then EditError says which and why."""
        done: list[Edit] = []
        try:
            for edit in edits:
                self._make(edit)
                done.append(edit)
        except EditError:
            for edit in reversed(done):
                self._make(edit.inverse())
            raise
        if done:
            for observer in list(self._observers):
                observer(tuple(done))

    def _make(self, edit: Edit) -> None:
        match edit:
            case AddNode(node, index):
                self._add(node, index)
            case RemoveNode(node, index):
                self._remove(node, index)
            case Connect(node_id, port, old, new):
                self._connect(node_id, port, old, new)
            case Rename(old_id, new_id):
                self._rename(old_id, new_id)
            case Move(node_id, old_position, new_position):
                self._change(node_id, "position", old_position, new_position)
            case SetValue(node_id, old_value, new_value):
                self._change(node_id, "value", old_value, new_value)
            case SetTrainable(node_id, old_flag, new_flag):
                self._change(node_id, "trainable", old_flag, new_flag)
            case SetOutput(_, new_output):
                self._output = new_output
            case SetTitle(_, new_title):
                self._title = new_title
            case SetTraining(_, new_training):
                self._training = new_training
            case _:
                assert_never(edit)

    def _node(self, node_id: str) -> NodeRecord:
        try:
            return self._nodes[node_id]
        except KeyError:
            raise EditError("There is no node {node} any more.", node=node_id) from None

    def _change(self, node_id: str, key: str, old: object, new: object) -> None:
        node = self._node(node_id)
        if getattr(node, key) != old:
            raise EditError("{node} has changed in the meantime: try again.", node=node_id)
        self._nodes[node_id] = replace(node, **{key: new})  # type: ignore[arg-type]

    def _add(self, node: NodeRecord, index: int) -> None:
        if node.id in self._nodes:
            raise EditError("There is a node {node} already: choose another name.", node=node.id)
        for source in node.inputs:
            if source is not None and source != node.id:
                self._node(source)
        if index == len(self._nodes):
            self._nodes[node.id] = node
        else:
            items = list(self._nodes.items())
            items.insert(index, (node.id, node))
            self._reorder(dict(items))
        self._index_inputs(node)

    def _remove(self, node: NodeRecord, index: int) -> None:
        if self._node(node.id) != node or self.index(node.id) != index:
            raise EditError("{node} has changed in the meantime: try again.", node=node.id)
        if any(consumer != node.id for consumer, _ in self.consumers(node.id)):
            raise EditError("{node} still feeds other nodes: disconnect them first.", node=node.id)
        for port, source in enumerate(node.inputs):
            if source is not None:
                del self._consumers[source][node.id, port]
        del self._nodes[node.id]

    def _reorder(self, nodes: dict[str, NodeRecord]) -> None:
        self._nodes.clear()
        self._nodes.update(nodes)

    def _connect(self, node_id: str, port: int, old: str | None, new: str | None) -> None:
        node = self._node(node_id)
        inputs = [*node.inputs, *[None] * (port + 1 - len(node.inputs))]
        if inputs[port] != old:
            raise EditError("Another wire has come to {node} in the meantime: try again.", node=node_id)
        if new is not None:
            self._node(new)
            self._consumers.setdefault(new, {})[node_id, port] = None
        if old is not None:
            del self._consumers[old][node_id, port]
        inputs[port] = new
        while inputs and inputs[-1] is None:
            inputs.pop()
        self._nodes[node_id] = replace(node, inputs=tuple(inputs))

    def _rename(self, old: str, new: str) -> None:
        self._node(old)
        if new in self._nodes:
            raise EditError("There is a node {node} already: choose another name.", node=new)
        affected = {old, *(consumer for consumer, _ in self.consumers(old))}
        renamed = {
            (new if id == old else id): (self._with_renamed(node, old, new) if id in affected else node)
            for id, node in self._nodes.items()
        }
        self._reorder(renamed)
        if self._output == old:
            self._output = new
        self._consumers.clear()
        for node in self._nodes.values():
            self._index_inputs(node)

    @staticmethod
    def _with_renamed(node: NodeRecord, old: str, new: str) -> NodeRecord:
        inputs = tuple(new if source == old else source for source in node.inputs)
        return replace(node, id=new if node.id == old else node.id, inputs=inputs)

    def _index_inputs(self, node: NodeRecord) -> None:
        for port, source in enumerate(node.inputs):
            if source is not None:
                self._consumers.setdefault(source, {})[node.id, port] = None
