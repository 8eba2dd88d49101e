"""The gradients of a run against slopes that are measured: number by number, so that a window can stay alive."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from miniflow.engine.gradcheck import NodeCheck, checks_in_slices
from miniflow.engine.steps import BackwardStep, Phase
from miniflow.engine.trace import Trace
from miniflow.graph.build import build


def checks_of_run(trace: Trace, only: str | None = None) -> Iterator[tuple[str, NodeCheck] | None]:
    """Yield None after each number that was measured, and a node with its check after its last, in the backward order.

    What is judged is the gradient that the run has, as it stands on the screen; what it is held against is measured
    with forward passes of its own.

    >>> from miniflow.graph.records import GraphRecord, Literal, NodeRecord
    >>> from miniflow.training.recording import record_trace
    >>> nodes = [NodeRecord("x", "Input", value=Literal(3)), NodeRecord("f", "Square", inputs=("x",))]
    >>> trace = record_trace(GraphRecord({node.id: node for node in nodes}))
    >>> [found[0] for found in checks_of_run(trace) if found is not None and found[1].passed]
    ['f', 'x']
    """
    graph = build(trace.batch_record)
    gradients = {step.node: step.gradient for step in _gradients(trace, only)}
    if graph.output is None or not gradients:
        return
    wanted = [node for node in graph.order if str(node.name) in gradients]
    for check in checks_in_slices(graph.order, graph.output, wanted):
        if check is None:
            yield None
        else:
            id = str(check.node.name)
            yield id, check.held_against(gradients[id])


def numbers_in(trace: Trace, only: str | None = None) -> int:
    """How many numbers a check of a run measures."""
    return sum(int(np.size(step.gradient)) for step in _gradients(trace, only))


def _gradients(trace: Trace, only: str | None) -> list[BackwardStep]:
    made = (trace.steps[at - 1] for at in trace.spans.get(Phase.BACKWARD, ()))
    steps = (step for step in made if isinstance(step, BackwardStep))
    return [step for step in steps if only is None or step.node == only]
