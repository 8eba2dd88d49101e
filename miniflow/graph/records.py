"""The nouns of a document, frozen: what a node, a value and a whole graph are on paper, before anything is computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Number: TypeAlias = int | float
Nested: TypeAlias = "Number | tuple[Nested, ...]"
Position: TypeAlias = tuple[float, float]
Shape: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written out: a number, or nested tuples of numbers."""

    data: Nested


@dataclass(frozen=True, slots=True)
class Zeros:
    """Zeros of a shape."""

    shape: Shape


@dataclass(frozen=True, slots=True)
class Ones:
    """Ones of a shape."""

    shape: Shape


@dataclass(frozen=True, slots=True)
class Normal:
    """Random numbers around 0 with standard deviation ``scale``, the same for the same seed."""

    shape: Shape
    seed: int = 0
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Uniform:
    """Random numbers from ``low`` to ``high``, the same for the same seed."""

    shape: Shape
    seed: int = 0
    low: float = -1.0
    high: float = 1.0


@dataclass(frozen=True, slots=True)
class DatasetPart:
    """The ``features`` or the ``target`` of a bundled data set."""

    dataset: str
    part: str


ValueRecord: TypeAlias = Literal | Zeros | Ones | Normal | Uniform | DatasetPart


@dataclass(frozen=True, slots=True)
class NodeRecord:
    """One node as drawn. ``inputs`` holds the id that feeds each port, None where free; it never ends in None."""

    id: str
    type: str
    position: Position | None = None
    inputs: tuple[str | None, ...] = ()
    value: ValueRecord | None = None
    trainable: bool = False


NOTE_COLOURS = ("yellow", "green", "blue", "pink", "grey")
"""The colours that a note can have, by their names in a file; the first is what a new note gets."""
NOTE_WIDTH = 240.0


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """A text beside the nodes, plain and of any number of lines. Its height follows from its text and its width."""

    id: str
    text: str
    position: Position
    width: float = NOTE_WIDTH
    colour: str = NOTE_COLOURS[0]


@dataclass(frozen=True, slots=True)
class TrainingRecord:
    """How to train: the lesson's settings are the defaults."""

    learning_rate: float = 0.01
    epochs: int = 10
    batch_size: int = 11
    seed: int = 0


@dataclass(frozen=True, slots=True)
class GraphRecord:
    """A whole document at one moment. ``training`` is None where the file says nothing of it: the defaults hold."""

    nodes: Mapping[str, NodeRecord] = field(default_factory=dict)
    title: str = ""
    output: str | None = None
    training: TrainingRecord | None = None
    notes: Mapping[str, NoteRecord] = field(default_factory=dict)

    def consumers(self, node: str) -> Sequence[tuple[str, int]]:
        """The ports that ``node`` feeds, each as (consumer, port)."""
        return [
            (id, port) for id, each in self.nodes.items() for port, source in enumerate(each.inputs) if source == node
        ]

    def index(self, node: str) -> int:
        """The place of ``node`` in the file."""
        return list(self.nodes).index(node)
