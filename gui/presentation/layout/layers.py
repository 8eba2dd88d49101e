"""Which column each node stands in: every wire leads to the right, and no input stands far from what uses it."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Link: TypeAlias = tuple[int, int, int]
"""A wire by numbers: the source, the consumer and the consumer's port."""


@dataclass
class Layered:
    """A graph in columns, where every link joins neighbouring columns: a long wire is a chain of bends.

    Vertices below ``nodes`` are nodes, those from there on are bends. ``ins`` and ``outs`` hold, for each vertex, the
    vertex at the other end and the port at the right end of the link.
    """

    nodes: int
    columns: list[list[int]]
    ins: list[list[tuple[int, int]]]
    outs: list[list[tuple[int, int]]]
    chains: dict[Link, list[int]] = field(default_factory=dict)
    feedback: list[Link] = field(default_factory=list)

    def is_bend(self, vertex: int) -> bool:
        """Tell whether a vertex is a bend of a long wire."""
        return vertex >= self.nodes


def layered(nodes: int, links: Sequence[Link]) -> Layered:
    """Return the nodes in columns; links that close a cycle are set aside in ``feedback``."""
    back = _feedback(nodes, links)
    forward = [link for link in links if link not in back]
    column = _tightened(_longest_path_columns(nodes, forward), forward)
    graph = Layered(nodes, [[] for _ in range(max(column, default=-1) + 1)], [], [], {}, sorted(back))
    for vertex in range(nodes):
        _add_vertex(graph, column[vertex])
    for link in forward:
        _add_chain(graph, link, column)
    return graph


def _add_vertex(graph: Layered, column: int) -> int:
    vertex = len(graph.ins)
    graph.columns[column].append(vertex)
    graph.ins.append([])
    graph.outs.append([])
    return vertex


def _add_chain(graph: Layered, link: Link, column: Sequence[int]) -> None:
    source, consumer, port = link
    bends = [_add_vertex(graph, place) for place in range(column[source] + 1, column[consumer])]
    graph.chains[link] = bends
    left = source
    for bend in bends:
        graph.outs[left].append((bend, 0))
        graph.ins[bend].append((left, 0))
        left = bend
    graph.outs[left].append((consumer, port))
    graph.ins[consumer].append((left, port))


def _feedback(nodes: int, links: Sequence[Link]) -> set[Link]:
    """Return the links that lead back to where a walk along the wires came from; without them there is no cycle."""
    outgoing: list[list[Link]] = [[] for _ in range(nodes)]
    has_input = [False] * nodes
    for link in links:
        outgoing[link[0]].append(link)
        has_input[link[1]] = True
    back: set[Link] = set()
    state = [0] * nodes
    for root in sorted(range(nodes), key=lambda node: (has_input[node], node)):
        if state[root]:
            continue
        state[root] = 1
        walk = [(root, iter(outgoing[root]))]
        while walk:
            node, rest = walk[-1]
            step = next(rest, None)
            if step is None:
                state[node] = 2
                walk.pop()
            elif state[step[1]] == 1:
                back.add(step)
            elif state[step[1]] == 0:
                state[step[1]] = 1
                walk.append((step[1], iter(outgoing[step[1]])))
    return back


def _topological(nodes: int, links: Sequence[Link]) -> list[int]:
    consumers: list[list[int]] = [[] for _ in range(nodes)]
    waits_for = [0] * nodes
    for source, consumer, _ in links:
        consumers[source].append(consumer)
        waits_for[consumer] += 1
    ready = deque(node for node in range(nodes) if waits_for[node] == 0)
    order = []
    while ready:
        node = ready.popleft()
        order.append(node)
        for consumer in consumers[node]:
            waits_for[consumer] -= 1
            if waits_for[consumer] == 0:
                ready.append(consumer)
    return order


def _neighbours(nodes: int, links: Sequence[Link]) -> tuple[list[list[int]], list[list[int]]]:
    producers: list[list[int]] = [[] for _ in range(nodes)]
    consumers: list[list[int]] = [[] for _ in range(nodes)]
    for source, consumer, _ in links:
        producers[consumer].append(source)
        consumers[source].append(consumer)
    return producers, consumers


def _longest_path_columns(nodes: int, links: Sequence[Link]) -> list[int]:
    producers, _ = _neighbours(nodes, links)
    column = [0] * nodes
    for node in _topological(nodes, links):
        column[node] = max((column[producer] + 1 for producer in producers[node]), default=0)
    return column


def _tightened(column: list[int], links: Sequence[Link]) -> list[int]:
    """Move nodes to the right where that shortens wires: all that serves one node alone goes beside it."""
    nodes = len(column)
    producers, consumers = _neighbours(nodes, links)
    order = _topological(nodes, links)
    private = [False] * nodes
    for node in order:
        private[node] = all(private[producer] and set(consumers[producer]) == {node} for producer in producers[node])
    moved = True
    while moved:
        moved = False
        for node in reversed(order):
            if not consumers[node]:
                continue
            wanted = min(column[consumer] for consumer in consumers[node]) - 1
            shortens = private[node] or len(producers[node]) < len(consumers[node])
            if shortens and wanted > column[node]:
                column[node] = wanted
                moved = True
    first = min(column, default=0)
    return [place - first for place in column]
