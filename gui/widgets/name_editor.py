"""The editor of a name, in place: a name that cannot be stays in the field, with a sentence beside it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gui.widgets.popup import Popup
from gui.widgets.sentence_label import SentenceLabel
from gui.widgets.sentences import say
from miniflow.errors import Sentence
from miniflow.overriding import override

_LEAST_WIDTH = 200


class NameEditor(Popup):
    """One field. Enter accepts, and so does leaving it; Escape cancels. A name that cannot be stays, and it is open."""

    accepted = Signal(str)
    cancelled = Signal()
    released = Signal()
    """The name that it kept, as it could not be, was changed or given up."""

    def __init__(self, parent: QWidget, fault: Callable[[str], Sentence | None]) -> None:
        super().__init__(parent)
        self._fault = fault
        self.setObjectName("name")
        self._field = _Field(self)
        self._field.setObjectName("name.text")
        self._field.setAccessibleName(self.tr("Name of the node"))
        self._field.textEdited.connect(self.forget_complaint)
        self._field.returnPressed.connect(self.settle)
        self._field.escaped.connect(self.cancelled)
        self._field.left.connect(self._leave)
        self._message = SentenceLabel("name.message", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(4)
        column.addWidget(self._field)
        column.addWidget(self._message)
        self.hide()

    def open_at(self, area: QRect, name: str) -> None:
        """Open over ``area`` of the parent with a name to change."""
        self._field.setText(name)
        self._message.complain("")
        self.setFixedWidth(max(_LEAST_WIDTH, area.width()))
        self.adjustSize()
        self.move(area.left(), area.center().y() - self.height() // 2)
        self.raise_()
        self.show()
        self._field.selectAll()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget_complaint(self) -> None:
        """Say no longer why the name cannot be, where that was said: it is changed or given up."""
        if self._message.text():
            self._message.complain("")
            self.adjustSize()
            self.released.emit()

    def settle(self) -> str:
        """Hand the name out; where it cannot be, keep it and return why, else an empty text."""
        reason = self._hand_out()
        if reason:
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        return reason

    def _hand_out(self) -> str:
        fault = self._fault(self._field.text())
        if fault is None:
            self.accepted.emit(self._field.text())
            return ""
        reason = say(fault)
        self._message.complain(reason)
        self.adjustSize()
        return reason

    def _leave(self) -> None:
        if self.isVisible():
            self._hand_out()


class _Field(QLineEdit):
    """Tells of Escape, and of being left for something else than a menu or another window."""

    escaped = Signal()
    left = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.accept()  # Qt passes it on, and the canvas has the keyboard by now

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in passing:
            self.left.emit()
