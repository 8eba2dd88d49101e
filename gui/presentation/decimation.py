"""Many points as few, with the same outline: what a plot a thousand pixels wide can show of a million losses."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def outline(y: npt.NDArray[Any], most: int = 2000) -> tuple[npt.NDArray[np.intp], Floats]:
    """Return the indexes and values of at most ``most`` of ``y`` that look the same when drawn as a line.

    The values are cut into equal runs, of which each gives its least and its greatest, in the order in which they
    stand; so no peak is lost. The first and the last value are always among them.

    >>> outline(np.array([3.0, 1.0, 2.0, 9.0, 4.0, 5.0]), most=6)[0]
    array([0, 1, 2, 3, 4, 5])
    """
    values = np.asarray(y, dtype=np.float64)
    count = len(values)
    if count <= most:
        return np.arange(count), values
    runs = (most - 2) // 2
    width = -(-count // runs)
    whole = count // width
    table = values[: whole * width].reshape(whole, width)
    starts = np.arange(whole) * width
    found = [starts + table.argmin(axis=1), starts + table.argmax(axis=1)]
    if whole * width < count:
        rest = values[whole * width :]
        found.append(whole * width + np.array([rest.argmin(), rest.argmax()]))
    indexes = np.unique(np.concatenate([*found, [0, count - 1]]))
    return indexes, values[indexes]
