"""Every command with its keys, as the menus have them."""

from __future__ import annotations

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
        self.resize(460, 560)
        sheet = QWidget(self)
        grid = QGridLayout(sheet)
        grid.setHorizontalSpacing(28)
        for menu in (action.menu() for action in window.menuBar().actions()):
            if isinstance(menu, QMenu):
                self._add_menu(grid, menu)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(sheet)
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
        heading = QLabel(menu.title().replace("&", ""), self)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
        for action in commands:
            row = grid.rowCount()
            grid.addWidget(_plain(action.text().replace("&", ""), self), row, 0)
            grid.addWidget(_plain(_keys(action), self), row, 1)


def _keys(action: QAction) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return "   ".join(dict.fromkeys(shortcut.toString(native) for shortcut in action.shortcuts()))


def _plain(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
