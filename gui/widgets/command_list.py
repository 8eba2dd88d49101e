"""The list of all commands: a few letters, Enter, and it is done, without looking through the menus."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QListWidgetItem, QMenu, QWidget

from gui.presentation.commands import matching
from gui.widgets.command_rows import KEYS, CommandRows
from gui.widgets.popup_list import PopupList
from gui.widgets.sentence_label import theme_of
from miniflow.overriding import override

_WIDTH, _ROWS, _TOP = 480, 10, 64


class CommandList(PopupList):
    """All commands with their keys: first those that can be given now, then, faintly, the others."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "commands", _ROWS)
        self._commands: list[tuple[str, QAction]] = []
        self._before: QWidget | None = None
        self.field.setAccessibleName(self.tr("Words of a command"))
        self.field.setPlaceholderText(self.tr("Type a few letters of a command"))
        self.list.setAccessibleName(self.tr("Commands"))
        self._rows = CommandRows(theme_of(parent), self.list)
        self.list.setItemDelegate(self._rows)
        self.nothing.setText(self.tr("No command has these words."))

    def open_with(self, menus: list[QMenu], opener: QAction) -> None:
        """Open over the top of the parent, with what these menus have, but for what opened this."""
        self._before = QApplication.focusWidget()
        found = (command for menu in menus for command in commands_of(menu, ""))
        self._commands = [(text, action) for text, action in found if action is not opener]
        self._rows.theme = theme_of(self)
        room = self.room.rect()
        self.begin(min(_WIDTH, room.width() - 16), room.height() - 2 * _TOP)
        self.move((room.width() - self.width()) // 2, _TOP)
        self.appear()

    @override
    def close_list(self) -> None:
        """Close, and give the focus back to where it was, since a command may be about that."""
        super().close_list()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def leave(self) -> None:
        self.hide()

    @override
    def offer(self, text: str) -> None:
        found = matching([words for words, _ in self._commands], text)
        for place in sorted(found, key=lambda place: not self._commands[place][1].isEnabled()):
            words, action = self._commands[place]
            keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
            item = QListWidgetItem(f"✓ {words}" if action.isChecked() else words, self.list)
            item.setData(KEYS, keys)
            item.setData(Qt.ItemDataRole.UserRole, place)
            can_be = action.isEnabled()
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, keys if can_be else self.tr("not possible now"))
            item.setFlags(item.flags() if can_be else Qt.ItemFlag.NoItemFlags)

    @override
    def choose(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled:
            _, action = self._commands[item.data(Qt.ItemDataRole.UserRole)]
            self.close_list()
            action.trigger()


def commands_of(menu: QMenu, above: str) -> Iterator[tuple[str, QAction]]:
    """Return each command of a menu and its submenus, with the path to it in words."""
    path = f"{above}{_plain(menu.title())} › "
    for action in menu.actions():
        submenu = action.menu()
        if isinstance(submenu, QMenu):
            yield from commands_of(submenu, path)
        elif not action.isSeparator():
            yield path + _plain(action.text()), action


def _plain(text: str) -> str:
    return text.replace("&", "")
