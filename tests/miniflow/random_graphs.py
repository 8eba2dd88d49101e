"""Random wired nodes: every class that exists, shapes that broadcast, forks, repeated wires and several outputs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Any

import numpy as np

from miniflow import Input, Node, ShapeError, topological_sort
from miniflow.catalogue import node_classes
from miniflow.node import Labels
from miniflow.values import Shape

SHAPES: tuple[Shape, ...] = ((), (1,), (3,), (3, 1), (1, 2), (3, 2), (2, 3), (2, 2))


def operation_classes() -> list[type[Node]]:
    """Every node class that computes."""
    return [kind for kind in node_classes().values() if kind.ports]


def shape_of(kind: type[Node], shapes: Sequence[Shape]) -> Shape:
    """The shape of the value for inputs of these shapes."""
    return kind.infer_shape(shapes, Labels("node", tuple("abcdef"[: len(shapes)])))


def fits(kind: type[Node], shapes: Sequence[Shape]) -> bool:
    """Tell whether a class takes inputs of these shapes."""
    try:
        shape_of(kind, shapes)
    except ShapeError:
        return False
    return True


@cache
def shapes_for(kind: type[Node]) -> list[tuple[Shape, ...]]:
    """Every choice of input shapes that a class takes; and some with one port more, where it takes more."""
    found = [shapes for shapes in product(SHAPES, repeat=len(kind.ports)) if fits(kind, shapes)]
    if kind.repeats_last_port:
        more = product(SHAPES, repeat=len(kind.ports) + 1)
        found += [shapes for shapes in more if fits(kind, shapes)][::9]
    return found


def random_shapes(kind: type[Node], rng: np.random.Generator) -> tuple[Shape, ...]:
    """Input shapes of up to three axes, with lengths of 1 to 4, that a class takes: broadcasting in every way."""
    while True:
        ports = len(kind.ports) + (int(rng.integers(3)) if kind.repeats_last_port else 0)
        shapes = [tuple(rng.choice((1, 1, 2, 3, 4), size=rng.integers(4)).tolist()) for _ in range(ports)]
        for place in range(1, ports):  # at random two seldom fit: an earlier one again, turned, cut short, a column
            earlier = shapes[rng.integers(place)]
            shapes[place] = (shapes[place], earlier, earlier[::-1], earlier[1:], (*earlier, 1))[rng.integers(5)]
        if fits(kind, shapes):
            return tuple(shapes)


def values_for(kind: type[Node], shapes: Sequence[Shape], rng: np.random.Generator) -> list[Any]:
    """Values away from kinks, of both signs where the class takes negative ones."""
    sizes = [rng.uniform(0.3, 2, size=shape) for shape in shapes]
    signed = [size * rng.choice([-1.0, 1.0], size=size.shape) for size in sizes]
    node = kind(*(Input() for _ in shapes))  # type: ignore[arg-type]
    with np.errstate(all="ignore"):
        takes_them = bool(np.all(np.isfinite(node.compute(*(np.asarray(each) for each in signed)))))
    return signed if takes_them else sizes


def random_graph(rng: np.random.Generator, operations: int) -> list[Node]:
    """A sorted graph with as many operations, on values of moderate size."""
    feed: dict[Node, Any] = {}
    known: list[tuple[Node, Shape]] = []

    def some_node(shape: Shape) -> Node:
        """A node of this shape that is there already, or a new Input."""
        candidates = [node for node, each in known if each == shape]
        if candidates:
            return candidates[rng.integers(len(candidates))]
        node = Input()
        feed[node] = rng.uniform(0.3, 1.2, size=shape) * rng.choice([-1.0, 1.0], size=shape)
        known.append((node, shape))
        return node

    for shape in rng.choice(len(SHAPES), size=3):
        some_node(SHAPES[shape])
    for _ in range(operations):
        kind = operation_classes()[rng.integers(len(operation_classes()))]
        first, shape = known[rng.integers(len(known))]
        choices = [shapes for shapes in shapes_for(kind) if shapes[0] == shape]
        if choices:
            shapes = choices[rng.integers(len(choices))]
            node = kind(first, *(some_node(each) for each in shapes[1:]))  # type: ignore[arg-type, call-arg]
            known.append((node, shape_of(kind, shapes)))
    return topological_sort(feed)
