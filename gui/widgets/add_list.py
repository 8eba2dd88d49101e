"""The list that answers to typing: a few letters or a symbol, Enter, and the node is there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from gui.presentation.catalogue import GROUPS, Entry, search
from gui.presentation.dense import dense_entries
from gui.widgets.entry_rows import ENTRY, EntryRows
from gui.widgets.popup_list import PopupList
from gui.widgets.sentence_label import theme_of
from gui.widgets.sentences import short, spoken
from miniflow.overriding import override

_WIDTH, _ROWS = 404, 7


class AddList(PopupList):
    """The nodes that can be added."""

    chosen = Signal(object, bool)
    """The Entry that the person wants, and whether the list is to open again for the next: Ctrl+Enter."""
    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "add", _ROWS)
        self._fits: Callable[[Entry], bool] = _anything
        self._goes_on = False
        self.field.setAccessibleName(self.tr("Name, symbol or purpose of a node"))
        self.list.setAccessibleName(self.tr("Nodes that can be added"))
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._rows = EntryRows(theme_of(parent), self.list)
        self.list.setItemDelegate(self._rows)
        self.nothing.setText(self.tr("Nothing of that name."))

    def open_at(self, place: QPoint, fits: Callable[[Entry], bool] | None = None, beside: str | None = None) -> None:
        """Open at a place of the parent, with only the entries that fit; typing goes to the field.

        ``beside`` names the node to which what is chosen will be wired.
        """
        self._fits = fits or _anything
        hint = self.tr("Type a name or a symbol: lin, +, σ")
        if beside is not None:
            hint = self.tr("Wired to {0}: dense 10 sig, +, σ").format(short(beside))
        self.field.setPlaceholderText(hint)
        self._rows.theme = theme_of(self)
        self.begin(_WIDTH, self.room.height())
        self.stand_at(place)
        self.appear()

    @override
    def close_list(self) -> None:
        super().close_list()
        self.cancelled.emit()

    @override
    def takes(self, key: Qt.Key) -> bool:
        return key == Qt.Key.Key_Tab or super().takes(key)

    @override
    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        if key == Qt.Key.Key_Tab and not self.field.text():
            self.close_list()  # Tab pressed twice adds nothing by accident
            return
        self._goes_on = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        super().press(key, modifiers)
        self._goes_on = False

    @override
    def offer(self, text: str) -> None:
        layers = [entry for entry in dense_entries(text) if self._fits(entry)]
        nodes = search(text, self._fits, spoken)
        before = 0 if text.strip() else sum(entry.group in GROUPS[: GROUPS.index("Layers")] for entry in nodes)
        for entry in (*nodes[:before], *layers, *nodes[before:]):
            item = QListWidgetItem(spoken(entry.name), self.list)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, spoken(entry.summary))
            item.setData(ENTRY, entry)

    @override
    def choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.hide()
            self.chosen.emit(item.data(ENTRY), self._goes_on)


def _anything(entry: Entry) -> bool:
    return True
