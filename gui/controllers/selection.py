"""Which nodes and wires are selected, for every view alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal

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

    def rename(self, old: str, new: str) -> None:
        """Follow a node that was renamed."""
        self.select(
            [new if node == old else node for node in self._nodes],
            [(new if s == old else s, new if c == old else c, port) for s, c, port in self._wires],
        )
