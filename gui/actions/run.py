"""The Run menu: the timeline, by keys that presenters' clickers send too."""

from __future__ import annotations

import re
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDockWidget, QMenu

from gui.menu import Menu
from miniflow.engine.steps import Phase
from miniflow.overriding import override


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
        self._step = self.add("step", self.tr("S&tep"), stepping.step, "Right", "PgDown")
        self._last = self.add("last", self.tr("To the &end"), stepping.last, "End")
        self._next_phase = self.add(
            "next_phase", self.tr("To the end of the ph&ase"), stepping.next_phase, "Shift+Right"
        )
        self._previous_phase = self.add(
            "previous_phase", self.tr("To the phase be&fore"), stepping.previous_phase, "Shift+Left"
        )
        self._next_batch = self.add("next_batch", self.tr("&Next batch"), stepping.next_batch, "Shift+End")
        self._add_places()
        self.addSeparator()
        self._check = self.add("check_gradients", self.tr("&Check all gradients"), self._check_gradients)
        self._add_bug_lab()
        stepping.moved.connect(self._mirror)
        stepping.played.connect(self._mirror)
        self.workspace.document_replaced.connect(self._mirror)
        self._mirror()

    def _add_places(self) -> None:
        """Add what goes to a step that is marked, or to that of the selected node."""
        bookmarks = self.workspace.bookmarks
        self.addSeparator()
        self._bookmark = self.add("bookmark", self.tr("Boo&kmark"), bookmarks.toggle, "B", checkable=True)
        self._next_bookmark = self.add("next_bookmark", self.tr("Ne&xt bookmark"), bookmarks.go_to_next, "Ctrl+B")
        self._previous_bookmark = self.add(
            "previous_bookmark", self.tr("Pre&vious bookmark"), bookmarks.go_to_previous, "Ctrl+Shift+B"
        )
        self.addSeparator()
        self._take_next = self.add("take_next", self.tr("Let the selected node &go next"), self._let_go_next, "K")
        self._go_to_value = self.add("go_to_value", self.tr("Go to where its va&lue was computed"), self._to_value)
        self._go_to_gradient = self.add(
            "go_to_gradient", self.tr("Go to where its gra&dient was computed"), self._to_gradient
        )
        bookmarks.changed.connect(self._mirror)
        self.workspace.selection.changed.connect(self._mirror)

    def _let_go_next(self) -> None:
        node = self.workspace.selection.current
        if node is not None:
            self.workspace.stepping.let_go_next(node)

    def _is_ready(self) -> bool:
        """Whether the selected node may be the next in Kahn's algorithm."""
        moment, node = self.workspace.stepping.moment, self.workspace.selection.current
        return moment is not None and not self.workspace.stepping.stale and node in moment.ready

    def _to_value(self) -> None:
        self._go_to_step_of_selected(Phase.FORWARD)

    def _to_gradient(self) -> None:
        self._go_to_step_of_selected(Phase.BACKWARD)

    def _go_to_step_of_selected(self, phase: Phase) -> None:
        position = self._position_of_selected(phase)
        if position is not None:
            self.workspace.stepping.go_to(position)

    def _position_of_selected(self, phase: Phase) -> int | None:
        """Where the selected node was computed: None before the run has come there for the first time."""
        stepping, node = self.workspace.stepping, self.workspace.selection.current
        moment = stepping.moment
        if node is None or moment is None or stepping.stale:
            return None
        found = moment.trace.positions.get((phase, node))
        return found if found is not None and found <= moment.position else None

    def _toggle_play(self) -> None:
        stepping = self.workspace.stepping
        if stepping.playing:
            stepping.pause()
        else:
            stepping.play()

    def _add_bug_lab(self) -> None:
        lab = self.workspace.bug_lab
        menu = QMenu(self.tr("B&ug lab"), self)
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
        self._next_batch.setEnabled(stepping.can_go_to_next_batch)
        bookmarks = self.workspace.bookmarks
        self._bookmark.setEnabled(not stepping.at_start)
        self._bookmark.setChecked(bookmarks.is_here)
        self._next_bookmark.setEnabled(bookmarks.next is not None)
        self._previous_bookmark.setEnabled(bookmarks.previous is not None)
        self._take_next.setEnabled(self._is_ready())
        self._go_to_value.setEnabled(self._position_of_selected(Phase.FORWARD) is not None)
        self._go_to_gradient.setEnabled(self._position_of_selected(Phase.BACKWARD) is not None)
        self._play.setText(self.tr("&Pause") if stepping.playing else self.tr("&Play"))
