"""The loss plot: what it draws, and that it only works while somebody looks at a training."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from gui.presentation.theme import load_theme
from gui.widgets.loss_drawing import MOST_POINTS, EarlierLosses, Losses
from gui.widgets.loss_plot import LossPlot

Shown = Callable[[Losses], LossPlot]


@pytest.fixture
def plot_of(qtbot: QtBot) -> Shown:
    def make(losses: Losses) -> LossPlot:
        plot = LossPlot(lambda: losses)
        qtbot.addWidget(plot)
        plot.resize(700, 160)
        with qtbot.waitExposed(plot):
            plot.show()
        plot.refresh()
        return plot

    return make


def lines(plot: LossPlot) -> dict[str, Any]:
    axes = plot.findChild(QWidget, "training.canvas").figure.axes[0]
    batches, means = axes.lines[:2]
    return {"axes": axes, "batches": batches.get_xydata(), "means": means.get_xydata()}


def falling(count: int, epochs: int = 10) -> Losses:
    batches = 100 * np.exp(-np.arange(count) / count * 3)
    return Losses(batches, batches.reshape(epochs, -1).mean(axis=1), epochs, count // epochs)


def pixels(plot: LossPlot) -> np.ndarray[Any, Any]:
    image = plot.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return raw[:, : 4 * image.width()].reshape(image.height(), image.width(), 4).copy()


def test_epochs_are_on_the_x_axis_and_batches_between_them(plot_of: Shown) -> None:
    shown = lines(plot_of(Losses([4.0, 2.0, 2.0, 1.0], [3.0, 1.5], 5, 2)))
    assert shown["batches"].tolist() == [[0.5, 4.0], [1.0, 2.0], [1.5, 2.0], [2.0, 1.0]]
    assert shown["means"].tolist() == [[1.0, 3.0], [2.0, 1.5]]
    assert shown["axes"].get_xlim() == (0, 5)


def test_a_long_run_is_drawn_with_few_points(plot_of: Shown) -> None:
    shown = lines(plot_of(falling(100_000)))
    assert len(shown["batches"]) <= MOST_POINTS
    assert shown["batches"][-1][0] == 10.0


def test_before_training_it_says_what_will_be_here(plot_of: Shown) -> None:
    def hints(plot: LossPlot) -> list[str]:
        return [label.text() for label in plot.findChildren(QLabel) if label.isVisible() and "here" in label.text()]

    empty, trained = plot_of(Losses()), plot_of(falling(100))
    assert hints(empty)
    assert not hints(trained)


def test_after_a_training_without_a_loss_it_does_not_say_to_press_start(plot_of: Shown) -> None:
    (hint,) = [label for label in plot_of(Losses(has_ended=True)).findChildren(QLabel) if "draw" in label.text()]
    assert hint.isVisible()
    assert "Press Start" not in hint.text()


@pytest.mark.parametrize("size", [(700, 160), (250, 100), (320, 96)])
def test_the_hint_is_not_cut_off_however_small_the_plot_is(plot_of: Shown, size: tuple[int, int]) -> None:
    plot = plot_of(Losses())
    plot.resize(*size)
    QTest.qWait(1)
    (hint,) = [label for label in plot.findChildren(QLabel) if "Press Start" in label.text()]
    needed = hint.fontMetrics().boundingRect(hint.rect(), Qt.TextFlag.TextWordWrap, hint.text())
    assert hint.rect().contains(needed)


@pytest.mark.parametrize("size", [(700, 160), (300, 100), (420, 120)])
@pytest.mark.parametrize("epochs", [10, 1000, 100_000])
@pytest.mark.parametrize("logarithmic", [False, True])
def test_no_two_numbers_at_an_axis_overlap(
    plot_of: Shown, size: tuple[int, int], epochs: int, logarithmic: bool
) -> None:
    plot = plot_of(Losses([4e5, 2.0, 2e-3], [3.0, 1.5], epochs, 1))
    plot.set_logarithmic(logarithmic)
    plot.resize(*size)
    QTest.qWait(1)
    canvas = plot.findChild(QWidget, "training.canvas")
    canvas.draw()
    axes = canvas.figure.axes[0]
    for labels in (axes.get_xticklabels(), axes.get_yticklabels()):
        boxes = [label.get_window_extent() for label in labels if label.get_text()]
        assert not any(one.overlaps(other) for place, one in enumerate(boxes) for other in boxes[:place])


def test_earlier_runs_stay_behind_the_present_one_and_are_named(plot_of: Shown) -> None:
    def named(plot: LossPlot) -> bool:
        return any(label.isVisible() and label.text() == "earlier runs" for label in plot.findChildren(QLabel))

    plot = plot_of(Losses([4.0, 2.0], [3.0], 5, 2, earlier=[EarlierLosses([3.0, 1e300], 2)]))
    batches, means, first = plot.findChild(QWidget, "training.canvas").figure.axes[0].lines
    assert named(plot)
    assert not named(plot_of(Losses([4.0, 2.0], [3.0], 5, 2)))
    assert first.get_xydata()[0].tolist() == [0.5, 3.0]
    assert first.get_zorder() < batches.get_zorder() <= means.get_zorder()
    assert first.axes.get_ylim() == (0.0, 4.0)


def test_new_losses_are_drawn_without_drawing_the_axes_again(plot_of: Shown, qtbot: QtBot) -> None:
    losses = [20.0, 19.0]
    means: list[float] = []
    plot = LossPlot(lambda: Losses(losses, means, 10, 10))
    qtbot.addWidget(plot)
    plot.resize(700, 160)
    with qtbot.waitExposed(plot):
        plot.show()
    plot.refresh()
    draws: list[object] = []
    plot.findChild(QWidget, "training.canvas").mpl_connect("draw_event", draws.append)
    before = pixels(plot)
    losses += [15.0, 18.0, 12.0]
    plot.refresh()
    assert not draws
    assert (pixels(plot) != before).any()
    losses += [300.0]
    plot.refresh()
    assert draws


def test_hovering_tells_the_exact_loss_of_an_epoch(plot_of: Shown) -> None:
    plot = plot_of(Losses([0.1 + 0.2, 0.1], [0.1 + 0.2, 0.1], 2, 1))
    canvas = plot.findChild(QWidget, "training.canvas")
    x, y = lines(plot)["axes"].transData.transform((1.0, 0.1))
    QTest.mouseMove(canvas, QPoint(round(x), round(canvas.height() - y)))
    assert canvas.toolTip() == "Epoch 1: mean loss 0.30000000000000004"
    QTest.mouseMove(canvas, QPoint(2, 2))
    assert canvas.toolTip() == ""


def test_a_logarithmic_axis_is_a_button(plot_of: Shown) -> None:
    plot = plot_of(falling(100))
    log = plot.findChild(QToolButton, "training.log_scale")
    linear = plot.findChild(QToolButton, "training.linear_scale")
    assert lines(plot)["axes"].get_yscale() == "linear"
    log.click()
    assert lines(plot)["axes"].get_yscale() == "log"
    linear.click()
    assert lines(plot)["axes"].get_yscale() == "linear"


def test_a_loss_that_explodes_is_drawn_on_a_logarithmic_axis_unless_the_person_chose(plot_of: Shown) -> None:
    exploding = Losses([10.0**power for power in range(40)], [1e30], 3, 20)
    plot = plot_of(exploding)
    assert lines(plot)["axes"].get_yscale() == "log"
    assert plot.findChild(QToolButton, "training.log_scale").isChecked()
    plot.findChild(QToolButton, "training.linear_scale").click()
    plot.refresh()
    assert lines(plot)["axes"].get_yscale() == "linear"


def test_batches_beyond_the_axis_are_told(plot_of: Shown) -> None:
    plot = plot_of(Losses([900.0, *[20.0] * 99], [30.0], 3, 100))
    note = plot.findChild(QLabel, "training.plot_note")
    assert "900" in note.text()
    plot.findChild(QToolButton, "training.log_scale").click()
    assert not note.text()


def test_losses_that_no_logarithm_has_stay_on_a_linear_axis(plot_of: Shown) -> None:
    plot = plot_of(Losses([1.0, 0.0, -1.0], [0.0], 3, 3))
    plot.findChild(QToolButton, "training.log_scale").click()
    assert lines(plot)["axes"].get_yscale() == "linear"


@pytest.mark.parametrize("value", [0.0, 1e-320, 1e308, -5.0])
@pytest.mark.parametrize("logarithmic", [False, True])
def test_the_strangest_losses_are_drawn_without_a_complaint(plot_of: Shown, value: float, logarithmic: bool) -> None:
    plot = plot_of(Losses([value] * 3, [value], 3, 3))
    plot.set_logarithmic(logarithmic)
    plot.refresh()


def test_it_ticks_only_while_it_follows_and_is_seen(plot_of: Shown, qtbot: QtBot) -> None:
    plot = plot_of(falling(100))
    (clock,) = plot.findChildren(QTimer, "training.plot_clock")
    assert not clock.isActive()
    plot.follow(True)
    assert clock.isActive()
    plot.hide()
    assert not clock.isActive()
    plot.show()
    assert clock.isActive()
    plot.follow(False)
    assert not clock.isActive()


def test_the_theme_s_colours_reach_the_picture(plot_of: Shown) -> None:
    plot = plot_of(falling(100))
    for name in ("light", "dark"):
        theme = load_theme(name)
        plot.set_style(theme, 1.0)
        ground = theme["surface.window"].lstrip("#")
        blue, green, red = pixels(plot)[100, 300:600, :3].reshape(-1, 3).T
        assert f"{int(np.median(red)):02x}{int(np.median(green)):02x}{int(np.median(blue)):02x}" == ground


def test_the_last_loss_is_told_to_those_who_do_not_see_it(plot_of: Shown) -> None:
    plot = plot_of(Losses([4.0, 2.0, 2.0, 1.0], [3.0, 1.5], 5, 2))
    assert "epoch 2: 1.5" in plot.accessibleDescription()
