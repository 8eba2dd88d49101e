"""The play bar: what its buttons, its slider and its caption do and say."""

from __future__ import annotations

from html import escape

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.timeline.play_bar import PlayBar
from gui.widgets.caption import Caption
from gui.widgets.timeline_slider import TimelineSlider
from gui.workspace import Workspace
from miniflow.graph.edits import AddNode, Connect, RemoveNode, SetValue
from miniflow.graph.records import GraphRecord, Literal, NodeRecord, replace
from tests.gui.boston import workspace_with
from tests.gui.screen import on_screen
from tests.miniflow.random_records import given, graph, node


@pytest.fixture
def workspace(qtbot: QtBot) -> Workspace:
    """A workspace with x², of which nothing has been run."""
    return workspace_with(graph(given("x", 3.0), node("square", "Square", "x")))


@pytest.fixture
def bar(workspace: Workspace, qtbot: QtBot) -> PlayBar:
    """A play bar on the screen."""
    return on_screen(qtbot, PlayBar(workspace), 740, 90)


def caption(bar: PlayBar) -> str:
    return bar.findChild(QLabel, "play_bar.caption").text()


def position(bar: PlayBar) -> str:
    return bar.findChild(QLabel, "play_bar.position").text()


def slider(bar: PlayBar) -> TimelineSlider:
    return bar.findChild(TimelineSlider)


def change(workspace: Workspace) -> bool:
    """Give the first Input another value."""
    first = next(iter(workspace.document.nodes.values()))
    return workspace.do("Set", SetValue(first.id, first.value, Literal(7.0)))


def press(bar: PlayBar, button: str) -> None:
    QTest.mouseClick(bar.findChild(QToolButton, f"play_bar.{button}"), Qt.MouseButton.LeftButton)


def is_enabled(bar: PlayBar, button: str) -> bool:
    return bar.findChild(QToolButton, f"play_bar.{button}").isEnabled()


def test_before_the_first_step_it_says_what_right_does(bar: PlayBar) -> None:
    assert "→" in caption(bar)
    assert position(bar) == "0 / 6"
    assert not bar.findChild(QToolButton, "play_bar.back").isEnabled()
    assert bar.findChild(QToolButton, "play_bar.step").isEnabled()


@pytest.mark.parametrize("width", [420, 520, 900, 1400])
def test_the_canvas_keeps_its_place_whatever_the_caption_says(qtbot: QtBot, width: int) -> None:
    names = [f"a number with a long name, the one with the number {number}" for number in range(4)]
    workspace = workspace_with(graph(*(given(name, 3.0) for name in names), node("sum", "Add", *names)))
    window = QWidget()
    column, canvas, bar = QVBoxLayout(window), QWidget(), PlayBar(workspace)
    column.addWidget(canvas, 1)
    column.addWidget(bar)
    on_screen(qtbot, window, width, 400)
    label, room = bar.findChild(Caption), canvas.geometry()
    cut = set()
    for _ in range(14):
        press(bar, "step")
        QApplication.processEvents()
        assert canvas.geometry() == room
        cut.add(label.text() != label.whole)
        assert label.text() == label.whole or label.text().endswith(" …")
        assert label.whole.startswith(label.text().removesuffix(" …"))
        assert (escape(label.whole) in label.toolTip()) == (label.text() != label.whole)
    assert cut == ({True, False} if width < 1000 else {False})
    assert change(workspace)
    QApplication.processEvents()
    assert canvas.geometry() == room


def test_the_buttons_step_and_the_caption_says_what_happened(bar: PlayBar) -> None:
    press(bar, "step")
    assert caption(bar) == "x needs no other node, so it gets number 1; now square can follow. Next: square."
    press(bar, "last")
    assert position(bar) == "6 / 6"
    assert "x takes 6 from square as its gradient." in caption(bar)
    assert not bar.findChild(QToolButton, "play_bar.step").isEnabled()
    press(bar, "back")
    assert position(bar) == "5 / 6"
    press(bar, "first")
    assert position(bar) == "0 / 6"


def test_play_becomes_pause_and_back(bar: PlayBar, workspace: Workspace) -> None:
    press(bar, "play")
    assert workspace.stepping.playing
    assert "Pause" in bar.findChild(QToolButton, "play_bar.play").toolTip()
    press(bar, "play")
    assert not workspace.stepping.playing


def test_a_click_on_the_timeline_goes_there(bar: PlayBar, workspace: Workspace) -> None:
    timeline = slider(bar)
    place = QPoint(round(timeline.x_of(4)), 12)
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=place)
    assert workspace.stepping.position == 4


def test_the_timeline_can_be_dragged_and_moved_by_keys(bar: PlayBar, workspace: Workspace) -> None:
    timeline = slider(bar)
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=QPoint(round(timeline.x_of(1)), 12))
    QTest.mouseMove(timeline, QPoint(round(timeline.x_of(5)), 12))
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=QPoint(round(timeline.x_of(5)), 12))
    assert workspace.stepping.position == 5
    QTest.keyClick(timeline, Qt.Key.Key_Left)
    assert workspace.stepping.position == 4
    QTest.keyClick(timeline, Qt.Key.Key_End)
    assert workspace.stepping.position == 6


def test_every_position_has_a_place_of_its_own_and_is_found_there(bar: PlayBar) -> None:
    timeline = slider(bar)
    places = [timeline.x_of(k) for k in range(7)]
    assert places == sorted(places)
    assert [timeline.position_at(x) for x in places] == list(range(7))
    assert timeline.position_at(-50) == 0
    assert timeline.position_at(5000) == 6


def test_an_edit_is_said_and_the_old_numbers_do_not_pose_as_new(bar: PlayBar, workspace: Workspace) -> None:
    press(bar, "last")
    workspace.do("Set x", SetValue("x", Literal(3.0), Literal(4.0)))
    assert "changed" in caption(bar)
    assert bar.findChild(QToolButton, "play_bar.step").isEnabled()
    press(bar, "step")
    assert "x takes 8 from square" in caption(bar)


def test_a_click_on_a_stale_timeline_runs_anew(bar: PlayBar, workspace: Workspace) -> None:
    press(bar, "last")
    workspace.do("Set x", SetValue("x", Literal(3.0), Literal(4.0)))
    timeline = slider(bar)
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(round(timeline.x_of(6)), 12))
    assert not workspace.stepping.stale


def test_a_run_that_cannot_go_on_says_why(bar: PlayBar, workspace: Workspace) -> None:
    workspace.show_record(graph(NodeRecord("x", "Input"), node("square", "Square", "x")))
    press(bar, "last")
    assert "The run stops here." in caption(bar)
    assert "x" in caption(bar)


def test_the_number_of_steps_is_known_before_the_first_and_follows_the_edits(
    bar: PlayBar, workspace: Workspace
) -> None:
    aside = (replace(given("u", 1.0), trainable=True), node("z", "Square", "u"), NodeRecord("e", "Add", inputs=("z",)))
    learnt = replace(given("w", 3.0), trainable=True)
    workspace.show_record(graph(given("x", 2.0), learnt, node("m", "Mul", "x", "w"), *aside, output="m"))
    assert position(bar) == "0 / 17"
    workspace.do("Connect", Connect("e", 1, None, "x"))
    assert position(bar) == "0 / 19"
    press(bar, "step")
    assert position(bar) == "1 / 19"


def test_an_empty_document_has_no_steps(bar: PlayBar, workspace: Workspace) -> None:
    workspace.show_record(GraphRecord())
    assert not is_enabled(bar, "step")
    assert not is_enabled(bar, "last")
    assert position(bar) == "0 / 0"
    assert "node" in caption(bar)
    workspace.do("Add", AddNode(given("x", 1.0), 0))
    assert is_enabled(bar, "step")
    workspace.stepping.step()
    workspace.do("Delete", RemoveNode(workspace.document.nodes["x"], 0))
    assert not is_enabled(bar, "step")


def test_a_name_that_looks_like_html_is_shown_as_it_is(bar: PlayBar, workspace: Workspace) -> None:
    workspace.show_record(graph(given("<img src=x>", 3.0)))
    press(bar, "step")
    assert "<img src=x>" in caption(bar)


def test_the_speed_is_chosen_from_a_list(bar: PlayBar, workspace: Workspace) -> None:
    box = bar.findChild(QComboBox, "play_bar.speed")
    box.setCurrentIndex(box.count() - 1)
    box.activated.emit(box.count() - 1)
    assert workspace.stepping.speed == 8


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_changes_its_looks_with_the_theme(bar: PlayBar, workspace: Workspace, theme: str) -> None:
    workspace.appearance.choose(theme)
    assert workspace.appearance.theme["text.strong"] in bar.styleSheet()
