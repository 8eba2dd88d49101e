"""The verbs, frozen: every way in which a document can change. Each knows its inverse.

One object is the gesture's wish, the notification to the views, the undo entry and a line in a lesson. An edit that
replaces something carries both the old and the new, so that it can be checked, inverted and shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from miniflow.graph.records import NodeRecord, NoteRecord, Position, TrainingRecord, ValueRecord


@dataclass(frozen=True, slots=True)
class AddNode:
    """A node appears at ``index`` of the document's list; it may not be consumed by anything yet."""

    node: NodeRecord
    index: int

    def inverse(self) -> RemoveNode:
        """Take the node away again."""
        return RemoveNode(self.node, self.index)


@dataclass(frozen=True, slots=True)
class RemoveNode:
    """A node disappears; its consumers have been disconnected before."""

    node: NodeRecord
    index: int

    def inverse(self) -> AddNode:
        """Bring the node back to where it was."""
        return AddNode(self.node, self.index)


@dataclass(frozen=True, slots=True)
class Connect:
    """Port ``port`` of ``node`` is fed by ``new`` from now on (None: by nothing) instead of by ``old``."""

    node: str
    port: int
    old: str | None
    new: str | None

    def inverse(self) -> Connect:
        """Give the port back what fed it before."""
        return Connect(self.node, self.port, self.new, self.old)


@dataclass(frozen=True, slots=True)
class Move:
    """A node moves; None where it has not been placed."""

    node: str
    old: Position | None
    new: Position | None

    def inverse(self) -> Move:
        """Move it back."""
        return Move(self.node, self.new, self.old)


@dataclass(frozen=True, slots=True)
class SetValue:
    """An Input gets another value, or loses it."""

    node: str
    old: ValueRecord | None
    new: ValueRecord | None

    def inverse(self) -> SetValue:
        """Give the old value back."""
        return SetValue(self.node, self.new, self.old)


@dataclass(frozen=True, slots=True)
class SetTrainable:
    """An Input becomes a parameter that training changes, or stops being one."""

    node: str
    old: bool
    new: bool

    def inverse(self) -> SetTrainable:
        """Make it what it was."""
        return SetTrainable(self.node, self.new, self.old)


@dataclass(frozen=True, slots=True)
class Rename:
    """A node gets another id; wires and the document's output follow."""

    old: str
    new: str

    def inverse(self) -> Rename:
        """Give the old id back."""
        return Rename(self.new, self.old)


@dataclass(frozen=True, slots=True)
class SetOutput:
    """Another node is the one to differentiate; None: the only one that nothing consumes."""

    old: str | None
    new: str | None

    def inverse(self) -> SetOutput:
        """Choose the old one again."""
        return SetOutput(self.new, self.old)


@dataclass(frozen=True, slots=True)
class SetTitle:
    """The document gets another title."""

    old: str
    new: str

    def inverse(self) -> SetTitle:
        """Give the old title back."""
        return SetTitle(self.new, self.old)


@dataclass(frozen=True, slots=True)
class SetTraining:
    """The training settings change."""

    old: TrainingRecord | None
    new: TrainingRecord | None

    def inverse(self) -> SetTraining:
        """Give the old settings back."""
        return SetTraining(self.new, self.old)


@dataclass(frozen=True, slots=True)
class AddNote:
    """A note appears at ``index`` of the document's list: later ones lie on earlier ones."""

    note: NoteRecord
    index: int

    def inverse(self) -> RemoveNote:
        """Take the note away again."""
        return RemoveNote(self.note, self.index)


@dataclass(frozen=True, slots=True)
class RemoveNote:
    """A note disappears."""

    note: NoteRecord
    index: int

    def inverse(self) -> AddNote:
        """Bring the note back to where it was."""
        return AddNote(self.note, self.index)


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """A note gets another text, place, width or colour; its id stays."""

    old: NoteRecord
    new: NoteRecord

    def inverse(self) -> ChangeNote:
        """Make it what it was."""
        return ChangeNote(self.new, self.old)


Edit: TypeAlias = (
    AddNode
    | RemoveNode
    | Connect
    | Move
    | SetValue
    | SetTrainable
    | Rename
    | SetOutput
    | SetTitle
    | SetTraining
    | AddNote
    | RemoveNote
    | ChangeNote
)


def named_in(edit: Edit) -> tuple[str, ...]:
    """Return the nodes that an edit is about, under the names that they have after it."""
    match edit:
        case AddNode(node, _) | RemoveNode(node, _):
            return (node.id, *(source for source in node.inputs if source is not None))
        case Connect(node_id, _, old, new):
            return tuple(end for end in (node_id, old, new) if end is not None)
        case Rename(old_id, new_id):
            return (old_id, new_id)
        case Move(node_id, _, _) | SetValue(node_id, _, _) | SetTrainable(node_id, _, _):
            return (node_id,)
        case SetOutput(old_output, new_output):
            return tuple(node for node in (old_output, new_output) if node is not None)
        case SetTitle() | SetTraining() | AddNote() | RemoveNote() | ChangeNote():
            return ()
        case _:
            assert_never(edit)
