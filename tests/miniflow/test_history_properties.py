"""Whatever is done to a document can be taken back, byte for byte, and whatever is drawn can be saved and opened."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from miniflow.errors import EditError
from miniflow.graph.document import GraphDocument
from miniflow.graph.history import History
from miniflow.io.schema import from_text, to_text
from tests.miniflow.drawings import batch, records


def text_of(document: GraphDocument) -> str:
    return to_text(document.record())


def try_some_edits(draw: st.DrawFn, document: GraphDocument, history: History) -> None:
    for number in range(draw(st.integers(1, 8))):
        before = text_of(document)
        try:
            history.do(f"edit {number}", batch(draw, document))
        except EditError:
            assert text_of(document) == before, "a refused batch left something behind"


@settings(max_examples=120, deadline=None)
@given(records(), st.data())
def test_undoing_everything_gives_the_first_document_back_byte_for_byte(record, data) -> None:
    document = GraphDocument(record)
    history, first = History(document), text_of(document)
    try_some_edits(data.draw, document, history)
    last = text_of(document)
    while history.undo_text is not None:
        history.undo()
    assert text_of(document) == first
    assert document.record() == record
    while history.redo_text is not None:
        history.redo()
    assert text_of(document) == last


@settings(max_examples=120, deadline=None)
@given(records(), st.data())
def test_every_document_that_can_be_drawn_is_the_same_after_saving_and_opening(record, data) -> None:
    document = GraphDocument(record)
    try_some_edits(data.draw, document, History(document))
    opened = from_text(text_of(document))
    assert opened == document.record()
    assert to_text(opened) == text_of(document)


@settings(max_examples=80, deadline=None)
@given(records(), st.data())
def test_the_index_of_consumers_is_always_what_the_inputs_say(record, data) -> None:
    document = GraphDocument(record)
    history = History(document)
    for _ in range(4):
        try_some_edits(data.draw, document, history)
        history.undo()
        wires = {id: set() for id in document.nodes}
        for id, node in document.nodes.items():
            for port, source in enumerate(node.inputs):
                if source is not None:
                    wires[source].add((id, port))
        assert {id: set(document.consumers(id)) for id in document.nodes} == wires
        assert [document.index(id) for id in document.nodes] == list(range(len(document.nodes)))


@settings(max_examples=80, deadline=None)
@given(records(), st.data())
def test_observers_can_mirror_the_document_from_the_edits_alone(record, data) -> None:
    document, mirror = GraphDocument(record), GraphDocument(record)
    document.subscribe(lambda edits: mirror.apply(*edits))
    history = History(document)
    try_some_edits(data.draw, document, history)
    for _ in range(data.draw(st.integers(0, 5))):
        history.undo()
    assert to_text(mirror.record()) == text_of(document)
