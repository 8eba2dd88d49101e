"""Walking: from one node to the next by keys, along the wires to the left and right, by place above and below."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from gui.canvas.scene import CanvasScene


def neighbour(scene: CanvasScene, node: str | None, direction: QPointF) -> str | None:
    """Return the next node in a direction: one that ``node`` is wired to, or else the nearest that lies there."""
    if node is None or node not in scene.nodes:
        return next(iter(scene.nodes), None)
    document = scene.workspace.document
    wired: list[str] = []
    if direction.x() < 0:
        wired = [source for source in document.nodes[node].inputs if source is not None]
    elif direction.x() > 0:
        wired = [consumer for consumer, _ in document.consumers(node)]
    return next(iter(wired), None) or _nearest(scene, node, direction)


def _nearest(scene: CanvasScene, node: str, direction: QPointF) -> str | None:
    here = scene.nodes[node].card_rect().center()

    def cost(other: str) -> float:
        away = scene.nodes[other].card_rect().center() - here
        along = QPointF.dotProduct(away, direction)
        across = abs(away.x() * direction.y()) + abs(away.y() * direction.x())
        return along + 3.0 * across if along > 0 else float("inf")

    best = min((other for other in scene.nodes if other != node), key=cost, default=None)
    return best if best is not None and cost(best) < float("inf") else None
