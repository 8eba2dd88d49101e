"""A training gives way to an edit, to Undo and to saving: nothing of that is silent, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.panels.training import TrainingPanel
from gui.workspace import Workspace
from miniflow.graph.edits import AddNode, SetValue
from miniflow.graph.records import Literal, NodeRecord
from miniflow.io import files
from tests.gui.boston import FOREVER, lesson_network, told, until, weights, workspace_with

MINE = Literal(((0.5,),) * 10)


@pytest.fixture
def endless(qtbot: QtBot) -> Workspace:
    """A training of the lesson's network that no test lives to see the end of, an epoch in."""
    workspace = workspace_with(lesson_network(epochs=FOREVER))
    workspace.training.start()
    until(qtbot, lambda: workspace.training.epoch > 1)
    return workspace


def set_w2(workspace: Workspace) -> None:
    workspace.do("Set the value of W2", SetValue("W2", workspace.document.nodes["W2"].value, MINE))


def test_an_edit_that_stops_a_training_is_told_with_how_far_it_came_and_how_to_go_on(endless: Workspace) -> None:
    said = told(endless)
    set_w2(endless)
    assert said[-1].startswith(
        f"“Set the value of W2” stopped the training in epoch {endless.training.epoch} of 1000000"
    )
    assert "is kept, and can be undone. Start trains on" in said[-1]


def test_it_is_told_beside_the_buttons_until_the_next_start(qtbot: QtBot, endless: Workspace) -> None:
    panel = TrainingPanel(endless)
    qtbot.addWidget(panel)
    message = panel._message
    set_w2(endless)
    assert "“Set the value of W2” stopped the training" in message.text()
    assert "⚠" not in message.text()
    endless.training.start()
    assert message.text() == ""
    endless.training.stop()
    assert message.text() == ""


def test_undo_and_redo_around_such_an_edit_go_through_every_state(endless: Workspace) -> None:
    before = weights(endless)
    set_w2(endless)
    after = weights(endless)
    endless.undo()
    learnt = weights(endless)
    endless.undo()
    assert weights(endless) == before
    endless.redo()
    assert weights(endless) == learnt
    endless.redo()
    assert weights(endless) == after
    assert len({str(state) for state in (before, learnt, after)}) == 3


def test_a_training_that_was_taken_back_is_not_said_to_be_kept(endless: Workspace) -> None:
    endless.do("Add", AddNode(NodeRecord("more", "Input"), len(endless.document.nodes)))
    endless.undo()
    assert endless.training.giving_way.sentence is not None
    endless.undo()
    assert endless.training.giving_way.sentence is None


def test_an_edit_before_the_first_step_says_that_no_weight_had_changed(qtbot: QtBot) -> None:
    workspace = workspace_with(lesson_network())
    said = told(workspace)
    workspace.training.start()
    set_w2(workspace)
    assert "had changed no weight yet" in said[-1]
    assert workspace.history.undo_text == "Set the value of W2"


def test_undo_while_it_trains_says_what_it_took_back(endless: Workspace) -> None:
    said = told(endless)
    endless.undo()
    assert "took back what it had learnt" in said[-1]
    endless.redo()
    assert endless.history.undo_text == "Train"


def test_undo_of_a_training_that_had_changed_nothing_says_so(qtbot: QtBot) -> None:
    workspace = workspace_with(lesson_network())
    said = told(workspace)
    workspace.training.start()
    workspace.undo()
    assert "“Undo” stopped the training" in said[-1]


def test_redo_waits_while_it_trains_and_the_training_goes_on(qtbot: QtBot) -> None:
    workspace = workspace_with(lesson_network(epochs=FOREVER))
    set_w2(workspace)
    workspace.undo()
    workspace.training.start()
    workspace.redo()
    assert workspace.training.active
    workspace.training.stop()
    workspace.redo()
    assert workspace.document.nodes["W2"].value == MINE


def test_saving_says_that_it_stopped_the_training_and_the_file_has_what_was_learnt(
    endless: Workspace, tmp_path: Path
) -> None:
    said = told(endless)
    path = tmp_path / "learnt.miniflow"
    endless.files.save(path)
    assert said[-1].startswith("“Save” stopped the training")
    assert files.read(path).nodes["W1"].value == endless.document.nodes["W1"].value
    assert not endless.files.modified
