"""How far a loss axis reaches, so that the part that matters can be read."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

NICE = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
LEAST_SPAN = 1e-12
"""Losses below this are zero on a linear axis."""
LARGEST = 1e100
"""Beyond this, and below its inverse, the arithmetic of a logarithmic axis overflows."""
EXPLOSION = 1e4
_SAMPLE = 4000


def loss_limits(
    batches: npt.NDArray[Any], epoch_means: npt.NDArray[Any], logarithmic: bool = False
) -> tuple[float, float] | None:
    """Return the least and greatest loss of the axis, round numbers; None where there is nothing to show.

    A linear axis starts at 0 and shows every epoch's mean and 19 of 20 batches: the first few batches of a training
    are often so much worse than all others that these would be a line on the floor. A logarithmic axis shows all.

    >>> loss_limits(np.array([420.0, *[20.0] * 99]), np.array([24.0]))
    (0.0, 25.0)
    """
    if not len(batches):
        return None
    least, greatest = float(batches.min()), float(batches.max())
    if logarithmic and least > 0:
        return _round_down(least / 1.1), _round_up(greatest * 1.1)
    if len(epoch_means):
        sample = batches[:: len(batches) // _SAMPLE + 1]
        greatest = min(greatest, max(float(epoch_means.max()), float(np.quantile(sample, 0.95))))
    low = -_round_up(max(-least, LEAST_SPAN)) if least < 0 else 0.0
    high = _round_up(max(greatest, LEAST_SPAN)) if greatest > 0 or low == 0 else 0.0
    return low, high


def is_exploding(batches: Sequence[float]) -> bool:
    """Tell whether the loss grows without end, so that a linear axis would show nothing but its last moment.

    >>> is_exploding([3.0, 40.0, 9e5]), is_exploding([600.0, 20.0, 3.0])
    (True, False)
    """
    return len(batches) > 1 and bool(batches[-1] > EXPLOSION * batches[0] > 0)


def _round_up(x: float) -> float:
    power = 10.0 ** math.floor(math.log10(min(x, LARGEST)))
    return next((nice * power for nice in NICE if nice * power >= x), 10.0 * power)


def _round_down(x: float) -> float:
    power = 10.0 ** math.floor(math.log10(min(max(x, 1 / LARGEST), LARGEST / 10)))
    return next((nice * power for nice in reversed(NICE) if nice * power <= x), power)
