"""Arranging what is selected: the others stay, nothing is covered, wires keep clear, and undo takes it back at once."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.canvas.scene import bounds_of
from gui.main_window import MainWindow
from miniflow.graph.records import GraphRecord, NodeRecord

CTRL = Qt.KeyboardModifier.ControlModifier
CHOSEN = ("a", "b", "c", "skip")


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """Show four nodes on a heap, and others around them."""
    heap = (
        NodeRecord("a", "Sigmoid", (300, 300)),
        NodeRecord("b", "Sigmoid", (310, 310), ("a",)),
        NodeRecord("c", "Sigmoid", (320, 320), ("b",)),
        NodeRecord("skip", "Add", (330, 330), ("c", "a")),
    )
    around = tuple(NodeRecord(f"n{k}", "Tanh", (220 * (k % 5), 180 * (k // 5))) for k in range(20) if k not in (6, 7))
    window.workspace.show_record(GraphRecord({node.id: node for node in (*heap, *around)}))
    window.workspace.selection.select(CHOSEN)
    return window


def arrange(window: MainWindow) -> None:
    QTest.keyClick(window.canvas, Qt.Key.Key_L, CTRL)


def places(window: MainWindow) -> dict[str, object]:
    return {node: record.position for node, record in window.workspace.document.nodes.items()}


def test_only_what_is_selected_moves_and_one_undo_takes_it_back(window: MainWindow) -> None:
    before = places(window)
    arrange(window)
    moved = {node for node, place in places(window).items() if place != before[node]}
    assert moved == set(CHOSEN)
    window.workspace.undo()
    assert places(window) == before


def test_no_card_covers_another_and_no_wire_runs_across_one(window: MainWindow) -> None:
    arrange(window)
    window.canvas.arranger.finish()
    nodes = window.canvas.mirror.nodes
    cards = {node: item.card_rect().adjusted(1, 1, -1, -1) for node, item in nodes.items()}
    for one, other in combinations(CHOSEN, 2):
        assert not cards[one].intersects(cards[other])
    for one in CHOSEN:
        assert not any(cards[one].intersects(cards[other]) for other in cards.keys() - set(CHOSEN))
    for wire in window.canvas.mirror.wires.values():
        points = [wire.path().pointAtPercent(part / 200) for part in range(201)]
        assert not any(card.contains(point) for card in cards.values() for point in points), wire.key


def test_the_cards_glide_there(window: MainWindow) -> None:
    arrange(window)
    shown = window.canvas.mirror.nodes["skip"].pos()
    assert (shown.x(), shown.y()) != places(window)["skip"]
    window.canvas.arranger.finish()
    shown = window.canvas.mirror.nodes["skip"].pos()
    assert (shown.x(), shown.y()) == places(window)["skip"]


@pytest.mark.parametrize("chosen", [(), CHOSEN])
@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier])
def test_fitting_while_the_cards_glide_fits_where_they_are_going_to_be(
    window: MainWindow, chosen: tuple[str, ...], modifier: Qt.KeyboardModifier
) -> None:
    canvas = window.canvas
    window.workspace.selection.select(chosen)
    arrange(window)
    QTest.keyClick(canvas, Qt.Key.Key_F, modifier)
    seen = canvas.viewportTransform()
    canvas.arranger.finish()
    QTest.keyClick(canvas, Qt.Key.Key_F, modifier)
    assert canvas.viewportTransform() == seen


def test_the_map_comes_for_cards_that_glide_out_of_sight(window: MainWindow, qtbot: QtBot) -> None:
    canvas, record = window.canvas, window.workspace.document.record()
    window.workspace.show_record(GraphRecord({node: record.nodes[node] for node in CHOSEN}))
    arrange(window)
    heap = bounds_of(canvas.mirror.nodes.values())
    canvas.navigator.look_at(heap.center())
    canvas.navigator.zoom_in()
    assert canvas.navigator.visible().contains(heap)
    canvas.arranger.finish()
    assert not canvas.navigator.visible().contains(bounds_of(canvas.mirror.nodes.values()))
    qtbot.waitUntil(canvas.overlay.minimap.isVisible)


def test_the_menu_says_what_will_be_arranged(window: MainWindow) -> None:
    action = window.findChild(QAction, "graph.arrange")
    assert isinstance(action, QAction)
    assert action.text().replace("&", "") == "Arrange the selection"
    window.workspace.selection.select(("a",))
    assert action.text().replace("&", "") == "Arrange"
