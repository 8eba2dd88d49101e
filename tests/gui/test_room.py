"""Room: what is added covers neither a card nor a note, whatever it is going to show, and no run makes a card grow."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.main_window import MainWindow
from miniflow.graph import annotating
from miniflow.graph.records import NoteRecord
from tests.gui.mouse import LEFT, NO_KEY, click

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """Show an empty canvas."""
    QTest.keyClick(window.canvas, Qt.Key.Key_N, CONTROL)
    return window


def type_and_enter(words: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, words)
    QTest.keyClick(focused, Qt.Key.Key_Return)


def add(window: MainWindow, *entries: str) -> None:
    """Tab, the words, Enter, for each: it comes beside the selected one."""
    for entry in entries:
        QTest.keyClick(window.canvas, Qt.Key.Key_Tab)
        type_and_enter(entry)


def add_with_the_mouse(window: MainWindow, place: QPoint, entry: str) -> None:
    QTest.mouseDClick(window.canvas.viewport(), LEFT, NO_KEY, place)
    type_and_enter(entry)


def write_note(window: MainWindow, place: tuple[float, float]) -> None:
    note = NoteRecord("why", "What is the gradient here?\nThink before you look.", place)
    window.workspace.do("note", *annotating.add_note(window.workspace.document, note))


def taken(window: MainWindow) -> dict[str, QRectF]:
    mirror = window.canvas.mirror
    cards = {node: item.card_rect() for node, item in mirror.nodes.items()}
    return cards | {f"note {note}": item.sheet() for note, item in mirror.notes.items.items()}


def covered(window: MainWindow) -> list[tuple[str, str]]:
    pairs = combinations(taken(window).items(), 2)
    return [(one, other) for (one, here), (other, there) in pairs if here.intersects(there)]


@pytest.mark.parametrize("layer", ["dense 3 sig", "dense 4 sig", "dense 4", "dense 10 tanh"])
def test_layers_with_wide_values_cover_nothing_and_no_run_makes_a_card_grow(window: MainWindow, layer: str) -> None:
    add(window, "xor features", layer, layer, "dense 1", "loss", "xor target")
    assert covered(window) == []
    for wire in window.canvas.mirror.wires.values():
        assert taken(window)[wire.source].right() < taken(window)[wire.consumer].left()
    before = taken(window)
    QTest.keyClick(window.canvas, Qt.Key.Key_End)
    assert window.workspace.stepping.at_end
    assert taken(window) == before


@pytest.mark.parametrize("place", [(0, -150), (240, 0), (0, 200), (480, 20), (300, 80), (-150, 60)])
def test_a_layer_and_what_follows_cover_no_note(window: MainWindow, place: tuple[float, float]) -> None:
    add(window, "xor features")
    corner = window.canvas.mirror.nodes["X"].pos()
    write_note(window, (corner.x() + place[0], corner.y() + place[1]))
    before = set(covered(window))
    click(window.canvas, window.canvas.node_position("X"))
    add(window, "dense 4 sig", "tanh")
    assert set(covered(window)) == before


def test_a_node_that_is_typed_in_the_middle_covers_no_note(window: MainWindow) -> None:
    QTest.mouseMove(window.menuBar(), QPoint(3, 3))  # else it would come where the mouse is
    middle = window.canvas.navigator.visible().center()
    write_note(window, (middle.x() - 100, middle.y() - 20))
    window.workspace.selection.select()
    window.workspace.viewport.add_by_typing.emit()
    type_and_enter("dense 3 relu")
    assert len(window.workspace.document.nodes) == 4
    assert covered(window) == []


def test_a_layer_stands_where_the_mouse_asked_and_the_rest_of_it_covers_nothing(window: MainWindow) -> None:
    write_note(window, (-480.0, 80.0))
    for layer, place in enumerate((QPoint(330, 130), QPoint(330, 330)), start=1):
        add_with_the_mouse(window, place, "dense 3 sig")
        assert window.canvas.card_in_viewport(f"l{layer}").contains(place)
    assert covered(window) == []
