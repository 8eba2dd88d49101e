"""Keys that both the run and a focused widget want: the widget gets them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QWidget

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


def keeps_key(focused: QWidget | None, event: QEvent) -> bool:
    """Tell whether the focused widget keeps this key from the shortcuts: a button its Space, a list all run keys."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if isinstance(focused, (QAbstractItemView, QComboBox)):
        return event.key() in RUN_KEYS
    return isinstance(focused, QAbstractButton) and event.key() == Qt.Key.Key_Space
