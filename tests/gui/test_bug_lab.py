"""The bug lab: plainly marked, found by stepping and checking, and never in the document."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from miniflow.engine.trace import Phase
from miniflow.graph.edits import SetValue
from miniflow.graph.records import Literal
from tests.miniflow.random_records import given, graph, node

EXAMPLE = Path(__file__).parents[2] / "resources" / "examples" / "updated-too-early.miniflow"


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """The window with the worked example, at the gradient of its hidden layer."""
    window.workspace.files.open(str(EXAMPLE))
    window.workspace.stepping.go_to_step(Phase.BACKWARD, "out_h")
    return window


def strip_text(window: MainWindow) -> str:
    label = window.findChild(QLabel, "bug_lab.text")
    return str(label.text()) if label.isVisible() else ""


def press(window: MainWindow, name: str) -> None:
    QTest.mouseClick(window.findChild(QPushButton, f"bug_lab.{name}"), Qt.MouseButton.LeftButton)


def shown_gradient(window: MainWindow) -> list[float]:
    return [round(float(number), 5) for number in window.workspace.readings.of("out_h").gradient.ravel()]


def test_a_bug_is_marked_in_words_and_in_the_title_and_its_numbers_show(window: MainWindow) -> None:
    right = shown_gradient(window)
    assert strip_text(window) == ""
    window.findChild(QAction, "run.bug_early_update").trigger()
    assert "Bug lab: Updating a weight too early" in strip_text(window)
    assert "Bug lab" in window.windowTitle()
    assert shown_gradient(window) != right
    press(window, "off")
    assert strip_text(window) == ""
    assert "Bug lab" not in window.windowTitle()
    assert shown_gradient(window) == right


def test_a_known_bug_takes_a_line_or_two_and_its_story_comes_on_demand(window: MainWindow) -> None:
    text = window.findChild(QLabel, "bug_lab.text")
    for name in window.workspace.bug_lab.bugs:
        window.workspace.bug_lab.switch_on(name)
        QApplication.processEvents()
        room = text.contentsRect().height() - 14  # its padding
        assert room < 2.5 * text.fontMetrics().lineSpacing(), name
        short = text.text()
        assert "Training and the file stay right." in text.toolTip()
        press(window, "more")
        assert text.text().startswith(short)
        assert text.text().endswith("Training and the file stay right.")
        press(window, "more")
        assert text.text() == short


def test_it_lives_in_the_run_and_never_in_the_document(window: MainWindow) -> None:
    before = window.workspace.document.to_dict()
    window.findChild(QAction, "run.bug_stale_gradients").trigger()
    assert window.workspace.document.to_dict() == before
    assert not window.workspace.files.modified
    assert not window.findChild(QAction, "edit.undo").isEnabled()
    i = window.workspace.document.nodes["i"].value
    window.workspace.do("Set i", SetValue("i", i, Literal(((0.5, 0.5),))))
    window.workspace.stepping.last()
    assert window.workspace.bug_lab.is_on, "an edit leaves it on"
    window.workspace.show_record(window.workspace.document.record())
    assert not window.workspace.bug_lab.is_on, "another document does not have it"


def test_the_first_wrong_gradient_is_where_the_bug_bites(window: MainWindow, qtbot: QtBot) -> None:
    window.findChild(QAction, "run.bug_early_update").trigger()
    window.findChild(QAction, "run.check_gradients").trigger()
    qtbot.waitUntil(lambda: not window.workspace.checks.is_running)
    assert window.workspace.checks.first_wrong == "out_h"


def test_a_surprise_is_guessed_and_revealed(window: MainWindow) -> None:
    window.workspace.bug_lab._rng = random.Random(1)
    window.findChild(QAction, "run.bug_surprise").trigger()
    lab = window.workspace.bug_lab
    assert lab.is_hidden
    assert lab.name is None
    choice = window.findChild(QComboBox, "bug_lab.choice")
    titles = [choice.itemText(row) for row in range(choice.count())]
    assert not any(title in strip_text(window) for title in titles), "nothing gives it away"
    guesses = 0
    while lab.is_hidden:
        choice.setCurrentIndex(guesses)
        press(window, "guess")
        guesses += 1
        assert ("It is not" in strip_text(window)) is lab.is_hidden
    assert f"Right: it is “{titles[guesses - 1]}”" in strip_text(window)


def test_a_bug_that_makes_no_difference_here_says_so(window: MainWindow) -> None:
    window.findChild(QAction, "run.bug_mean_over_rows").trigger()
    assert "makes no difference" in strip_text(window)


def test_after_the_list_of_bugs_the_step_keys_step(window: MainWindow, qtbot: QtBot) -> None:
    window.canvas.setFocus()
    window.findChild(QAction, "run.bug_surprise").trigger()
    choice = window.findChild(QComboBox, "bug_lab.choice")
    QTest.mouseClick(choice, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: choice.view().isVisible())
    QTest.keyClick(choice.view(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not choice.view().isVisible())
    before = window.workspace.stepping.position
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Left)
    assert window.workspace.stepping.position == before - 1


def test_a_right_guess_is_told_to_be_right_and_a_bug_that_was_told_is_not(window: MainWindow) -> None:
    lab = window.workspace.bug_lab
    window.findChild(QAction, "run.bug_surprise").trigger()
    choice = window.findChild(QComboBox, "bug_lab.choice")
    choice.setCurrentIndex(choice.findData(lab._name))
    press(window, "guess")
    assert f"Right: it is “{choice.currentText()}”" in strip_text(window)
    window.findChild(QAction, "run.bug_surprise").trigger()
    press(window, "reveal")
    assert "Right" not in strip_text(window)


def test_a_difference_that_is_too_small_to_be_found_is_not_called_none(window: MainWindow) -> None:
    tiny = [given("y", 0.0), given("x", 1e-9), node("s", "Square", "x"), node("p", "Mul", "x", "s")]
    window.workspace.show_record(graph(*tiny, node("cost", "MSE", "y", "p")))
    window.findChild(QAction, "run.bug_overwriting").trigger()
    assert "makes hardly a difference" in strip_text(window)
