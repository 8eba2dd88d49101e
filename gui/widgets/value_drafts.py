"""The value editor of a sheet that shows one node after another: what was typed for a node is never lost by that."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.widgets.value_editor import ValueEditor
from miniflow.graph.records import Shape, ValueRecord


class ValueDrafts(QWidget):
    """One editor in sight, and one put by for each node for which something was typed that is no value."""

    accepted = Signal(str, object)
    """The node, and the value that the person has given it."""
    cancelled = Signal()
    put_by = Signal(str, str)
    """A node whose text waits for it, and why it is no value."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._node = ""
        self._waiting: dict[str, ValueEditor] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._editor = self._put_in(ValueEditor())

    def turn_to(self, node: str, value: ValueRecord | None, shape: Shape | None) -> bool:
        """Be ready to edit another node's value; tell whether something typed for it still waits."""
        self.leave()
        self._node = node
        if node not in self._waiting:
            self._editor.show_value(value, shape)
            return False
        self._take_out()
        self._editor = self._put_in(self._waiting.pop(node))
        return True

    def leave(self) -> None:
        """Hand out what was typed; where it is no value, put it by as it is until the node is turned to again."""
        node, reason = self._node, self._editor.hand_out()
        self._node = ""
        if reason and node:
            self._waiting[node] = self._take_out()
            self._editor = self._put_in(ValueEditor())
            self.put_by.emit(node, reason)

    @property
    def has_draft(self) -> bool:
        """Whether something is being typed for the node in sight."""
        return self._editor.has_draft

    def show_value(self, value: ValueRecord | None, shape: Shape | None) -> None:
        """The node has another value now: be ready to edit that."""
        self._editor.show_value(value, shape)

    def edit(self, value: ValueRecord | None, shape: Shape | None) -> None:
        """Begin to edit the value."""
        self._editor.edit(value, shape)

    def settle(self) -> str:
        """Hand out what was typed for the node in sight; return why it is no value, if it is none."""
        return self._editor.settle()

    def waiting(self, nodes: Collection[str]) -> str | None:
        """Return the first of these nodes for which something waits; None where nothing does."""
        return next((node for node in self._waiting if node in nodes), None)

    def rename(self, old: str, new: str) -> None:
        """Follow a node that was renamed."""
        self._node = new if self._node == old else self._node
        self._waiting = {new if node == old else node: editor for node, editor in self._waiting.items()}

    def forget_all(self) -> None:
        """Another document is shown: nothing that was typed is about it."""
        self._node, self._waiting = "", {}
        self._editor.show_value(None)

    def _put_in(self, editor: ValueEditor) -> ValueEditor:
        editor.setObjectName(self._name)
        editor.accepted.connect(self._hand_out)
        editor.cancelled.connect(self.cancelled)
        self._column.addWidget(editor)
        editor.show()
        self.setFocusProxy(editor)
        return editor

    def _take_out(self) -> ValueEditor:
        editor = self._editor
        editor.accepted.disconnect(self._hand_out)
        editor.cancelled.disconnect(self.cancelled)
        self._column.removeWidget(editor)
        editor.setParent(None)
        return editor

    def _hand_out(self, value: ValueRecord) -> None:
        if self._node:
            self.accepted.emit(self._node, value)
