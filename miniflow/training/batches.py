"""Which rows of a data set make up each batch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from miniflow.errors import GraphError, counted
from miniflow.node import Node
from miniflow.values import as_value

if TYPE_CHECKING:
    import numpy.typing as npt

Rows: TypeAlias = "npt.NDArray[np.intp]"


def draw_epoch(rng: np.random.Generator, rows: int, batch_size: int) -> Rows:
    """Draw the row numbers of a whole epoch at once, with replacement: ``rows // batch_size`` batches, one a line."""
    return rng.integers(0, rows, size=(rows // batch_size, batch_size), dtype=np.intp)


def rows_of_batch(number: int, rows: int, batch_size: int, seed: int) -> Rows:
    """Return the row numbers of one batch, counted from 0 over all epochs, as training with this seed draws them."""
    rng = np.random.default_rng(seed)
    epoch, place = divmod(number, rows // batch_size)
    for _ in range(epoch):
        draw_epoch(rng, rows, batch_size)
    batch: Rows = draw_epoch(rng, rows, batch_size)[place]
    return batch


def row_count(batches_from: Mapping[Node, Any], batch_size: int) -> int:
    """Return how many rows the data sets have, all the same; 0 without data sets.

    Raises:
        GraphError: the numbers of rows differ, a value has no rows, or a batch is larger than the data set.
    """
    shapes = {node: as_value(data, node._label).shape for node, data in batches_from.items()}
    for node, shape in shapes.items():
        if not shape:
            raise GraphError("{node} is a single number, which has no rows to draw batches from.", node=node._label)
    if not shapes:
        return 0
    (first, first_shape), *others = shapes.items()
    rows: int = first_shape[0]
    for node, shape in others:
        if shape[0] != rows:
            raise GraphError(
                "{node} has {came}, but {first} has {expected}: each row of one goes with a row of the other.",
                node=node._label,
                came=counted(shape[0], "1 row", "{count} rows"),
                first=first._label,
                expected=rows,
            )
    if batch_size > rows:
        raise GraphError(
            "A batch of {batch} rows is larger than the data set, which has {rows}: choose a smaller batch size.",
            batch=batch_size,
            rows=rows,
        )
    return rows
