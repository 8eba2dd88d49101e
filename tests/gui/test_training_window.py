"""Training in the whole window: its commands, its canvas, and leaving while it runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from gui.controllers.training import TrainingState
from gui.main_window import MainWindow
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
