"""Nothing is shown for a moment as a window of its own, which would flash, and take the keyboard away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.app import create_window
from miniflow.overriding import override


class Watcher(QObject):
    """Collects every widget that is shown as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_stepping_and_selecting_shows_no_window_but_the_main_one(qapp: QApplication, qtbot: QtBot) -> None:
    watcher = Watcher()
    qapp.installEventFilter(watcher)
    window = create_window()
    with qtbot.waitActive(window):
        window.show()
    stepping = window.workspace.stepping
    for position in (0, 3, 9, len(stepping.prepare())):
        stepping.go_to(position)
        for node in ("W", "f", "cost"):
            window.workspace.selection.select((node,))
            QApplication.processEvents()
    qapp.removeEventFilter(watcher)
    assert watcher.windows == ["MainWindow window"]
    assert QApplication.activeWindow() is window
    window.close()
    window.deleteLater()
