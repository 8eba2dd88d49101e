"""Canvas: the graph on the screen. It hands events to gestures, and sends every change through the workspace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget

from gui.canvas.adding import Adding
from gui.canvas.arranging import Arranger
from gui.canvas.background import paint_background
from gui.canvas.editing import Editing
from gui.canvas.far_view import FarView
from gui.canvas.highlights import Highlights
from gui.canvas.hits import OUT, Port
from gui.canvas.keys import Keys
from gui.canvas.look import Look
from gui.canvas.mouse import Mouse
from gui.canvas.navigation import Navigator
from gui.canvas.note_taking import NoteTaking
from gui.canvas.overlay import Overlay
from gui.canvas.placing import Placing
from gui.canvas.run_mirror import RunMirror
from gui.canvas.scene import CanvasScene
from gui.canvas.stills import Stills
from gui.canvas.trackpad import FINGERS, Trackpad
from gui.workspace import Workspace
from miniflow.graph.edits import Edit
from miniflow.overriding import override

if TYPE_CHECKING:
    from gui.canvas.graph_interface import GraphInterface


class Canvas(QGraphicsView):
    """Shows the document of a workspace, and lets a person draw in it."""

    interface: GraphInterface | None = None
    """What assistive technology meets, once it asked: Python must hold what Qt knows."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Graph"))
        self.mirror = CanvasScene(workspace, self)
        self._set_up_view()
        self.highlights = Highlights(self.mirror)
        self.run_mirror = RunMirror(self.mirror)
        self.far_view = FarView(self.mirror, self.run_mirror)
        self.navigator = Navigator(self)
        self.overlay = Overlay(self)
        self.mouse = Mouse(self)
        self.stills = Stills(self)  # lets go of a document after the mouse has, whose drag keeps what it moves back
        self.trackpad = Trackpad(self)
        self.keys = Keys(self)
        self.placing = Placing(self)
        self.adding = Adding(self)
        self.editing = Editing(self)
        self.note_taking = NoteTaking(self)
        self.arranger = Arranger(self)
        self._scale = workspace.appearance.scale
        self.mirror.rebuilt.connect(self.navigator.fit_all)
        workspace.appearance.changed.connect(self._restyle)
        self._restyle()
        self.navigator.fit_all()

    # --- where things are -----------------------------------------------------------------------------------------

    def node_position(self, node_id: str) -> QPoint:
        """Return the middle of a node's title, in the coordinates of the viewport."""
        self.arranger.finish()
        return self.mapFromScene(self.mirror.nodes[node_id].title_middle())

    def port_position(self, node_id: str, port: Port) -> QPoint:
        """Return the middle of a port, ``0``, ``1``, … or ``"out"``, in the coordinates of the viewport."""
        self.arranger.finish()
        item = self.mirror.nodes[node_id]
        return self.mapFromScene(item.out_port() if port == OUT else item.in_port(int(port)))

    def note_position(self, note_id: str) -> QPoint:
        """Return the middle of a note, in the coordinates of the viewport."""
        return self.mapFromScene(self.mirror.notes.items[note_id].sheet().center())

    def card_in_viewport(self, node_id: str) -> QRect:
        """Return where a card is, in the coordinates of the viewport."""
        return self.viewportTransform().mapRect(self.mirror.nodes[node_id].card_rect()).toAlignedRect()

    def to_scene(self, place: QPointF) -> QPointF:
        """Return the point of the scene that is shown at a place of the viewport."""
        return self.viewportTransform().inverted()[0].map(place)

    def to_viewport(self, point: QPointF) -> QPointF:
        """Return where in the viewport a point of the scene is shown."""
        return self.viewportTransform().map(point)

    # --- what gestures ask for ------------------------------------------------------------------------------------

    def do(self, text: str, edits: Sequence[Edit]) -> None:
        """Make edits as one step called ``text``; none leave none."""
        if edits:
            self.workspace.do(text, *edits)

    # --- events ---------------------------------------------------------------------------------------------------

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.arranger.finish()
        self.mouse.press(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.mouse.move(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.mouse.release(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mouse.double_click(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.mouse.ask_for_menu(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self.trackpad.wheel(event)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.placing.drag_over(event)

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self.placing.drag_over(event)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.placing.hide_ghost()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.placing.drop(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = QApplication.focusWidget()
        is_from_an_editor = focused is not None and self.viewport().isAncestorOf(focused)
        event.setAccepted(not is_from_an_editor and self.keys.press(event))

    @override
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.setAccepted(self.keys.release(event))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.navigator.refit()
        self.overlay.lay_out()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.overlay.lay_out()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.mouse.cancel()
        super().hideEvent(event)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.keys.wants(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self.mouse.show_tool_tip(event)
            return True
        if event.type() == QEvent.Type.Leave:
            self.mouse.leave()
        if isinstance(event, FINGERS):
            return self.trackpad.take(event)
        return super().viewportEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.far_view.is_for(self.navigator.scale):
            self.mirror.faces.catch_up(self)
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        painter.setTransform(self.viewportTransform())
        self.drawBackground(painter, self.navigator.visible())
        self.far_view.paint(painter)
        painter.end()

    @override
    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        paint_background(painter, QRectF(rect), self.mirror.look)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return False if next else super().focusNextPrevChild(next)

    # --- the rest -------------------------------------------------------------------------------------------------

    def _set_up_view(self) -> None:
        self.setScene(self.mirror)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.viewport().setMouseTracking(True)

    def _restyle(self) -> None:
        appearance = self.workspace.appearance
        self.mirror.take_look(Look(appearance.theme))
        self.overlay.take_look(appearance)
        if appearance.scale != self._scale:
            factor, self._scale = appearance.scale / self._scale, appearance.scale
            self.navigator.grow(factor)
