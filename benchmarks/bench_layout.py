"""How well and how fast graphs are arranged, against graphviz dot and networkx's layers alone.

Run it with ``python -m benchmarks.bench_layout``. All are measured as they are drawn: wires as curves from port to
port, cards with their sizes. Dot is given the same ports; networkx's multipartite_layout the generations of the graph.
Without graphviz its columns stay empty. Bars: 0 wires through cards, 0 overlaps, at most 1.3 times dot's crossings.
"""

from __future__ import annotations

import shutil
import time

import networkx as nx

from gui.presentation.layout import Arrangement
from tests.presentation.drawn import Network, crossings, dot_crossings, overlaps, wires_through_cards
from tests.presentation.networks_to_draw import cases, layers, random_layered

BAR = 1.3
HEADINGS = ("nodes", "wires", "seconds", "through", "overlaps", "crossings", "dot", "ratio", "networkx", "its through")


def generations_alone(network: Network) -> Arrangement:
    """Return what networkx does on its own: a column for each generation."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(network.nodes)
    graph.add_edges_from((source, consumer) for source, consumer, _ in network.wires)
    columns = dict(enumerate(nx.topological_generations(graph)))
    spread = nx.multipartite_layout(graph, subset_key=columns)
    widest = max(float(x) for x, _ in spread.values()) or 1.0
    tallest = max(float(y) for _, y in spread.values()) or 1.0
    across, down = 160.0 * len(columns) / widest, 110.0 * max(map(len, columns.values())) / tallest
    return Arrangement({node: (float(x) * across, float(y) * down) for node, (x, y) in spread.items()})


def measured(network: Network) -> list[str]:
    """Return one row of the table."""
    start = time.perf_counter()
    found = network.arranged()
    seconds = time.perf_counter() - start
    alone = generations_alone(network)
    count = crossings(network, found)
    row = [len(network.nodes), len(network.wires), f"{seconds:.2f}"]
    row += [len(wires_through_cards(network, found)), len(overlaps(network, found)), count]
    if shutil.which("dot"):
        dot = dot_crossings(network)
        row += [dot, f"{count / dot:.2f}" if dot else ("1.00" if count == 0 else "inf")]
    else:
        row += ["", ""]
    row += [crossings(network, alone), len(wires_through_cards(network, alone))]
    return [str(cell) for cell in row]


def main() -> None:
    networks = cases() | {f"random {seed}": random_layered(seed) for seed in range(4, 12)}
    print(f"\nArranging: crossings against graphviz dot's with the same ports (bar {BAR}), and networkx alone\n")
    print(f"{'':28}" + "".join(f"{heading:>13}" for heading in HEADINGS))
    for name, network in networks.items():
        print(f"{name:28}" + "".join(f"{cell:>13}" for cell in measured(network)))
    for name, network in {"1,000 random": random_layered(1, 1000, 25), "1,000 in a row": layers(250)}.items():
        start = time.perf_counter()
        network.arranged()
        print(f"{name:28}{len(network.nodes):>13}{len(network.wires):>13}{time.perf_counter() - start:>13.2f}")


if __name__ == "__main__":
    main()
