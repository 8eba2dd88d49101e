"""Menu: the contract that every file in ``actions/`` signs. A menu is its actions, each named ``menu.verb``."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from gui.workspace import Workspace


class Menu(QMenu):
    """One menu of the menu bar."""

    name: ClassVar[str]
    place: ClassVar[int]
    """Its place in the menu bar, from the left."""

    def __init__(self, workspace: Workspace, window: QMainWindow) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.window_ = window
        self.setObjectName(f"menu.{self.name}")
        self.setTitle(self.title_text())
        self.fill()

    def title_text(self) -> str:
        """What the menu is called, in the person's language, with its access key."""
        raise NotImplementedError

    def fill(self) -> None:
        """Add the actions."""
        raise NotImplementedError

    def add(
        self,
        verb: str,
        text: str,
        slot: Callable[..., object],
        *shortcuts: QKeySequence | QKeySequence.StandardKey | str,
        checkable: bool = False,
        submenu: QMenu | None = None,
    ) -> QAction:
        """Add an action called ``<menu>.<verb>`` that calls ``slot``, to a submenu if one is given."""
        action = QAction(text, self)
        action.setObjectName(f"{self.name}.{verb}")
        keys = dict.fromkeys(QKeySequence(shortcut).toString() for shortcut in shortcuts)
        action.setShortcuts([QKeySequence(each) for each in keys if each])  # the same twice is ambiguous to Qt
        action.setCheckable(checkable)
        action.triggered.connect(slot)
        (submenu or self).addAction(action)
        self.window_.addAction(action)
        return action
