"""The kinds of parts that assistive technology meets on the canvas: nodes with their ports, wires and notes.

Nodes and wires are items of a list: screen readers say the name, the description and whether it is selected, which they
leave out for a mere picture. Ports are buttons inside their node.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible, QAccessibleInterface

from gui.canvas.hits import OUT, Port
from gui.canvas.parts import Part
from gui.canvas.ports import ports_of
from miniflow.overriding import override

if TYPE_CHECKING:
    from gui.canvas.graph_interface import GraphInterface

_PORT_REACH = 9.0
"""Half the side of the square that a port is said to take up."""


class NodePart(Part):
    """A node; its children are its ports."""

    def __init__(self, graph: GraphInterface, node: str) -> None:
        super().__init__(graph, node)
        self._node = node

    @override
    def is_there(self) -> bool:
        return self._node in self._canvas.workspace.document.nodes and self._node in self._canvas.mirror.nodes

    @override
    def is_selected(self) -> bool:
        return self._node in self._selection.nodes

    @override
    def area(self) -> QRectF:
        return self._canvas.mirror.nodes[self._node].card_rect()

    @override
    def words(self, kind: QAccessible.Text) -> str:
        if kind == QAccessible.Text.Name:
            return self._graph.spoken.node(self._node)
        if kind == QAccessible.Text.Description:
            return self._graph.spoken.about_node(self._node)
        return self._graph.spoken.numbers(self._node) if kind == QAccessible.Text.Value else ""

    @override
    def choose(self) -> None:
        self._selection.select((self._node,))

    @override
    def childCount(self) -> int:
        return len(self._ports())

    @override
    def child(self, index: int) -> QAccessibleInterface:
        ports = self._ports()
        is_one = 0 <= index < len(ports)
        return self._graph.part(PortPart, self._node, ports[index]) if is_one else None  # type: ignore[return-value]

    @override
    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        ports = [self._graph.part(PortPart, self._node, port) for port in self._ports()]
        return next((port for port in ports if port.rect().contains(x, y)), None)  # type: ignore[return-value]

    @override
    def indexOfChild(self, arg__1: QAccessibleInterface) -> int:
        if not isinstance(arg__1, PortPart) or arg__1.node != self._node:
            return -1
        ports = self._ports()
        return ports.index(arg__1.port) if arg__1.port in ports else -1

    def _ports(self) -> list[Port]:
        if not self.isValid():
            return []
        return [*range(len(ports_of(self._canvas.workspace.document.nodes[self._node]))), OUT]


class PortPart(Part):
    """A port of a node, numbered as on the canvas, or ``"out"``."""

    kind = QAccessible.Role.Button

    def __init__(self, graph: GraphInterface, node: str, port: Port) -> None:
        super().__init__(graph, node, port)
        self.node, self.port = node, port

    @override
    def is_there(self) -> bool:
        item = self._canvas.mirror.nodes.get(self.node)
        record = self._canvas.workspace.document.nodes.get(self.node)
        if item is None or record is None:
            return False
        return self.port == OUT or int(self.port) < min(len(item.card.ports), len(ports_of(record)))

    @override
    def is_selected(self) -> bool:
        return False

    @override
    def area(self) -> QRectF:
        item = self._canvas.mirror.nodes[self.node]
        middle = item.out_port() if self.port == OUT else item.in_port(int(self.port))
        return QRectF(middle.x() - _PORT_REACH, middle.y() - _PORT_REACH, 2 * _PORT_REACH, 2 * _PORT_REACH)

    @override
    def words(self, kind: QAccessible.Text) -> str:
        if kind != QAccessible.Text.Name:
            return ""
        spoken = self._graph.spoken
        return spoken.out_port(self.node) if self.port == OUT else spoken.port(self.node, int(self.port))

    @override
    def parent(self) -> QAccessibleInterface:
        return self._graph.part(NodePart, self.node) if self.isValid() else None  # type: ignore[return-value]

    @override
    def choose(self) -> None:
        """Select the wire that ends here, or else the node."""
        wire = self._canvas.mirror.wires.get((self.node, int(self.port))) if self.port != OUT else None
        if wire is not None:
            self._selection.select((), [(wire.source, self.node, wire.port)])
        else:
            self._selection.select((self.node,))


class WirePart(Part):
    """The wire into a port."""

    def __init__(self, graph: GraphInterface, consumer: str, port: int) -> None:
        super().__init__(graph, consumer, port)
        self._consumer, self._port = consumer, port

    @override
    def is_there(self) -> bool:
        return (self._consumer, self._port) in self._canvas.mirror.wires and self._source() is not None

    @override
    def is_selected(self) -> bool:
        return any((consumer, port) == (self._consumer, self._port) for _, consumer, port in self._selection.wires)

    @override
    def area(self) -> QRectF:
        return self._canvas.mirror.wires[self._consumer, self._port].path().controlPointRect()

    @override
    def words(self, kind: QAccessible.Text) -> str:
        return self._graph.spoken.wire(self._consumer, self._port) if kind == QAccessible.Text.Name else ""

    @override
    def choose(self) -> None:
        source = self._source()
        if source is not None:
            self._selection.select((), [(source, self._consumer, self._port)])

    def _source(self) -> str | None:
        record = self._canvas.workspace.document.nodes.get(self._consumer)
        return record.inputs[self._port] if record is not None and self._port < len(record.inputs) else None


class NotePart(Part):
    """A note."""

    kind = QAccessible.Role.Note

    def __init__(self, graph: GraphInterface, note: str) -> None:
        super().__init__(graph, note)
        self._note = note

    @override
    def is_there(self) -> bool:
        return self._note in self._canvas.workspace.document.notes and self._note in self._canvas.mirror.notes.items

    @override
    def is_selected(self) -> bool:
        return self._note in self._selection.notes

    @override
    def area(self) -> QRectF:
        return self._canvas.mirror.notes.items[self._note].sheet()

    @override
    def words(self, kind: QAccessible.Text) -> str:
        return self._graph.spoken.note(self._note) if kind == QAccessible.Text.Name else ""

    @override
    def choose(self) -> None:
        self._selection.select((), (), (self._note,))
