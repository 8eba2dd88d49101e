"""The drawing of the loss: axes that fit, lines that move over them, and the runs before this one faintly behind.

What moves is blitted over a background that is drawn only when the axes change, and a long run is drawn as its
outline of 2,000 points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter, NullLocator, StrMethodFormatter

from gui.presentation.decimation import outline
from gui.presentation.loss_axis import loss_limits
from gui.presentation.numbers import number
from gui.presentation.theme import Theme

MOST_POINTS = 2000
MOST_DOTS = 60
FONTS = ("DejaVu Sans", "Noto Sans CJK SC", "WenQuanYi Micro Hei")


@dataclass(frozen=True)
class EarlierLosses:
    """The loss of every batch of an earlier run, and how many of them made an epoch."""

    batches: Sequence[float]
    steps_per_epoch: int

    @property
    def curve(self) -> tuple[Any, Any]:
        """Where each point of its outline is."""
        indexes, values = outline(np.array(self.batches, dtype=float), MOST_POINTS)
        return (indexes + 1) / self.steps_per_epoch, values


@dataclass(frozen=True)
class Losses:
    """What the plot shows: the loss of every batch and the mean of every epoch, and how long the run will be."""

    batches: Sequence[float] = ()
    epoch_means: Sequence[float] = ()
    epochs: int = 10
    steps_per_epoch: int = 1
    taken_back: bool = False
    """The weights that these losses are of are gone."""
    has_ended: bool = False
    """A training was started, and has ended."""
    earlier: Sequence[EarlierLosses] = ()
    """The runs before this one, drawn faintly behind it."""


class LossDrawing:
    """The figure: axes and lines; what it last drew, and when its axes must be drawn anew."""

    def __init__(self, x_name: str) -> None:
        self._figure = Figure(dpi=100)
        self.canvas: Any = FigureCanvasQTAgg(self._figure)  # type: ignore[no-untyped-call]
        self._axes = self._figure.add_subplot()
        self._axes.margins(0)
        self._earlier_lines: list[Any] = []
        self._earlier: tuple[Sequence[float], ...] = ()
        self._earlier_curves: list[tuple[Any, Any]] = []
        self._earlier_colour = "grey"
        (self._batch_line,) = self._axes.plot([], [], animated=True, linewidth=0.9, alpha=0.55)
        (self._epoch_line,) = self._axes.plot([], [], animated=True, linewidth=2.2, markersize=5.5)
        self._epoch_line.set_clip_on(False)
        self._x_name = self._axes.annotate(
            x_name, (0, 0), (-12, -4), "axes fraction", "offset points", ha="right", va="top", parse_math=False
        )
        self._axes.xaxis.set_major_formatter(StrMethodFormatter("{x:.0f}"))
        self._background: Any = None
        self._limits: tuple[float, float] | None = None
        self.greatest_above: float | None = None
        self._epochs = 0
        self._scale = 1.0
        self._logarithmic = False
        self.canvas.mpl_connect("draw_event", self._keep_background)
        self.canvas.mpl_connect("resize_event", self._fit_margins)

    def show(self, losses: Losses) -> None:
        """Move the lines; draw the axes anew only where the losses have left them."""
        batches, means = np.array(losses.batches, dtype=float), np.array(losses.epoch_means, dtype=float)
        indexes, values = outline(batches, MOST_POINTS)
        self._batch_line.set_data((indexes + 1) / losses.steps_per_epoch, values)
        indexes, values = outline(means, MOST_POINTS)
        self._epoch_line.set_data(indexes + 1, values)
        self._batch_line.set_alpha(0.2 if losses.taken_back else 0.55)
        self._epoch_line.set_alpha(0.3 if losses.taken_back else 1.0)
        self._epoch_line.set_marker("o" if len(means) <= MOST_DOTS else "")
        self._take_earlier(losses.earlier)
        limits = loss_limits(self._with_earlier(batches), means, self._logarithmic)
        greatest = float(batches.max()) if len(batches) else 0.0
        self.greatest_above = greatest if limits is not None and greatest > limits[1] else None
        if (limits, losses.epochs) != (self._limits, self._epochs) or self._background is None:
            self._limits, self._epochs = limits, losses.epochs
            self._draw_all()
        else:
            self.canvas.restore_region(self._background)
            self._draw_lines()
            self.canvas.update()  # soon, together with whatever else is to be painted; blit() would not wait

    def _with_earlier(self, batches: Any) -> Any:
        """Return the losses that the axis must have room for: on a logarithmic one there is room for earlier runs."""
        if self._logarithmic or not len(batches):
            ends = [end for _, losses in self._earlier_curves for end in (losses.min(), losses.max())]
            return np.append(batches, ends)
        return batches

    def _take_earlier(self, earlier: Sequence[EarlierLosses]) -> None:
        """Have a line in the background for each run before the present one."""
        batches = tuple(run.batches for run in earlier)
        if list(map(id, batches)) == list(map(id, self._earlier)):
            return
        for line in self._earlier_lines:
            line.remove()
        self._earlier, self._earlier_curves = batches, [run.curve for run in earlier]
        self._earlier_lines = [self._axes.plot([], [], linewidth=0.9, alpha=0.7, zorder=1)[0] for _ in earlier]
        self._background = None

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Draw the loss on a logarithmic axis, or on a linear one, from the next time on."""
        self._logarithmic = logarithmic
        self._background = None

    def set_style(self, theme: Theme, scale: float) -> None:
        """Take on the colours of a theme, the type ``scale`` times as large as usual."""
        self._scale = scale
        size = 8.5 * scale
        families = [family for family in FONTS if family in fontManager.get_font_names()]
        self._figure.set_facecolor(theme["surface.window"])
        self._axes.set_facecolor(theme["surface.window"])
        for side, spine in self._axes.spines.items():
            spine.set_color(theme["surface.line"])
            spine.set_visible(side in ("left", "bottom"))
        self._axes.tick_params(colors=theme["text.faint"], labelsize=size, length=3, labelfontfamily=families)
        self._axes.grid(True, axis="y", color=theme["surface.grid"], linewidth=0.8)
        self._axes.set_axisbelow(True)
        self._x_name.set(color=theme["text.faint"], size=size, family=families)
        self._batch_line.set_color(theme["meaning.value"])
        self._epoch_line.set_color(theme["meaning.value"])
        self._earlier_colour = theme["text.faint"]
        self._fit_margins()
        self._draw_all()

    def _fit_margins(self, _event: object = None) -> None:
        """Leave just the room that the numbers at the axes need, in pixels."""
        width, height = self.canvas.get_width_height()
        left, bottom, top, right = 60 * self._scale, 24 * self._scale, 8, 20 * self._scale
        if width > left + right + 20 and height > bottom + top + 20:
            self._figure.subplots_adjust(left / width, bottom / height, 1 - right / width, 1 - top / height)
            self._fit_ticks()

    def _draw_all(self) -> None:
        low, high = self._limits or (0.0, 1.0)
        self._axes.set_yscale("log" if self._logarithmic and low > 0 else "linear")
        self._axes.set_xlim(0, max(self._epochs, 1))
        self._axes.set_ylim(low, high)
        for line, (epochs, losses) in zip(self._earlier_lines, self._earlier_curves, strict=True):
            line.set_data(epochs, np.clip(losses, low - (high - low), high + (high - low)))  # what is far off overflows
            line.set_color(self._earlier_colour)
        self._fit_ticks()
        self.canvas.draw()

    def _fit_ticks(self) -> None:
        """Have as many numbers at the axes as there is room for beside and above one another."""
        area = self._axes.get_window_extent()
        digit, line = 7.5 * self._scale, 20 * self._scale
        across = int(area.width / (len(str(self._epochs)) * digit + 2 * digit))
        up = max(1, min(4, int(area.height / line)))
        self._axes.xaxis.set_major_locator(MaxNLocator(nbins=max(1, min(12, across)), integer=True))
        is_linear = self._axes.get_yscale() == "linear"
        self._axes.yaxis.set_major_locator(MaxNLocator(nbins=up) if is_linear else LogLocator(numticks=up + 1))
        self._axes.yaxis.set_major_formatter(FuncFormatter(lambda loss, _place: number(float(f"{loss:.6g}"))))
        self._axes.yaxis.set_minor_formatter(NullFormatter())
        if self._limits is None:
            self._axes.yaxis.set_major_locator(NullLocator())

    def _keep_background(self, _event: object) -> None:
        self._background = self.canvas.copy_from_bbox(self._figure.bbox)
        self._draw_lines()

    def _draw_lines(self) -> None:
        for line in (self._batch_line, self._epoch_line):
            self._axes.draw_artist(line)
