"""Connecting: wires drawn and taken away by keys, each to a port that is chosen from a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt

from gui.canvas.card_painter import PortMark
from gui.canvas.hits import OUT
from gui.canvas.ports import ports_of
from gui.widgets.sentences import say, short
from gui.widgets.wire_list import WireChoice, WireList
from miniflow.graph import composing
from miniflow.graph.new_wires import wire_warning

if TYPE_CHECKING:
    from gui.canvas.view import Canvas


class Connecting(QObject):
    """Opens the lists of wires beside the selected node, lights up the port that is looked at, and makes the edit."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._workspace = canvas.workspace
        self._source: str | None = None
        """The node from which a wire is being drawn; None while one is being taken away."""
        self._list = WireList(canvas.viewport())
        self._list.looked_at.connect(self._look)
        self._list.chosen.connect(self._make)
        self._list.closed.connect(self._leave)
        self._workspace.viewport.connect_by_typing.connect(self.connect_from)
        self._workspace.viewport.disconnect_by_typing.connect(self.disconnect_at)
        canvas.mirror.rebuilding.connect(self._list.hide)

    def connect_from(self, node: str) -> None:
        """Ask for the port that a node shall feed: those that fit first, the nearest before the others."""
        self._source = node
        choices = sorted(self._ports_for(node), key=lambda each: (each[0], each[1]))
        self._canvas.highlights.begin_wiring(node, OUT, None)
        question = self.tr("Connect {0} to: a node, a port").format(short(node))
        none = self.tr("No port has these words. Add a node that takes a value first.")
        self._open(node, [choice for _, _, choice in choices], question, none)

    def disconnect_at(self, node: str) -> None:
        """Ask which wire at a node shall go."""
        self._source = None
        document = self._workspace.document
        inputs = enumerate(document.nodes[node].inputs)
        ends = [(node, port) for port, source in inputs if source is not None]
        ends += [end for end in document.consumers(node) if end not in ends]
        choices = [self._wire(consumer, port) for consumer, port in ends]
        self._open(node, choices, self.tr("Take away a wire of {0}").format(short(node)), self.tr("No such wire."))

    def _open(self, node: str, choices: list[WireChoice], question: str, none: str) -> None:
        self._canvas.navigator.reveal(node)
        place = self._canvas.card_in_viewport(node).bottomLeft() + QPoint(0, 10)
        self._list.open_with(choices, place, question, none)

    def _ports_for(self, source: str) -> list[tuple[int, float, WireChoice]]:
        """Return every in port with how well it suits, and how far it is."""
        nodes, items = self._workspace.document.nodes, self._canvas.mirror.nodes
        start, structure = items[source].out_port(), self._workspace.structure
        found = []
        for node, record in nodes.items():
            for port, name in enumerate(ports_of(record)) if node != source else ():
                now = record.inputs[port] if port < len(record.inputs) else None
                warning = None if now == source else wire_warning(structure, source, node, port)
                words = f"{node} · {name}"
                away = (items[node].in_port(port) - start).manhattanLength()
                if warning is not None:
                    closes_cycle = structure.depends(source, node)
                    remark = self.tr("✗ closes a cycle") if closes_cycle else self.tr("✗ does not fit")
                    found.append((2, away, WireChoice(node, port, words, remark, say(warning))))
                elif now is None:
                    found.append((0, away, WireChoice(node, port, words, self.tr("✓ free"))))
                elif now != source:
                    remark = self.tr("instead of {0}").format(short(now))
                    found.append((1, away, WireChoice(node, port, words, remark)))
        return found

    def _wire(self, consumer: str, port: int) -> WireChoice:
        record = self._workspace.document.nodes[consumer]
        words = f"{record.inputs[port]} → {consumer} · {ports_of(record)[port]}"
        return WireChoice(consumer, port, words, "")

    def _look(self, choice: WireChoice | None) -> None:
        if choice is None:
            self._canvas.highlights.hover(None)
            self._canvas.highlights.aim(None, PortMark.FITS)
        elif self._source is None:
            self._canvas.highlights.hover((choice.node, choice.port))
        else:
            mark = PortMark.REFUSED if choice.warning else PortMark.TARGET
            self._canvas.highlights.aim((choice.node, choice.port), mark)
            self._canvas.navigator.reveal(choice.node)

    def _make(self, choice: WireChoice) -> None:
        document = self._workspace.document
        text = self.tr("Connect") if self._source is not None else self.tr("Disconnect")
        self._canvas.do(text, composing.connect(document, self._source, choice.node, choice.port))

    def _leave(self) -> None:
        self._canvas.highlights.hover(None)
        self._canvas.highlights.end_wiring()
        if self._canvas.isVisible():
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
