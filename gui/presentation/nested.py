"""Numbers as nested tuples, which is how a document keeps them: made from arrays, counted, laid out in rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from miniflow.graph.records import Nested, Shape


def shape_of_nested(data: Nested) -> Shape:
    """Return the shape of nested tuples that are a rectangle.

    >>> shape_of_nested(((1, 2, 3), (4, 5, 6))), shape_of_nested(7)
    ((2, 3), ())
    """
    shape: list[int] = []
    while isinstance(data, tuple):
        shape.append(len(data))
        data = data[0] if data else 0
    return tuple(shape)


def count(data: Nested) -> int:
    """Count the numbers of nested tuples that are a rectangle."""
    return math.prod(shape_of_nested(data))


def all_finite(data: Nested) -> bool:
    """Tell whether nested tuples hold neither inf nor nan."""
    return all(map(all_finite, data)) if isinstance(data, tuple) else math.isfinite(data)


def filled(shape: Shape, number: float) -> Nested:
    """Return nested tuples of a shape, the same number everywhere.

    >>> filled((2, 3), 0)
    ((0, 0, 0), (0, 0, 0))
    """
    data: Nested = number
    for length in reversed(shape):
        data = (data,) * length
    return data


def as_rows(data: Nested) -> list[list[Any]]:
    """Return a number, a list or a matrix as the rows of a table.

    >>> as_rows(5), as_rows((1, 2)), as_rows(((1,), (2,)))
    ([[5]], [[1, 2]], [[1], [2]])
    """
    if not isinstance(data, tuple):
        return [[data]]
    if not any(isinstance(entry, tuple) for entry in data):
        return [list(data)]
    return [list(row) if isinstance(row, tuple) else [row] for row in data]


def from_rows(rows: Sequence[Sequence[Any]], dimensions: int) -> Nested:
    """Return the rows of a table as a matrix, its first row as a list, or its first cell as a number.

    >>> from_rows([[1, 2]], 2), from_rows([[1, 2]], 1), from_rows([[1, 2]], 0)
    (((1, 2),), (1, 2), 1)
    """
    table = tuple(tuple(row) for row in rows)
    return table if dimensions == 2 else table[0] if dimensions == 1 else table[0][0]


def resized(rows: Sequence[Sequence[Any]], height: int, width: int) -> list[list[Any]]:
    """Return a copy of a table with so many rows and columns: cut, or filled up with zeros.

    >>> resized([[1, 2], [3, 4]], 1, 3)
    [[1, 2, 0]]
    """
    kept = [list(row[:width]) + [0] * (width - len(row)) for row in rows[:height]]
    return kept + [[0] * width for _ in range(height - len(kept))]


def laid_over(below: Sequence[Sequence[Any]], above: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Return a table as large as both, with the numbers of ``above`` where it has any.

    >>> laid_over([[1, 2], [3, 4]], [[9]])
    [[9, 2], [3, 4]]
    """
    width = max((len(row) for row in (*below, *above)), default=0)
    result = resized(below, max(len(below), len(above)), width)
    for row, entries in zip(result, above, strict=False):
        row[: len(entries)] = entries
    return result


def shape_of_table(height: int, width: int, before: Shape) -> Shape:
    """Return the shape of a table that was of shape ``before``: a number or a list stays one while it can.

    >>> shape_of_table(1, 1, ()), shape_of_table(1, 4, (2,)), shape_of_table(2, 4, (2,))
    ((), (4,), (2, 4))
    """
    if (height, width) == (1, 1, *before)[-2:]:
        return before
    return (width,) if len(before) == 1 and height == 1 else (height, width)
