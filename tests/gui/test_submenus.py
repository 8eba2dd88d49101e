"""The submenus: themes and examples."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QApplication

from gui.app import create_window
from gui.main_window import MainWindow


@pytest.fixture
def window(qapp: QApplication) -> Iterator[MainWindow]:
    """The window as it first opens, not shown."""
    window = create_window()
    yield window
    window.close()
    window.deleteLater()


def lightness(window: MainWindow) -> int:
    return window.palette().color(QPalette.ColorRole.Window).lightness()


def choose(window: MainWindow, name: str) -> None:
    action = window.findChild(QAction, name)
    assert action is not None
    action.trigger()


def test_the_menu_turns_the_window_dark_and_light_again(window: MainWindow) -> None:
    choose(window, "view.theme_dark")
    assert lightness(window) < 100
    choose(window, "view.theme_light")
    assert lightness(window) > 200


def test_the_menu_opens_an_example(window: MainWindow) -> None:
    choose(window, "file.example_circuit")
    assert window.workspace.document.title == "Stanford CS231n: (x + y) z"
