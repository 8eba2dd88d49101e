"""The forms to give an Input its numbers one by one: typed as text, or in a grid."""

from __future__ import annotations

import math

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from gui.presentation.nested import (
    as_rows,
    count,
    filled,
    from_rows,
    laid_over,
    resized,
    shape_of_nested,
    shape_of_table,
)
from gui.presentation.table_text import looks_like_a_table, parse_table
from gui.presentation.value_text import ValueTextError, parse_shape, parse_value, shape_text, value_line, value_text
from gui.widgets.array_grid import ArrayGrid
from miniflow.errors import MiniFlowError, Sentence
from miniflow.graph.records import Literal, Shape, ValueRecord
from miniflow.overriding import override

MOST_TYPED = 2000
"""A literal with more numbers is shown in the grid alone."""
MOST_IN_GRID = 200_000


class ValueForm(QWidget):
    """One way to give a value. ``changed`` is emitted whenever the person changed something."""

    changed = Signal()
    complained = Signal(str)

    def show_value(self, value: ValueRecord | None, shape: Shape) -> None:
        """Show a value of this form's kind, or, where it is another's, offer this form for ``shape``."""
        raise NotImplementedError

    def value(self) -> ValueRecord:
        """Return what the person has given, or raise MiniFlowError with a sentence."""
        raise NotImplementedError

    def finish(self) -> None:
        """Take in what is still being typed, where a field of the form keeps that to itself."""

    def field(self) -> QWidget:
        """The widget that takes the keys first."""
        raise NotImplementedError

    def _line(self, name: str, accessible_name: str) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(f"value.{name}")
        line.setAccessibleName(accessible_name)
        line.textEdited.connect(self.changed)
        return line


class TextForm(ValueForm):
    """A number, or nested lists, typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = _ValueText(self)
        self._text.setObjectName("value.text")
        self._text.setAccessibleName(self.tr("Value"))
        self._text.setPlaceholderText("3    [1, 2]    [[1, 2], [3, 4]]")
        self._text.textChanged.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._text)

    @override
    def show_value(self, value: ValueRecord | None, shape: Shape) -> None:
        is_short = isinstance(value, Literal) and count(value.data) <= MOST_TYPED
        self._text.setPlainText(value_text(value.data) if is_short and isinstance(value, Literal) else "")
        self._text.selectAll()

    @override
    def value(self) -> ValueRecord:
        return parse_value(self._text.toPlainText())

    @override
    def field(self) -> QWidget:
        return self._text


class _ValueText(QPlainTextEdit):
    """Text whose Enter is left to the editor around it, and which takes a table from a spreadsheet as nested lists."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.textChanged.connect(self.updateGeometry)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier):
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text()
        if looks_like_a_table(text):
            try:
                text = value_line(parse_table(text))
            except MiniFlowError:
                text = source.text()
        self.insertPlainText(text)

    @override
    def sizeHint(self) -> QSize:
        lines = max(1, min(self.blockCount(), 8))
        return QSize(260, self.fontMetrics().lineSpacing() * lines + 24)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.fontMetrics().lineSpacing() + 18)


class GridForm(ValueForm):
    """Numbers in rows and columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape = self._line("grid_shape", self.tr("Shape of the grid"))
        self._shape.textEdited.connect(self._resize)
        self._grid = ArrayGrid("value.grid")
        self._grid.setAccessibleName(self.tr("Numbers"))
        self._grid.numbers.edited.connect(self._take_in)
        self._grid.numbers.refused.connect(self.complained)
        self._shown_shape: Shape = (1, 1)
        self._kept: list[list[float]] = []
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self.tr("Shape"), self._shape)
        form.addRow(self._grid)

    @override
    def show_value(self, value: ValueRecord | None, shape: Shape) -> None:
        data = value.data if isinstance(value, Literal) else filled(shape or (2, 2), 0)
        self._shown_shape = shape_of_nested(data)
        if len(self._shown_shape) > 2 or math.prod(self._shown_shape) > MOST_IN_GRID:
            data, self._shown_shape = filled((2, 2), 0), (2, 2)
        self._shape.setText(shape_text(self._shown_shape))
        self._kept = []
        self._grid.numbers.show_rows(as_rows(data), editable=True)

    @override
    def value(self) -> ValueRecord:
        if self._grid.numbers.reason:
            raise ValueTextError(self._grid.numbers.reason)
        return Literal(from_rows(self._grid.numbers.rows, len(self._typed_shape())))

    @override
    def finish(self) -> None:
        self._grid.finish_cell()

    @override
    def field(self) -> QWidget:
        return self._grid

    def _typed_shape(self) -> Shape:
        shape = parse_shape(self._shape.text())
        if len(shape) > 2:
            raise ValueTextError.saying(Sentence("A grid has rows and columns: give up to two numbers, such as 13, 5."))
        if math.prod(shape) > MOST_IN_GRID:
            raise ValueTextError("A grid shows up to {limit} numbers: choose another form.", limit=MOST_IN_GRID)
        return shape

    def _resize(self) -> None:
        """Take the typed shape; what it cuts off is kept, in case the shape is still being typed."""
        try:
            self._shown_shape = self._typed_shape()
        except MiniFlowError:
            return
        height, width = (1, 1, *self._shown_shape)[-2:]
        self._kept = laid_over(self._kept, self._grid.numbers.rows)
        self._grid.numbers.show_resized(resized(self._kept, height, width))

    def _take_in(self) -> None:
        """Take in a number that was typed, or a table that was pasted and has made the grid larger."""
        shape = shape_of_table(self._grid.numbers.rowCount(), self._grid.numbers.columnCount(), self._shown_shape)
        if shape != self._shown_shape:
            self._shown_shape = shape
            self._shape.setText(shape_text(shape))
        self.changed.emit()
