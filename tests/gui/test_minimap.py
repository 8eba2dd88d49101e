"""The map in the corner of the canvas: when it is there, what it shows, and what a mouse does on it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from gui.canvas.minimap import Minimap
from gui.canvas.scene import bounds_of
from gui.canvas.view import Canvas
from gui.controllers.appearance import Appearance
from gui.main_window import MainWindow
from gui.workspace import Workspace
from miniflow.graph import annotating, composing
from miniflow.graph.records import NoteRecord
from tests.miniflow.drawings import batch, records

LEFT = Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


def minimap(window: MainWindow) -> Minimap:
    found = window.canvas.findChild(Minimap, "canvas.minimap")
    assert isinstance(found, Minimap)
    return found


def come_close(window: MainWindow, qtbot: QtBot) -> Minimap:
    """Look at the upper left corner of the graph, and wait until the map is drawn."""
    navigator = window.canvas.navigator
    navigator.fit_all()
    navigator.zoom_at(QPointF(0, 0), 2.5)
    there = minimap(window)
    qtbot.waitUntil(lambda: has_colours(there))
    return there


def has_colours(there: Minimap) -> bool:
    """Whether the map shows more than its ground and the frame."""
    image = there.grab().toImage()
    rows, columns = range(0, image.height(), 3), range(0, image.width(), 3)
    return len({image.pixel(x, y) for y in rows for x in columns}) > 4


def press(window: MainWindow, keys: str) -> None:
    QTest.keySequence(window.canvas, keys)


def test_it_is_there_only_while_part_of_the_graph_is_out_of_sight(window: MainWindow, qtbot: QtBot) -> None:
    assert not minimap(window).isVisible()
    assert come_close(window, qtbot).isVisible()
    press(window, "F")
    assert not minimap(window).isVisible()


def test_it_does_not_flash_up_for_a_card_that_has_gone_or_come_nearer(window: MainWindow) -> None:
    navigator, workspace, there = window.canvas.navigator, window.workspace, minimap(window)
    for edits in (
        composing.remove(workspace.document, ["cost"]),
        composing.move(workspace.document, {"cost": (300.0, 60.0)}),
    ):
        navigator.fit_all()
        workspace.do("edit", *edits)
        cards = bounds_of(window.canvas.mirror.nodes.values())
        scale = navigator.visible().width() / cards.width()
        navigator.look_at(cards.center())
        navigator.zoom_at(window.canvas.to_viewport(cards.center()), min(scale, 1.15))
        assert navigator.visible().contains(cards)
        assert not there.isVisible()
        workspace.undo()


def test_it_comes_with_its_picture(window: MainWindow) -> None:
    window.canvas.navigator.zoom_at(QPointF(0, 0), 2.5)
    assert minimap(window).isVisible()
    assert has_colours(minimap(window))


def test_a_small_canvas_has_none(window: MainWindow, qtbot: QtBot) -> None:
    come_close(window, qtbot)
    window.canvas.setMaximumWidth(480)
    qtbot.waitUntil(lambda: not minimap(window).isVisible())


def test_a_click_looks_there(window: MainWindow, qtbot: QtBot) -> None:
    there = come_close(window, qtbot)
    cost = window.canvas.mirror.nodes["cost"].card_rect()
    assert not window.canvas.navigator.visible().intersects(cost)
    scale = window.canvas.navigator.scale
    QTest.mouseClick(there, LEFT, NO_KEY, QPoint(there.width() - 12, there.height() // 2))
    assert window.canvas.navigator.visible().intersects(cost)
    assert window.canvas.navigator.scale == scale
    assert window.workspace.selection.is_empty


def test_dragging_the_frame_moves_what_is_in_sight_and_nothing_jumps(window: MainWindow, qtbot: QtBot) -> None:
    there, navigator = come_close(window, qtbot), window.canvas.navigator
    before = navigator.visible().center()
    QTest.mousePress(there, LEFT, NO_KEY, QPoint(10, 10))
    pressed = navigator.visible().center()
    assert (pressed - before).manhattanLength() < 4
    QTest.mouseMove(there, QPoint(40, 10))
    QTest.mouseRelease(there, LEFT, NO_KEY, QPoint(40, 10))
    moved = navigator.visible().center() - before
    assert moved.x() > 100
    assert abs(moved.y()) < 4


def test_it_follows_edits(window: MainWindow, qtbot: QtBot) -> None:
    there, document = come_close(window, qtbot), window.workspace.document
    before = there.grab().toImage()
    area = window.canvas.mirror.bounds()
    note = NoteRecord("n", "all across", (area.left(), area.center().y()), area.width(), "pink")
    window.workspace.do("note", *annotating.add_note(document, note))
    qtbot.waitUntil(lambda: there.grab().toImage() != before)
    window.workspace.do("move", *composing.move(document, {"cost": (4000.0, 0.0)}))
    qtbot.waitUntil(lambda: there.width() > 2 * there.height())


def test_it_follows_the_theme(window: MainWindow, qtbot: QtBot) -> None:
    there = come_close(window, qtbot)
    light = there.grab().toImage().pixelColor(2, there.height() - 3).lightness()
    window.workspace.appearance.choose("dark")
    qtbot.waitUntil(lambda: there.grab().toImage().pixelColor(2, there.height() - 3).lightness() < light - 100)


def test_the_view_menu_hides_it_and_the_next_window_remembers(window: MainWindow, qtbot: QtBot) -> None:
    assert come_close(window, qtbot).accessibleName() == "Map of the graph"
    press(window, "M")
    assert not minimap(window).isVisible()
    assert not Workspace(Appearance("light")).overview.is_wanted
    press(window, "M")
    assert minimap(window).isVisible()


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080), (1000, 700)])
def test_it_never_covers_the_fit_button(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    window.canvas.navigator.zoom_at(QPointF(0, 0), 2.5)
    for presents in (False, True):
        window.workspace.appearance.present(presents)
        window.canvas.navigator.look_at(QPointF(9e5, 9e5))
        button = window.canvas.findChild(QPushButton, "canvas.fit")
        assert isinstance(button, QPushButton)
        assert button.isVisible()
        assert not minimap(window).isVisible() or not minimap(window).geometry().intersects(button.geometry())


def plan(canvas: Canvas) -> QImage:
    """Return what is drawn from afar, colours added up, so that it does not matter which card lies on which."""
    area = canvas.mirror.bounds()
    image = QImage(120, 90, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
    painter.scale(120 / max(1.0, area.width()), 90 / max(1.0, area.height()))
    painter.translate(-area.topLeft())
    canvas.far_view.paint_plan(painter)
    painter.end()
    return image


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(records(), st.data())
def test_what_is_drawn_from_afar_is_kept_up_as_if_drawn_anew(qapp: QApplication, record, data) -> None:
    workspace = Workspace(Appearance("light"))
    canvas = Canvas(workspace)
    workspace.show_record(record)
    plan(canvas)
    for _ in range(data.draw(st.integers(1, 5))):
        workspace.do("something", *batch(data.draw, workspace.document))
        if data.draw(st.booleans()):
            workspace.undo()
        kept_up = plan(canvas)
        canvas.mirror.changes.add_everything()
        assert plan(canvas) == kept_up
    canvas.deleteLater()
    workspace.deleteLater()


def test_it_goes_to_another_corner_where_it_would_cover_the_selected_card(window: MainWindow, qtbot: QtBot) -> None:
    there = come_close(window, qtbot)
    canvas = window.canvas
    away = canvas.mapToScene(there.geometry().center()) - canvas.navigator.visible().center()
    canvas.navigator.look_at(canvas.mirror.nodes["f"].card_rect().center() - away)
    assert there.geometry().intersects(canvas.card_in_viewport("f"))
    window.workspace.selection.select(["f"])
    assert there.isVisible()
    assert not there.geometry().intersects(canvas.card_in_viewport("f"))
