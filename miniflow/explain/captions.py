"""One whole sentence for a moment of a run: what has just happened, or what the next step does."""

from __future__ import annotations

import numpy as np

from miniflow.engine.steps import BackwardStep, ForwardStep, OrderStep, Step, UpdateStep
from miniflow.engine.trace import Moment, Trace
from miniflow.errors import Sentence
from miniflow.explain.words import Names, Size, few
from miniflow.values import Value

MOST_NAMES = 8
"""So many nodes are named in a sentence."""


def caption(moment: Moment) -> Sentence:
    """Say what has just happened; at the start, what the first step does; where the run stops, why."""
    if moment.step is not None:
        return describe(moment.trace, moment.step)
    first = moment.next_step
    if first is None:
        if moment.trace.record.nodes:
            return ending(moment.trace)
        return Sentence("There is nothing to step through yet: add a node.")
    return Sentence(
        "The first step is to order the nodes: Kahn's algorithm begins with {node}, which waits for nothing.",
        {"node": first.node},
    )


def warning(trace: Trace) -> Sentence | None:
    """Say from the first step on that a cycle is there; None where there is none."""
    if not trace.cycle:
        return None
    cycle = " → ".join((*trace.cycle[:MOST_NAMES], trace.cycle[0]))
    return Sentence("Mind the cycle: {cycle}. Its nodes never get their turn.", {"cycle": cycle})


def coming(moment: Moment) -> Sentence | None:
    """Say what the next step is about; None before the first and after the last, where the caption tells."""
    step, coming_step = moment.step, moment.next_step
    if step is None or coming_step is None:
        return None
    fields = {"node": coming_step.node, "batch": moment.trace.batch + 2}
    if coming_step.phase is step.phase:
        return Sentence("Next: {node}.", fields)
    match coming_step:
        case ForwardStep() if isinstance(step, OrderStep):
            return Sentence("Next: the values, in this order, from {node} on.", fields)
        case ForwardStep():
            return Sentence("Next: batch {batch}, from {node} on.", fields)
        case BackwardStep():
            return Sentence("Next: the way back, from {node} on.", fields)
        case _:
            return Sentence("Next: the update, from {node} on.", fields)


def ending(trace: Trace) -> Sentence:
    """Say what there is to say after the last step: that all is there, or why the run could not go on."""
    if trace.stopped is not None:
        return Sentence("The run stops here. {reason}", {"reason": trace.stopped})
    left_over = Names(trace.left_over[:MOST_NAMES])
    if trace.left_over:
        return Sentence(
            "These nodes have no place in the order, since a cycle holds them up: {nodes}.", {"nodes": left_over}
        )
    if trace.not_computed:
        names = Names(trace.not_computed[:MOST_NAMES])
        return Sentence("That was the last step; left out, since they are not finished: {nodes}.", {"nodes": names})
    if trace.can_go_on:
        fields = {"batch": len(trace.batches)}
        text = "That was the last step of batch {batch}; the next batch begins with the new numbers."
        return Sentence(text, fields)
    return Sentence("That was the last step: every value and every gradient is there.")


def describe(trace: Trace, step: Step) -> Sentence:
    """Say in one sentence what a step did."""
    match step:
        case OrderStep():
            return _ordered(trace, step)
        case ForwardStep():
            return _computed(trace, step)
        case BackwardStep():
            return _differentiated(trace, step)
        case UpdateStep():
            return _updated(step)


def _updated(step: UpdateStep) -> Sentence:
    fields: dict[str, object] = {"node": step.node, "old": step.old, "new": step.new, "rate": step.learning_rate}
    if not np.any(step.gradient):
        return Sentence("{node} stays as it is: its gradient is 0.", fields)
    if np.size(step.new) == 1:
        fields["change"] = np.asarray(-step.learning_rate * step.gradient)[()]
        text = "{node} moves against its gradient, by {rate} times it, that is by {change}: from {old} to {new}."
        return Sentence(text, fields)
    if few(step.new):
        return Sentence("{node} moves against its gradient, by {rate} times each number: from {old} to {new}.", fields)
    size = Size(np.shape(step.new))
    return Sentence(
        "All {size} numbers of {node} move against their gradients, by {rate} times each.", {**fields, "size": size}
    )


def _ordered(trace: Trace, step: OrderStep) -> Sentence:
    inputs = inputs_of(trace, step.node)
    fields = {"node": step.node, "place": step.place, "inputs": Names(inputs), "ready": Names(step.became_ready)}
    if not inputs:
        if step.became_ready:
            return Sentence("{node} needs no other node, so it gets number {place}; now {ready} can follow.", fields)
        return Sentence("{node} needs no other node, so it gets number {place} in the order.", fields)
    if step.became_ready:
        return Sentence(
            "{node} gets number {place}: what it needs ({inputs}) has gone before, and now {ready} can follow.", fields
        )
    return Sentence("{node} gets number {place}: what it needs ({inputs}) has gone before.", fields)


def _computed(trace: Trace, step: ForwardStep) -> Sentence:
    inputs = inputs_of(trace, step.node)
    fields = {"node": step.node, "value": step.value, "size": Size(step.value.shape), "inputs": Names(inputs)}
    if not inputs and few(step.value):
        return Sentence("{node} is given: its value is {value}.", fields)
    if not inputs:
        return Sentence("{node} is given: its value is {size} numbers.", fields)
    if few(step.value):
        return Sentence("{node} is computed from {inputs}: its value is {value}.", fields)
    return Sentence("{node} is computed from {inputs}: its value is {size} numbers.", fields)


def _differentiated(trace: Trace, step: BackwardStep) -> Sentence:
    gradient = step.gradient
    sources = tuple(term.consumer for term in step.terms if term.consumer is not None)
    fields: dict[str, object] = {
        "node": step.node,
        "output": trace.output,
        "gradient": gradient,
        "size": Size(gradient.shape),
        "sources": Names(sources),
    }
    if step.node == trace.output:
        if np.ndim(gradient) == 0:
            return Sentence("{node} starts the way back with 1: it is what is being differentiated.", fields)
        return Sentence("{node} starts the way back with ones: it is what is being differentiated.", fields)
    if not step.reaches_output:
        return Sentence("{node} takes 0: {output} does not depend on it.", fields)
    return _received(gradient, len(sources), fields)


def _received(gradient: Value, sources: int, fields: dict[str, object]) -> Sentence:
    if not np.any(gradient):
        return Sentence("{node} takes 0 from {sources}: changing it a little leaves {output} as it is.", fields)
    if sources == 1:
        if few(gradient):
            return Sentence("{node} takes {gradient} from {sources} as its gradient.", fields)
        return Sentence("{node} takes its gradient, {size} numbers, from {sources}.", fields)
    if few(gradient):
        return Sentence("{node} adds up what {sources} pass back: its gradient is {gradient}.", fields)
    return Sentence("{node} adds up what {sources} pass back: its gradient is {size} numbers.", fields)


def inputs_of(trace: Trace, node: str) -> tuple[str, ...]:
    """The different nodes that feed ``node``, in the order of its ports."""
    return tuple(dict.fromkeys(source for source in trace.record.nodes[node].inputs if source is not None))
