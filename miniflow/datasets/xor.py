"""XOR: the four rows that no single neuron can learn."""

from __future__ import annotations

import numpy as np

from miniflow.dataset import Dataset, Table
from miniflow.overriding import override


class Xor(Dataset):
    """Either one or the other, but not both."""

    name = "xor"
    title = "XOR"
    description = (
        "Either p or q, but not both: four rows that no straight line divides, so that a network needs a hidden layer. "
        "Normalised, 0 and 1 in the features become -1 and 1; the target stays 0 and 1."
    )
    source = "Minsky, M. and Papert, S., Perceptrons, MIT Press, 1969"
    feature_names = ("p", "q")
    target_name = "p xor q"

    @override
    def table(self) -> Table:
        return np.array([[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]], dtype=np.float64)
