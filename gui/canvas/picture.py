"""A picture of the graph, at full detail whatever the zoom: neither selection marks nor anything half drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem

from gui.canvas.card_painter import Sight, paint_card
from gui.canvas.edge_item import WIRE_LAYER, EdgeItem
from gui.canvas.face import Badge, Face
from gui.canvas.figure import Figure
from gui.canvas.gestures import TOP_LAYER
from gui.canvas.node_item import NODE_LAYER, NodeItem
from gui.canvas.scene import CanvasScene
from gui.canvas.wire_state import Flow

_MARGIN = 12.0


def picture_room(scene: CanvasScene) -> QRectF:
    """Return the part of the scene that a picture shows: the graph and a margin; empty where there is no graph."""
    room = QRectF()
    for item in _items(scene):
        room = room.united(item.sceneBoundingRect())
    return room if room.isEmpty() else room.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)


def paint_picture(painter: QPainter, scene: CanvasScene, with_values: bool, with_background: bool) -> None:
    """Paint the graph; the painter is in the coordinates of the scene."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    if with_background:
        ground = picture_room(scene).adjusted(-1, -1, 1, 1)  # a page or an image is a whole number of dots
        painter.fillRect(ground, scene.look.colour("surface.canvas"))
    for item in _items(scene):
        painter.save()
        if isinstance(item, NodeItem):
            painter.translate(item.pos())
            face = item.face() if with_values else _blank(item.face())
            paint_card(painter, item.look, item.card, face, Sight())
        elif isinstance(item, EdgeItem):
            with _unmarked(item, with_values):
                item.paint(painter, QStyleOptionGraphicsItem())
        else:
            painter.translate(item.pos())
            item.paint(painter, QStyleOptionGraphicsItem())
        painter.restore()


def _items(scene: CanvasScene) -> list[QGraphicsItem]:
    """Return what belongs to the document, from the lowest to the highest: not what a gesture is drawing just now."""
    items = scene.items(Qt.SortOrder.AscendingOrder)
    others = (item for item in items if not isinstance(item, (EdgeItem, NodeItem)))
    shown = [item for item in others if item.parentItem() is None and item.zValue() < TOP_LAYER]
    return sorted([*scene.wires.values(), *scene.nodes.values(), *shown], key=_layer)


def _layer(item: QGraphicsItem) -> float:
    """Return how high an item lies; neither a wire nor a card is lifted by being selected."""
    if isinstance(item, EdgeItem):
        return WIRE_LAYER + (0.5 if item.state.flow.direction else 0.0)
    return NODE_LAYER if isinstance(item, NodeItem) else item.zValue()


def _blank(face: Face) -> Face:
    """Return a face without anything that a run has found out."""
    return replace(
        face,
        value=Figure(face.value.label, face.value.shape_text),
        gradient=Figure(face.gradient.label, face.gradient.shape_text),
        place="",
        badge=Badge.NONE,
        badge_text="",
        is_current=False,
    )


@contextmanager
def _unmarked(wire: EdgeItem, with_values: bool) -> Iterator[None]:
    """Have a wire look as it does when nobody selects, points at or draws anything."""
    kept = wire.state
    flow = kept.flow if with_values else Flow.NONE
    wire.state = replace(kept, flow=flow, is_on_path=False, is_selected=False, is_hovered=False, is_dimmed=False)
    try:
        yield
    finally:
        wire.state = kept
