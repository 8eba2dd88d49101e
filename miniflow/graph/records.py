"""The nouns of a document, frozen: what a node, a value and a whole graph are on paper, before anything is computed.

A record whose fields are those of an object in a file says so itself: what each may be, and what a file calls it.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, TypeAlias, TypeVar

from msgspec import Meta, Struct, structs

from miniflow.graph.bounds import MAX_DIMENSIONS, MAX_EPOCHS, MAX_LEARNING_RATE, MAX_NUMBERS, MAX_SEED

Number: TypeAlias = int | float
Nested: TypeAlias = "Number | tuple[Nested, ...]"
Position: TypeAlias = tuple[float, float]
Shape: TypeAlias = Annotated[tuple[Annotated[int, Meta(ge=0, le=MAX_NUMBERS)], ...], Meta(max_length=MAX_DIMENSIONS)]
Seed: TypeAlias = Annotated[int, Meta(ge=0, le=MAX_SEED)]

Record = TypeVar("Record", bound=Struct)


def replace(record: Record, **changes: Any) -> Record:
    """Return a record that is like another except for some fields."""
    return structs.replace(record, **changes)


class Literal(Struct, frozen=True):
    """A value written out: a number, or nested tuples of numbers."""

    data: Nested


class Form(Struct, frozen=True, forbid_unknown_fields=True):
    """What objects of a file have in common: a key that the format does not know is refused."""


class Zeros(Form, frozen=True, rename={"shape": "zeros"}):
    """Zeros of a shape."""

    shape: Shape


class Ones(Form, frozen=True, rename={"shape": "ones"}):
    """Ones of a shape."""

    shape: Shape


class Normal(Form, frozen=True, rename={"shape": "normal"}):
    """Random numbers around 0 with standard deviation ``scale``, the same for the same seed."""

    shape: Shape
    seed: Seed = 0
    scale: Annotated[int, Meta(ge=0)] | Annotated[float, Meta(ge=0)] = 1.0


class Uniform(Form, frozen=True, rename={"shape": "uniform"}):
    """Random numbers from ``low`` to ``high``, the same for the same seed."""

    shape: Shape
    seed: Seed = 0
    low: Number = -1.0
    high: Number = 1.0


PARTS = ("features", "target")


class DatasetPart(Form, frozen=True):
    """The ``features`` or the ``target`` of a bundled data set."""

    dataset: str
    part: Annotated[str, Meta(extra_json_schema={"enum": PARTS})]


ValueRecord: TypeAlias = Literal | Zeros | Ones | Normal | Uniform | DatasetPart


class NodeRecord(Struct, frozen=True):
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


class NoteRecord(Struct, frozen=True):
    """A text beside the nodes, plain and of any number of lines. Its height follows from its text and its width."""

    id: str
    text: str
    position: Position
    width: float = NOTE_WIDTH
    colour: str = NOTE_COLOURS[0]


class TrainingRecord(Form, frozen=True):
    """How to train; what is left out is as in the lesson."""

    learning_rate: Annotated[Number, Meta(extra_json_schema={"exclusiveMinimum": 0, "maximum": MAX_LEARNING_RATE})] = (
        0.01
    )
    """What counts is limits.training_fault()."""
    epochs: Annotated[int, Meta(ge=1, le=MAX_EPOCHS)] = 10
    batch_size: Annotated[int, Meta(ge=1, le=MAX_NUMBERS)] = 11
    seed: Seed = 0


class GraphRecord(Struct, frozen=True):
    """A whole document at one moment. ``training`` is None where the file says nothing of it: the defaults hold."""

    nodes: Mapping[str, NodeRecord] = {}
    title: str = ""
    output: str | None = None
    training: TrainingRecord | None = None
    notes: Mapping[str, NoteRecord] = {}

    def consumers(self, node: str) -> Sequence[tuple[str, int]]:
        """The ports that ``node`` feeds, each as (consumer, port)."""
        return [
            (id, port) for id, each in self.nodes.items() for port, source in enumerate(each.inputs) if source == node
        ]

    def index(self, node: str) -> int:
        """The place of ``node`` in the file."""
        return list(self.nodes).index(node)
