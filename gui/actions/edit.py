"""The Edit menu."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from typing_extensions import override

from gui.menu import Menu
from miniflow.graph import composing


class EditMenu(Menu):
    """Undo, redo, and what is done to the selection."""

    name = "edit"
    place = 2

    @override
    def title_text(self) -> str:
        return self.tr("&Edit")

    @override
    def fill(self) -> None:
        key = QKeySequence.StandardKey
        self._undo = self.add("undo", self.tr("&Undo"), self.workspace.undo, key.Undo)
        self._redo = self.add("redo", self.tr("&Redo"), self.workspace.redo, key.Redo, "Ctrl+Y")
        self.addSeparator()
        self._delete = self.add("delete", self.tr("&Delete"), self._delete_selection, key.Delete, "Backspace")
        self._rename = self.add("rename", self.tr("Re&name"), self._rename_selected, "F2")
        self._value = self.add("value", self.tr("Edit &value"), self._edit_value, "Return")
        self.addSeparator()
        self.add("select_all", self.tr("Select &all"), self._select_all, key.SelectAll)
        self.workspace.history_changed.connect(self._mirror)
        self.workspace.training.state_changed.connect(self._mirror)
        self.workspace.selection.changed.connect(self._mirror)
        self._mirror()

    def _mirror(self) -> None:
        history, selection = self.workspace.history, self.workspace.selection
        undo = self.tr("Train") if self.workspace.training.active else history.undo_text
        redo = history.redo_text
        self._undo.setEnabled(undo is not None)
        self._undo.setText(self.tr("&Undo {0}").format(undo) if undo else self.tr("&Undo"))
        self._redo.setEnabled(redo is not None)
        self._redo.setText(self.tr("&Redo {0}").format(redo) if redo else self.tr("&Redo"))
        self._delete.setEnabled(bool(selection.nodes or selection.wires))
        self._rename.setEnabled(selection.current is not None)
        current = self.workspace.document.nodes.get(selection.current or "")
        self._value.setEnabled(current is not None and current.type == "Input")

    def _delete_selection(self) -> None:
        document, selection = self.workspace.document, self.workspace.selection
        wires = [(consumer, port) for _, consumer, port in selection.wires]
        self.workspace.do(self.tr("Delete"), *composing.remove(document, selection.nodes, wires))

    def _rename_selected(self) -> None:
        current = self.workspace.selection.current
        if current is not None:
            self.workspace.viewport.rename.emit(current)

    def _edit_value(self) -> None:
        current = self.workspace.selection.current
        if current is not None:
            self.workspace.viewport.edit_value.emit(current)

    def _select_all(self) -> None:
        self.workspace.selection.select(self.workspace.document.nodes)
