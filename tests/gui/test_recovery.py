"""Unsaved work is kept by itself, taken away once it is safe, and offered after an end that nobody wanted."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from gui.controllers.kept_work import KeptWork
from gui.main_window import MainWindow
from gui.workspace import Workspace
from miniflow.graph.edits import Move, SetTitle, SetValue
from miniflow.graph.records import GraphRecord, Literal, replace
from miniflow.io import files
from tests.gui.boston import FOREVER, lesson_network, one_weight, told, until, weights, workspace_with


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where work is kept, as soon as there is some."""
    for name in ("MILLISECONDS_AFTER_AN_EDIT", "MILLISECONDS_IN_TRAINING", "MILLISECONDS_BEFORE_ANOTHER_TRY"):
        monkeypatch.setattr(f"gui.controllers.keeping.{name}", 0)
    return tmp_path / "recovery"


@pytest.fixture
def workspace(qtbot: QtBot, place: Path) -> Iterator[Workspace]:
    """A workspace that keeps its work."""
    workspace = workspace_with(one_weight())
    workspace.keeping.begin(place)
    yield workspace
    workspace.stop()


def kept(place: Path) -> list[Path]:
    return sorted(place.glob("*/document.miniflow"))


def edit(workspace: Workspace, title: str = "Mine") -> None:
    workspace.do("Title", SetTitle(workspace.document.title, title))


def keep(qtbot: QtBot, workspace: Workspace, place: Path) -> GraphRecord:
    """Let the work be kept; return what was."""
    record = workspace.document.record()
    until(qtbot, lambda: any(files.read(path) == record for path in kept(place)))
    return record


def left(place: Path, record: GraphRecord, name: str = "mine.miniflow", path: Path | None = None) -> KeptWork:
    """What a process that is no longer alive has left."""
    work = KeptWork(place)
    work.write(record, name, path)
    work.release()
    return work


# --- keeping ----------------------------------------------------------------------------------------------------------


def test_an_edit_is_kept_by_itself_and_the_next_one_too(qtbot: QtBot, workspace: Workspace, place: Path) -> None:
    edit(workspace)
    keep(qtbot, workspace, place)
    edit(workspace, "Better")
    keep(qtbot, workspace, place)
    assert len(kept(place)) == 1


def test_nothing_is_written_while_nothing_is_unsaved(qtbot: QtBot, workspace: Workspace, place: Path) -> None:
    workspace.stepping.last()
    workspace.history_changed.emit()
    qtbot.wait(50)
    assert not place.exists()


def test_nothing_is_written_again_while_nothing_changes(qtbot: QtBot, workspace: Workspace, place: Path) -> None:
    edit(workspace)
    keep(qtbot, workspace, place)
    before = kept(place)[0].stat()
    workspace.history_changed.emit()
    qtbot.wait(50)
    assert kept(place)[0].stat().st_ino == before.st_ino


def test_saving_leaves_nothing_and_so_does_undoing_what_was_not_saved(
    qtbot: QtBot, workspace: Workspace, place: Path, tmp_path: Path
) -> None:
    edit(workspace)
    keep(qtbot, workspace, place)
    workspace.files.save(tmp_path / "mine.miniflow")
    assert list(place.iterdir()) == []
    edit(workspace, "More")
    keep(qtbot, workspace, place)
    workspace.undo()
    assert list(place.iterdir()) == []


def test_another_document_takes_the_kept_one_away(qtbot: QtBot, workspace: Workspace, place: Path) -> None:
    edit(workspace)
    keep(qtbot, workspace, place)
    workspace.files.new()
    assert list(place.iterdir()) == []


def test_what_is_kept_is_for_its_owner_alone(qtbot: QtBot, workspace: Workspace, place: Path) -> None:
    edit(workspace)
    keep(qtbot, workspace, place)
    assert kept(place)[0].parent.stat().st_mode & 0o077 == 0


def test_what_a_training_has_learnt_is_kept_while_it_goes_on(qtbot: QtBot, place: Path) -> None:
    workspace = workspace_with(lesson_network(epochs=FOREVER))
    workspace.keeping.begin(place)
    before = weights(workspace)
    workspace.training.start()
    until(qtbot, lambda: bool(kept(place)) and files.read(kept(place)[0]).nodes["W1"].value != before["W1"])
    assert workspace.training.active
    assert weights(workspace) == before
    workspace.stop()


def test_a_disk_that_takes_nothing_is_told_once_and_disturbs_nothing(
    qtbot: QtBot, workspace: Workspace, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts: list[object] = []

    def full(*names: object) -> None:
        attempts.append(names)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    said = told(workspace)
    with monkeypatch.context() as patched:
        patched.setattr("os.replace", full)
        for attempt, title in enumerate(("One", "Two", "Three"), start=1):
            edit(workspace, title)
            until(qtbot, lambda count=attempt: bool(said) and len(attempts) >= count)
        assert len([text for text in said if "No copy of your unsaved work" in text]) == 1
        assert "is full" in said[0]
    until(qtbot, lambda: bool(kept(place)) and files.read(kept(place)[0]).title == "Three")


def test_a_folder_that_cannot_be_made_is_told(qtbot: QtBot, tmp_path: Path, place: Path) -> None:
    place.parent.joinpath("file").write_text("in the way")
    workspace = workspace_with(one_weight())
    said = told(workspace)
    workspace.keeping.begin(tmp_path / "file" / "recovery")
    edit(workspace)
    until(qtbot, lambda: bool(said))
    assert "No copy of your unsaved work can be kept" in said[0]
    workspace.stop()


# --- offering ---------------------------------------------------------------------------------------------------------


def begin(window: MainWindow, place: Path) -> None:
    window.workspace.recovery.begin(place)
    window.workspace.keeping.begin(place)


def press(window: MainWindow, name: str) -> None:
    button = window.findChild(QPushButton, f"recovery.{name}")
    assert isinstance(button, QPushButton)
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def strip(window: MainWindow) -> str:
    """What the strip says; nothing where it is not there."""
    label = window.findChild(QLabel, "recovery.text")
    assert isinstance(label, QLabel)
    return label.text() if label.isVisible() else ""


def test_a_start_with_nothing_left_offers_nothing(window: MainWindow, place: Path) -> None:
    begin(window, place)
    assert strip(window) == ""
    assert not place.exists()


def test_what_was_left_is_opened_as_it_was_and_saving_puts_it_where_it_belongs(
    window: MainWindow, place: Path, tmp_path: Path
) -> None:
    path = tmp_path / "mine.miniflow"
    record = replace(lesson_network(), title="Kept")
    left(place, record, "mine.miniflow", path)
    begin(window, place)
    assert "“mine.miniflow”" in strip(window)
    press(window, "open")
    workspace = window.workspace
    assert workspace.document.record() == record
    assert workspace.files.modified
    assert window.isWindowModified()
    assert strip(window) == ""
    assert len(kept(place)) == 1
    workspace.files.save()
    assert files.read(path) == record
    assert list(place.iterdir()) == []


def test_work_without_a_file_asks_where_to(window: MainWindow, place: Path) -> None:
    left(place, one_weight(), "One neuron")
    begin(window, place)
    press(window, "open")
    assert window.workspace.files.path is None
    assert window.workspace.files.modified


@pytest.mark.parametrize("has_file", [False, True])
def test_the_status_line_asks_to_save_what_was_opened_until_it_is_saved(
    window: MainWindow, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_file: bool
) -> None:
    path = tmp_path / "mine.miniflow"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    left(place, one_weight(), "mine.miniflow", path if has_file else None)
    begin(window, place)
    press(window, "open")
    message = window.findChild(QLabel, "status.message")
    assert message is not None
    assert "as it was kept" in message.text()
    QTest.keySequence(window.canvas, QKeySequence("Ctrl+S"))
    assert files.read(path) == one_weight()
    assert message.text() == ""


def test_undo_after_opening_never_says_that_nothing_is_unsaved(window: MainWindow, place: Path) -> None:
    left(place, one_weight())
    begin(window, place)
    press(window, "open")
    edit(window.workspace)
    window.workspace.undo()
    assert window.workspace.files.modified


def test_several_are_offered_one_after_another_the_newest_first(window: MainWindow, place: Path) -> None:
    for age, name in enumerate(("new", "older", "oldest")):
        work = left(place, replace(one_weight(), title=name), name)
        os.utime(work.document, (2e9 - age * 60, 2e9 - age * 60))
    begin(window, place)
    assert "“new”" in strip(window)
    assert "(1 of 3)" in strip(window)
    press(window, "discard")
    press(window, "delete")
    assert "“older”" in strip(window)
    press(window, "open")
    assert window.workspace.document.title == "older"
    assert "“oldest”" in strip(window)
    assert len(kept(place)) == 2


def test_not_now_leaves_it_for_the_next_start(window: MainWindow, place: Path) -> None:
    left(place, one_weight())
    begin(window, place)
    press(window, "put_off")
    assert strip(window) == ""
    assert len(KeptWork.left_in(place)) == 1


def test_nothing_is_deleted_by_one_click(window: MainWindow, place: Path) -> None:
    left(place, one_weight())
    begin(window, place)
    offer = strip(window)
    press(window, "discard")
    assert "“mine.miniflow” for good?" in strip(window)
    press(window, "keep")
    assert strip(window) == offer
    assert len(kept(place)) == 1


def test_opening_asks_first_where_this_document_would_be_lost(window: MainWindow, place: Path) -> None:
    left(place, replace(one_weight(), title="Kept"))
    begin(window, place)
    edit(window.workspace)
    press(window, "open")
    question = window.findChild(QMessageBox, "dialog.unsaved")
    assert isinstance(question, QMessageBox)
    QTest.mouseClick(question.button(QMessageBox.StandardButton.Cancel), Qt.MouseButton.LeftButton)
    assert window.workspace.document.title == "Mine"
    assert strip(window)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b'{"format": "miniflow-graph", "version": 1, "nodes": ['])
def test_a_broken_document_is_told_and_can_be_discarded(window: MainWindow, place: Path, content: bytes) -> None:
    left(place, one_weight()).document.write_bytes(content)
    begin(window, place)
    before, said = window.workspace.document.record(), told(window.workspace)
    press(window, "open")
    assert "cannot be opened" in strip(window)
    assert said[-1].endswith(".")
    assert window.workspace.document.record() == before
    press(window, "discard")
    press(window, "delete")
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"[1]", b'{"path": 3}', b'{"path": "a\\u0000b"}', b"[" * 100_000])
def test_a_document_whose_origin_is_lost_is_offered_all_the_same(
    window: MainWindow, place: Path, content: bytes
) -> None:
    work = left(place, one_weight())
    work.document.with_name("about.json").write_bytes(content)
    begin(window, place)
    assert "a document" in strip(window)
    press(window, "open")
    assert window.workspace.document.record() == one_weight()


def test_names_that_no_text_can_hold_are_offered_all_the_same(window: MainWindow, place: Path, tmp_path: Path) -> None:
    left(place, one_weight(), "caf\udce9", tmp_path / "caf\udce9")
    begin(window, place)
    assert "“caf" in strip(window)
    press(window, "open")
    assert window.workspace.document.record() == one_weight()


def test_a_file_that_was_saved_since_is_mentioned(window: MainWindow, place: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.miniflow"
    os.utime(left(place, one_weight(), "mine.miniflow", path).document, (1e9, 1e9))
    files.write(path, one_weight())
    begin(window, place)
    assert "saved again after that" in strip(window)


def test_a_presentation_is_not_disturbed(window: MainWindow, place: Path) -> None:
    left(place, one_weight())
    begin(window, place)
    window.workspace.appearance.present(True)
    assert strip(window) == ""
    window.workspace.appearance.present(False)
    assert strip(window)


def test_two_that_run_do_not_take_each_other_s_work(
    qtbot: QtBot, window: MainWindow, workspace: Workspace, place: Path
) -> None:
    edit(workspace)
    keep(qtbot, workspace, place)
    begin(window, place)
    assert strip(window) == ""
    assert len(kept(place)) == 1


def test_what_one_offers_the_other_does_not(window: MainWindow, workspace: Workspace, place: Path) -> None:
    left(place, one_weight())
    begin(window, place)
    workspace.recovery.begin(place)
    assert strip(window)
    assert workspace.recovery.offered is None


def test_closing_by_one_s_own_decision_leaves_nothing(qtbot: QtBot, window: MainWindow, place: Path) -> None:
    begin(window, place)
    edit(window.workspace)
    keep(qtbot, window.workspace, place)
    window.close()
    question = window.findChild(QMessageBox, "dialog.unsaved")
    assert isinstance(question, QMessageBox)
    QTest.mouseClick(question.button(QMessageBox.StandardButton.Discard), Qt.MouseButton.LeftButton)
    assert list(place.iterdir()) == []


def test_what_a_write_that_was_cut_off_left_behind_is_cleared_away(window: MainWindow, place: Path) -> None:
    half = place / "0123456789abcdef"
    half.mkdir(parents=True)
    (half / ".miniflow-00.tmp").write_bytes(b"{")
    (place / "somebody's").mkdir()
    (place / "somebody's" / "notes.txt").write_text("not ours")
    begin(window, place)
    assert [path.name for path in place.rglob("*")] == ["somebody's", "notes.txt"]


def test_a_move_is_work_too(qtbot: QtBot, workspace: Workspace, place: Path) -> None:
    workspace.do("Move", Move("w", (0.0, 0.0), (5.0, 5.0)))
    workspace.do("Set", SetValue("w", Literal(1.0), Literal(2.0)))
    assert keep(qtbot, workspace, place).nodes["w"].position == (5.0, 5.0)
