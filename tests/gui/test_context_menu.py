"""The context menus of the canvas: the actions of the menu bar, about what is under the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from gui.main_window import MainWindow
from miniflow.graph import annotating, composing
from miniflow.graph.records import NoteRecord


def opened(window: MainWindow, place: QPoint) -> QMenu:
    """Open the menu at a place of the canvas, as the platform asks for it."""
    viewport = window.canvas.viewport()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(viewport, QContextMenuEvent(reason, place, viewport.mapToGlobal(place)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def pick(menu: QMenu, name: str) -> None:
    """Click an entry."""
    entry = next(action for action in menu.actions() if action.objectName() == name)
    assert entry.isEnabled()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())


def middle_of_wire(window: MainWindow, consumer: str, port: int) -> QPoint:
    path = window.canvas.mirror.wires[consumer, port].path()
    return window.canvas.to_viewport(path.pointAtPercent(0.5)).toPoint()


def places(window: MainWindow) -> dict[str, QPoint]:
    return {
        "an Input": window.canvas.node_position("W"),
        "another node": window.canvas.node_position("f"),
        "a wire": middle_of_wire(window, "a", 0),
        "a wired port": window.canvas.port_position("f", 1),
        "an out port": window.canvas.port_position("f", "out"),
        "the ground": QPoint(4, 4),
    }


@pytest.mark.parametrize("what", ["an Input", "another node", "a wire", "a wired port", "an out port", "the ground"])
def test_every_entry_is_an_action_of_the_menu_bar(window: MainWindow, what: str) -> None:
    menu = opened(window, places(window)[what])
    entries = [action for action in menu.actions() if not action.isSeparator()]
    own = [action for action in entries if action not in window.actions()]
    menu.close()
    expected = {"the ground": ["Add a node…", "Add a note"], "an out port": ["Add a node wired to this port…"]}
    assert [action.text() for action in own] == expected.get(what, [])
    assert len(entries) > len(own)


def test_what_is_under_the_mouse_is_what_an_entry_is_about(window: MainWindow) -> None:
    document = window.workspace.document
    window.workspace.selection.select(["cost"])
    pick(opened(window, window.canvas.node_position("W")), "graph.trainable")
    assert not document.nodes["W"].trainable
    pick(opened(window, window.canvas.node_position("f")), "graph.output")
    assert document.output == "f"


def test_a_node_of_a_selection_stands_for_all_of_it(window: MainWindow) -> None:
    window.workspace.selection.select(["f", "W", "a"])
    pick(opened(window, window.canvas.node_position("f")), "edit.duplicate")
    assert {"f2", "W2", "a2"} <= set(window.workspace.document.nodes)
    window.workspace.selection.select(["f", "W"])
    menu = opened(window, window.canvas.node_position("f"))
    assert window.workspace.selection.current == "f"
    menu.close()


@pytest.mark.parametrize("what", ["a wire", "a wired port"])
def test_a_wire_is_deleted_from_its_menu_and_from_that_of_its_port(window: MainWindow, what: str) -> None:
    place = {"a wire": middle_of_wire(window, "f", 1), "a wired port": window.canvas.port_position("f", 1)}[what]
    pick(opened(window, place), "edit.delete")
    assert window.workspace.document.nodes["f"].inputs == ("X", None, "b")


def test_the_ground_offers_what_fits_there_and_a_node_at_that_place(window: MainWindow) -> None:
    menu = opened(window, QPoint(6, 6))
    names = {action.objectName() for action in menu.actions()}
    assert {"edit.paste", "edit.select_all", "graph.arrange", "view.fit"} <= names
    entry = menu.actions()[0]
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())
    QTest.keyClicks(QApplication.focusWidget(), "tanh")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    card = window.canvas.mirror.nodes["tanh1"].card_rect()
    assert card.contains(window.canvas.to_scene(QPointF(6, 6)))


@pytest.mark.parametrize("port", ["out", 1])
def test_a_port_offers_a_node_that_will_be_wired_to_it(window: MainWindow, port: str | int) -> None:
    window.workspace.do("Disconnect", *composing.disconnect(window.workspace.document, [("f", 1)]))
    menu = opened(window, window.canvas.port_position("f", port))
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(menu.actions()[0]).center())
    QTest.keyClicks(QApplication.focusWidget(), "tanh")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    nodes = window.workspace.document.nodes
    wired = nodes["tanh1"].inputs[0] == "f" if port == "out" else nodes["f"].inputs[1] == "tanh1"
    assert wired


def test_several_wires_are_deleted_from_the_menu_of_one_of_them(window: MainWindow) -> None:
    window.workspace.selection.select((), [("X", "f", 0), ("f", "a", 0)])
    pick(opened(window, middle_of_wire(window, "a", 0)), "edit.delete")
    assert window.workspace.document.nodes["f"].inputs == (None, "W", "b")
    assert window.workspace.document.nodes["a"].inputs in ((), (None,))


def by_key(window: MainWindow) -> QMenu:
    """Open the menu with the key for it, which the platform tells with a place of its own."""
    canvas = window.canvas
    reason, place = QContextMenuEvent.Reason.Keyboard, QPoint(0, 0)
    QApplication.sendEvent(canvas, QContextMenuEvent(reason, place, canvas.mapToGlobal(place)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_the_menu_key_opens_the_menu_of_what_is_selected_beside_it(window: MainWindow) -> None:
    canvas, selection = window.canvas, window.workspace.selection
    note = NoteRecord("n", "Look here", (0.0, 400.0))
    window.workspace.do("Add a note", *annotating.add_note(window.workspace.document, note))
    for chosen, entry in (
        ((["f"],), "graph.output"),
        (([], [("f", "a", 0)]), "edit.delete"),
        (([], [], ["n"]), "graph.note_blue"),
        (([],), "view.fit"),
    ):
        selection.select(*chosen)
        menu = by_key(window)
        assert entry in {action.objectName() for action in menu.actions()}
        assert canvas.rect().contains(canvas.mapFromGlobal(menu.pos()))
        menu.close()
    selection.select(["f"])
    canvas.navigator.look_at(QPointF(9000, 9000))
    menu = by_key(window)
    assert canvas.card_in_viewport("f").contains(canvas.viewport().mapFromGlobal(menu.pos()))
    menu.close()


def test_the_actions_outlive_the_menu(window: MainWindow) -> None:
    opened(window, window.canvas.node_position("W")).close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    found = window.findChild(QAction, "edit.copy")
    assert isinstance(found, QAction)
    assert found in window.actions()
