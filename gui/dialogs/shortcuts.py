"""Every command with its keys, as the menus have them, and what the mouse and the keys do on the canvas."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)


class ShortcutSheet(QDialog):
    """The commands of every menu that have a key, read from the menus themselves."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.setObjectName("dialog.shortcuts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(560, 640)
        sheet = QWidget(self)
        grid = QGridLayout(sheet)
        grid.setHorizontalSpacing(28)
        for menu in (action.menu() for action in window.menuBar().actions()):
            if isinstance(menu, QMenu):
                self._add_menu(grid, menu)
        self._add_section(grid, self.tr("On the canvas, with the mouse"), self._gestures())
        self._add_section(grid, self.tr("On the canvas, with keys"), self._canvas_keys())
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(sheet)
        area.setMinimumWidth(sheet.sizeHint().width() + area.verticalScrollBar().sizeHint().width() + 4)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setObjectName("shortcuts.close")
        close.setAccessibleName(self.tr("Close"))
        column = QVBoxLayout(self)
        column.addWidget(area)
        column.addWidget(buttons)

    def _add_menu(self, grid: QGridLayout, menu: QMenu) -> None:
        commands = [action for action in menu.actions() if action.shortcuts()]
        if not commands:
            return
        self._add_section(
            grid, menu.title().replace("&", ""), [(each.text().replace("&", ""), _keys(each)) for each in commands]
        )

    def _add_section(self, grid: QGridLayout, title: str, rows: Sequence[tuple[str, str]]) -> None:
        heading = _plain(title, self)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
        for does, how in rows:
            row = grid.rowCount()
            grid.addWidget(_plain(does, self), row, 0)
            grid.addWidget(_plain(how, self), row, 1)

    def _gestures(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Add a node"), self.tr("Double-click the empty canvas")),
            (self.tr("Draw a wire"), self.tr("Drag from a port to a port")),
            (self.tr("Wire a new node"), self.tr("Drop a wire on the empty canvas")),
            (self.tr("Take a wire off, or lead it elsewhere"), self.tr("Drag the half of it that is to go elsewhere")),
            (self.tr("Cut several wires"), self.tr("Ctrl and drag across them")),
            (self.tr("Put a node into a wire"), self.tr("Drop the node on the wire")),
            (self.tr("Edit a value"), self.tr("Double-click the Input")),
            (self.tr("Edit a note"), self.tr("Double-click it; click elsewhere when done")),
            (self.tr("Make a note wider"), self.tr("Select it, and drag its right edge")),
            (self.tr("Select several"), self.tr("Drag around them, or Shift and click")),
            (self.tr("Move a card without snapping"), self.tr("Drag it with Ctrl held")),
            (self.tr("Move the view"), self.tr("Space and drag, the middle button, or two fingers")),
            (self.tr("Move the view sideways"), self.tr("Shift and the wheel")),
            (self.tr("Zoom"), self.tr("Turn the wheel, or pinch")),
        ]

    def _canvas_keys(self) -> list[tuple[str, str]]:
        def key(text: str) -> str:
            return QKeySequence(text).toString(QKeySequence.SequenceFormat.NativeText)

        return [
            (self.tr("Add a node, wired to the selected one"), key("Tab")),
            (self.tr("Add it, and go on with the next"), key("Ctrl+Return")),
            (self.tr("Select the next node along the wires"), self.tr("Alt and an arrow")),
            (self.tr("Move what is selected"), self.tr("Ctrl and an arrow; with Shift, by a little")),
            (self.tr("Open the menu of what is selected"), self.tr("The menu key, or Shift+F10")),
            (self.tr("Call off what was begun; select nothing"), key("Esc")),
            (self.tr("End a note, and keep its text"), key("Esc")),
        ]


def _keys(action: QAction) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return "   ".join(dict.fromkeys(shortcut.toString(native) for shortcut in action.shortcuts()))


def _plain(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
