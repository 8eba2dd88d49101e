"""The types of a ``.miniflow`` file, version 1: what msgspec checks, and what the JSON Schema is made from."""

from typing import Annotated, Any, Literal, TypeAlias

from msgspec import UNSET, Meta, UnsetType, field

from miniflow.graph.bounds import MAX_NAME_LENGTH, MAX_NODES
from miniflow.graph.note_limits import LEAST_NOTE_WIDTH, MAX_NOTE_LENGTH, MAX_NOTES, MOST_NOTE_WIDTH
from miniflow.graph.records import (
    NOTE_WIDTH,
    DatasetPart,
    Form,
    Normal,
    Number,
    Ones,
    TrainingRecord,
    Uniform,
    Zeros,
)

_NAME_PATTERN = r"^[^\s\x00-\x1f\x7f-\x9f]([^\x00-\x1f\x7f-\x9f\u2028\u2029]*[^\s\x00-\x1f\x7f-\x9f])?$"
"""For the JSON Schema alone; what counts is limits.name_fault()."""

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


class FileNode(Form, frozen=True):
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


class FileNote(Form, frozen=True):
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


class Document(Form, frozen=True):
    """A graph that somebody drew."""

    format: Literal["miniflow-graph"]
    version: Literal[1]
    nodes: Annotated[list[FileNode], Meta(max_length=MAX_NODES)]
    title: str = ""
    output: Annotated[NodeName, Meta(description="The node to differentiate.")] | UnsetType = UNSET
    training: TrainingRecord | UnsetType = UNSET
    notes: Annotated[list[FileNote], Meta(max_length=MAX_NOTES)] = field(default_factory=list)


VALUE_FORMS: dict[str, type[Zeros | Ones | Normal | Uniform | DatasetPart]] = {
    "zeros": Zeros,
    "ones": Ones,
    "normal": Normal,
    "uniform": Uniform,
    "dataset": DatasetPart,
}
"""The written forms of a value that is not spelt out, by the key that tells them apart."""
