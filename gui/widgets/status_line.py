"""The line that says what happened: a sentence that is too long for it is shown whole above it, until it was read."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.widgets.popup import Popup
from gui.widgets.sentence_label import WrappedLabel
from gui.widgets.sentences import tool_tip
from miniflow.overriding import override

_PADDING = 10
_GAP = 6
_WIDEST = 46
"""How wide the whole sentence may be, in heights of its type."""
_GOING_ON = (QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress)


class StatusLine(QLabel):
    """One sentence in one line. Where it is cut, its whole stands above it until the person goes on or clicks.

    A click on the line, or Enter where it has the keyboard, shows the whole again; so does its tool tip.
    """

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setIndent(0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = _Whole(parent.window())

    @override
    def setText(self, text: str) -> None:
        """Say a sentence."""
        super().setText(text)
        self._whole.hide()
        self._fit()
        if self.is_cut and self.isVisible():
            self._show_whole()

    @override
    def clear(self) -> None:
        """Say nothing any more."""
        self.setText("")

    @property
    def is_cut(self) -> bool:
        """Whether the line is too short for the sentence."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self._room

    @property
    def _room(self) -> int:
        return self.width() - 2 * _PADDING

    def _fit(self) -> None:
        """Where the sentence is cut, let it be asked for."""
        self.setToolTip(tool_tip(self.text()) if self.is_cut else "")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if self.is_cut else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if self.is_cut else Qt.CursorShape.ArrowCursor)

    def _show_whole(self) -> None:
        self._whole.show_above(self.mapTo(self.window(), QPoint(0, 0)), self.text())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sentence, with an ellipsis where it is cut."""
        if not self.is_cut:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self._room)
        place = self.rect().adjusted(_PADDING, 0, -_PADDING, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find out again whether the sentence has room."""
        super().resizeEvent(event)
        self._fit()
        if self._whole.isVisible():
            self._whole.setVisible(self.is_cut)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show the whole sentence again."""
        if self.is_cut:
            self._show_whole()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the whole sentence again at Enter."""
        if self.is_cut and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._show_whole()
        else:
            super().keyPressEvent(event)


class _Whole(Popup):
    """The whole sentence, over what stands above the line; it goes with the next click or key."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("status.whole")
        self._everything = cast("QApplication", QApplication.instance())
        self._text = WrappedLabel()
        self._text.setObjectName("status.whole_message")
        column = QVBoxLayout(self)
        column.setContentsMargins(_PADDING, 8, _PADDING, 8)
        column.addWidget(self._text)
        self.hide()

    def show_above(self, place: QPoint, text: str) -> None:
        """Stand above a place in the window, as high as the sentence asks for."""
        self._text.setText(text)
        room = self._window.width() - 2 * (place.x() + _GAP)
        width = min(room, _WIDEST * self.fontMetrics().height())
        inside = width - 2 * _PADDING - 4  # the frame has 2 at either side
        self.resize(width, self._text.heightForWidth(inside) + 2 * 8 + 4)
        self.move(place.x() + _GAP, place.y() - self.height() - _GAP)
        self.raise_()
        self.show()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Listen for the next click or key; again when the window comes back from the task bar."""
        self._everything.installEventFilter(self)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Listen no more."""
        self._everything.removeEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go as soon as the person goes on."""
        if event.type() in _GOING_ON and isinstance(watched, QWidget):
            self.hide()
        return False
