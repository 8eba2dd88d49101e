"""Graphs that a layout has to do well on: the shipped examples, and larger ones made here."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path

from gui.presentation.layout import Arrangement
from tests.presentation.drawn import Network

EXAMPLES = sorted((Path(__file__).parents[2] / "resources" / "examples").glob("*.miniflow"))


def example(path: Path) -> Network:
    records = json.loads(path.read_text(encoding="utf-8"))["nodes"]
    nodes = {record["id"]: tuple(record.get("inputs", ())) for record in records}
    return Network(nodes, frozenset(record["id"] for record in records if record.get("trainable")))


def one_neuron() -> Network:
    nodes = {"X": (), "W": (), "b": (), "y": (), "f": ("X", "W", "b"), "a": ("f",), "cost": ("y", "a")}
    return Network(nodes, frozenset({"W", "b"}))


def layers(count: int, skip_every: int = 0) -> Network:
    """Layers of Linear and Sigmoid, each with its W and b; after every so many, an Add takes a skip."""
    nodes: dict[str, tuple[str, ...]] = {"X": (), "y": ()}
    parameters = set()
    before = last = "X"
    for k in range(1, count + 1):
        nodes |= {f"W{k}": (), f"b{k}": (), f"l{k}": (last, f"W{k}", f"b{k}"), f"s{k}": (f"l{k}",)}
        parameters |= {f"W{k}", f"b{k}"}
        last = f"s{k}"
        if skip_every and k % skip_every == 0:
            nodes[f"add{k}"] = (last, before)
            before = last = f"add{k}"
    nodes["cost"] = ("y", last)
    return Network(nodes, frozenset(parameters))


def scalar_two_two_one() -> Network:
    """Two inputs, two hidden neurons, one output, every weight and bias a node of its own."""
    nodes: dict[str, tuple[str, ...]] = {"x1": (), "x2": (), "y": ()}
    parameters = set()
    for neuron, sources in {"h1": ("x1", "x2"), "h2": ("x1", "x2"), "out": ("h1", "h2")}.items():
        products = []
        for source in sources:
            weight, product = f"w {source} {neuron}", f"{source} times {neuron}"
            nodes |= {weight: (), product: (source, weight)}
            parameters.add(weight)
            products.append(product)
        parameters.add(f"b {neuron}")
        nodes |= {f"b {neuron}": (), f"z {neuron}": (*products, f"b {neuron}"), neuron: (f"z {neuron}",)}
    nodes["cost"] = ("y", "out")
    return Network(nodes, frozenset(parameters))


def random_layered(seed: int, count: int = 100, columns: int = 10) -> Network:
    """Nodes in columns, each wired to one of the column before and now and then to one up to three columns back."""
    chance = random.Random(seed)
    column = [[f"n{index}" for index in range(start, count, columns)] for start in range(columns)]
    nodes: dict[str, tuple[str, ...]] = dict.fromkeys(column[0], ())
    for place in range(1, columns):
        for name in column[place]:
            inputs = [chance.choice(column[place - 1])]
            while chance.random() < 0.35:
                inputs.append(chance.choice(column[chance.randrange(max(0, place - 3), place)]))
            nodes[name] = tuple(inputs)
    return Network(nodes, widths=(172, 200, 240))


@cache
def cases() -> dict[str, Network]:
    """Every graph that the bars are measured on, by name."""
    made = {path.stem: example(path) for path in EXAMPLES}
    made |= {f"random {seed}": random_layered(seed) for seed in range(3)}
    return made | {
        "one neuron of the lesson": one_neuron(),
        "43 nodes in ten layers": layers(10),
        "skips": layers(4, skip_every=2),
        "one long skip": layers(4, skip_every=4),
        "2-2-1 neuron by neuron": scalar_two_two_one(),
    }


@cache
def arranged(name: str) -> Arrangement:
    """The arrangement of a case, worked out once."""
    return cases()[name].arranged()
