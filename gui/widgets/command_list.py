"""The list of all commands: a few letters, Enter, and it is done, without looking through the menus."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from gui.presentation.commands import matching
from gui.widgets.command_rows import KEYS, CommandRows
from gui.widgets.popup import Popup
from gui.widgets.sentence_label import theme_of

_WIDTH, _ROWS, _TOP = 480, 10, 64
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _ROWS, Qt.Key.Key_PageUp: -_ROWS}
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class CommandList(Popup):
    """A field to type into, and below it the commands that can be given now, with their keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("commands")
        self._commands: list[tuple[str, QAction]] = []
        self._room = parent
        self._before: QWidget | None = None
        self._field = QLineEdit(self)
        self._field.setObjectName("commands.text")
        self._field.setAccessibleName(self.tr("Words of a command"))
        self._field.setPlaceholderText(self.tr("Type a few letters of a command"))
        self._field.textChanged.connect(self._search)
        self._field.installEventFilter(self)
        self._list = QListWidget(self)
        self._list.setObjectName("commands.list")
        self._list.setAccessibleName(self.tr("Commands"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._rows = CommandRows(theme_of(parent), self._list)
        self._list.setItemDelegate(self._rows)
        self._list.itemClicked.connect(self._run)
        self._nothing = QLabel(self.tr("No command has these words, or none that can be given now."), self)
        self._nothing.setObjectName("commands.nothing")
        self._nothing.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        for widget in (self._field, self._list, self._nothing):
            column.addWidget(widget)
        self.hide()

    def open_with(self, menus: list[QMenu], opener: QAction) -> None:
        """Open over the top of the parent, with what can be done now in these menus, but for what opened this."""
        self._before = QApplication.focusWidget()
        found = (command for menu in menus for command in commands_of(menu, ""))
        self._commands = [(text, action) for text, action in found if action is not opener]
        self._rows.theme = theme_of(self)
        self._field.clear()
        self._search("")
        room = self._room.rect()
        self.setFixedWidth(min(_WIDTH, room.width() - 16))
        row = max(1, self._list.sizeHintForRow(0))
        self._list.setFixedHeight(min(row * _ROWS + 4, max(row, room.height() - 2 * _TOP)))
        self.adjustSize()
        self.move((room.width() - self.width()) // 2, _TOP)
        self.raise_()
        self.show()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Steer the list by the keys pressed in the field, and close when something else is used."""
        if isinstance(event, QKeyEvent) and (event.key() in _STEPS or event.key() in _ENDS):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self._take_key(Qt.Key(event.key()))
            return True
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return super().eventFilter(watched, event)

    def _take_key(self, key: Qt.Key) -> None:
        if key == Qt.Key.Key_Escape:
            self._close()
        elif key in _STEPS:
            row = self._list.currentRow() + _STEPS[key]
            self._list.setCurrentRow(max(0, min(self._list.count() - 1, row)))
        else:
            self._run(self._list.currentItem())

    def _close(self) -> None:
        """Close, and give the focus back to where it was, since a command may be about that."""
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)

    def _search(self, typed: str) -> None:
        self._list.clear()
        for place in matching([text for text, _ in self._commands], typed):
            text, action = self._commands[place]
            keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
            item = QListWidgetItem(f"✓ {text}" if action.isChecked() else text, self._list)
            item.setData(KEYS, keys)
            item.setData(Qt.ItemDataRole.UserRole, place)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, keys)
        self._list.setCurrentRow(0)
        self._list.setVisible(self._list.count() > 0)
        self._nothing.setVisible(self._list.count() == 0)

    def _run(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            _, action = self._commands[item.data(Qt.ItemDataRole.UserRole)]
            self._close()
            action.trigger()


def commands_of(menu: QMenu, above: str) -> Iterator[tuple[str, QAction]]:
    """Return each command of a menu and its submenus that can be given now, with the path to it in words."""
    path = f"{above}{_plain(menu.title())} › "
    for action in menu.actions():
        submenu = action.menu()
        if isinstance(submenu, QMenu):
            yield from commands_of(submenu, path)
        elif action.isEnabled() and not action.isSeparator():
            yield path + _plain(action.text()), action


def _plain(text: str) -> str:
    return text.replace("&", "")
