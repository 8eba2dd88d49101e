"""What networkx gives the layout: the longest path through the graph, and a first grid of places.

No other module knows networkx, and it is imported only when something is arranged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_LENGTH_FIRST = 1_000_000


def longest_path(bonuses: Mapping[tuple[int, int], int]) -> list[int]:
    """Return the nodes of the longest path, in order; among equally long ones the one with the largest bonuses.

    ``bonuses`` holds every wire, as source and consumer.
    """
    import networkx as nx

    graph: Any = nx.DiGraph()
    for (source, consumer), bonus in sorted(bonuses.items()):
        graph.add_edge(source, consumer, weight=_LENGTH_FIRST + bonus)
    return list(nx.dag_longest_path(graph, weight="weight"))


def grid(columns: Sequence[Sequence[int]], links: Sequence[tuple[int, int]], pitch: float) -> list[float]:
    """Return a first y for each vertex: every column evenly spaced and centred on 0, in the order given."""
    import networkx as nx

    graph: Any = nx.MultiDiGraph()
    graph.add_nodes_from(vertex for column in columns for vertex in column)
    graph.add_edges_from(links)
    ordered_layers = {layer: list(column) for layer, column in enumerate(columns)}
    spread = nx.multipartite_layout(graph, subset_key=ordered_layers, align="vertical")
    tallest = max(columns, key=len)
    extent = float(spread[tallest[-1]][1] - spread[tallest[0]][1])
    unit = pitch * (len(tallest) - 1) / extent if extent > 0 else 0.0
    return [float(spread[vertex][1]) * unit for vertex in range(len(graph))]
