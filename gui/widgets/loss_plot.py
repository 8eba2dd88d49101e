"""The loss plot: every batch as a thin line, every epoch's mean as a dot; drawn live without holding anything up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gui.presentation.loss_axis import is_exploding
from gui.presentation.numbers import exact, number
from gui.presentation.theme import Theme, load_theme
from gui.widgets.line_swatch import LineSwatch
from gui.widgets.loss_drawing import LossDrawing, Losses
from miniflow.overriding import override

FRAME_MILLISECONDS = 33
ROOM_OF_LEGEND = 430
"""How wide the plot must be, at the usual size of the type, for its legend."""


class LossPlot(QWidget):
    """Shows what ``read`` returns; while it follows, thirty times a second."""

    def __init__(self, read: Callable[[], Losses], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read = read
        self._drawing = LossDrawing(self.tr("epoch"))
        self._drawing.canvas.mpl_connect("motion_notify_event", self._tell_epoch)
        self._clock = QTimer(self)
        self._clock.setObjectName("training.plot_clock")
        self._clock.setInterval(FRAME_MILLISECONDS)
        self._clock.timeout.connect(self.refresh)
        self._following = False
        self._scale_was_chosen = False
        self._scale = 1.0
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
        self._hint.setVisible(not len(losses.batches) and not losses.earlier)
        self._hint.setText(self._what_is_missing(losses))
        self._earlier_legend.setVisible(bool(losses.earlier))
        if not self._scale_was_chosen:
            self._log_button.setChecked(is_exploding(losses.batches))
        self._drawing.show(losses)
        self._note.setText(" · ".join(self._remarks(losses)))
        if len(losses.epoch_means):
            epoch, loss = len(losses.epoch_means), number(losses.epoch_means[-1])
            self.setAccessibleDescription(self.tr("Mean loss of epoch {0}: {1}").format(epoch, loss))

    def _what_is_missing(self, losses: Losses) -> str:
        if losses.has_ended:
            return self.tr("The training ended before its first loss: there is nothing to draw.")
        return self.tr("Press Start: the loss of every batch and epoch appears here.")

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
        self._earlier_swatch.set_colour(theme["text.faint"])
        self._note.setStyleSheet(f"color: {theme['text.faint']};")
        self._scale = scale
        self._drawing.set_style(theme, scale)
        self._fit_legend()

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
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the legend out where it would push the buttons away."""
        super().resizeEvent(event)
        self._fit_legend()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(240, 96)

    def _fit_legend(self) -> None:
        for part in (self._epoch_legend, self._batch_legend):
            part.setVisible(self.width() >= ROOM_OF_LEGEND * self._scale)

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
        self._hint = QLabel(canvas)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        self._note = QLabel(canvas)
        self._note.setObjectName("training.plot_note")
        self._note.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._note.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QVBoxLayout(canvas)
        inside.setContentsMargins(64, 12, 24, 0)
        inside.addWidget(self._note)
        inside.addWidget(self._hint, 1)
        inside.addStretch(1)

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self._epoch_swatch, self._batch_swatch = LineSwatch(thick=True), LineSwatch(thick=False)
        self._earlier_swatch = LineSwatch(thick=False)
        row.addWidget(QLabel(self.tr("Loss")))
        row.addStretch(1)
        self._earlier_legend = _named(self._earlier_swatch, self.tr("earlier runs"))
        self._epoch_legend = _named(self._epoch_swatch, self.tr("epoch mean"))
        self._batch_legend = _named(self._batch_swatch, self.tr("batch"))
        for part in (self._earlier_legend, self._epoch_legend, self._batch_legend):
            row.addWidget(part)
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


def _named(swatch: LineSwatch, text: str) -> QWidget:
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 8, 0)
    row.setSpacing(6)
    row.addWidget(swatch)
    row.addWidget(QLabel(text))
    return part
