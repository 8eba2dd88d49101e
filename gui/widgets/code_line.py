"""CodeLineView: one line of a program, cut where it is too long, that can be clicked for its node."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from gui.widgets.sentences import tool_tip
from miniflow.overriding import override


class CodeLineView(QLabel):
    """A line of code; hovering shows the whole of one that is cut."""

    chosen = Signal(str)

    def __init__(self, text: str, node: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = text
        self._node = node
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._tell()

    def show_line(self, text: str, node: str | None) -> None:
        """Be another line."""
        if (text, node) != (self._whole, self._node):
            self._whole, self._node = text, node
            self._tell()
            self._cut()

    def mark(self, is_running: bool, is_selected: bool) -> None:
        """Look like the line that runs now, or one about a selected node, or neither."""
        kind = "code now" if is_running else "code"
        if (kind, is_selected) != (self.property("kind"), self.property("selected")):
            self.setProperty("kind", kind)
            self.setProperty("selected", is_selected)
            self.style().unpolish(self)
            self.style().polish(self)

    @property
    def whole(self) -> str:
        """The line as it stands in the program."""
        return self._whole

    @override
    def minimumSizeHint(self) -> QSize:
        """It can be cut to almost nothing."""
        return QSize(40, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the line to the room that there is."""
        super().resizeEvent(event)
        self._cut()

    def _tell(self) -> None:
        self.setText(self._whole or " ")
        self.setAccessibleName(self._whole)
        is_about_a_node = self._node is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_about_a_node else Qt.CursorShape.ArrowCursor)

    def _cut(self) -> None:
        room = self.contentsRect().width()
        cut = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(cut or " ")
        self.setToolTip("" if cut == self._whole else tool_tip(self._whole[:2000]))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the node of the line."""
        if self._node is not None and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self._node)
