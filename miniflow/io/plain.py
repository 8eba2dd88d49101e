"""Numbers for programs and people that are no Python: arrays as what JSON can hold, and as text."""

from __future__ import annotations

import math
from typing import Any

import numpy as np


def plain(thing: Any) -> Any:
    """Return arrays in ``thing`` as nested lists, and nan and infinities, which JSON has no number for, as words."""
    if isinstance(thing, dict):
        return {key: plain(value) for key, value in thing.items()}
    if isinstance(thing, (np.ndarray, np.generic)):
        return thing.tolist() if np.all(np.isfinite(thing)) else plain(thing.tolist())
    if isinstance(thing, list):
        return [plain(entry) for entry in thing]
    if isinstance(thing, float) and not math.isfinite(thing):
        return str(thing)
    return thing


def as_text(value: Any) -> str:
    """Return a scalar in full, or an array with its shape, to be read by a person."""
    if np.ndim(value) == 0:
        return repr(float(value))
    text = np.array2string(np.asarray(value), separator=", ", threshold=200, edgeitems=2, max_line_width=110)
    return f"shape {np.shape(value)}\n{text}"
