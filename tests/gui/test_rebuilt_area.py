"""A panel behind another tab does no work, and is up to date when it comes to the front."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow, QVBoxLayout
from pytestqt.qtbot import QtBot

from gui.widgets.rebuilt_area import RebuiltArea


class Counter:
    """Counts how often it was asked to fill a column."""

    def __init__(self) -> None:
        self.times = 0

    def fill(self, column: QVBoxLayout) -> None:
        self.times += 1
        column.addWidget(QLabel(str(self.times)))


def test_behind_another_tab_it_waits_and_in_front_it_catches_up(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    counters, docks = [Counter(), Counter()], [QDockWidget("one", window), QDockWidget("two", window)]
    areas = [RebuiltArea(counter.fill) for counter in counters]
    for dock, area in zip(docks, areas, strict=True):
        dock.setWidget(area)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    window.tabifyDockWidget(*docks)
    window.resize(600, 400)
    with qtbot.waitExposed(window):
        window.show()
    docks[0].raise_()
    qtbot.waitUntil(lambda: counters[0].times > 0)
    before = [counter.times for counter in counters]
    for area in areas:
        area.rebuild()
        area.rebuild()
    assert [counter.times for counter in counters] == [before[0] + 2, before[1]]
    docks[1].raise_()
    qtbot.waitUntil(lambda: counters[1].times == before[1] + 1)
