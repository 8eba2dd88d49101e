"""Which mistakes of the bug lab show in a network: one that changes no number cannot be found."""

from __future__ import annotations

import numpy as np

from miniflow.bug import Bug
from miniflow.engine.steps import BackwardStep
from miniflow.graph.records import GraphRecord
from miniflow.training.recording import record_trace
from miniflow.values import Value


def makes_a_difference(bug: type[Bug], record: GraphRecord) -> bool:
    """Tell whether, in one of two batches, a run of the network with this bug has another gradient than one without.

    A gradient that differs by no more than rounding might counts as the same.
    """
    right, wrong = _gradients(None, record), _gradients(bug, record)
    return len(right) != len(wrong) or any(
        not np.allclose(one, other, rtol=1e-9, equal_nan=True) for one, other in zip(right, wrong, strict=True)
    )


def changes_a_number(bug: type[Bug], record: GraphRecord) -> bool:
    """Tell whether any gradient of two batches is not the very same with this bug."""
    right, wrong = _gradients(None, record), _gradients(bug, record)
    return len(right) != len(wrong) or any(
        not np.array_equal(one, other, equal_nan=True) for one, other in zip(right, wrong, strict=True)
    )


def _gradients(bug: type[Bug] | None, record: GraphRecord) -> list[Value]:
    trace = record_trace(record, way_back=bug().backward_pass if bug is not None else None, batches=2)
    return [step.gradient for step in trace.steps if isinstance(step, BackwardStep)]
