"""Large graphs that run once, the sort alone, and the whole lesson from a cold start of Python.

Run it with ``python benchmarks/bench_graphs.py [ROUNDS]``. The last column is the project's time over that of the
row, the median of the ratios within a round, as in ``bench_engine.py``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
os.environ["OPENBLAS_NUM_THREADS"] = "1"
sys.path[:0] = [str(ROOT)]

import gc  # noqa: E402
import graphlib  # noqa: E402
import statistics  # noqa: E402
import subprocess  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402
from importlib.util import find_spec  # noqa: E402
from typing import Any  # noqa: E402

from miniflow import Add, Input, Mul, forward_and_backward, topological_sort  # noqa: E402

NODES, LEAVES = 10_000, 100
STARTS = [0.5 + place / (2 * LEAVES) for place in range(LEAVES)]


def wire(leaves: list[Any], add: Callable[[Any, Any], Any], multiply: Callable[[Any, Any], Any]) -> Any:
    """Build the graph: sums and products in turn, each of an earlier node and a leaf; return the sum of its ends."""
    nodes = list(leaves)
    for place in range(NODES):
        combine = multiply if place % 2 else add
        nodes.append(combine(nodes[place], leaves[place % LEAVES]))
    end = nodes[NODES]
    for node in nodes[NODES + 1 :]:
        end = add(end, node)
    return end


def with_miniflow() -> float:
    leaves = [Input() for _ in range(LEAVES)]
    end = wire(leaves, Add, Mul)
    graph = topological_sort(dict(zip(leaves, STARTS, strict=True)))
    forward_and_backward(graph, end)
    return float(leaves[3].gradients[leaves[3]])


def with_micrograd() -> float:
    from micrograd.engine import Value

    sys.setrecursionlimit(10**6)  # it walks the graph by recursion
    leaves = [Value(start) for start in STARTS]
    wire(leaves, lambda a, b: a + b, lambda a, b: a * b).backward()
    return float(leaves[3].grad)


def with_torch() -> float:
    import torch

    torch.set_num_threads(1)
    leaves = [torch.tensor(start, dtype=torch.float64, requires_grad=True) for start in STARTS]
    wire(leaves, torch.add, torch.mul).backward()
    return float(leaves[3].grad)


def by_kahn() -> Callable[[], Any]:
    leaves = [Input() for _ in range(LEAVES)]
    wire(leaves, Add, Mul)
    feed: dict[Any, Any] = dict(zip(leaves, STARTS, strict=True))
    return lambda: topological_sort(feed)


def by_graphlib() -> Callable[[], Any]:
    leaves = [Input() for _ in range(LEAVES)]
    wire(leaves, Add, Mul)
    graph = topological_sort(dict(zip(leaves, STARTS, strict=True)))
    return lambda: list(graphlib.TopologicalSorter({node: node.inbound_nodes for node in graph}).static_order())


def stacked_diamonds() -> None:
    top: Any = Input()
    start = top
    for _ in range(200):
        top = Add(Mul(top, start), Mul(top, start))
    topological_sort({start: 1.0})


LESSON = ROOT / "resources" / "examples" / "boston.miniflow"
TABLE = ROOT / "resources" / "datasets" / "boston.csv"
BARE = "import numpy, sys; numpy.loadtxt(sys.argv[1], delimiter=',', skiprows=1)"


def cold(*command: str) -> Callable[[], Any]:
    """A new Python; its modules are compiled, as they are once a program has run before."""
    environment = {key: text for key, text in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}

    def run() -> None:
        subprocess.run([sys.executable, *command], cwd=ROOT, check=True, capture_output=True, env=environment)

    run()
    return run


def medians(contestants: dict[str, Callable[[], Any]], rounds: int) -> dict[str, tuple[float, float]]:
    """The median seconds of each contestant, and the median ratio of the first, the project, to it."""
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            gc.collect()
            start = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - start)
    first = next(iter(times.values()))
    ratios = {name: statistics.median(b / a for a, b in zip(kept, first, strict=True)) for name, kept in times.items()}
    return {name: (statistics.median(kept), ratios[name]) for name, kept in times.items()}


def show(title: str, contestants: dict[str, Callable[[], Any]], rounds: int, bar: float | None = None) -> None:
    """Print a table; the bar is for the ratio of the first, the project, to each of the others."""
    print(f"\n{title}\n")
    for name, (seconds, ratio) in medians(contestants, rounds).items():
        is_other = bar is not None and name != next(iter(contestants))
        verdict = f"   (bar {bar}: {'met' if ratio <= bar else 'MISSED'})" if bar is not None and is_other else ""
        print(f"{name:50}{seconds * 1e3:9.1f} ms{ratio:8.2f}{verdict}")


def main(rounds: int = 9) -> None:
    once: dict[str, Callable[[], Any]] = {"MiniFlow": with_miniflow}
    once |= {"micrograd": with_micrograd} if find_spec("micrograd") else {}
    once |= {"PyTorch": with_torch} if find_spec("torch") else {}
    results = [run() for run in once.values()]
    assert all(abs(each / results[0] - 1) < 1e-12 for each in results), results
    show(f"{NODES} scalar sums and products, built, sorted, run both ways, once", once, rounds, 1.0)
    sorts = {"MiniFlow": by_kahn(), "graphlib.TopologicalSorter": by_graphlib()}
    show(f"The sort of {NODES} nodes", sorts, rounds, 1.0)
    show("200 stacked diamonds, built and sorted", {"MiniFlow": stacked_diamonds}, rounds)
    commands = {
        "python -m miniflow train, the whole lesson": cold("-m", "miniflow", "train", str(LESSON)),
        "Python that imports NumPy and reads the CSV": cold("-c", BARE, str(TABLE)),
    }
    show("From a cold start", commands, 3 * rounds, 1.3)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
