"""Arrays within a line of text: short enough to stand in a sentence or a formula."""

from __future__ import annotations

import numpy as np

from gui.presentation import numbers
from gui.presentation.numbers import Real

TRANSPOSED = "ᵀ"
MOST_WRITTEN = 200
"""Arrays of more numbers are written as their shape and their range."""


def inline(value: Real) -> str:
    """Return a small value in one line; a column lies on its side, with the sign of a transpose.

    >>> inline(2.5), inline(np.array([1.0, -2.0])), inline(np.array([[1.0], [-2.0]]))
    ('2.5', '[1, −2]', '[1, −2]ᵀ')
    """
    array = np.asarray(value)
    if array.ndim == 0:
        return numbers.number(array)
    if array.ndim == 2 and array.shape[1] == 1 and array.shape[0] > 1:
        return inline(array[:, 0]) + TRANSPOSED
    if array.ndim == 1:
        return "[" + ", ".join(numbers.cells(array)[0]) + "]"
    if array.ndim == 2:
        return "[" + ", ".join("[" + ", ".join(row) + "]" for row in numbers.cells(array)) + "]"
    return "[" + ", ".join(inline(part) for part in array) + "]"


def in_text(value: Real) -> str:
    """Return a value for a text of many lines: a large matrix has a line for each row, a very large one its range.

    >>> print(in_text(np.eye(5, 2)))
    (5, 2):
    [1, 0]
    [0, 1]
    [0, 0]
    [0, 0]
    [0, 0]
    >>> in_text(np.arange(500.0))
    '(500,), from 0 to 499'
    """
    array = np.asarray(value)
    if array.size > MOST_WRITTEN:
        least, largest = numbers.number(np.min(array)), numbers.number(np.max(array))
        return f"{numbers.shape(array.shape)}, from {least} to {largest}"
    if array.ndim == 2 and numbers.kind(array) == "heat map":
        rows = ("[" + ", ".join(row) + "]" for row in numbers.cells(array))
        return "\n".join((f"{numbers.shape(array.shape)}:", *rows))
    return inline(array)
