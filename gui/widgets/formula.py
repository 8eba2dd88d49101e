"""FormulaView: a formula drawn from matplotlib's mathtext as outlines, sharp at every size, copied as text or LaTeX."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

POINTS = 100.0
"""The size that outlines are made at; they are scaled to the type around them."""

SMALLEST = 0.72
"""A formula that is too wide shrinks to this much of its size, then it is written as wrapped text."""

LONGEST = 600
"""Longer formulas are written as text."""

AXIS, BAR, BAR_DISTANCE, BAR_OVERHANG, FRACTION_GAP = -25.0, 5.0, 22.0, 12.0, 24.0
"""Where the bar of a fraction lies, how thick it is, how far from its parts, and how far it reaches beyond them."""

_FRACTION = r"\dfrac"
_CODE_MOVE, _CODE_LINE, _CODE_QUADRATIC, _CODE_CUBIC, _CODE_CLOSE = 1, 2, 3, 4, 79


@lru_cache(maxsize=1024)
def outlines(latex: str) -> QPainterPath | None:
    """Return the outlines of a formula, its base line at y = 0; None where mathtext cannot write it.

    Fractions are put together here from their parts: mathtext takes long to read a whole formula, but the names in it
    come again and again.
    """
    result = QPainterPath()
    result.setFillRule(Qt.FillRule.WindingFill)
    right = 0.0
    for piece, fraction in _pieces(latex):
        path = _fraction(*fraction) if fraction else written(piece)
        if path is None:
            return None
        left = path.boundingRect().left()
        result.addPath(path.translated(right + FRACTION_GAP - left if right else -left, 0))
        right = result.boundingRect().right()
    return result


def _pieces(latex: str) -> Iterator[tuple[str, tuple[str, str] | None]]:
    """Yield what stands between the fractions, and each fraction as its two parts."""
    rest = latex
    while (start := rest.find(_FRACTION)) >= 0:
        if rest[:start].strip():
            yield rest[:start].strip(), None
        above, rest = _group(rest[start + len(_FRACTION) :])
        below, rest = _group(rest)
        yield "", (above, below)
    if rest.strip():
        yield rest.strip(), None


def _group(text: str) -> tuple[str, str]:
    """Return what is in the braces that ``text`` begins with, and what follows."""
    depth = 0
    for place, character in enumerate(text):
        is_escaped = place > 0 and text[place - 1] == "\\"
        if character in "{}" and not is_escaped:
            depth += 1 if character == "{" else -1
            if depth == 0:
                return text[1:place], text[place + 1 :]
    return text, ""


def _fraction(above: str, below: str) -> QPainterPath | None:
    """Return a fraction in display size, its bar where a minus sign stands."""
    top, bottom = written(above), written(below)
    if top is None or bottom is None:
        return None
    width = max(top.boundingRect().width(), bottom.boundingRect().width()) + BAR_OVERHANG
    result = QPainterPath()
    result.setFillRule(Qt.FillRule.WindingFill)
    result.addRect(QRectF(0, AXIS - BAR / 2, width, BAR))
    for part, y in ((top, AXIS - BAR_DISTANCE - top.boundingRect().height()), (bottom, AXIS + BAR_DISTANCE)):
        box = part.boundingRect()
        result.addPath(part.translated((width - box.width()) / 2 - box.left(), y - box.top()))
    return result


@lru_cache(maxsize=4096)
def written(latex: str) -> QPainterPath | None:
    """Return what mathtext writes, or None where it cannot."""
    if not latex.isascii() or len(latex) > LONGEST:
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
            base_line = 3 - self._outlines.boundingRect().top() * scale
            painter.translate(0, base_line)
            painter.scale(scale, scale)
            painter.fillPath(self._outlines, self._colour)
        painter.end()
