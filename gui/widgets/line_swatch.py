"""A short piece of line, as a legend shows it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from miniflow.overriding import override


class LineSwatch(QWidget):
    """A line with a dot where it is ``thick``, a thin pale line where it is not."""

    def __init__(self, thick: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thick = thick
        self._colour = QColor()
        self.setFixedSize(QSize(24, 12))

    def set_colour(self, code: str) -> None:
        """Draw in the colour ``#rrggbb``."""
        self._colour = QColor(code)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter.setOpacity(1.0 if self._thick else 0.6)
        painter.setPen(QPen(self._colour, 2.2 if self._thick else 1.0))
        painter.drawLine(QPointF(1, middle.y()), QPointF(self.width() - 1, middle.y()))
        if self._thick:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colour)
            painter.drawEllipse(middle, 3.4, 3.4)
