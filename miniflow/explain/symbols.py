"""The derivatives that every explanation speaks of."""

from __future__ import annotations

import numpy as np

from miniflow.engine.steps import BackwardStep, ForwardStep, Phase
from miniflow.engine.trace import Trace
from miniflow.errors import Sentence
from miniflow.explain.formulas import Filling, Formula, Place, in_parentheses, joined
from miniflow.explain.words import Names


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


def is_told_apart(trace: Trace, consumer: str, node: str) -> bool:
    """Whether ∂consumer/∂node would stand for two things: the node's gradient, and a part of it.

    So it is where the output takes a node that has other consumers too.
    """
    step = trace.step_of(Phase.BACKWARD, node)
    return consumer == trace.output and isinstance(step, BackwardStep) and len(step.terms) > 1


def whole_local_symbol(trace: Trace, consumer: str, node: str) -> Formula:
    """∂consumer/∂node for one step back; (∂f/∂m⁽¹⁾ + ∂f/∂m⁽²⁾), or its one term, where ∂f/∂m is the gradient."""
    if not is_told_apart(trace, consumer, node):
        return local_symbol(consumer, node)
    symbols = [local_symbol(consumer, place) for place in _places(trace, consumer, node)]
    return symbols[0] if len(symbols) == 1 else in_parentheses(joined(" + ", symbols))


def meaning_of_places(trace: Trace, consumer: str, node: str) -> Sentence:
    """Say what m⁽¹⁾ is, where ∂f/∂m is told apart from ∂f/∂m⁽¹⁾."""
    places = _places(trace, consumer, node)
    fields = {"places": Names(tuple(map(str, places))), "node": node, "consumer": consumer}
    if len(places) > 1:
        text = "{places} are {node} where {consumer} itself takes it: what {node} does elsewhere is left out there."
        return Sentence(text, fields)
    text = "{places} is {node} where {consumer} itself takes it: what {node} does elsewhere is left out there."
    return Sentence(text, fields)


def _places(trace: Trace, consumer: str, node: str) -> list[Place]:
    count = trace.record.nodes[consumer].inputs.count(node)
    return [Place(node, number + 1) for number in range(count)]
