"""FormulaView: a formula drawn from matplotlib's mathtext as outlines, sharp at every size, copied as text or LaTeX."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

POINTS = 100.0
"""The size that outlines are made at; they are scaled to the type around them."""

SMALLEST = 0.72
"""A formula that is too wide shrinks to this much of its size, then it is written as wrapped text."""

_CODE_MOVE, _CODE_LINE, _CODE_QUADRATIC, _CODE_CUBIC, _CODE_CLOSE = 1, 2, 3, 4, 79


@lru_cache(maxsize=2048)
def outlines(latex: str) -> QPainterPath | None:
    """Return the outlines of a formula, its base line at y = 0; None where mathtext cannot write it."""
    if not latex.isascii() or len(latex) > 600:
        return None
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    try:
        path = TextPath((0, 0), f"${latex}$", size=POINTS, prop=FontProperties(math_fontfamily="stix"))
    except ValueError:
        return None
    result = QPainterPath()
    result.setFillRule(Qt.FillRule.WindingFill)
    for points, code in path.iter_segments(curves=True, simplify=False):
        _add(result, [float(number) for number in points], int(code))
    return result


def _add(path: QPainterPath, numbers: list[float], code: int) -> None:
    points = [QPointF(x, -y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
    if code == _CODE_MOVE:
        path.moveTo(points[0])
    elif code == _CODE_LINE:
        path.lineTo(points[0])
    elif code == _CODE_QUADRATIC:
        path.quadTo(points[0], points[1])
    elif code == _CODE_CUBIC:
        path.cubicTo(points[0], points[1], points[2])
    elif code == _CODE_CLOSE:
        path.closeSubpath()


class FormulaView(QWidget):
    """One formula, as wide as there is room for."""

    def __init__(self, text: str, latex: str, colour: QColor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._outlines = outlines(latex)
        self._colour = colour
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def text(self) -> str:
        """The formula as plain text."""
        return self._text

    @property
    def _scale(self) -> float:
        return QFontMetricsF(self.font()).height() * 1.02 / POINTS

    def _fitting_scale(self, width: float) -> float | None:
        """The scale at which the outlines fit, or None where text has to serve."""
        if self._outlines is None:
            return None
        natural = self._outlines.boundingRect().right() * self._scale
        if natural <= width:
            return self._scale
        return self._scale * width / natural if natural * SMALLEST <= width else None

    def _text_height(self, width: int) -> int:
        flags = Qt.TextFlag.TextWrapAnywhere
        return self.fontMetrics().boundingRect(0, 0, max(width, 1), 10_000, flags, self._text).height()

    @override
    def hasHeightForWidth(self) -> bool:
        """Narrow, it may need more lines."""
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        """How high it is in so much room."""
        scale = self._fitting_scale(width)
        if scale is None or self._outlines is None:
            return self._text_height(width) + 2
        return round(self._outlines.boundingRect().height() * scale) + 6

    @override
    def sizeHint(self) -> QSize:
        """Its natural size."""
        if self._outlines is None:
            return QSize(self.fontMetrics().horizontalAdvance(self._text), self._text_height(10_000))
        box = self._outlines.boundingRect()
        return QSize(round(box.right() * self._scale) + 2, round(box.height() * self._scale) + 6)

    @override
    def minimumSizeHint(self) -> QSize:
        """It shrinks, and wraps as text in the end."""
        hint = self.sizeHint()
        return QSize(min(60, hint.width()), hint.height())

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the outlines, or the text in their place."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self._fitting_scale(self.width())
        if scale is None or self._outlines is None:
            painter.setPen(self._colour)
            painter.drawText(QRectF(self.rect()), Qt.TextFlag.TextWrapAnywhere, self._text)
        else:
            painter.translate(0, 3 - self._outlines.boundingRect().top() * scale)
            painter.scale(scale, scale)
            painter.fillPath(self._outlines, self._colour)
        painter.end()
