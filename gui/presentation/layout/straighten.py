"""How high each node stands: the main line straight, long wires straight, the rest in the middle of its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gui.presentation.layout import backbone
from gui.presentation.layout.cards import Card
from gui.presentation.layout.layers import Layered

CARD_GAP = 32.0
BEND_GAP = 18.0
_MIXED_GAP = 22.0
_ROUNDS = 14
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


def heights(
    graph: Layered, columns: Sequence[Sequence[int]], cards: Sequence[Card], quiet: Sequence[bool]
) -> list[float]:
    """Return the top of every vertex. ``quiet`` marks the parameters, which the main line does not start from."""
    state = Heights(graph, columns, cards)
    line = main_line(graph, columns, quiet)
    links = [(left, right) for left, outs in enumerate(graph.outs) for right, _ in outs]
    pitch = max((card.height for card in cards), default=0.0) + CARD_GAP
    state.top = backbone.grid(columns, links, pitch)
    pinned = _level_line(state, line)
    for round_number in range(_ROUNDS):
        order = range(len(columns)) if round_number % 2 == 0 else reversed(range(len(columns)))
        for index in order:
            _relax(state, columns[index], pinned)
    for _ in range(3):
        _straighten(state, pinned)
    return state.top


def main_line(graph: Layered, columns: Sequence[Sequence[int]], quiet: Sequence[bool]) -> list[int]:
    """Return the path that is drawn as one straight line: the longest, from data rather than from a parameter."""
    middle = {vertex: place - (len(column) - 1) / 2.0 for column in columns for place, vertex in enumerate(column)}
    bonuses: dict[tuple[int, int], int] = {}
    for source in range(graph.nodes):
        for consumer, port in graph.outs[source]:
            if graph.is_bend(consumer):
                continue
            bonus = -int(10 * abs(middle[source] - middle[consumer])) - int(abs(middle[consumer]))
            if not graph.ins[source]:
                bonus -= 20_000 * quiet[source] + 500 * port
            bonuses[source, consumer] = max(bonus, bonuses.get((source, consumer), -_FAR))
    if not bonuses:
        return list(columns[0][:1]) if columns else []
    return backbone.longest_path(bonuses)


_FAR = 10**9


def _level_line(state: Heights, line: Sequence[int]) -> set[int]:
    """Put the main line's nodes where the wires between them are level."""
    for left, right in pairwise(line):
        port = next(port for vertex, port in state.graph.outs[left] if vertex == right)
        state.top[right] = state.top[left] + state.out_level(left) - state.in_level(right, port)
    return set(line)


def _relax(state: Heights, column: Sequence[int], pinned: set[int]) -> None:
    """Bring a column's vertices as near to their wishes as the gaps allow; a pinned one stays and parts the column."""
    start = 0
    ceiling = float("-inf")
    for place, vertex in enumerate(column):
        if vertex in pinned:
            _place_run(state, column[start:place], ceiling, state.top[vertex] - _gap_above(state, column, place))
            ceiling = state.top[vertex] + state.height(vertex)
            if place + 1 < len(column):
                ceiling += state.gap(vertex, column[place + 1])
            start = place + 1
    _place_run(state, column[start:], ceiling, float("inf"))


def _gap_above(state: Heights, column: Sequence[int], place: int) -> float:
    return state.gap(column[place - 1], column[place]) if place else 0.0


def _place_run(state: Heights, run: Sequence[int], ceiling: float, floor: float) -> None:
    """Place neighbours between two bounds: least squares to their wishes, in order and with their gaps.

    With the room that those above take up subtracted, the tops only have to rise: neighbours that would not are
    pooled at their mean (isotonic regression), and a bound only cuts the result off.
    """
    taken = [0.0]
    for above, below in pairwise(run):
        taken.append(taken[-1] + state.height(above) + state.gap(above, below))
    pools: list[tuple[float, float, int]] = []
    for vertex, used in zip(run, taken, strict=False):
        wish, pull = state.wish(vertex)
        total, weight, count = (wish - used) * pull, pull, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / weight:
            earlier = pools.pop()
            total, weight, count = total + earlier[0], weight + earlier[1], count + earlier[2]
        pools.append((total, weight, count))
    lowest = floor - taken[-1] - (state.height(run[-1]) if run else 0.0)
    place = 0
    for total, weight, count in pools:
        level = max(ceiling, min(lowest, total / weight))
        for vertex in run[place : place + count]:
            state.top[vertex] = level + taken[place]
            place += 1


def _straighten(state: Heights, pinned: set[int]) -> None:
    """Make wires level where nothing has to move out of the way: long wires first, then one wire of each node."""
    graph = state.graph
    threads = sorted(
        ([link[0], *bends, link[1]], link[2]) for link, bends in graph.chains.items() if bends
    )
    for thread, port in sorted(threads, key=lambda item: -len(item[0])):
        _level_bends(state, thread, port, pinned)
    for column in state.columns:
        for vertex in column:
            if vertex not in pinned and not graph.is_bend(vertex):
                _level_one(state, vertex)


def _level_bends(state: Heights, thread: Sequence[int], port: int, pinned: set[int]) -> None:
    """Bring the bends of one wire to one level, to that of an end of the wire if there is room for it."""
    bends = thread[1:-1]
    rooms = [state.room(bend) for bend in bends]
    start = 0
    while start < len(bends):
        highest, lowest = rooms[start]
        end = start + 1
        while end < len(bends) and max(highest, rooms[end][0]) <= min(lowest, rooms[end][1]):
            highest, lowest = max(highest, rooms[end][0]), min(lowest, rooms[end][1])
            end += 1
        level = sum(state.top[bend] for bend in bends[start:end]) / (end - start)
        wishes = []
        if start == 0:
            wishes.append(state.top[thread[0]] + state.out_level(thread[0]))
        if end == len(bends):
            wishes.append(state.top[thread[-1]] + state.in_level(thread[-1], port))
        wishes = [wish for wish in wishes if highest <= wish <= lowest]
        level = min(wishes, key=lambda wish: abs(wish - level)) if wishes else max(highest, min(lowest, level))
        for bend in bends[start:end]:
            state.top[bend] = level
        start = end


def _level_one(state: Heights, vertex: int) -> None:
    """Make one of a node's wires level if the node has room to move there: the one that needs the least movement."""
    highest, lowest = state.room(vertex)
    wishes = []
    for left, port in state.graph.ins[vertex]:
        wishes.append(state.top[left] + state.out_level(left) - state.in_level(vertex, port))
    for right, port in state.graph.outs[vertex]:
        wishes.append(state.top[right] + state.in_level(right, port) - state.out_level(vertex))
    now = state.top[vertex]
    possible = [wish for wish in wishes if highest <= wish <= lowest and abs(wish - now) <= CARD_GAP]
    if possible:
        state.top[vertex] = min(possible, key=lambda wish: (abs(wish - now), wish))
