"""Which node stands above which in a column, so that few wires cross: port order counts, as it does on the screen."""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from gui.presentation.layout.layers import Layered

Columns: TypeAlias = list[list[int]]

_SEED = 1
_ROUNDS = 24
_LEAST_ROUNDS = 3
_EXTRA_STARTS = 12
_STALE_ROUNDS = 3
_SETTLING_PASSES = 3
_WINDOW = 12
_MOST_LINKS_TO_REROUTE = 250
_LEAST_WINDOW = 4


def ordered(graph: Layered) -> Columns:
    """Return the columns, each from top to bottom, in the best order that a few fixed attempts find."""
    links = sum(len(outs) for outs in graph.outs)
    rounds = max(_LEAST_ROUNDS, min(_ROUNDS, 8_000 // (links + 1)))
    window = max(_LEAST_WINDOW, min(_WINDOW, 9_000 // (links + 1)))
    best = graph.columns
    least = disorder(graph, best)
    for start in _starts(graph, extra=min(_EXTRA_STARTS, 1_200 // (links + 1))):
        attempt = _Attempt(graph, start, window)
        attempt.improve(rounds)
        if attempt.least < least:
            best, least = attempt.best, attempt.least
        if least == 0:
            break
    return _rerouted(graph, best, window) if links <= _MOST_LINKS_TO_REROUTE else best


def _rerouted(graph: Layered, columns: Columns, window: int) -> Columns:
    """Return an order in which long wires run above or below everything where that is better."""
    best, least = columns, (disorder(graph, columns), _span(graph, columns))
    for bends in sorted((bends for bends in graph.chains.values() if bends), key=len, reverse=True):
        for at_top in (True, False):
            moving = set(bends)
            start = []
            for column in best:
                own = [vertex for vertex in column if vertex in moving]
                others = [vertex for vertex in column if vertex not in moving]
                start.append(own + others if at_top else others + own)
            attempt = _Attempt(graph, start, window)
            attempt.settle()
            weight = (disorder(graph, attempt.columns), _span(graph, attempt.columns))
            if weight < least:
                best, least = attempt.columns, weight
    return best


def _span(graph: Layered, columns: Sequence[Sequence[int]]) -> float:
    """Return how far wires climb in all, counted in places."""
    level = {vertex: place - (len(column) - 1) / 2.0 for column in columns for place, vertex in enumerate(column)}
    return sum(abs(level[left] - level[right]) for left, outs in enumerate(graph.outs) for right, _ in outs)


def disorder(graph: Layered, columns: Sequence[Sequence[int]]) -> int:
    """Return what the crossings of an order weigh: 2 for each pair of wires that cross, 1 if they end at one node.

    Two wires that cross just before their node, because its ports want them so, are easily followed.
    """
    place = _places(graph, columns)
    ports = _ports(graph)
    weight = 0
    for column in columns:
        at_ports: list[int] = []
        at_nodes: list[int] = []
        for vertex in column:
            nodes = [place[right] for right, _ in graph.outs[vertex]]
            keys = [place[right] * ports + port for right, port in graph.outs[vertex]]
            weight += sum(len(at_nodes) - bisect_right(at_nodes, key) for key in nodes)
            weight += sum(len(at_ports) - bisect_right(at_ports, key) for key in keys)
            for node, key in zip(nodes, keys, strict=True):
                insort(at_nodes, node)
                insort(at_ports, key)
    return weight


class _Attempt:
    """One start, improved by turns: each column follows its neighbours, then each vertex goes to its best place."""

    def __init__(self, graph: Layered, columns: Columns, window: int) -> None:
        self.graph = graph
        self.window = window
        self.columns = [list(column) for column in columns]
        self.ports = _ports(graph)
        self.place = _places(graph, columns)
        self.best = [list(column) for column in columns]
        self.least = disorder(graph, columns)

    def improve(self, rounds: int) -> None:
        stale = 0
        self.settle()
        for round_number in range(rounds):
            self._keep_if_better()
            if self.least == 0 or stale > _STALE_ROUNDS:
                return
            before = self.least
            self._sweep(rightwards=round_number % 2 == 0, reverse_ties=round_number % 4 >= 2)
            self.settle()
            self._keep_if_better()
            stale = 0 if self.least < before else stale + 1

    def _keep_if_better(self) -> None:
        count = disorder(self.graph, self.columns)
        if count < self.least:
            self.least = count
            self.best = [list(column) for column in self.columns]

    def _set(self, index: int, column: list[int]) -> None:
        self.columns[index] = column
        for place, vertex in enumerate(column):
            self.place[vertex] = place

    def _sweep(self, rightwards: bool, reverse_ties: bool) -> None:
        """Sort each column by the middle of what each vertex is wired to on the side that the sweep comes from."""
        count = len(self.columns)
        for index in range(count) if rightwards else reversed(range(count)):
            column = self.columns[index][::-1] if reverse_ties else self.columns[index]
            wishes = {vertex: self._wish(index, vertex, rightwards) for vertex in column}
            self._set(index, sorted(column, key=wishes.__getitem__))

    def _wish(self, index: int, vertex: int, rightwards: bool) -> float:
        ins, outs = self.graph.ins[vertex], self.graph.outs[vertex]
        if (rightwards and ins) or not outs:
            if not ins:
                return self._centred(index, vertex)
            return sum(self._centred(index - 1, left) for left, _ in ins) / len(ins)
        at_port = (self._centred(index + 1, right) + (port + 0.5) / self.ports for right, port in outs)
        return sum(at_port) / len(outs) - 0.5

    def _centred(self, index: int, vertex: int) -> float:
        return self.place[vertex] - (len(self.columns[index]) - 1) / 2.0

    def settle(self) -> None:
        """Move single vertices within their columns for as long as that removes crossings."""
        waiting = set(range(len(self.columns)))
        for _ in range(_SETTLING_PASSES):
            moved = [index for index in sorted(waiting) if self._sift(index)]
            waiting = {near for index in moved for near in (index - 1, index, index + 1)} & set(
                range(len(self.columns))
            )
            if not waiting:
                return

    def _sift(self, index: int) -> bool:
        column = self.columns[index]
        lefts = {vertex: self._left_keys(vertex) for vertex in column}
        rights = {vertex: self._right_keys(vertex) for vertex in column}
        known: dict[tuple[int, int], int] = {}

        def cost(above: int, below: int) -> int:
            """How much more disorder there is with ``above`` above ``below`` than the other way round."""
            weight = known.get((above, below))
            if weight is None:
                weight = 2 * _surplus(lefts[above], lefts[below]) + _surplus(rights[above], rights[below])
                known[above, below] = weight
                known[below, above] = -weight
            return weight

        changed = False
        current = list(column)
        for vertex in column:
            here = current.index(vertex)
            gain, there = _best_move(current, here, self.window, cost)
            if gain < 0:
                current.insert(there, current.pop(here))
                changed = True
        if changed:
            self._set(index, current)
        return changed

    def _left_keys(self, vertex: int) -> list[int]:
        return sorted(self.place[left] for left, _ in self.graph.ins[vertex])

    def _right_keys(self, vertex: int) -> list[int]:
        """Return the ends of a vertex's wires twice over: by node alone, and, beyond all those, by node and port."""
        nodes = sorted(self.place[right] for right, _ in self.graph.outs[vertex])
        beyond = len(self.place)
        ports = sorted(beyond + self.place[right] * self.ports + port for right, port in self.graph.outs[vertex])
        return nodes + ports


def _best_move(column: Sequence[int], here: int, window: int, cost: Callable[[int, int], int]) -> tuple[int, int]:
    """Return the change in disorder by moving the vertex at ``here`` to the best place near it, and that place."""
    vertex = column[here]
    best, there = 0, here
    change = 0
    for place in range(here - 1, max(-1, here - 1 - window), -1):
        change += cost(vertex, column[place])
        if change < best:
            best, there = change, place
    change = 0
    for place in range(here + 1, min(len(column), here + 1 + window)):
        change += cost(column[place], vertex)
        if change < best:
            best, there = change, place
    return best, there


def _surplus(above: Sequence[int], below: Sequence[int]) -> int:
    """Return how many more pairs have the larger key above than have it below."""
    if not above or not below:
        return 0
    balance = -len(above) * len(below)
    for key in above:
        balance += bisect_left(below, key) + bisect_right(below, key)
    return balance


def _places(graph: Layered, columns: Sequence[Sequence[int]]) -> list[int]:
    place = [0] * len(graph.ins)
    for column in columns:
        for index, vertex in enumerate(column):
            place[vertex] = index
    return place


def _ports(graph: Layered) -> int:
    return 1 + max((port for ins in graph.ins for _, port in ins), default=0)


def _starts(graph: Layered, extra: int) -> Iterator[Columns]:
    """Yield orders to start from: by a walk back from the results, a walk on from the inputs, and shuffled ones."""
    yield _by_walk(graph, graph.ins, reversed(graph.columns))
    yield _by_walk(graph, graph.outs, graph.columns)
    chance = random.Random(_SEED)
    for _ in range(extra):
        yield [
            [vertex for _, vertex in sorted((chance.random(), vertex) for vertex in column)] for column in graph.columns
        ]


def _by_walk(
    graph: Layered, onward: Sequence[Sequence[tuple[int, int]]], roots: Sequence[list[int]] | Iterator[list[int]]
) -> Columns:
    """Return the columns in the order in which a walk, deep before wide and port by port, first meets each vertex."""
    met: dict[int, int] = {}
    for column in roots:
        for root in column:
            waiting = [root]
            while waiting:
                vertex = waiting.pop()
                if vertex in met:
                    continue
                met[vertex] = len(met)
                waiting.extend(near for near, _ in reversed(onward[vertex]))
    return [sorted(column, key=met.__getitem__) for column in graph.columns]
