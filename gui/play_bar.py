"""The play bar under the canvas: one timeline for everything, and a sentence about what just happened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.controllers.stepping import SPEEDS
from gui.widgets.sentences import say
from gui.widgets.style import colour
from gui.widgets.timeline_slider import PhaseMark, TimelineColours, TimelineSlider
from gui.widgets.transport_icons import SIDE, icon
from gui.workspace import Workspace
from miniflow.engine.trace import Phase, Trace
from miniflow.explain.captions import caption, describe, ending

PHASE_COLOURS = {
    Phase.KAHN: "text.faint",
    Phase.FORWARD: "meaning.value",
    Phase.BACKWARD: "meaning.gradient",
}


class Transport(QWidget):
    """The five buttons of a player: first, back, play or pause, forward, last."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._stepping = stepping = workspace.stepping
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._buttons = {
            "first": self._button("first", self.tr("Back to the start (Home)"), stepping.first),
            "back": self._button("back", self.tr("One step back (←)"), stepping.back),
            "play": self._button("play", self.tr("Play (Space)"), self._play_or_pause),
            "step": self._button("step", self.tr("One step forward (→)"), stepping.step),
            "last": self._button("last", self.tr("To the end (End)"), stepping.last),
        }
        self._buttons["play"].setProperty("primary", True)
        stepping.moved.connect(self._show)
        stepping.played.connect(self._show_playing)
        workspace.appearance.changed.connect(self._restyle)
        self._restyle()
        self._show()

    def _button(self, name: str, text: str, slot: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"play_bar.{name}")
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(slot)
        self._row.addWidget(button)
        return button

    def _play_or_pause(self) -> None:
        if self._stepping.playing:
            self._stepping.pause()
        else:
            self._stepping.play()

    def _show(self) -> None:
        for name in ("first", "back"):
            self._buttons[name].setEnabled(not self._stepping.at_start)
        for name in ("step", "last"):
            self._buttons[name].setEnabled(not self._stepping.at_end)

    def _show_playing(self, playing: bool) -> None:
        text = self.tr("Pause (Space)") if playing else self.tr("Play (Space)")
        self._buttons["play"].setToolTip(text)
        self._buttons["play"].setAccessibleName(text)
        self._draw_icons()

    def _restyle(self) -> None:
        theme = self._workspace.appearance.theme
        self.setStyleSheet(f"""
            QToolButton {{ background: {theme["surface.canvas"]}; border: 1px solid {theme["surface.line"]};
                           border-radius: 7px; }}
            QToolButton:hover {{ background: {theme["surface.hover"]}; }}
            QToolButton[primary="true"] {{ background: {theme["meaning.current"]}; border: none; }}
        """)
        side = round(SIDE * self._workspace.appearance.scale)
        for button in self._buttons.values():
            button.setIconSize(QSize(side, side))
            button.setFixedSize(QSize(side + 14, side + 12))
        self._draw_icons()

    def _draw_icons(self) -> None:
        theme = self._workspace.appearance.theme
        side = self._buttons["play"].iconSize().height()
        ink, disabled = colour(theme["text.strong"]), colour(theme["text.disabled"])
        for name in ("first", "back", "step", "last"):
            self._buttons[name].setIcon(icon(name, ink, disabled, side))
        name = "pause" if self._stepping.playing else "play"
        self._buttons["play"].setIcon(icon(name, colour(theme["surface.window"]), disabled, side))


class PlayBar(QWidget):
    """First, back, play, forward, last, the timeline, the position, the speed, and the caption below."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("play_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workspace = workspace
        self._stepping = workspace.stepping
        self._transport = Transport(workspace, self)
        self._slider = self._make_slider()
        self._position = self._make_label("play_bar.position", self.tr("Position in the run"))
        self._speed = self._make_speed()
        self._caption = self._make_label("play_bar.caption", self.tr("What just happened"))
        self._caption.setWordWrap(True)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._caption.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._caption.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self._stepping.moved.connect(self._show)
        self._stepping.speed_changed.connect(self._show_speed)
        workspace.edited.connect(self._show)
        workspace.document_replaced.connect(self._show)
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

    def _make_label(self, name: str, accessible_name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setAccessibleName(accessible_name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

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

    def _show(self, *_: object) -> None:
        stepping = self._stepping
        trace = stepping.trace
        with QSignalBlocker(self._slider):
            self._slider.show_phases(self._marks(trace), faded=stepping.stale)
            self._slider.setValue(stepping.position)
        self._position.setText(f"{stepping.position} / {self._slider.maximum()}")
        self._caption.setProperty("stale", stepping.stale)
        self._caption.setMargin(4 if stepping.stale else 0)
        self._restyle_caption()
        self._caption.setText(self._caption_text())

    def _marks(self, trace: Trace | None) -> list[PhaseMark]:
        labels = {
            Phase.KAHN: self.tr("Kahn"),
            Phase.FORWARD: self.tr("forward"),
            Phase.BACKWARD: self.tr("backward"),
        }
        theme = self._workspace.appearance.theme
        expected = len(self._workspace.document.nodes)
        return [
            PhaseMark(
                labels[phase],
                expected if trace is None else len(trace.spans.get(phase, ())),
                colour(theme[PHASE_COLOURS[phase]]),
            )
            for phase in Phase
        ]

    def _caption_text(self) -> str:
        stepping = self._stepping
        if stepping.stale:
            return self.tr("The network has changed since: press → to run it again and take the next step.")
        moment = stepping.moment
        if moment is None:
            return self._invitation()
        sentences = [caption(moment)]
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
        return self.tr("{0}: {1}").format(position, say(describe(trace, trace.steps[position - 1])))

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
        self._caption.setMinimumHeight(2 * self._caption.fontMetrics().lineSpacing() + 4)  # the canvas stays put
