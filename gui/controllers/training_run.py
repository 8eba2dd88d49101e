"""One training of one document, pulled step by step, and how what it learnt becomes edits. No Qt in it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from gui.presentation.nested import all_finite
from miniflow.errors import GraphError, Sentence
from miniflow.graph.document import GraphDocument
from miniflow.graph.edits import Edit, RemoveNode, SetValue
from miniflow.graph.records import GraphRecord, NodeRecord, TrainingRecord, ValueRecord, replace
from miniflow.training.history import TrainingHistory

if TYPE_CHECKING:
    from miniflow.node import Node
    from miniflow.training.loop import TrainingStep


class TrainingRun:
    """A graph built from a document, its generator of steps, and the losses so far."""

    def __init__(self, record: GraphRecord) -> None:
        """Build the graph; raises MiniFlowError with a sentence where it cannot be trained."""
        from miniflow.graph.build import build_for_training
        from miniflow.graph.rules import training_problem
        from miniflow.training.loop import train

        problem = training_problem(record)
        if problem is not None:
            raise _error(problem.sentence)
        graph = build_for_training(record)
        if graph.output is None:
            raise GraphError("There is nothing to train: add nodes, and a cost to make small.")
        if not graph.trainables:
            raise GraphError("Nothing is trainable yet: select an Input such as W and make it trainable.")
        self.settings = record.training or TrainingRecord()
        self.history = TrainingHistory()
        self.last: TrainingStep | None = None
        self.learnt: list[SetValue] = []
        """The edits that brought what was learnt into the document."""
        self._trainables: dict[str, Node] = {str(node.name): node for node in graph.trainables}
        self._steps: Iterator[TrainingStep] = train(
            graph.order,
            graph.output,
            graph.trainables,
            graph.batches_from,
            learning_rate=self.settings.learning_rate,
            epochs=self.settings.epochs,
            batch_size=self.settings.batch_size,
            seed=self.settings.seed,
        )

    def pull(self, seconds: float) -> None:
        """Make steps for about so long, at least one; raises StopIteration at the end, or DivergenceError."""
        deadline = time.perf_counter() + seconds
        while True:
            self.last = next(self._steps)
            self.history.append(self.last)
            if time.perf_counter() >= deadline:
                return

    @property
    def progress(self) -> float:
        """How much is done, from 0 to 1."""
        if self.last is None:
            return 0.0
        done = (self.last.epoch - 1) * self.last.steps_per_epoch + self.last.step
        return done / (self.settings.epochs * self.last.steps_per_epoch)

    @property
    def steps_per_epoch(self) -> int:
        """How many batches make an epoch; 0 before the first step."""
        return self.last.steps_per_epoch if self.last else 0

    @property
    def curve(self) -> tuple[Sequence[float], int]:
        """The loss of every batch, and how many batches make an epoch."""
        return self.history.batch_losses, self.steps_per_epoch

    def is_taken_back(self, nodes: Mapping[str, NodeRecord]) -> bool:
        """Tell whether every weight that was learnt is again what it was before."""
        return bool(self.learnt) and all(
            edit.node in nodes and nodes[edit.node].value == edit.old for edit in self.learnt
        )

    def value(self, id: str) -> Any:
        """What a parameter has become by now, a copy; None where the node is none."""
        import numpy as np

        return np.copy(self._trainables[id].value)[()] if id in self._trainables else None

    @property
    def values(self) -> dict[str, Any]:
        """What every parameter has become by now."""
        return {id: node.value for id, node in self._trainables.items()}

    def close(self) -> None:
        """Make no more steps, and let go of what only they need."""
        self._steps = iter(())

    def rename(self, old: str, new: str) -> None:
        """Follow a node of the document that was renamed."""
        if old in self._trainables and new not in self._trainables:
            self._trainables = {(new if id == old else id): node for id, node in self._trainables.items()}
            self._trainables[new].name = new
            self.learnt = [SetValue(new, edit.old, edit.new) if edit.node == old else edit for edit in self.learnt]


def homecoming(values: Mapping[str, Any], nodes: Mapping[str, NodeRecord]) -> list[SetValue]:
    """Return the edits that give the document what was learnt, every number exactly; what is as it was has none.

    Raises GraphError where a value holds inf or nan, which no document may.
    """
    from miniflow.graph.build import array_of, literal_of

    edits = []
    for id, value in values.items():
        learnt = literal_of(value)
        if not all_finite(learnt.data):
            raise GraphError(
                "Training diverged: {node} now holds inf or nan, so all weights were put back as they were before. "
                "Try a smaller learning rate.",
                node=id,
            )
        old = nodes[id].value if id in nodes else None
        if old is not None and literal_of(array_of(old)) != learnt:
            edits.append(SetValue(id, old, learnt))
    return edits


def with_values(record: GraphRecord, values: Mapping[str, Any]) -> GraphRecord:
    """Return a document with what its parameters have become; as it was where a value holds inf or nan."""
    document = GraphDocument(record)
    with suppress(GraphError):
        document.apply(*homecoming(values, record.nodes))
    return document.record()


def fitted(edits: Sequence[Edit], learnt: Mapping[str, tuple[ValueRecord | None, ValueRecord | None]]) -> list[Edit]:
    """Return ``edits``, planned before the values of ``learnt`` went from old to new, as they must be made now."""
    return [_fitted(edit, learnt) for edit in edits]


def _fitted(edit: Edit, learnt: Mapping[str, tuple[ValueRecord | None, ValueRecord | None]]) -> Edit:
    match edit:
        case SetValue(node, old, new) if node in learnt and old == learnt[node][0]:
            return SetValue(node, learnt[node][1], new)
        case RemoveNode(node, index) if node.id in learnt and node.value == learnt[node.id][0]:
            return RemoveNode(replace(node, value=learnt[node.id][1]), index)
        case _:
            return edit


def _error(sentence: Sentence) -> GraphError:
    error = GraphError(sentence.template)
    error.sentence = sentence
    return error
