"""What a document may hold at all: the one place that says which names, values and settings can be kept in a file.

Each function answers with a sentence that says what is wrong, or None. The document asks them before an edit, the
file format when it reads, so that whatever can be drawn can be saved and whatever is saved can be opened again.
"""

from __future__ import annotations

import math
from itertools import repeat
from typing import assert_never

from miniflow.errors import Sentence
from miniflow.graph.bounds import (
    MAX_DIMENSIONS,
    MAX_EPOCHS,
    MAX_LEARNING_RATE,
    MAX_NAME_LENGTH,
    MAX_NUMBERS,
    MAX_SEED,
)
from miniflow.graph.records import (
    PARTS,
    DatasetPart,
    Literal,
    Nested,
    Normal,
    Ones,
    Position,
    Shape,
    TrainingRecord,
    Uniform,
    ValueRecord,
    Zeros,
)


def name_fault(name: str) -> Sentence | None:
    """Say why ``name`` cannot be a node's id, or None if it can."""
    if not name:
        return Sentence("A node needs a name: type at least one character.")
    if len(name) > MAX_NAME_LENGTH:
        return Sentence(
            "The name {name} is too long: {limit} characters are the most.",
            {"name": name[:20] + "…", "limit": MAX_NAME_LENGTH},
        )
    if name != name.strip():
        return Sentence("The name {name} has a space at its start or end: take it away.", {"name": repr(name)})
    if not name.isprintable() and first_hidden(name):
        return Sentence("The name {name} has a character that cannot be shown: take it out.", {"name": ascii(name)})
    return None


def first_hidden(text: str, besides: str = "") -> str | None:
    """Return the first character that breaks the line, moves the cursor or is half of one; odd spaces are fine."""
    import unicodedata

    hidden = ("Cc", "Cs", "Zl", "Zp")
    return next((each for each in text if each not in besides and unicodedata.category(each) in hidden), None)


def position_fault(position: Position) -> Sentence | None:
    """Say why nothing can stand at ``position``, or None if it can."""
    are_numbers = all(isinstance(entry, (int, float)) and not isinstance(entry, bool) for entry in position)
    if len(position) == 2 and are_numbers and _all_finite(position):
        return None
    return Sentence("A position is two finite numbers, which {position} is not.", {"position": _shortened(position)})


def value_fault(value: ValueRecord) -> Sentence | None:
    """Say why ``value`` cannot be kept, or None if it can."""
    match value:
        case Literal(data):
            return _literal_fault(data)
        case Zeros(shape) | Ones(shape):
            return _shape_fault(shape)
        case Normal(shape, seed, scale):
            return _shape_fault(shape) or _seed_fault(seed) or _scale_fault(scale)
        case Uniform(shape, seed, low, high):
            return _shape_fault(shape) or _seed_fault(seed) or _range_fault(low, high)
        case DatasetPart(_, part):
            if part in PARTS:
                return None
            return Sentence("A data set has features and a target, but no part {part}.", {"part": repr(part)})
        case _:
            assert_never(value)


def training_fault(training: TrainingRecord) -> Sentence | None:
    """Say which training setting is out of range, or None."""
    rate = training.learning_rate
    if not _is_number(rate) or not 0 < rate <= MAX_LEARNING_RATE:
        return Sentence(
            "The learning rate is {came}: it must be a number above 0, and {most} at the most.",
            {"came": _shortened(rate), "most": f"{MAX_LEARNING_RATE:,.0f}"},
        )
    for name, number, least, most in (
        ("epochs", training.epochs, 1, MAX_EPOCHS),
        ("batch_size", training.batch_size, 1, MAX_NUMBERS),
        ("seed", training.seed, 0, MAX_SEED),
    ):
        if type(number) is not int or not least <= number <= most:
            return Sentence(
                "The setting {name} is {came}: it must be a whole number from {least} to {most}.",
                {"name": name, "came": _shortened(number), "least": least, "most": most},
            )
    return None


def shape_of(value: ValueRecord) -> Shape | None:
    """Return the shape of a value, cheaply; None for a data set's part, which only the data set knows."""
    match value:
        case Literal(data):
            return _outline(data)
        case Zeros(shape) | Ones(shape) | Normal(shape) | Uniform(shape):
            return shape
        case DatasetPart():
            return None
        case _:
            assert_never(value)


def number_count(value: ValueRecord | None) -> int:
    """Count the numbers that a value takes; a data set's part takes none of the document's."""
    shape = None if value is None else shape_of(value)
    return 0 if shape is None else math.prod(shape)


def _outline(data: Nested) -> Shape:
    """The shape of nested tuples, by the first entry of each."""
    shape = []
    while isinstance(data, tuple):
        shape.append(len(data))
        if not data:
            break
        data = data[0]
    return tuple(shape)


def _literal_fault(data: Nested) -> Sentence | None:
    shape = _outline(data)
    return _shape_fault(shape) or _row_fault(data, shape)


def _row_fault(data: Nested, shape: Shape) -> Sentence | None:
    """Say where nested tuples are not a rectangle of finite numbers of this shape, row by row."""
    if not shape:
        return None if _is_number(data) else _no_number(data)
    if not isinstance(data, tuple) or len(data) != shape[0]:
        return _ragged(data, shape)
    if len(shape) > 1:
        rows = map(_row_fault, data, repeat(shape[1:]))
        return next(filter(None, rows), None)
    if set(map(type, data)) <= {int, float} and _all_finite(data):
        return None
    wrong = next(entry for entry in data if not _is_number(entry))
    return _ragged(wrong, ()) if isinstance(wrong, tuple) else _no_number(wrong)


def _ragged(data: Nested, shape: Shape) -> Sentence:
    if not shape:
        return Sentence("The rows of a value must be nested alike: a list stands where a number belongs.")
    if not isinstance(data, tuple):
        return Sentence(
            "The rows of a value must be nested alike: {came} stands where a list belongs.", {"came": _shortened(data)}
        )
    return Sentence(
        "The rows of a value must all have the same length: the first has {expected}, another has {came}.",
        {"came": len(data), "expected": shape[0]},
    )


def _no_number(entry: object) -> Sentence:
    return Sentence("A value is made of finite numbers, which {entry} is not.", {"entry": _shortened(entry)})


def _shortened(entry: object) -> str:
    try:
        text = repr(entry)
    except ValueError:  # Python writes no whole number of more than 4,300 digits
        text = "a number with thousands of digits"
    return text if len(text) <= 40 else text[:40] + "…"


def _is_number(entry: object) -> bool:
    return type(entry) in (int, float) and _all_finite((entry,))  # type: ignore[arg-type]


def _all_finite(entries: tuple[Nested, ...]) -> bool:
    try:
        return all(map(math.isfinite, entries))  # type: ignore[arg-type]
    except OverflowError:
        return False


def _shape_fault(shape: Shape) -> Sentence | None:
    if any(type(length) is not int or length < 0 for length in shape):
        return Sentence(
            "A shape is a list of whole numbers from 0 up, which {shape} is not.", {"shape": _shortened(list(shape))}
        )
    if len(shape) > MAX_DIMENSIONS:
        return Sentence(
            "A value of {came} dimensions is nested too deep: {limit} are the most.",
            {"came": len(shape), "limit": MAX_DIMENSIONS},
        )
    if math.prod(shape) > MAX_NUMBERS:
        return Sentence(
            "A value of shape {shape} is too large: {limit} numbers are the most.",
            {"shape": _shortened(shape), "limit": MAX_NUMBERS},
        )
    return None


def _seed_fault(seed: int) -> Sentence | None:
    if type(seed) is int and 0 <= seed <= MAX_SEED:
        return None
    return Sentence(
        "The seed is {came}: it must be a whole number from 0 to {most}.", {"came": _shortened(seed), "most": MAX_SEED}
    )


def _scale_fault(scale: float) -> Sentence | None:
    if _is_number(scale) and scale >= 0:
        return None
    return Sentence("The scale is {came}: it must be a number from 0 up.", {"came": _shortened(scale)})


def _range_fault(low: float, high: float) -> Sentence | None:
    if _is_number(low) and _is_number(high) and 0 <= float(high) - float(low) < math.inf:
        return None
    return Sentence(
        "Numbers from {low} to {high} are no range: give two finite numbers, the smaller one first.",
        {"low": _shortened(low), "high": _shortened(high)},
    )
