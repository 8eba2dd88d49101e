"""The sheets on the canvas are the notes of the document, after any edits and any undoing."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from gui.canvas.note_item import NoteItem
from gui.canvas.places import within_reach
from gui.canvas.view import Canvas
from gui.controllers.appearance import Appearance
from gui.workspace import Workspace
from tests.miniflow.drawings import note_batch, records


def assert_mirrors(canvas: Canvas) -> None:
    mirror, notes = canvas.mirror, canvas.workspace.document.notes
    sheets = mirror.notes.items
    assert {id: sheet.record for id, sheet in sheets.items()} == dict(notes)
    shown = [item for item in mirror.items() if isinstance(item, NoteItem)]
    assert {id(item) for item in shown} == {id(item) for item in sheets.values()}
    for note in notes.values():
        assert sheets[note.id].pos() == within_reach(note.position)
        assert mirror.sceneRect().contains(sheets[note.id].sheet())
    lowest_first = sorted(sheets.values(), key=NoteItem.zValue)
    assert [sheet.record.id for sheet in lowest_first] == list(notes)
    assert set(canvas.workspace.selection.notes) <= set(notes)
    assert {id for id, sheet in sheets.items() if sheet.is_selected} == set(canvas.workspace.selection.notes)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(records(), st.data())
def test_the_sheets_are_the_notes_after_anything(qapp: QApplication, record, data) -> None:
    workspace = Workspace(Appearance("light"))
    canvas = Canvas(workspace)
    workspace.show_record(record)
    assert_mirrors(canvas)
    for _ in range(data.draw(st.integers(1, 6))):
        ids = list(workspace.document.notes)
        workspace.selection.select((), (), data.draw(st.lists(st.sampled_from(ids))) if ids else ())
        workspace.do("notes", *note_batch(data.draw, workspace.document))
        assert_mirrors(canvas)
    while workspace.history.undo_text is not None:
        workspace.undo()
        assert_mirrors(canvas)
    assert workspace.document.record() == record
    canvas.deleteLater()
    workspace.deleteLater()
