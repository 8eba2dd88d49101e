"""Keys that both the run and a focused widget want: the widget gets them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QWidget,
)

from gui.widgets.array_grid import EMPTYING, ArrayGrid, types
from gui.widgets.timeline_slider import TimelineSlider

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
SLIDER_KEYS = RUN_KEYS - {Qt.Key.Key_Space}
"""What moves the handle of a slider; that of the timeline moves with the run."""
CLIPBOARD_KEYS = (QKeySequence.StandardKey.Cut, QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Paste)
"""What a table does with its cells, not the canvas with its nodes."""
RETURN_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
TAKES_RETURN = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit)


def keeps_key(focused: QWidget | None, event: QEvent) -> bool:
    """Tell whether the focused widget keeps this key from the shortcuts.

    A field keeps its Return, a list all run keys, a table those of the clipboard too, and, where it holds numbers,
    whatever is typed; a slider keeps those that move it.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.key() in RETURN_KEYS:
        return isinstance(focused, TAKES_RETURN)
    if isinstance(focused, QAbstractItemView) and _is_of_cells(focused, event):
        return True
    if isinstance(focused, (QAbstractItemView, QComboBox)):
        return event.key() in RUN_KEYS
    if isinstance(focused, QSlider) and not isinstance(focused, TimelineSlider):
        return event.key() in SLIDER_KEYS
    return isinstance(focused, QAbstractButton) and event.key() == Qt.Key.Key_Space


def _is_of_cells(table: QAbstractItemView, event: QKeyEvent) -> bool:
    if any(event.matches(key) for key in CLIPBOARD_KEYS):
        return True
    return isinstance(table, ArrayGrid) and (event.key() in EMPTYING or (table.numbers.editable and types(event)))
