"""Training in the whole window: its commands, its canvas, and leaving while it runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox, QScrollArea
from pytestqt.qtbot import QtBot

from gui.canvas.face import Badge
from gui.controllers.training import TrainingState
from gui.main_window import MainWindow
from gui.panel import Panel
from gui.panels.code import CodePanel
from gui.panels.explain import ExplainPanel
from gui.panels.order import OrderPanel
from tests.gui.boston import lesson_network, until


@pytest.fixture
def window(window: MainWindow, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window, some steps into a training that no test lives to see the end of."""
    window.workspace.show_record(lesson_network(epochs=1_000_000))
    action(window, "train.start").trigger()
    until(qtbot, lambda: window.workspace.training.epoch > 0)
    yield window
    window.workspace.training.stop()


def action(window: MainWindow, name: str) -> QAction:
    found = window.findChild(QAction, name)
    assert isinstance(found, QAction), name
    return found


def answer(window: MainWindow, button: QMessageBox.StandardButton) -> None:
    question = window.findChild(QMessageBox, "dialog.unsaved")
    assert isinstance(question, QMessageBox)
    QTest.mouseClick(question.button(button), Qt.MouseButton.LeftButton)


def test_the_commands_fit_what_training_does(window: MainWindow) -> None:
    assert not action(window, "train.start").isEnabled()
    action(window, "train.stop").trigger()
    assert window.workspace.training.state is TrainingState.IDLE
    assert action(window, "train.start").isEnabled()
    assert not action(window, "train.stop").isEnabled()


def test_undo_is_a_command_for_what_was_learnt(window: MainWindow) -> None:
    before = lesson_network().nodes["W1"].value
    action(window, "train.stop").trigger()
    assert window.workspace.document.nodes["W1"].value != before
    action(window, "edit.undo").trigger()
    assert window.workspace.document.nodes["W1"].value == before


def test_undo_can_be_reached_while_it_trains(window: MainWindow) -> None:
    action(window, "edit.undo").trigger()
    assert window.workspace.training.state is TrainingState.IDLE
    assert window.workspace.document.nodes["W1"].value == lesson_network().nodes["W1"].value


def test_closing_says_what_becomes_of_the_training_and_its_weights(window: MainWindow) -> None:
    window.close()
    question = window.findChild(QMessageBox, "dialog.unsaved")
    assert isinstance(question, QMessageBox)
    assert "training is under way and stops here. Saving keeps the weights" in question.informativeText()
    answer(window, QMessageBox.StandardButton.Cancel)


def test_closing_asks_first_and_staying_lets_it_train_on(qtbot: QtBot, window: MainWindow) -> None:
    window.close()
    assert window.isVisible()
    answer(window, QMessageBox.StandardButton.Cancel)
    assert window.workspace.training.state is TrainingState.RUNNING


def test_giving_up_the_document_ends_the_training_with_the_window(qtbot: QtBot, window: MainWindow) -> None:
    window.close()
    answer(window, QMessageBox.StandardButton.Discard)
    until(qtbot, lambda: not window.isVisible())
    assert window.workspace.training.state is TrainingState.IDLE


def test_a_new_document_ends_the_training(window: MainWindow) -> None:
    action(window, "file.new").trigger()
    answer(window, QMessageBox.StandardButton.Discard)
    assert window.workspace.training.state is TrainingState.IDLE
    assert dict(window.workspace.document.nodes) == {}


@pytest.fixture
def panels(window: MainWindow, qtbot: QtBot) -> dict[str, Panel]:
    """The panels that tell of the run, side by side instead of behind each other."""
    result = {kind.name: kind(window.workspace) for kind in (ExplainPanel, OrderPanel, CodePanel)}
    for panel in result.values():
        qtbot.addWidget(panel)
        with qtbot.waitExposed(panel):
            panel.show()
    return result


def test_the_run_that_was_shown_is_stale_everywhere_while_weights_move(
    qtbot: QtBot, window: MainWindow, panels: dict[str, Panel]
) -> None:
    action(window, "train.stop").trigger()
    action(window, "run.last").trigger()
    until(qtbot, lambda: not stale_parts(window, panels))
    action(window, "train.start").trigger()
    until(qtbot, lambda: stale_parts(window, panels) == EVERYWHERE)
    action(window, "run.first").trigger()
    action(window, "run.last").trigger()
    until(qtbot, lambda: stale_parts(window, panels) == EVERYWHERE)
    assert not window.canvas.mirror.nodes["W1"].face().value.stale


def test_the_run_is_fresh_again_after_a_training_that_changed_nothing(
    qtbot: QtBot, window: MainWindow, panels: dict[str, Panel]
) -> None:
    action(window, "train.stop").trigger()
    action(window, "run.last").trigger()
    action(window, "train.start").trigger()
    action(window, "train.stop").trigger()
    until(qtbot, lambda: not stale_parts(window, panels))


EVERYWHERE = {"cards", "caption", "explain", "order", "code"}


def stale_parts(window: MainWindow, panels: dict[str, Panel]) -> set[str]:
    """Where the window says that the numbers of the run are those of before."""
    faces = [window.canvas.mirror.nodes[node].face() for node in ("l1", "s1", "l2", "cost")]
    kinds = {name: {label.property("kind") for label in shown_labels(panel)} for name, panel in panels.items()}
    found = {name for name in ("explain", "order") if "stale" in kinds[name]}
    if all(face.badge is Badge.STALE and face.value.stale and face.gradient.stale for face in faces):
        found.add("cards")
    if "Training is changing the weights" in window.findChild(QLabel, "play_bar.caption").text():
        found.add("caption")
    return found if "code now" in kinds["code"] else found | {"code"}


def shown_labels(panel: Panel) -> list[QLabel]:
    return panel.findChild(QScrollArea).widget().findChildren(QLabel)
