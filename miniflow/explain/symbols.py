"""The derivatives that every explanation speaks of."""

from __future__ import annotations

import numpy as np

from miniflow.engine.steps import ForwardStep, Phase
from miniflow.engine.trace import Trace
from miniflow.explain.formulas import Filling, Formula


def numerator(trace: Trace) -> str:
    """Return the template of what is differentiated: ∂cost, or ∂Σf where f holds several numbers, which are added."""
    step = trace.step_of(Phase.FORWARD, str(trace.output))
    holds_several = isinstance(step, ForwardStep) and np.ndim(step.value) > 0
    return "∂Σ{cost}" if holds_several else "∂{cost}"


def gradient_symbol(trace: Trace, node: Filling) -> Formula:
    """∂output/∂node."""
    return Formula(numerator(trace) + "/∂{node}", {"cost": str(trace.output), "node": node})


def local_symbol(consumer: str, node: Filling) -> Formula:
    """∂consumer/∂node."""
    return Formula("∂{consumer}/∂{node}", {"consumer": consumer, "node": node})
