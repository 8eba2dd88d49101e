"""The Help menu."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from gui.dialogs.about import AboutDialog
from gui.dialogs.shortcuts import ShortcutSheet
from gui.menu import Menu
from gui.widgets.command_list import CommandList
from miniflow.overriding import override


class HelpMenu(Menu):
    """The list of all commands, the sheet of shortcuts, and what this program is."""

    name = "help"
    place = 9

    @override
    def title_text(self) -> str:
        return self.tr("&Help")

    @override
    def fill(self) -> None:
        self._commands = CommandList(self.window_)
        self._open_list = self.add("commands", self.tr("All &commands…"), self._show_commands, "Ctrl+Shift+P")
        self.add("shortcuts", self.tr("&Keyboard shortcuts"), self._show_shortcuts, "F1", "?")
        self.add("about", self.tr("&About MiniFlow Studio"), self._show_about)

    def _show_commands(self) -> None:
        menus = (action.menu() for action in self.window_.menuBar().actions())
        self._commands.open_with([menu for menu in menus if isinstance(menu, QMenu)], self._open_list)

    def _show_shortcuts(self) -> None:
        ShortcutSheet(self.window_).open()

    def _show_about(self) -> None:
        AboutDialog(self.window_).open()
