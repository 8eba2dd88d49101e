"""A short list of links, each to a node; names are text, whatever they look like."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gui.widgets.sentences import short, tool_tip


class LinkList(QWidget):
    """Rows that can be clicked; ``followed`` tells which, by what it leads to."""

    followed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self._links: tuple[tuple[str, str | None], ...] = ()

    def show_links(self, links: Sequence[tuple[str, str | None]]) -> None:
        """Show rows of (text, where it leads); a row that leads nowhere cannot be clicked."""
        if tuple(links) == self._links:
            return
        self._links = tuple(links)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for text, target in self._links:
            self._column.addWidget(self._link(text, target))

    def _link(self, text: str, target: str | None) -> QPushButton:
        button = QPushButton(short(text).replace("&", "&&"))
        button.setObjectName(f"{self.objectName()}.row")
        button.setFlat(True)
        button.setProperty("link", True)
        button.setAccessibleName(text)
        button.setStyleSheet("text-align: left; padding: 2px 4px; border: none; background: transparent;")
        button.setCursor(Qt.CursorShape.PointingHandCursor if target is not None else Qt.CursorShape.ArrowCursor)
        button.setEnabled(target is not None)
        if target is not None:
            button.setToolTip(tool_tip(text))
            button.clicked.connect(partial(self.followed.emit, target))
        return button
