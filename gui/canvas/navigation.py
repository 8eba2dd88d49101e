"""Navigation: zooming at the mouse, panning, and bringing things into sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QTransform

from gui.canvas.following import StepFollower
from gui.canvas.node_item import NodeItem
from gui.canvas.note_item import NoteItem
from gui.canvas.places import FARTHEST
from gui.canvas.scene import bounds_of

if TYPE_CHECKING:
    from gui.canvas.view import Canvas

LEAST_SCALE, MOST_SCALE = 0.02, 4.0
FIT_MOST = 1.25
"""Fitting does not blow a small graph up beyond this."""
STEP = 1.2
_MARGIN = 22.0
_FAR = 0.35


class Navigator(QObject):
    """Where the canvas looks, and how closely."""

    moved = Signal()

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._is_fitted = False
        reach = FARTHEST * 1.3
        canvas.setSceneRect(QRectF(-reach, -reach, 2 * reach, 2 * reach))
        requests = canvas.workspace.viewport
        requests.fit.connect(self.fit_all)
        requests.fit_selection.connect(self.fit_selection)
        requests.actual_size.connect(self.actual_size)
        requests.zoom_in.connect(self.zoom_in)
        requests.zoom_out.connect(self.zoom_out)
        requests.reveal.connect(self.reveal)
        StepFollower(canvas)

    @property
    def scale(self) -> float:
        """How many pixels a unit of the scene takes."""
        return float(self._canvas.transform().m11())

    def visible(self) -> QRectF:
        """Return the part of the scene that is in sight."""
        return self._canvas.mapToScene(self._canvas.viewport().rect()).boundingRect()

    def sees_anything(self) -> bool:
        """Tell whether any of the graph, or a note, is in sight."""
        visible = self.visible()
        if not visible.intersects(self._canvas.mirror.extent.area):
            return False
        if self.scale < _FAR:
            return True
        return any(isinstance(item, (NodeItem, NoteItem)) for item in self._canvas.mirror.items(visible))

    def zoom_at(self, place: QPointF, factor: float) -> None:
        """Zoom, keeping what is at ``place`` of the viewport where it is."""
        self._is_fitted = False
        scale = max(LEAST_SCALE, min(MOST_SCALE, self.scale * factor))
        fixed = self._canvas.viewportTransform().inverted()[0].map(place)
        self._look(scale, fixed, place)

    def zoom_in(self) -> None:
        """Zoom in at the middle."""
        self.zoom_at(self._middle(), STEP)

    def zoom_out(self) -> None:
        """Zoom out at the middle."""
        self.zoom_at(self._middle(), 1 / STEP)

    def actual_size(self) -> None:
        """Show everything at its own size."""
        self.zoom_at(self._middle(), 1 / self.scale)

    def grow(self, factor: float) -> None:
        """Show everything so many times as large; what was fitted is fitted again."""
        was_fitted = self._is_fitted
        self.zoom_at(self._middle(), factor)
        if was_fitted:
            self.fit_all()

    def pan(self, across: float, down: float) -> None:
        """Shift the picture by so many pixels."""
        self._is_fitted = False
        for bar, amount in (
            (self._canvas.horizontalScrollBar(), across),
            (self._canvas.verticalScrollBar(), down),
        ):
            bar.setValue(bar.value() - round(amount))
        self._canvas.stills.hold()
        self.moved.emit()

    def fit_all(self) -> None:
        """Bring the whole graph into sight: the cards that glide, too, where they are going to be."""
        self._canvas.arranger.finish()
        self._fit(self._canvas.mirror.bounds())
        self._is_fitted = True

    def fit_selection(self) -> None:
        """Bring the selected nodes and notes into sight; everything where none is."""
        self._canvas.arranger.finish()
        nodes = self._canvas.mirror.nodes
        notes, selection = self._canvas.mirror.notes.items, self._canvas.workspace.selection
        room = bounds_of(nodes[node] for node in selection.nodes if node in nodes)
        for note in selection.notes:
            room = room.united(notes[note].sheet()) if note in notes else room
        if not room.isEmpty():
            self._fit(room)
        else:
            self.fit_all()

    def look_at(self, point: QPointF) -> None:
        """Show a point of the scene in the middle."""
        self._is_fitted = False
        self._look(self.scale, point, self._middle())

    def refit(self) -> None:
        """After the canvas took another size: fit again where everything was fitted and nobody has looked elsewhere."""
        if self._is_fitted:
            self.fit_all()

    def reveal(self, node: str) -> None:
        """Bring a node into sight, moving no more than that takes."""
        self._canvas.arranger.finish()
        item = self._canvas.mirror.nodes.get(node)
        if item is not None:
            self.bring(item.card_rect())

    def bring(self, place: QRectF) -> None:
        """Bring a part of the scene into sight, beside the map, moving no more than that takes."""
        room = place.marginsAdded(QMarginsF(30, 30, 30, 30))
        sight = self.visible()
        if not sight.contains(room):
            self._is_fitted = False
            across = _shift((room.left(), room.right()), (sight.left(), sight.right()))
            down = _shift((room.top(), room.bottom()), (sight.top(), sight.bottom()))
            self._look(self.scale, sight.center() + QPointF(across, down), self._middle())
        hidden = room.intersected(self._canvas.overlay.covered())
        if not hidden.isEmpty():
            is_upright = hidden.width() < hidden.height()
            away = QPointF(hidden.width(), 0) if is_upright else QPointF(0, hidden.height())
            self.look_at(self.visible().center() + away)

    def bring_whole(self, place: QRectF) -> None:
        """Bring a part of the scene into sight, all of it: where it is too large to be seen from so near, zoom out."""
        self.bring(place)
        if not self.visible().contains(place):
            self._is_fitted = False
            self._fit(place)

    def _fit(self, bounds: QRectF) -> None:
        size = self._canvas.viewport().size()
        if bounds.isEmpty():
            self._look(1.0, QPointF(), self._middle())
            return
        across = max(1.0, size.width() - 2 * _MARGIN) / bounds.width()
        down = max(1.0, size.height() - 2 * _MARGIN) / bounds.height()
        scale = max(LEAST_SCALE, min(FIT_MOST * self._canvas.workspace.appearance.scale, across, down))
        self._look(scale, bounds.center(), self._middle())

    def _look(self, scale: float, point: QPointF, place: QPointF) -> None:
        """Show ``point`` of the scene at ``place`` of the viewport, at ``scale``."""
        if scale != self.scale:
            self._canvas.stills.let_go()
            self._canvas.setTransform(QTransform.fromScale(scale, scale))
        now = self._canvas.viewportTransform().map(point)
        for bar, amount in (
            (self._canvas.horizontalScrollBar(), now.x() - place.x()),
            (self._canvas.verticalScrollBar(), now.y() - place.y()),
        ):
            bar.setValue(bar.value() + round(amount))
        self.moved.emit()

    def _middle(self) -> QPointF:
        return QRectF(self._canvas.viewport().rect()).center()


def _shift(room: tuple[float, float], sight: tuple[float, float]) -> float:
    """Return how far what is in sight must move to hold ``room``, or its beginning where there is too little space."""
    if room[0] < sight[0] or room[1] - room[0] > sight[1] - sight[0]:
        return room[0] - sight[0]
    return max(0.0, room[1] - sight[1])
