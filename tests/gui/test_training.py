"""Training from the window: the weights come home as one edit, whatever happens meanwhile."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from gui.controllers.training import TrainingState
from gui.workspace import Workspace
from miniflow.errors import Sentence
from miniflow.graph.build import array_of, build
from miniflow.graph.edits import AddNode, Move, Rename, SetTrainable, SetTraining, SetValue
from miniflow.graph.records import Literal, NodeRecord, Zeros, replace
from miniflow.training.loop import train
from tests.gui.boston import (
    FOREVER,
    finish,
    given,
    lesson_network,
    one_weight,
    told,
    until,
    weights,
    workspace_with,
)


@pytest.fixture
def boston(qtbot: QtBot) -> Workspace:
    return workspace_with(lesson_network(epochs=3))


@pytest.fixture
def endless(qtbot: QtBot) -> Workspace:
    """A training of the lesson's network that no test lives to see the end of, some steps in."""
    workspace = workspace_with(lesson_network(epochs=FOREVER))
    workspace.training.start()
    until(qtbot, lambda: len(workspace.training.history.batch_losses) > 20)
    return workspace


def test_training_to_the_end_gives_the_library_s_own_losses_and_weights(qtbot: QtBot, boston: Workspace) -> None:
    graph = build(boston.document.record())
    assert graph.output is not None
    steps = list(train(graph.order, graph.output, graph.trainables, graph.batches_from, epochs=3))
    finish(qtbot, boston)
    assert list(boston.training.history.batch_losses) == [step.loss for step in steps]
    for node in graph.trainables:
        assert np.array_equal(array_of(boston.document.nodes[str(node.name)].value), node.value)


def test_one_undo_takes_back_what_training_did_and_redo_brings_it_again(qtbot: QtBot, boston: Workspace) -> None:
    before = weights(boston)
    finish(qtbot, boston)
    learnt = weights(boston)
    assert all(learnt[id] != before[id] for id in before)
    boston.undo()
    assert weights(boston) == before
    assert boston.history.undo_text is None
    boston.redo()
    assert weights(boston) == learnt


def test_training_again_after_undo_gives_the_same_losses(qtbot: QtBot, boston: Workspace) -> None:
    finish(qtbot, boston)
    first = list(boston.training.history.epoch_losses)
    boston.undo()
    finish(qtbot, boston)
    assert list(boston.training.history.epoch_losses) == first


def test_while_it_runs_the_weights_show_and_the_document_keeps_the_old(endless: Workspace) -> None:
    before = array_of(endless.document.nodes["W1"].value)
    live = endless.training.live_value("W1")
    assert live.shape == (13, 10)
    assert not np.array_equal(live, before)
    assert np.array_equal(endless.readings.of("W1").value, live)
    assert endless.training.live_value("X") is None
    endless.training.stop()
    assert endless.training.live_value("W1") is None
    assert np.array_equal(endless.readings.of("W1").value, live)


def test_a_weight_that_a_view_holds_does_not_change_under_its_hands(qtbot: QtBot, endless: Workspace) -> None:
    held = endless.training.live_value("W1")
    numbers, steps = held.tolist(), len(endless.training.history.batch_losses)
    until(qtbot, lambda: len(endless.training.history.batch_losses) > steps)
    assert held.tolist() == numbers
    assert endless.training.live_value("W1").tolist() != numbers
    endless.training.stop()


def test_pausing_stands_still_and_going_on_continues(qtbot: QtBot, endless: Workspace) -> None:
    training = endless.training
    training.pause()
    count = len(training.history.batch_losses)
    qtbot.wait(30)
    assert len(training.history.batch_losses) == count
    training.start()
    until(qtbot, lambda: len(training.history.batch_losses) > count)
    training.stop()


def test_stopping_keeps_what_was_learnt(endless: Workspace) -> None:
    endless.training.stop()
    assert endless.training.state is TrainingState.IDLE
    assert endless.history.undo_text == "Train"


def test_stopping_before_the_first_step_changes_nothing(boston: Workspace) -> None:
    boston.training.start()
    boston.training.stop()
    assert boston.history.undo_text is None


def test_a_parameter_that_the_cost_does_not_depend_on_stays_as_it_was_given(qtbot: QtBot) -> None:
    record = one_weight(epochs=3, learning_rate=0.01)
    idle = given("idle", Zeros((4,)), trainable=True)
    workspace = workspace_with(replace(record, nodes=dict(record.nodes) | {"idle": idle}, output="cost"))
    finish(qtbot, workspace)
    assert workspace.document.nodes["idle"].value == Zeros((4,))
    assert workspace.document.nodes["w"].value != Literal(1.0)


def test_a_slice_ends_in_time_for_the_interface(qtbot: QtBot, endless: Workspace) -> None:
    beats = []
    clock = QTimer()
    clock.timeout.connect(lambda: beats.append(len(endless.training.history.batch_losses)))
    clock.start(0)
    until(qtbot, lambda: len(beats) >= 10)
    clock.stop()
    assert all(later > earlier for earlier, later in pairwise(beats))
    endless.training.stop()


def test_views_are_told_no_oftener_than_they_can_draw_but_always_at_the_end(
    qtbot: QtBot, boston: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.controllers.training.ANNOUNCE_SECONDS", math.inf)
    monkeypatch.setattr("gui.controllers.training_clock.SLICE_SECONDS", 0.0)
    told: list[float] = []
    boston.training.advanced.connect(lambda: told.append(boston.training.progress))
    finish(qtbot, boston)
    assert told == [1.0]


# --- edits meanwhile --------------------------------------------------------------------------------------------------


def test_moving_a_node_lets_training_go_on(endless: Workspace) -> None:
    endless.do("Move", Move("l1", (0.0, 0.0), (9.0, 9.0)))
    assert endless.training.state is TrainingState.RUNNING
    endless.training.stop()


def test_a_parameter_that_is_renamed_meanwhile_gets_what_it_learnt(endless: Workspace) -> None:
    endless.do("Rename", Rename("W1", "weights"))
    assert endless.training.state is TrainingState.RUNNING
    live = endless.training.live_value("weights")
    endless.training.stop()
    assert np.array_equal(array_of(endless.document.nodes["weights"].value), live)


def test_an_edit_comes_after_what_was_learnt_and_each_is_taken_back_alone(endless: Workspace) -> None:
    before = weights(endless)
    assert endless.do("Add", AddNode(NodeRecord("more", "Input"), len(endless.document.nodes)))
    assert endless.training.state is TrainingState.IDLE
    learnt = weights(endless)
    assert learnt != before
    endless.undo()
    assert "more" not in endless.document.nodes
    assert weights(endless) == learnt
    endless.undo()
    assert weights(endless) == before


def test_setting_a_weight_that_is_being_trained_wins_over_training(endless: Workspace) -> None:
    mine = Literal(((0.5,),) * 10)
    assert endless.do("Set", SetValue("W2", endless.document.nodes["W2"].value, mine))
    assert endless.document.nodes["W2"].value == mine
    endless.undo()
    assert endless.document.nodes["W2"].value != mine
    assert endless.history.undo_text == "Train"


def test_an_edit_that_does_not_fit_still_leaves_what_was_learnt(endless: Workspace) -> None:
    assert not endless.do("Add", AddNode(NodeRecord("W1", "Input"), 0))
    assert endless.history.undo_text == "Train"


def test_undo_while_training_takes_back_what_it_did_so_far(endless: Workspace) -> None:
    before = lesson_network().nodes
    endless.undo()
    assert endless.training.state is TrainingState.IDLE
    assert weights(endless) == {id: node.value for id, node in before.items() if node.trainable}


def test_undo_of_a_training_that_has_done_nothing_leaves_the_edit_before_it_alone(qtbot: QtBot) -> None:
    workspace = workspace_with(lesson_network())
    workspace.do("Move", Move("l1", (0.0, 0.0), (9.0, 9.0)))
    workspace.training.start()
    workspace.undo()
    assert workspace.training.state is TrainingState.IDLE
    assert workspace.document.nodes["l1"].position == (9.0, 9.0)


def test_another_document_ends_training_and_leaves_nothing_of_it(endless: Workspace) -> None:
    endless.show_record(one_weight())
    assert endless.training.state is TrainingState.IDLE
    assert endless.training.history is None
    assert endless.document.nodes["w"].value == Literal(1.0)
    assert endless.history.undo_text is None


def test_weights_under_training_count_as_unsaved(endless: Workspace) -> None:
    assert endless.files.modified
    endless.training.stop()
    assert endless.files.modified
    endless.undo()
    assert not endless.files.modified


def test_saving_while_training_saves_what_was_learnt(endless: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "learnt.miniflow"
    endless.files.save(path)
    learnt = weights(endless)
    assert learnt != {id: node.value for id, node in lesson_network().nodes.items() if node.trainable}
    endless.files.open(path)
    assert weights(endless) == learnt


# --- what cannot be trained -------------------------------------------------------------------------------------------


def test_an_unfinished_graph_is_told_and_nothing_happens(qtbot: QtBot) -> None:
    workspace = workspace_with(one_weight())
    workspace.do("Empty", SetValue("two", Literal(2.0), None))
    said = told(workspace)
    workspace.training.start()
    assert workspace.training.state is TrainingState.IDLE
    assert "two" in said[-1]
    assert isinstance(workspace.training.problem, Sentence)
    assert workspace.document.nodes["w"].value == Literal(1.0)


def test_a_graph_without_parameters_is_told_how_to_make_one(qtbot: QtBot) -> None:
    workspace = workspace_with(one_weight())
    workspace.do("Fix", SetTrainable("w", True, False))
    said = told(workspace)
    workspace.training.start()
    assert workspace.training.state is TrainingState.IDLE
    assert "trainable" in said[-1]


def test_a_batch_larger_than_the_data_set_is_told(qtbot: QtBot) -> None:
    workspace = workspace_with(lesson_network(batch_size=507))
    said = told(workspace)
    workspace.training.start()
    assert "507" in said[-1]
    assert "506" in said[-1]


def test_without_a_data_set_an_epoch_is_one_step_and_the_weight_arrives(qtbot: QtBot) -> None:
    workspace = workspace_with(one_weight(epochs=200, learning_rate=0.05))
    finish(qtbot, workspace)
    assert len(workspace.training.history.batch_losses) == 200
    assert workspace.training.progress == 1.0
    assert math.isclose(float(array_of(workspace.document.nodes["w"].value)), 3.0, rel_tol=1e-9)


def test_divergence_names_node_epoch_and_step_and_keeps_finite_weights(qtbot: QtBot) -> None:
    workspace = workspace_with(one_weight(epochs=FOREVER, learning_rate=10.0))
    said = told(workspace)
    finish(qtbot, workspace)
    assert "diverged" in said[-1]
    assert "epoch" in said[-1]
    assert math.isfinite(float(array_of(workspace.document.nodes["w"].value)))
    assert workspace.training.way_back.is_open
    workspace.training.way_back.take()
    assert workspace.document.nodes["w"].value == Literal(1.0)
    assert not workspace.training.way_back.is_open


def test_weights_that_are_broken_by_the_very_last_step_never_reach_the_document(qtbot: QtBot) -> None:
    record = one_weight(epochs=1, learning_rate=1e6)
    nodes = dict(record.nodes) | {"two": given("two", Literal(1e150)), "six": given("six", Literal(-1e154))}
    workspace = workspace_with(replace(record, nodes=nodes))
    said = told(workspace)
    finish(qtbot, workspace)
    assert "diverged: w" in said[-1]
    assert workspace.document.nodes["w"].value == Literal(1.0)
    assert not workspace.training.way_back.is_open


def test_the_way_back_stays_open_while_settings_change_and_closes_with_the_weights(qtbot: QtBot) -> None:
    workspace = workspace_with(one_weight(epochs=FOREVER, learning_rate=10.0))
    finish(qtbot, workspace)
    old = workspace.document.training
    assert old is not None
    workspace.do("Slower", SetTraining(old, replace(old, learning_rate=0.01)))
    assert workspace.training.problem is not None
    workspace.training.way_back.take()
    assert workspace.document.nodes["w"].value == Literal(1.0)
    assert workspace.document.training == replace(old, learning_rate=0.01)
    assert workspace.training.problem is None
    assert not workspace.training.way_back.is_open


def test_a_weight_set_by_hand_after_divergence_is_not_overwritten_by_going_back(qtbot: QtBot) -> None:
    workspace = workspace_with(one_weight(epochs=FOREVER, learning_rate=10.0))
    finish(qtbot, workspace)
    workspace.do("Set", SetValue("w", workspace.document.nodes["w"].value, Literal(7.0)))
    assert not workspace.training.way_back.is_open
    workspace.training.way_back.take()
    assert workspace.document.nodes["w"].value == Literal(7.0)


def test_a_problem_is_forgotten_once_an_edit_may_have_mended_it(qtbot: QtBot) -> None:
    workspace = workspace_with(one_weight())
    workspace.do("Empty", SetValue("two", Literal(2.0), None))
    workspace.training.start()
    workspace.do("Fill", SetValue("two", None, Literal(2.0)))
    assert workspace.training.problem is None


def test_stepping_does_not_play_on_while_it_trains(endless: Workspace) -> None:
    endless.training.stop()
    endless.stepping.play()
    endless.training.start()
    assert not endless.stepping.playing
    endless.training.stop()


def test_numbers_of_the_run_are_out_of_date_while_weights_move(qtbot: QtBot) -> None:
    workspace = workspace_with(lesson_network(epochs=FOREVER))
    workspace.stepping.last()
    assert not workspace.readings.of("l1").stale
    workspace.training.start()
    assert workspace.readings.of("l1").stale
    workspace.training.stop()
