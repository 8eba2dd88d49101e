"""Dataset: the contract that every file in ``datasets/`` signs.

The features come normalised as in the lesson, the target as it was measured. A new file in ``datasets/`` with a
subclass is all that a new data set takes.
"""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, TypeAlias

import numpy as np

from miniflow.errors import DatasetError
from miniflow.overriding import override

if TYPE_CHECKING:
    import numpy.typing as npt

Table: TypeAlias = "npt.NDArray[np.float64]"

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(__file__))), "resources", "datasets")


class Dataset:
    """Examples to learn from: features of shape (rows, columns), and a target of shape (rows, 1).

    Attributes:
        name: what a document calls it: ``{"dataset": name, "part": "features"}``.
        title: what a person calls it.
        description: what it is about, and what to know before using it.
        source: who published it, and where.
        feature_names: the names of the columns.
        target_name: what is to be predicted.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    description: ClassVar[str]
    source: ClassVar[str]
    feature_names: ClassVar[tuple[str, ...]]
    target_name: ClassVar[str]

    def table(self) -> Table:
        """Return the examples as they were published: a row each, the target in the last column."""
        raise NotImplementedError(f"{type(self).__name__} needs a table()")

    @property
    def rows(self) -> int:
        """The number of examples."""
        return len(self._table)

    @property
    def columns(self) -> int:
        """The number of features."""
        return len(self.feature_names)

    def shape(self, part: str) -> tuple[int, int]:
        """Return the shape of the ``features`` or the ``target``, without computing either."""
        return (self.rows, self.columns if part == "features" else 1)

    def part(self, part: str) -> Table:
        """Return the ``features`` or the ``target``."""
        return self.features() if part == "features" else self.target()

    def features(self) -> Table:
        """Return the features, each column with mean 0 and standard deviation 1; a constant column is all 0."""
        return self._features

    def target(self) -> Table:
        """Return the target as it was measured, as a column."""
        return self._target

    @cached_property
    def _table(self) -> Table:
        table = self.table()
        if table.ndim != 2 or table.shape[1] != self.columns + 1:
            raise DatasetError(
                "The data set {name} has the shape {came}, where {columns} columns and a target belong.",
                name=self.name,
                came=table.shape,
                columns=self.columns,
            )
        return table

    @cached_property
    def _features(self) -> Table:
        measured = self._table[:, :-1]
        spread = np.std(measured, axis=0)
        normalised: Table = (measured - np.mean(measured, axis=0)) / np.where(spread == 0, 1, spread)
        return _read_only(normalised)

    @cached_property
    def _target(self) -> Table:
        return _read_only(np.ascontiguousarray(self._table[:, -1:]))


class CsvDataset(Dataset):
    """A data set in a file of comma-separated numbers under one header line, shipped in ``resources/datasets``."""

    filename: ClassVar[str]

    @override
    def table(self) -> Table:
        path = os.path.join(FOLDER, self.filename)
        try:
            with open(path, encoding="utf-8") as lines:  # given the name, NumPy looks for addresses and archives
                return np.loadtxt(lines, delimiter=",", skiprows=1, ndmin=2)
        except (OSError, ValueError) as error:
            raise DatasetError(
                "The data set {name} cannot be read from {path}: get that file again.", name=self.name, path=path
            ) from error


def _read_only(array: Table) -> Table:
    array.setflags(write=False)
    return array
