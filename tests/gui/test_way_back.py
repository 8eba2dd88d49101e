"""The way back after trainings that diverged, however many, and what is said of it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gui.widgets.sentences import say
from gui.workspace import Workspace
from miniflow.graph.edits import AddNode, Rename, SetTraining, SetValue
from miniflow.graph.records import Literal, NodeRecord, TrainingRecord, replace
from tests.gui.boston import FOREVER, finish, lesson_network, one_weight, told, until, weights, workspace_with

GOOD = Literal(1.0)


@pytest.fixture
def diverged(qtbot: QtBot) -> Workspace:
    """One weight, after a training that diverged."""
    workspace = workspace_with(one_weight(epochs=FOREVER, learning_rate=10.0))
    finish(qtbot, workspace)
    assert workspace.training.way_back.is_open
    return workspace


def learn_at(workspace: Workspace, rate: float, epochs: int = FOREVER) -> None:
    old = workspace.document.training or TrainingRecord()
    workspace.do("Settings", SetTraining(old, replace(old, learning_rate=rate, epochs=epochs)))


@pytest.mark.parametrize("more", [1, 2, 5])
def test_the_last_good_weights_come_back_after_any_number_of_divergences(
    qtbot: QtBot, diverged: Workspace, more: int
) -> None:
    for rate in range(more):
        learn_at(diverged, 2.0 + rate)
        finish(qtbot, diverged)
    assert diverged.training.way_back.is_open
    diverged.training.way_back.take()
    assert diverged.document.nodes["w"].value == GOOD
    assert not diverged.training.way_back.is_open
    assert diverged.training.problem is None


def test_redo_after_the_way_back_was_taken_gives_again_what_was_there(qtbot: QtBot, diverged: Workspace) -> None:
    left = weights(diverged)
    finish(qtbot, diverged)
    diverged.training.way_back.take()
    diverged.redo()
    assert weights(diverged) == left
    assert diverged.training.way_back.is_open


def test_the_sentence_names_node_number_weight_and_what_to_do(diverged: Workspace) -> None:
    said = say(diverged.training.problem)
    assert "is the first to hold inf." in said
    assert "Try a smaller learning rate. First bring w back" in said


def test_the_sentence_after_a_second_divergence_says_that_it_began_with_what_the_first_left(
    qtbot: QtBot, diverged: Workspace
) -> None:
    said = told(diverged)
    finish(qtbot, diverged)
    assert "diverged again in epoch 1, step 1" in said[-1]
    assert "is the first to hold inf." in said[-1]
    assert ": bring w back, then try" in said[-1]


def test_of_many_weights_the_first_are_named_and_the_rest_counted(qtbot: QtBot) -> None:
    record = lesson_network(learning_rate=1e6, epochs=100)
    spare = {f"extra{n}": NodeRecord(f"extra{n}", "Input", (0.0, 0.0), (), Literal(1.0), True) for n in range(2)}
    sums = {
        f"sum{n}": NodeRecord(f"sum{n}", "Mul", (0.0, 0.0), (end, f"extra{n}")) for n, end in ((0, "l2"), (1, "sum0"))
    }
    cost = replace(record.nodes["cost"], inputs=("y", "sum1"))
    workspace = workspace_with(replace(record, nodes=dict(record.nodes) | spare | sums | {"cost": cost}))
    finish(qtbot, workspace)
    assert " and 3 more back" in say(workspace.training.problem)


def test_undo_closes_the_way_back_and_redo_opens_it(diverged: Workspace) -> None:
    diverged.undo()
    assert not diverged.training.way_back.is_open
    assert diverged.training.problem is None
    diverged.redo()
    assert diverged.training.way_back.is_open
    assert diverged.training.problem is not None


def test_the_way_back_stays_open_through_renames_and_edits_of_other_nodes(diverged: Workspace) -> None:
    diverged.do("Rename", Rename("w", "weight"))
    diverged.do("Add", AddNode(NodeRecord("more", "Input"), len(diverged.document.nodes)))
    assert diverged.training.problem is not None
    diverged.training.way_back.take()
    assert diverged.document.nodes["weight"].value == GOOD
    assert "more" in diverged.document.nodes


def test_weights_that_were_set_by_hand_are_good_and_the_next_way_back_leads_to_them(
    qtbot: QtBot, diverged: Workspace
) -> None:
    mine = Literal(7.0)
    diverged.do("Set", SetValue("w", diverged.document.nodes["w"].value, mine))
    finish(qtbot, diverged)
    diverged.training.way_back.take()
    assert diverged.document.nodes["w"].value == mine


def soften(workspace: Workspace) -> None:
    """Let the weight that diverged give a loss that is finite again."""
    workspace.do("Soften", SetValue("two", Literal(2.0), Literal(1e-3)))


def test_a_training_that_comes_back_to_a_lower_loss_makes_its_weights_good(qtbot: QtBot, diverged: Workspace) -> None:
    soften(diverged)
    learn_at(diverged, 1e5, epochs=5000)
    finish(qtbot, diverged)
    assert not diverged.training.way_back.is_open
    assert diverged.training.problem is None


def test_a_training_stopped_with_a_higher_loss_leaves_the_way_back_open(qtbot: QtBot, diverged: Workspace) -> None:
    soften(diverged)
    learn_at(diverged, 1.0)
    diverged.training.start()
    until(qtbot, lambda: diverged.training.epoch > 0)
    diverged.training.stop()
    assert "The loss is still higher" in say(diverged.training.problem)
    diverged.training.way_back.take()
    assert diverged.document.nodes["w"].value == GOOD
