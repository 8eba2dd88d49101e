"""The lesson's two-layer network, from an empty canvas to its first trained epoch, in few actions.

Each list below is what a person does. A click, a drag, a key and a typed word each count one.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from gui.app import create_window
from gui.main_window import MainWindow
from miniflow.graph.records import DatasetPart, NodeRecord, Normal, Zeros
from tests.gui.boston import lesson_network, until

LEFT, RIGHT, NO_KEY = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier


class Person:
    """Mouse and keys on the window; counts what is done with them."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.canvas = window.canvas
        self.actions = 0

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
        self.actions += 1
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifier)

    def type(self, words: str) -> None:
        self.actions += len(words.split())
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, words)

    def add(self, words: str) -> None:
        """Tab, the words, Enter: a node comes beside the selected one, wired to it."""
        self.key(Qt.Key.Key_Tab)
        self.type(words)
        self.key(Qt.Key.Key_Return)

    def drop_wire(self, node: str, port: int | str, by: QPoint, words: str) -> None:
        """A wire dragged from a port to the empty canvas, the words, Enter."""
        start = self.canvas.port_position(node, port)
        self.drag(start, start + by)
        self.type(words)
        self.key(Qt.Key.Key_Return)

    def drag(self, start: QPoint, end: QPoint) -> None:
        self.actions += 1
        viewport = self.canvas.viewport()
        assert viewport.rect().contains(start)
        QTest.mousePress(viewport, LEFT, NO_KEY, start)
        QTest.mouseMove(viewport, (start + end) / 2)
        QTest.mouseMove(viewport, end)
        QTest.mouseRelease(viewport, LEFT, NO_KEY, end)

    def double_click(self, place: QPoint) -> None:
        self.actions += 2
        QTest.mouseDClick(self.canvas.viewport(), LEFT, NO_KEY, place)

    def choose_from_the_menu_of(self, node: str, entry: str) -> None:
        """A click with the right button, and one on the entry."""
        self.actions += 2
        place = self.canvas.node_position(node)
        self.canvas.mouse.open_menu(place.toPointF())
        menu = self.canvas.findChild(QMenu, "canvas.menu")
        assert menu is not None
        chosen = next(action for action in menu.actions() if action.objectName() == entry)
        QTest.mouseClick(menu, LEFT, NO_KEY, menu.actionGeometry(chosen).center())


@pytest.fixture
def person(qtbot: QtBot) -> Iterator[Person]:
    window = create_window()
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    window.canvas.setFocus()
    yield Person(window)
    window.workspace.training.stop()
    window.workspace.history.mark_saved()
    window.close()
    window.deleteLater()


def is_the_lessons_network(window: MainWindow) -> bool:
    nodes = window.workspace.document.nodes
    meant = lesson_network().nodes
    return {id: (node.type, node.inputs, node.trainable, _kind(node)) for id, node in nodes.items()} == {
        id: (node.type, node.inputs, node.trainable, _kind(node)) for id, node in meant.items()
    }


def _kind(node: NodeRecord) -> object:
    match node.value:
        case Normal(shape) | Zeros(shape):
            return type(node.value), shape
        case DatasetPart(name, part):
            return name, part
        case other:
            return other


def assert_an_epoch_is_trained(qtbot: QtBot, person: Person) -> None:
    training = person.window.workspace.training
    until(qtbot, lambda: training.epoch >= 2)


def test_the_lessons_network_by_the_keyboard_alone(qtbot: QtBot, person: Person) -> None:
    person.add("boston features")
    person.add("dense 10 sig")
    person.add("dense 1")
    person.add("loss")
    person.add("boston target")
    person.key(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert is_the_lessons_network(person.window)
    assert_an_epoch_is_trained(qtbot, person)
    assert person.actions <= 30


def test_the_lessons_network_by_wires_dropped_on_the_canvas(qtbot: QtBot, person: Person) -> None:
    person.double_click(QPoint(100, 250))
    person.type("boston features")
    person.key(Qt.Key.Key_Return)
    person.drop_wire("X", "out", QPoint(110, 0), "dense 10 sig")
    person.drop_wire("s1", "out", QPoint(80, 10), "dense 1")
    person.key(Qt.Key.Key_F)
    person.drop_wire("l2", "out", QPoint(40, 10), "mse")
    person.key(Qt.Key.Key_F)
    person.drop_wire("cost", 0, QPoint(-30, 90), "boston target")
    person.key(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert is_the_lessons_network(person.window)
    assert_an_epoch_is_trained(qtbot, person)
    assert person.actions <= 30


def test_a_linear_alone_brings_its_w_and_b_shaped_to_what_it_is_wired_to(person: Person) -> None:
    person.add("boston features")
    person.add("lin")
    person.choose_from_the_menu_of("l1", "graph.parameters")
    nodes = person.window.workspace.document.nodes
    assert nodes["l1"].inputs == ("X", "W1", "b1")
    assert (nodes["W1"].value, nodes["W1"].trainable) == (Normal((13, 1), seed=1), True)
    assert (nodes["b1"].value, nodes["b1"].trainable) == (Zeros((1,)), True)
    cards = [person.canvas.card_in_viewport(node) for node in nodes]
    assert not any(a.intersects(b) for i, a in enumerate(cards) for b in cards[:i])
    person.window.workspace.undo()
    assert nodes["l1"].inputs == ("X",)
