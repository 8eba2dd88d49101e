"""Which mistakes of the bug lab show in a network: one that changes no number cannot be found."""

from __future__ import annotations

import numpy as np

from miniflow.bug import Bug
from miniflow.engine.steps import BackwardStep
from miniflow.engine.trace import Trace
from miniflow.explain.local import gradient_of
from miniflow.explain.rounding import are_the_same
from miniflow.graph.records import GraphRecord
from miniflow.training.recording import record_trace
from miniflow.values import Value


def makes_a_difference(bug: type[Bug], record: GraphRecord) -> bool:
    """Tell whether, in one of two batches, a run of the network with this bug has another gradient than one without.

    A gradient that differs by no more than rounding might counts as the same; one that is small does not.
    """
    right, wrong = _run(None, record), _run(bug, record)
    positions = [position for position, step in enumerate(right.steps) if isinstance(step, BackwardStep)]
    return len(right) != len(wrong) or any(_differ(right, wrong, position) for position in positions)


def _differ(right: Trace, wrong: Trace, position: int) -> bool:
    one, other = right.steps[position], wrong.steps[position]
    assert isinstance(one, BackwardStep)
    assert isinstance(other, BackwardStep)
    here = right.at(position + 1).trace
    consumers = {term.consumer for term in (*one.terms, *other.terms) if term.consumer is not None}
    return not are_the_same(one.gradient, other.gradient, [gradient_of(here, consumer) for consumer in consumers])


def changes_a_number(bug: type[Bug], record: GraphRecord) -> bool:
    """Tell whether any gradient of two batches is not the very same with this bug."""
    right, wrong = _gradients(None, record), _gradients(bug, record)
    return len(right) != len(wrong) or any(
        not np.array_equal(one, other, equal_nan=True) for one, other in zip(right, wrong, strict=True)
    )


def _gradients(bug: type[Bug] | None, record: GraphRecord) -> list[Value]:
    return [step.gradient for step in _run(bug, record).steps if isinstance(step, BackwardStep)]


def _run(bug: type[Bug] | None, record: GraphRecord) -> Trace:
    return record_trace(record, way_back=bug().backward_pass if bug is not None else None, batches=2)
