"""The text of a note, broken into lines as its width asks for; from afar it is written larger, as far as it fits."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

_MAGNIFICATIONS = (1.0, 1.35, 1.8, 2.4)
_LEAST_PIXELS = 8.0
_MORE = "…"
_LINE_BREAK = "\u2028"


class NoteText:
    """A plain text in a font and a width. It is never read as HTML."""

    def __init__(self, text: str, font: QFont, width: float) -> None:
        self._text = text.replace("\n", _LINE_BREAK)
        self._font = font
        self._width = width
        self._laid_out: dict[float, QTextLayout] = {}

    @property
    def height(self) -> float:
        """How high the whole text is at its own size."""
        return self._lines(1.0).boundingRect().height()

    def paint(self, painter: QPainter, room: QRectF, level: float) -> None:
        """Paint as much as fits into ``room``, which is ``level`` pixels a unit; the painter's pen is the ink."""
        size = self._font.pixelSize() * level
        factor = next((each for each in _MAGNIFICATIONS if each * size >= _LEAST_PIXELS), _MAGNIFICATIONS[-1])
        layout = self._lines(factor)
        painter.save()
        painter.setFont(self._font)
        painter.translate(room.topLeft())
        painter.scale(factor, factor)
        if layout.boundingRect().height() <= room.height() / factor + 1:
            layout.draw(painter, QPointF())
        else:
            self._paint_beginning(painter, layout, room.height() / factor)
        painter.restore()

    def _paint_beginning(self, painter: QPainter, layout: QTextLayout, height: float) -> None:
        lines = [layout.lineAt(number) for number in range(layout.lineCount())]
        squeeze = min(1.0, height / lines[0].height())
        painter.scale(squeeze, squeeze)
        shown = [line for line in lines if line.y() + line.height() <= height] or lines[:1]
        for line in shown:
            line.draw(painter, QPointF())
        if len(shown) < len(lines):
            painter.drawText(QPointF(shown[-1].naturalTextWidth(), shown[-1].y() + shown[-1].ascent()), _MORE)

    def _lines(self, factor: float) -> QTextLayout:
        if factor not in self._laid_out:
            room_for_more = QFontMetricsF(self._font).horizontalAdvance(_MORE) if factor > 1 else 0.0
            width = max(1.0, self._width / factor - room_for_more)
            self._laid_out[factor] = _broken_into_lines(self._text, self._font, width)
        return self._laid_out[factor]


def _broken_into_lines(text: str, font: QFont, width: float) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTabStopDistance(4 * QFontMetricsF(font).horizontalAdvance(" "))
    layout.setTextOption(option)
    layout.beginLayout()
    below = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, below))
        below += line.height()
    layout.endLayout()
    return layout
