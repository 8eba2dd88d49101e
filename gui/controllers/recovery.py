"""Recovery: what processes that did not end by themselves have left is offered, one document after another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.controllers.kept_work import KeptWork
from miniflow.errors import MiniFlowError, Sentence

if TYPE_CHECKING:
    from gui.workspace import Workspace


class Recovery(QObject):
    """Offers unsaved work that was kept; the person opens it, discards it, or leaves it for another time."""

    changed = Signal()
    """Something else is offered, or what is offered could not be opened."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._left: list[KeptWork] = []
        self._is_unreadable = False

    def begin(self, place: Path) -> None:
        """Offer what was left in ``place``; say so where that cannot be read."""
        try:
            self._left = KeptWork.left_in(place)
        except MiniFlowError as error:
            self._workspace.tell(error.sentence)
        self.changed.emit()

    @property
    def offered(self) -> KeptWork | None:
        """What is offered now."""
        return self._left[0] if self._left else None

    @property
    def count(self) -> int:
        """How many documents there are, with the one that is offered."""
        return len(self._left)

    @property
    def is_unreadable(self) -> bool:
        """Whether what is offered could not be opened; that is known once it was tried."""
        return self._is_unreadable

    def open(self) -> None:
        """Show the document as it was kept: unsaved, and belonging to its own file."""
        from miniflow.io import files

        work = self._left[0]
        try:
            record = work.read()
        except MiniFlowError as error:
            self._is_unreadable = True
            self._workspace.tell(error.sentence)
            self.changed.emit()
            return
        path = work.path
        self._workspace.files.show_unsaved(record, path)
        self._workspace.keeping.adopt(work)
        self._go_on()
        if path is None:
            self._workspace.tell(Sentence("This is the document as it was kept. It has no file yet: save it."))
        else:
            sentence = "This is the document as it was kept. Save it to put it into {path}."
            self._workspace.tell(Sentence(sentence, {"path": files.shown(path)}))

    def discard(self) -> None:
        """Delete what is offered, and offer the next."""
        self._left[0].clear()
        self._go_on()

    def put_off(self) -> None:
        """Offer nothing more until the next start."""
        for work in self._left:
            work.release()
        self._left = []
        self._is_unreadable = False
        self.changed.emit()

    def _go_on(self) -> None:
        self._left.pop(0)
        self._is_unreadable = False
        self.changed.emit()
