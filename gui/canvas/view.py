"""Canvas: the graph on the screen. It hands events to gestures, and sends every change through the workspace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsView, QWidget
from typing_extensions import override

from gui.canvas.background import paint_background
from gui.canvas.hits import OUT, Port
from gui.canvas.highlights import Highlights
from gui.canvas.look import Look
from gui.canvas.mouse import Mouse
from gui.canvas.moving import move_edits
from gui.canvas.navigation import Navigator
from gui.canvas.overlay import EmptyHint, FitButton, Notice
from gui.canvas.run_mirror import RunMirror
from gui.canvas.scene import CanvasScene
from gui.workspace import Workspace
from miniflow.errors import Sentence
from miniflow.graph.edits import Edit
from miniflow.graph.rules import can_connect


class Canvas(QGraphicsView):
    """Shows the document of a workspace, and lets a person draw in it."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.setObjectName("canvas")
        self.setAccessibleName(self.tr("Graph"))
        self.mirror = CanvasScene(workspace, self)
        self.highlights = Highlights(self.mirror)
        self.run_mirror = RunMirror(self.mirror)
        self._set_up_view()
        self.navigator = Navigator(self)
        self.mouse = Mouse(self)
        self.notice = Notice(self.viewport())
        self._hint = EmptyHint(self.viewport())
        self._fit_button = FitButton(self.viewport())
        self._scale = workspace.appearance.scale
        self._connect()
        self._restyle()
        self.navigator.fit_all()

    # --- where things are -----------------------------------------------------------------------------------------

    def node_position(self, node_id: str) -> QPoint:
        """Return the middle of a node's title, in the coordinates of the viewport."""
        return self.mapFromScene(self.mirror.nodes[node_id].title_middle())

    def port_position(self, node_id: str, port: Port) -> QPoint:
        """Return the middle of a port, ``0``, ``1``, … or ``"out"``, in the coordinates of the viewport."""
        item = self.mirror.nodes[node_id]
        return self.mapFromScene(item.out_port() if port == OUT else item.in_port(int(port)))

    def to_scene(self, place: QPointF) -> QPointF:
        """Return the point of the scene that is shown at a place of the viewport."""
        return self.viewportTransform().inverted()[0].map(place)

    def to_viewport(self, point: QPointF) -> QPointF:
        """Return where in the viewport a point of the scene is shown."""
        return self.viewportTransform().map(point)

    # --- what gestures ask for ------------------------------------------------------------------------------------

    def refusal(self, source: str, node: str, port: int) -> Sentence | None:
        """Return why a wire cannot be, or None."""
        return can_connect(self.workspace.document.record(), source, node, port)

    def do_or_say(self, text: str, edits: Sequence[Edit], place: QPointF) -> None:
        """Make edits as one step; where they cannot be, say so at ``place``."""
        if edits:
            self.workspace.do(text, *edits)

    def move_nodes(self, nodes: Iterable[str]) -> None:
        """Write down where these cards have been dragged to, as one step."""
        edits = move_edits(self, [node for node in nodes if node in self.mirror.nodes])
        if edits:
            self.workspace.do(self.tr("Move"), *edits)

    def offer_nodes(self, place: QPointF, wire_from: tuple[str, Port] | None = None) -> None:
        """Open the list to add a node by typing, with only what fits where a wire comes from a port."""

    # --- events ---------------------------------------------------------------------------------------------------

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
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
    def wheelEvent(self, event: QWheelEvent) -> None:
        self.mouse.wheel(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.mouse.cancel():
            return
        event.ignore()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.navigator.refit()
        self._lay_out_overlay()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lay_out_overlay()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.mouse.cancel()
        self.notice.hide()
        super().hideEvent(event)

    @override
    def drawBackground(self, painter: QPainter, rect: QRectF | object) -> None:
        paint_background(painter, QRectF(rect), self.mirror.look, self.navigator.scale)  # type: ignore[call-overload]

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
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState, False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)

    def _connect(self) -> None:
        requests = self.workspace.viewport
        requests.fit.connect(self.navigator.fit_all)
        requests.fit_selection.connect(self.navigator.fit_selection)
        requests.actual_size.connect(self.navigator.actual_size)
        requests.zoom_in.connect(self.navigator.zoom_in)
        requests.zoom_out.connect(self.navigator.zoom_out)
        requests.reveal.connect(self.navigator.reveal)
        self._fit_button.clicked.connect(self.navigator.fit_all)
        self.navigator.moved.connect(self._lay_out_overlay)
        self.mirror.changed_extent.connect(self._lay_out_overlay)
        self.mirror.rebuilding.connect(self.mouse.cancel)
        self.mirror.rebuilt.connect(self.navigator.fit_all)
        self.workspace.appearance.changed.connect(self._restyle)

    def _restyle(self) -> None:
        appearance = self.workspace.appearance
        self.mirror.take_look(Look(appearance.theme))
        self.notice.take_theme(appearance.theme)
        self._hint.take_theme(appearance.theme, appearance.scale)
        if appearance.scale != self._scale:
            factor, self._scale = appearance.scale / self._scale, appearance.scale
            self.navigator.grow(factor)
        self._lay_out_overlay()

    def _lay_out_overlay(self) -> None:
        size = self.viewport().size()
        self._hint.setVisible(not self.mirror.nodes)
        self._hint.lay_out(size)
        is_lost = bool(self.mirror.nodes) and not self.navigator.visible().intersects(self.mirror.extent)
        self._fit_button.setVisible(is_lost)
        self._fit_button.lay_out(size)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.highlights.hover(None)
        return super().viewportEvent(event)
