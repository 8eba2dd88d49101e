"""Workspace: the document, its history and what the app is doing. The one thing that every view is handed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.controllers.appearance import Appearance
from gui.controllers.bookmarks import Bookmarks
from gui.controllers.bug_lab import BugLab
from gui.controllers.files import Files
from gui.controllers.following import Following
from gui.controllers.gradient_checks import GradientChecks
from gui.controllers.keeping import Keeping
from gui.controllers.overview import Overview
from gui.controllers.readings import Readings
from gui.controllers.recovery import Recovery
from gui.controllers.selection import Selection
from gui.controllers.settling import Settling
from gui.controllers.snapping import Snapping
from gui.controllers.stepping import Stepping
from gui.controllers.training import Training
from gui.controllers.trying import Trying
from gui.controllers.viewport import Viewport
from miniflow.errors import MiniFlowError, Sentence
from miniflow.graph.document import GraphDocument
from miniflow.graph.edits import AddNode, Edit, Rename
from miniflow.graph.history import History
from miniflow.graph.records import GraphRecord

if TYPE_CHECKING:
    from miniflow.graph.structure import Structure


class Workspace(QObject):
    """What is on the screen, and the only sender of edits."""

    edited = Signal(object)
    """A batch of edits was applied: a sequence of Edit."""
    document_replaced = Signal()
    """Another document is on the screen: views build themselves again."""
    settling = Signal(object)
    """Whatever is still being typed should come home now, or say to this Settling why it cannot."""
    crowded = Signal(object)
    """Edits were just made by the person: what has to move for them should be added to this list of Edit."""
    history_changed = Signal()
    told = Signal(object)
    """A Sentence for the status line."""
    taken_back = Signal(object)
    """A Sentence that was told, and is true no longer."""

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = GraphDocument()
        self.history = History(self.document)
        self._structure: Structure | None = None
        self._told_of_draft: Sentence | None = None
        self.appearance = appearance
        self.selection = Selection(self)
        self.viewport = Viewport(self)
        self.snapping = Snapping(self)
        self.overview = Overview(self)
        self.following = Following(self)
        self.stepping = Stepping(self.document, self)
        self.checks = GradientChecks(self.stepping, self)
        self.bookmarks = Bookmarks(self.stepping, self)
        self.training = Training(self)
        self.trying = Trying(self)
        self.bug_lab = BugLab(self)
        self.files = Files(self)
        self.keeping = Keeping(self)
        self.recovery = Recovery(self)
        self.readings = Readings(self)
        self._stop_listening = self.document.subscribe(self._hear)

    @property
    def structure(self) -> Structure:
        """The shapes, misfits and problems of the document, before anything runs."""
        if self._structure is None:
            from miniflow.graph.structure import Structure

            self._structure = Structure(self.document)
        return self._structure

    def do(self, text: str, *edits: Edit) -> bool:
        """Make ``edits`` as one undoable step called ``text``; where they do not fit, say why and change nothing."""
        was_training = self.training.active
        edits = tuple(self.training.giving_way.make_way(text, edits))
        try:
            self.history.do(text, edits)
            self._make_room(edits)
        except MiniFlowError as error:
            self.tell(error.sentence)
            return False
        self.history_changed.emit()
        if was_training:
            self.training.giving_way.tell()
        return True

    def mend(self, text: str, *edits: Edit) -> None:
        """Make the edits of a fix as one step; the canvas finds room for the nodes that some bring."""
        if any(isinstance(edit, AddNode) for edit in edits):
            self.viewport.bring_nodes.emit(text, edits)
        else:
            self.do(text, *edits)

    def undo(self) -> None:
        """Take back the last edit; while a training runs, end it and take back what it did, which may be nothing."""
        was_training = self.training.active
        if was_training and not self.training.giving_way.stop_for(self.tr("Undo")):
            self.training.giving_way.tell()
            return
        was_empty = self.selection.is_empty
        self._restore(self.history.undo)
        if not was_empty:
            self.selection.go_back(self.document)
        if was_training:
            self.tell(Sentence("Undo stopped the training and took back what it had learnt. Redo brings it again."))

    def redo(self) -> None:
        """Do again what was last taken back; a training that runs is newer than that, so then there is nothing."""
        if not self.training.active:
            self._restore(self.history.redo)

    def settle(self) -> bool:
        """Bring home what is still being typed: the document is about to be saved, or to go. Tell if nothing is left.

        What cannot be kept stays where it is typed, and the status line says so.
        """
        settling = Settling()
        self.settling.emit(settling)
        if settling.fault is not None:
            self.tell_of_draft(settling.fault)
        return settling.fault is None

    def tell(self, sentence: Sentence) -> None:
        """Say a sentence in the status line."""
        self.told.emit(sentence)

    def tell_of_draft(self, sentence: Sentence) -> None:
        """Say why what was typed waits in its field, for as long as it does."""
        self._told_of_draft = sentence
        self.tell(sentence)

    def end_draft(self) -> None:
        """What waited in a field was mended or given up: what was said of it is taken back."""
        if self._told_of_draft is not None:
            self.taken_back.emit(self._told_of_draft)
            self._told_of_draft = None

    def show_record(self, record: GraphRecord) -> None:
        """Put another document on the screen, with a history of its own."""
        self._stop_listening()
        self.training.stop()
        self.document = GraphDocument(record)
        self.history = History(self.document)
        self._structure = None
        self._stop_listening = self.document.subscribe(self._hear)
        self.selection.begin_anew()
        self.stepping.watch(self.document)
        self.bookmarks.forget()
        self.document_replaced.emit()
        self.history_changed.emit()

    def stop(self) -> None:
        """Stop whatever runs by itself: the window is closing."""
        self.stepping.pause()
        self.checks.stop()
        self.training.stop()
        self.keeping.end()
        self.recovery.put_off()

    def _restore(self, take: Callable[[], None]) -> None:
        """Undo or redo, and have what came back by it be selected, as it is what this is about."""
        edits: list[Edit] = []
        stop_listening = self.document.subscribe(edits.extend)
        try:
            take()
        finally:
            stop_listening()
        self.selection.select_what_came(edits, self.document)
        self.history_changed.emit()

    def _make_room(self, edits: Sequence[Edit]) -> None:
        """Have what gives way to the edits that were just made do so as part of them."""
        moves: list[Edit] = []
        if edits:
            self.crowded.emit(moves)
        self.history.do_with_it(moves)

    def _hear(self, edits: Sequence[Edit]) -> None:
        if self._structure is not None:
            self._structure.hear(edits)
        for edit in edits:
            if isinstance(edit, Rename):
                self.selection.rename(edit.old, edit.new)
        self.training.hear(edits)
        self.trying.hear(edits)
        self.edited.emit(edits)
        self.selection.keep_to(self.document)
        self.bookmarks.hear(edits)
        self.stepping.hear(edits)
