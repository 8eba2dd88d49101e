"""What if: a number of an Input is moved, everything follows, and the document keeps its own until told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QSlider, QWidget
from pytestqt.qtbot import QtBot

from gui.controllers.appearance import Appearance
from gui.panels.explain import ExplainPanel
from gui.timeline.what_if_strip import WhatIfStrip
from gui.workspace import Workspace
from miniflow.engine.trace import Phase
from miniflow.graph.edits import Rename, SetTitle, SetTrainable, SetValue
from miniflow.graph.records import Literal
from tests.gui.boston import lesson_network, one_weight
from tests.miniflow.random_records import given, graph, node


@pytest.fixture
def workspace(qtbot: QtBot) -> Workspace:
    """A workspace with (w · x)² at w = 3 and x = (1, 2), added up by a mean against 0."""
    result = Workspace(Appearance("light"))
    result.show_record(
        graph(
            given("w", 3.0),
            given("x", (1.0, 2.0)),
            given("y", (0.0, 0.0)),
            node("p", "Mul", "w", "x"),
            node("cost", "MSE", "y", "p"),
        )
    )
    result.stepping.go_to_step(Phase.BACKWARD, "w")
    return result


@pytest.fixture
def window(workspace: Workspace, qtbot: QtBot) -> QWidget:
    """The Explain panel and the strip above the timeline, on the screen."""
    result = QWidget()
    qtbot.addWidget(result)
    panel, strip = ExplainPanel(workspace, result), WhatIfStrip(workspace, result)
    panel.setGeometry(0, 60, 340, 560)
    strip.setGeometry(0, 0, 340, 60)
    result.resize(340, 620)
    with qtbot.waitExposed(result):
        result.show()
    return result


def move_handle(window: QWidget, qtbot: QtBot) -> None:
    """Open the part, and press Right on its handle ten times: 3 becomes 3.3."""
    window.findChild(QCheckBox, "explain.what_if").setChecked(True)
    with qtbot.waitSignal(window.findChild(ExplainPanel).workspace.trying.changed):
        for _ in range(10):
            QTest.keyClick(window.findChild(QSlider, "explain.what_if_handle"), Qt.Key.Key_Right)


def type_number(window: QWidget, text: str) -> None:
    field = window.findChild(QLineEdit, "explain.what_if_number")
    field.clear()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def cost(workspace: Workspace) -> float:
    assert workspace.stepping.moment is not None
    return float(workspace.stepping.moment.value("cost"))  # type: ignore[arg-type]


def text(window: QWidget, name: str) -> str:
    return str(window.findChild(QLabel, name).text())


def press(window: QWidget, name: str) -> None:
    QTest.mouseClick(window.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_values_and_gradients_follow_and_the_step_and_the_document_stay(
    window: QWidget, workspace: Workspace, qtbot: QtBot
) -> None:
    position = workspace.stepping.position
    assert cost(workspace) == 22.5
    move_handle(window, qtbot)
    assert cost(workspace) == pytest.approx(2.5 * 3.3**2)
    assert workspace.readings.of("w").value == 3.3
    assert float(workspace.stepping.moment.gradient("w")) == pytest.approx(5 * 3.3)  # type: ignore[union-attr,arg-type]
    assert workspace.stepping.position == position
    assert not workspace.files.modified
    assert workspace.document.nodes["w"].value == Literal(3.0)


def test_what_the_gradient_foretells_stands_beside_the_truth(
    window: QWidget, workspace: Workspace, qtbot: QtBot
) -> None:
    move_handle(window, qtbot)
    assert "15 · 0.3000 = 4.5" in text(window, "explain.what_if_outcome")
    assert "it moves by 4.725" in text(window, "explain.what_if_outcome")


def test_a_number_can_be_typed_and_a_bad_one_is_told(window: QWidget, workspace: Workspace, qtbot: QtBot) -> None:
    window.findChild(QCheckBox, "explain.what_if").setChecked(True)
    with qtbot.waitSignal(workspace.trying.changed):
        type_number(window, "5")
    assert cost(workspace) == pytest.approx(2.5 * 25)
    type_number(window, "five")
    assert "five" in text(window, "explain.what_if_outcome")


def test_it_is_put_back_or_kept_as_one_edit_that_can_be_undone(
    window: QWidget, workspace: Workspace, qtbot: QtBot
) -> None:
    move_handle(window, qtbot)
    assert "w has another value" in text(window, "what_if.text")
    press(window, "what_if.put_back")
    assert cost(workspace) == 22.5
    assert not window.findChild(WhatIfStrip).isVisible()
    move_handle(window, qtbot)
    press(window, "what_if.keep")
    assert workspace.document.nodes["w"].value == Literal(3.3)
    assert not workspace.stepping.stale
    workspace.undo()
    assert workspace.document.nodes["w"].value == Literal(3.0)


def test_an_edit_ends_the_trying_and_makes_its_numbers_stale(
    window: QWidget, workspace: Workspace, qtbot: QtBot
) -> None:
    move_handle(window, qtbot)
    workspace.do("Rename", Rename("w", "weight"))
    assert list(workspace.trying.values) == ["weight"]
    workspace.do("Set x", SetValue("x", Literal((1.0, 2.0)), Literal((1.0, 1.0))))
    assert not workspace.trying.values
    assert workspace.stepping.stale
    workspace.stepping.last()
    assert cost(workspace) == pytest.approx(9.0)


def test_one_number_of_a_small_list_is_moved_alone(window: QWidget, workspace: Workspace, qtbot: QtBot) -> None:
    workspace.selection.select(["x"])
    with qtbot.waitSignal(workspace.trying.changed):
        workspace.trying.set_number("x", (1,), 2.5)
    assert workspace.readings.of("x").value.tolist() == [1.0, 2.5]


def test_it_is_offered_for_small_inputs_alone(window: QWidget, workspace: Workspace) -> None:
    switch = window.findChild(QCheckBox, "explain.what_if")
    assert switch.isVisible()
    workspace.selection.select(["p"])
    assert not switch.isVisible()


@pytest.fixture
def in_batch_2(window: QWidget, workspace: Workspace) -> Workspace:
    """(w · 2 − 6)² with w = 1 in the first batch and 1.8 in the second, which is on the screen, after its update."""
    workspace.show_record(one_weight(learning_rate=0.05))
    workspace.stepping.last()
    workspace.stepping.next_batch()
    workspace.stepping.last()
    workspace.selection.select(["w"])
    return workspace


def test_in_a_later_batch_the_value_of_that_batch_is_moved_and_the_batches_before_stay(
    window: QWidget, in_batch_2: Workspace, qtbot: QtBot
) -> None:
    window.findChild(QCheckBox, "explain.what_if").setChecked(True)
    assert window.findChild(QLineEdit, "explain.what_if_number").text() == "1.8"
    with qtbot.waitSignal(in_batch_2.trying.changed):
        type_number(window, "2")
    w = in_batch_2.readings.of("w")
    assert (w.before_update, w.gradient, w.value) == (2.0, -8.0, pytest.approx(2.4))
    assert cost(in_batch_2) == 4.0
    assert "-9.6 · 0.2000" in text(window, "explain.what_if_outcome").replace("−", "-")
    assert "from batch 2 on" in text(window, "what_if.text")
    in_batch_2.stepping.go_to(in_batch_2.stepping.trace.batches[0].end)  # type: ignore[union-attr]
    assert in_batch_2.readings.of("w").before_update == 1.0


def test_what_is_tried_in_a_later_batch_is_checked_explained_and_put_back_but_not_kept(
    window: QWidget, in_batch_2: Workspace, qtbot: QtBot
) -> None:
    in_batch_2.trying.set_number("w", (), 2.0)
    qtbot.waitUntil(lambda: cost(in_batch_2) == 4.0)
    in_batch_2.checks.check("w")
    qtbot.waitUntil(lambda: "w" in in_batch_2.checks.found)
    assert in_batch_2.checks.found["w"].passed
    assert float(in_batch_2.checks.found["w"].numerical) == pytest.approx(-8.0)
    assert not window.findChild(QPushButton, "what_if.keep").isVisible()
    press(window, "what_if.put_back")
    assert in_batch_2.readings.of("w").before_update == pytest.approx(1.8)


def test_a_number_moved_in_another_batch_begins_anew_there(
    window: QWidget, in_batch_2: Workspace, qtbot: QtBot
) -> None:
    in_batch_2.trying.set_number("w", (), 2.0)
    qtbot.waitUntil(lambda: cost(in_batch_2) == 4.0)
    in_batch_2.stepping.go_to(in_batch_2.stepping.trace.batches[0].end)  # type: ignore[union-attr]
    in_batch_2.trying.set_number("w", (), 2.5)
    qtbot.waitUntil(lambda: cost(in_batch_2) == 1.0)
    assert in_batch_2.trying.original("w") == 1.0
    in_batch_2.stepping.last()
    assert in_batch_2.readings.of("w").before_update == pytest.approx(2.5 + 0.05 * 4)


def test_the_rows_of_a_batch_are_moved_and_never_written_into_the_document(
    window: QWidget, workspace: Workspace, qtbot: QtBot
) -> None:
    record = lesson_network(batch_size=1)
    workspace.show_record(record)
    workspace.stepping.last()
    workspace.selection.select(["y"])
    workspace.trying.set_number("y", (0, 0), 7.0)
    qtbot.waitUntil(lambda: workspace.readings.of("y").value == 7.0)
    assert not window.findChild(QPushButton, "what_if.keep").isVisible()
    assert workspace.document.nodes["y"] == record.nodes["y"]


def test_a_note_on_the_canvas_ends_no_trying_and_an_edit_that_is_undone_does_not_bring_its_numbers_back(
    window: QWidget, workspace: Workspace, qtbot: QtBot
) -> None:
    move_handle(window, qtbot)
    workspace.do("Name it", SetTitle("", "Products"))
    assert workspace.trying.values
    workspace.do("Set x", SetValue("x", Literal((1.0, 2.0)), Literal((1.0, 1.0))))
    workspace.undo()
    assert workspace.stepping.stale
    workspace.stepping.last()
    assert cost(workspace) == 22.5


def test_a_bug_that_is_switched_on_meanwhile_is_in_what_is_foretold(
    window: QWidget, in_batch_2: Workspace, qtbot: QtBot
) -> None:
    in_batch_2.trying.set_number("w", (), 2.0)
    qtbot.waitUntil(lambda: cost(in_batch_2) == 4.0)
    in_batch_2.bug_lab.switch_on("StaleGradients")
    nudge = in_batch_2.trying.nudge()
    assert nudge is not None
    assert nudge.moves[0].gradient == pytest.approx(-9.6 - 16)
    assert nudge.moved == pytest.approx(4 - 5.76)


def test_before_the_first_batch_begins_what_is_tried_shows_too(
    window: QWidget, workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.stepping.first()
    workspace.trying.set_number("w", (), 4.0)
    qtbot.waitUntil(lambda: workspace.readings.of("w").value == 4.0)
    workspace.stepping.step()
    assert workspace.readings.of("w").value == 4.0


def test_of_an_output_with_several_numbers_the_sum_is_spoken_of(
    window: QWidget, workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.show_record(graph(given("w", 3.0), given("x", (1.0, 2.0)), node("p", "Mul", "w", "x")))
    workspace.stepping.last()
    workspace.selection.select(["w"])
    move_handle(window, qtbot)
    said = text(window, "explain.what_if_outcome")
    assert said.startswith("The sum of the numbers in p moves by gradient · h = 3 · 0.3000")
    assert said.endswith("exactly.")


def test_what_was_foretold_of_one_number_names_it_under_another(
    window: QWidget, workspace: Workspace, qtbot: QtBot
) -> None:
    move_handle(window, qtbot)
    workspace.selection.select(["x"])
    assert "What if x" in window.findChild(QCheckBox, "explain.what_if").text()
    assert text(window, "explain.what_if_outcome").startswith("Moved: w. cost should move by about")
    workspace.selection.select(["w"])
    assert "15 · 0.3000 = 4.5" in text(window, "explain.what_if_outcome")
    assert "Moved" not in text(window, "explain.what_if_outcome")


def test_of_two_numbers_that_were_moved_both_are_foretold(window: QWidget, workspace: Workspace, qtbot: QtBot) -> None:
    move_handle(window, qtbot)
    workspace.trying.set_number("x", (1,), 1.5)
    qtbot.waitUntil(lambda: cost(workspace) == pytest.approx((3.3**2 + (1.5 * 3.3) ** 2) / 2))
    said = text(window, "explain.what_if_outcome")
    assert said.startswith("Moved: w, x (2). cost should move by about the sum of gradient · h: ")
    assert "15 · 0.3000 + 18 · (−0.5) = −4.500; it moves by −4.804." in said


def test_nothing_is_tried_while_weights_are_trained(window: QWidget, workspace: Workspace, qtbot: QtBot) -> None:
    workspace.do("Train it", SetTrainable("w", False, True))
    workspace.stepping.last()
    workspace.selection.select(("w",))
    qtbot.wait(20)
    switch = window.findChild(QCheckBox, "explain.what_if")
    assert switch.isVisible()
    workspace.training.start()
    workspace.training.pause()
    assert not switch.isVisible()
    workspace.trying.set_number("w", (), 9.0)
    qtbot.wait(20)
    assert not workspace.trying.values
    workspace.training.stop()
