"""Which nodes, wires and notes are selected, for every view alike."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Signal

from miniflow.graph.edits import AddNode, AddNote, Connect, Edit

if TYPE_CHECKING:
    from miniflow.graph.document import GraphDocument

Wire: TypeAlias = tuple[str, str, int]
"""A wire: its source, its consumer, and the consumer's port."""
Chosen: TypeAlias = tuple[tuple[str, ...], tuple[Wire, ...], tuple[str, ...]]
"""Nodes, wires and notes that are, or were, selected together."""

_REMEMBERED = 100


class Selection(QObject):
    """The selected nodes, in the order in which they were selected, and the selected wires and notes."""

    changed = Signal()
    chosen_again = Signal()
    """The person has selected just what was selected already."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes: dict[str, None] = {}
        self._wires: dict[Wire, None] = {}
        self._notes: dict[str, None] = {}
        self._earlier: deque[Chosen] = deque(maxlen=_REMEMBERED)

    @property
    def nodes(self) -> tuple[str, ...]:
        """The selected nodes."""
        return tuple(self._nodes)

    @property
    def wires(self) -> tuple[Wire, ...]:
        """The selected wires."""
        return tuple(self._wires)

    @property
    def notes(self) -> tuple[str, ...]:
        """The selected notes."""
        return tuple(self._notes)

    @property
    def chosen(self) -> Chosen:
        """All that is selected."""
        return self.nodes, self.wires, self.notes

    @property
    def is_empty(self) -> bool:
        """Whether nothing is selected."""
        return not (self._nodes or self._wires or self._notes)

    @property
    def current_note(self) -> str | None:
        """The note selected last, where no node is selected beside it."""
        return None if self._nodes else next(reversed(self._notes), None)

    @property
    def current(self) -> str | None:
        """The node selected last, which panels about one node show; None where none is."""
        return next(reversed(self._nodes), None)

    def select(self, nodes: Iterable[str] = (), wires: Iterable[Wire] = (), notes: Iterable[str] = ()) -> None:
        """Select exactly these, as the person wants it."""
        if not self._change(nodes, wires, notes):
            self.chosen_again.emit()

    def _change(self, nodes: Iterable[str] = (), wires: Iterable[Wire] = (), notes: Iterable[str] = ()) -> bool:
        before = self.chosen
        self._nodes, self._wires, self._notes = dict.fromkeys(nodes), dict.fromkeys(wires), dict.fromkeys(notes)
        if self.chosen == before:
            return False
        self._earlier.append(before)
        self.changed.emit()
        return True

    def begin_anew(self) -> None:
        """Select nothing, and have nothing to go back to: another document is shown."""
        self._change()
        self._earlier.clear()

    def keep_to(self, document: GraphDocument) -> None:
        """Let go of nodes, wires and notes that are no longer there."""
        self._change(*_still_there(self.chosen, document))

    def go_back(self, document: GraphDocument) -> None:
        """Where all that was selected has gone, select what was selected before it, and is still there."""
        while self.is_empty and self._earlier:
            chosen = self._earlier.pop()
            there = _still_there(chosen, document)
            if any(there):
                self._change(*there)
                self._earlier.pop()  # what was selected in between is nothing to go back to
            elif not any(chosen):
                break

    def select_what_came(self, edits: Iterable[Edit], document: GraphDocument) -> None:
        """Select the nodes and notes that some edits brought, or else the wires, if they brought any."""
        edits = list(edits)
        nodes = [edit.node.id for edit in edits if isinstance(edit, AddNode) and edit.node.id in document.nodes]
        notes = [edit.note.id for edit in edits if isinstance(edit, AddNote) and edit.note.id in document.notes]
        connected = [edit for edit in edits if isinstance(edit, Connect) and edit.new is not None]
        wires = [(edit.new, edit.node, edit.port) for edit in connected if edit.new is not None]
        wires = [wire for wire in wires if _is_there(wire, document)]
        if nodes or notes or wires:
            self._change(nodes, () if nodes or notes else wires, notes)

    def rename(self, old: str, new: str) -> None:
        """Follow a node that was renamed."""
        self._change(
            [new if node == old else node for node in self._nodes],
            [(new if s == old else s, new if c == old else c, port) for s, c, port in self._wires],
            self._notes,
        )


def _still_there(chosen: Chosen, document: GraphDocument) -> Chosen:
    nodes, wires, notes = chosen
    return (
        tuple(node for node in nodes if node in document.nodes),
        tuple(wire for wire in wires if _is_there(wire, document)),
        tuple(note for note in notes if note in document.notes),
    )


def _is_there(wire: Wire, document: GraphDocument) -> bool:
    source, consumer, port = wire
    inputs = document.nodes[consumer].inputs if consumer in document.nodes else ()
    return port < len(inputs) and inputs[port] == source
