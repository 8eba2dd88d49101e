"""Keys that both the run and a focused widget want: the widget gets them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox
from typing_extensions import override

RUN_KEYS = frozenset(
    {
        Qt.Key.Key_Space,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)


class KeyGuard(QObject):
    """Leaves a focused button its Space, and a focused list, table or box of choices all keys of the run."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claim a key for the widget that has the focus, before a shortcut takes it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in RUN_KEYS:
            has_list = isinstance(watched, (QAbstractItemView, QComboBox))
            is_pressed = isinstance(watched, QAbstractButton) and event.key() == Qt.Key.Key_Space
            if has_list or is_pressed:
                event.accept()
                return True
        return super().eventFilter(watched, event)
