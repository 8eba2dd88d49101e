"""A caption: a few sentences that change often, under something that shall never move when they do."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.widgets.sentences import tool_tip
from miniflow.overriding import override

_LINES, _LINES_WHERE_NARROW = 2, 3
_NARROW = 80
"""A caption with room for fewer letters in a line has one line more."""
_MARGIN = 4


class Caption(QLabel):
    """As high as its width asks for, whatever it says; a text with no room ends in a mark, and its tip has it whole."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def whole(self) -> str:
        """All that there is to say."""
        return self._whole

    @override
    def setText(self, text: str) -> None:
        """Say something, as much of it as there is room for."""
        self._whole = text
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have as many lines as the new width asks for."""
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Have room for the lines of another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        is_narrow = self.width() < _NARROW * self.fontMetrics().averageCharWidth()
        lines = _LINES_WHERE_NARROW if is_narrow else _LINES
        height = lines * self.fontMetrics().lineSpacing() + _MARGIN
        self.setMinimumHeight(0)  # Qt's answer to how high a text is would be no less
        shown = self._whole if self._fits(self._whole, height) else self._beginning(height)
        super().setText(shown)
        self.setFixedHeight(height)
        self.setToolTip("" if shown == self._whole else tool_tip(self._whole))

    def _beginning(self, height: int) -> str:
        """Return as many whole words as there is room for, and a mark."""
        words = self._whole.split(" ")
        beginnings = [" ".join(words[:count]) + " …" for count in range(len(words))]
        too_long = bisect_left(beginnings, True, key=lambda text: not self._fits(text, height))
        return beginnings[max(0, too_long - 1)]

    def _fits(self, text: str, height: int) -> bool:
        super().setText(text)
        return self.heightForWidth(self.width()) <= height
