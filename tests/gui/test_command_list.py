"""The list of all commands, from Ctrl+Shift+P to what is done, in the whole window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget

from gui.main_window import MainWindow
from gui.widgets.command_rows import KEYS

LEFT = Qt.MouseButton.LeftButton


class Desk:
    """A window with the list of commands open."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        field = window.findChild(QLineEdit, "commands.text")
        commands = window.findChild(QListWidget, "commands.list")
        assert isinstance(field, QLineEdit)
        assert isinstance(commands, QListWidget)
        self.field, self.list = field, commands
        QTest.keySequence(window.canvas, QKeySequence("Ctrl+Shift+P"))
        assert field.hasFocus()

    def type(self, text: str) -> None:
        QTest.keyClicks(self.field, text)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.field, key)

    def rows(self) -> list[str]:
        return [self.list.item(row).text() for row in range(self.list.count())]


@pytest.fixture
def desk(window: MainWindow) -> Desk:
    return Desk(window)


def test_every_command_that_can_be_given_is_there_with_its_keys(desk: Desk) -> None:
    rows = desk.rows()
    assert {"File › Save", "File › Examples › Boston", "View › Theme › Dark", "✓ View › Inspector"} <= set(rows)
    assert "Run › Step" in rows
    assert "Help › All commands…" not in rows
    keys = {desk.list.item(row).text(): desk.list.item(row).data(KEYS) for row in range(desk.list.count())}
    assert keys["Run › To the end"] == "End"
    assert not any(text.endswith("› ") for text in rows)


def test_a_command_that_cannot_be_given_now_comes_last_and_enter_and_a_click_leave_it(desk: Desk) -> None:
    rows, unable = desk.rows(), {"Edit › Undo", "Run › Step back", "Graph › Align › Left edges"}
    assert unable < set(rows)
    assert min(map(rows.index, unable)) > max(map(rows.index, ("Run › Step", "Help › Keyboard shortcuts")))
    desk.type("left edges")
    assert desk.rows() == ["Graph › Align › Left edges"]
    desk.press(Qt.Key.Key_Return)
    QTest.mouseClick(desk.list.viewport(), LEFT, pos=desk.list.visualItemRect(desk.list.item(0)).center())
    assert desk.field.isVisible()
    assert desk.list.item(0).data(Qt.ItemDataRole.AccessibleDescriptionRole) == "not possible now"
    desk.press(Qt.Key.Key_Escape)


def test_page_down_ends_at_the_last_command_that_can_be_given(desk: Desk) -> None:
    for _ in range(30):
        desk.press(Qt.Key.Key_PageDown)
    assert desk.rows()[desk.list.currentRow()] == "Help › About MiniFlow Studio"


def test_the_arrows_pass_over_commands_that_cannot_be_given_wherever_they_stand(desk: Desk) -> None:
    for row in (0, 2):
        desk.list.item(row).setFlags(Qt.ItemFlag.NoItemFlags)
    rows = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up):
        desk.press(key)
        rows.append(desk.list.currentRow())
    assert rows == [1, 3, 1, 1]


def test_the_list_is_as_high_as_what_is_found_and_its_field_stays_in_its_place(desk: Desk) -> None:
    popup = desk.field.parentWidget()
    place, heights = desk.field.mapToGlobal(QPoint(0, 0)), [popup.height()]
    for text in ("theme", " dark", "xyzzy"):
        desk.type(text)
        heights.append(popup.height())
        assert desk.field.mapToGlobal(QPoint(0, 0)) == place
        ends = [desk.list.visualItemRect(desk.list.item(row)).bottom() for row in range(desk.list.count())]
        assert not ends or 0 <= desk.list.height() - max(ends) < 16
    assert heights[0] > heights[1] > heights[2]
    assert popup.rect().contains(desk.window.findChild(QLabel, "commands.nothing").geometry())
    desk.field.clear()
    assert popup.height() == heights[0]


def test_typing_and_enter_run_a_command_and_close_the_list(desk: Desk) -> None:
    desk.type("theme dark")
    assert desk.rows() == ["View › Theme › Dark"]
    desk.press(Qt.Key.Key_Return)
    assert desk.window.workspace.appearance.choice == "dark"
    assert not desk.field.isVisible()
    assert QApplication.focusWidget() is desk.window.canvas


def test_the_keys_of_the_run_and_of_the_canvas_belong_to_the_list_while_it_is_open(desk: Desk) -> None:
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Delete):
        desk.press(key)
    assert desk.window.workspace.stepping.position == 0
    assert not desk.window.workspace.stepping.playing
    assert desk.list.currentRow() == 0
    desk.press(Qt.Key.Key_PageDown)
    desk.press(Qt.Key.Key_Up)
    assert desk.list.currentRow() == 9


def test_a_click_runs_a_command(desk: Desk) -> None:
    desk.type("to the end")
    place = desk.list.visualItemRect(desk.list.item(0)).center()
    QTest.mouseClick(desk.list.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)
    assert desk.window.workspace.stepping.at_end


def test_escape_closes_it_and_nothing_is_done(desk: Desk) -> None:
    desk.window.workspace.selection.select(["W"])
    desk.press(Qt.Key.Key_Escape)
    assert not desk.field.isVisible()
    assert desk.window.workspace.selection.nodes == ("W",)
    assert desk.window.workspace.stepping.position == 0


def test_words_that_no_command_has_are_told(desk: Desk) -> None:
    desk.type("xyzzy")
    nothing = desk.window.findChild(QLabel, "commands.nothing")
    assert isinstance(nothing, QLabel)
    assert nothing.isVisible()
    desk.press(Qt.Key.Key_Return)
    assert desk.field.isVisible()
    desk.press(Qt.Key.Key_Escape)


def test_a_click_elsewhere_closes_it(desk: Desk) -> None:
    QTest.mouseClick(desk.window.canvas.viewport(), LEFT, Qt.KeyboardModifier.NoModifier)
    assert not desk.field.isVisible()
