"""A turn of Kahn's algorithm explained: what leaves the queue, whose counts fall, what becomes ready."""

from __future__ import annotations

from miniflow.engine.steps import OrderStep, Phase
from miniflow.engine.trace import Trace
from miniflow.errors import Sentence
from miniflow.explain.captions import inputs_of
from miniflow.explain.explanation import Card, Explanation, Link, Nodes, Part, Words
from miniflow.explain.headings import heading_of
from miniflow.explain.words import Names

MOST_CONSUMERS = 8


def explain_order(trace: Trace, step: OrderStep) -> Explanation:
    """Explain why a node comes next in the order, and what that brings."""
    return Explanation(
        node=step.node,
        phase=Phase.KAHN,
        heading=heading_of(trace.record, step.node),
        question=Sentence("Why is it the turn of {node}?", {"node": step.node}),
        cards=(
            Card(Sentence("It leaves the queue as number {place}", {"place": step.place}), (_why(trace, step),)),
            Card(Sentence("Those that wait for it"), tuple(_lowered(step))),
            Card(
                Sentence("Ready now"),
                (Nodes(step.became_ready, Sentence("No other node becomes ready by this.")),),
            ),
            Card(
                Sentence("The queue after this step"),
                (Nodes(trace.turns.ready(step.place), Sentence("It is empty: Kahn's algorithm ends here.")),),
            ),
        ),
    )


def _why(trace: Trace, step: OrderStep) -> Words:
    inputs = inputs_of(trace, step.node)
    fields = {"node": step.node, "inputs": Names(inputs)}
    if not inputs:
        return Words(Sentence("Nothing feeds {node}, so it was in the queue from the start.", fields))
    if len(inputs) == 1:
        return Words(Sentence("What feeds it, {inputs}, has its number already, so {node} waits for nothing.", fields))
    return Words(Sentence("All that feed it ({inputs}) have their numbers, so {node} waits for nothing.", fields))


def _lowered(step: OrderStep) -> list[Part]:
    if not step.lowered:
        return [Words(Sentence("No node takes the value of {node}.", {"node": step.node}))]
    parts: list[Part] = []
    for consumer, count in step.lowered[:MOST_CONSUMERS]:
        parts.append(Link(consumer, Sentence("one less for")))
        parts.append(Words(_still_waiting(count), quiet=True))
    if len(step.lowered) > MOST_CONSUMERS:
        parts.append(Words(Sentence("… and {count} more.", {"count": len(step.lowered) - MOST_CONSUMERS}), quiet=True))
    return parts


def _still_waiting(count: int) -> Sentence:
    if count == 0:
        return Sentence("1 → 0: it waits for nothing now")
    if count == 1:
        return Sentence("2 → 1: one input is still missing")
    return Sentence("{before} → {count}: {count} inputs are still missing", {"before": count + 1, "count": count})
