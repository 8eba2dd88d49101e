"""Wires under the mouse and on the screen: short ones, ones that lead back, their labels, and what undo selects."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from gui.canvas.card_painter import PortMark
from gui.canvas.geometry import card_geometry
from gui.canvas.view import Canvas
from miniflow.graph import composing
from miniflow.graph.records import GraphRecord, Literal, NodeRecord, replace
from tests.gui.boston import until
from tests.gui.mouse import click, drag, hold, let_go
from tests.gui.screen import canvas_on_screen


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[Canvas]:
    with canvas_on_screen(qtbot, 700) as canvas:
        yield canvas


def show(canvas: Canvas, *nodes: NodeRecord, scale: float = 1.0) -> None:
    canvas.workspace.show_record(GraphRecord({node.id: node for node in nodes}))
    canvas.navigator.actual_size()
    canvas.navigator.zoom_at(canvas.navigator._middle(), scale)
    QApplication.processEvents()


def pair(apart: float) -> tuple[NodeRecord, NodeRecord]:
    """Two cards whose ports are so far apart."""
    width = card_geometry(("x",), None).width
    return NodeRecord("p", "Sigmoid", (0, 0)), NodeRecord("q", "Sigmoid", (width + apart, 0), ("p",))


@pytest.mark.parametrize("scale", [1.0, 0.6])
def test_a_very_short_wire_is_selected_in_its_middle_and_deleted_alone(canvas: Canvas, scale: float) -> None:
    show(canvas, *pair(15 / scale), scale=scale)
    start, end = canvas.port_position("p", "out"), canvas.port_position("q", 0)
    assert 13 <= end.x() - start.x() <= 17
    click(canvas, (start + end) / 2)
    assert canvas.workspace.selection.wires == (("p", "q", 0),)
    assert canvas.workspace.selection.nodes == ()


def test_the_ports_of_a_very_short_wire_can_still_be_taken(canvas: Canvas) -> None:
    show(canvas, *pair(40))
    place = canvas.port_position("q", 0) - QPoint(2, 0)
    drag(canvas, place, place + QPoint(-10, 260))
    assert canvas.workspace.document.nodes["q"].inputs in ((), (None,))


@pytest.mark.parametrize("apart", [0, 3, 6, 8])
@pytest.mark.parametrize("scale", [1.0, 0.6])
@pytest.mark.parametrize("is_p_above", [True, False])
def test_of_two_ports_that_are_nearly_one_the_nearest_is_taken(
    canvas: Canvas, apart: float, scale: float, is_p_above: bool
) -> None:
    p, q = (replace(node, inputs=()) for node in pair(apart))
    others = NodeRecord("s", "Sigmoid", (-300, 0)), NodeRecord("r", "Sigmoid", (450, 0))
    show(canvas, *((q, p) if is_p_above else (p, q)), *others, scale=scale)
    drag(canvas, canvas.port_position("p", "out") - QPoint(2, 0), canvas.port_position("r", 0))
    drag(canvas, canvas.port_position("q", 0) + QPoint(2, 0), canvas.port_position("s", "out"))
    nodes = canvas.workspace.document.nodes
    assert {node: nodes[node].inputs for node in "pqrs"} == {"p": (), "q": ("s",), "r": ("p",), "s": ()}


def four() -> tuple[NodeRecord, ...]:
    """A wire from p to q, and two cards below, r and t, that could be at its ends instead."""
    return (*pair(300), NodeRecord("r", "Sigmoid", (0, 250)), NodeRecord("t", "Sigmoid", (464, 250)))


def along(canvas: Canvas, part: float) -> QPoint:
    return canvas.to_viewport(canvas.mirror.wires["q", 0].path().pointAtPercent(part)).toPoint()


def wires(canvas: Canvas) -> set[tuple[str, str]]:
    return {(wire.source, wire.consumer) for wire in canvas.mirror.wires.values()}


@pytest.mark.parametrize(("part", "node", "port", "after"), [(0.8, "t", 0, ("p", "t")), (0.2, "r", "out", ("r", "q"))])
def test_a_wire_dragged_at_one_half_is_led_to_another_port_as_one_step(
    canvas: Canvas, part: float, node: str, port: int | str, after: tuple[str, str]
) -> None:
    show(canvas, *four())
    end = canvas.port_position(node, port)
    drag(canvas, along(canvas, part), end + QPoint(60, -40), end + QPoint(8, 6))
    assert wires(canvas) == {after}
    canvas.workspace.undo()
    assert wires(canvas) == {("p", "q")}


@pytest.mark.parametrize("part", [0.8, 0.2])
def test_a_wire_dragged_off_is_gone_and_one_that_a_hand_slips_on_stays(canvas: Canvas, part: float) -> None:
    show(canvas, *four())
    start = along(canvas, part)
    drag(canvas, start, start + QPoint(6, 12))
    assert wires(canvas) == {("p", "q")}
    assert canvas.workspace.selection.wires == (("p", "q", 0),)
    drag(canvas, start, start + QPoint(0, 40), start + QPoint(0, 90))
    assert wires(canvas) == set()
    canvas.workspace.undo()
    assert wires(canvas) == {("p", "q")}


@pytest.mark.parametrize("part", [0.8, 0.2])
def test_escape_leaves_a_dragged_wire_as_it_was(canvas: Canvas, part: float) -> None:
    show(canvas, *four())
    start = along(canvas, part)
    hold(canvas, start, start + QPoint(0, 90))
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    let_go(canvas, start)
    assert wires(canvas) == {("p", "q")}
    assert not canvas.mirror.wires["q", 0].state.is_dimmed


def test_a_port_that_another_wire_passes_is_still_a_port(canvas: Canvas) -> None:
    show(canvas, NodeRecord("p", "Sigmoid", (0, 0)), NodeRecord("q", "Sigmoid", (560, 0), ("p",)),
         NodeRecord("r", "Sigmoid", (280, 160)))  # fmt: skip
    wire = canvas.mirror.wires["q", 0]
    canvas.mirror.nodes["r"].setPos(280, wire.path().pointAtPercent(0.5).y() - canvas.mirror.nodes["r"].card.ports[0])
    click(canvas, canvas.port_position("r", 0))
    assert canvas.workspace.selection.nodes == ("r",)


def test_a_wire_that_leads_back_runs_across_no_card_its_own_too(canvas: Canvas) -> None:
    show(canvas, NodeRecord("a", "Add", (0, 0), ("a", "c")), NodeRecord("b", "Sigmoid", (260, 0), ("a",)),
         NodeRecord("c", "Sigmoid", (520, 0), ("b",)))  # fmt: skip
    cards = [item.card_rect().adjusted(1, 1, -1, -1) for item in canvas.mirror.nodes.values()]
    for wire in canvas.mirror.wires.values():
        points = [wire.path().pointAtPercent(part / 200) for part in range(201)]
        assert not any(card.contains(point) for card in cards for point in points), wire.key


def crowd() -> list[NodeRecord]:
    sources = [NodeRecord(f"x{row}", "Input", (0, 30 * row), (), Literal(1.0)) for row in range(6)]
    rows = range(3)
    return [*sources, *(NodeRecord(f"a{row}", "Add", (330, 60 * row), tuple(s.id for s in sources)) for row in rows)]


@pytest.mark.parametrize("scale", [1.0, 0.7])
def test_no_label_of_a_wire_covers_a_card_or_another_label(canvas: Canvas, scale: float) -> None:
    show(canvas, *crowd(), scale=scale)
    canvas.grab()
    rooms = [wire.label_room for wire in canvas.mirror.wires.values() if wire.label_room is not None]
    cards = [item.card_rect() for item in canvas.mirror.nodes.values()]
    assert rooms
    assert not any(one.intersects(other) for one, other in combinations(rooms, 2))
    assert not any(room.intersects(card) for room in rooms for card in cards)


def test_a_label_stands_where_no_other_wire_strikes_it_out(canvas: Canvas) -> None:
    one = Literal(1.0)
    show(canvas, NodeRecord("p", "Input", (-400, 0), (), one), NodeRecord("q", "Sigmoid", (200, 0), ("p",)),
         NodeRecord("r", "Input", (-270, -200), (), one), NodeRecord("s", "Sigmoid", (0, 200), ("r",)))  # fmt: skip
    canvas.grab()
    wires = canvas.mirror.wires
    for wire, other in ((wires["q", 0], wires["s", 0]), (wires["s", 0], wires["q", 0])):
        assert wire.label_room is not None
        assert not any(wire.label_room.contains(other.path().pointAtPercent(part / 500)) for part in range(501))


def test_a_label_finds_other_room_when_a_card_is_put_on_it(canvas: Canvas) -> None:
    show(canvas, NodeRecord("p", "Input", (0, 0), (), Literal(1.0)), NodeRecord("q", "Sigmoid", (600, 0), ("p",)),
         NodeRecord("r", "Sigmoid", (0, 400)))  # fmt: skip
    canvas.grab()
    before = canvas.mirror.wires["q", 0].label_room
    assert before is not None
    corner = (before.left(), before.bottom() - 4)
    canvas.workspace.do("Move", *composing.move(canvas.workspace.document, {"r": corner}))
    canvas.grab()
    after = canvas.mirror.wires["q", 0].label_room
    assert after is None or not after.intersects(canvas.mirror.nodes["r"].card_rect())


def test_what_undo_brings_back_is_selected_again(canvas: Canvas) -> None:
    show(canvas, *pair(100))
    workspace = canvas.workspace
    workspace.selection.select(("p",))
    workspace.do("Delete", *composing.remove(workspace.document, ["p"]))
    assert workspace.selection.nodes == ()
    workspace.undo()
    assert workspace.selection.nodes == ("p",)
    workspace.redo()
    assert workspace.selection.nodes == ()


def test_a_wire_that_is_gone_is_no_longer_selected_and_undo_selects_it_again(canvas: Canvas) -> None:
    show(canvas, *pair(100))
    workspace = canvas.workspace
    workspace.selection.select((), [("p", "q", 0)])
    workspace.do("Delete", *composing.remove(workspace.document, [], [("q", 0)]))
    assert workspace.selection.wires == ()
    workspace.undo()
    assert workspace.selection.wires == (("p", "q", 0),)


def test_undoing_what_brings_nothing_leaves_the_selection_alone(canvas: Canvas) -> None:
    show(canvas, *pair(100))
    workspace = canvas.workspace
    workspace.selection.select(("q",))
    workspace.do("Move", *composing.move(workspace.document, {"p": (5, 5)}))
    workspace.undo()
    assert workspace.selection.nodes == ("q",)


def test_the_arrow_of_a_wire_stands_beside_its_label(canvas: Canvas) -> None:
    nodes: list[NodeRecord] = []
    for row, gap in enumerate((60.0, 80.0, 100.0, 300.0)):
        x = NodeRecord(f"x{row}", "Input", (0.0, 200.0 * row), (), Literal(1.0))
        nodes += [x, NodeRecord(f"f{row}", "Square", (150.0 + gap, 200.0 * row), (x.id,))]
    show(canvas, *nodes, scale=0.7)
    canvas.grab()
    wires = [wire for wire in canvas.mirror.wires.values() if wire.label_room is not None]
    assert wires
    for wire in wires:
        assert wire.label_room is not None
        assert not wire.label_room.contains(wire.line.at(wire.arrow_part))


def test_a_wire_that_closes_a_cycle_says_so_at_the_port_and_is_drawn(canvas: Canvas) -> None:
    told: list[str] = []
    canvas.workspace.told.connect(lambda sentence: told.append(str(sentence)))
    show(canvas, NodeRecord("p", "Sigmoid", (0, 0)), NodeRecord("q", "Sigmoid", (300, 0), ("p",)))
    start, end = canvas.port_position("q", "out"), canvas.port_position("p", 0)
    hold(canvas, start, (start + end) / 2, end)
    notice = canvas.findChild(QLabel, "canvas.notice")
    assert notice is not None
    assert notice.isVisible()
    assert "closes a cycle" in notice.text()
    assert canvas.mirror.nodes["p"].emphasis.marks[0] is PortMark.REFUSED
    let_go(canvas, end)
    assert canvas.workspace.document.nodes["p"].inputs == ("q",)
    assert ["closes a cycle" in sentence for sentence in told] == [True]
    notice.hide()
    canvas.overlay.notice._clock.stop()


@pytest.mark.parametrize(
    ("start", "port", "card", "outcome"),
    [
        ("x", "out", "sum", ("sum", ("y", "x"))),
        ("x", "out", "p", "All inputs of p have wires"),
        ("r", "out", "y", "y is an Input"),
        ("x", "out", "x", ""),
        ("sum", 1, "x", ("sum", ("y", "x"))),
    ],
)
def test_a_wire_let_go_on_a_card_goes_to_a_free_port_or_is_refused_in_words(
    start: str, port: int | str, card: str, outcome: tuple[str, tuple[str, ...]] | str, canvas: Canvas
) -> None:
    chain(canvas)
    before = dict(canvas.workspace.document.nodes)
    told: list[str] = []
    canvas.workspace.told.connect(lambda sentence: told.append(str(sentence)))
    body = canvas.card_in_viewport(card).center() + QPoint(0, 18)
    drag(canvas, canvas.port_position(start, port), body + QPoint(40, 160), body)
    assert not canvas.viewport().findChild(QLineEdit, "add.text").isVisible()
    if isinstance(outcome, tuple):
        assert canvas.workspace.document.nodes[outcome[0]].inputs == outcome[1]
    else:
        assert dict(canvas.workspace.document.nodes) == before
        assert outcome in " ".join(told)
    canvas.overlay.notice.hide()
    canvas.overlay.notice._clock.stop()


def lit(canvas: Canvas, node: str, port: int | str) -> set[tuple[str, int | str]]:
    """Return the ports that light up while a wire is drawn from one, of cards that are not dimmed."""
    start, by = canvas.port_position(node, port), QPoint(30, 300)
    hold(canvas, start, start + by / 2, start + by)
    items = canvas.mirror.nodes.values()
    found = {(item.node_id, mark) for item in items for mark in item.emphasis.marks if not item.emphasis.is_dimmed}
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    let_go(canvas, start + by)
    return found - {(node, port)}


def chain(canvas: Canvas) -> None:
    """Show x -> p -> q -> r, with x of two numbers, and y of three, that feeds a Sub with another port free."""
    show(canvas, NodeRecord("x", "Input", (-640, 0), (), Literal((1.0, 2.0))),
         NodeRecord("p", "Sigmoid", (-420, 0), ("x",)),
         NodeRecord("q", "Sigmoid", (-200, 0), ("p",)), NodeRecord("r", "Sigmoid", (20, 0), ("q",)),
         NodeRecord("y", "Input", (-640, 200), (), Literal((1.0, 2.0, 3.0))),
         NodeRecord("sum", "Sub", (280, 0), ("y",)), scale=0.7)  # fmt: skip


def test_only_ports_that_a_wire_fits_light_up_and_none_that_would_close_a_cycle(canvas: Canvas) -> None:
    chain(canvas)
    assert lit(canvas, "q", "out") == {("r", 0), ("sum", 0)}
    assert lit(canvas, "x", "out") == {("p", 0), ("q", 0), ("r", 0), ("sum", 0)}
    assert lit(canvas, "sum", 1) == {("y", "out")}
    assert lit(canvas, "q", 0) == {("r", 0), ("sum", 0)}


def test_a_card_that_was_aimed_at_in_vain_is_dimmed_again(canvas: Canvas) -> None:
    chain(canvas)
    start, end = canvas.port_position("r", "out"), canvas.port_position("p", 0)
    hold(canvas, start)
    for place in (end + QPoint(0, 200), end, end + QPoint(0, 200)):
        QTest.mouseMove(canvas.viewport(), place)
        emphasis = canvas.mirror.nodes["p"].emphasis
        assert emphasis.is_dimmed == (place != end)
        assert emphasis.marks == ({0: PortMark.REFUSED} if place == end else {})
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    let_go(canvas, start)
    assert not canvas.mirror.nodes["p"].emphasis.is_dimmed


def runs_across_a_card(canvas: Canvas) -> bool:
    cards = [item.card_rect().adjusted(1, 1, -1, -1) for item in canvas.mirror.nodes.values()]
    lines = [wire.path() for wire in canvas.mirror.wires.values()]
    return any(
        card.contains(line.pointAtPercent(part / 200)) for line in lines for part in range(201) for card in cards
    )


def row(others: int) -> list[NodeRecord]:
    """A wire from p to q past a card that lies lower, and many more cards far below."""
    far = [NodeRecord(f"n{n}", "Sigmoid", (200.0 * (n % 20), 2000.0 + 200 * (n // 20))) for n in range(others)]
    return [NodeRecord("p", "Sigmoid", (-300, 0)), NodeRecord("between", "Sigmoid", (0, 120)),
            NodeRecord("q", "Sigmoid", (300, 0), ("p",)), *far]  # fmt: skip


def test_the_wires_of_a_card_run_around_others_while_it_is_still_dragged(canvas: Canvas) -> None:
    show(canvas, *row(0))
    start = canvas.node_position("q")
    hold(canvas, start)
    for below in (40, 80, 120, 160):
        QTest.mouseMove(canvas.viewport(), start + QPoint(0, below))
        assert not runs_across_a_card(canvas)
    before = canvas.mirror.wires["q", 0].path()
    let_go(canvas, start + QPoint(0, 160))
    assert canvas.mirror.wires["q", 0].path() == before


def test_many_wires_of_a_card_run_around_others_as_soon_as_the_mouse_pauses(canvas: Canvas, qtbot: QtBot) -> None:
    fed = [NodeRecord(f"q{n}", "Sigmoid", (300, 190 * n), ("p",)) for n in range(6)]
    show(canvas, NodeRecord("p", "Sigmoid", (-300, 0)), NodeRecord("between", "Sigmoid", (0, 200)), *fed, scale=0.5)
    start = canvas.node_position("p")
    for is_called_off in (True, False):
        hold(canvas, start, start + QPoint(0, 40), start + QPoint(0, 80))
        assert runs_across_a_card(canvas)
        until(qtbot, lambda: not runs_across_a_card(canvas))
        if is_called_off:
            QTest.keyClick(canvas, Qt.Key.Key_Escape)
        let_go(canvas, start + QPoint(0, 80))
        assert not runs_across_a_card(canvas)


@pytest.mark.parametrize("others", [0, 100])
def test_a_drag_that_is_called_off_or_leads_back_leaves_every_wire_as_it_was(canvas: Canvas, others: int) -> None:
    show(canvas, *row(others))
    canvas.workspace.do("Move", *composing.move(canvas.workspace.document, {"between": (0, 10)}))
    before, start = canvas.mirror.wires["q", 0].path(), canvas.node_position("q")
    assert before.elementCount() > 4
    for is_called_off in (True, False):
        hold(canvas, start, start + QPoint(40, 200))
        if is_called_off:
            QTest.keyClick(canvas, Qt.Key.Key_Escape)
        QTest.mouseMove(canvas.viewport(), start)
        let_go(canvas, start)
        assert canvas.mirror.wires["q", 0].path() == before
