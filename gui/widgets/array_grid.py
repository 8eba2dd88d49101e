"""Numbers in rows and columns, as a spreadsheet shows them: to read, to type over, to copy and to paste."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui.presentation.table_text import parse_table
from gui.widgets.array_model import ArrayModel, every_digit
from gui.widgets.sentence_label import theme_of
from gui.widgets.sentences import say
from gui.widgets.style import colour
from miniflow.errors import MiniFlowError
from miniflow.overriding import override

ROWS_THAT_SET_THE_WIDTH = 20
LONGEST_SHORT = "−0.008142"
Hint = QAbstractItemDelegate.EndEditHint
MOVES = {Hint.SubmitModelCache: (1, 0), Hint.EditNextItem: (0, 1), Hint.EditPreviousItem: (0, -1)}
"""How many rows down and columns on the typing goes after Enter, Tab, and Shift with Tab."""
EMPTYING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ArrayGrid(QTableView):
    """A table of numbers that is typed over as a spreadsheet, and copies to and pastes from one."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.numbers = ArrayModel(self)
        self.setModel(self.numbers)
        self.setItemDelegate(_Cells(self))
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self._is_moving_on = False
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
            header.setHighlightSections(True)
            header.setResizeContentsPrecision(ROWS_THAT_SET_THE_WIDTH)
        self.verticalHeader().setMinimumSectionSize(12)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.numbers.modelReset.connect(self._fit_columns)

    def copy(self) -> None:
        """Put the selected cells on the clipboard, or all of them where at most one is selected, every digit kept."""
        rows, columns = self._selected()
        block = self.numbers.rows
        if len(rows) * len(columns) > 1:
            block = [row[columns.start : columns.stop] for row in block[rows.start : rows.stop]]
        text = "\n".join("\t".join(every_digit(value) for value in row) for row in block)
        QGuiApplication.clipboard().setText(text)

    def paste(self) -> None:
        """Write the table on the clipboard from the first selected cell on, a single number into all that are selected.

        Where it is no table, say why and change nothing.
        """
        try:
            table = parse_table(QGuiApplication.clipboard().text())
        except MiniFlowError as error:
            self.numbers.refused.emit(say(error.sentence))
            return
        rows, columns = self._selected()
        if len(table) == len(table[0]) == 1:
            table = (table[0] * len(columns),) * len(rows)
        self.numbers.put(rows.start, columns.start, table)
        self.setCurrentIndex(self.numbers.index(rows.start, columns.start))

    def _selected(self) -> tuple[range, range]:
        """The rows and the columns between the selected cells; the first cell alone where none is selected."""
        cells = self.selectionModel().selectedIndexes() or [self.numbers.index(0, 0)]
        rows, columns = {cell.row() for cell in cells}, {cell.column() for cell in cells}
        return range(min(rows), max(rows) + 1), range(min(columns), max(columns) + 1)

    def finish_cell(self) -> None:
        """Take what is typed into a cell that is open."""
        if self.state() == QTableView.State.EditingState:
            for field in self.viewport().findChildren(QLineEdit):
                self.commitData(field)
                self.closeEditor(field, Hint.NoHint)

    def go_to_fault(self) -> None:
        """Go to the first cell with what is no number, ready to mend it."""
        self.setCurrentIndex(self.numbers.faulty)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def move_on(self, rows: int, columns: int) -> bool:
        """Go to the cell so many rows and columns on, the next row after the last column; tell if there is one."""
        width = self.numbers.columnCount()
        place = (self.currentIndex().row() + rows) * width + self.currentIndex().column() + columns
        there = self.numbers.index(*divmod(place, width)) if width and place >= 0 else QModelIndex()
        if there.isValid():
            self.setCurrentIndex(there)
        return there.isValid()

    # --- keys -----------------------------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, paste and empty cells; leave Enter, and Escape with nothing to give up, to whoever holds the grid."""
        is_typing = self.state() == QTableView.State.EditingState
        cells = self.selectionModel().selectedIndexes()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            if self._may_type():
                self.paste()
        elif event.key() in EMPTYING and not is_typing:
            if self._may_type():
                self.numbers.clear(cells)
        elif event.key() in ENTER:
            event.setAccepted(is_typing)  # then it ends the editing of the cell
        elif event.key() == Qt.Key.Key_Escape:
            event.setAccepted(is_typing or self.numbers.forget(cells))
        elif not types(event) or self._may_type():
            super().keyPressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a cell to type into; where nothing can be typed, say why."""
        if self._may_type():
            super().mouseDoubleClickEvent(event)

    @override
    def closeEditor(self, editor: QWidget, hint: Hint) -> None:
        """Go on to the next cell after Enter or Tab, unless what was typed is no number: then it is still open."""
        current = self.currentIndex()
        if hint in MOVES and self.numbers.fault_at(current):
            return
        super().closeEditor(editor, Hint.NoHint if hint in MOVES else hint)
        if hint == Hint.RevertModelCache:
            self.numbers.forget([current])
        elif hint in MOVES:
            self._is_moving_on = True
            self.move_on(*MOVES[hint])

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Between cells that are typed one after another Tab goes to the next cell, otherwise to the next field."""
        return (self._is_moving_on and self.move_on(0, 1 if next else -1)) or super().focusNextPrevChild(next)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tab leads through the table again only after another cell was typed."""
        super().focusOutEvent(event)
        self._is_moving_on = False

    def _may_type(self) -> bool:
        reason = self.numbers.why_not()
        if reason:
            self.numbers.refused.emit(reason)
        return self.numbers.editable and not reason

    def _fit_columns(self) -> None:
        """Give the columns the room that the first rows need, and any number of four digits."""
        least = self.fontMetrics().horizontalAdvance(LONGEST_SHORT) + 12
        for column in range(min(self.numbers.columnCount(), 50)):
            self.resizeColumnToContents(column)
            self.setColumnWidth(column, max(self.columnWidth(column), least))


def types(event: QKeyEvent) -> bool:
    """Tell whether a key opens a cell: F2, or a letter, a digit or a sign, which takes the place of its number."""
    command = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    is_sign = event.text().isprintable() and bool(event.text()) and not event.modifiers() & command
    return is_sign or event.key() == Qt.Key.Key_F2


class _Cells(QStyledItemDelegate):
    """Draws the cells, those with a fault in the colours of problems, and makes the field to type into."""

    @override
    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        editor = super().createEditor(parent, option, index)
        editor.setAccessibleName(self.tr("Row {0}, column {1}").format(index.row() + 1, index.column() + 1))
        return editor

    @override
    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Show the number of the cell, but not over what is being typed there."""
        if not (isinstance(editor, QLineEdit) and editor.isModified()):
            super().setEditorData(editor, index)

    @override
    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Hand over what was typed: a cell that was only looked at stays as it is."""
        if not (isinstance(editor, QLineEdit) and not editor.isModified()):
            super().setModelData(editor, model, index)

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        model = index.model()
        if isinstance(model, ArrayModel) and model.fault_at(index):
            theme = theme_of(option.widget)
            ground, ink = colour(theme["meaning.problem_ground"]), colour(theme["meaning.problem"])
            option.backgroundBrush = QBrush(ground)
            option.palette.setColor(QPalette.ColorRole.Text, ink)
            option.palette.setColor(QPalette.ColorRole.Highlight, ink)
            option.palette.setColor(QPalette.ColorRole.HighlightedText, ground)
