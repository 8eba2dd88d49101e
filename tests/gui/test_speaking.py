"""What assistive technology meets on the canvas, and what it is told."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gui.app import create_window
from gui.canvas.parts import Part
from gui.main_window import MainWindow
from miniflow.graph import annotating, composing
from miniflow.graph.edits import Connect, Rename, SetValue
from miniflow.graph.records import Literal, NoteRecord

NAME, DESCRIPTION, VALUE = QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value


def graph(window: MainWindow) -> QAccessibleInterface:
    QApplication.processEvents()
    return QAccessible.queryAccessibleInterface(window.canvas)


def children(interface: QAccessibleInterface) -> list[QAccessibleInterface]:
    return [interface.child(place) for place in range(interface.childCount())]


def named(parent: QAccessibleInterface, name: str) -> QAccessibleInterface:
    return next(child for child in children(parent) if child.text(NAME) == name)


def heard(window: MainWindow) -> str:
    return graph(window).text(DESCRIPTION)


class Listener:
    """Hears what assistive technology would."""

    def __init__(self) -> None:
        self.events: list[tuple[QAccessible.Event, str]] = []
        self.said: list[str] = []

    def hear(self, event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            self.said.append(event.message())
        else:
            self.events.append((event.type(), event.accessibleInterface().text(NAME)))

    def forget(self) -> None:
        QApplication.processEvents()
        self.events.clear()
        self.said.clear()


@pytest.fixture
def listener(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    listener = Listener()
    monkeypatch.setattr(QAccessible, "updateAccessibility", listener.hear)
    QAccessible.setActive(True)
    window.canvas.setFocus()
    listener.forget()
    yield listener
    QAccessible.setActive(False)


# --- what it meets ----------------------------------------------------------------------------------------------------


def test_a_node_tells_that_it_is_trained_and_what_is_wrong_with_it(window: MainWindow) -> None:
    weights = window.workspace.document.nodes["W"]
    window.workspace.do("Set", SetValue("W", weights.value, Literal(((1.0,), (2.0,), (3.0,)))))
    assert "trainable" in named(graph(window), "Input W").text(DESCRIPTION)
    assert "trainable" not in named(graph(window), "Input X").text(DESCRIPTION)
    assert "(3, 1)" in named(graph(window), "Linear f").text(DESCRIPTION)


def test_every_node_wire_and_note_is_a_child_of_the_canvas(window: MainWindow) -> None:
    note = NoteRecord("hint", "Try this", (0.0, -300.0))
    window.workspace.do("note", *annotating.add_note(window.workspace.document, note))
    names = [child.text(NAME) for child in children(graph(window))]
    assert names[:7] == ["Input X", "Input W", "Input b", "Input y", "Linear f", "Sigmoid a", "MSE cost"]
    assert "Wire from W to f, input W" in names
    assert names[-2] == "Note, yellow: Try this"
    assert len(names) == 7 + 6 + 1 + 1  # and what lies on the canvas


def test_the_ports_of_a_node_are_its_children_and_say_where_their_wire_comes_from(window: MainWindow) -> None:
    ports = children(named(graph(window), "Linear f"))
    names = [port.text(NAME) for port in ports]
    assert names == [*(f"Linear f, input {name}, from {name}" for name in "XWb"), "Linear f, output"]
    place = window.canvas.viewport().mapToGlobal(window.canvas.port_position("f", 1))
    assert ports[1].rect().contains(place)


def test_every_part_knows_its_parent_and_its_place_there(window: MainWindow) -> None:
    top = graph(window)
    for place, child in enumerate(children(top)):
        assert top.indexOfChild(child) == place
        assert child.parent() is top
        for inner_place, port in enumerate(children(child) if isinstance(child, Part) else []):
            assert child.indexOfChild(port) == inner_place
            assert port.parent() is child


def test_what_is_at_a_place_of_the_screen_is_found(window: MainWindow) -> None:
    place = window.canvas.viewport().mapToGlobal(window.canvas.node_position("f") + QPoint(0, 30))
    assert graph(window).childAt(place.x(), place.y()).text(NAME) == "Linear f"
    corner = window.canvas.mapToGlobal(QPoint(2, 2))
    assert graph(window).childAt(corner.x(), corner.y()).object() is window.canvas.viewport()


def test_a_part_is_selected_by_assistive_technology_too(window: MainWindow) -> None:
    wire = named(graph(window), "Wire from W to f, input W")
    action = wire.actionInterface()
    action.doAction(action.actionNames()[0])
    assert window.workspace.selection.wires == (("W", "f", 1),)
    assert wire.state().selected


def test_a_part_out_of_sight_says_so(window: MainWindow) -> None:
    node = named(graph(window), "Linear f")
    assert not node.state().offscreen
    window.canvas.navigator.pan(5000, 0)
    assert node.state().offscreen


def test_parts_live_and_go_with_what_they_stand_for(window: MainWindow) -> None:
    node, count = named(graph(window), "Sigmoid a"), graph(window).childCount()
    port = children(node)[0]
    window.workspace.do("Delete", *composing.remove(window.workspace.document, {"a"}))
    assert not node.isValid()
    assert (node.text(NAME), node.childCount(), port.text(NAME)) == ("", 0, "")
    window.workspace.undo()
    assert graph(window).childCount() == count
    window.workspace.do("Rename", Rename("a", "squash"))
    assert named(graph(window), "Sigmoid squash").isValid()
    del node, port
    gc.collect()
    assert children(graph(window))


def test_parts_outlive_their_window_and_say_nothing(window: MainWindow) -> None:
    other = create_window()
    parts = children(graph(other))
    other.close()
    other.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not any(part.isValid() for part in parts if isinstance(part, Part))
    assert {part.text(NAME) for part in parts if isinstance(part, Part)} == {""}
    assert all(part.state().invalid for part in parts if isinstance(part, Part))


def test_other_widgets_are_met_as_ever(window: MainWindow) -> None:
    timeline = window.findChild(QWidget, "play_bar.timeline")
    assert QAccessible.queryAccessibleInterface(timeline).role() == QAccessible.Role.Slider


# --- what it is told --------------------------------------------------------------------------------------------------


def test_the_focus_follows_the_selection(window: MainWindow, listener: Listener) -> None:
    window.workspace.selection.select(["f"])
    QApplication.processEvents()
    assert listener.events == [(QAccessible.Event.Selection, "Linear f"), (QAccessible.Event.Focus, "Linear f")]
    assert graph(window).focusChild() is named(graph(window), "Linear f")
    listener.forget()
    window.workspace.selection.select((), [("W", "f", 1)])
    QApplication.processEvents()
    assert (QAccessible.Event.Focus, "Wire from W to f, input W") in listener.events


def test_a_step_tells_the_new_numbers_of_the_selected_node_and_what_happened(
    window: MainWindow, listener: Listener
) -> None:
    window.workspace.selection.select(["cost"])
    listener.forget()
    QTest.keyClick(window.canvas, Qt.Key.Key_End)
    QApplication.processEvents()
    assert (QAccessible.Event.ValueChanged, "MSE cost") in listener.events
    assert named(graph(window), "MSE cost").text(VALUE).startswith("value 2.4999")
    assert listener.said == [window.findChild(QWidget, "play_bar.caption").property("text")]


def test_several_selected_nodes_are_announced(window: MainWindow, listener: Listener) -> None:
    window.workspace.selection.select(["f", "a"])
    QApplication.processEvents()
    assert listener.said == ["2 nodes are selected"]


def test_nothing_is_made_while_nobody_listens(window: MainWindow) -> None:
    window.workspace.selection.select(["f"])
    window.workspace.stepping.last()
    QApplication.processEvents()
    assert window.canvas.interface is None


# --- in words ---------------------------------------------------------------------------------------------------------


def test_the_selected_node_is_told_with_its_inputs_and_numbers(window: MainWindow) -> None:
    window.workspace.selection.select(["f"])
    assert heard(window).startswith("Linear f, input X, from X, input W, from W, input b, from b, feeds a")
    assert "value not computed" in heard(window)
    window.workspace.stepping.last()
    assert "value of shape 2 × 1" in heard(window) or "value of shape (2, 1)" in heard(window)
    window.workspace.selection.select(["cost"])
    assert "value 2.4999" in heard(window)


def test_an_edit_is_heard_too(window: MainWindow) -> None:
    window.workspace.selection.select(["f"])
    window.workspace.stepping.last()
    window.workspace.do("Disconnect", Connect("f", 1, "W", None))
    assert "input W, free" in heard(window)
    assert "its numbers are stale" in heard(window)


def test_a_selected_wire_is_told_by_its_ends(window: MainWindow) -> None:
    window.workspace.selection.select((), [("W", "f", 1)])
    assert heard(window) == "Wire from W to f, input W"


def test_nothing_is_told_where_nothing_is_selected(window: MainWindow) -> None:
    window.workspace.selection.select(["f", "a"])
    assert heard(window) == "2 nodes are selected"
    window.workspace.selection.select()
    assert heard(window) == ""
