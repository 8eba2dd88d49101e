"""The Edit menu."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from gui.menu import Menu
from gui.presentation.node_facts import is_wired
from miniflow.graph import composing, reaching
from miniflow.overriding import override


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
        self._add_clipboard()
        self._delete = self.add("delete", self.tr("&Delete"), self._delete_selection, key.Delete, "Backspace")
        self._rename = self.add("rename", self.tr("Re&name"), self._rename_selected, "F2")
        self._value = self.add("value", self.tr("Edit &value"), self._edit_value, "Return")
        self.addSeparator()
        self._add_selecting()
        self.workspace.history_changed.connect(self._mirror)
        self.workspace.training.state_changed.connect(self._mirror)
        self.workspace.selection.changed.connect(self._mirror)
        self._mirror()

    def _add_clipboard(self) -> None:
        key, viewport = QKeySequence.StandardKey, self.workspace.viewport
        self._cut = self.add("cut", self.tr("Cu&t"), viewport.cut.emit, key.Cut)
        self._copy = self.add("copy", self.tr("&Copy"), viewport.copy.emit, key.Copy)
        self.add("copy_picture", self.tr("Copy as p&icture"), viewport.copy_picture.emit, "Ctrl+Shift+C")
        self.add("paste", self.tr("&Paste"), viewport.paste.emit, key.Paste)
        self._duplicate = self.add("duplicate", self.tr("Dup&licate"), viewport.duplicate.emit, "Ctrl+D")
        self.addSeparator()

    def _add_selecting(self) -> None:
        key = QKeySequence.StandardKey
        self._all = self.add("select_all", self.tr("Select &all"), self._select_all, key.SelectAll)
        self._none = self.add("select_none", self.tr("Select n&one"), self._select_none, "Ctrl+Shift+A")
        next_wire = self.workspace.viewport.next_wire.emit
        self._wire = self.add("select_wire", self.tr("Select its next &wire"), next_wire, "E")
        self._reaching = (
            self.add("select_upstream", self.tr("Select what f&eeds it"), self._select_upstream, "U"),
            self.add("select_downstream", self.tr("Select what depend&s on it"), self._select_downstream, "D"),
        )

    def _mirror(self) -> None:
        history, selection = self.workspace.history, self.workspace.selection
        undo = self.tr("Train") if self.workspace.training.active else history.undo_text
        redo = None if self.workspace.training.active else history.redo_text
        self._undo.setEnabled(undo is not None)
        self._undo.setText(self.tr("&Undo {0}").format(undo) if undo else self.tr("&Undo"))
        self._redo.setEnabled(redo is not None)
        self._redo.setText(self.tr("&Redo {0}").format(redo) if redo else self.tr("&Redo"))
        for action in (self._cut, self._copy, self._duplicate):
            action.setEnabled(bool(selection.nodes or selection.notes))
        for action in self._reaching:
            action.setEnabled(bool(selection.nodes))
        document = self.workspace.document
        home = selection.current
        self._wire.setEnabled(bool(selection.wires) if home is None else is_wired(document, home))
        self._all.setEnabled(bool(document.nodes or document.notes))
        self._none.setEnabled(not selection.is_empty)
        self._delete.setEnabled(not selection.is_empty)
        self._rename.setEnabled(selection.current is not None)
        current = document.nodes.get(home or "")
        has_note = selection.current_note is not None
        self._value.setText(self.tr("Edit te&xt") if has_note else self.tr("Edit &value"))
        self._value.setEnabled(has_note or (current is not None and current.type == "Input"))

    def _delete_selection(self) -> None:
        document, selection = self.workspace.document, self.workspace.selection
        wires = [(consumer, port) for _, consumer, port in selection.wires]
        self.workspace.do(self.tr("Delete"), *composing.remove(document, selection.nodes, wires, selection.notes))

    def _rename_selected(self) -> None:
        current = self.workspace.selection.current
        if current is not None:
            self.workspace.viewport.rename.emit(current)

    def _edit_value(self) -> None:
        selection = self.workspace.selection
        if selection.current is not None:
            self.workspace.viewport.edit_value.emit(selection.current)
        elif selection.current_note is not None:
            self.workspace.viewport.edit_note.emit(selection.current_note)

    def _select_all(self) -> None:
        document = self.workspace.document
        self.workspace.selection.select(document.nodes, (), document.notes)

    def _select_none(self) -> None:
        self.workspace.selection.select()

    def _select_upstream(self) -> None:
        selection = self.workspace.selection
        selection.select(reaching.upstream(self.workspace.document, selection.nodes))

    def _select_downstream(self) -> None:
        selection = self.workspace.selection
        selection.select(reaching.downstream(self.workspace.document, selection.nodes))
