"""A row of the palette: symbol, name, and what it does; it can be clicked, and dragged onto the canvas."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QDrag, QEnterEvent, QFont, QMouseEvent, QPainter, QPaintEvent, QPixmap, QRegion
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from typing_extensions import override

MIME_TYPE = "application/x-miniflow-node"


class PaletteButton(QAbstractButton):
    """One entry of the palette. It draws itself, so that its chip is the same as on the canvas."""

    def __init__(self, entry: str, symbol: str, text: str, summary: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        self._symbol = symbol
        self._chip = QColor("gray")
        self._line = QColor("gray")
        self._press: QPoint | None = None
        self.setObjectName(f"palette.{entry}")
        self.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(summary)
        self.setToolTip(summary)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_colours(self, chip: QColor, line: QColor) -> None:
        """Draw with these colours from now on."""
        self._chip, self._line = chip, line
        self.update()

    @override
    def sizeHint(self) -> QSize:
        height = round(self.fontMetrics().height() * 1.7)
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2 * height, height)

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
        margin = frame.height() * 0.18
        chip = QRectF(frame.left() + margin, frame.top() + margin, frame.height(), frame.height() - 2 * margin)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._chip)
        painter.drawRoundedRect(chip, 4, 4)
        painter.setPen(Qt.GlobalColor.white)
        bold = QFont(self.font())
        bold.setBold(True)
        painter.setFont(bold)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, self._symbol)
        painter.setFont(self.font())
        painter.setPen(self.palette().text().color())
        rest = frame.adjusted(chip.right() + margin * 2, 0, -4, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())

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
