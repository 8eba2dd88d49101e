"""The lesson's own calls, a training and a check of gradients run where nothing but NumPy is installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
sys.modules |= dict.fromkeys(["msgspec", "typing_extensions", "networkx", "matplotlib", "PySide6"])
from miniflow import *
X, W, b, y = Input(), Input(), Input(), Input()
cost = MSE(y, Sigmoid(Linear(X, W, b)))
graph = topological_sort({X: [[1.0, 2.0]], W: [[3.0], [4.0]], b: [-9.0], y: [1.0]})
forward_and_backward(graph)
sgd_update([W, b])
assert gradcheck(graph, output=cost).passed
for step in train(graph, cost, [W, b], {}, epochs=20):
    pass
print("ran", step.epoch)
"""


def test_the_library_computes_where_nothing_but_numpy_is_installed() -> None:
    answer = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.stdout == "ran 20\n", answer.stderr
