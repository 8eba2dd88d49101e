"""What the sentences of this package are filled with: names, shapes and values, to be written where they are read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from miniflow.errors import Sentence
from miniflow.overriding import override
from miniflow.values import Shape, Value

ELEMENT_BY_ELEMENT = Sentence("Element by element: each number with those at its own place.")
"""How arrays are multiplied where the product is not one of matrices."""

FEW = 4
"""So many numbers still stand in a sentence; more are told by their shape."""


@dataclass(frozen=True)
class Names:
    """Some nodes in a sentence."""

    names: tuple[str, ...]

    @override
    def __str__(self) -> str:
        return ", ".join(self.names)


@dataclass(frozen=True)
class Size:
    """A shape in a sentence, as one says it aloud: 13 × 10."""

    shape: Shape

    @override
    def __str__(self) -> str:
        return " × ".join(map(str, self.shape))


def few(value: Value) -> bool:
    """Tell whether a value is short enough to stand in a sentence."""
    return np.size(value) <= FEW
