"""The networks that the engine's benchmark trains: layers of sigmoids, a linear end, and the mean squared error."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]


@dataclass
class Network:
    """Sizes, first weights and data, the same for every contestant."""

    name: str
    sizes: tuple[int, ...]
    batch: int
    rows: int
    rate: float = 0.01
    weights: list[Matrix] = field(init=False)
    biases: list[Matrix] = field(init=False)
    X: Matrix = field(init=False)
    y: Matrix = field(init=False)

    def __post_init__(self) -> None:
        rng = np.random.default_rng(1)
        pairs = list(zip(self.sizes, self.sizes[1:], strict=False))
        self.weights = [rng.normal(size=pair) / np.sqrt(pair[0]) for pair in pairs]
        self.biases = [np.zeros(after) for _, after in pairs]
        self.X = rng.normal(size=(self.rows, self.sizes[0]))
        self.y = rng.normal(size=(self.rows, self.sizes[-1]))


def networks() -> list[Network]:
    return [
        Network("lesson 13-10-1, batch 11", (13, 10, 1), 11, 506),
        Network("13-64-64-1, batch 32", (13, 64, 64, 1), 32, 506),
        Network("100 layers of width 8, batch 8", (8,) * 100 + (1,), 8, 506),
        Network("784-128-10, batch 64", (784, 128, 10), 64, 2000),
    ]
