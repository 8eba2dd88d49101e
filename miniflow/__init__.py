"""MiniFlow: a small neural-network library, as the lesson "write your own mini TensorFlow" teaches it.

>>> from miniflow import Input, Linear, forward_pass, topological_sort
>>> X, W, b = Input(), Input(), Input()
>>> f = Linear(X, W, b)
>>> graph = topological_sort({X: [6, 20, 4], W: [0.5, 0.25, 1.5], b: 2})
>>> print(forward_pass(f, graph))
16.0
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from miniflow.engine.finite import first_non_finite, first_non_finite_gradient
    from miniflow.engine.gradcheck import gradcheck
    from miniflow.engine.order import topological_sort
    from miniflow.engine.passes import (
        forward_and_backward,
        forward_pass,
    )
    from miniflow.errors import (
        ArityError,
        CycleError,
        DatasetError,
        DivergenceError,
        EditError,
        FileAccessError,
        FileFormatError,
        GraphError,
        MiniFlowError,
        MissingGradientError,
        MissingMethodError,
        MissingValueError,
        ShapeError,
        ValueTypeError,
    )
    from miniflow.node import Node
    from miniflow.nodes.add import Add
    from miniflow.nodes.input import Input
    from miniflow.nodes.linear import Linear
    from miniflow.nodes.mse import MSE
    from miniflow.nodes.mul import Mul
    from miniflow.nodes.sigmoid import Sigmoid
    from miniflow.training.loop import train
    from miniflow.training.sgd import sgd_update

__version__ = "0.1.0"

_HOMES = {
    "Node": "miniflow.node",
    "topological_sort": "miniflow.engine.order",
    "forward_pass": "miniflow.engine.passes",
    "forward_and_backward": "miniflow.engine.passes",
    "first_non_finite": "miniflow.engine.finite",
    "first_non_finite_gradient": "miniflow.engine.finite",
    "sgd_update": "miniflow.training.sgd",
    "train": "miniflow.training.loop",
    "gradcheck": "miniflow.engine.gradcheck",
}

__all__ = [
    "MSE",
    "Add",
    "ArityError",
    "CycleError",
    "DatasetError",
    "DivergenceError",
    "EditError",
    "FileAccessError",
    "FileFormatError",
    "GraphError",
    "Input",
    "Linear",
    "MiniFlowError",
    "MissingGradientError",
    "MissingMethodError",
    "MissingValueError",
    "Mul",
    "Node",
    "ShapeError",
    "Sigmoid",
    "ValueTypeError",
    "first_non_finite",
    "first_non_finite_gradient",
    "forward_and_backward",
    "forward_pass",
    "gradcheck",
    "sgd_update",
    "topological_sort",
    "train",
]


def __getattr__(name: str) -> Any:
    """Import a public name at its first use: a window that only opens a file need not wait for NumPy."""
    import importlib

    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    errors = importlib.import_module("miniflow.errors")
    if isinstance(getattr(errors, name, None), type):
        return getattr(errors, name)
    if name[:1].isupper():  # a class; a module of the package is looked for here too, and must not bring NumPy
        node_class = importlib.import_module("miniflow.catalogue").find_node_class(name)
        if node_class is not None:
            return node_class
    raise AttributeError(f"module 'miniflow' has no attribute {name!r}")
