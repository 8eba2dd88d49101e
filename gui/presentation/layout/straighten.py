"""How high each node stands: the main line straight, long wires straight, the rest in the middle of its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gui.presentation.layout import backbone
from gui.presentation.layout.cards import Card
from gui.presentation.layout.heights import CARD_GAP, Heights
from gui.presentation.layout.layers import Layered
from gui.presentation.layout.strands import level_nodes, level_strands

_ROUNDS = 14
_LAST_ROUNDS = 4


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
    relax(state, pinned, _ROUNDS)
    level_strands(state, pinned)
    relax(state, pinned, _LAST_ROUNDS)
    level_nodes(state, pinned)
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


def relax(state: Heights, pinned: set[int], rounds: int) -> None:
    """Bring every vertex to the middle of its neighbours, going to and fro over the columns."""
    for round_number in range(rounds):
        for column in state.columns if round_number % 2 == 0 else reversed(state.columns):
            _relax_column(state, column, pinned)


def _relax_column(state: Heights, column: Sequence[int], pinned: set[int]) -> None:
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
