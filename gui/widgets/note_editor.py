"""The editor of a note, in place: plain text of any number of lines, as high as it needs to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QMarginsF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetricsF, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from gui.widgets.popup import Popup
from gui.widgets.sentence_label import SentenceLabel, theme_of
from gui.widgets.sentences import say
from miniflow.errors import Sentence
from miniflow.graph.records import NOTE_COLOURS
from miniflow.overriding import override

_EDGE, _LINE, _CURSOR = 8, 2, 3


@dataclass(frozen=True)
class Sheet:
    """A note as it lies on the screen, in its pixels."""

    area: QRectF
    free: QMarginsF
    """What stays free around the text."""
    font: QFont
    pixels: float
    """How large the font is."""


class NoteEditor(Popup):
    """One text. Escape, Ctrl+Return, or leaving it, accepts; Escape gives up a text that cannot be kept."""

    accepted = Signal(str)
    cancelled = Signal()
    released = Signal()
    """The text that it kept, as it could not be, was mended or given up."""

    def __init__(self, parent: QWidget, fault: Callable[[str], Sentence | None]) -> None:
        super().__init__(parent)
        self._room = parent
        self._fault = fault
        self._colour = NOTE_COLOURS[0]
        self._least_height = 0
        self.setObjectName("note")
        self._field = _Field(self)
        self._field.setObjectName("note.text")
        self._field.setAccessibleName(self.tr("Text of the note"))
        self._field.setPlaceholderText(self.tr("Write. Esc: done."))
        self._field.textChanged.connect(self._check)
        self._field.finished.connect(self.accept)
        self._field.escaped.connect(self._end)
        self._message = SentenceLabel("note.message", self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self._field)
        self._column.addWidget(self._message)
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

    def open_over(self, sheet: Sheet, text: str, colour: str) -> None:
        """Open over a note with a text to change, on a ground of the note's colour."""
        self._colour = colour
        self._field.setPlainText(text)
        self._field.moveCursor(QTextCursor.MoveOperation.End)
        self.raise_()
        self.show()
        self.cover(sheet)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def cover(self, sheet: Sheet) -> None:
        """Lie over a note, as far as that is in sight, its text where the note has it."""
        theme, free = theme_of(self), sheet.free
        self._least_height = round(sheet.area.height())
        self._field.setStyleSheet(
            f"background: {theme[f'note.{self._colour}']}; color: {theme['text.strong']}; border: none;"
            f"padding: {free.top():.0f}px {free.right() - _CURSOR:.0f}px {free.bottom():.0f}px {free.left():.0f}px;"
        )
        font = QFont(sheet.font)
        font.setPointSizeF(sheet.pixels * 72 / self.logicalDpiY())  # a size in pixels would have to be whole
        self._field.document().setDefaultFont(font)
        width = min(round(sheet.area.width()), self._room.width() - 2 * _EDGE)
        self.setFixedWidth(width + 2 * _LINE)
        left = min(round(sheet.area.left()), self._room.width() - width - _EDGE)
        self.move(max(_EDGE, left) - _LINE, max(_EDGE, round(sheet.area.top())) - _LINE)
        self._fit_height()

    def accept(self) -> None:
        """Hand the text out; where it cannot be kept, say why and keep it here."""
        if not self.fault:
            self.accepted.emit(self.text)
        else:
            self._check()

    def forget_complaint(self) -> None:
        """Say no longer why the text cannot be kept, where that was said."""
        if self._message.text():
            self._message.complain("")
            self.released.emit()

    def _end(self) -> None:
        """Hand the text out; where it cannot be kept, as the sentence below it says, give it up."""
        if self.fault:
            self.cancelled.emit()
        else:
            self.accept()

    def _check(self) -> None:
        if fault := self.fault:
            self._message.complain(fault)
        else:
            self.forget_complaint()
        self._fit_height()

    def _fit_height(self) -> None:
        """Be as high as the text, and as the note was, and stay within the parent."""
        most = self._room.height() - 2 * _EDGE
        message = self._message.minimumHeight() + 4 if self._message.text() else 0
        for _ in range(2):  # only once it has its width does it know its lines
            self._column.activate()
            wished = max(self._least_height, self._field.fitting_height())
            self._field.setFixedHeight(max(1, min(wished, most - message)))
            self.adjustSize()
        if wished <= most - message:
            self._field.verticalScrollBar().setValue(0)
        top = min(self.y(), self._room.height() - self.height() - _EDGE)
        self.move(self.x(), max(_EDGE - _LINE, top))


class _Field(QPlainTextEdit):
    """Tells of Escape, of Ctrl+Return, and of being left for something else than a menu or another window."""

    escaped = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)

    def fitting_height(self) -> int:
        """Return how high it must be to show its whole text."""
        lines = max(1, round(self.document().size().height()))
        free = self.height() - self.viewport().height()
        return ceil(lines * QFontMetricsF(self.document().defaultFont()).lineSpacing()) + free + 2

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
