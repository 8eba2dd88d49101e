"""The training panel: settings that are checked, buttons that fit the state, and the loss as it falls."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.panels.training import TrainingPanel
from gui.presentation.pace import Pace
from miniflow.graph.edits import SetTraining, SetValue
from miniflow.graph.records import DatasetPart, Literal, Normal, TrainingRecord
from tests.gui.boston import finish, lesson_network, one_weight, until, workspace_with


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[TrainingPanel]:
    """The panel on the lesson's network, as wide and as high as in the window."""
    panel = TrainingPanel(workspace_with(lesson_network()))
    qtbot.addWidget(panel)
    panel.resize(1280, 182)
    with qtbot.waitExposed(panel):
        panel.show()
    yield panel
    panel.workspace.training.stop()


def field(panel: QWidget, name: str) -> QLineEdit:
    found = panel.findChild(QLineEdit, f"training.{name}")
    assert isinstance(found, QLineEdit), name
    return found


def button(panel: QWidget, name: str) -> QPushButton:
    found = panel.findChild(QPushButton, f"training.{name}")
    assert isinstance(found, QPushButton), name
    return found


def text(panel: QWidget, name: str) -> str:
    found = panel.findChild(QLabel, f"training.{name}")
    assert isinstance(found, QLabel), name
    return found.text() if found.isVisible() else ""


def type_into(line: QLineEdit, typed: str) -> None:
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    line.selectAll()
    if typed.isascii():
        QTest.keyClicks(line, typed or "x")
    else:
        QGuiApplication.clipboard().setText(typed)
        line.paste()
    if not typed:
        line.clear()
    QTest.keyClick(line, Qt.Key.Key_Return)


def choose(panel: TrainingPanel, dataset: str) -> None:
    box = panel.findChild(QComboBox, "training.dataset")
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(dataset))
    box.activated.emit(box.currentIndex())


def settings(panel: TrainingPanel) -> TrainingRecord | None:
    return panel.workspace.document.training


def test_the_lesson_s_settings_are_the_defaults_and_no_edit(panel: TrainingPanel) -> None:
    shown = [field(panel, name).text() for name in ("learning_rate", "epochs", "batch_size", "seed")]
    assert shown == ["0.01", "10", "11", "0"]
    assert settings(panel) is None


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("learning_rate", "1e-3", 0.001),
        ("epochs", "25", 25),
        ("batch_size", "506", 506),
        ("seed", str(2**63 - 1), 2**63 - 1),
    ],
)
def test_a_setting_is_typed_and_is_one_undo_step(panel: TrainingPanel, name: str, typed: str, value: float) -> None:
    type_into(field(panel, name), typed)
    assert getattr(settings(panel), name) == value
    panel.workspace.undo()
    assert settings(panel) is None
    assert field(panel, name).text() in ("0.01", "10", "11", "0")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("learning_rate", "fast"),
        ("learning_rate", "-1"),
        ("learning_rate", "nan"),
        ("learning_rate", "１"),
        ("epochs", "0"),
        ("epochs", "2.5"),
        ("batch_size", "1_0"),
        ("batch_size", ""),
        ("seed", "-3"),
        ("seed", "9" * 30),
    ],
)
def test_a_bad_setting_stays_with_a_sentence_and_the_document_keeps_the_old(
    panel: TrainingPanel, name: str, typed: str
) -> None:
    type_into(field(panel, name), typed)
    assert field(panel, name).text() == typed
    assert text(panel, "message")
    assert settings(panel) is None
    QTest.keyClick(field(panel, name), Qt.Key.Key_Escape)
    assert field(panel, name).text() in ("0.01", "10", "11", "0")
    assert not text(panel, "message")


def test_another_document_shows_its_own_settings_whatever_was_being_typed(panel: TrainingPanel) -> None:
    type_into(field(panel, "epochs"), "many")
    panel.workspace.show_record(lesson_network(epochs=42))
    assert field(panel, "epochs").text() == "42"
    assert not text(panel, "message")


def test_settings_changed_elsewhere_show_at_once(panel: TrainingPanel) -> None:
    panel.workspace.do("Settings", SetTraining(None, TrainingRecord(0.5, 3, 2, 1)))
    shown = [field(panel, name).text() for name in ("learning_rate", "epochs", "batch_size", "seed")]
    assert shown == ["0.5", "3", "2", "1"]


def test_training_by_its_buttons_shows_how_far_it_is(qtbot: QtBot, panel: TrainingPanel) -> None:
    assert not button(panel, "stop_button").isEnabled()
    QTest.mouseClick(button(panel, "start_button"), Qt.MouseButton.LeftButton)
    assert not button(panel, "start_button").isEnabled()
    assert not field(panel, "epochs").isEnabled()
    until(qtbot, lambda: not panel.workspace.training.active)
    progress = panel.findChild(QProgressBar, "training.progress")
    assert progress is not None
    assert progress.value() == progress.maximum()
    assert text(panel, "status").startswith("epoch 10 of 10")
    assert button(panel, "start_button").isEnabled()
    assert field(panel, "epochs").isEnabled()


def test_pause_offers_to_go_on(qtbot: QtBot, panel: TrainingPanel) -> None:
    panel.workspace.do("Long", SetTraining(None, TrainingRecord(epochs=100_000)))
    QTest.mouseClick(button(panel, "start_button"), Qt.MouseButton.LeftButton)
    until(qtbot, lambda: panel.workspace.training.epoch > 0)
    QTest.mouseClick(button(panel, "pause_button"), Qt.MouseButton.LeftButton)
    assert button(panel, "start_button").text() == "Go on"
    assert not button(panel, "pause_button").isEnabled()
    QTest.mouseClick(button(panel, "start_button"), Qt.MouseButton.LeftButton)
    assert button(panel, "pause_button").isEnabled()
    QTest.mouseClick(button(panel, "stop_button"), Qt.MouseButton.LeftButton)
    assert button(panel, "start_button").text() == "Start"


def test_the_data_set_is_shown_and_another_is_one_edit(panel: TrainingPanel) -> None:
    box = panel.findChild(QComboBox, "training.dataset")
    assert isinstance(box, QComboBox)
    assert box.currentData() == "boston"
    choose(panel, "diabetes")
    nodes = panel.workspace.document.nodes
    assert nodes["X"].value == DatasetPart("diabetes", "features")
    assert nodes["y"].value == DatasetPart("diabetes", "target")
    panel.workspace.undo()
    assert nodes["X"].value == DatasetPart("boston", "features")
    assert box.currentData() == "boston"


@pytest.mark.parametrize(("dataset", "shape", "batch_size"), [("diabetes", (10, 10), 11), ("xor", (2, 10), 4)])
def test_random_weights_and_the_batch_are_fitted_to_another_data_set_in_the_same_step(
    qtbot: QtBot, panel: TrainingPanel, dataset: str, shape: tuple[int, int], batch_size: int
) -> None:
    choose(panel, dataset)
    assert panel.workspace.document.nodes["W1"].value == Normal(shape, 1)
    assert (settings(panel) or TrainingRecord()).batch_size == batch_size
    QTest.mouseClick(button(panel, "start_button"), Qt.MouseButton.LeftButton)
    until(qtbot, lambda: not panel.workspace.training.active)
    assert panel.workspace.training.problem is None
    panel.workspace.undo()
    panel.workspace.undo()
    assert panel.workspace.document.record() == lesson_network()


def test_weights_that_somebody_typed_are_left_alone_and_the_misfit_is_told(panel: TrainingPanel) -> None:
    typed = Literal(((0.5,) * 10,) * 13)
    panel.workspace.do("Type", SetValue("W1", Normal((13, 10), 1), typed))
    choose(panel, "diabetes")
    assert panel.workspace.document.nodes["W1"].value == typed
    QTest.mouseClick(button(panel, "start_button"), Qt.MouseButton.LeftButton)
    assert "W1" in text(panel, "message")


def test_without_a_data_set_the_choice_says_so(panel: TrainingPanel) -> None:
    panel.workspace.show_record(one_weight())
    box = panel.findChild(QComboBox, "training.dataset")
    assert isinstance(box, QComboBox)
    assert not box.isEnabled()
    assert box.currentText() == "none"


def test_divergence_is_told_and_the_way_back_is_a_button(qtbot: QtBot, panel: TrainingPanel) -> None:
    panel.workspace.show_record(one_weight(epochs=100_000, learning_rate=10.0))
    QTest.mouseClick(button(panel, "start_button"), Qt.MouseButton.LeftButton)
    until(qtbot, lambda: not panel.workspace.training.active)
    type_into(field(panel, "learning_rate"), "0.01")
    assert "diverged" in text(panel, "message")
    QTest.mouseClick(button(panel, "go_back"), Qt.MouseButton.LeftButton)
    assert panel.workspace.document.nodes["w"].value == Literal(1.0)
    assert not button(panel, "go_back").isVisible()
    assert not text(panel, "message")


def test_after_a_training_that_diverged_at_once_it_says_that_it_ended(qtbot: QtBot, panel: TrainingPanel) -> None:
    panel.workspace.show_record(one_weight(epochs=100_000, learning_rate=10.0))
    assert text(panel, "status") == "Not trained yet"
    for _ in range(2):
        finish(qtbot, panel.workspace)
    assert "diverged again in epoch 1, step 1" in text(panel, "message")
    assert text(panel, "status") == "Training ended before its first update."


def test_before_its_first_update_training_is_in_epoch_1(panel: TrainingPanel) -> None:
    panel.workspace.training.start()
    assert text(panel, "status") == f"epoch 1 of {panel.workspace.training.epochs}"
    panel.workspace.training.stop()
    assert text(panel, "status") == "Training ended before its first update."


def test_an_unfinished_graph_is_told_beside_the_button(panel: TrainingPanel) -> None:
    panel.workspace.do("Empty", SetValue("X", DatasetPart("boston", "features"), None))
    QTest.mouseClick(button(panel, "start_button"), Qt.MouseButton.LeftButton)
    assert "X" in text(panel, "message")


def test_nothing_is_cut_off_at_the_size_of_the_window(panel: TrainingPanel) -> None:
    panel.workspace.show_record(one_weight(learning_rate=10.0))
    for part in panel.findChildren(QWidget):
        if part.isVisible() and part.objectName().startswith("training."):
            corner = part.mapTo(panel, part.rect().bottomRight())
            assert panel.rect().contains(corner), part.objectName()
            if not isinstance(part, QProgressBar):
                assert part.height() >= part.minimumSizeHint().height(), part.objectName()


def test_every_input_has_a_name_for_machines_and_one_for_people(panel: TrainingPanel) -> None:
    for kind in (QLineEdit, QComboBox, QPushButton):
        for part in panel.findChildren(kind):
            assert part.objectName().startswith("training.")
            assert part.accessibleName()


def test_what_stands_in_a_field_is_what_trains(panel: TrainingPanel) -> None:
    type_into(field(panel, "learning_rate"), "abc")
    assert text(panel, "message")
    button(panel, "start_button").click()
    assert field(panel, "learning_rate").text() == "0.01"
    assert not text(panel, "message")
    assert panel.workspace.training.active


def test_a_training_that_is_undone_is_marked_as_taken_back_until_it_is_redone(
    qtbot: QtBot, panel: TrainingPanel
) -> None:
    QTest.mouseClick(button(panel, "start_button"), Qt.MouseButton.LeftButton)
    until(qtbot, lambda: not panel.workspace.training.active)
    learnt, note = text(panel, "status"), panel.findChild(QLabel, "training.plot_note")
    assert "Taken back" not in learnt
    panel.workspace.undo()
    assert "Taken back" in text(panel, "status")
    assert "taken back" in note.text()
    panel.workspace.redo()
    assert text(panel, "status") == learnt
    assert "taken back" not in note.text()


def test_slow_is_an_epoch_in_a_second_and_no_edit(qtbot: QtBot, panel: TrainingPanel) -> None:
    pace = panel.findChild(QComboBox, "training.pace")
    assert isinstance(pace, QComboBox)
    pace.setCurrentIndex(1)
    pace.activated.emit(1)
    training, clock = panel.workspace.training, panel.workspace.training.clock
    training.start()
    clock.timeout.emit()
    assert training.history is not None
    before = len(training.history.batch_losses)
    clock.timeout.emit()
    a_tick = len(training.history.batch_losses) - before
    assert a_tick == 2
    assert clock.interval() * training.steps_per_epoch / a_tick == pytest.approx(1000, rel=0.1)
    training.stop()
    assert panel.workspace.document.training is None


def test_a_pace_chosen_while_it_trains_holds_at_once(qtbot: QtBot, panel: TrainingPanel) -> None:
    training = panel.workspace.training
    training.clock.set_pace(Pace.SLOW)
    training.start()
    training.clock.timeout.emit()
    training.clock.set_pace(Pace.FAST)
    until(qtbot, lambda: not training.active)
    assert training.epoch == training.epochs


def test_the_losses_of_an_earlier_training_stay_behind_those_of_the_next(qtbot: QtBot, panel: TrainingPanel) -> None:
    def legend() -> bool:
        return any(label.isVisible() and label.text() == "earlier runs" for label in panel.findChildren(QLabel))

    for _ in range(2):
        assert not legend()
        finish(qtbot, panel.workspace)
    assert legend()
    earlier = panel.findChild(QWidget, "training.canvas").figure.axes[0].lines[2]
    assert len(earlier.get_xydata()) == 460
    panel.workspace.show_record(lesson_network())
    assert not legend()


def test_a_training_that_fails_before_its_first_loss_does_not_ask_to_press_start(
    qtbot: QtBot, panel: TrainingPanel
) -> None:
    panel.workspace.do("Huge", SetValue("W1", Normal((13, 10), 1), Literal(((1e300,) * 10,) * 13)))
    panel.workspace.do("Huge", SetValue("W2", panel.workspace.document.nodes["W2"].value, Literal(((1e300,),) * 10)))
    QTest.mouseClick(button(panel, "start_button"), Qt.MouseButton.LeftButton)
    until(qtbot, lambda: not panel.workspace.training.active)
    hints = [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]
    assert any("nothing to draw" in hint for hint in hints)
    assert not any("Press Start" in hint for hint in hints)
