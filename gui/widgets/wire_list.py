"""WireList: wires that can be drawn or taken away from one node, to choose by typing or by arrow keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QWidget

from gui.presentation.commands import matching
from gui.widgets.command_rows import KEYS, CommandRows
from gui.widgets.popup_list import PopupList
from gui.widgets.sentence_label import SentenceLabel, theme_of
from miniflow.overriding import override

_WIDTH, _ROWS = 460, 8


@dataclass(frozen=True)
class WireChoice:
    """A wire by where it ends, what it is called, and what there is to say of it."""

    node: str
    port: int
    words: str
    remark: str
    """In two or three words."""
    warning: str = ""
    """What the wire would spoil, as a sentence."""


class WireList(PopupList):
    """Tells which wire is looked at, and which is chosen."""

    looked_at = Signal(object)
    """The WireChoice under the bar; None where there is none."""
    chosen = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "wires", _ROWS)
        self._choices: Sequence[WireChoice] = ()
        self._rows = CommandRows(theme_of(parent), self.list)
        self.list.setItemDelegate(self._rows)
        self.list.currentRowChanged.connect(self._look)
        self._warning = SentenceLabel("wires.warning", self)
        self.column.addWidget(self._warning)
        self.field.setAccessibleName(self.tr("Words of a node or a port"))
        self.list.setAccessibleName(self.tr("Wires"))

    def open_with(self, choices: Sequence[WireChoice], place: QPoint, question: str, none: str) -> None:
        """Open at a place of the parent with these wires; ``none`` says why there is nothing to choose."""
        self._choices = choices
        self.field.setPlaceholderText(question)
        self.nothing.setText(none)
        self._rows.theme = theme_of(self)
        self.begin(_WIDTH, self.room.height())
        self.stand_at(place)
        self.appear()
        self._look(self.list.currentRow())

    @override
    def offer(self, text: str) -> None:
        for place in matching([f"{choice.words} {choice.port + 1}" for choice in self._choices], text):
            choice = self._choices[place]
            item = QListWidgetItem(choice.words, self.list)
            item.setData(KEYS, choice.remark)
            item.setData(Qt.ItemDataRole.UserRole, choice)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, choice.warning or choice.remark)

    @override
    def choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            choice = item.data(Qt.ItemDataRole.UserRole)
            self.close_list()
            self.chosen.emit(choice)

    @override
    def close_list(self) -> None:
        super().close_list()
        self.closed.emit()

    def _look(self, row: int) -> None:
        item = self.list.item(row)
        choice = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        self._warning.complain(choice.warning if choice is not None else "")
        self.adjustSize()
        if self.isVisible():
            self.looked_at.emit(choice)
