"""What the library has to offer: the classes in ``nodes/`` and the data sets in ``datasets/``, by name."""

from __future__ import annotations

from functools import cache

import miniflow.datasets
import miniflow.nodes
from miniflow import registry
from miniflow.dataset import Dataset
from miniflow.errors import DatasetError
from miniflow.node import Node


@cache
def node_classes() -> dict[str, type[Node]]:
    """Every node class, by its name, in the order of the files."""
    return registry.classes(miniflow.nodes, Node)


@cache
def datasets() -> dict[str, Dataset]:
    """Every data set, by the name that documents call it."""
    found = registry.classes(miniflow.datasets, Dataset).values()
    return {each.name: _one_of(each) for each in found}


def find_node_class(name: str) -> type[Node] | None:
    """The node class of this name, or None. It is looked for in the file that is called like it, then in all."""
    return _node_class_in_file(name) or node_classes().get(name)


def node_class(name: str) -> type[Node]:
    """The node class of this name, which is known to exist."""
    return find_node_class(name) or node_classes()[name]


def dataset(name: str) -> Dataset:
    """The data set of this name, or DatasetError. It is looked for in the file that is called like it, then in all."""
    found = _dataset_in_file(name) or datasets().get(name)
    if found is None:
        raise DatasetError(
            "There is no data set {name}: choose one of {known}.", name=name, known=", ".join(datasets())
        )
    return found


@cache
def _node_class_in_file(name: str) -> type[Node] | None:
    return registry.classes_in_file(miniflow.nodes, Node, name.lower()).get(name)


@cache
def _dataset_in_file(name: str) -> Dataset | None:
    found = registry.classes_in_file(miniflow.datasets, Dataset, name).values()
    return next((_one_of(each) for each in found if each.name == name), None)


_made: dict[type[Dataset], Dataset] = {}


def _one_of(kind: type[Dataset]) -> Dataset:
    """Return the data set of a class: one, since it keeps its table."""
    return _made.setdefault(kind, kind())
