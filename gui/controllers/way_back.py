"""The way back from trainings that diverged, for as long as nobody has touched what they left."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from miniflow.errors import DivergenceError, Sentence
from miniflow.graph.edits import SetValue
from miniflow.graph.records import ValueRecord

if TYPE_CHECKING:
    from gui.workspace import Workspace

_MOST_NAMES = 4


class WayBack:
    """The last good weights: those from before the first of however many trainings that diverged in a row.

    Whether the way is open is read off the document, so undo and redo open and close it by themselves.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.forget()

    def forget(self) -> None:
        """Let the weights be good as they are."""
        self._good: dict[str, ValueRecord | None] = {}
        self._left: dict[str, ValueRecord | None] = {}
        self._sentence: Sentence | None = None
        self._first_loss = math.inf
        self._trainings = 0

    @property
    def is_open(self) -> bool:
        """Whether the weights are still those that a training left which diverged."""
        nodes = self._workspace.document.nodes
        return bool(self._good) and all(id in nodes and nodes[id].value == left for id, left in self._left.items())

    @property
    def sentence(self) -> Sentence | None:
        """What went wrong and what to do, while the way is open."""
        return self._sentence if self.is_open else None

    def take(self) -> None:
        """Bring back the good weights, by undo where that does it."""
        if not self.is_open:
            return
        training = QCoreApplication.translate("Training", "Train")
        if self._trainings == 1 and self._workspace.history.undo_text == training:
            self._workspace.undo()
            return
        edits = [SetValue(id, self._left[id], good) for id, good in self._good.items()]
        self._workspace.do(QCoreApplication.translate("Training", "Bring the weights back"), *edits)

    def diverged(
        self, error: DivergenceError, edits: Sequence[SetValue], losses: Sequence[float], was_open: bool
    ) -> Sentence:
        """Learn that a training diverged and brought home ``edits``; return what to say of it."""
        if not was_open:
            self.forget()
            self._first_loss = losses[0] if losses else math.inf
        self._follow(edits)
        what = error.sentence
        if was_open:
            again = (
                "Training diverged again in epoch {epoch}, step {step}: {node} is the first to hold {holds}. It began "
                "with what the last one left: bring {weights} back, then try a smaller learning rate."
            )
            what = Sentence(again, {**what.fields, "weights": self._names()})
        elif self._good:
            first = "{what} First bring {weights} back."
            what = Sentence(first, {"what": what, "weights": self._names()})
        self._sentence = what
        return what

    def ended(self, edits: Sequence[SetValue], losses: Sequence[float], was_open: bool) -> None:
        """Learn that a training ended otherwise: its weights are good where the loss is no worse than at first."""
        if not was_open or (losses and losses[-1] <= self._first_loss):
            self.forget()
            return
        self._follow(edits)
        worse = (
            "The loss is still higher than before training diverged. To begin again from there, bring {weights} back."
        )
        self._sentence = Sentence(worse, {"weights": self._names()})

    def rename(self, old: str, new: str) -> None:
        """Follow a node of the document that was renamed."""
        for values in (self._good, self._left):
            if old in values and new not in values:
                values[new] = values.pop(old)

    def _follow(self, edits: Sequence[SetValue]) -> None:
        self._trainings += bool(edits)
        for edit in edits:
            self._good.setdefault(edit.node, edit.old)
            self._left[edit.node] = edit.new

    def _names(self) -> Sentence:
        names = list(self._good)
        if len(names) == 1:
            return Sentence("{name}", {"name": names[0]})
        if len(names) <= _MOST_NAMES:
            return Sentence("{names} and {last}", {"names": ", ".join(names[:-1]), "last": names[-1]})
        rest = len(names) - _MOST_NAMES + 1
        return Sentence("{names} and {count} more", {"names": ", ".join(names[: _MOST_NAMES - 1]), "count": rest})
