"""A line to type a setting into: what does not fit stays in the field, with a sentence that says why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.widgets.sentences import say
from miniflow.errors import MiniFlowError
from miniflow.overriding import override


class CheckedField(QLineEdit):
    """Reads what is typed with ``read``, which returns the value or raises MiniFlowError with a sentence."""

    accepted = Signal(object)
    """Another value was typed, and it fits."""
    refused = Signal(str)
    """The text does not fit, and why; empty when it does again."""

    def __init__(self, name: str, read: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._read = read
        self._shown = ""
        self.textEdited.connect(self._check)
        self.editingFinished.connect(self._finish)

    def show_value(self, text: str) -> None:
        """Show the value that holds, unless the person is typing another, or what was typed waits to be mended."""
        is_typed = self.text() != self._shown and (self.hasFocus() or bool(self.fault))
        self._shown = text
        if not is_typed and self.text() != text:
            self.begin(text)
        self._check(self.text())

    def begin(self, text: str) -> None:
        """Show the value of something else: what was typed for the last one is given up."""
        self._shown = text
        self.setText(text)
        self._refuse("")

    def hand_out(self) -> str:
        """Take what is typed; where it does not fit, keep it and return why, else an empty text."""
        self._finish()
        return self.fault

    def settle(self) -> str:
        """Do the same, where it is in sight, and go back to what does not fit."""
        reason = self.hand_out() if self.isVisible() else ""
        if reason:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        return reason

    @property
    def fault(self) -> str:
        """Why the text does not fit; empty where it does."""
        return str(self.property("fault") or "")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the value that holds back at Escape."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            self.setText(self._shown)
            self._refuse("")
            self.selectAll()
            return
        super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select everything, so that typing replaces it."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def _check(self, text: str) -> None:
        """Take a fault back as soon as it is mended; a new one is told when the person has finished."""
        if self.fault and text == self._shown:
            self._refuse("")
        elif self.fault:
            self._value_of(text)

    def _finish(self) -> None:
        if self.text() != self._shown:
            value = self._value_of(self.text())
            if value is not None:
                self._shown = self.text()
                self.accepted.emit(value)

    def _value_of(self, text: str) -> object | None:
        try:
            value = self._read(text)
        except MiniFlowError as error:
            self._refuse(say(error.sentence))
            return None
        self._refuse("")
        return value

    def _refuse(self, reason: str) -> None:
        if reason != self.fault:
            self.setProperty("fault", reason)
            self.setProperty("faulty", bool(reason))
            self.style().unpolish(self)
            self.style().polish(self)
            self.setToolTip("")
            self.setAccessibleDescription(reason)
            self.refused.emit(reason)
