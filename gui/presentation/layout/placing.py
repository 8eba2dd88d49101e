"""One connected part of a graph, placed: columns side by side, and way points for the wires that need them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from gui.presentation.layout.cards import Card
from gui.presentation.layout.layers import Layered, Link, layered
from gui.presentation.layout.ordering import Columns, ordered
from gui.presentation.layout.straighten import heights
from gui.presentation.wires import Point

COLUMN_GAP = 72.0
_STEEP_GAP = 0.12
_WIDEST_GAP = 180.0
_RAIL_GAP = 28.0
_RAIL_PITCH = 16.0
_RAIL_OUT = 6.0
_LEVEL = 1.0


@dataclass
class Part:
    """A placed part: the top left corner of each of its cards, and the way points of its links."""

    corners: list[Point]
    way_points: dict[Link, list[Point]] = field(default_factory=dict)


def placed(cards: Sequence[Card], links: Sequence[Link], quiet: Sequence[bool]) -> Part:
    """Return a connected part in place; its coordinates have no particular origin."""
    graph = layered(len(cards), links)
    columns = ordered(graph)
    tops = [float(math.floor(top + 0.5)) for top in heights(graph, columns, cards, quiet)]
    return _Placing(graph, columns, cards, tops).part()


class _Placing:
    """The columns of one part with their left and right edges."""

    def __init__(self, graph: Layered, columns: Columns, cards: Sequence[Card], tops: list[float]) -> None:
        self.graph = graph
        self.columns = columns
        self.cards = cards
        self.tops = tops
        self.column_of = {vertex: index for index, column in enumerate(columns) for vertex in column}
        self.lefts: list[float] = []
        self.rights: list[float] = []
        left = 0.0
        for index, column in enumerate(columns):
            width = max((cards[vertex].width for vertex in column if not graph.is_bend(vertex)), default=0.0)
            self.lefts.append(left)
            self.rights.append(left + width)
            left += width + self._gap_after(index)

    def part(self) -> Part:
        corners = [(self._card_left(node), self.tops[node]) for node in range(self.graph.nodes)]
        part = Part(corners)
        for link, bends in self.graph.chains.items():
            points = self._through(link, bends)
            if points:
                part.way_points[link] = points
        for number, link in enumerate(self.graph.feedback):
            part.way_points[link] = self._around(link, number)
        return part

    def _gap_after(self, index: int) -> float:
        """Return the width of the gap after a column: wider where wires climb far."""
        steepest = max(
            (
                abs(self._out_level(left) - self._in_level(right, port))
                for left in self.columns[index]
                for right, port in self.graph.outs[left]
            ),
            default=0.0,
        )
        return float(round(min(_WIDEST_GAP, COLUMN_GAP + _STEEP_GAP * steepest)))

    def _card_left(self, node: int) -> float:
        index = self.column_of[node]
        return float(round((self.lefts[index] + self.rights[index] - self.cards[node].width) / 2.0))

    def _out_level(self, vertex: int) -> float:
        return self.tops[vertex] + (0.0 if self.graph.is_bend(vertex) else self.cards[vertex].out_offset)

    def _in_level(self, vertex: int, port: int) -> float:
        return self.tops[vertex] + (0.0 if self.graph.is_bend(vertex) else self.cards[vertex].in_offset(port))

    def _ends(self, link: Link) -> tuple[Point, Point]:
        source, consumer, port = link
        start = (self._card_left(source) + self.cards[source].width, self._out_level(source))
        return start, (self._card_left(consumer), self._in_level(consumer, port))

    def _through(self, link: Link, bends: Sequence[int]) -> list[Point]:
        """Return the way points of a wire: level across each column in between, and past wider cards at its ends."""
        start, end = self._ends(link)
        points = [start]
        for bend in bends:
            index, level = self.column_of[bend], self.tops[bend]
            for x in (self.lefts[index], self.rights[index]):
                points.append((x, points[-1][1] if abs(level - points[-1][1]) <= _LEVEL else level))
        points.append(end)
        right, left = self.rights[self.column_of[link[0]]], self.lefts[self.column_of[link[1]]]
        if start[0] < right and self._blocked(link[0], points[0], points[1]):
            points.insert(1, (right, start[1]))
        if end[0] > left and self._blocked(link[1], points[-1], points[-2]):
            points.insert(-1, (left, end[1]))
        return _without_level_points(points)[1:-1]

    def _blocked(self, node: int, port: Point, towards: Point) -> bool:
        """Tell whether a wider card of the column stands in the way from the port to the level of the other end."""
        low, high = sorted((port[1], towards[1]))
        width = self.cards[node].width
        return any(
            other != node
            and not self.graph.is_bend(other)
            and self.cards[other].width > width
            and self.tops[other] < high
            and self.tops[other] + self.cards[other].height > low
            for other in self.columns[self.column_of[node]]
        )

    def _around(self, link: Link, number: int) -> list[Point]:
        """Return the way points of a wire that leads back: up beside its source, over everything, and down again."""
        start, end = self._ends(link)
        rail = min(self.tops) - _RAIL_GAP - number * _RAIL_PITCH
        right = self.rights[self.column_of[link[0]]]
        left = self.lefts[self.column_of[link[1]]]
        points = [(right + _RAIL_OUT, rail), (left - _RAIL_OUT, rail)]
        if start[0] < right:
            points.insert(0, (right, start[1]))
        if end[0] > left:
            points.append((left, end[1]))
        return points


def _without_level_points(points: Sequence[Point]) -> list[Point]:
    """Leave out each point whose neighbours are on its own level: the wire is straight there without it."""
    kept = [points[0]]
    for (_, before), point, (_, after) in zip(points, points[1:], points[2:], strict=False):
        if not before == point[1] == after:
            kept.append(point)
    return [*kept, points[-1]]
