"""The submenus: themes and examples."""

from __future__ import annotations

from PySide6.QtGui import QAction, QPalette

from gui.main_window import MainWindow


def lightness(window: MainWindow) -> int:
    return window.palette().color(QPalette.ColorRole.Window).lightness()


def choose(window: MainWindow, name: str) -> None:
    action = window.findChild(QAction, name)
    assert action is not None
    action.trigger()


def test_the_menu_turns_the_window_dark_and_light_again(unshown_window: MainWindow) -> None:
    choose(unshown_window, "view.theme_dark")
    assert lightness(unshown_window) < 100
    choose(unshown_window, "view.theme_light")
    assert lightness(unshown_window) > 200


def test_the_menu_opens_an_example(unshown_window: MainWindow) -> None:
    choose(unshown_window, "file.example_circuit")
    assert unshown_window.workspace.document.title == "Stanford CS231n: (x + y) z"
