"""Drafts: an editor of a sheet that shows one node after another, where what was typed for a node is never lost."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget


class DraftEditor(QWidget):
    """An editor that keeps a text that cannot be, with a sentence, until it is mended or given up."""

    accepted = Signal(object)
    """What the person has given."""
    cancelled = Signal()
    released = Signal()
    """What it kept, as it could not be, is kept no longer: it was changed or given up."""

    def hand_out(self) -> str:
        """Hand out what was typed, if anything was; where it cannot be, keep it and return why, else an empty text."""
        raise NotImplementedError

    def settle(self) -> str:
        """Hand out what was typed, and, where it cannot be, go back to it and return why."""
        raise NotImplementedError

    def give_up(self) -> None:
        """Forget what was typed, and show nothing."""
        raise NotImplementedError


Editor = TypeVar("Editor", bound=DraftEditor)


class Drafts(QWidget, Generic[Editor]):
    """One editor in sight, and one put by for each node for which something was typed that cannot be."""

    accepted = Signal(str, object)
    """The node, and what the person has given it."""
    cancelled = Signal()
    put_by = Signal(str, str)
    """A node whose text waits for it, and why it cannot be."""
    released = Signal()
    """What could not be is kept no longer: it was changed or given up."""

    def __init__(self, make: Callable[[], Editor], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._node = ""
        self._waiting: dict[str, Editor] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.editor = self._put_in(make())

    def turn_to(self, node: str) -> bool:
        """Be ready to edit another node; tell whether something typed for it still waits."""
        self.leave()
        self._node = node
        if node not in self._waiting:
            return False
        self._take_out()
        self.editor = self._put_in(self._waiting.pop(node))
        return True

    def leave(self) -> None:
        """Hand out what was typed; where it cannot be, put it by as it is until the node is turned to again."""
        if not self._node:
            return
        node, reason = self._node, self.editor.hand_out()
        self._node = ""
        if reason:
            self._waiting[node] = self._take_out()
            self.editor = self._put_in(self._make())
            self.put_by.emit(node, reason)

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
        self.editor.give_up()

    def _put_in(self, editor: Editor) -> Editor:
        editor.accepted.connect(self._hand_on)
        editor.cancelled.connect(self.cancelled)
        editor.released.connect(self.released)
        self._column.addWidget(editor)
        editor.show()
        self.setFocusProxy(editor)
        return editor

    def _take_out(self) -> Editor:
        editor = self.editor
        editor.accepted.disconnect(self._hand_on)
        editor.cancelled.disconnect(self.cancelled)
        editor.released.disconnect(self.released)
        self._column.removeWidget(editor)
        editor.hide()  # the layout may have asked for it to be shown soon, which would make it a window
        editor.setParent(None)
        return editor

    def _hand_on(self, given: object) -> None:
        if self._node:
            self.accepted.emit(self._node, given)
