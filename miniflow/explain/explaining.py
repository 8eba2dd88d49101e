"""The way in: a step, or a node at a moment, and why it is as it is."""

from __future__ import annotations

import numpy as np

from miniflow.catalogue import node_classes
from miniflow.engine.steps import BackwardStep, ForwardStep, OrderStep, Phase, Step, UpdateStep
from miniflow.engine.trace import Moment, Trace
from miniflow.errors import Sentence
from miniflow.explain.backward import explain_backward, explain_so_far
from miniflow.explain.captions import inputs_of
from miniflow.explain.explanation import Card, Explanation, Words
from miniflow.explain.forward import explain_forward
from miniflow.explain.headings import heading_of, rule_of
from miniflow.explain.ordering import explain_order
from miniflow.explain.updating import explain_update
from miniflow.explain.words import Names
from miniflow.graph.records import GraphRecord
from miniflow.graph.signatures import is_input
from miniflow.graph.survey import Survey


@np.errstate(all="ignore")
def explain(trace: Trace, step: Step) -> Explanation:
    """Explain what a step of a run did, and why.

    >>> from miniflow.graph.records import GraphRecord, Literal, NodeRecord
    >>> from miniflow.training.recording import record_trace
    >>> nodes = [NodeRecord("x", "Input", value=Literal(3)), NodeRecord("f", "Square", inputs=("x",))]
    >>> trace = record_trace(GraphRecord({node.id: node for node in nodes}))
    >>> explanation = explain(trace, trace.steps[-1])
    >>> [part.text() for part in explanation.cards[0].parts]
    ['∂f/∂x = 2 · x']
    """
    match step:
        case OrderStep():
            return explain_order(trace, step)
        case ForwardStep():
            return explain_forward(trace, step)
        case BackwardStep():
            return explain_backward(trace, step)
        case UpdateStep():
            return explain_update(trace, step)


@np.errstate(all="ignore")
def explain_node(moment: Moment, node: str) -> Explanation:
    """Explain the newest thing that is known of a node: its update, else its gradient, its value, its place.

    While its gradient is being added up, it is told what has arrived and what is still missing.
    """
    arrived = moment.arrived(node)
    if arrived and not moment.has_made(Phase.BACKWARD, node):
        return explain_so_far(moment.trace, node, arrived)
    for phase in reversed(Phase):
        step = moment.trace.step_of(phase, node)
        if step is not None and moment.has_made(phase, node):
            return explain(moment.trace, step)
    return _explain_nothing_yet(moment, node)


def _explain_nothing_yet(moment: Moment, node: str) -> Explanation:
    record = moment.trace.record
    missing = tuple(source for source in inputs_of(moment.trace, node) if not moment.has_made(Phase.KAHN, source))
    free = _free_inputs(record, node)
    if missing:
        why = Sentence("{node} still waits for {missing}.", {"node": node, "missing": Names(missing)})
    elif is_input(record.nodes[node].type) and record.nodes[node].value is None:
        why = Sentence("{node} has no value yet: without one, nothing can be computed from it.", {"node": node})
    elif free is not None:
        why, free = free, None
    elif moment.trace.step_of(Phase.KAHN, node) is None:
        why = Sentence("{node} gets no place in the order: the run stops before it.", {"node": node})
    else:
        why = Sentence("{node} waits for nothing: its turn comes.", {"node": node})
    cards = [Card(Sentence("Not yet"), tuple(Words(sentence) for sentence in (why, free) if sentence is not None))]
    if inputs_of(moment.trace, node):
        cards.insert(0, Card(Sentence("The rule"), (rule_of(record, node),)))
    return Explanation(
        node=node,
        phase=None,
        heading=heading_of(record, node),
        question=Sentence("Nothing has been computed for {node} yet.", {"node": node}),
        cards=tuple(cards),
    )


def _free_inputs(record: GraphRecord, node: str) -> Sentence | None:
    """Say which inputs of a node lack a wire; None where none does."""
    free = Survey(record).free_ports(node)
    if not free:
        return None
    kind, wired = record.nodes[node].type, len(record.nodes[node].inputs)
    names = node_classes()[kind].port_names(wired)
    fields = {"node": node, "ports": Names(tuple(names[port] for port in free))}
    if len(free) == 1:
        return Sentence("Input {ports} is free: without a wire to it, {node} cannot be computed.", fields)
    return Sentence("Inputs {ports} are free: without wires to them, {node} cannot be computed.", fields)
