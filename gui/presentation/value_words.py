"""What a value is, in words: a template and its fields, joined in the person's language."""

from __future__ import annotations

from typing import assert_never

from gui.presentation import numbers
from miniflow.errors import Sentence
from miniflow.graph.limits import shape_of
from miniflow.graph.records import DatasetPart, Literal, Normal, Ones, Uniform, ValueRecord, Zeros


def described(value: ValueRecord | None) -> Sentence:
    """Return what an Input's value is, such as ``Random numbers around 0, shape (13, 10), seed 1``."""
    fields: dict[str, str]
    shape = "" if value is None else numbers.shape(shape_of(value) or ())
    match value:
        case None:
            template, fields = "No value yet", {}
        case Literal():
            template, fields = "Typed numbers, shape {shape}", {}
        case Zeros():
            template, fields = "Zeros, shape {shape}", {}
        case Ones():
            template, fields = "Ones, shape {shape}", {}
        case Normal(_, seed, scale):
            template = "Random numbers around 0, spread {scale}, shape {shape}, seed {seed}"
            fields = {"seed": str(seed), "scale": numbers.number(scale)}
        case Uniform(_, seed, low, high):
            template = "Random numbers from {low} to {high}, shape {shape}, seed {seed}"
            fields = {"seed": str(seed), "low": numbers.number(low), "high": numbers.number(high)}
        case DatasetPart(dataset, part):
            template = f"The {part} of the data set {{dataset}}"
            fields = {"dataset": dataset}
        case _:
            assert_never(value)
    return Sentence(template, {"shape": shape, **fields})
