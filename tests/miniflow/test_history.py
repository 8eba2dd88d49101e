"""Undo and redo, and whether the document is as it is in its file."""

from __future__ import annotations

import pytest

from miniflow.errors import EditError
from miniflow.graph.document import GraphDocument
from miniflow.graph.edits import SetTitle
from miniflow.graph.history import History


@pytest.fixture
def document() -> GraphDocument:
    return GraphDocument()


@pytest.fixture
def history(document: GraphDocument) -> History:
    return History(document)


def test_undo_and_redo_walk_up_and_down_the_entries(document: GraphDocument, history: History) -> None:
    history.do("first", [SetTitle("", "a")])
    history.do("second", [SetTitle("a", "b"), SetTitle("b", "c")])
    assert (history.undo_text, history.redo_text) == ("second", None)
    history.undo()
    assert (document.title, history.undo_text, history.redo_text) == ("a", "first", "second")
    history.undo()
    history.undo()
    assert (document.title, history.undo_text, history.redo_text) == ("", None, "first")
    history.redo()
    history.redo()
    history.redo()
    assert (document.title, history.redo_text) == ("c", None)


def test_what_is_done_with_an_entry_is_taken_back_and_done_again_with_it(
    document: GraphDocument, history: History
) -> None:
    history.do_with_it([SetTitle("", "no entry to go with")])
    history.do("first", [SetTitle("", "a")])
    history.do_with_it([SetTitle("a", "b")])
    history.undo()
    assert (document.title, history.undo_text, history.redo_text) == ("", None, "first")
    history.redo()
    assert (document.title, history.undo_text) == ("b", "first")


def test_a_new_edit_drops_what_was_taken_back(document: GraphDocument, history: History) -> None:
    history.do("first", [SetTitle("", "a")])
    history.undo()
    history.do("other", [SetTitle("", "b")])
    history.redo()
    assert (document.title, history.redo_text) == ("b", None)


def test_nothing_and_what_is_refused_leave_no_entry(history: History) -> None:
    history.do("nothing", [])
    with pytest.raises(EditError):
        history.do("refused", [SetTitle("never", "a")])
    assert history.undo_text is None


def test_a_refused_edit_keeps_what_can_be_redone(history: History) -> None:
    history.do("first", [SetTitle("", "a")])
    history.undo()
    with pytest.raises(EditError):
        history.do("refused", [SetTitle("never", "b")])
    assert history.redo_text == "first"


def test_an_edit_can_be_taken_back_even_where_a_view_failed(document: GraphDocument, history: History) -> None:
    def fail(_: object) -> None:
        raise ValueError("a view is broken")

    stop = document.subscribe(fail)
    with pytest.raises(ValueError, match="broken"):
        history.do("first", [SetTitle("", "a")])
    assert (document.title, history.undo_text) == ("a", "first")
    with pytest.raises(ValueError, match="broken"):
        history.undo()
    assert (document.title, history.undo_text, history.redo_text) == ("", None, "first")
    stop()
    history.redo()
    assert document.title == "a"


def test_undoing_all_changes_since_the_save_makes_the_document_saved_again(history: History) -> None:
    assert history.is_saved
    history.do("first", [SetTitle("", "a")])
    assert not history.is_saved
    history.mark_saved()
    assert history.is_saved
    history.do("second", [SetTitle("a", "b")])
    history.undo()
    assert history.is_saved
    history.undo()
    assert not history.is_saved
    history.redo()
    assert history.is_saved


def test_what_was_saved_and_then_dropped_is_never_reached_again(history: History) -> None:
    history.do("same", [SetTitle("", "a")])
    history.mark_saved()
    history.undo()
    history.do("same", [SetTitle("", "a")])
    assert not history.is_saved, "equal edits are not the same entry: only a save can tell"
    history.undo()
    assert not history.is_saved
    history.mark_saved()
    assert history.is_saved


def test_an_entry_that_only_looks_like_the_saved_one_is_another(history: History) -> None:
    history.do("same", [SetTitle("", "a")])
    history.mark_saved()
    history.do("back", [SetTitle("a", "")])
    history.do("same", [SetTitle("", "a")])
    history.undo()
    history.do("other", [SetTitle("", "b")])
    history.undo()
    history.undo()
    assert history.is_saved
