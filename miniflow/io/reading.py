"""From plain dictionaries and lists to a document: types by msgspec, and what types cannot say by hand."""

from __future__ import annotations

from typing import Any

import msgspec

from miniflow.errors import FileFormatError, Sentence, counted
from miniflow.graph.bounds import MAX_NUMBERS, MAX_PORTS
from miniflow.graph.limits import (
    name_fault,
    number_count,
    position_fault,
    training_fault,
    value_fault,
)
from miniflow.graph.note_limits import note_fault
from miniflow.graph.records import (
    GraphRecord,
    Literal,
    Nested,
    NodeRecord,
    NoteRecord,
    TrainingRecord,
    ValueRecord,
)
from miniflow.graph.signatures import is_input, is_known, most_ports
from miniflow.io import file_types
from miniflow.io.faults import fault_at, fault_in, shortened


def record_of(plain: dict[str, Any]) -> GraphRecord:
    """Turn a document of this version into a record, or raise FileFormatError."""
    try:
        document = msgspec.convert(plain, file_types.Document)
    except msgspec.ValidationError as error:
        raise fault_at(str(error), plain) from None
    nodes = _Nodes(plain, document).read()
    output = None if document.output is msgspec.UNSET else document.output
    if output is not None and (fault := name_fault(output)):
        raise fault_in(plain, "output", fault)
    return GraphRecord(nodes, document.title, output, _training(plain, document), _notes(plain, document))


def _notes(plain: dict[str, Any], document: file_types.Document) -> dict[str, NoteRecord]:
    notes: dict[str, NoteRecord] = {}
    for index, written in enumerate(document.notes):
        note = NoteRecord(written.id, written.text, written.position, written.width, written.colour)
        if fault := note_fault(note):
            raise fault_in(plain, f"notes[{index}].{fault[0]}", fault[1])
        if note.id in notes:
            first = Sentence(
                "Note {first} has this id too: give one of them another.", {"first": list(notes).index(note.id)}
            )
            raise fault_in(plain, f"notes[{index}].id", first)
        notes[note.id] = note
    return notes


def _training(plain: dict[str, Any], document: file_types.Document) -> TrainingRecord | None:
    training = document.training
    if isinstance(training, msgspec.UnsetType):
        return None
    if fault := training_fault(training):
        raise fault_in(plain, "training", fault)
    return training


class _Nodes:
    """The list of nodes of one file, on its way into records."""

    def __init__(self, plain: dict[str, Any], document: file_types.Document) -> None:
        self._plain = plain
        self._file_nodes = document.nodes
        self._ids: dict[str, int] = {}
        self._numbers = 0

    def read(self) -> dict[str, NodeRecord]:
        for index, node in enumerate(self._file_nodes):
            if fault := name_fault(node.id):
                raise self._fault(index, "id", fault)
            if node.id in self._ids:
                raise self._fault(
                    index,
                    "id",
                    Sentence("Node {first} has this id too: give one of them another.", {"first": self._ids[node.id]}),
                )
            self._ids[node.id] = index
        return {node.id: self._record(index, node) for index, node in enumerate(self._file_nodes)}

    def _record(self, index: int, node: file_types.FileNode) -> NodeRecord:
        if not is_known(node.type):
            raise self._fault(index, "type", Sentence("There is no node class {type}.", {"type": shortened(node.type)}))
        if not is_input(node.type) and (node.value is not msgspec.UNSET or node.trainable):
            key = "trainable" if node.value is msgspec.UNSET else "value"
            raise self._fault(index, key, Sentence("Only an Input has this key: take it out."))
        position = None if isinstance(node.position, msgspec.UnsetType) else node.position
        if position is not None and (fault := position_fault(position)):
            raise self._fault(index, "position", fault)
        value = None if node.value is msgspec.UNSET else self._value(index, node.value)
        return NodeRecord(node.id, node.type, position, self._inputs(index, node), value, node.trainable)

    def _inputs(self, index: int, node: file_types.FileNode) -> tuple[str | None, ...]:
        inputs = [] if isinstance(node.inputs, msgspec.UnsetType) else list(node.inputs)
        for port, source in enumerate(inputs):
            if source is not None and source not in self._ids:
                raise self._fault(
                    index, f"inputs[{port}]", Sentence("There is no node {source}.", {"source": shortened(source)})
                )
        while inputs and inputs[-1] is None:
            inputs.pop()
        most = min(most_ports(node.type), MAX_PORTS)
        if len(inputs) > most:
            raise self._fault(
                index,
                "inputs",
                Sentence(
                    "{type} has {most}, but {came}.",
                    {
                        "type": node.type,
                        "most": counted(most, "1 input port", "{count} input ports"),
                        "came": counted(len(inputs), "1 wire comes", "{count} wires come"),
                    },
                ),
            )
        return tuple(inputs)

    def _value(self, index: int, plain_value: Any) -> ValueRecord:
        if isinstance(plain_value, dict):
            value = self._form(index, plain_value)
        elif isinstance(plain_value, (list, int, float)) and not isinstance(plain_value, bool):
            value = Literal(_tuples(plain_value))
        else:
            raise self._fault(index, "value", Sentence("A value is a number, nested lists of numbers, or an object."))
        if fault := value_fault(value):
            raise self._fault(index, "value", fault)
        self._numbers += number_count(value)
        if self._numbers > MAX_NUMBERS:
            raise self._fault(
                index,
                "value",
                Sentence("The document holds more than {limit} numbers from here on.", {"limit": MAX_NUMBERS}),
            )
        return value

    def _form(self, index: int, plain_value: dict[str, Any]) -> ValueRecord:
        keys = [key for key in file_types.VALUE_FORMS if key in plain_value]
        if len(keys) != 1:
            forms = ", ".join(file_types.VALUE_FORMS)
            sentence = Sentence("An object here has exactly one of the keys {keys}.", {"keys": forms})
            raise self._fault(index, "value", sentence)
        try:
            return msgspec.convert(plain_value, file_types.VALUE_FORMS[keys[0]])
        except msgspec.ValidationError as error:
            raise fault_at(str(error), self._plain, f"nodes[{index}].value") from None

    def _fault(self, index: int, key: str, fault: Sentence) -> FileFormatError:
        return fault_in(self._plain, f"nodes[{index}].{key}", fault)


def _tuples(plain: Any) -> Nested:
    """Turn nested lists into nested tuples; what is no number stays, to be found by value_fault()."""
    if type(plain) is not list:
        return plain  # type: ignore[no-any-return]
    return tuple(map(_tuples, plain)) if list in set(map(type, plain)) else tuple(plain)
