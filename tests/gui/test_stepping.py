"""Where the person is in the run: back as easy as forward, and an edit makes it stale, visibly."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gui.workspace import Workspace
from miniflow.engine.trace import Phase
from miniflow.graph.edits import AddNode, Connect, Move, Rename, SetValue
from miniflow.graph.records import GraphRecord, Literal, NodeRecord
from tests.gui.boston import workspace_with
from tests.miniflow.random_records import given, graph, node


@pytest.fixture
def workspace(qtbot: QtBot) -> Workspace:
    """A workspace with x² + 3, of which nothing has been run."""
    return workspace_with(
        graph(given("x", 2.0), given("c", 3.0), node("square", "Square", "x"), node("sum", "Add", "square", "c"))
    )


def change_x(workspace: Workspace, old: float, new: float) -> None:
    assert workspace.do("Set x", SetValue("x", Literal(old), Literal(new)))


def test_right_then_left_shows_the_moment_before(workspace: Workspace) -> None:
    stepping = workspace.stepping
    stepping.step()
    stepping.step()
    assert stepping.moment is not None
    assert stepping.moment.ordered == ("x", "c")
    stepping.back()
    assert stepping.moment.ordered == ("x",)


def test_first_and_last_are_the_ends(workspace: Workspace) -> None:
    stepping = workspace.stepping
    stepping.last()
    assert stepping.at_end
    assert stepping.position == 12
    stepping.first()
    assert stepping.at_start
    assert not stepping.at_end


def test_before_the_first_step_there_is_no_run_and_forward_is_open(workspace: Workspace) -> None:
    assert workspace.stepping.trace is None
    assert workspace.stepping.at_start
    assert not workspace.stepping.at_end


def test_an_edit_makes_the_run_stale_and_the_next_step_goes_on_in_a_new_one(workspace: Workspace) -> None:
    stepping = workspace.stepping
    stepping.go_to(7)
    assert stepping.trace is not None
    assert stepping.moment is not None
    assert stepping.moment.value("square") == 4
    change_x(workspace, 2.0, 5.0)
    assert stepping.stale
    assert not stepping.at_end
    stepping.step()
    assert not stepping.stale
    assert stepping.position == 8
    assert stepping.moment.value("square") == 25


def test_another_order_begins_from_the_start(workspace: Workspace) -> None:
    workspace.stepping.go_to(9)
    workspace.do("Add", AddNode(NodeRecord("z", "Input", value=Literal(1.0)), 0))
    workspace.stepping.step()
    assert workspace.stepping.position == 1


def test_undo_brings_back_the_run_that_was_there(workspace: Workspace) -> None:
    workspace.stepping.last()
    change_x(workspace, 2.0, 5.0)
    workspace.undo()
    assert not workspace.stepping.stale
    assert workspace.stepping.at_end


def test_moving_and_renaming_leave_every_number_true(workspace: Workspace) -> None:
    workspace.stepping.last()
    workspace.do("Move", Move("x", None, (10.0, 20.0)))
    workspace.do("Rename", Rename("x", "input"))
    assert not workspace.stepping.stale
    assert workspace.stepping.moment is not None
    assert workspace.stepping.moment.gradient("input") == 4


def test_an_edit_before_the_first_step_makes_nothing_stale(workspace: Workspace) -> None:
    workspace.stepping.first()
    change_x(workspace, 2.0, 5.0)
    assert not workspace.stepping.stale
    workspace.stepping.last()
    assert workspace.stepping.moment is not None
    assert workspace.stepping.moment.value("sum") == 28


def test_a_whole_phase_is_stepped_over_both_ways(workspace: Workspace) -> None:
    stepping = workspace.stepping
    positions = []
    for go in (*[stepping.next_phase] * 4, *[stepping.previous_phase] * 4):
        go()
        positions.append(stepping.position)
    assert positions == [4, 8, 12, 12, 8, 4, 0, 0]


def test_going_to_where_a_node_was_computed(workspace: Workspace) -> None:
    stepping = workspace.stepping
    assert stepping.go_to_step(Phase.FORWARD, "square")
    assert stepping.moment is not None
    assert stepping.moment.step is not None
    assert (stepping.moment.step.node, stepping.moment.phase) == ("square", Phase.FORWARD)
    assert not stepping.go_to_step(Phase.BACKWARD, "nobody")


def test_play_steps_to_the_end_by_itself_and_stops_there(workspace: Workspace, qtbot: QtBot) -> None:
    stepping = workspace.stepping
    stepping.set_speed(8.0)
    stepping.go_to(10)
    stepping.play()
    qtbot.waitUntil(lambda: not stepping.playing, timeout=10_000)
    assert stepping.at_end


def test_a_step_by_hand_pauses_the_play(workspace: Workspace) -> None:
    stepping = workspace.stepping
    stepping.play()
    assert stepping.playing
    stepping.back()
    assert not stepping.playing


def test_play_at_the_end_begins_again(workspace: Workspace) -> None:
    workspace.stepping.last()
    workspace.stepping.play()
    assert workspace.stepping.position == 0
    workspace.stepping.pause()


def test_a_cycle_steps_as_far_as_the_order_goes(workspace: Workspace) -> None:
    workspace.do("Wire", Connect("square", 0, "x", "sum"))
    workspace.stepping.last()
    assert workspace.stepping.moment is not None
    assert set(workspace.stepping.moment.ordered) == {"x", "c"}
    assert workspace.stepping.trace is not None
    assert workspace.stepping.trace.left_over == ("square", "sum")


def test_another_document_has_no_run(workspace: Workspace) -> None:
    workspace.stepping.last()
    workspace.show_record(GraphRecord())
    assert workspace.stepping.trace is None
    assert workspace.stepping.position == 0
