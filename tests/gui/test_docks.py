"""The docks: what is in them can be read, however small the window was made."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QDockWidget, QScrollArea, QTabBar
from pytestqt.qtbot import QtBot

from gui.app import create_window
from gui.main_window import MainWindow
from gui.presentation.catalogue import entries
from gui.widgets.palette_button import PaletteButton, gist
from miniflow.io import files

EXAMPLES = Path(__file__).parents[2] / "resources" / "examples"


def test_no_tab_and_no_palette_row_is_cut_after_the_window_has_been_small(qtbot: QtBot) -> None:
    window = create_window()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.resize(640, 480)
    qtbot.wait(20)
    (tabs,) = (bar for bar in window.findChildren(QTabBar) if bar.count() > 2)
    width = tabs.fontMetrics().horizontalAdvance
    assert [
        tabs.tabText(tab) for tab in range(tabs.count()) if tabs.tabRect(tab).width() < width(tabs.tabText(tab))
    ] == []
    palette = window.findChild(QDockWidget, "panel.palette")
    assert palette is not None
    area = palette.findChild(QScrollArea)
    assert area is not None
    assert area.widget().width() <= area.viewport().width()


def test_in_a_window_of_1280_by_800_every_row_of_the_palette_tells_whole_what_its_node_does(qtbot: QtBot) -> None:
    window = create_window()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    window.grab()
    area = window.findChild(QDockWidget, "panel.palette").findChild(QScrollArea)
    rows = window.findChildren(PaletteButton)
    assert area.verticalScrollBar().maximum() == 0
    assert len(rows) == len(entries())
    assert {row.entry: row.told for row in rows} == {row.entry: gist(entries()[row.entry].summary) for row in rows}


def test_panels_are_as_large_after_a_presentation_as_before(qtbot: QtBot, window: MainWindow) -> None:
    docks = window.findChildren(QDockWidget)
    before = [dock.geometry() for dock in docks]
    for presenting in (True, False):
        window.workspace.appearance.present(presenting)
        qtbot.wait(20)
    assert [dock.geometry() for dock in docks] == before


def test_an_explanation_that_is_opened_in_a_presentation_is_not_cut(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1280, 800)
    window.workspace.show_record(files.read(EXAMPLES / "boston.miniflow"))
    window.workspace.stepping.last()
    window.workspace.appearance.present(True)
    dock = window.findChild(QDockWidget, "panel.explain")
    dock.show()
    qtbot.wait(20)
    area = dock.findChild(QScrollArea)
    assert area.widget().width() <= area.viewport().width()
    switch = dock.findChild(QCheckBox, "explain.predict")
    assert switch.width() >= switch.sizeHint().width()


@pytest.mark.parametrize(("width", "height", "share", "type_size"), [(1280, 800, 0.66, 16), (1920, 1080, 0.72, 20)])
def test_an_explanation_that_is_opened_in_a_presentation_leaves_most_of_the_window_to_the_graph(
    qtbot: QtBot, window: MainWindow, width: int, height: int, share: float, type_size: int
) -> None:
    window.resize(width, height)
    window.workspace.appearance.present(True)
    for name in ("explain", "problems"):
        window.findChild(QAction, f"view.panel_{name}").trigger()
    qtbot.wait(20)
    assert window.canvas.width() > share * width
    explain = window.findChild(QDockWidget, "panel.explain")
    assert explain.findChild(QCheckBox, "explain.predict").fontInfo().pixelSize() == type_size
    assert window.workspace.appearance.scale == 1.5
    (tabs,) = (bar for bar in window.findChildren(QTabBar) if bar.isVisible() and bar.count() > 1)
    assert all(tabs.tabRect(tab).right() < tabs.width() for tab in range(tabs.count()))


def test_the_training_panel_leaves_the_graph_room_in_a_low_window_unless_somebody_made_it_higher(
    qtbot: QtBot, window: MainWindow
) -> None:
    def height_in(width: int, height: int) -> int:
        window.resize(width, height)
        qtbot.wait(20)
        return window.findChild(QDockWidget, "panel.training").height()

    assert height_in(1280, 800) <= 160
    assert height_in(1920, 1080) >= 200
    assert height_in(1280, 800) <= 160
    dock = window.findChild(QDockWidget, "panel.training")
    edge = dock.mapTo(window, QPoint(600, -1))
    QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=edge)
    for far in (20, 40, 60):
        QTest.mouseMove(window, edge - QPoint(0, far))
        qtbot.wait(20)
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=edge - QPoint(0, 60))
    dragged = height_in(1280, 800)
    assert dragged > 180
    assert height_in(1920, 1080) == dragged


def test_the_neuron_of_cs231n_is_drawn_large_in_a_window_of_1280_by_800(qtbot: QtBot, window: MainWindow) -> None:
    window.workspace.show_record(files.read(EXAMPLES / "sigmoid-neuron.miniflow"))
    qtbot.wait(20)
    assert window.canvas.navigator.scale > 0.7


def test_the_window_fits_a_projector_of_1024_by_768(window: MainWindow) -> None:
    window.resize(1024, 700)
    assert (window.width(), window.height()) == (1024, 700)
