"""Transport: the buttons of the play bar."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from gui.widgets.style import colour
from gui.widgets.transport_icons import SIDE, icon
from gui.workspace import Workspace


class Transport(QWidget):
    """The buttons of a player: first, back, play or pause, forward, last; the next batch, and a bookmark."""

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
        self._buttons["next_batch"] = self._button("next_batch", self.tr("Next batch (Shift+End)"), stepping.next_batch)
        self._buttons["bookmark"] = self._button(
            "bookmark", self.tr("Bookmark this step (B)"), workspace.bookmarks.toggle
        )
        self._buttons["bookmark"].setCheckable(True)
        self._buttons["play"].setProperty("primary", True)
        stepping.moved.connect(self._show)
        workspace.bookmarks.changed.connect(self._show)
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

        self._buttons["next_batch"].setEnabled(self._stepping.can_go_to_next_batch)
        self._buttons["bookmark"].setEnabled(not self._stepping.at_start)
        self._buttons["bookmark"].setChecked(self._workspace.bookmarks.is_here)

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
            QToolButton:checked {{ background: {theme["meaning.stale_ground"]}; }}
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
        for name in ("first", "back", "step", "last", "next_batch", "bookmark"):
            self._buttons[name].setIcon(icon(name, ink, disabled, side))
        name = "pause" if self._stepping.playing else "play"
        self._buttons["play"].setIcon(icon(name, colour(theme["surface.window"]), disabled, side))
