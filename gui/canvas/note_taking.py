"""Note taking: a note is written where it stands, and given another colour; each is one step to undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Qt

from gui.canvas import look as looks
from gui.canvas.note_item import NoteItem
from gui.canvas.note_painter import TEXT_MARGINS
from gui.canvas.pieces import clear_offset
from gui.widgets.note_editor import NoteEditor, Sheet
from miniflow.errors import Sentence
from miniflow.graph import annotating
from miniflow.graph.edits import Edit
from miniflow.graph.note_limits import text_fault
from miniflow.graph.records import NOTE_WIDTH, NoteRecord, replace

if TYPE_CHECKING:
    from gui.canvas.view import Canvas
    from gui.controllers.settling import Settling

_HALF_A_NOTE = QPointF(NOTE_WIDTH / 2, 20)
_LEAST_PIXELS = 13
"""Smaller type cannot be read while one writes."""


class NoteTaking(QObject):
    """The editor of notes on the canvas. What is written in it comes home when it is left, if it can be kept."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._workspace = canvas.workspace
        self._written: NoteRecord | None = None
        """The note that is being written, as it was."""
        self._editor = NoteEditor(canvas.viewport(), _fault)
        self._editor.accepted.connect(self._accept)
        self._editor.cancelled.connect(self.close)
        self._editor.released.connect(self._workspace.end_draft)
        requests = self._workspace.viewport
        requests.add_note.connect(self.begin_in_sight)
        requests.edit_note.connect(self.edit)
        requests.colour_notes.connect(self.colour)
        self._workspace.edited.connect(self._check_note)
        self._workspace.settling.connect(self._settle)
        canvas.navigator.moved.connect(self._follow)
        canvas.mirror.rebuilding.connect(self.close)

    def begin_at(self, place: QPointF) -> None:
        """Have a new note written with its corner at a place of the viewport."""
        self._begin(self._canvas.to_scene(place))

    def begin_in_sight(self) -> None:
        """Have a new note written at the mouse or, where that is elsewhere, in the middle; never below a card."""
        viewport = self._canvas.viewport()
        place = QPointF(viewport.mapFromGlobal(viewport.cursor().pos()))
        is_here = viewport.underMouse() and QRectF(viewport.rect()).contains(place)
        corner = self._canvas.to_scene(place) if is_here else self._canvas.navigator.visible().center() - _HALF_A_NOTE
        room = self._sheet(_new_note(corner))
        self._begin(corner + QPointF(*clear_offset(self._canvas.mirror, [room])))

    def edit(self, note: str) -> None:
        """Have a note written anew."""
        record = self._workspace.document.notes.get(note)
        if record is not None:
            self._open(record)

    def colour(self, colour: str) -> None:
        """Give the selected notes a colour."""
        notes = self._workspace.document.notes
        chosen = [notes[note] for note in self._workspace.selection.notes if note in notes]
        edits: list[Edit] = []
        for note in chosen:
            edits += annotating.change_note(self._workspace.document, replace(note, colour=colour))
        self._canvas.do(self.tr("Colour"), edits)

    def finish(self) -> None:
        """Take what is being written into the document, if it can be kept."""
        if self._written is not None:
            self._editor.accept()

    def _settle(self, settling: Settling) -> None:
        self.finish()
        if self._written is not None:
            settling.hold(self._editor.fault)
            self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def close(self) -> None:
        """Close the editor, changing nothing."""
        if self._written is None:
            return
        self._written = None
        self._editor.hide()
        if self._canvas.isVisible():
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self._editor.forget_complaint()

    def _begin(self, corner: QPointF) -> None:
        self._open(_new_note(corner))

    def _open(self, note: NoteRecord) -> None:
        if not self._canvas.editing.finish():
            return
        self.finish()
        if self._written is not None:  # what is written there cannot be kept, and must not be lost
            self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._canvas.navigator.bring(self._sheet(note))
        self._written = note
        self._editor.open_over(self._seen(note), note.text, note.colour)

    def _accept(self, text: str) -> None:
        note, document = self._written, self._workspace.document
        self.close()
        if note is None or text.rstrip() == note.text.rstrip():
            return
        written = replace(note, text=text.rstrip())
        if note.id in document.notes and note is document.notes[note.id]:
            label = self.tr("Edit a note") if text.strip() else self.tr("Delete")
            self._canvas.do(label, annotating.change_note(document, written))
        elif text.strip():
            (added,) = annotating.add_note(document, written)
            if self._workspace.do(self.tr("Add a note"), added):
                self._workspace.selection.select((), (), (added.note.id,))

    def _check_note(self, edits: object) -> None:
        """Close the editor of a note that has changed otherwise, or gone."""
        note = self._written
        if note is not None and note.text and self._workspace.document.notes.get(note.id) != note:
            self.close()

    def _follow(self) -> None:
        if self._written is not None:
            self._editor.cover(self._seen(self._written))

    def _sheet(self, note: NoteRecord) -> QRectF:
        return NoteItem(note, self._canvas.mirror.look).sheet().translated(*note.position)

    def _seen(self, note: NoteRecord) -> Sheet:
        """Return a note as it is seen, or, where nobody could read what is typed there, as from so near as one can."""
        font, size = self._canvas.mirror.look.font(looks.NOTE), self._sheet(note).size()
        factor = max(self._canvas.navigator.scale, _LEAST_PIXELS / font.pixelSize())
        corner = self._canvas.to_viewport(QPointF(*note.position))
        return Sheet(QRectF(corner, size * factor), TEXT_MARGINS * factor, font, font.pixelSize() * factor)


def _new_note(corner: QPointF) -> NoteRecord:
    return NoteRecord("note1", "", (round(corner.x(), 2), round(corner.y(), 2)))


def _fault(text: str) -> Sentence | None:
    """Say why a text cannot be kept; a blank one can, since it removes the note."""
    return text_fault(text.rstrip()) if text.strip() else None
