"""TimelineSlider: a slider over steps that come in phases, each marked by a colour and a label; with bookmarks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSlider, QToolTip, QWidget

from gui.presentation.stretches import stretch_widths
from gui.widgets.sentences import tool_tip
from miniflow.overriding import override

MARGIN = 10.0
GAP = 5.0
GROOVE = 8.0
HANDLE = 8.0
SMALLEST_TICK = 5.0


@dataclass(frozen=True)
class PhaseMark:
    """A stretch of the timeline: what it is called, how many steps it has, and its colour."""

    labels: tuple[str, ...]
    """What it is called, in ever fewer words: the first that has room is shown."""
    steps: int
    colour: QColor
    begins_a_batch: bool = False
    """Whether a line parts it from what comes before."""


@dataclass(frozen=True)
class TimelineColours:
    """The colours of everything that is not a phase."""

    ground: QColor
    handle: QColor
    faint: QColor


class TimelineSlider(QSlider):
    """A horizontal slider whose groove shows the phases; position k stands after step k.

    A click goes straight to the place, hovering tells the step there.
    """

    def __init__(self, colours: TimelineColours, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._colours = colours
        self._phases: tuple[PhaseMark, ...] = ()
        self._ends: list[int] = []
        self._bookmarks: tuple[int, ...] = ()
        self._faded = False
        self._describe: Callable[[int], str] = str
        self.setMouseTracking(True)
        self.setPageStep(1)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_phases(self, phases: Sequence[PhaseMark], faded: bool = False) -> None:
        """Show these phases, ``faded`` where they are of an earlier state; the range follows."""
        self._phases = tuple(phase for phase in phases if phase.steps)
        self._faded = faded
        self._ends = list(accumulate(phase.steps for phase in self._phases))
        self.setRange(0, sum(phase.steps for phase in self._phases))
        self.update()

    def show_bookmarks(self, positions: Sequence[int]) -> None:
        """Mark these positions."""
        self._bookmarks = tuple(positions)
        self.update()

    def show_colours(self, colours: TimelineColours) -> None:
        """Take other colours."""
        self._colours = colours
        self.update()

    def describe_with(self, describe: Callable[[int], str]) -> None:
        """Ask ``describe`` for the text of a position when the mouse hovers over it."""
        self._describe = describe

    # --- places and positions -------------------------------------------------------------------------------------

    def x_of(self, position: int) -> float:
        """Where a position lies, in pixels from the left."""
        if not self._phases:
            return MARGIN
        place = self._place_of(position)
        left, width = self._stretches[place]
        steps = self._phases[place].steps
        return left + (position - self._ends[place] + steps) * width / steps

    def _place_of(self, position: int) -> int:
        """Which phase holds the step that leads to a position; the first before the first step."""
        return min(bisect_left(self._ends, position), len(self._phases) - 1)

    def position_at(self, x: float) -> int:
        """Return the position nearest to ``x``."""
        passed = 0
        for phase, (left, width) in zip(self._phases, self._stretches, strict=True):
            if x <= left + width + self._gap / 2:
                return passed + min(max(round((x - left) * phase.steps / width), 0), phase.steps)
            passed += phase.steps
        return passed

    @property
    def _stretches(self) -> list[tuple[float, float]]:
        """Where each phase begins and how wide it is: wide enough for its shortest label, where there is room."""
        font = QFont(self.font())
        font.setBold(True)
        label_width = QFontMetricsF(font).horizontalAdvance
        least = [label_width(phase.labels[-1]) for phase in self._phases]
        room = self.width() - 2 * MARGIN - self._gap * max(0, len(self._phases) - 1)
        widths = stretch_widths([phase.steps for phase in self._phases], least, room)
        lefts = accumulate(widths[:-1], lambda left, width: left + width + self._gap, initial=MARGIN)
        return list(zip(lefts, widths, strict=False))

    @property
    def _gap(self) -> float:
        """How far phases are apart: less where there are so many of them that the gaps would take the room."""
        return min(GAP, 0.25 * (self.width() - 2 * MARGIN) / max(1, len(self._phases)))

    @property
    def _groove_top(self) -> float:
        return 10.0

    # --- mouse ----------------------------------------------------------------------------------------------------

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the place that was clicked."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.setSliderDown(True)
        self._follow(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse while it is pressed; else tell what is there."""
        if self.isSliderDown():
            self._follow(event)
        elif self._phases:
            text = self._describe(self.position_at(event.position().x()))
            QToolTip.showText(event.globalPosition().toPoint(), tool_tip(text), self)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stop following."""
        self.setSliderDown(False)
        event.accept()

    def _follow(self, event: QMouseEvent) -> None:
        self.setSliderPosition(self.position_at(event.position().x()))
        event.accept()

    # --- looks ----------------------------------------------------------------------------------------------------

    @override
    def sizeHint(self) -> QSize:
        """Room for the groove and one line of labels."""
        return QSize(320, round(self._groove_top + GROOVE + 8 + self.fontMetrics().height()))

    @override
    def minimumSizeHint(self) -> QSize:
        """Narrow, but as high as the hint."""
        return QSize(90, self.sizeHint().height())

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the phases with their labels, then the handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        passed = 0
        for phase, (left, width) in zip(self._phases, self._stretches, strict=True):
            groove = QRectF(left, self._groove_top, width, GROOVE)
            self._draw_phase(painter, phase, groove, self.sliderPosition() - passed)
            passed += phase.steps
        self._draw_labels(painter)
        self._draw_bookmarks(painter)
        self._draw_handle(painter)
        painter.end()

    def _draw_phase(self, painter: QPainter, phase: PhaseMark, groove: QRectF, reached: int) -> None:
        step = groove.width() / phase.steps
        if phase.begins_a_batch:
            painter.setPen(QPen(self._colours.faint, 1))
            x = groove.left() - self._gap / 2
            painter.drawLine(QPointF(x, self._groove_top - 5), QPointF(x, self._groove_top + GROOVE + 5))
        colour = self._colours.faint if self._faded else phase.colour
        rest = QColor(colour)
        rest.setAlphaF(0.28)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(rest)
        painter.drawRoundedRect(groove, 3, 3)
        painter.setBrush(colour)
        done = min(max(reached, 0), phase.steps) * step
        painter.drawRoundedRect(QRectF(groove.topLeft(), QSizeF(done, GROOVE)), 3, 3)
        if step >= SMALLEST_TICK:
            painter.setPen(QPen(self._colours.ground, 1))
            for place in range(1, phase.steps):
                x = groove.left() + place * step
                painter.drawLine(QPointF(x, groove.top()), QPointF(x, groove.bottom()))

    def _draw_labels(self, painter: QPainter) -> None:
        """Name the present phase, beyond its stretch where that is narrow; then others that have room beside it."""
        position, stretches, taken = self.sliderPosition(), self._stretches, QRectF()
        present = self._place_of(position)
        font = QFont(self.font())
        for place in sorted(range(len(stretches)), key=lambda place: place != present):
            phase, (left, width) = self._phases[place], stretches[place]
            font.setBold(place == present and position > 0)
            painter.setFont(font)
            metrics = painter.fontMetrics()
            rooms = (width + self._gap, self.width()) if place == present else (width + self._gap,)
            fitting = (label for room in rooms for label in phase.labels if metrics.horizontalAdvance(label) <= room)
            text = next(fitting, "")
            length = metrics.horizontalAdvance(text)
            start = min(left, self.width() - length)
            spot = QRectF(start, self._groove_top + GROOVE + 5, length, metrics.height())
            if not text or spot.adjusted(-GAP / 2, 0, GAP / 2, 0).intersects(taken):
                continue
            painter.setPen(self._colours.faint if self._faded else phase.colour)
            painter.drawText(spot, Qt.TextFlag.TextDontClip | Qt.AlignmentFlag.AlignVCenter, text)
            if place == present:
                taken = spot

    def _draw_bookmarks(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colours.handle)
        for position in self._bookmarks:
            x = self.x_of(position)
            painter.drawPolygon(QPolygonF([QPointF(x - 4.5, 0), QPointF(x + 4.5, 0), QPointF(x, self._groove_top)]))

    def _draw_handle(self, painter: QPainter) -> None:
        middle = QPointF(self.x_of(self.sliderPosition()), self._groove_top + GROOVE / 2)
        painter.setPen(QPen(self._colours.handle, 3.5 if self.hasFocus() else 2.5))
        painter.setBrush(self._colours.ground)
        painter.drawEllipse(middle, HANDLE, HANDLE)
