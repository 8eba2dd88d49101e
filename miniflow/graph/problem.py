"""A problem of a drawn graph: what is wrong or missing, where, and what would mend it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from miniflow.errors import Sentence

if TYPE_CHECKING:
    from miniflow.graph.edits import Edit


class ProblemKind(StrEnum):
    """What a problem is about."""

    CYCLE = "cycle"
    FREE_PORT = "free port"
    MISSING_VALUE = "missing value"
    EMPTY_VALUE = "empty value"
    UNKNOWN_DATASET = "unknown data set"
    MISMATCH = "shape mismatch"
    NO_OUTPUT = "no output"
    SEVERAL_OUTPUTS = "several outputs"
    UNKNOWN_OUTPUT = "unknown output"
    BATCH_SIZE = "batch size"
    DIFFERENT_ROWS = "different rows"
    TRAINABLE_DATA = "trainable data"
    UNUSED = "unused node"


class Fix(Struct, frozen=True):
    """What would mend a problem, as edits, and what to call it on a button."""

    label: Sentence
    edits: tuple[Edit, ...]


class Problem(Struct, frozen=True):
    """One thing that is wrong or missing; ``node`` and ``port`` are None where it is about the whole graph."""

    kind: ProblemKind
    sentence: Sentence
    node: str | None = None
    port: int | None = None
    mending: Fix | None = None
    choices: tuple[Fix, ...] = ()
    """Where each of several would mend it and none is obvious: these."""

    @property
    def ways(self) -> tuple[Fix, ...]:
        """What can be offered to mend it: the obvious, or else each that may be chosen."""
        return (self.mending,) if self.mending else self.choices

    @property
    def fix(self) -> tuple[Edit, ...]:
        """The edits that would mend it; empty where none is obvious."""
        return self.mending.edits if self.mending else ()
