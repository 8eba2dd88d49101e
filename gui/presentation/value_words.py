"""What a value is, in words: a template and its fields, joined in the person's language."""

from __future__ import annotations

from typing import assert_never

from gui.presentation import numbers
from miniflow.errors import Sentence
from miniflow.graph.limits import shape_of
from miniflow.graph.records import DatasetPart, Literal, Normal, Ones, Uniform, ValueRecord, Zeros


def described(value: ValueRecord | None) -> Sentence:
    """Return what an Input's value is, such as ``Random numbers around 0, shape (13, 10), seed 1``."""
    shape = "" if value is None else numbers.shape(shape_of(value) or ())
    match value:
        case None:
            words = Sentence("No value yet")
        case Literal():
            words = Sentence("Typed numbers, shape {shape}", {"shape": shape})
        case Zeros():
            words = Sentence("Zeros, shape {shape}", {"shape": shape})
        case Ones():
            words = Sentence("Ones, shape {shape}", {"shape": shape})
        case Normal(_, seed, scale):
            words = Sentence(
                "Random numbers around 0, spread {scale}, shape {shape}, seed {seed}",
                {"shape": shape, "seed": str(seed), "scale": numbers.number(scale)},
            )
        case Uniform(_, seed, low, high):
            words = Sentence(
                "Random numbers from {low} to {high}, shape {shape}, seed {seed}",
                {"shape": shape, "seed": str(seed), "low": numbers.number(low), "high": numbers.number(high)},
            )
        case DatasetPart(dataset, "features"):
            words = Sentence("The features of the data set {dataset}", {"dataset": dataset})
        case DatasetPart(dataset, _):
            words = Sentence("The target of the data set {dataset}", {"dataset": dataset})
        case _:
            assert_never(value)
    return words
