"""How a training gives way to something else that the person does, and what is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gui.controllers.training_run import fitted
from miniflow.errors import Sentence
from miniflow.graph.edits import AddNote, ChangeNote, Edit, Move, RemoveNote, Rename, SetTitle, SetTraining

if TYPE_CHECKING:
    from gui.controllers.training import Training
    from gui.workspace import Workspace

HARMLESS = (Move, SetTitle, SetTraining, Rename, AddNote, RemoveNote, ChangeNote)
"""Edits that a running training need not end for."""


class GivingWay:
    """Ends a training for an edit, for Undo or for saving; nothing of that happens without being told."""

    def __init__(self, training: Training, workspace: Workspace) -> None:
        self._training = training
        self._workspace = workspace
        self._sentence: Sentence | None = None

    @property
    def sentence(self) -> Sentence | None:
        """What ended the training that shows before its time, and how to go on; None where nothing did."""
        return None if self._training.active or self._training.taken_back else self._sentence

    def forget(self) -> None:
        """Another training begins, or another document."""
        self._sentence = None

    def stop_for(self, cause: str) -> bool:
        """End the training for what is called ``cause``, and keep that to be told; tell whether it had learnt."""
        if not self._training.active:
            return False
        has_learnt = self._training.stop()
        if has_learnt:
            template = (
                "“{cause}” stopped the training in epoch {epoch} of {epochs}. What it had learnt is kept, and can be "
                "undone. Start trains on from there."
            )
        else:
            template = "“{cause}” stopped the training, which had changed no weight yet. Start begins it again."
        fields = {"cause": cause, "epoch": self._training.epoch, "epochs": self._training.epochs}
        self._sentence = Sentence(template, fields)
        self._training.state_changed.emit()
        return has_learnt

    def tell(self) -> None:
        """Say in the status line what ended the training, once that is done."""
        if self._sentence is not None:
            self._workspace.tell(self._sentence)

    def make_way(self, text: str, edits: Sequence[Edit]) -> Sequence[Edit]:
        """End a training that ``edits`` would disturb, and return them fitted to the weights that came home.

        The workspace asks before it changes the document, so that what was learnt is an entry of its own before them.
        """
        if not self._training.active or all(isinstance(edit, HARMLESS) for edit in edits):
            return edits
        nodes = self._workspace.document.nodes
        before = {id: node.value for id, node in nodes.items() if node.trainable}
        self.stop_for(text)
        return fitted(edits, {id: (old, nodes[id].value) for id, old in before.items()})
