"""What an edit may not do: whatever is drawn can be saved, and what is saved can be opened again."""

from __future__ import annotations

from typing import TypeVar

from miniflow.errors import EditError, Sentence
from miniflow.graph.limits import name_fault, position_fault, training_fault, value_fault
from miniflow.graph.records import NodeRecord, Position, TrainingRecord, ValueRecord

T = TypeVar("T")


def check_name(name: str | None) -> None:
    """Refuse a name that no node can have; None, for no node, is fine."""
    if name is not None:
        _refuse(name_fault(name))


def check_position(position: Position | None) -> None:
    """Refuse a position that is nowhere."""
    if position is not None:
        _refuse(position_fault(position))


def check_value(node: NodeRecord, value: ValueRecord | None) -> None:
    """Refuse a value that cannot be kept, and any on a node that computes its own."""
    if value is None:
        return
    _check_is_input(node)
    _refuse(value_fault(value))


def check_trainable(node: NodeRecord, trainable: bool) -> None:
    """Refuse to train a node that computes its value."""
    if trainable:
        _check_is_input(node)


def check_training(training: TrainingRecord | None) -> None:
    """Refuse settings that are out of range."""
    if training is not None:
        _refuse(training_fault(training))


def check_title(title: str) -> None:
    """Refuse a title that no file can hold."""
    try:
        title.encode()
    except UnicodeEncodeError:
        raise EditError("The title has half a character in it: take it out.") from None


def check_port(node: NodeRecord, port: int) -> None:
    """Refuse a port that the node does not have."""
    from miniflow.graph.signatures import is_input, most_ports

    if is_input(node.type):
        raise EditError("{node} is an Input: it holds a value of its own, and takes no wires.", node=node.id)
    if not 0 <= port < most_ports(node.type):
        raise EditError("{node} has no port {port}.", node=node.id, port=port + 1)


def check_new(node: NodeRecord) -> None:
    """Refuse a node that no file can hold, whatever else is in the document."""
    from miniflow.graph.signatures import is_known

    check_name(node.id)
    if not is_known(node.type):
        raise EditError("There is no node class {type}.", type=node.type)
    check_position(node.position)
    check_value(node, node.value)
    check_trainable(node, node.trainable)
    if node.inputs:
        check_port(node, len(node.inputs) - 1)
        if node.inputs[-1] is None:
            raise EditError("The inputs of {node} end in a free port: leave it out.", node=node.id)


def check_same(what: str, there: T, expected: T) -> T:
    """Refuse an edit that was made for another state; return what is there, to be given back by an undo."""
    if there is not expected and there != expected:
        raise EditError("{what} has changed in the meantime: try again.", what=what)
    return there


def _check_is_input(node: NodeRecord) -> None:
    from miniflow.graph.signatures import is_input

    if not is_input(node.type):
        raise EditError("{node} computes its value: only an Input can be given one, or be trained.", node=node.id)


def _refuse(fault: Sentence | None) -> None:
    if fault is not None:
        raise EditError(fault.template, **fault.fields)
