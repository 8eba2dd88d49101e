"""The notes of a document, by id, in the order of the file. They are few: each change makes the mapping anew."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from miniflow.errors import EditError
from miniflow.graph import checks
from miniflow.graph.note_limits import MAX_NOTES, note_fault
from miniflow.graph.records import NoteRecord


def frozen(notes: Mapping[str, NoteRecord]) -> Mapping[str, NoteRecord]:
    """Return a copy that nobody can change."""
    return MappingProxyType(dict(notes))


def with_note(notes: Mapping[str, NoteRecord], note: NoteRecord, index: int) -> Mapping[str, NoteRecord]:
    """Return the notes with one more, at ``index``."""
    _check(note)
    if note.id in notes:
        raise EditError("There is a note {note} already: try again.", note=note.id)
    if len(notes) >= MAX_NOTES:
        raise EditError("A document holds {limit} notes at the most: remove one first.", limit=MAX_NOTES)
    if not 0 <= index <= len(notes):
        raise EditError("{node} cannot be added at place {index}: try again.", node=note.id, index=index)
    entries = list(notes.items())
    entries.insert(index, (note.id, note))
    return MappingProxyType(dict(entries))


def without_note(
    notes: Mapping[str, NoteRecord], note: NoteRecord, index: int
) -> tuple[Mapping[str, NoteRecord], NoteRecord]:
    """Return the notes without the one at ``index``, and that one."""
    kept = _there(notes, note)
    entries = list(notes.items())
    if not 0 <= index < len(entries) or entries[index][0] != note.id:
        raise EditError("{node} has changed in the meantime: try again.", node=note.id)
    del entries[index]
    return MappingProxyType(dict(entries)), kept


def with_change(
    notes: Mapping[str, NoteRecord], old: NoteRecord, new: NoteRecord
) -> tuple[Mapping[str, NoteRecord], NoteRecord]:
    """Return the notes with ``new`` where ``old`` was, and what was there."""
    _check(new)
    kept = _there(notes, old)
    if new.id != old.id:
        raise EditError("The note {note} keeps its id: try again.", note=old.id)
    return MappingProxyType({**notes, new.id: new}), kept


def _there(notes: Mapping[str, NoteRecord], expected: NoteRecord) -> NoteRecord:
    if expected.id not in notes:
        raise EditError("There is no note {note} any more.", note=expected.id)
    return checks.check_same(expected.id, notes[expected.id], expected)


def _check(note: NoteRecord) -> None:
    fault = note_fault(note)
    if fault is not None:
        raise EditError(fault[1].template, **fault[1].fields)
