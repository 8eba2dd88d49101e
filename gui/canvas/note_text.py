"""The text of a note, broken into lines as its width asks for; from afar it is written larger, as far as it fits.

Where it would be too small to be read even so, nothing is written: the note is a patch of its colour.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

_MAGNIFICATIONS = (1.0, 1.15, 1.35, 1.6, 1.8, 2.1, 2.4)
_EASY_PIXELS, _WHOLE_PIXELS, _LEAST_PIXELS = 8.0, 6.0, 5.0
"""The size from which type is read with ease, from which it is better small and whole than cut, and at all."""
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
        if size * _MAGNIFICATIONS[-1] < _LEAST_PIXELS:
            return
        factor = self._factor(size, room.height())
        layout = self._lines(factor)
        painter.save()
        painter.setFont(self._font)
        painter.translate(room.topLeft())
        painter.scale(factor, factor)
        if self._fits(factor, room.height()):
            layout.draw(painter, QPointF())
        else:
            self._paint_beginning(painter, layout, room.height() / factor)
        painter.restore()

    def _factor(self, size: float, height: float) -> float:
        """Return how many times as large to write what is ``size`` pixels high: whole, if that can be read."""
        enough = next((each for each in _MAGNIFICATIONS if each * size >= _EASY_PIXELS), _MAGNIFICATIONS[-1])
        whole = [each for each in _MAGNIFICATIONS if each <= enough and self._fits(each, height)]
        return whole[-1] if whole and whole[-1] * size >= _WHOLE_PIXELS else enough

    def _fits(self, factor: float, height: float) -> bool:
        return self._lines(factor).boundingRect().height() <= height / factor + 1

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
