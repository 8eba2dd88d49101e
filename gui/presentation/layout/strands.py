"""Strands: runs of wires, one after another, that are drawn as one straight line wherever there is room for it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gui.presentation.layout.heights import CARD_GAP, Heights

_REACH = 2 * CARD_GAP


def level_strands(state: Heights, pinned: set[int]) -> None:
    """Make every strand as straight as its neighbours allow, the longest first, and pin it there."""
    for strand in sorted(strands(state, pinned), key=len, reverse=True):
        _level(state, strand, pinned)


def level_nodes(state: Heights, pinned: set[int]) -> None:
    """Make one wire of each node that is left level, if that takes a small move into free room."""
    for column in state.columns:
        for vertex in column:
            if vertex not in pinned:
                highest, lowest = state.room(vertex)
                here = state.top[vertex]
                wishes = [wish for wish in _level_tops(state, vertex) if highest <= wish <= lowest]
                nearest = min(wishes, key=lambda wish: (abs(wish - here), wish), default=here)
                if abs(nearest - here) <= CARD_GAP:
                    state.top[vertex] = nearest


def strands(state: Heights, taken: set[int]) -> list[list[int]]:
    """Return paths of two vertices or more that share no vertex: long wires first, then what most depends on."""
    graph = state.graph
    before, after = _longest(state, graph.ins, state.columns), _longest(state, graph.outs, state.columns[::-1])
    links = [
        (-(graph.is_bend(left) + graph.is_bend(right)), -before[left] - after[right], port, left, right)
        for left in range(len(graph.outs))
        for right, port in graph.outs[left]
        if left not in taken and right not in taken
    ]
    following: dict[int, int] = {}
    led: set[int] = set()
    for _, _, _, left, right in sorted(links):
        if left not in following and right not in led:
            following[left] = right
            led.add(right)
    paths = []
    for first in following:
        if first not in led:
            path = [first]
            while path[-1] in following:
                path.append(following[path[-1]])
            paths.append(path)
    return sorted(paths)


def _longest(state: Heights, near: Sequence[Sequence[tuple[int, int]]], columns: Sequence[Sequence[int]]) -> list[int]:
    length = [0] * len(near)
    for column in columns:
        for vertex in column:
            length[vertex] = max((length[other] + 1 for other, _ in near[vertex]), default=0)
    return length


def _level(state: Heights, strand: Sequence[int], pinned: set[int]) -> None:
    """Put as long a run of a strand as possible on one line, then as long a run of the rest, and so on."""
    below = [0.0]
    for left, right in pairwise(strand):
        port = next(port for vertex, port in state.graph.outs[left] if vertex == right)
        below.append(below[-1] + state.out_level(left) - state.in_level(right, port))
    start = 0
    while start < len(strand):
        highest, lowest = float("-inf"), float("inf")
        end = start
        while end < len(strand):
            room = [bound - below[end] for bound in state.room(strand[end])]
            if max(highest, room[0]) > min(lowest, room[1]):
                break
            highest, lowest = max(highest, room[0]), min(lowest, room[1])
            end += 1
        end = max(end, start + 1)
        if end - start > 1:
            level = _best_level(state, strand[start:end], below[start:end], highest, lowest)
            for vertex, lower in zip(strand[start:end], below[start:end], strict=True):
                state.top[vertex] = level + lower
                pinned.add(vertex)
        start = end


def _best_level(state: Heights, run: Sequence[int], below: Sequence[float], highest: float, lowest: float) -> float:
    """Return the level in the middle of where the run is now, or one near it that makes a wire at an end level too."""
    middle = sum(state.top[vertex] - lower for vertex, lower in zip(run, below, strict=True)) / len(run)
    middle = max(highest, min(lowest, middle))
    ends = [top - below[0] for top in _left_tops(state, run[0])]
    ends += [top - below[-1] for top in _right_tops(state, run[-1])]
    near = [level for level in ends if highest <= level <= lowest and abs(level - middle) <= _REACH]
    return min(near, key=lambda level: (abs(level - middle), level), default=middle)


def _level_tops(state: Heights, vertex: int) -> list[float]:
    return _left_tops(state, vertex) + _right_tops(state, vertex)


def _left_tops(state: Heights, vertex: int) -> list[float]:
    return [
        state.top[left] + state.out_level(left) - state.in_level(vertex, port) for left, port in state.graph.ins[vertex]
    ]


def _right_tops(state: Heights, vertex: int) -> list[float]:
    return [
        state.top[right] + state.in_level(right, port) - state.out_level(vertex)
        for right, port in state.graph.outs[vertex]
    ]
