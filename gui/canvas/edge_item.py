"""EdgeItem: a wire on the canvas, with its shape in the middle, and what is wrong with it in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas import look as looks
from gui.canvas.look import Look
from gui.canvas.node_item import NodeItem
from gui.canvas.room_item import RoomItem
from gui.canvas.wire_line import Line, line_between, line_pen
from gui.canvas.wire_state import AT_REST, Flow, WireState
from gui.presentation.wires import Point
from miniflow.overriding import override

WIRE_LAYER = 0.0
LEAST_LABEL_SCALE = 0.6
_LINE_REACH, _ARROW_REACH = 6.0, 14.0
"""How far beyond its middle the widest line is painted, and an arrow."""
_WORD_BELOW = 18.0
_LABEL_AT = (0.36, 0.5, 0.24, 0.64, 0.76)
"""Where on a wire its label may stand: first nearer to the source, since at a consumer several wires come together."""
_LABEL_HEIGHT, _BESIDE_LABEL = 16.0, 30.0
"""How high a label is, and how much longer than it a wire must be to have one."""
_NEARBY = 90_000.0
"""The room of a wire up to which all that lies along it is looked up at once, and not at each place for its label."""


_NOWHERE, _NO_ROOM = QPointF(), QRectF()
_NO_LINE = Line(QPainterPath(), (), _NO_ROOM)


class EdgeItem(RoomItem):
    """The wire from one node's out port to another's in port."""

    def __init__(self, source: str, consumer: str, port: int, look: Look) -> None:
        super().__init__(_NO_ROOM)
        self.source, self.consumer, self.port = source, consumer, port
        self.look = look
        self.state = AT_REST
        self.has_way_points = False
        self.ends = (_NOWHERE, _NOWHERE)
        self.line = _NO_LINE
        """Where it runs, in the scene."""
        self._label_part: float | None = None
        self._label_room: QRectF | None = None
        self._is_label_placed = False

    @property
    def key(self) -> tuple[str, int]:
        """The in port that this wire feeds: no other does."""
        return self.consumer, self.port

    def path(self) -> QPainterPath:
        """The line, in the scene."""
        return self.line.path

    def route(self, start: QPointF, end: QPointF, way_points: Sequence[Point] = ()) -> None:
        """Run from ``start`` to ``end``."""
        self.let_go()
        self.has_way_points, self.ends = bool(way_points), (start, end)
        self.line = line_between(start.toTuple(), end.toTuple(), tuple(way_points))
        self._measure()
        self.update()
        self._carry_label()

    def _measure(self) -> None:
        """Know the room that the line takes, with all that is painted beside it now."""
        state = self.state
        across = down = _LINE_REACH if state.flow is Flow.NONE and not state.is_on_path else _ARROW_REACH
        if state.is_on_cycle:
            across = max(_ARROW_REACH, self._width(looks.LABEL, _cycle_word()) / 2)
            down = _WORD_BELOW + _LABEL_HEIGHT / 2
        elif state.label:
            across = max(across, self._width(looks.WIRE, state.label) / 2)
            down = max(down, _LABEL_HEIGHT / 2)
        self.setRect(self.line.room.adjusted(-across - 1, -down - 1, across + 1, down + 1))

    def _width(self, role: str, text: str) -> float:
        """How wide the ground is on which a text stands."""
        return self.look.width(role, text) + 8.0

    def show_state(self, state: WireState) -> None:
        """Take another state, and repaint where it differs."""
        if state != self.state:
            if state.label != self.state.label:
                self.forget_label()
            self.state = state
            if self.line is not _NO_LINE:
                self._measure()
            layer = WIRE_LAYER + 0.5 if state.flow.direction or state.is_selected else WIRE_LAYER
            if layer != self.zValue():
                self.setZValue(layer)
            self.update()

    def forget_label(self) -> None:
        """Find room for the label anew when it is next painted: what is around the wire may have changed."""
        if self._is_label_placed:
            self._is_label_placed, self._label_part, self._label_room = False, None, None
            self.update()

    def _carry_label(self) -> None:
        """Keep the label where along the line it was; whoever wants better room for it has it forgotten."""
        if self._label_part is not None:
            width = self._width(looks.WIRE, self.state.label)
            if self.line.is_as_long_as(width + _BESIDE_LABEL):
                self._label_room = _around(self.line.at(self._label_part), width)
                return
        self.forget_label()

    @property
    def label_room(self) -> QRectF | None:
        """Where the label stands, in the scene; None where it found no room, or was not painted yet."""
        return self._label_room

    def is_near(self, point: QPointF, distance: float) -> bool:
        """Tell whether a point of the scene lies on the wire, or as near as ``distance``."""
        reach = QRectF(point.x() - distance, point.y() - distance, 2 * distance, 2 * distance)
        if not self.line.room.adjusted(-1, -1, 1, 1).intersects(reach):
            return False
        stroker = QPainterPathStroker()
        stroker.setWidth(2 * distance)
        return stroker.createStroke(self.line.path).contains(point)

    def crosses(self, room: QRectF) -> bool:
        """Tell whether the wire runs through a rectangle."""
        if not self.rect().intersects(room):
            return False
        there_and_back = QPainterPath(self.line.path)  # an open path would count as closed by a straight line
        there_and_back.connectPath(self.line.path.toReversed())
        return there_and_back.intersects(room)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        state = self.state
        if state.is_dimmed:
            painter.setOpacity(0.25)
        if state.is_selected:
            painter.setPen(QPen(self.look.faded("meaning.selection", 0.35), 9.0))
            painter.drawPath(self.line.path)
        self._paint_line(painter, line_pen(self.look, state), is_on_screen=widget is not None or self.kept_for > 0)
        if state.label and not state.is_on_cycle and painter.worldTransform().m11() >= LEAST_LABEL_SCALE:
            self._paint_label(painter)
        if state.flow is not Flow.NONE or state.is_on_path or state.is_on_cycle:
            self._paint_arrow(painter)
        if state.is_on_cycle:
            self._paint_word(painter)

    def _paint_line(self, painter: QPainter, pen: QPen, is_on_screen: bool) -> None:
        """Paint the line; on a screen dashes are shapes, since where Qt begins one depends on what it repaints."""
        may_have_dashes = self.state.is_faulty or self.state.is_on_path
        if not may_have_dashes or not is_on_screen or pen.style() is Qt.PenStyle.SolidLine:
            painter.setPen(pen)
            painter.drawPath(self.line.path)
        else:
            painter.fillPath(QPainterPathStroker(pen).createStroke(self.line.path), pen.brush())

    def _paint_arrow(self, painter: QPainter) -> None:
        """Paint a full arrow for what runs, or holds up, now; an open one for a path that is only told."""
        colour, direction = self._arrow()
        is_open = not (self.state.flow.direction or self.state.is_on_cycle)
        painter.setPen(self.look.pen(colour, 3.0) if is_open else self.look.no_pen)
        painter.setBrush(self.look.colour("surface.canvas" if is_open else colour))
        painter.save()
        part = self.arrow_part
        painter.translate(self.line.at(part))
        painter.rotate(-self.line.path.angleAtPercent(part) + (0.0 if direction > 0 else 180.0))
        painter.drawPolygon(_OPEN_ARROW if is_open else _ARROW)
        painter.restore()

    @property
    def arrow_part(self) -> float:
        """How far along the wire its arrow stands: in the middle, or the nearest to it that leaves the label free."""
        if self._label_room is None or self.state.is_on_cycle:
            return 0.5
        taken = self._label_room.adjusted(-7, -7, 7, 7)
        return next((part for part in _ARROW_AT if not taken.contains(self.line.at(part))), _ARROW_AT[-1])

    def _arrow(self) -> tuple[str, int]:
        """The colour and the direction of the arrow."""
        if self.state.is_on_cycle:
            return "meaning.problem", 1
        flow = self.state.flow if self.state.flow.direction else Flow.BACKWARD
        return flow.colour, flow.direction

    def _paint_word(self, painter: QPainter) -> None:
        """Paint beside the arrow that the wire is on a cycle."""
        word = _cycle_word()
        middle = self.line.at(0.5)
        room = _around(QPointF(middle.x(), middle.y() + _WORD_BELOW), self._width(looks.LABEL, word))
        painter.setPen(self.look.no_pen)
        painter.setBrush(self.look.colour("meaning.problem_ground"))
        painter.drawRoundedRect(room, 5.0, 5.0)
        painter.setPen(self.look.colour("meaning.problem"))
        painter.setFont(self.look.font(looks.LABEL))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, word)

    def _paint_label(self, painter: QPainter) -> None:
        if not self._is_label_placed:
            width = self._width(looks.WIRE, self.state.label)
            self._label_part = _free_part(self, width)
            if self._label_part is not None:
                self._label_room = _around(self.line.at(self._label_part), width)
            self._is_label_placed = True
        room = self._label_room
        if room is None:
            return
        painter.setPen(self.look.no_pen)
        painter.setBrush(self.look.colour("meaning.problem_ground" if self.state.is_faulty else "surface.canvas"))
        painter.drawRoundedRect(room, 5.0, 5.0)
        painter.setPen(self.look.colour("meaning.problem" if self.state.is_faulty else "text.faint"))
        painter.setFont(self.look.font(looks.WIRE))
        middle, text, ascent = room.center(), self.state.label, self.look.metrics(looks.WIRE).ascent()
        begin = self.look.centred(looks.WIRE, text, middle.x(), middle.y() - ascent)
        painter.drawStaticText(begin, self.look.laid_out(looks.WIRE, text))


_ARROW_AT = (0.5, 0.65, 0.8, 0.88)
_ARROW = QPolygonF([QPointF(12, 0), QPointF(-8, -10), QPointF(-8, 10)])
_OPEN_ARROW = QPolygonF([QPointF(7, 0), QPointF(-5, -6), QPointF(-5, 6)])


def _cycle_word() -> str:
    return QCoreApplication.translate("Canvas", "cycle")


def _free_part(wire: EdgeItem, width: float) -> float | None:
    """Return where on a wire, from 0 to 1, a label of this width covers no card and no other label.

    Room that another wire runs through is the last choice: the wire would strike the label out.
    """
    line = wire.line
    if not line.is_as_long_as(width + _BESIDE_LABEL):
        return None
    crossed = None
    bounds, along = wire.rect(), None
    if bounds.width() * bounds.height() < _NEARBY:
        along = _items_in(bounds, wire)
    for part in _LABEL_AT:
        room = _around(line.at(part), width)
        around = _items_in(room, wire) if along is None else along
        if not _is_taken(room, around):
            if not any(isinstance(item, EdgeItem) and item.crosses(room) for item in around):
                return part
            crossed = crossed or part
    return crossed


def _around(middle: QPointF, width: float) -> QRectF:
    return QRectF(middle.x() - width / 2, middle.y() - _LABEL_HEIGHT / 2, width, _LABEL_HEIGHT)


def _items_in(room: QRectF, wire: EdgeItem) -> list[QGraphicsItem]:
    """Return what there is in a room beside a wire."""
    items = wire.scene().items(room, Qt.ItemSelectionMode.IntersectsItemBoundingRect)
    return [item for item in items if item is not wire]


def _is_taken(room: QRectF, around: Iterable[QGraphicsItem]) -> bool:
    for item in around:
        if isinstance(item, NodeItem) and item.card_rect().intersects(room):
            return True
        other = item.label_room if isinstance(item, EdgeItem) else None
        if other is not None and other.intersects(room):
            return True
    return False
