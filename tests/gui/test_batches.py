"""From batch to batch: the run goes on with updated weights, the document keeps its own, and bookmarks lead back."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from gui.canvas.hits import OUT, Hit, Part
from gui.canvas.tips import tip
from gui.main_window import MainWindow
from gui.timeline.play_bar import PlayBar
from gui.workspace import Workspace
from miniflow.engine.steps import Phase
from miniflow.graph.edits import Rename, SetTrainable, SetTraining, SetValue
from miniflow.graph.records import DatasetPart, Literal, Normal, TrainingRecord
from tests.gui.boston import lesson_network, one_weight, workspace_with


@pytest.fixture
def workspace(qtbot: QtBot) -> Workspace:
    """(w · 2 - 6)², of which nothing has been run: 6 nodes, and one weight that is updated."""
    return workspace_with(one_weight(learning_rate=0.05))


def test_the_end_is_after_the_update_with_every_value_and_gradient_on_show(workspace: Workspace) -> None:
    workspace.stepping.last()
    assert workspace.stepping.at_end
    assert workspace.stepping.position == 3 * 6 + 1
    cost, w = workspace.readings.of("cost"), workspace.readings.of("w")
    assert (cost.value, cost.gradient, w.gradient) == (16, 1, -16)
    assert (w.before_update, w.value) == (1, pytest.approx(1.8))


def test_the_next_batch_goes_on_with_the_updated_weight_and_the_document_keeps_its_own(workspace: Workspace) -> None:
    stepping = workspace.stepping
    stepping.last()
    end = stepping.position
    stepping.next_batch()
    assert stepping.position == end + 1
    assert not stepping.at_end
    assert workspace.readings.of("w").value == pytest.approx(1.8)
    assert workspace.readings.of("cost").value is None
    assert workspace.document.nodes["w"].value == Literal(1.0)
    assert workspace.history.undo_text is None
    stepping.back()
    assert workspace.readings.of("cost").value == 16


def test_from_the_middle_of_a_batch_the_next_one_is_gone_to(workspace: Workspace) -> None:
    stepping = workspace.stepping
    stepping.go_to(8)
    stepping.next_batch()
    stepping.go_to(8)
    stepping.next_batch()
    assert stepping.trace is not None
    assert (stepping.position, len(stepping.trace.batches)) == (20, 2)


def test_there_is_no_next_batch_where_nothing_learns(workspace: Workspace) -> None:
    workspace.do("Fix", SetTrainable("w", True, False))
    workspace.stepping.last()
    assert not workspace.stepping.can_go_to_next_batch


def test_whole_phases_lead_through_every_batch(workspace: Workspace) -> None:
    stepping = workspace.stepping
    stepping.last()
    stepping.next_batch()
    stepping.first()
    positions = []
    for _ in range(7):
        stepping.next_phase()
        positions.append(stepping.position)
    assert positions == [6, 12, 18, 19, 25, 31, 32]


def test_a_batch_shows_its_rows_and_not_the_whole_data_set(qtbot: QtBot) -> None:
    workspace = workspace_with(lesson_network(batch_size=7))
    workspace.stepping.last()
    assert np.shape(workspace.readings.of("X").value) == (7, 13)
    workspace.stepping.first()
    assert np.shape(workspace.readings.of("X").value) == (506, 13)
    assert workspace.document.nodes["X"].value == DatasetPart("boston", "features")


def test_cards_wires_and_tips_tell_the_rows_of_the_batch_while_a_true_run_shows_them(window: MainWindow) -> None:
    workspace, scene = window.workspace, window.canvas.mirror
    workspace.show_record(lesson_network(batch_size=7))

    def told() -> set[str]:
        wire, port = tip(scene, Hit(Part.WIRE, wire=("l1", 0))), tip(scene, Hit(Part.PORT, "X", port=OUT))
        labels = {scene.wires["l1", 0].state.label, scene.nodes["X"].face().value.shape_text}
        return {text.splitlines()[-1] for text in (*labels, wire, port)}

    assert told() == {"(506, 13)"}
    for position, shape in ((5, "(506, 13)"), (11, "(7, 13)"), (30, "(7, 13)"), (0, "(506, 13)")):
        workspace.stepping.go_to(position)
        assert told() == {shape}, position
    workspace.stepping.last()
    workspace.do("Set W2", SetValue("W2", Normal((10, 1), 2), Normal((10, 1), 3)))
    assert scene.wires["l1", 0].state.label == "(506, 13)"


def test_another_learning_rate_before_the_update_leaves_what_shows_true(workspace: Workspace) -> None:
    stepping = workspace.stepping
    stepping.go_to(18)
    old = workspace.document.training
    workspace.do("Set", SetTraining(old, TrainingRecord(learning_rate=0.1)))
    assert not stepping.stale
    stepping.step()
    assert workspace.readings.of("w").value == pytest.approx(2.6)
    workspace.do("Set", SetTraining(TrainingRecord(learning_rate=0.1), old))
    assert stepping.stale


def test_other_rows_make_the_run_stale(qtbot: QtBot) -> None:
    workspace = workspace_with(lesson_network(seed=1))
    workspace.stepping.go_to(12)
    workspace.do("Set", SetTraining(TrainingRecord(seed=1), TrainingRecord(seed=2)))
    assert workspace.stepping.stale


def test_bookmarks_lead_there_and_back(workspace: Workspace) -> None:
    stepping, bookmarks = workspace.stepping, workspace.bookmarks
    for position in (7, 15):
        stepping.go_to(position)
        bookmarks.toggle()
    stepping.first()
    bookmarks.go_to_next()
    assert stepping.position == 7
    bookmarks.go_to_next()
    assert stepping.position == 15
    bookmarks.go_to_next()
    assert stepping.position == 15
    bookmarks.go_to_previous()
    assert stepping.position == 7
    bookmarks.toggle()
    assert bookmarks.positions == (15,)


def test_a_bookmark_survives_edits_while_its_step_exists(workspace: Workspace) -> None:
    stepping, bookmarks = workspace.stepping, workspace.bookmarks
    assert stepping.go_to_step(Phase.FORWARD, "product")
    bookmarks.toggle()
    workspace.do("Set w", SetValue("w", Literal(1.0), Literal(2.0)))
    workspace.do("Rename", Rename("product", "p"))
    stepping.step()
    stepping.first()
    bookmarks.go_to_next()
    assert stepping.moment is not None
    assert stepping.moment.step is not None
    assert (stepping.moment.step.node, stepping.moment.phase) == ("p", Phase.FORWARD)
    workspace.show_record(one_weight())
    assert bookmarks.positions == ()


def test_the_play_bar_tells_the_batch_and_has_its_buttons(workspace: Workspace, qtbot: QtBot) -> None:
    bar = PlayBar(workspace)
    qtbot.addWidget(bar)
    bar.resize(900, 90)
    with qtbot.waitExposed(bar):
        bar.show()
    workspace.stepping.last()
    assert "batch 1" in bar.findChild(QLabel, "play_bar.caption").text()
    bar.findChild(QToolButton, "play_bar.next_batch").click()
    assert bar.findChild(QLabel, "play_bar.position").text() == "batch 2 · 20 / 32"
    button = bar.findChild(QToolButton, "play_bar.bookmark")
    button.click()
    assert button.isChecked()
    workspace.stepping.back()
    assert not button.isChecked()
    bar.grab()
