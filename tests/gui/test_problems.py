"""The problems panel: what is missing, where, and a button that mends it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.panels.problems import ProblemsPanel
from gui.widgets.problem_list import MOST_SHOWN
from miniflow.graph.edits import AddNode, Connect, Move, SetValue
from miniflow.graph.problem import Problem
from miniflow.graph.records import DatasetPart, GraphRecord, NodeRecord, Normal, Zeros
from miniflow.graph.rules import problems
from miniflow.graph.structure import Structure
from tests.gui.boston import lesson_network, workspace_with
from tests.miniflow.random_records import given, graph, node


@pytest.fixture
def panel(qtbot: QtBot) -> ProblemsPanel:
    panel = ProblemsPanel(workspace_with(lesson_network()))
    qtbot.addWidget(panel)
    panel.resize(344, 500)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def cards(panel: QWidget) -> list[QFrame]:
    return [card for card in panel.findChildren(QFrame, "problems.card") if not card.isHidden()]


def note(panel: QWidget) -> str:
    found = panel.findChild(QLabel, "problems.note")
    assert isinstance(found, QLabel)
    return found.text()


def caught_up(qtbot: QtBot, panel: ProblemsPanel) -> None:
    """Wait until the panel has looked at the last edit."""
    (soon,) = panel.findChildren(QTimer)
    qtbot.waitUntil(lambda: not soon.isActive())


def spoil(qtbot: QtBot, panel: ProblemsPanel) -> None:
    assert panel.workspace.do("Spoil", SetValue("W1", Normal((13, 10), 1), Zeros((12, 10))))
    caught_up(qtbot, panel)


def test_a_finished_graph_has_nothing_missing(panel: ProblemsPanel) -> None:
    assert cards(panel) == []
    assert "Nothing is missing" in note(panel)


def test_each_problem_is_one_card_with_its_sentence(qtbot: QtBot, panel: ProblemsPanel) -> None:
    panel.workspace.do("Spoil", SetValue("b2", Zeros((1,)), None), Connect("s1", 0, "l1", None))
    caught_up(qtbot, panel)
    sentences = [str(problem.sentence) for problem in problems(panel.workspace.document.record())]
    assert len(sentences) > 1
    assert [card.accessibleName() for card in cards(panel)] == sentences
    assert note(panel) == ""


def test_a_mismatch_is_mended_by_its_button_as_one_undo_step(qtbot: QtBot, panel: ProblemsPanel) -> None:
    spoil(qtbot, panel)
    (card,) = cards(panel)
    fix = card.findChild(QPushButton, "problems.fix")
    assert isinstance(fix, QPushButton)
    assert "(13, 10)" in fix.text()
    QTest.mouseClick(fix, Qt.MouseButton.LeftButton)
    caught_up(qtbot, panel)
    assert panel.workspace.document.nodes["W1"].value == Zeros((13, 10))
    assert cards(panel) == []
    panel.workspace.undo()
    caught_up(qtbot, panel)
    assert len(cards(panel)) == 1


def test_of_several_nodes_that_could_be_the_output_each_has_a_button(qtbot: QtBot, panel: ProblemsPanel) -> None:
    ends = (node(name, "Sigmoid", "x") for name in ("s1", "s2", "s3"))
    panel.workspace.show_record(graph(given("x", 1.0), *ends))
    caught_up(qtbot, panel)
    (card,) = cards(panel)
    buttons = card.findChildren(QPushButton, "problems.fix")
    assert [button.text() for button in buttons] == [f"Make {name} the output" for name in ("s1", "s2", "s3")]
    QTest.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert panel.workspace.document.output == "s2"
    panel.workspace.undo()
    assert panel.workspace.document.output is None


def test_what_has_been_moved_since_is_mended_all_the_same(qtbot: QtBot, panel: ProblemsPanel) -> None:
    panel.workspace.do("Add", AddNode(NodeRecord("spare", "Input", (0.0, 0.0), (), Zeros((2,))), 0))
    caught_up(qtbot, panel)
    panel.workspace.do("Move", Move("spare", (0.0, 0.0), (5.0, 5.0)))
    (card,) = cards(panel)
    fix = card.findChild(QPushButton, "problems.fix")
    assert isinstance(fix, QPushButton)
    QTest.mouseClick(fix, Qt.MouseButton.LeftButton)
    assert "spare" not in panel.workspace.document.nodes


def test_a_missing_value_is_given_from_its_card(qtbot: QtBot, panel: ProblemsPanel) -> None:
    panel.workspace.do("Empty", SetValue("X", DatasetPart("boston", "features"), None))
    caught_up(qtbot, panel)
    (card,) = cards(panel)
    give = card.findChild(QPushButton, "problems.edit_value")
    assert isinstance(give, QPushButton)
    with qtbot.waitSignal(panel.workspace.viewport.edit_value) as asked:
        QTest.mouseClick(give, Qt.MouseButton.LeftButton)
    assert asked.args == ["X"]
    assert panel.workspace.selection.nodes == ("X",)


@pytest.mark.parametrize("by_key", [False, True])
def test_a_card_leads_to_its_node(qtbot: QtBot, panel: ProblemsPanel, by_key: bool) -> None:
    spoil(qtbot, panel)
    (card,) = cards(panel)
    with qtbot.waitSignal(panel.workspace.viewport.reveal) as revealed:
        if by_key:
            card.setFocus()
            QTest.keyClick(card, Qt.Key.Key_Return)
        else:
            QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert revealed.args == ["l1"]
    assert panel.workspace.selection.nodes == ("l1",)


def test_a_burst_of_edits_is_looked_at_once(
    qtbot: QtBot, panel: ProblemsPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Structure] = []

    def look(structure: Structure) -> list[Problem]:
        looks.append(structure)
        return []

    monkeypatch.setattr(Structure, "problems", look)
    for number in range(20):
        panel.workspace.do("Add", AddNode(NodeRecord(f"n{number}", "Input"), 10))
    caught_up(qtbot, panel)
    assert len(looks) == 1
    panel.workspace.do("Move", Move("l1", (0.0, 0.0), (5.0, 5.0)))
    caught_up(qtbot, panel)
    assert len(looks) == 1


def test_very_many_problems_are_counted(qtbot: QtBot, panel: ProblemsPanel) -> None:
    nodes = {f"n{number}": NodeRecord(f"n{number}", "Sigmoid", (0.0, 0.0)) for number in range(MOST_SHOWN + 100)}
    panel.workspace.show_record(GraphRecord(nodes))
    caught_up(qtbot, panel)
    assert len(cards(panel)) == MOST_SHOWN
    assert str(len(problems(panel.workspace.document.record())) - MOST_SHOWN) in note(panel)


def test_a_name_that_looks_like_html_is_shown_as_it_stands(qtbot: QtBot, panel: ProblemsPanel) -> None:
    panel.workspace.do("Add", AddNode(NodeRecord("<img src='x'>", "Sigmoid"), 10))
    caught_up(qtbot, panel)
    labels = [label for card in cards(panel) for label in card.findChildren(QLabel)]
    assert any("<img src='x'>" in label.text() for label in labels)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)


def test_what_changed_while_it_was_hidden_shows_when_it_is_back(qtbot: QtBot, panel: ProblemsPanel) -> None:
    panel.hide()
    spoil(qtbot, panel)
    assert cards(panel) == []
    panel.show()
    caught_up(qtbot, panel)
    assert len(cards(panel)) == 1


def test_the_longest_name_leaves_the_panel_as_wide_as_it_was(qtbot: QtBot, panel: ProblemsPanel) -> None:
    panel.workspace.do("Add", AddNode(NodeRecord("W" * 200, "Input", (0, 0)), 0))
    panel.workspace.do("Wire", Connect("l1", 1, "W1", "W" * 200))
    caught_up(qtbot, panel)
    assert cards(panel)
    assert max(card.minimumSizeHint().width() for card in cards(panel)) <= 320
