"""The loss plot: every batch as a thin line, every epoch's mean as a dot; drawn live without holding anything up.

What moves is blitted over a background that is drawn only when the axes change, and a long run is drawn as its
outline of 2,000 points.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter, NullLocator
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from gui.presentation.decimation import outline
from gui.presentation.loss_axis import is_exploding, loss_limits
from gui.presentation.numbers import exact, number
from gui.presentation.theme import Theme, load_theme
from gui.widgets.line_swatch import LineSwatch

FRAME_MILLISECONDS = 33
MOST_POINTS = 2000
MOST_DOTS = 60
FONTS = ("DejaVu Sans", "Noto Sans CJK SC", "WenQuanYi Micro Hei")


@dataclass(frozen=True)
class Losses:
    """What the plot shows: the loss of every batch and the mean of every epoch, and how long the run will be."""

    batches: Sequence[float] = ()
    epoch_means: Sequence[float] = ()
    epochs: int = 10
    steps_per_epoch: int = 1
    taken_back: bool = False
    """The weights that these losses are of are gone."""


class LossPlot(QWidget):
    """Shows what ``read`` returns; while it follows, thirty times a second."""

    def __init__(self, read: Callable[[], Losses], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read = read
        self._drawing = _Drawing(self.tr("epoch"))
        self._drawing.canvas.mpl_connect("motion_notify_event", self._tell_epoch)
        self._clock = QTimer(self)
        self._clock.setObjectName("training.plot_clock")
        self._clock.setInterval(FRAME_MILLISECONDS)
        self._clock.timeout.connect(self.refresh)
        self._following = False
        self._scale_was_chosen = False
        self._fill()
        self.set_style(load_theme("light"), 1.0)

    def follow(self, following: bool) -> None:
        """Begin to follow a training, or stop doing so after a last look."""
        self._following = following
        if following and self.isVisible():
            self._clock.start()
        elif not following:
            self._clock.stop()
        self.refresh()

    def refresh(self) -> None:
        """Draw the losses as they are now."""
        losses = self._read()
        self._hint.setVisible(not len(losses.batches))
        if not self._scale_was_chosen:
            self._log_button.setChecked(is_exploding(losses.batches))
        self._drawing.show(losses)
        self._note.setText(" · ".join(self._remarks(losses)))
        if len(losses.epoch_means):
            epoch, loss = len(losses.epoch_means), number(losses.epoch_means[-1])
            self.setAccessibleDescription(self.tr("Mean loss of epoch {0}: {1}").format(epoch, loss))

    def _remarks(self, losses: Losses) -> list[str]:
        above = self._drawing.greatest_above
        remarks = [self.tr("taken back")] if losses.taken_back else []
        return remarks if above is None else [*remarks, self.tr("batches up to {0} lie above").format(number(above))]

    def _tell_epoch(self, event: Any) -> None:
        """Say the exact mean loss of the epoch under the mouse."""
        means = self._read().epoch_means
        epoch = round(event.xdata) if event.xdata is not None else 0
        text = self.tr("Epoch {0}: mean loss {1}") if 1 <= epoch <= len(means) else ""
        self._drawing.canvas.setToolTip(text.format(epoch, exact(means[epoch - 1])) if text else "")

    def set_style(self, theme: Theme, scale: float) -> None:
        """Take on the colours of a theme, the type ``scale`` times as large as usual."""
        for swatch in (self._epoch_swatch, self._batch_swatch):
            swatch.set_colour(theme["meaning.value"])
        self._note.setStyleSheet(f"color: {theme['text.faint']};")
        self._drawing.set_style(theme, scale)

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Draw the loss on a logarithmic axis, or on a linear one, from now on."""
        self._scale_was_chosen = True
        self._log_button.setChecked(logarithmic)
        self._linear_button.setChecked(not logarithmic)
        self._drawing.set_logarithmic(logarithmic)
        self.refresh()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Follow again, if a training runs."""
        super().showEvent(event)
        if self._following:
            self._clock.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Draw nothing that nobody sees."""
        super().hideEvent(event)
        self._clock.stop()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(240, 96)

    # --- parts ----------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._header())
        canvas = self._drawing.canvas
        canvas.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        canvas.setObjectName("training.canvas")
        canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(canvas, 1)
        self._hint = QLabel(self.tr("Press Start: the loss of every batch and epoch appears here."), canvas)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = QVBoxLayout(canvas)
        inside.addWidget(self._hint)

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self._epoch_swatch, self._batch_swatch = LineSwatch(thick=True), LineSwatch(thick=False)
        self._note = QLabel()
        self._note.setObjectName("training.plot_note")
        row.addWidget(QLabel(self.tr("Loss")))
        row.addSpacing(8)
        row.addWidget(self._note)
        row.addStretch(1)
        for swatch, text in ((self._epoch_swatch, self.tr("epoch mean")), (self._batch_swatch, self.tr("batch"))):
            row.addWidget(swatch)
            row.addWidget(QLabel(text))
            row.addSpacing(8)
        self._linear_button = self._scale_button("linear_scale", self.tr("linear"), self.tr("Linear loss axis"))
        self._log_button = self._scale_button("log_scale", self.tr("log"), self.tr("Logarithmic loss axis"))
        self._linear_button.setChecked(True)
        self._log_button.toggled.connect(self._drawing.set_logarithmic)
        self._linear_button.clicked.connect(lambda: self.set_logarithmic(False))
        self._log_button.clicked.connect(lambda: self.set_logarithmic(True))
        self._scales = QButtonGroup(self)
        for button in (self._linear_button, self._log_button):
            self._scales.addButton(button)
            row.addWidget(button)
        return row

    @staticmethod
    def _scale_button(name: str, text: str, accessible_name: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"training.{name}")
        button.setText(text)
        button.setAccessibleName(accessible_name)
        button.setCheckable(True)
        button.setAutoRaise(True)
        return button


class _Drawing:
    """The figure: axes, two lines and a note; what it last drew, and when its axes must be drawn anew."""

    def __init__(self, x_name: str) -> None:
        self._figure = Figure(dpi=100)
        self.canvas: Any = FigureCanvasQTAgg(self._figure)  # type: ignore[no-untyped-call]
        self._axes = self._figure.add_subplot()
        self._axes.margins(0)
        (self._batch_line,) = self._axes.plot([], [], animated=True, linewidth=0.9, alpha=0.55)
        (self._epoch_line,) = self._axes.plot([], [], animated=True, linewidth=2.2, markersize=5.5)
        self._epoch_line.set_clip_on(False)
        self._x_name = self._axes.annotate(
            x_name, (0, 0), (-12, -4), "axes fraction", "offset points", ha="right", va="top", parse_math=False
        )
        self._axes.xaxis.set_major_locator(MaxNLocator(nbins=12, integer=True))
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
        limits = loss_limits(batches, means, self._logarithmic)
        greatest = float(batches.max()) if len(batches) else 0.0
        self.greatest_above = greatest if limits is not None and greatest > limits[1] else None
        if (limits, losses.epochs) != (self._limits, self._epochs) or self._background is None:
            self._limits, self._epochs = limits, losses.epochs
            self._draw_all()
        else:
            self.canvas.restore_region(self._background)
            self._draw_lines()
            self.canvas.update()  # soon, together with whatever else is to be painted; blit() would not wait

    def set_logarithmic(self, logarithmic: bool) -> None:
        self._logarithmic = logarithmic
        self._background = None

    def set_style(self, theme: Theme, scale: float) -> None:
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
        self._fit_margins()
        self._draw_all()

    def _fit_margins(self, _event: object = None) -> None:
        """Leave just the room that the numbers at the axes need, in pixels."""
        width, height = self.canvas.get_width_height()
        left, bottom, top, right = 60 * self._scale, 24 * self._scale, 8, 20 * self._scale
        if width > left + right + 20 and height > bottom + top + 20:
            self._figure.subplots_adjust(left / width, bottom / height, 1 - right / width, 1 - top / height)

    def _draw_all(self) -> None:
        low, high = self._limits or (0.0, 1.0)
        self._axes.set_yscale("log" if self._logarithmic and low > 0 else "linear")
        self._axes.set_xlim(0, max(self._epochs, 1))
        self._axes.set_ylim(low, high)
        is_linear = self._axes.get_yscale() == "linear"
        self._axes.yaxis.set_major_locator(MaxNLocator(nbins=4) if is_linear else LogLocator(numticks=5))
        self._axes.yaxis.set_major_formatter(FuncFormatter(lambda loss, _place: number(float(f"{loss:.6g}"))))
        self._axes.yaxis.set_minor_formatter(NullFormatter())
        if self._limits is None:
            self._axes.yaxis.set_major_locator(NullLocator())
        self.canvas.draw()

    def _keep_background(self, _event: object) -> None:
        self._background = self.canvas.copy_from_bbox(self._figure.bbox)
        self._draw_lines()

    def _draw_lines(self) -> None:
        for line in (self._batch_line, self._epoch_line):
            self._axes.draw_artist(line)
