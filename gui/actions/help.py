"""The Help menu."""

from __future__ import annotations

from typing_extensions import override

from gui.dialogs.about import AboutDialog
from gui.dialogs.shortcuts import ShortcutSheet
from gui.menu import Menu


class HelpMenu(Menu):
    """The sheet of shortcuts, and what this program is."""

    name = "help"
    place = 9

    @override
    def title_text(self) -> str:
        return self.tr("&Help")

    @override
    def fill(self) -> None:
        self.add("shortcuts", self.tr("&Keyboard shortcuts"), self._show_shortcuts, "F1", "?")
        self.add("about", self.tr("&About MiniFlow Studio"), self._show_about)

    def _show_shortcuts(self) -> None:
        ShortcutSheet(self.window_).open()

    def _show_about(self) -> None:
        AboutDialog(self.window_).open()
