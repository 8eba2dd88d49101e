"""Undo and redo, as two short lists of edits. Plain Python: it knows no Qt and no document but the one it is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from miniflow.graph.document import GraphDocument
from miniflow.graph.edits import Edit


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One thing that the person did, and what to call it in the menu. Two entries are never the same."""

    text: str
    edits: tuple[Edit, ...]


class History:
    """What was done to a document, in order, and how to take it back."""

    def __init__(self, document: GraphDocument) -> None:
        self._document = document
        self._done: list[Entry] = []
        self._undone: list[Entry] = []
        self._saved: Entry | None = None
        self._saved_is_reachable = True

    def do(self, text: str, edits: Sequence[Edit]) -> None:
        """Apply ``edits`` as one entry called ``text``; an empty list leaves no entry."""
        if not edits:
            return
        made: list[Edit] = []
        stop_listening = self._document.subscribe(made.extend)
        try:
            self._document.apply(*edits)
        finally:  # also where a view failed after the edits were made
            stop_listening()
            if made:
                self._remember(Entry(text, tuple(made)))

    def do_with_it(self, edits: Sequence[Edit]) -> None:
        """Apply more edits as part of the last entry: they are undone with it."""
        if self._done and edits:
            last = self._done[-1]
            self.do(last.text, edits)
            more = self._done.pop()
            self._done[-1] = Entry(last.text, (*last.edits, *more.edits))

    def undo(self) -> None:
        """Take the last entry back."""
        if self._done:
            self._move(self._done, self._undone, [edit.inverse() for edit in reversed(self._done[-1].edits)])

    def redo(self) -> None:
        """Do again what was last taken back."""
        if self._undone:
            self._move(self._undone, self._done, self._undone[-1].edits)

    @property
    def undo_text(self) -> str | None:
        """What undo would take back, or None."""
        return self._done[-1].text if self._done else None

    @property
    def redo_text(self) -> str | None:
        """What redo would do again, or None."""
        return self._undone[-1].text if self._undone else None

    def mark_saved(self) -> None:
        """Remember that the document is now as it is in its file."""
        self._saved = self._done[-1] if self._done else None
        self._saved_is_reachable = True

    def mark_unsaved(self) -> None:
        """Remember that no file holds the document as it was at any time that undo and redo lead to."""
        self._saved_is_reachable = False

    @property
    def is_saved(self) -> bool:
        """Tell whether the document is as it was when it was last saved or opened."""
        return self._saved_is_reachable and self._saved is (self._done[-1] if self._done else None)

    def _remember(self, entry: Entry) -> None:
        if self._saved in self._undone:
            self._saved_is_reachable = False
        self._undone.clear()
        self._done.append(entry)

    def _move(self, source: list[Entry], target: list[Entry], edits: Sequence[Edit]) -> None:
        """Make ``edits``, and have the last entry of ``source`` change sides, unless they could not be made."""
        before = self._document.revision
        try:
            self._document.apply(*edits)
        finally:
            if self._document.revision != before:
                target.append(source.pop())
