"""Words that are written often: the same shape in words for many wires."""

from __future__ import annotations

from functools import lru_cache

from gui.presentation import numbers
from miniflow.graph.records import Shape


@lru_cache(maxsize=1024)
def shape_text(shape: Shape) -> str:
    """Return a shape in words, as everywhere."""
    return numbers.shape(shape)
