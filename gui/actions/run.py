"""The Run menu: the timeline, by keys that presenters' clickers send too."""

from __future__ import annotations

import re
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDockWidget, QMenu
from typing_extensions import override

from gui.menu import Menu


class RunMenu(Menu):
    """First, back, play, forward, last."""

    name = "run"
    place = 5

    @override
    def title_text(self) -> str:
        return self.tr("&Run")

    @override
    def fill(self) -> None:
        stepping = self.workspace.stepping
        self._first = self.add("first", self.tr("To the &start"), stepping.first, "Home")
        self._back = self.add("step_back", self.tr("Step &back"), stepping.back, "Left", "PgUp")
        self._play = self.add("play", self.tr("&Play"), self._toggle_play, "Space")
        self._step = self.add("step", self.tr("&Step"), stepping.step, "Right", "PgDown")
        self._last = self.add("last", self.tr("To the &end"), stepping.last, "End")
        self._next_phase = self.add(
            "next_phase", self.tr("To the end of the &phase"), stepping.next_phase, "Shift+Right"
        )
        self._previous_phase = self.add(
            "previous_phase", self.tr("To the phase be&fore"), stepping.previous_phase, "Shift+Left"
        )
        self.addSeparator()
        self._check = self.add("check_gradients", self.tr("Check all &gradients"), self._check_gradients)
        self._add_bug_lab()
        stepping.moved.connect(self._mirror)
        stepping.played.connect(self._mirror)
        self.workspace.document_replaced.connect(self._mirror)
        self._mirror()

    def _toggle_play(self) -> None:
        stepping = self.workspace.stepping
        if stepping.playing:
            stepping.pause()
        else:
            stepping.play()

    def _add_bug_lab(self) -> None:
        lab = self.workspace.bug_lab
        menu = QMenu(self.tr("&Bug lab"), self)
        self.addMenu(menu)
        self.add("bug_surprise", self.tr("&Surprise me: hide one"), lab.surprise, submenu=menu)
        self._bug_off = self.add("bug_off", self.tr("Switch the bug &off"), lab.switch_off, submenu=menu)
        menu.addSeparator()
        self._bugs = {}
        for name, bug in lab.bugs.items():
            title = QCoreApplication.translate("Bug", bug.title)
            verb = "bug_" + re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
            self._bugs[name] = self.add(verb, title, partial(lab.switch_on, name), checkable=True, submenu=menu)
        lab.changed.connect(self._mirror_bugs)
        self._mirror_bugs()

    def _mirror_bugs(self) -> None:
        lab = self.workspace.bug_lab
        self._bug_off.setEnabled(lab.is_on)
        for name, action in self._bugs.items():
            action.setChecked(name == lab.name)

    def _check_gradients(self) -> None:
        dock = self.window_.findChild(QDockWidget, "panel.explain")
        if dock is not None:
            dock.show()
            dock.raise_()
        self.workspace.checks.check()

    def _mirror(self) -> None:
        stepping = self.workspace.stepping
        self._first.setEnabled(not stepping.at_start)
        self._back.setEnabled(not stepping.at_start)
        self._step.setEnabled(not stepping.at_end)
        self._last.setEnabled(not stepping.at_end)
        self._next_phase.setEnabled(not stepping.at_end)
        self._previous_phase.setEnabled(not stepping.at_start)
        self._play.setText(self.tr("&Pause") if stepping.playing else self.tr("&Play"))
