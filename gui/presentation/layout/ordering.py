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
_EXTRA_STARTS = 8
_STALE_ROUNDS = 6
_WINDOW = 12


def ordered(graph: Layered) -> Columns:
    """Return the columns, each from top to bottom, in the best order that a few fixed attempts find."""
    links = sum(len(outs) for outs in graph.outs)
    rounds = max(4, min(_ROUNDS, 24_000 // (links + 1)))
    best = graph.columns
    fewest = crossings(graph, best)
    for start in _starts(graph, extra=min(_EXTRA_STARTS, 4_000 // (links + 1))):
        attempt = _Attempt(graph, start)
        attempt.improve(rounds)
        if attempt.fewest < fewest:
            best, fewest = attempt.best, attempt.fewest
        if fewest == 0:
            break
    return best


def crossings(graph: Layered, columns: Sequence[Sequence[int]]) -> int:
    """Count the pairs of wires that cross between neighbouring columns."""
    place = _places(graph, columns)
    ports = _ports(graph)
    count = 0
    for column in columns:
        ends: list[int] = []
        for vertex in column:
            keys = [place[right] * ports + port for right, port in graph.outs[vertex]]
            count += sum(len(ends) - bisect_right(ends, key) for key in keys)
            for key in keys:
                insort(ends, key)
    return count


class _Attempt:
    """One start, improved by turns: each column follows its neighbours, then each vertex goes to its best place."""

    def __init__(self, graph: Layered, columns: Columns) -> None:
        self.graph = graph
        self.columns = [list(column) for column in columns]
        self.ports = _ports(graph)
        self.place = _places(graph, columns)
        self.best = [list(column) for column in columns]
        self.fewest = crossings(graph, columns)

    def improve(self, rounds: int) -> None:
        stale = 0
        self._settle()
        for round_number in range(rounds):
            self._keep_if_better()
            if self.fewest == 0 or stale > _STALE_ROUNDS:
                return
            before = self.fewest
            self._sweep(rightwards=round_number % 2 == 0, reverse_ties=round_number % 4 >= 2)
            self._settle()
            self._keep_if_better()
            stale = 0 if self.fewest < before else stale + 1

    def _keep_if_better(self) -> None:
        count = crossings(self.graph, self.columns)
        if count < self.fewest:
            self.fewest = count
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

    def _settle(self) -> None:
        """Move single vertices within their columns for as long as that removes crossings."""
        for _ in range(4):
            moved = [self._sift(index) for index in range(len(self.columns))]
            if not any(moved):
                return

    def _sift(self, index: int) -> bool:
        column = self.columns[index]
        lefts = {v: sorted(self.place[left] for left, _ in self.graph.ins[v]) for v in column}
        rights = {v: sorted(self.place[right] * self.ports + p for right, p in self.graph.outs[v]) for v in column}
        known: dict[tuple[int, int], int] = {}

        def cost(above: int, below: int) -> int:
            """How many crossings more there are with ``above`` above ``below`` than the other way round."""
            pair = (above, below)
            if pair not in known:
                known[pair] = _surplus(lefts[above], lefts[below]) + _surplus(rights[above], rights[below])
                known[below, above] = -known[pair]
            return known[pair]

        changed = False
        current = list(column)
        for vertex in column:
            here = current.index(vertex)
            gain, there = _best_move(current, here, cost)
            if gain < 0:
                current.insert(there, current.pop(here))
                changed = True
        if changed:
            self._set(index, current)
        return changed


def _best_move(column: Sequence[int], here: int, cost: Callable[[int, int], int]) -> tuple[int, int]:
    """Return the change in crossings by moving the vertex at ``here`` to its best place, and that place."""
    vertex = column[here]
    best, there = 0, here
    change = 0
    for place in range(here - 1, max(-1, here - 1 - _WINDOW), -1):
        change += cost(vertex, column[place])
        if change < best:
            best, there = change, place
    change = 0
    for place in range(here + 1, min(len(column), here + 1 + _WINDOW)):
        change += cost(column[place], vertex)
        if change < best:
            best, there = change, place
    return best, there


def _surplus(above: Sequence[int], below: Sequence[int]) -> int:
    return sum(bisect_left(below, key) - (len(below) - bisect_right(below, key)) for key in above)


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
            [vertex for _, vertex in sorted((chance.random(), vertex) for vertex in column)]
            for column in graph.columns
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
