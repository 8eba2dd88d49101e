"""The status line: no sentence loses its end, however narrow the window is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from miniflow.errors import Sentence

PADDING = 10
LEFT = Qt.MouseButton.LeftButton
LONG = "Training diverged again in epoch 1: cost is the first to hold inf. " * 6 + "Here it ends."


def line(window: MainWindow) -> QLabel:
    found = window.findChild(QLabel, "status.message")
    assert found is not None
    return found


def whole(window: MainWindow) -> str:
    bubble, label = window.findChild(QWidget, "status.whole"), window.findChild(QLabel, "status.whole_message")
    assert bubble is not None
    assert label is not None
    if not bubble.isVisible():
        return ""
    assert window.rect().contains(bubble.geometry())
    assert label.height() >= label.heightForWidth(label.width())
    return label.text()


def tell(window: MainWindow, text: str) -> None:
    window.workspace.tell(Sentence("{text}", {"text": text}))
    QApplication.processEvents()


@pytest.mark.parametrize(("width", "height"), [(1024, 700), (1280, 800), (1920, 1080)])
def test_a_sentence_that_is_too_long_for_the_line_stands_whole_above_it(
    window: MainWindow, width: int, height: int
) -> None:
    window.resize(width, height)
    QApplication.processEvents()
    tell(window, LONG)
    assert whole(window) == line(window).text() == LONG
    tell(window, "Short.")
    assert whole(window) == ""


def test_a_sentence_that_just_fits_is_whole_in_the_line(window: MainWindow) -> None:
    label, text = line(window), "All of this has room" * 8
    spare = label.width() - 2 * PADDING - label.fontMetrics().horizontalAdvance(text)
    window.resize(window.width() - spare, window.height())
    QApplication.processEvents()
    tell(window, text)
    assert whole(window) == ""
    narrow = label.grab().toImage()
    window.resize(window.width() + 100, window.height())
    QApplication.processEvents()
    assert label.grab(narrow.rect()).toImage() == narrow


def test_it_goes_when_the_person_goes_on_and_comes_back_with_a_click_or_enter(window: MainWindow) -> None:
    tell(window, LONG)
    QTest.mouseClick(window.canvas.viewport(), LEFT, pos=window.canvas.viewport().rect().bottomRight())
    assert whole(window) == ""
    QTest.mouseClick(line(window), LEFT)
    assert whole(window) == LONG
    QTest.keyClick(window.canvas, Qt.Key.Key_Shift)
    assert whole(window) == ""
    line(window).setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(line(window), Qt.Key.Key_Return)
    assert whole(window) == LONG
    assert "Here it ends." in line(window).toolTip()


def test_in_a_window_that_was_minimised_it_still_goes_when_the_person_goes_on(window: MainWindow) -> None:
    tell(window, LONG)
    window.showMinimized()
    window.showNormal()
    QApplication.processEvents()
    assert whole(window) == LONG
    QTest.keyClick(window.canvas, Qt.Key.Key_Shift)
    assert whole(window) == ""


def test_it_goes_with_its_sentence_and_where_the_line_becomes_long_enough(window: MainWindow, qtbot: QtBot) -> None:
    tell(window, LONG)
    window.workspace.stepping.last()
    assert whole(window) == ""
    tell(window, LONG[:200])
    window.resize(1024, 700)
    QApplication.processEvents()
    QTest.mouseClick(line(window), LEFT)
    assert whole(window)
    window.resize(2400, 900)
    qtbot.waitUntil(lambda: not whole(window))
    assert not line(window).toolTip()


def test_a_long_sentence_changes_nothing_about_the_window(window: MainWindow) -> None:
    before = window.canvas.geometry()
    tell(window, LONG)
    assert window.canvas.geometry() == before
    window.resize(1024, 700)
    assert window.width() == 1024
