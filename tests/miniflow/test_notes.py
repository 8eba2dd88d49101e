"""Notes in the document and in its file: plain texts with a place, a width and a colour."""

from __future__ import annotations

import json

import jsonschema
import numpy as np
import pytest

from miniflow.errors import EditError, FileFormatError
from miniflow.graph import annotating, composing
from miniflow.graph.document import GraphDocument
from miniflow.graph.edits import AddNote, ChangeNote, RemoveNote
from miniflow.graph.note_limits import MAX_NOTE_LENGTH, MAX_NOTES
from miniflow.graph.records import GraphRecord, NodeRecord, NoteRecord, replace
from miniflow.io import json_schema
from miniflow.io.schema import from_text, to_text

WITH_NOTES = """{
  "format": "miniflow-graph",
  "version": 1,
  "nodes": [
    {"id": "x", "type": "Input", "position": [0, 0]}
  ],
  "notes": [
    {"id": "n1", "text": "What is the gradient here?\\n<b>Think</b> 先", "position": [0, -90.5], "width": 240, "colour": "pink"},
    {"id": "x", "text": "一", "position": [3, 4], "width": 80.5, "colour": "grey"}
  ]
}
"""  # noqa: E501

WHY = NoteRecord("why", "Why?", (0.0, 0.0))
HOW = NoteRecord("how", "How?", (50.0, 0.0), 120, "blue")


def noted(*notes: NoteRecord) -> GraphDocument:
    return GraphDocument(GraphRecord({"x": NodeRecord("x", "Input", (5, 5))}, notes={note.id: note for note in notes}))


def in_a_file(*written: str) -> str:
    return f'{{"format": "miniflow-graph", "version": 1, "nodes": [], "notes": [{", ".join(written)}]}}'


def a_note(id: str = "n", text: str = "t", rest: str = "") -> str:
    return f'{{"id": "{id}", "text": "{text}", "position": [1, 2]{rest}}}'


def test_a_file_with_notes_is_written_as_it_was_read() -> None:
    record = from_text(WITH_NOTES)
    assert to_text(record) == WITH_NOTES
    assert list(record.notes) == ["n1", "x"]
    assert record.notes["n1"].text == "What is the gradient here?\n<b>Think</b> 先"


def test_a_note_without_width_and_colour_has_the_usual_ones() -> None:
    assert from_text(in_a_file(a_note())).notes["n"] == NoteRecord("n", "t", (1, 2), 240, "yellow")


def test_a_document_without_notes_is_written_without_the_key() -> None:
    assert '"notes"' not in to_text(from_text(in_a_file()))
    assert "notes" not in GraphDocument().to_dict()


MALFORMED = [
    ('{"text": "t", "position": [1, 2]}', "notes[0] has no id"),
    ('{"id": "n", "position": [1, 2]}', "notes[0] (n) has no text"),
    ('{"id": "n", "text": "t"}', "notes[0] (n) has no position"),
    ('{"id": "n", "text": "t", "position": [1]}', "notes[0].position (n)"),
    (a_note(id=" n"), "notes[0].id"),
    (a_note(id=""), "needs an id"),
    (a_note(text=""), "notes[0].text (n): A note without a text"),
    (a_note(text=" \\n "), "notes[0].text (n): A note without a text"),
    (a_note(text="a\\u0007b"), "'\\x07'"),
    (a_note(text="a\\u2028b"), "cannot be shown"),
    (a_note(text="x" * (MAX_NOTE_LENGTH + 1)), "4001 characters"),
    (a_note(rest=', "width": 79'), "notes[0].width (n) is out of range"),
    (a_note(rest=', "width": 4001.5'), "notes[0].width (n) is out of range"),
    (a_note(rest=', "width": "wide"'), "notes[0].width (n)"),
    (a_note(rest=', "colour": "red"'), "notes[0].colour (n) is 'red', which this format does not know"),
    (a_note(rest=', "html": "<b>"'), "html"),
    ('{"id": "n", "text": "t", "position": [1, 1e999]}', "notes[0].position (n)"),
]


@pytest.mark.parametrize(("written", "telling"), MALFORMED)
def test_a_malformed_note_is_refused_with_a_sentence_that_says_where(written: str, telling: str) -> None:
    with pytest.raises(FileFormatError) as refused:
        from_text(in_a_file(written))
    assert telling in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_note_whose_place_was_computed_with_numpy_is_written_too() -> None:
    document = noted(WHY)
    there = replace(WHY, position=(np.float64(1.5), np.float64(-2.0)))
    document.apply(ChangeNote(WHY, there))
    assert from_text(to_text(document.record())).notes["why"].position == (1.5, -2.0)


def test_two_notes_with_one_id_and_too_many_notes_are_refused() -> None:
    with pytest.raises(FileFormatError, match="Note 0 has this id too"):
        from_text(in_a_file(a_note(), a_note()))
    assert len(from_text(in_a_file(*(a_note(f"n{k}") for k in range(MAX_NOTES)))).notes) == MAX_NOTES
    with pytest.raises(FileFormatError, match="1000 entries are the most"):
        from_text(in_a_file(*(a_note(f"n{k}") for k in range(MAX_NOTES + 1))))


def test_the_json_schema_knows_notes() -> None:
    schema = jsonschema.Draft202012Validator(json_schema.json_schema())
    schema.validate(json.loads(WITH_NOTES))
    assert not schema.is_valid(json.loads(in_a_file(a_note(rest=', "colour": "red"'))))


def test_the_reader_allows_as_many_colours_as_a_note_can_have() -> None:
    from miniflow.graph.records import NOTE_COLOURS

    written = [a_note(f"n{colour}", rest=f', "colour": "{colour}"') for colour in NOTE_COLOURS]
    assert [note.colour for note in from_text(in_a_file(*written)).notes.values()] == list(NOTE_COLOURS)


def test_each_edit_of_a_note_is_taken_back_by_its_inverse() -> None:
    document = noted(WHY)
    before = to_text(document.record())
    moved = replace(WHY, position=(9.0, 9.0), text="Because", colour="green", width=300)
    made = document.apply(AddNote(HOW, 0), ChangeNote(WHY, moved), RemoveNote(HOW, 0), AddNote(HOW, 1))
    assert list(document.notes.values()) == [moved, HOW]
    document.apply(*(edit.inverse() for edit in reversed(made)))
    assert to_text(document.record()) == before


@pytest.mark.parametrize(
    "wrong",
    [
        AddNote(WHY, 1),
        AddNote(HOW, 3),
        AddNote(replace(HOW, text=" "), 0),
        AddNote(replace(HOW, width=float("nan")), 0),
        AddNote(replace(HOW, position=(float("inf"), 0)), 0),
        ChangeNote(replace(WHY, text="other"), WHY),
        ChangeNote(WHY, replace(WHY, id="other")),
        ChangeNote(WHY, replace(WHY, colour="red")),
        ChangeNote(HOW, HOW),
        RemoveNote(WHY, 1),
        RemoveNote(HOW, 0),
    ],
)
def test_an_edit_that_does_not_fit_changes_nothing(wrong: AddNote | ChangeNote | RemoveNote) -> None:
    document = noted(WHY)
    with pytest.raises(EditError):
        document.apply(ChangeNote(WHY, replace(WHY, text="first")), ChangeNote(replace(WHY, text="first"), WHY), wrong)
    assert document.record() == noted(WHY).record()
    assert document.revision == 0


def test_a_document_holds_no_more_notes_than_a_file() -> None:
    document = noted(*(replace(WHY, id=f"n{k}") for k in range(MAX_NOTES)))
    with pytest.raises(EditError, match="1000 notes at the most"):
        document.apply(*annotating.add_note(document, WHY))


def test_a_note_that_is_emptied_is_removed_and_one_that_stays_leaves_no_edit() -> None:
    document = noted(WHY, HOW)
    assert annotating.change_note(document, HOW) == ()
    document.apply(*annotating.change_note(document, replace(WHY, text=" \n")))
    assert list(document.notes) == ["how"]


def test_notes_go_along_with_nodes_when_they_are_copied_and_removed() -> None:
    document = noted(WHY, HOW)
    document.apply(*composing.paste(document, composing.fragment(document, ["x"], ["how"]), (1.0, 2.0)))
    assert document.notes["how2"] == replace(HOW, id="how2", position=(51.0, 2.0))
    document.apply(*composing.duplicate(document, ["x"], (5.0, 5.0), ["why"]))
    assert list(document.notes) == ["why", "how", "how2", "why2"]
    document.apply(*composing.remove(document, ["x"], (), ["why", "how2", "nobody"]))
    assert (list(document.nodes), list(document.notes)) == (["x2", "x3"], ["how", "why2"])


def test_notes_change_nothing_that_is_computed() -> None:
    from miniflow.training.recording import record_trace

    document = noted()
    steps = list(record_trace(document.record()).steps)
    document.apply(*annotating.add_note(document, WHY))
    assert list(record_trace(document.record()).steps) == steps
