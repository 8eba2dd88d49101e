"""The list that answers to typing: a few letters or a symbol, Enter, and the node is there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from typing_extensions import override

from gui.presentation.catalogue import GROUPS, Entry, search
from gui.presentation.dense import dense_entries
from gui.widgets.entry_rows import ENTRY, EntryRows
from gui.widgets.popup import Popup
from gui.widgets.sentence_label import theme_of
from gui.widgets.sentences import short, spoken

_WIDTH, _ROWS = 340, 7


class AddList(Popup):
    """A field to type into, and below it what can be meant, the likeliest first."""

    chosen = Signal(object, bool)
    """The Entry that the person wants, and whether the list is to open again for the next: Ctrl+Enter."""
    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self.setObjectName("add")
        self._fits: Callable[[Entry], bool] = _anything
        self._field = QLineEdit(self)
        self._field.setObjectName("add.text")
        self._field.setAccessibleName(self.tr("Name, symbol or purpose of a node"))
        self._field.textChanged.connect(self._search)
        self._field.installEventFilter(self)
        self._list = QListWidget(self)
        self._list.setObjectName("add.list")
        self._list.setAccessibleName(self.tr("Nodes that can be added"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setUniformItemSizes(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._rows = EntryRows(theme_of(parent), self._list)
        self._list.setItemDelegate(self._rows)
        self._list.itemClicked.connect(self._choose)
        self._nothing = QLabel(self.tr("Nothing of that name."), self)
        self._nothing.setObjectName("add.nothing")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        for widget in (self._field, self._list, self._nothing):
            column.addWidget(widget)
        self.hide()

    def open_at(self, place: QPoint, fits: Callable[[Entry], bool] | None = None, beside: str | None = None) -> None:
        """Open at a place of the parent, with only the entries that fit; typing goes to the field.

        ``beside`` names the node to which what is chosen will be wired.
        """
        self._fits = fits or _anything
        hint = self.tr("Type a name or a symbol: lin, +, σ")
        if beside is not None:
            hint = self.tr("Wired to {0}: dense 10 sig, +, σ").format(short(beside))
        self._field.setPlaceholderText(hint)
        self._rows.theme = theme_of(self)
        self._field.clear()
        self._search("")
        self.setFixedWidth(_WIDTH)
        row = self._list.sizeHintForRow(0) if self._list.count() else 24
        self._list.setFixedHeight(row * min(_ROWS, max(1, self._list.count())) + 8)
        self.adjustSize()
        area = self._room.rect()
        left = min(place.x(), area.width() - self.width() - 8)
        top = min(place.y(), area.height() - self.height() - 8)
        self.move(max(8, left), max(8, top))
        self.raise_()
        self.show()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Steer the list by the keys pressed in the field, and close when something else is used."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.close_list()
        return super().eventFilter(watched, event)

    def close_list(self) -> None:
        """Close, adding nothing."""
        self.hide()
        self.cancelled.emit()

    def _take_key(self, key: int, goes_on: bool) -> bool:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _ROWS, Qt.Key.Key_PageUp: -_ROWS}
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._choose(self._list.currentItem(), goes_on)
        elif key == Qt.Key.Key_Escape:
            self.close_list()
        elif key in step:
            row = self._list.currentRow() + step[Qt.Key(key)]
            self._list.setCurrentRow(max(0, min(self._list.count() - 1, row)))
        else:
            return False
        return True

    def _search(self, text: str) -> None:
        self._list.clear()
        layers = [entry for entry in dense_entries(text) if self._fits(entry)]
        nodes = search(text, self._fits, spoken)
        before = 0 if text.strip() else sum(entry.group in GROUPS[: GROUPS.index("Layers")] for entry in nodes)
        for entry in (*nodes[:before], *layers, *nodes[before:]):
            item = QListWidgetItem(spoken(entry.name), self._list)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, spoken(entry.summary))
            item.setData(ENTRY, entry)
        self._list.setCurrentRow(0)
        self._list.setVisible(self._list.count() > 0)
        self._nothing.setVisible(self._list.count() == 0)

    def _choose(self, item: QListWidgetItem | None, goes_on: bool = False) -> None:
        if item is not None:
            self.hide()
            self.chosen.emit(item.data(ENTRY), goes_on)


def _anything(entry: Entry) -> bool:
    return True
