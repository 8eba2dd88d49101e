"""Measures of a drawing: what runs through what, on the very curves that the canvas draws."""

from __future__ import annotations

import subprocess
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TypeAlias

import numpy as np

from gui.presentation.layout import Arrangement, Card, Wire, arrange
from gui.presentation.wires import Cubic, Point, points_along, wire_path

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Network:
    """A graph to draw: each node with its inputs in the order of its ports, and what is trained."""

    nodes: dict[str, tuple[str, ...]]
    parameters: frozenset[str] = frozenset()
    widths: tuple[int, ...] = (172,)

    @cached_property
    def wires(self) -> list[Wire]:
        return [(source, node, port) for node, inputs in self.nodes.items() for port, source in enumerate(inputs)]

    @cached_property
    def cards(self) -> dict[str, Card]:
        """Cards as the canvas has them: the out port level with the first in port, not all of one size."""
        cards = {}
        for index, (node, inputs) in enumerate(self.nodes.items()):
            height = 48.0 + max(60 + 28 * (index % 3), 19 * len(inputs))
            ports = tuple(48.0 + 19.0 * port for port in range(len(inputs)))
            cards[node] = Card(self.widths[index % len(self.widths)], height, ports, 48.0)
        return cards

    def arranged(self, only: Collection[str] | None = None, positions: dict[str, Point] | None = None) -> Arrangement:
        return arrange(list(self.nodes), self.wires, self.cards, self.parameters, only, positions)


def ends(network: Network, found: Arrangement, wire: Wire) -> tuple[Point, Point]:
    """Return where a wire starts and ends: the out port of its source, the in port of its consumer."""
    (left, top), (x, y) = found.positions[wire[0]], found.positions[wire[1]]
    source, consumer = network.cards[wire[0]], network.cards[wire[1]]
    return (left + source.width, top + source.out_offset), (x, y + consumer.in_offsets[wire[2]])


def paths(network: Network, found: Arrangement) -> dict[Wire, list[Cubic]]:
    """Return the curves of every wire."""
    return {wire: wire_path(*ends(network, found, wire), found.way_points.get(wire, ())) for wire in network.wires}


def boxes(network: Network, found: Arrangement) -> dict[str, Box]:
    """Return the left, top, right and bottom of every card."""
    cards = network.cards
    return {node: (x, y, x + cards[node].width, y + cards[node].height) for node, (x, y) in found.positions.items()}


def wires_through_cards(network: Network, found: Arrangement) -> list[tuple[Wire, str]]:
    """Return every wire that runs through a card, its own two included, with that card."""
    return through(paths(network, found), boxes(network, found))


def through(drawn: Mapping[Wire, Sequence[Cubic]], cards: Mapping[str, Box]) -> list[tuple[Wire, str]]:
    """Return every wire that runs through a card, with that card; along an edge is not through."""
    names = list(cards)
    left, top, right, bottom = (
        np.array(list(cards.values())).T[:, :, None] + np.array([0.5, 0.5, -0.5, -0.5])[:, None, None]
    )
    hits = []
    for wire, path in drawn.items():
        x, y = np.array(points_along(path, 96)).T
        inside = (left < x) & (x < right) & (top < y) & (y < bottom)
        hits += [(wire, names[card]) for card in np.flatnonzero(inside.any(axis=1))]
    return hits


def overlaps(network: Network, found: Arrangement) -> list[tuple[str, str]]:
    """Return every pair of cards that overlap."""
    return [
        (one, other)
        for (one, a), (other, b) in combinations(boxes(network, found).items(), 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


def crossings(network: Network, found: Arrangement) -> int:
    """Count the pairs of wires that cross, those from one port aside."""
    drawn = paths(network, found)
    return crossing_pairs([(wire[0], points_along(path, 12)) for wire, path in drawn.items()])


def crossing_pairs(lines: Sequence[tuple[str, Sequence[Point]]]) -> int:
    """Count the pairs of lines that cross, each line given with its source; lines from one source do not count."""
    shapes = [(source, np.array(line)) for source, line in lines]
    return sum(one[0] != other[0] and _cross(one[1], other[1]) for one, other in combinations(shapes, 2))


def _cross(one: np.ndarray, other: np.ndarray) -> bool:
    if np.any(one.max(axis=0) < other.min(axis=0)) or np.any(other.max(axis=0) < one.min(axis=0)):
        return False
    p, r = one[:-1, None], np.diff(one, axis=0)[:, None]
    q, s = other[None, :-1], np.diff(other, axis=0)[None]
    turn = r[..., 0] * s[..., 1] - r[..., 1] * s[..., 0]
    apart = q - p
    with np.errstate(divide="ignore", invalid="ignore"):
        along_one = (apart[..., 0] * s[..., 1] - apart[..., 1] * s[..., 0]) / turn
        along_other = (apart[..., 0] * r[..., 1] - apart[..., 1] * r[..., 0]) / turn
    return bool(np.any((along_one > 0) & (along_one < 1) & (along_other > 0) & (along_other < 1)))


def dot_crossings(network: Network) -> int:
    """Count the crossings in graphviz dot's drawing of the same task: the same ports in the same order."""
    reply = subprocess.run(["dot", "-Tplain"], input=_for_dot(network), capture_output=True, text=True, check=True)
    lines = []
    for words in map(str.split, reply.stdout.splitlines()):
        if words[0] == "edge":
            count = int(words[3])
            numbers = [float(word) for word in words[4 : 4 + 2 * count]]
            points = list(zip(numbers[::2], numbers[1::2], strict=True))
            curves = [Cubic(*points[start : start + 4]) for start in range(0, count - 1, 3)]
            lines.append((words[1], points_along(curves, 12)))
    return crossing_pairs(lines)


def _for_dot(network: Network) -> str:
    number = {node: f"n{index}" for index, node in enumerate(network.nodes)}
    text = ["digraph { rankdir=LR; ranksep=1; nodesep=0.4; node [shape=record];"]
    for node, card in network.cards.items():
        ports = "|".join(f"<i{port}>{port}" for port in range(len(card.in_offsets))) or " "
        text.append(
            f'{number[node]} [label="{{{{{ports}}}|<o>o}}", width={card.width / 72}, height={card.height / 72}];'
        )
    text += [f"{number[source]}:o:e -> {number[consumer]}:i{port}:w;" for source, consumer, port in network.wires]
    return "\n".join([*text, "}"])
