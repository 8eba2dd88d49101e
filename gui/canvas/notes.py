"""Notes: a sheet on the canvas for every note of the document, always as the document says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF

from gui.canvas.look import Look
from gui.canvas.note_item import NOTE_LAYER, NoteItem
from gui.canvas.places import within_reach
from miniflow.graph.edits import AddNote, ChangeNote, Edit, RemoveNote
from miniflow.graph.records import NoteRecord

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene


class Notes(QObject):
    """Mirrors the notes of the document in the scene."""

    def __init__(self, scene: CanvasScene) -> None:
        super().__init__(scene)
        self._scene = scene
        self._workspace = scene.workspace
        self._items: dict[str, NoteItem] = {}
        self._workspace.edited.connect(self._hear)
        self._workspace.selection.changed.connect(self._mark)
        scene.rebuilding.connect(self._forget)
        scene.rebuilt.connect(self._rebuild)

    @property
    def items(self) -> Mapping[str, NoteItem]:
        """The sheets by the ids of their notes."""
        return self._items

    def area(self) -> QRectF:
        """Return the rectangle around all notes; empty where there is none."""
        area = QRectF()
        for item in self._items.values():
            area = area.united(item.sheet())
        return area

    def take_look(self, look: Look) -> None:
        """Paint with another theme."""
        for item in self._items.values():
            item.look = look

    def _forget(self) -> None:
        self._items = {}

    def _rebuild(self) -> None:
        for note in self._workspace.document.notes.values():
            self._add(note)
        self._stack()
        self._mark()

    def _hear(self, edits: Sequence[Edit]) -> None:
        """Make the edits that are about notes visible."""
        about_notes = [edit for edit in edits if isinstance(edit, (AddNote, RemoveNote, ChangeNote))]
        for edit in about_notes:
            match edit:
                case AddNote(note, _):
                    self._add(note)
                case RemoveNote(note, _):
                    self._scene.removeItem(self._items.pop(note.id))
                case ChangeNote(_, note):
                    self._items[note.id].take(note)
                    self._place(self._items[note.id])
        if about_notes:
            self._stack()
            self._mark()
            self._scene.changed_extent.emit()

    def _add(self, note: NoteRecord) -> None:
        item = NoteItem(note, self._scene.look)
        self._items[note.id] = item
        self._place(item)
        self._scene.addItem(item)

    def _place(self, item: NoteItem) -> None:
        item.setPos(within_reach(item.record.position))
        self._scene.extent.grow(item.sheet())

    def _stack(self) -> None:
        """Have later notes lie on earlier ones, all of them below the wires."""
        count = len(self._items)
        for index, note in enumerate(self._workspace.document.notes):
            self._items[note].setZValue(NOTE_LAYER - 1 + (index + 1) / (count + 1))

    def _mark(self) -> None:
        chosen = set(self._workspace.selection.notes)
        for note, item in self._items.items():
            item.mark(note in chosen)
