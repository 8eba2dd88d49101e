"""NumberView: a value or a gradient in a panel: a number, a small matrix in brackets, or a heat map."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.presentation import numbers
from gui.widgets.sentences import tool_tip
from miniflow.overriding import override

BRACKET = 4.0
GAP = 12.0
HEAT_WIDTH = 104.0
HEAT_HEIGHT = 40.0
HEAT_CELL = 13.0
WIDEST = 17.0
"""How wide the numbers may be, in heights of the panel's font: a card of the Explain panel has so much room."""
SMALLEST_TYPE = 9


class NumberView(QWidget):
    """Numbers in the colour of what they are; hovering tells each exactly."""

    hovered = Signal(int, int)
    """The row and the column under the mouse; −1 and −1 when it leaves."""

    def __init__(
        self, value: Any, ink: QColor, positive: QColor, negative: QColor, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._value = np.asarray(value)
        self._ink, self._positive, self._negative = ink, positive, negative
        self._cells = numbers.cells(self._value) if numbers.kind(self._value) != "heat map" else None
        if self._value.ndim == 2 and self._cells is None:
            self._table = self._value
        else:
            self._table = self._value.reshape(-1, self._value.shape[-1] if self._value.ndim else 1)
        self._lit: Any = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.text)

    @property
    def text(self) -> str:
        """The numbers as text, or the shape of what is too large."""
        if self._cells is None:
            return numbers.shape(self._value.shape)
        return "\n".join(" ".join(row) for row in self._cells)

    # --- places ---------------------------------------------------------------------------------------------------

    def _number_font(self) -> QFont:
        """The font of the numbers: smaller where a row of them would be wider than a card of the panel."""
        height = QFontMetricsF(self.font()).height()
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(max(SMALLEST_TYPE, round(height * 0.86)))
        font.setBold(True)
        if self._cells is not None:
            widths = self._column_widths(QFontMetricsF(font))
            room = WIDEST * height - GAP * len(widths)
            if sum(widths) > room:
                font.setPixelSize(max(SMALLEST_TYPE, int(font.pixelSize() * room / sum(widths))))
        return font

    def _column_widths(self, metrics: QFontMetricsF) -> list[float]:
        assert self._cells is not None
        return [max(metrics.horizontalAdvance(row[k]) for row in self._cells) for k in range(len(self._cells[0]))]

    @override
    def sizeHint(self) -> QSize:
        """Room for all its numbers."""
        metrics = QFontMetricsF(self._number_font())
        if self._cells is None:
            width, height = self._heat_size()
            text = max(metrics.horizontalAdvance(line) for line in self._caption())
            return QSize(round(width + GAP + text) + 2, round(max(height, 2 * metrics.height())))
        widths = self._column_widths(metrics)
        brackets = 0 if self._value.ndim == 0 else 2 * BRACKET + 8
        width = sum(widths) + GAP * (len(widths) - 1) + brackets
        return QSize(round(width) + 2, round(len(self._cells) * (metrics.height() + 2)) + 2)

    @override
    def minimumSizeHint(self) -> QSize:
        """The same: numbers are never cut."""
        return self.sizeHint()

    def _heat_size(self) -> tuple[float, float]:
        rows, columns = numbers.heat(self._value).shape
        return min(HEAT_WIDTH, columns * HEAT_CELL), min(HEAT_HEIGHT, rows * HEAT_CELL)

    def _caption(self) -> tuple[str, str]:
        """The shape, and the least and the largest number."""
        low, high = numbers.number(np.min(self._value)), numbers.number(np.max(self._value))
        return numbers.shape(self._value.shape), f"{low} … {high}"

    # --- looks ----------------------------------------------------------------------------------------------------

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the numbers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._number_font())
        if self._cells is None:
            self._draw_heat(painter)
        else:
            self._draw_cells(painter)
        painter.end()

    def _draw_cells(self, painter: QPainter) -> None:
        assert self._cells is not None
        metrics = QFontMetricsF(painter.font())
        painter.setPen(self._ink)
        left = 0.0 if self._value.ndim == 0 else BRACKET + 4
        row_height = metrics.height() + 2
        for column, width in enumerate(self._column_widths(metrics)):
            for row, texts in enumerate(self._cells):
                place = QRectF(left, row * row_height, width, row_height)
                if self._lit is not None and self._lit[row, column]:
                    painter.fillRect(place.adjusted(-3, 0, 3, 0), self._light())
                painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, texts[column])
            left += width + GAP
        if self._value.ndim:
            self._draw_bracket(painter, 1.0, BRACKET)
            self._draw_bracket(painter, self.width() - 1.0, -BRACKET)

    def _draw_bracket(self, painter: QPainter, x: float, tip: float) -> None:
        painter.setPen(QPen(self._ink, 1.4))
        top, bottom = 1.0, self.height() - 2.0
        corners = [QPointF(x + tip, top), QPointF(x, top), QPointF(x, bottom), QPointF(x + tip, bottom)]
        painter.drawPolyline(corners)

    def _draw_heat(self, painter: QPainter) -> None:
        colours = numbers.heat(self._value)
        width, height = self._heat_size()
        rows, columns = colours.shape
        top = (self.height() - height) / 2
        picture = QImage(columns, rows, QImage.Format.Format_ARGB32)
        for row in range(rows):
            for column in range(columns):
                picture.setPixelColor(column, row, self._heat_colour(colours[row, column]))
        painter.drawImage(QRectF(0, top, width, height), picture)
        painter.setPen(QPen(self._ink, 2))
        rows, columns = self._table.shape
        cell = QSizeF(max(2.0, width / columns), max(2.0, height / rows))
        for place in blocks(self._lit) if self._lit is not None else ():
            corner = QPointF(place.x() * width / columns, top + place.y() * height / rows)
            size = QSizeF(place.width() * width / columns, place.height() * height / rows).expandedTo(cell)
            painter.drawRect(QRectF(corner, size))
        painter.setPen(self._ink)
        caption = QRectF(width + GAP, 0, self.width() - width - GAP, self.height())
        painter.drawText(caption, Qt.AlignmentFlag.AlignVCenter, "\n".join(self._caption()))

    def _heat_colour(self, strength: float) -> QColor:
        if np.isnan(strength):
            return self._ink
        colour = QColor(self._positive if strength > 0 else self._negative)
        colour.setAlphaF(min(1.0, 0.06 + 0.94 * abs(float(strength))))
        return colour

    def _light(self) -> QColor:
        light = QColor(self._ink)
        light.setAlphaF(0.2)
        return light

    # --- exact numbers, and the one under the mouse ---------------------------------------------------------------

    def light_up(self, mask: Any) -> None:
        """Light up the numbers at which ``mask`` is true, an array like the value; none where it is None."""
        self._lit = None if mask is None else np.reshape(mask, self._table.shape)
        self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which number the mouse is over."""
        self.hovered.emit(*self._place_at(event.position()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        """Tell that it is over none."""
        super().leaveEvent(event)
        self.hovered.emit(-1, -1)

    @override
    def event(self, event: QEvent) -> bool:
        """Tell the number under the mouse exactly."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            above = event.globalPos() - QPoint(0, 3 * self.fontMetrics().height())  # below stands how it was made
            QToolTip.showText(above, tool_tip(self._exact_at(QPointF(event.pos()))), self)
            return True
        return super().event(event)

    def _exact_at(self, place: QPointF) -> str:
        row, column = self._place_at(place)
        return numbers.exact(self._table[row, column]) if row >= 0 else numbers.shape(self._value.shape)

    def _place_at(self, place: QPointF) -> tuple[int, int]:
        """The row and the column at a place; −1 and −1 beside a heat map."""
        rows, columns = self._table.shape
        if self._cells is None:
            width, height = self._heat_size()
            row = int((place.y() - (self.height() - height) / 2) / height * rows)
            column = int(place.x() / width * columns)
            return (row, column) if 0 <= row < rows and 0 <= column < columns else (-1, -1)
        metrics = QFontMetricsF(self._number_font())
        row = min(max(int(place.y() / (metrics.height() + 2)), 0), rows - 1)
        right = 0.0 if self._value.ndim == 0 else BRACKET + 4
        for column, width in enumerate(self._column_widths(metrics)):
            right += width + GAP
            if place.x() < right:
                return row, column
        return row, columns - 1


def blocks(mask: Any) -> list[QRect]:
    """Return whole rows, whole columns, and what else is true in a table, as rectangles of cells."""
    rows, columns = mask.shape
    if mask.all():
        return [QRect(0, 0, columns, rows)]
    whole_rows, whole_columns = mask.all(axis=1), mask.all(axis=0)
    found = [QRect(0, int(row), columns, 1) for row in np.flatnonzero(whole_rows)]
    found += [QRect(int(column), 0, 1, rows) for column in np.flatnonzero(whole_columns)]
    single = mask & ~whole_rows[:, None] & ~whole_columns[None, :]
    return found + [QRect(int(column), int(row), 1, 1) for row, column in np.argwhere(single)]
