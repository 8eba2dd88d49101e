"""WireGesture: a wire is drawn from a port, either way round, or a wire's end is taken off and put elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsPathItem

from gui.canvas.card_painter import PortMark
from gui.canvas.gestures import TOP_LAYER, Gesture
from gui.canvas.hits import OUT, Port, hit, nearest_port
from gui.canvas.ports import free_ports_of
from gui.canvas.wire_line import painter_path
from miniflow.errors import Sentence
from miniflow.graph import composing, layering
from miniflow.graph.edits import Edit
from miniflow.graph.new_wires import can_connect, wire_warning
from miniflow.overriding import override

if TYPE_CHECKING:
    from gui.canvas.view import Canvas

translate = QCoreApplication.translate


class WireGesture(Gesture):
    """Draws a wire from a port. Pressed on a wired in port, it takes that wire's end off."""

    def __init__(self, canvas: Canvas, place: QPointF, node: str, port: Port) -> None:
        super().__init__(canvas, place)
        self.node, self.port = node, port
        self._taken = self.scene.wires.get((node, port)) if isinstance(port, int) else None
        self._is_new = self._taken is None
        self._target: tuple[str, Port] | None = None
        self._over: str | None = None
        """The card on which a new wire is held, at none of its ports."""
        self._line = QGraphicsPathItem()

    @property
    def is_at_a_port(self) -> bool:
        """Whether the wire would end at a port if it were let go now."""
        return self._target is not None

    @override
    def begin(self) -> None:
        self._line.setPen(self.scene.look.pen("meaning.selection", 3.0, Qt.PenStyle.DashLine))
        self._line.setZValue(TOP_LAYER)
        self.scene.addItem(self._line)
        self.canvas.highlights.begin_wiring(self.node, self.port, self._taken)

    @override
    def drag(self, place: QPointF) -> None:
        point = self.canvas.to_scene(place)
        self._target = self._port_at(point)
        complaint = self._refusal() or self._warning()
        mark = PortMark.TARGET if complaint is None else PortMark.REFUSED
        self.canvas.highlights.aim(self._target, mark)
        end = point if self._target is None else self._port_place(*self._target)
        self._line.setPath(self._path_to(end))
        if complaint is None:
            self.canvas.overlay.notice.hide()
        else:
            self.canvas.overlay.notice.complain(complaint, place)

    @override
    def drop(self, place: QPointF) -> None:
        refusal = self._refusal()
        if refusal is not None:
            self._say(refusal, place)
        elif self._target is not None:
            warning = self._warning()
            self.canvas.do(translate("Canvas", "Connect"), self._edits(*self._target))
            if warning is not None:
                self._say(warning, place)
        elif self._taken is not None:
            self.canvas.do(translate("Canvas", "Disconnect"), self._take_off())
        elif self._over is None:
            self.canvas.adding.open_at(place, (self.node, self.port))

    @override
    def click(self) -> None:
        selection = self.workspace.selection
        extends = bool(self.modifiers & Qt.KeyboardModifier.ShiftModifier)
        nodes, wires, notes = selection.chosen if extends else ((), (), ())
        selection.select((*nodes, self.node), wires, notes)

    @override
    def revert(self) -> None:
        self.canvas.overlay.notice.hide()

    @override
    def clear(self) -> None:
        if self._line.scene() is not None:
            self.scene.removeItem(self._line)
        self.canvas.highlights.end_wiring()

    def _port_at(self, point: QPointF) -> tuple[str, Port] | None:
        """Return the port that the wire would be put to: the nearest that can take it, else what is under it."""
        scale = self.canvas.navigator.scale
        found = nearest_port(self.scene, point, scale, self._can_end_at)
        self._over = None
        if found is None:
            under = hit(self.scene, point, scale)
            found = (under.node, under.port) if under.node is not None and under.port is not None else None
            if found is None and self._is_new:
                self._over = under.node
                found = self._port_of_card()
        return None if self._taken is None and found == (self.node, self.port) else found

    def _port_of_card(self) -> tuple[str, Port] | None:
        """Return where a new wire goes that is let go on a card: to the free port that is meant, or its output."""
        if self._over is None or self._over == self.node:
            return None
        if self.port != OUT:
            return self._over, OUT
        document, record = self.workspace.document, self.workspace.document.nodes[self._over]
        free = free_ports_of(record)
        meant = layering.likely_port(document, self.node, record.type)
        return (self._over, meant if meant in free else free[0]) if free else None

    def _can_end_at(self, node: str, port: Port) -> bool:
        return self._taken is not None or (self.port == OUT) != (port == OUT)

    def _refusal(self) -> Sentence | None:
        """Return why the wire cannot end at its target, or None."""
        if self._target is None:
            return self._refusal_of_card()
        if self._target == (self.node, self.port):
            return None
        node, port = self._target
        if self._taken is None and (self.port == OUT) == (port == OUT):
            template = (
                "{node} gives its value here too: end the wire at an input, on the left of a card."
                if port == OUT
                else "{node} takes a value here too: end the wire at an output, on the right of a card."
            )
            return Sentence(template, {"node": node})
        return can_connect(self.workspace.document.record(), *self._ends(node, port))

    def _refusal_of_card(self) -> Sentence | None:
        """Return why a wire cannot be let go on the card under it, or None where there is none, or its own."""
        if self._over is None or self._over == self.node:
            return None
        template = "All inputs of {node} have wires: end this one at the port whose wire it is to replace."
        refusal = can_connect(self.workspace.document.record(), self.node, self._over, 0)
        return refusal or Sentence(template, {"node": self._over})

    def _warning(self) -> Sentence | None:
        """Return what to say of a wire that can be drawn, but closes a cycle, or None."""
        if self._target is None or self._target == (self.node, self.port):
            return None
        source, node, port = self._ends(*self._target)
        structure = self.workspace.structure
        return wire_warning(structure, source, node, port) if structure.depends(source, node) else None

    def _say(self, sentence: Sentence, place: QPointF) -> None:
        self.workspace.tell(sentence)
        self.canvas.overlay.notice.complain_for_a_while(sentence, place)

    def _ends(self, node: str, port: Port) -> tuple[str, str, int]:
        """Return source, consumer and port of the wire, if it ended at this port."""
        if isinstance(port, str):
            return node, self.node, int(self.port)
        source = self.node if self._taken is None else self._taken.source
        return source, node, port

    def _edits(self, node: str, port: Port) -> tuple[Edit, ...]:
        document = self.workspace.document
        connect = composing.connect(document, *self._ends(node, port))
        is_moved = self._taken is not None and port != OUT and (node, port) != (self.node, self.port)
        return (*self._take_off(), *connect) if is_moved else connect

    def _take_off(self) -> tuple[Edit, ...]:
        return composing.disconnect(self.workspace.document, [(self.node, int(self.port))])

    def _port_place(self, node: str, port: Port) -> QPointF:
        item = self.scene.nodes[node]
        return item.out_port() if isinstance(port, str) else item.in_port(port)

    def _path_to(self, end: QPointF) -> QPainterPath:
        if self._target is not None and self._target[1] == OUT:
            return painter_path(end, self._port_place(self.node, self.port))
        if self._taken is not None:
            return painter_path(self.scene.nodes[self._taken.source].out_port(), end)
        here = self._port_place(self.node, self.port)
        return painter_path(here, end) if self.port == OUT else painter_path(end, here)
