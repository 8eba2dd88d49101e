"""Which mistakes of the bug lab show in a network: one that changes no number cannot be found."""

from __future__ import annotations

import numpy as np

from miniflow.bug import Bug
from miniflow.engine.steps import BackwardStep
from miniflow.graph.records import GraphRecord
from miniflow.training.recording import record_trace


def makes_a_difference(bug: type[Bug], record: GraphRecord) -> bool:
    """Tell whether, in one of two batches, a run of the network with this bug has another gradient than one without."""
    ways = (None, bug().backward_pass)
    traces = [record_trace(record, way_back=way, batches=2) for way in ways]
    right, wrong = ([step.gradient for step in trace.steps if isinstance(step, BackwardStep)] for trace in traces)
    return len(right) != len(wrong) or any(
        not np.allclose(one, other, rtol=1e-9, equal_nan=True) for one, other in zip(right, wrong, strict=True)
    )
