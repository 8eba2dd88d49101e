"""The room that cards and notes take on the canvas, and which of them cover one another."""

from __future__ import annotations

from itertools import combinations

from PySide6.QtCore import QRectF

from gui.main_window import MainWindow


def taken(window: MainWindow) -> dict[str, QRectF]:
    window.canvas.arranger.finish()
    mirror = window.canvas.mirror
    cards = {node: item.card_rect() for node, item in mirror.nodes.items()}
    return cards | {f"note {note}": item.sheet() for note, item in mirror.notes.items.items()}


def covered(window: MainWindow) -> list[tuple[str, str]]:
    pairs = combinations(taken(window).items(), 2)
    return [(one, other) for (one, here), (other, there) in pairs if here.intersects(there)]
