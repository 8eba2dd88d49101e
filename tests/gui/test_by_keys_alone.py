"""Every step of building without a mouse: the first example from an empty window, and each step on its own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QWidget

from gui.canvas.card_painter import PortMark
from gui.main_window import MainWindow
from miniflow.graph import annotating
from miniflow.graph.edits import Move
from miniflow.graph.records import Literal, NodeRecord, NoteRecord

NO_KEY, CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NODES = [
    ("X", "input", "[[-1, -2], [-1, -2]]"),
    ("W", "input", "[[2], [3]]"),
    ("b", "input", "[-3]"),
    ("y", "input", "[1, 2]"),
    ("f", "linear", None),
    ("a", "sigmoid", None),
    ("cost", "mse", None),
]
WIRES = [("X", "f X"), ("W", "f W"), ("b", "f b"), ("f", "a"), ("y", "cost y"), ("a", "cost 2")]
"""From whom, and what is typed to choose the port: its name, or its number."""


class Hands:
    """Ten fingers on the keyboard, and no mouse."""

    def __init__(self, window: MainWindow) -> None:
        self.window, self.canvas = window, window.canvas

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_KEY) -> None:
        QTest.keyClick(self.focus(), key, modifier)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focus(), text)

    def focus(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None, "the keyboard has gone elsewhere"
        return focused

    def add(self, name: str, typed: str, value: str | None) -> None:
        for step in (Qt.Key.Key_Escape, Qt.Key.Key_Tab):
            self.press(step)
        self.type(typed)
        for step in (Qt.Key.Key_Return, Qt.Key.Key_F2):
            self.press(step)
        self.type(name)
        self.press(Qt.Key.Key_Return)
        if value is not None:
            self.press(Qt.Key.Key_Return)
            self.type(value)
            self.press(Qt.Key.Key_Return)
        assert self.selected == name

    def walk_to(self, node: str) -> None:
        """Go from node to node with Alt and the arrows until ``node`` is the selected one."""
        arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
        ways: dict[str | None, Sequence[Qt.Key]] = {self.selected: ()}
        for _ in range(60):
            if self.selected == node:
                return
            here = self.selected
            tried = ways[here]
            arrow = next(each for each in arrows if each not in tried)
            ways[here] = (*tried, arrow) if len(tried) < len(arrows) - 1 else ()
            self.press(arrow, ALT)
            ways.setdefault(self.selected, ())
        pytest.fail(f"{node} cannot be reached: {[(n.id, n.position) for n in self.nodes.values()]}")

    def connect(self, source: str, typed: str) -> None:
        self.walk_to(source)
        self.press(Qt.Key.Key_C)
        self.type(typed)
        self.press(Qt.Key.Key_Return)

    @property
    def selected(self) -> str | None:
        return self.window.workspace.selection.current

    @property
    def nodes(self) -> dict[str, NodeRecord]:
        return dict(self.window.workspace.document.nodes)

    @property
    def offered(self) -> list[str]:
        found = self.canvas.findChild(QListWidget, "wires.list")
        assert isinstance(found, QListWidget)
        remark = Qt.ItemDataRole.AccessibleDescriptionRole
        return [f"{found.item(row).text()} {found.item(row).data(remark)}".strip() for row in range(found.count())]


@pytest.fixture
def hands(window: MainWindow) -> Hands:
    window.canvas.setFocus()
    return Hands(window)


def test_the_first_example_is_built_from_an_empty_window_by_keys_alone(hands: Hands) -> None:
    hands.press(Qt.Key.Key_N, CTRL)
    assert not hands.nodes
    for name, typed, value in NODES:
        hands.add(name, typed, value)
    for source, typed in WIRES:
        hands.connect(source, typed)
    assert hands.nodes["f"].inputs == ("X", "W", "b")
    assert hands.nodes["a"].inputs == ("f",)
    hands.press(Qt.Key.Key_End)
    cost = hands.window.workspace.readings.of("cost")
    assert np.isclose(cost.value, 2.4999, atol=1e-3)
    hands.walk_to("a")
    hands.press(Qt.Key.Key_Delete)
    assert "a" not in hands.nodes
    hands.press(Qt.Key.Key_Z, CTRL)
    assert hands.nodes["cost"].inputs == ("y", "a")


def test_tab_twice_adds_nothing(hands: Hands) -> None:
    before = hands.nodes
    hands.press(Qt.Key.Key_Tab)
    hands.press(Qt.Key.Key_Tab)
    assert hands.nodes == before
    assert hands.focus() is hands.canvas


def test_the_ports_that_a_node_can_feed_are_offered_with_what_would_become_of_them(hands: Hands) -> None:
    hands.walk_to("f")
    hands.press(Qt.Key.Key_C)
    assert any(each.startswith("cost · y instead of y") for each in hands.offered)
    assert not any(each.startswith("f ·") for each in hands.offered)
    hands.press(Qt.Key.Key_Escape)
    hands.walk_to("cost")
    hands.press(Qt.Key.Key_C)
    assert hands.offered
    assert all("closes a cycle" in each for each in hands.offered)


def test_the_port_that_is_looked_at_lights_up_until_the_list_is_closed(hands: Hands) -> None:
    hands.walk_to("X")
    before = hands.nodes
    hands.press(Qt.Key.Key_C)
    hands.type("a x")
    marks = hands.canvas.mirror.nodes["a"].emphasis.marks
    assert PortMark.TARGET in marks.values() or PortMark.REFUSED in marks.values()
    hands.press(Qt.Key.Key_Escape)
    assert not any(item.emphasis.marks for item in hands.canvas.mirror.nodes.values())
    assert hands.nodes == before
    assert hands.focus() is hands.canvas


def test_words_that_no_port_has_are_answered_with_a_sentence(hands: Hands) -> None:
    hands.walk_to("f")
    hands.press(Qt.Key.Key_C)
    hands.type("nobody")
    nothing = hands.canvas.findChild(QLabel, "wires.nothing")
    assert isinstance(nothing, QLabel)
    assert nothing.isVisible()
    hands.press(Qt.Key.Key_Return)
    assert nothing.isVisible()


def test_a_wire_is_taken_away_by_keys(hands: Hands) -> None:
    hands.walk_to("f")
    hands.press(Qt.Key.Key_C, SHIFT)
    assert hands.offered == ["X → f · X", "W → f · W", "b → f · b", "f → a · x"]
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    assert hands.nodes["f"].inputs == ("X", None, "b")
    hands.press(Qt.Key.Key_Z, CTRL)
    assert hands.nodes["f"].inputs == ("X", "W", "b")


def test_the_wires_of_a_node_are_walked_and_one_is_deleted(hands: Hands) -> None:
    hands.walk_to("f")
    walked = []
    for _ in range(5):
        hands.press(Qt.Key.Key_E)
        walked += hands.window.workspace.selection.wires
    assert walked == [("X", "f", 0), ("W", "f", 1), ("b", "f", 2), ("f", "a", 0), ("X", "f", 0)]
    hands.press(Qt.Key.Key_E)
    hands.press(Qt.Key.Key_Delete)
    assert hands.nodes["f"].inputs == ("X", None, "b")
    hands.press(Qt.Key.Key_Z, CTRL)
    assert hands.window.workspace.selection.wires == (("W", "f", 1),)


@pytest.mark.parametrize(("arrow", "end"), [(Qt.Key.Key_Left, "f"), (Qt.Key.Key_Right, "a")])
def test_the_arrows_lead_from_a_wire_to_its_ends(arrow: Qt.Key, end: str, hands: Hands) -> None:
    hands.walk_to("a")
    hands.press(Qt.Key.Key_E)
    assert hands.window.workspace.selection.wires == (("f", "a", 0),)
    hands.press(arrow, ALT)
    assert hands.selected == end


def test_the_arrows_lead_to_a_note_and_back(hands: Hands) -> None:
    workspace, high = hands.window.workspace, hands.canvas.mirror.nodes["f"].pos() + QPointF(0, -600)
    note = NoteRecord("hint", "Look", (high.x(), high.y()))
    workspace.do("note", *annotating.add_note(workspace.document, note))
    hands.walk_to("f")
    for _ in range(3):
        hands.press(Qt.Key.Key_Up, ALT)
    assert workspace.selection.notes == ("hint",)
    hands.press(Qt.Key.Key_Down, ALT)
    assert hands.selected is not None


@pytest.mark.parametrize("shift", [-9.0, 0.0, 9.0])
def test_up_and_down_do_not_lead_to_what_stands_beside(shift: float, hands: Hands) -> None:
    node = hands.nodes["f"]
    assert node.position is not None
    hands.window.workspace.do("Move", Move("f", node.position, (node.position[0], node.position[1] + shift)))
    for key, found in ((Qt.Key.Key_Up, "W"), (Qt.Key.Key_Down, "b")):
        hands.window.workspace.selection.select(("f",))
        hands.press(key, ALT)
        assert hands.selected == found


def test_a_value_is_changed_by_keys(hands: Hands) -> None:
    hands.walk_to("b")
    hands.press(Qt.Key.Key_Return)
    hands.type("[7]")
    hands.press(Qt.Key.Key_Return)
    assert hands.nodes["b"].value == Literal((7,))


def test_stepping_opens_no_window_that_takes_the_keyboard_away(hands: Hands) -> None:
    for node in ("f", "a", "cost"):
        hands.walk_to(node)
        for key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            hands.press(key)
            assert QApplication.activeWindow() is hands.window
            assert hands.focus() is hands.canvas
