"""The editor of a note, in place: plain text of any number of lines, as high as it needs to be."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from gui.widgets.popup import Popup
from gui.widgets.sentence_label import SentenceLabel, theme_of
from gui.widgets.sentences import say
from miniflow.errors import Sentence
from miniflow.graph.records import NOTE_COLOURS

_LEAST_WIDTH = 240
_LEAST_PIXELS, _MOST_PIXELS = 13, 40
_EDGE = 8


class NoteEditor(Popup):
    """One text. Escape cancels; Ctrl+Return, or leaving it, accepts, but never a text that cannot be kept."""

    accepted = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget, fault: Callable[[str], Sentence | None]) -> None:
        super().__init__(parent)
        self._room = parent
        self._fault = fault
        self._colour = NOTE_COLOURS[0]
        self.setObjectName("note")
        self._field = _Field(self)
        self._field.setObjectName("note.text")
        self._field.setAccessibleName(self.tr("Text of the note"))
        self._field.setPlaceholderText(self.tr("Write a note. Esc: never mind."))
        self._field.textChanged.connect(self._check)
        self._field.finished.connect(self.accept)
        self._field.escaped.connect(self.cancelled)
        self._message = SentenceLabel("note.message", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(4)
        column.addWidget(self._field)
        column.addWidget(self._message)
        self.setFocusProxy(self._field)
        self.hide()

    @property
    def text(self) -> str:
        """What stands in it."""
        return self._field.toPlainText()

    @property
    def fault(self) -> str:
        """Why the text cannot be kept; empty where it can."""
        fault = self._fault(self.text)
        return "" if fault is None else say(fault)

    def open_at(self, area: QRect, text: str, colour: str, pixels: float) -> None:
        """Open over ``area`` of the parent with a text to change, on a ground of the note's colour."""
        self._colour = colour
        self._field.setPlainText(text)
        self._field.moveCursor(QTextCursor.MoveOperation.End)
        self.raise_()
        self.show()
        self.cover(area, pixels)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def cover(self, area: QRect, pixels: float) -> None:
        """Lie over ``area`` of the parent, as far as that is in sight, with type of about ``pixels``."""
        theme, size = theme_of(self), round(max(_LEAST_PIXELS, min(_MOST_PIXELS, pixels)))
        self._field.setStyleSheet(
            f"background: {theme[f'note.{self._colour}']}; color: {theme['text.strong']};"
            f"border: none; padding: 2px 6px; font-size: {size}px;"
        )
        self.setFixedWidth(min(max(_LEAST_WIDTH, area.width()), self._room.width() - 2 * _EDGE))
        left = min(area.left(), self._room.width() - self.width() - _EDGE)
        self.move(max(_EDGE, left), max(_EDGE, area.top()))
        self._fit_height()

    def accept(self) -> None:
        """Hand the text out; where it cannot be kept, say why and keep it here."""
        if not self.fault:
            self.accepted.emit(self.text)
        else:
            self._check()

    def _check(self) -> None:
        self._message.complain(self.fault)
        self._fit_height()

    def _fit_height(self) -> None:
        """Be as high as the text, and stay within the parent."""
        most = self._room.height() - 2 * _EDGE
        message = self._message.minimumHeight() + 4 if self._message.text() else 0
        for _ in range(2):  # only once it has its width does it know its lines
            self._field.setFixedHeight(max(1, min(self._field.fitting_height(), most - message - 16)))
            self.adjustSize()
        top = min(self.y(), self._room.height() - self.height() - _EDGE)
        self.move(self.x(), max(_EDGE, top))


class _Field(QPlainTextEdit):
    """Tells of Escape, of Ctrl+Return, and of being left for something else than a menu or another window."""

    escaped = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fitting_height(self) -> int:
        """Return how high it must be to show its whole text."""
        lines = max(1, round(self.document().size().height()))
        margins = self.contentsMargins()
        frame = margins.top() + margins.bottom() + 2 * round(self.document().documentMargin())
        return lines * self.fontMetrics().lineSpacing() + frame + 8

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif is_return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if self.isVisible() and event.reason() not in passing:
            self.finished.emit()
