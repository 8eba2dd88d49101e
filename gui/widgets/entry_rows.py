"""How an entry is drawn in a list: its symbol on a chip of its group's colour, its name, and what it does."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.presentation.catalogue import Entry
from gui.presentation.theme import Theme
from gui.widgets.sentences import spoken
from gui.widgets.style import colour
from miniflow.overriding import override

ENTRY = Qt.ItemDataRole.UserRole
"""The role under which a row keeps its Entry."""
_CHIP_WIDTH = 30
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class EntryRows(QStyledItemDelegate):
    """Draws the rows of a list of entries."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, round(option.fontMetrics.height() * 2.6))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry = index.data(ENTRY)
        room = QRectF(option.rect).adjusted(3, 1, -3, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_Selected:
            ground = colour(self.theme["meaning.selection"])
            ground.setAlphaF(0.22)
            painter.setBrush(ground)
            painter.drawRoundedRect(room, 5, 5)
        self._draw(painter, option.font, room, entry)
        painter.restore()

    def _draw(self, painter: QPainter, font: QFont, room: QRectF, entry: Entry) -> None:
        chip = QRectF(room.left() + 6, room.center().y() - 11, _CHIP_WIDTH, 22)
        painter.setBrush(colour(self.theme.group(entry.colour_group)))
        painter.drawRoundedRect(chip, 4, 4)
        bold = QFont(font)
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(colour(self.theme["text.on_accent"]))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, entry.symbol)
        lines = words_room(room)
        half = lines.height() / 2
        painter.setPen(colour(self.theme["text.strong"]))
        painter.drawText(QRectF(lines.left(), lines.top(), lines.width(), half), _LEFT, spoken(entry.name))
        painter.setFont(summary_font(font))
        painter.setPen(colour(self.theme["text.faint"]))
        wide = int(lines.width())
        summary = painter.fontMetrics().elidedText(spoken(entry.summary), Qt.TextElideMode.ElideRight, wide)
        painter.drawText(QRectF(lines.left(), lines.top() + half, lines.width(), half), _LEFT, summary)


def words_room(row: QRectF) -> QRectF:
    """Return where the name of an entry, and what it does, are written in the room that its row has."""
    return row.adjusted(_CHIP_WIDTH + 16, 3, -4, -3)


def summary_font(font: QFont) -> QFont:
    """Return the smaller type in which a row tells what its entry does."""
    small = QFont(font)
    small.setPixelSize(max(9, round(small.pixelSize() * 0.85)) if small.pixelSize() > 0 else 11)
    return small
