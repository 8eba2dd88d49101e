"""NoteItem: a note on the canvas. It lies below every wire and every card, and hides none."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas import look as looks
from gui.canvas.look import Look
from gui.canvas.note_painter import LEAST_HEIGHT, PAD, REACH, paint_halo, paint_note, paint_selected, text_width
from gui.canvas.note_text import NoteText
from miniflow.graph.records import NoteRecord, replace
from miniflow.overriding import override

NOTE_LAYER = -1.0


class NoteItem(QGraphicsItem):
    """The sheet of one note. Its position is the sheet's top left corner."""

    def __init__(self, record: NoteRecord, look: Look) -> None:
        super().__init__()
        self.look = look
        self.is_selected = False
        self._lay_out(record)
        self.setZValue(NOTE_LAYER)

    @override
    def boundingRect(self) -> QRectF:
        return self._outline.adjusted(-REACH, -REACH, REACH, REACH)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        is_on_screen = widget is not None
        level = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform()) if is_on_screen else 1.0
        self.paint_at(painter, level, is_selected=self.is_selected and is_on_screen)

    def paint_at(self, painter: QPainter, level: float, is_selected: bool) -> None:
        """Paint the sheet as it is seen at ``level`` pixels a unit."""
        if is_selected:
            paint_halo(painter, self.look, self._outline)
        paint_note(painter, self.look, self._outline, self.record.colour, self._text, level)
        if is_selected:
            paint_selected(painter, self.look, self._outline)

    def take(self, record: NoteRecord) -> None:
        """Show another text, width or colour; where it stands is not decided here."""
        self.prepareGeometryChange()
        self._lay_out(record)
        self.update()

    def stretch(self, width: float) -> None:
        """Be so wide, while the mouse is dragging the edge."""
        self.take(replace(self.record, width=width))

    def mark(self, is_selected: bool) -> None:
        """Be selected, or not."""
        if is_selected != self.is_selected:
            self.is_selected = is_selected
            self.update()

    def sheet(self) -> QRectF:
        """The outline, in the scene."""
        return self._outline.translated(self.pos())

    def _lay_out(self, record: NoteRecord) -> None:
        self.record = record
        self._text = NoteText(record.text, self.look.font(looks.NOTE), text_width(record.width))
        self._outline = QRectF(0, 0, record.width, max(LEAST_HEIGHT, self._text.height + 2 * PAD - 2))
