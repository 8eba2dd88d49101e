"""The losses of a training run: of every batch, and the mean of every epoch."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from miniflow.training.loop import TrainingStep


class TrainingHistory:
    """Collects what ``train`` yields, for the plot and the table.

    >>> from miniflow.training.loop import TrainingStep
    >>> history = TrainingHistory()
    >>> for step, loss in enumerate([8.0, 4.0], start=1):
    ...     history.append(TrainingStep(epoch=1, step=step, steps_per_epoch=2, loss=loss))
    >>> list(history.batch_losses), list(history.epoch_losses)
    ([8.0, 4.0], [6.0])
    """

    def __init__(self) -> None:
        self._batch_losses = array("d")
        self._epoch_losses = array("d")
        self._sum = 0.0

    @property
    def batch_losses(self) -> Sequence[float]:
        """The loss of every batch so far, read-only by agreement; NumPy and matplotlib read it without a copy."""
        return self._batch_losses

    @property
    def epoch_losses(self) -> Sequence[float]:
        """The mean loss of every epoch that is complete."""
        return self._epoch_losses

    def append(self, step: TrainingStep) -> None:
        """Take in the next step of the run."""
        self._batch_losses.append(step.loss)
        self._sum += step.loss
        if step.step == step.steps_per_epoch:
            self._epoch_losses.append(self._sum / step.steps_per_epoch)
            self._sum = 0.0
