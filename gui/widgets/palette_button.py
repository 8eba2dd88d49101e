"""A row of the palette: symbol, name, and what it does; it can be clicked, and dragged onto the canvas."""

from __future__ import annotations

import re

from PySide6.QtCore import QMimeData, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QDrag, QEnterEvent, QFont, QMouseEvent, QPainter, QPaintEvent, QPixmap, QRegion
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from miniflow.overriding import override

MIME_TYPE = "application/x-miniflow-node"


class PaletteButton(QAbstractButton):
    """One entry of the palette. It draws itself, so that its chip is the same as on the canvas."""

    def __init__(self, entry: str, symbol: str, text: str, summary: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        self._symbol = symbol
        self._chip = QColor("gray")
        self._line = QColor("gray")
        self._faint = QColor("gray")
        self._gist = gist(summary)
        self.told = ""
        """What it does, as the row last showed it."""
        self._press: QPoint | None = None
        self.setObjectName(f"palette.{entry}")
        self.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(summary)
        self.setToolTip(summary)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_colours(self, chip: QColor, line: QColor, faint: QColor) -> None:
        """Draw with these colours from now on."""
        self._chip, self._line, self._faint = chip, line, faint
        self.update()

    @override
    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height()
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 4 * height, height * 2)

    @override
    def minimumSizeHint(self) -> QSize:
        """Narrower: what it does is cut first."""
        return QSize(90, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter)
        painter.end()

    def _draw(self, painter: QPainter) -> None:
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        active = self.underMouse() or self.hasFocus()
        role = self.palette().alternateBase() if active else self.palette().base()
        painter.setPen(self.palette().highlight().color() if self.hasFocus() else self._line)
        painter.setBrush(role)
        painter.drawRoundedRect(frame, 6, 6)
        line = float(self.fontMetrics().height())
        chip = QRectF(frame.left() + line * 0.3, frame.center().y() - line * 0.6, line * 1.8, line * 1.2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._chip)
        painter.drawRoundedRect(chip, 4, 4)
        painter.setPen(Qt.GlobalColor.white)
        bold = QFont(self.font())
        bold.setBold(True)
        painter.setFont(bold)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, self._symbol)
        rest = QRectF(chip.right() + line * 0.5, frame.top() + 1, 0, line)
        rest.setRight(frame.right() - 4)
        painter.setFont(self.font())
        painter.setPen(self.palette().text().color())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.setFont(smaller(self.font()))
        painter.setPen(self._faint)
        self.told = painter.fontMetrics().elidedText(self._gist, Qt.TextElideMode.ElideRight, int(rest.width()))
        below = QRectF(rest.left(), rest.bottom() - 2, rest.width(), frame.bottom() - rest.bottom())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.told)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._press = event.position().toPoint()
        super().mousePressEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.position().toPoint()
        far = self._press is not None and (here - self._press).manhattanLength() >= QApplication.startDragDistance()
        if far and event.buttons() & Qt.MouseButton.LeftButton:
            self._press = None
            self.setDown(False)
            self._drag()
        else:
            super().mouseMoveEvent(event)

    def _drag(self) -> None:
        drag = QDrag(self)
        data = QMimeData()
        data.setData(MIME_TYPE, self.entry.encode())
        drag.setMimeData(data)
        picture = QPixmap(self.size() * self.devicePixelRatioF())
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        picture.fill(Qt.GlobalColor.transparent)
        self.render(picture, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
        drag.setPixmap(picture)
        drag.setHotSpot(QPoint(self.height() // 2, self.height() // 2))
        drag.exec(Qt.DropAction.CopyAction)


def gist(summary: str) -> str:
    """Return what matters of a sentence about a node, short enough for a row: what comes before a colon or a comma."""
    return re.split(r"[:,.：，。]", summary, maxsplit=1)[0]


def smaller(font: QFont) -> QFont:
    """Return the font of the second line of a row."""
    small = QFont(font)
    if font.pixelSize() > 0:
        small.setPixelSize(max(9, round(font.pixelSize() * 0.8)))
    else:
        small.setPointSizeF(font.pointSizeF() * 0.8)
    return small
