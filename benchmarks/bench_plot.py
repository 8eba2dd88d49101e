"""What one new frame of the loss plot costs, against the ways matplotlib's own tutorials show first.

Run it with ``python -m benchmarks.bench_plot``. Every round draws each way once, one after the other; a figure is the
median of the rounds, and the ratio that of the plot to the others.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.figure import Figure
from PySide6.QtWidgets import QApplication

from gui.widgets.loss_drawing import Losses
from gui.widgets.loss_plot import LossPlot

ROUNDS = 15
STEPS_PER_EPOCH = 46
SIZE = (740, 170)


def losses(count: int) -> np.ndarray[Any, Any]:
    """Noisy losses that fall, as a training of the lesson's network gives them."""
    rng = np.random.default_rng(0)
    return 20 + 100 * np.exp(-np.arange(count) / count * 5) * rng.uniform(0.5, 1.5, count)


def clear_and_plot(canvas: Any, axes: Any, y: np.ndarray[Any, Any]) -> None:
    """Draw everything anew."""
    axes.clear()
    axes.plot(np.arange(len(y)), y)
    canvas.draw()


def set_data_and_relim(canvas: Any, axes: Any, y: np.ndarray[Any, Any]) -> None:
    """Move the line that is there, and draw all the rest anew."""
    axes.lines[0].set_data(np.arange(len(y)), y)
    axes.relim()
    axes.autoscale_view()
    canvas.draw()


def frames(count: int) -> dict[str, Callable[[], None]]:
    """One frame of each way, for a run of ``count`` batches."""
    y = losses(count)
    ways: dict[str, Callable[[], None]] = {}
    for draw in (clear_and_plot, set_data_and_relim):
        figure = Figure()
        canvas = FigureCanvasQTAgg(figure)
        canvas.resize(*SIZE)
        canvas.show()
        axes = figure.add_subplot()
        axes.plot(y)
        ways[draw.__name__.replace("_", " ")] = lambda draw=draw, canvas=canvas, axes=axes: draw(canvas, axes, y)
    means = y[: count // STEPS_PER_EPOCH * STEPS_PER_EPOCH].reshape(-1, STEPS_PER_EPOCH).mean(axis=1)
    plot = LossPlot(lambda: Losses(y, means, len(means) + 1, STEPS_PER_EPOCH))
    plot.resize(*SIZE)
    plot.show()
    QApplication.processEvents()
    plot.refresh()
    ways["this plot"] = plot.refresh
    QApplication.processEvents()
    return ways


def measure(count: int) -> dict[str, float]:
    """The median of each way in milliseconds."""
    ways = frames(count)
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, frame in ways.items():
            begun = time.perf_counter()
            frame()
            QApplication.processEvents()  # the picture reaches the screen
            taken[name].append(1000 * (time.perf_counter() - begun))
    return {name: statistics.median(times) for name, times in taken.items()}


def main() -> None:
    """Print the table."""
    QApplication([])
    for count in (100, 100_000, 1_000_000):
        medians = measure(count)
        ours = medians["this plot"]
        cells = (f"{name} {taken:.1f} ms ({taken / ours:.0f} times)" for name, taken in medians.items())
        print(f"{count:>9,} batches: " + ", ".join(cells))


if __name__ == "__main__":
    main()
