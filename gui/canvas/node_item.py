"""NodeItem: a card on the canvas. It asks for its face only when it is painted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsView, QStyleOptionGraphicsItem, QWidget

from gui.canvas.card_painter import FULL_DETAIL, PLAIN, REACH, Emphasis, badge_room, on_screen, paint_card
from gui.canvas.complaint import complaint_room
from gui.canvas.face import Badge
from gui.canvas.look import Look
from gui.canvas.room_item import RoomItem
from miniflow.overriding import override

if TYPE_CHECKING:
    from gui.canvas.face import Face
    from gui.canvas.geometry import CardGeometry

NODE_LAYER = 1.0
SELECTED_LAYER = 2.0
"""A selected card lies over the others: what is dragged is always in sight."""


class Faces:
    """What cards show, asked for one at a time; ``forget_all`` makes every card ask again when it is next painted."""

    def __init__(self, face_of: Callable[[str], Face]) -> None:
        self.of = face_of
        self.generation = 0
        self.kept: dict[RoomItem, float] = {}
        """The cards and wires of which Qt keeps a picture, which are not painted again unless told to; its dots."""
        self._is_behind = True

    def forget_all(self) -> None:
        """Have every card ask again."""
        self.generation += 1
        self._is_behind = True
        for item in self.kept:
            item.update()

    def catch_up(self, view: QGraphicsView) -> None:
        """After ``forget_all``, have the cards in sight ask before any of them is painted.

        One kind of work for all, then the next: between strokes of the brush it takes up to three times as long.
        """
        if self._is_behind:
            self._is_behind = False
            from_afar = view.transform().m11() < FULL_DETAIL
            sight = view.mapToScene(view.viewport().rect()).boundingRect()
            near = view.scene().items(sight, Qt.ItemSelectionMode.IntersectsItemBoundingRect)
            cards = [item for item in near if isinstance(item, NodeItem)]
            faces = [card.face() for card in cards]
            for card, face in zip(cards, faces, strict=True):
                face.value.work_out(card.look, from_afar)
                face.gradient.work_out(card.look, from_afar)


class NodeItem(RoomItem):
    """The card of one node. Its position is the card's top left corner."""

    def __init__(self, node_id: str, card: CardGeometry, look: Look, faces: Faces) -> None:
        super().__init__(_bounds(card))
        self.node_id = node_id
        self.card = card
        self.look = look
        self.emphasis = PLAIN
        self._faces = faces
        self._generation = -1
        self._face: Face | None = None
        self.setZValue(NODE_LAYER)

    def complaint_area(self) -> QRectF:
        """Return the part of the scene where it may be told what is wrong with the node."""
        return complaint_room(self.card).translated(self.pos())

    @override
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        ratio = widget.devicePixelRatio() if widget is not None else self.kept_for
        sight = on_screen(painter.worldTransform().m11(), ratio)
        paint_card(painter, self.look, self.card, self.face(), sight, self.emphasis)

    def is_ready_badge_at(self, point: QPointF) -> bool:
        """Tell whether a point of the scene lies on the badge that says that it is ready in Kahn's algorithm."""
        face = self.face()
        return face.badge is Badge.READY and badge_room(self.look, self.card, face).contains(self.mapFromScene(point))

    def face(self) -> Face:
        """What the card shows now."""
        if self._face is None or self._generation != self._faces.generation:
            self._face = self._faces.of(self.node_id)
            self._generation = self._faces.generation
        return self._face

    def forget_face(self) -> None:
        """Show what is true now, when next painted."""
        self._face = None
        self.update()

    def resize(self, card: CardGeometry, has_complaint: bool) -> None:
        """Take other measures, with room for a sentence below or without."""
        if card != self.card:
            self.card = card
            self.update()
        self.setRect(_bounds(card, has_complaint))

    def emphasise(self, emphasis: Emphasis) -> None:
        """Be selected, dimmed or marked, or none of it."""
        if emphasis != self.emphasis:
            self.emphasis = emphasis
            layer = SELECTED_LAYER if emphasis.is_selected else NODE_LAYER
            if layer != self.zValue():
                self.setZValue(layer)
            self.update()

    def card_rect(self) -> QRectF:
        """The card's outline, in the scene."""
        return QRectF(self.x(), self.y(), self.card.width, self.card.height)

    def in_port(self, port: int) -> QPointF:
        """The middle of an in port, in the scene."""
        return QPointF(self.x(), self.y() + self.card.ports[port])

    def out_port(self) -> QPointF:
        """The middle of the out port, in the scene."""
        return QPointF(self.x() + self.card.width, self.y() + self.card.out)

    def title_middle(self) -> QPointF:
        """The middle of the title, in the scene."""
        return QPointF(self.x() + self.card.width / 2, self.y() + self.card.header / 2)


def _bounds(card: CardGeometry, has_complaint: bool = False) -> QRectF:
    bounds = QRectF(-REACH, -REACH, card.width + 2 * REACH, card.height + 2 * REACH)
    return bounds.united(complaint_room(card)) if has_complaint else bounds
