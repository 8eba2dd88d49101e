"""The play bar under the canvas: one timeline for everything, and a sentence about what just happened."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.controllers.playing import SPEEDS
from gui.controllers.stepping import HARMLESS
from gui.presentation.expected_steps import expected_steps
from gui.timeline.transport import Transport
from gui.widgets.announcing import announce
from gui.widgets.caption import Caption
from gui.widgets.sentences import say
from gui.widgets.style import colour
from gui.widgets.timeline_slider import PhaseMark, TimelineColours, TimelineSlider
from gui.workspace import Workspace
from miniflow.engine.trace import Phase, Trace
from miniflow.explain.captions import caption, coming, describe, ending, warning
from miniflow.graph.edits import Edit

PHASE_COLOURS = {
    Phase.KAHN: "text.faint",
    Phase.FORWARD: "meaning.value",
    Phase.BACKWARD: "meaning.gradient",
    Phase.UPDATE: "meaning.good",
}


class PlayBar(QWidget):
    """The buttons, the timeline, the position, the speed, and the caption below."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("play_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workspace = workspace
        self._stepping = workspace.stepping
        self._expected: dict[Phase, int] | None = None
        """The steps of each phase that a run would have; None where an edit may have changed them."""
        self._transport = Transport(workspace, self)
        self._slider = self._make_slider()
        self._position = _label(self, "play_bar.position", self.tr("Position in the run"))
        self._speed = self._make_speed()
        self._caption = Caption("play_bar.caption", self)
        self._caption.setAccessibleName(self.tr("What just happened"))
        self._lay_out()
        self._stepping.moved.connect(self._show)
        self._stepping.moved.connect(self._announce)
        self._stepping.speed_changed.connect(self._show_speed)
        workspace.bookmarks.changed.connect(self._show)
        workspace.edited.connect(self._show_after)
        workspace.document_replaced.connect(self._show_another)
        workspace.appearance.changed.connect(self._restyle)
        self._restyle()

    # --- building -------------------------------------------------------------------------------------------------

    def _make_slider(self) -> TimelineSlider:
        slider = TimelineSlider(self._timeline_colours(), self)
        slider.setObjectName("play_bar.timeline")
        slider.setAccessibleName(self.tr("Timeline of the run"))
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        slider.describe_with(self._describe)
        slider.sliderPressed.connect(self._prepare)
        slider.valueChanged.connect(self._go_to)
        return slider

    def _make_speed(self) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName("play_bar.speed")
        box.setAccessibleName(self.tr("Speed, in steps a second"))
        box.setToolTip(self.tr("Speed, in steps a second"))
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for speed in SPEEDS:
            box.addItem(self.tr("speed {0}×").format(f"{speed:g}"), speed)
        box.setCurrentIndex(SPEEDS.index(self._stepping.speed))
        box.activated.connect(self._choose_speed)
        return box

    def _lay_out(self) -> None:
        right = QGridLayout()
        right.setSpacing(3)
        right.addWidget(self._position, 0, 0, Qt.AlignmentFlag.AlignRight)
        right.addWidget(self._speed, 1, 0, Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._transport)
        row.addWidget(self._slider, 1)
        row.addLayout(right)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 7, 12, 5)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._caption)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    # --- what the person does -------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        self._stepping.prepare()
        self._show()

    def _go_to(self, position: int) -> None:
        if position != self._stepping.position:
            self._stepping.go_to(position)

    def _choose_speed(self, index: int) -> None:
        self._stepping.set_speed(SPEEDS[index])

    # --- what it shows --------------------------------------------------------------------------------------------

    def _show_after(self, edits: Iterable[Edit]) -> None:
        if not all(isinstance(edit, HARMLESS) for edit in edits):
            self._expected = None
        self._show()

    def _show_another(self) -> None:
        self._expected = None
        self._show()

    def _show(self, *_: object) -> None:
        stepping = self._stepping
        trace = stepping.trace
        with QSignalBlocker(self._slider):
            self._slider.show_phases(self._marks(trace), faded=stepping.stale)
            self._slider.setValue(stepping.position)
            self._slider.show_bookmarks(self._workspace.bookmarks.positions)
        position = f"{stepping.position} / {self._slider.maximum()}"
        several = trace is not None and len(trace.batches) > 1
        batch = self.tr("batch {0} · {1}").format(trace.batch + 1, position) if trace is not None else ""
        self._position.setText(batch if several else position)
        self._caption.setProperty("stale", stepping.stale)
        self._caption.setMargin(4 if stepping.stale else 0)
        self._restyle_caption()
        self._caption.setText(self._caption_text())

    def _announce(self) -> None:
        """Have what just happened said; not while it plays by itself, nor at the timeline, which says it too."""
        if not self._stepping.playing and not self._slider.hasFocus():
            announce(self._caption, self._caption.whole)

    def _marks(self, trace: Trace | None) -> list[PhaseMark]:
        if trace is None:
            self._expected = self._expected or expected_steps(self._workspace.structure)
            return [self._mark(phase, count) for phase, count in self._expected.items()]
        several = len(trace.batches) > 1
        return [
            self._mark(stretch.phase, len(stretch.positions), stretch.batch + 1 if several else 0)
            for stretch in trace.stretches
        ]

    def _mark(self, phase: Phase, steps: int, batch: int = 0) -> PhaseMark:
        """The mark of a phase; where there are several batches, their forward passes tell their numbers."""
        label = {
            Phase.KAHN: self.tr("Kahn"),
            Phase.FORWARD: self.tr("forward"),
            Phase.BACKWARD: self.tr("backward"),
            Phase.UPDATE: self.tr("update"),
        }[phase]
        ink = colour(self._workspace.appearance.theme[PHASE_COLOURS[phase]])
        if not batch or phase is not Phase.FORWARD:
            return PhaseMark((label,), steps, ink)
        whole, number = self.tr("batch {0}: {1}").format(batch, label), self.tr("batch {0}").format(batch)
        return PhaseMark((whole, number, str(batch)), steps, ink, begins_a_batch=batch > 1)

    def _caption_text(self) -> str:
        stepping = self._stepping
        if stepping.stale and stepping.is_left_behind:
            return self.tr("Training is changing the weights: this run is of the weights from before it.")
        if stepping.stale:
            return self.tr("The network has changed since: press → to run it again and take the next step.")
        moment = stepping.moment
        if moment is None:
            return self._invitation()
        sentences = [caption(moment)]
        cycle = warning(moment.trace)
        if cycle is not None and moment.next_step is not None:
            sentences.append(cycle)
        to_come = coming(moment)
        if to_come is not None:
            sentences.append(to_come)
        if moment.next_step is None and moment.step is not None:
            sentences.append(ending(moment.trace))
        return " ".join(say(sentence) for sentence in sentences)

    def _invitation(self) -> str:
        if self._workspace.document.nodes:
            return self.tr("Press → to take the first step: Kahn's algorithm puts the nodes in order.")
        return self.tr("Add nodes and wire them; then → steps through what they compute.")

    def _describe(self, position: int) -> str:
        trace = self._stepping.trace
        if trace is None or not 0 < position <= len(trace):
            return self.tr("The start") if position == 0 else self.tr("Step {0}").format(position)
        then = trace.at(position).trace
        text = self.tr("{0}: {1}").format(position, say(describe(then, trace.steps[position - 1])))
        return self.tr("batch {0}, {1}").format(then.batch + 1, text) if len(trace.batches) > 1 else text

    def _show_speed(self, speed: float) -> None:
        self._speed.setCurrentIndex(SPEEDS.index(speed))

    # --- looks ----------------------------------------------------------------------------------------------------

    def _timeline_colours(self) -> TimelineColours:
        theme = self._workspace.appearance.theme
        return TimelineColours(
            colour(theme["surface.window"]), colour(theme["meaning.current"]), colour(theme["text.faint"])
        )

    def _restyle(self) -> None:
        theme = self._workspace.appearance.theme
        self.setStyleSheet(f"""
            QWidget#play_bar {{ background: {theme["surface.window"]};
                                border-top: 1px solid {theme["surface.line"]}; }}
            QLabel {{ color: {theme["text.normal"]}; }}
            QLabel[strong="true"] {{ font-weight: 700; color: {theme["text.strong"]}; }}
            QLabel[stale="true"] {{ background: {theme["meaning.stale_ground"]}; color: {theme["meaning.stale"]};
                                    border-radius: 4px; padding: 1px 6px; }}
        """)
        self._position.setProperty("strong", True)
        self._slider.show_colours(self._timeline_colours())
        self._show()

    def _restyle_caption(self) -> None:
        self._caption.style().unpolish(self._caption)
        self._caption.style().polish(self._caption)


def _label(bar: QWidget, name: str, accessible_name: str) -> QLabel:
    label = QLabel(bar)
    label.setObjectName(name)
    label.setAccessibleName(accessible_name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
