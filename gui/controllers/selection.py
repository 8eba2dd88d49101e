"""Which nodes and wires are selected, for every view alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Signal

from miniflow.graph.edits import AddNode, Connect, Edit

if TYPE_CHECKING:
    from miniflow.graph.document import GraphDocument

Wire: TypeAlias = tuple[str, str, int]
"""A wire: its source, its consumer, and the consumer's port."""


class Selection(QObject):
    """The selected nodes, in the order in which they were selected, and the selected wires."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._nodes: dict[str, None] = {}
        self._wires: dict[Wire, None] = {}

    @property
    def nodes(self) -> tuple[str, ...]:
        """The selected nodes."""
        return tuple(self._nodes)

    @property
    def wires(self) -> tuple[Wire, ...]:
        """The selected wires."""
        return tuple(self._wires)

    @property
    def current(self) -> str | None:
        """The node selected last, which panels about one node show; None where none is."""
        return next(reversed(self._nodes), None)

    def select(self, nodes: Iterable[str] = (), wires: Iterable[Wire] = ()) -> None:
        """Select exactly these."""
        new_nodes, new_wires = dict.fromkeys(nodes), dict.fromkeys(wires)
        if (list(new_nodes), list(new_wires)) != (list(self._nodes), list(self._wires)):
            self._nodes, self._wires = new_nodes, new_wires
            self.changed.emit()

    def keep_to(self, document: GraphDocument) -> None:
        """Let go of nodes and wires that are no longer there."""
        self.select(
            (node for node in self._nodes if node in document.nodes),
            (wire for wire in self._wires if _is_there(wire, document)),
        )

    def select_what_came(self, edits: Iterable[Edit], document: GraphDocument) -> None:
        """Select the nodes that some edits brought, or else the wires; where they brought none, nothing changes."""
        edits = list(edits)
        nodes = [edit.node.id for edit in edits if isinstance(edit, AddNode) and edit.node.id in document.nodes]
        connected = [edit for edit in edits if isinstance(edit, Connect) and edit.new is not None]
        wires = [(edit.new, edit.node, edit.port) for edit in connected if edit.new is not None]
        wires = [wire for wire in wires if _is_there(wire, document)]
        if nodes or wires:
            self.select(nodes, () if nodes else wires)

    def rename(self, old: str, new: str) -> None:
        """Follow a node that was renamed."""
        self.select(
            [new if node == old else node for node in self._nodes],
            [(new if s == old else s, new if c == old else c, port) for s, c, port in self._wires],
        )


def _is_there(wire: Wire, document: GraphDocument) -> bool:
    source, consumer, port = wire
    inputs = document.nodes[consumer].inputs if consumer in document.nodes else ()
    return port < len(inputs) and inputs[port] == source
