"""Minimap: the whole graph in a corner of the canvas, with a frame around what is in sight.

It is a picture, made anew a moment after the last edit and never while the canvas moves: then only the frame does. It
is there only while part of the graph is out of sight, and on a canvas with room for it: a map of what one sees already,
or one that hides what it is a map of, would be in the way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QShowEvent
from PySide6.QtWidgets import QWidget

from miniflow.overriding import override

if TYPE_CHECKING:
    from gui.canvas.view import Canvas

_LEAST_CANVAS = QSize(520, 300)
_SHARE = 0.22
"""Of the canvas, across and down, at the most."""
_MOST = QSize(230, 150)
_LEAST_SIDE = 40
_EDGE, _PAD = 12, 5
_PAUSE_MS = 120
_LEAST_FRAME = 6.0
_LEFT = Qt.MouseButton.LeftButton


class Minimap(QWidget):
    """Shows where in the graph one is; a click or a drag on it looks elsewhere."""

    def __init__(self, canvas: Canvas, changed: Callable[[], None]) -> None:
        super().__init__(canvas.viewport())
        self._canvas = canvas
        self._area = QRectF()
        """The part of the scene that the picture shows."""
        self._picture = QPixmap()
        self._grip = QPointF()
        """From the mouse to the middle of the frame, while it is dragged."""
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._draw)
        self.setObjectName("canvas.minimap")
        self.setAccessibleName(self.tr("Map of the graph"))
        self.setToolTip(self.tr("The whole graph: click or drag to look elsewhere"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()
        canvas.workspace.edited.connect(self.draw_soon)
        canvas.workspace.overview.changed.connect(changed)
        canvas.workspace.selection.changed.connect(changed)
        canvas.mirror.rebuilt.connect(self.draw_soon)

    def lay_out(self, size: QSize) -> None:
        """Stand in a corner where no selected card is, if there is something to show that is not in sight.

        While cards glide it stays as it is, and is laid out once they are there.
        """
        if self._canvas.arranger.is_gliding:
            self._pause.start(_PAUSE_MS)
            self.update()
            return
        has_room = size.width() >= _LEAST_CANVAS.width() and size.height() >= _LEAST_CANVAS.height()
        place = None
        if has_room and self._canvas.workspace.overview.is_wanted and self._is_useful():
            self._fit(size)
            place = self._free_corner(size)
        if place is None:
            self.hide()
            return
        self.move(place)
        if not self.isVisible():
            self._make_picture()
        self.show()
        self.update()

    def _is_useful(self) -> bool:
        """Tell whether there is anything out of sight; before the map comes, from where the cards really are now."""
        sight, extent = self._canvas.navigator.visible(), self._canvas.mirror.extent
        if not self.isVisible() and not sight.contains(extent.area):
            self._area = self._canvas.mirror.bounds()  # the extent is too large once a card has gone or come nearer
        return not extent.area.isEmpty() and not sight.contains(extent.area)

    def _free_corner(self, size: QSize) -> QPoint | None:
        """Return where it stands: the first corner, from the lower right on, in which it covers no selected card."""
        right, bottom = size.width() - self.width() - _EDGE, size.height() - self.height() - _EDGE
        nodes = self._canvas.mirror.nodes
        sight = self._canvas.navigator.visible()
        selected = [nodes[node].card_rect() for node in self._canvas.workspace.selection.nodes if node in nodes]
        taken = [self._canvas.mapFromScene(card).boundingRect() for card in selected if card.intersects(sight)]
        corners = (QPoint(right, bottom), QPoint(_EDGE, bottom), QPoint(right, _EDGE), QPoint(_EDGE, _EDGE))
        free = (corner for corner in corners if not any(QRect(corner, self.size()).intersects(card) for card in taken))
        return next(free, corners[0] if len(taken) > 1 else None)

    def draw_soon(self, _edits: object = None) -> None:
        """Make the picture anew once nothing has changed for a moment."""
        if self.isVisible():
            self._pause.start(_PAUSE_MS)

    # --- the picture ----------------------------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._canvas.mirror.look
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("surface.hover"))
        if not self._picture.isNull():
            painter.drawPixmap(0, 0, self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(look.pen("meaning.selection", 2.0))
            painter.setBrush(look.faded("meaning.selection", 0.14))
            painter.drawRect(self._frame())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour("meaning.wire"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pause.start(0)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pause.stop()

    def _draw(self) -> None:
        """Make the picture; before that the map may take another shape, or be of no use any more."""
        if self._canvas.arranger.is_gliding:
            self._pause.start(_PAUSE_MS)
            return
        self._area = self._canvas.mirror.bounds()
        self.lay_out(self._canvas.viewport().size())
        if self.isVisible():
            self._make_picture()
            self.update()

    def _make_picture(self) -> None:
        ratio = self.devicePixelRatioF()
        self._picture = QPixmap(self.size() * ratio)
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(QColor(self._canvas.mirror.look.colour("surface.hover")))
        painter = QPainter(self._picture)
        painter.translate(self._origin())
        painter.scale(self._scale(), self._scale())
        self._canvas.far_view.paint_plan(painter)
        painter.end()

    def _fit(self, canvas: QSize) -> None:
        """Take the shape of the graph, in the room that the canvas can spare."""
        area = self._area if not self._area.isEmpty() else self._canvas.mirror.extent.area
        most = QSize(round(canvas.width() * _SHARE), round(canvas.height() * _SHARE * 1.4)).boundedTo(_MOST)
        scale = min((most.width() - 2 * _PAD) / area.width(), (most.height() - 2 * _PAD) / area.height())
        wished = QSize(round(area.width() * scale) + 2 * _PAD, round(area.height() * scale) + 2 * _PAD)
        size = wished.expandedTo(QSize(_LEAST_SIDE, _LEAST_SIDE))
        if size != self.size():
            self.resize(size)
            if self.isVisible():
                self._pause.start(0)

    # --- the frame ------------------------------------------------------------------------------------------------

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grip = QPointF()
        if event.button() == _LEFT and not self._area.isEmpty():
            frame = self._frame()
            if frame.contains(event.position()):
                self._grip = self._to_map(self._canvas.navigator.visible().center()) - event.position()
            self._look_at(event.position())
        event.accept()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & _LEFT and not self._area.isEmpty():
            self._look_at(event.position())
        event.accept()

    def _look_at(self, place: QPointF) -> None:
        point = (place + self._grip - self._origin()) / self._scale()
        self._canvas.navigator.look_at(point)

    def _frame(self) -> QRectF:
        """Return where what is in sight is on the map, kept on it where one looks beside the graph."""
        sight = self._canvas.navigator.visible()
        frame = QRectF(self._to_map(sight.topLeft()), self._to_map(sight.bottomRight()))
        room = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        left, top = min(frame.left(), room.right() - _LEAST_FRAME), min(frame.top(), room.bottom() - _LEAST_FRAME)
        right, bottom = max(frame.right(), room.left() + _LEAST_FRAME), max(frame.bottom(), room.top() + _LEAST_FRAME)
        return QRectF(QPointF(left, top), QPointF(right, bottom)).intersected(room)

    def _to_map(self, point: QPointF) -> QPointF:
        return self._origin() + point * self._scale()

    def _origin(self) -> QPointF:
        """Return where the origin of the scene is on the map."""
        return QRectF(self.rect()).center() - self._area.center() * self._scale()

    def _scale(self) -> float:
        across = (self.width() - 2 * _PAD) / max(1.0, self._area.width())
        return min(across, (self.height() - 2 * _PAD) / max(1.0, self._area.height()))
