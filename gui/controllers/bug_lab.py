"""The bug lab: the run has a mistake, for the student to find; the document and the library know nothing of it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from miniflow.errors import Sentence

if TYPE_CHECKING:
    from gui.workspace import Workspace
    from miniflow.bug import Bug


class BugLab(QObject):
    """Which bug is on, whether it is known which, and what was guessed."""

    changed = Signal()
    """A bug was switched on, off, guessed or revealed."""

    def __init__(self, workspace: Workspace, rng: random.Random | None = None) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._rng = rng or random.Random()
        self._name: str | None = None
        self._is_hidden = False
        self._is_found = False
        self._wrong_guess: str | None = None
        workspace.document_replaced.connect(self._forget)

    # --- what views read ------------------------------------------------------------------------------------------

    @property
    def bugs(self) -> Mapping[str, type[Bug]]:
        """Every bug there is, by name, in the order of the list."""
        import miniflow.bugs
        from miniflow import registry
        from miniflow.bug import Bug

        found = registry.classes(miniflow.bugs, Bug)
        return dict(sorted(found.items(), key=lambda item: item[1].place))

    @property
    def is_on(self) -> bool:
        """Whether the run has a bug."""
        return self._name is not None

    @property
    def name(self) -> str | None:
        """The name of the bug that is on, unless it is hidden."""
        return None if self._is_hidden else self._name

    @property
    def is_hidden(self) -> bool:
        """Whether a bug is on that is still to be found."""
        return self._is_hidden

    @property
    def wrong_guess(self) -> str | None:
        """The name of the bug that was guessed last, where it is not the one."""
        return self._wrong_guess

    @property
    def is_found(self) -> bool:
        """Whether the bug that is on was hidden, and the guess was right."""
        return self._is_found

    def shows(self) -> bool:
        """Whether the bug makes any number of this network so wrong that it can be found."""
        return self._name is not None and self._bites(self._name)

    def changes_a_number(self) -> bool:
        """Whether the bug makes any number of this network another, by however little."""
        from miniflow.explain.mistakes import changes_a_number

        return self._name is not None and changes_a_number(self.bugs[self._name], self._workspace.document.record())

    # --- what the person does -------------------------------------------------------------------------------------

    def switch_on(self, name: str) -> None:
        """Let the run be made with a bug that is named."""
        self._set(name, is_hidden=False)

    def surprise(self) -> None:
        """Let the run be made with a bug that is not named, one that makes some number of this network wrong."""
        biting = [name for name in self.bugs if self._bites(name)]
        if biting:
            self._set(self._rng.choice(biting), is_hidden=True)
        else:
            self._workspace.tell(Sentence("No bug of the lab makes a difference in this network: try a larger one."))

    def switch_off(self) -> None:
        """Let the run be right again."""
        if self.is_on:
            self._set(None, is_hidden=False)

    def guess(self, name: str) -> bool:
        """Say which bug it is; a right guess reveals it."""
        is_right = name == self._name
        self._wrong_guess = None if is_right else name
        self._is_found = self._is_hidden and is_right
        self._is_hidden = self._is_hidden and not is_right
        self.changed.emit()
        return is_right

    def reveal(self) -> None:
        """Tell which bug it is."""
        self._is_hidden, self._wrong_guess = False, None
        self.changed.emit()

    # --- what happens ---------------------------------------------------------------------------------------------

    def _set(self, name: str | None, *, is_hidden: bool) -> None:
        self._name, self._is_hidden, self._is_found, self._wrong_guess = name, is_hidden, False, None
        self._workspace.stepping.way_back = self.bugs[name]().backward_pass if name is not None else None
        self._workspace.stepping.run_again()
        self.changed.emit()

    def _forget(self) -> None:
        if self.is_on:
            self._name, self._is_hidden, self._is_found, self._wrong_guess = None, False, False, None
            self._workspace.stepping.way_back = None
            self.changed.emit()

    def _bites(self, name: str) -> bool:
        from miniflow.explain.mistakes import makes_a_difference

        return makes_a_difference(self.bugs[name], self._workspace.document.record())
