"""Detours: wires that would run across a card are led around it, where nobody has arranged the graph."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, QTimer

from gui.canvas.edge_item import EdgeItem
from gui.canvas.node_item import NodeItem
from gui.presentation.routing import way_around
from gui.presentation.wires import Box

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene, InPort

_MOST_AT_ONCE = 3000
_MOST_CARDS_FOLLOWED, _MOST_FOLLOWED, _MOST_AT_REST = 40, 4, 12
"""Of so many cards, so many wires are led around what is in their way at each move, and so many when it pauses."""
_PAUSE = 80
"""Milliseconds without a move."""
_PARTS = 96
"""How many points of a wire are looked at."""


class Detours(QObject):
    """Leads wires around cards, those of a whole document once the window has nothing else to do."""

    def __init__(self, scene: CanvasScene) -> None:
        super().__init__(scene)
        self._scene = scene
        self._bent: dict[InPort, QRectF] = {}
        """The wires that are led around something, and the room in which their own lines would run."""
        self._waiting: list[EdgeItem] = []
        """The wires that are led around what is in their way as soon as the mouse pauses."""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._find_waiting)
        scene.rebuilding.connect(self._bent.clear)
        scene.rebuilding.connect(self.stop_following)
        scene.rebuilt.connect(self._find_all_soon)

    def find(self, wires: Iterable[EdgeItem]) -> None:
        """Lead these wires around whatever lies in their way."""
        for wire in wires:
            if not wire.has_way_points or self._runs_across_a_card(wire):
                self._find(wire)

    def follow(self, wires: Collection[EdgeItem]) -> None:
        """Lead wires around cards while one end is dragged, where nobody waits for it; many, when the mouse pauses."""
        if len(self._scene.nodes) > _MOST_CARDS_FOLLOWED or len(wires) > _MOST_AT_REST:
            return
        if len(wires) <= _MOST_FOLLOWED:
            self.find(wires)
        else:
            self._waiting = list(wires)
            self._pause.start()

    def stop_following(self) -> None:
        """Know that nothing is dragged any more."""
        self._waiting = []
        self._pause.stop()

    def _find_waiting(self) -> None:
        self.find(self._waiting)

    def crossing(self, areas: Iterable[QRectF]) -> list[EdgeItem]:
        """Return the wires that pass through these areas, or that would but for their detour, straight again.

        Their labels look for room again too.
        """
        areas = list(areas)
        found = dict.fromkeys(item for area in areas for item in self._scene.items(area) if isinstance(item, EdgeItem))
        for key, room in list(self._bent.items()):
            wire = self._scene.wires.get(key)
            if wire is None or any(room.intersects(area) for area in areas):
                del self._bent[key]
                if wire is not None:
                    wire.route(*wire.ends)
                    found[wire] = None
        for wire in found:
            wire.forget_label()
        return list(found)

    def _find_all_soon(self) -> None:
        QTimer.singleShot(0, self, self._find_all)

    def _find_all(self) -> None:
        if len(self._scene.wires) <= _MOST_AT_ONCE:
            self.find(self._scene.wires.values())

    def _find(self, wire: EdgeItem) -> None:
        line = wire.path().controlPointRect().adjusted(-1, -1, 1, 1)
        leads_back = wire.ends[1].x() <= wire.ends[0].x()
        passed_by = () if leads_back else (wire.source, wire.consumer)
        cards = self._cards_in(line, passed_by)
        if any(line.intersects(QRectF(card[0], card[1], card[2] - card[0], card[3] - card[1])) for card in cards):
            start, end = wire.ends
            scene = self._scene.sceneRect()
            beside = self._cards_in(QRectF(line.left(), scene.top(), line.width(), scene.height()), passed_by)
            points = way_around((start.x(), start.y()), (end.x(), end.y()), beside)
            if points:
                self._bent[wire.key] = line
            if points or wire.has_way_points:
                wire.route(start, end, points)
                wire.forget_label()

    def _runs_across_a_card(self, wire: EdgeItem) -> bool:
        """Tell whether an arranged wire meets a card that was put in its way since."""
        path = wire.path()
        points = [path.pointAtPercent(part / _PARTS) for part in range(_PARTS + 1)]
        cards = self._cards_in(path.controlPointRect(), (wire.source, wire.consumer))
        return any(left < p.x() < right and top < p.y() < bottom for left, top, right, bottom in cards for p in points)

    def _cards_in(self, area: QRectF, passed_by: Collection[str]) -> list[Box]:
        cards = (item for item in self._scene.items(area) if isinstance(item, NodeItem))
        rects = (card.card_rect() for card in cards if card.node_id not in passed_by)
        return [(rect.left(), rect.top(), rect.right(), rect.bottom()) for rect in rects]
