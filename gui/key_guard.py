"""Keys that both the run and a focused widget want: the widget gets them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QWidget

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

RETURN_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
TAKES_RETURN = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)


def keeps_key(focused: QWidget | None, event: QEvent) -> bool:
    """Tell whether the focused widget keeps this key from the shortcuts: a field its Return, a list all run keys."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.key() in RETURN_KEYS:
        return isinstance(focused, TAKES_RETURN)
    if isinstance(focused, (QAbstractItemView, QComboBox)):
        return event.key() in RUN_KEYS
    return isinstance(focused, QAbstractButton) and event.key() == Qt.Key.Key_Space
