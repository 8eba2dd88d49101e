"""How fast the engine trains, against the lesson's algorithm, NumPy by hand, PyTorch, JAX, autograd and micrograd.

Run it with ``python benchmarks/bench_engine.py [ROUNDS]``. All contestants start from the same weights, draw
batches from the same data and compute in float64 on one thread. Each round times all of them one after the other; the
table shows the median over the rounds of the ratio to NumPy with preallocated arrays in the same round, since ratios
bear a busy machine better than times do. A contestant that is not installed is left out; ``requirements-bench.txt``
lists them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

for _library in ("OPENBLAS", "OMP", "MKL"):
    os.environ[f"{_library}_NUM_THREADS"] = "1"
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

import statistics  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402
from typing import Any  # noqa: E402

import numpy as np  # noqa: E402
from by_hand import ByHand, Lesson, Preallocated  # noqa: E402
from floor import Floor  # noqa: E402
from networks import Network, networks  # noqa: E402
from with_miniflow import Calls, Train, rows_of_first_epoch  # noqa: E402

SECONDS_PER_TURN = 0.03
BARS = {
    Train.label: (0.85, 1.0, 1.0, 1.1),
    Calls.label: (1.3, 1.15, 1.0, 1.6),
}
TORCH = "PyTorch eager, tuned"


def contestants() -> list[type[Any]]:
    try:
        from frameworks import installed
    except ImportError:
        return [Preallocated, Floor, ByHand, Lesson, Train, Calls]
    return [Preallocated, Floor, ByHand, Lesson, Train, Calls, *installed()]


def disagreement(contestant: Any, network: Network, expected: list[Any]) -> float:
    """Train for some steps on the rows that train() draws, and return how far the weights are from the expected."""
    steps = getattr(contestant, "steps_per_call", 1)
    rows = rows_of_first_epoch(network)
    if steps == 1:
        for batch in rows[:20]:
            contestant.step(batch)
    else:
        contestant.step(rows)
    found = contestant.parameters()
    return max(float(np.max(np.abs(a - b) / (1 + np.abs(b)))) for a, b in zip(found, expected, strict=True))


def seconds_per_step(contestant: Any, turns: int, rng: np.random.Generator) -> float:
    network = contestant.network
    per_call = getattr(contestant, "steps_per_call", 1)
    if isinstance(contestant, Train):
        draw: Callable[[], Any] = lambda: None  # noqa: E731
    elif per_call > 1:
        draw = lambda: rng.integers(0, network.rows, (per_call, network.batch))  # noqa: E731
    else:
        draw = lambda: rng.integers(0, network.rows, network.batch)  # noqa: E731
    start = time.perf_counter()
    for _ in range(turns):
        contestant.step(draw())
    return (time.perf_counter() - start) / turns / per_call


def race(network: Network, kinds: list[type[Any]], rounds: int) -> Iterator[tuple[str, float, float, float]]:
    """Yield each contestant's name, median ratio, median seconds and disagreement."""
    entered = [kind(network) for kind in kinds if getattr(kind, "enters", lambda _: True)(network)]
    references = {}
    for length in (20, network.rows // network.batch):
        reference = Preallocated(network)
        for batch in rows_of_first_epoch(network)[:length]:
            reference.step(batch)
        references[length] = reference.parameters()
    errors = []
    for each in entered:
        length = 20 if getattr(each, "steps_per_call", 1) == 1 else network.rows // network.batch
        errors.append(disagreement(each, network, references[length]))
    rng = np.random.default_rng(2)
    turns = []
    for each in entered:
        once = seconds_per_step(each, 3, rng) * getattr(each, "steps_per_call", 1)
        turns.append(max(1, int(SECONDS_PER_TURN / once)))
    times: list[list[float]] = [[] for _ in entered]
    for _ in range(rounds):
        for each, count, kept in zip(entered, turns, times, strict=True):
            kept.append(seconds_per_step(each, count, rng))
    for each, kept, error in zip(entered, times, errors, strict=True):
        ratio = statistics.median(a / b for a, b in zip(kept, times[0], strict=True))
        yield each.label, ratio, statistics.median(kept), error


def judged(ratio: float, label: str, place: int) -> str:
    """Say what the bar of a contestant is on a network, and whether it is met."""
    if label not in BARS:
        return ""
    bar = BARS[label][place]
    return f" (bar {bar}: {'met' if ratio <= bar else 'MISSED'})"


def main(rounds: int = 15) -> None:
    kinds = contestants()
    columns = networks()
    table: dict[str, list[str]] = {}
    worst: dict[str, float] = {}
    for place, network in enumerate(columns):
        for label, ratio, seconds, error in race(network, kinds, rounds):
            row = table.setdefault(label, [""] * len(columns))
            is_yardstick = label == Preallocated.label
            row[place] = f"1 ({seconds * 1e6:.0f} us)" if is_yardstick else f"{ratio:.2f}{judged(ratio, label, place)}"
            worst[label] = max(worst.get(label, 0.0), error)
    print("\nOne step of training: time over that of NumPy by hand with preallocated arrays, medians over rounds\n")
    print(f"{'':40}" + "".join(f"{network.name:>32}" for network in columns) + f"{'largest difference':>20}")
    for label, cells in table.items():
        print(f"{label:40}" + "".join(f"{cell:>32}" for cell in cells) + f"{worst[label]:>20.1e}")
    agree = max(worst.values()) <= 1e-12
    print(f"\nAll results agree to 1e-12: {'yes' if agree else 'NO'}")
    if TORCH in table:
        times = float(table[TORCH][0]) / float(table[Train.label][0].split()[0])
        print(f"train() is {times:.1f} times as fast as {TORCH} (bar 6: {'met' if times >= 6 else 'MISSED'})")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
