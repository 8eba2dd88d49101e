"""The tops of all vertices while the layout finds them: what they wish for, and what room their neighbours leave."""

from __future__ import annotations

from collections.abc import Sequence

from gui.presentation.layout.cards import Card
from gui.presentation.layout.layers import Layered

CARD_GAP = 32.0
BEND_GAP = 18.0
_MIXED_GAP = 22.0
_BEND_PULL = 8.0
_BEND_END_PULL = 2.0


class Heights:
    """The tops of all vertices, while they are being found."""

    def __init__(self, graph: Layered, columns: Sequence[Sequence[int]], cards: Sequence[Card]) -> None:
        self.graph = graph
        self.columns = columns
        self.cards = cards
        self.column_of = {vertex: index for index, column in enumerate(columns) for vertex in column}
        self.place = {vertex: place for column in columns for place, vertex in enumerate(column)}
        self.top: list[float] = []

    def height(self, vertex: int) -> float:
        """Return how tall a vertex is; a bend has no height."""
        return 0.0 if self.graph.is_bend(vertex) else self.cards[vertex].height

    def out_level(self, vertex: int) -> float:
        """Return how far below its top a vertex's out port is."""
        return 0.0 if self.graph.is_bend(vertex) else self.cards[vertex].out_offset

    def in_level(self, vertex: int, port: int) -> float:
        """Return how far below its top a vertex's in port is."""
        return 0.0 if self.graph.is_bend(vertex) else self.cards[vertex].in_offset(port)

    def gap(self, above: int, below: int) -> float:
        """Return the least distance from the bottom of one vertex to the top of the next below it."""
        bends = self.graph.is_bend(above) + self.graph.is_bend(below)
        return (CARD_GAP, _MIXED_GAP, BEND_GAP)[bends]

    def wish(self, vertex: int) -> tuple[float, float]:
        """Return the top at which a vertex's wires would be level on average, and how strongly they pull."""
        total = pull = 0.0
        for left, port in self.graph.ins[vertex]:
            weight = self._pull(left, vertex)
            total += weight * (self.top[left] + self.out_level(left) - self.in_level(vertex, port))
            pull += weight
        for right, port in self.graph.outs[vertex]:
            weight = self._pull(vertex, right)
            total += weight * (self.top[right] + self.in_level(right, port) - self.out_level(vertex))
            pull += weight
        return (total / pull, pull) if pull else (self.top[vertex], 1.0)

    def room(self, vertex: int) -> tuple[float, float]:
        """Return the highest and the lowest top that a vertex can have while its neighbours stay where they are."""
        column, place = self.columns[self.column_of[vertex]], self.place[vertex]
        highest, lowest = float("-inf"), float("inf")
        if place > 0:
            above = column[place - 1]
            highest = self.top[above] + self.height(above) + self.gap(above, vertex)
        if place + 1 < len(column):
            below = column[place + 1]
            lowest = self.top[below] - self.gap(vertex, below) - self.height(vertex)
        return highest, lowest

    def _pull(self, left: int, right: int) -> float:
        bends = self.graph.is_bend(left) + self.graph.is_bend(right)
        return (1.0, _BEND_END_PULL, _BEND_PULL)[bends]
