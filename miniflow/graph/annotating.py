"""From a wish about notes to the edits that fulfil it, as composing does for nodes and wires."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from miniflow.graph.edits import AddNote, ChangeNote, Edit, RemoveNote
from miniflow.graph.naming import free_names, fresh_id
from miniflow.graph.records import NoteRecord, Position, replace


class Annotated(Protocol):
    """What is read here: a GraphDocument, or a GraphRecord."""

    @property
    def notes(self) -> Mapping[str, NoteRecord]:
        """The notes by id, in the order of the file."""


def add_note(drawing: Annotated, note: NoteRecord) -> tuple[AddNote]:
    """Add a note on top of the others, under its id or the next free one."""
    return (AddNote(replace(note, id=fresh_id(drawing.notes, note.id)), len(drawing.notes)),)


def change_note(drawing: Annotated, new: NoteRecord) -> tuple[Edit, ...]:
    """Have a note be as ``new``; one whose text is blank is removed."""
    old = drawing.notes[new.id]
    if not new.text.strip():
        return remove_notes(drawing, [new.id])
    return () if new == old else (ChangeNote(old, new),)


def move_notes(drawing: Annotated, positions: Mapping[str, Position]) -> tuple[Edit, ...]:
    """Put notes at new places; those that are there already stay untouched."""
    moved = (replace(drawing.notes[id], position=position) for id, position in positions.items())
    return tuple(edit for note in moved for edit in change_note(drawing, note))


def remove_notes(drawing: Annotated, ids: Iterable[str]) -> tuple[Edit, ...]:
    """Remove notes."""
    doomed = set(ids)
    placed = [(place, note) for place, note in enumerate(drawing.notes.values()) if note.id in doomed]
    return tuple(RemoveNote(note, place) for place, note in reversed(placed))


def copy_notes(drawing: Annotated, notes: Iterable[NoteRecord], offset: Position) -> tuple[Edit, ...]:
    """Add copies of ``notes`` under free ids, moved by ``offset``."""
    notes = list(notes)
    names = free_names(drawing.notes, [note.id for note in notes])
    return tuple(
        AddNote(
            replace(note, id=names[note.id], position=(note.position[0] + offset[0], note.position[1] + offset[1])),
            place,
        )
        for place, note in enumerate(notes, start=len(drawing.notes))
    )
