"""The types of a ``.miniflow`` file, version 1: what msgspec checks, and what the JSON Schema is made from."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

from miniflow.graph.limits import (
    MAX_DIMENSIONS,
    MAX_EPOCHS,
    MAX_LEARNING_RATE,
    MAX_NAME_LENGTH,
    MAX_NODES,
    MAX_NUMBERS,
    MAX_SEED,
)
from miniflow.graph.note_limits import LEAST_NOTE_WIDTH, MAX_NOTE_LENGTH, MAX_NOTES, MOST_NOTE_WIDTH
from miniflow.graph.records import NOTE_WIDTH

_NAME_PATTERN = r"^[^\s\x00-\x1f\x7f-\x9f]([^\x00-\x1f\x7f-\x9f\u2028\u2029]*[^\s\x00-\x1f\x7f-\x9f])?$"
"""For the JSON Schema alone; what counts is limits.name_fault()."""

Number: TypeAlias = int | float
Length: TypeAlias = Annotated[int, Meta(ge=0, le=MAX_NUMBERS)]
FileShape: TypeAlias = Annotated[list[Length], Meta(max_length=MAX_DIMENSIONS)]
Seed: TypeAlias = Annotated[int, Meta(ge=0, le=MAX_SEED)]
NodeName: TypeAlias = Annotated[
    str,
    Meta(
        description="Unique in the file; no control characters, no space at either end.",
        extra_json_schema={"minLength": 1, "maxLength": MAX_NAME_LENGTH, "pattern": _NAME_PATTERN},
    ),
]
AnyValue: TypeAlias = Annotated[
    Any,
    Meta(
        description="What an Input holds; left out, it is empty.",
        extra_json_schema={
            "anyOf": [
                {"$ref": "#/$defs/NestedNumbers"},
                *({"$ref": f"#/$defs/{form}"} for form in ("Zeros", "Ones", "Normal", "Uniform", "DatasetPart")),
            ]
        },
    ),
]


class Form(Struct, forbid_unknown_fields=True):
    """What every object of the file has in common: a key that the format does not know is refused."""


class Zeros(Form):
    """Zeros of a shape."""

    zeros: FileShape


class Ones(Form):
    """Ones of a shape."""

    ones: FileShape


class Normal(Form):
    """Random numbers around 0 with standard deviation ``scale``."""

    normal: FileShape
    seed: Seed = 0
    scale: Annotated[int, Meta(ge=0)] | Annotated[float, Meta(ge=0)] = 1.0


class Uniform(Form):
    """Random numbers from ``low`` to ``high``."""

    uniform: FileShape
    seed: Seed = 0
    low: Number = -1.0
    high: Number = 1.0


class DatasetPart(Form):
    """A part of a bundled data set."""

    dataset: str
    part: Literal["features", "target"]


class Training(Form):
    """How to train; what is left out is as in the lesson."""

    learning_rate: Annotated[Number, Meta(extra_json_schema={"exclusiveMinimum": 0, "maximum": MAX_LEARNING_RATE})] = (
        0.01
    )
    """What counts is limits.training_fault()."""
    epochs: Annotated[int, Meta(ge=1, le=MAX_EPOCHS)] = 10
    batch_size: Annotated[int, Meta(ge=1, le=MAX_NUMBERS)] = 11
    seed: Seed = 0


class FileNode(Form):
    """One node: a line of the file."""

    id: NodeName
    type: Annotated[str, Meta(description="A node class.")]
    position: Annotated[tuple[Number, Number], Meta(description="Right and down, in points.")] | UnsetType = UNSET
    inputs: (
        Annotated[list[NodeName | None], Meta(description="The node that feeds each port; null where it is free.")]
        | UnsetType
    ) = UNSET
    value: AnyValue = UNSET
    trainable: bool = False


class FileNote(Form):
    """One note: a line of the file."""

    id: NodeName
    text: Annotated[
        str,
        Meta(
            description="Plain text of any number of lines.",
            extra_json_schema={"minLength": 1, "maxLength": MAX_NOTE_LENGTH},
        ),
    ]
    position: Annotated[tuple[Number, Number], Meta(description="Right and down, in points.")]
    width: (
        Annotated[int, Meta(ge=LEAST_NOTE_WIDTH, le=MOST_NOTE_WIDTH)]
        | Annotated[float, Meta(ge=LEAST_NOTE_WIDTH, le=MOST_NOTE_WIDTH)]
    ) = NOTE_WIDTH
    colour: Literal["yellow", "green", "blue", "pink", "grey"] = "yellow"


class Document(Form):
    """A graph that somebody drew."""

    format: Literal["miniflow-graph"]
    version: Literal[1]
    nodes: Annotated[list[FileNode], Meta(max_length=MAX_NODES)]
    title: str = ""
    output: Annotated[NodeName, Meta(description="The node to differentiate.")] | UnsetType = UNSET
    training: Training | UnsetType = UNSET
    notes: Annotated[list[FileNote], Meta(max_length=MAX_NOTES)] = []


VALUE_FORMS: dict[str, type[Form]] = {
    "zeros": Zeros,
    "ones": Ones,
    "normal": Normal,
    "uniform": Uniform,
    "dataset": DatasetPart,
}
"""The written forms of a value that is not spelt out, by the key that tells them apart."""
