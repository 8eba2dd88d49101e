"""How a command is drawn in a list: the menus that it is in, its name, and its keys at the right end."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.presentation.theme import Theme
from gui.widgets.style import colour
from miniflow.overriding import override

KEYS = Qt.ItemDataRole.UserRole + 1
"""The role under which a row keeps its keys, in words."""
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class CommandRows(QStyledItemDelegate):
    """Draws the rows of a list of commands."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, round(option.fontMetrics.height() * 1.8))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        room = QRectF(option.rect).adjusted(3, 1, -3, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            ground = colour(self.theme["meaning.selection"])
            ground.setAlphaF(0.22)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(room, 5, 5)
        painter.setFont(option.font)
        line = room.adjusted(8, 0, -8, 0)
        painter.setPen(colour(self.theme["text.faint"]))
        keys = str(index.data(KEYS))
        painter.drawText(line, _RIGHT, keys)
        metrics = painter.fontMetrics()
        line.setRight(line.right() - metrics.horizontalAdvance(keys) - 12)
        menus, arrow, name = str(index.data()).rpartition(" › ")
        before = metrics.elidedText(menus + arrow, Qt.TextElideMode.ElideRight, int(line.width() / 2))
        painter.drawText(line, _LEFT, before)
        line.setLeft(line.left() + metrics.horizontalAdvance(before))
        can_be = bool(option.state & QStyle.StateFlag.State_Enabled)
        painter.setPen(colour(self.theme["text.strong" if can_be else "text.faint"]))
        painter.drawText(line, _LEFT, metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(line.width())))
        painter.restore()
