"""A caption: a few sentences that change often, under something that shall not move each time they do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from gui.widgets.sentence_label import WrappedLabel

_LINES = 2
_MARGIN = 4


class Caption(WrappedLabel):
    """As high as two lines; once a text has needed more, as high as that one, until it has another width or font."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self._most = 0
        super().__init__("", parent)
        self.setObjectName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Begin anew where another width asks for other lines."""
        if event.size().width() != event.oldSize().width():
            self._most = 0
        super().resizeEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Begin anew with another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._most = 0
            self._fit_height()

    @override
    def _fit_height(self) -> None:
        least = _LINES * self.fontMetrics().lineSpacing() + _MARGIN
        self._most = max(self._most, least, self._fitting_height())
        self.setMinimumHeight(self._most)
