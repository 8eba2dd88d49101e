"""What is under the mouse: a port, a card's title or body, a wire, a note or its edge, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from PySide6.QtCore import QLineF, QPointF, QRectF

from gui.canvas.edge_item import EdgeItem
from gui.canvas.geometry import PORT_RADIUS
from gui.canvas.node_item import NodeItem
from gui.canvas.note_item import NoteItem
from gui.canvas.scene import CanvasScene

Port: TypeAlias = "int | str"
"""An in port by its number, or ``"out"``."""
OUT = "out"

_PORT_PIXELS, _PORT_LEAST, _PORT_MOST = 9.0, 9.0, 22.0
_WIRE_PIXELS = 6.0
_MIDDLE = 0.3
"""Nearer to an end than this part of the way from end to end, a wire gives way to the port there."""
_EDGE_PIXELS = 7.0
_SNAP_PIXELS, _SNAP_LEAST, _SNAP_MOST = 28.0, 20.0, 60.0


class Part(Enum):
    """What a point of the canvas belongs to."""

    EMPTY = "empty"
    TITLE = "title"
    BODY = "body"
    PORT = "port"
    WIRE = "wire"
    NOTE = "note"
    NOTE_EDGE = "note edge"


@dataclass(frozen=True, slots=True)
class Hit:
    """What was found at a point."""

    part: Part
    node: str | None = None
    port: Port | None = None
    wire: tuple[str, int] | None = None
    note: str | None = None


NOTHING = Hit(Part.EMPTY)


def hit(scene: CanvasScene, point: QPointF, scale: float) -> Hit:
    """Return what is at a point of the scene, seen at a scale: the smaller it appears, the wider ports reach.

    In the middle of a wire, however short, the wire comes before the two ports at its ends. Of several ports the
    nearest is meant, unless a card lies over it.
    """
    reach = min(_PORT_MOST, max(_PORT_LEAST, _PORT_PIXELS / scale))
    wire: EdgeItem | None = None
    cards: list[NodeItem] = []
    note: Hit | None = None
    for item in scene.items(_around(point, max(reach, _WIRE_PIXELS / scale))):
        if isinstance(item, NodeItem):
            cards.append(item)
        elif isinstance(item, EdgeItem) and wire is None and item.is_near(point, _WIRE_PIXELS / scale):
            wire = item
        elif isinstance(item, NoteItem):
            note = note or _hit_note(item, point, _EDGE_PIXELS / scale)
    under = next((each for each in cards if each.card_rect().contains(point)), None)
    card = _hit_port(cards, under, point, reach) or _hit_card(under, point)
    if wire is not None and (card is None or _is_in_the_middle(wire, card, point)):
        return Hit(Part.WIRE, wire=wire.key)
    return card or note or NOTHING


def nearest_port(
    scene: CanvasScene, point: QPointF, scale: float, is_wanted: Callable[[str, Port], bool]
) -> tuple[str, Port] | None:
    """Return the wanted port nearest to a point, within a comfortable distance."""
    reach = min(_SNAP_MOST, max(_SNAP_LEAST, _SNAP_PIXELS / scale))
    best: tuple[float, str, Port] | None = None
    for item in scene.items(_around(point, reach)):
        if isinstance(item, NodeItem):
            for port, place in ports_of(item):
                distance = QLineF(point, place).length()
                if distance <= reach and (best is None or distance < best[0]) and is_wanted(item.node_id, port):
                    best = (distance, item.node_id, port)
    return (best[1], best[2]) if best else None


def ports_of(item: NodeItem) -> Iterator[tuple[Port, QPointF]]:
    """Yield every port of a card with its middle, in the scene."""
    for port in range(len(item.card.ports)):
        yield port, item.in_port(port)
    yield OUT, item.out_port()


def _hit_port(cards: Sequence[NodeItem], under: NodeItem | None, point: QPointF, reach: float) -> Hit | None:
    """Find the port nearest to a point; on a card, those of others reach no farther than they are drawn.

    ``cards`` lie over one another, the uppermost first, and may hide ports.
    """
    found: list[tuple[float, bool, Hit]] = []
    for index, item in enumerate(cards):
        most = reach if under in (None, item) else PORT_RADIUS
        for port, place in ports_of(item):
            distance = QLineF(point, place).length()
            if distance <= most and not any(_hides(other, place) for other in cards[:index]):
                found.append((distance, item is not under, Hit(Part.PORT, item.node_id, port)))
    return min(found, key=lambda each: each[:2])[2] if found else None


def _hides(card: NodeItem, place: QPointF) -> bool:
    return card.card_rect().adjusted(1, 1, -1, -1).contains(place)


def _hit_card(card: NodeItem | None, point: QPointF) -> Hit | None:
    if card is None:
        return None
    in_title = point.y() < card.y() + card.card.header
    return Hit(Part.TITLE if in_title else Part.BODY, card.node_id)


def _is_in_the_middle(wire: EdgeItem, card: Hit, point: QPointF) -> bool:
    """Tell whether a point that a port at one of a wire's ends reaches lies between the ports, not on either."""
    if (card.node, card.port) not in ((wire.source, OUT), wire.key):
        return False
    ends = [QLineF(point, end).length() for end in wire.ends]
    return min(ends) > _MIDDLE * QLineF(*wire.ends).length()


def _hit_note(item: NoteItem, point: QPointF, reach: float) -> Hit | None:
    """Find a note, or its right edge, which only a selected one shows."""
    sheet, id = item.sheet(), item.record.id
    edge = QRectF(sheet.right() - reach, sheet.top(), 2 * reach, sheet.height())
    if item.is_selected and edge.contains(point):
        return Hit(Part.NOTE_EDGE, note=id)
    return Hit(Part.NOTE, note=id) if sheet.contains(point) else None


def _around(point: QPointF, reach: float) -> QRectF:
    return QRectF(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach)
