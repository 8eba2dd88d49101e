"""Room: what is added covers neither a card nor a note, whatever it is going to show, and no run makes a card grow."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.main_window import MainWindow
from miniflow.graph import annotating
from miniflow.graph.records import GraphRecord, NodeRecord, NoteRecord
from tests.gui.mouse import LEFT, NO_KEY, click
from tests.gui.rooms import covered, taken

EXAMPLES = Path(__file__).resolve().parents[2] / "resources" / "examples"
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


@pytest.mark.parametrize("place", [(-240, -190), (-200, 240), (-260, 60), (0, 150)])
@pytest.mark.parametrize("is_placed", [True, False])
def test_a_w_and_a_b_that_a_linear_brings_cover_no_note(
    window: MainWindow, place: tuple[float, float], is_placed: bool
) -> None:
    linear = NodeRecord("l1", "Linear", (300.0, 100.0) if is_placed else None)
    window.workspace.show_record(GraphRecord({"l1": linear}))
    corner = window.canvas.mirror.nodes["l1"].pos()
    write_note(window, (corner.x() + place[0], corner.y() + place[1]))
    window.workspace.selection.select(["l1"])
    QTest.keyClick(window.canvas, Qt.Key.Key_W)
    assert window.workspace.document.nodes["l1"].inputs == (None, "W1", "b1")
    assert covered(window) == []
    for brought in ("W1", "b1"):
        assert taken(window)[brought].right() < taken(window)["l1"].left()


@pytest.mark.parametrize("across", [150, 380, 600])
def test_a_layer_that_is_typed_above_a_network_stays_together(window: MainWindow, across: int) -> None:
    window.workspace.files.open(EXAMPLES / "xor.miniflow")
    add_with_the_mouse(window, QPoint(across, 20), "dense 2 sig")
    rooms = taken(window)
    layer = [rooms[node].center() for node in ("W3", "b3", "l3", "s3")]
    assert max(abs(one.y() - other.y()) for one, other in combinations(layer, 2)) < 400
    assert max(abs(one.x() - layer[2].x()) for one in layer) < 400
    assert max(rooms["W3"].right(), rooms["b3"].right()) < rooms["l3"].left()
    assert covered(window) == []
