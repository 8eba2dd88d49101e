"""A gradient that was found to be wrong is marked on its card, from near and from afar, until it is right again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gui.canvas.face import Badge
from gui.main_window import MainWindow
from miniflow.engine.trace import Phase
from miniflow.graph.edits import SetValue
from miniflow.graph.records import Literal
from tests.gui.boston import until

EXAMPLE = Path(__file__).parents[2] / "resources" / "examples" / "updated-too-early.miniflow"


@pytest.fixture
def window(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """Show the worked example with the mistake, at the gradient of its hidden layer, all gradients checked."""
    window.workspace.files.open(str(EXAMPLE))
    window.findChild(QAction, "run.bug_early_update").trigger()
    window.workspace.stepping.go_to_step(Phase.BACKWARD, "out_h")
    QTest.mouseClick(window.findChild(QPushButton, "explain.check_all"), Qt.MouseButton.LeftButton)
    until(qtbot, lambda: window.workspace.checks.has_all)
    return window


def card(window: MainWindow, node: str) -> QRect:
    return window.canvas.card_in_viewport(node).adjusted(-3, -3, 3, 3)


def red_pixels(window: MainWindow, node: str) -> int:
    """Count the pixels of a card that have the colour of what is wrong, and of nothing else."""
    image = window.canvas.grab(card(window, node)).toImage().convertToFormat(QImage.Format.Format_RGB32)
    red = window.canvas.mirror.look.colour("meaning.problem")
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(image.pixelColor(x, y) == red for x, y in points)


def look_from(window: MainWindow, scale: float) -> None:
    canvas = window.canvas
    canvas.navigator.zoom_at(canvas.node_position("out_h").toPointF(), scale / canvas.navigator.scale)


def badge(window: MainWindow, node: str) -> Badge:
    return window.canvas.mirror.nodes[node].face().badge


@pytest.mark.parametrize("scale", [1.0, 0.45, 0.25, 0.16, 0.08])
def test_a_wrong_gradient_is_marked_on_its_card_however_far_it_is(window: MainWindow, scale: float) -> None:
    look_from(window, scale)
    wrong = red_pixels(window, "net_h")
    QTest.mouseClick(window.findChild(QPushButton, "bug_lab.off"), Qt.MouseButton.LeftButton)
    assert red_pixels(window, "net_h") == 0
    assert wrong > 0


def test_the_check_of_all_gradients_marks_the_wrong_ones_and_no_other(window: MainWindow) -> None:
    checks = window.workspace.checks
    assert checks.first_wrong in checks.wrong
    assert {node for node in window.canvas.mirror.nodes if badge(window, node) is Badge.WRONG} == checks.wrong


def test_a_mark_goes_with_the_edit_that_makes_the_run_stale(window: MainWindow) -> None:
    assert badge(window, "out_h") is Badge.WRONG
    old = window.workspace.document.nodes["W2"].value
    window.workspace.do("Set", SetValue("W2", old, Literal(((1.0, 2.0), (3.0, 4.0)))))
    assert badge(window, "out_h") is Badge.STALE
    window.workspace.undo()
    assert badge(window, "out_h") is Badge.WRONG  # Explain measures at once what it shows, where that is quick
