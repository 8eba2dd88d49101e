"""What the library has to offer: the classes in ``nodes/`` and the data sets in ``datasets/``, by name."""

from __future__ import annotations

from functools import cache

import miniflow.datasets
import miniflow.nodes
from miniflow import registry
from miniflow.dataset import Dataset
from miniflow.node import Node


@cache
def node_classes() -> dict[str, type[Node]]:
    """Every node class, by its name, in the order of the files."""
    return registry.classes(miniflow.nodes, Node)


@cache
def datasets() -> dict[str, Dataset]:
    """Every data set, by the name that documents call it."""
    found = (dataset_class() for dataset_class in registry.classes(miniflow.datasets, Dataset).values())
    return {dataset.name: dataset for dataset in found}
