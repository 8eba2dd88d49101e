"""Whether two gradients are the same but for rounding, however small both are."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from miniflow.values import Value

OF_THE_LARGEST = 1e-9
"""Two gradients are one where no number differs by more than this part of the largest."""

OF_WHAT_ARRIVES = 1e-13
"""Nor by more than this part of what arrives, of which nearly all may have cancelled out."""


def are_the_same(one: Value, other: Value, arrivals: Iterable[Value]) -> bool:
    """Tell whether two gradients that were made of these differ by no more than rounding might."""
    largest = max(_largest(one), _largest(other))
    rounding = max(OF_THE_LARGEST * largest, *(OF_WHAT_ARRIVES * _largest(each) for each in arrivals), 0.0)
    return bool(np.allclose(one, other, rtol=0.0, atol=rounding, equal_nan=True))


def _largest(value: Value) -> float:
    """The largest of the numbers that are finite."""
    sizes = np.abs(np.asarray(value, dtype=np.float64))
    return float(np.max(sizes, initial=0.0, where=np.isfinite(sizes)))
