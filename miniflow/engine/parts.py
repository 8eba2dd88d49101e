"""The parts that a run has: its batches, their phases, and the batch in which something else is tried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from miniflow.engine.steps import Phase
from miniflow.values import Value


@dataclass(frozen=True, slots=True)
class Batch:
    """One time through the values: forward, backward, and the update where something is trained."""

    end: int
    """The position just after its last step; the first batch begins with Kahn's algorithm."""
    rows: tuple[int, ...] | None = None
    """The rows of the data set that it has; None where the values are as they stand in the document."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase of one batch, with the positions just after its steps."""

    phase: Phase
    batch: int
    """From 0."""
    positions: range


@dataclass(frozen=True, slots=True)
class Trial:
    """Other values for some Inputs, from the beginning of a batch on."""

    batch: int
    values: Mapping[str, Value]

    def renamed(self, old: str, new: str) -> Trial:
        """The same with a node called otherwise."""
        return Trial(self.batch, {new if node == old else node: value for node, value in self.values.items()})
