"""The chain rule along whole paths: every way from the output back to a node, their number, product and sum."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from miniflow.engine.steps import BackwardStep, Phase
from miniflow.engine.trace import Trace
from miniflow.errors import Sentence
from miniflow.explain.explanation import Card, Part, Words
from miniflow.explain.factors import shapes_of_factors, term_between
from miniflow.explain.formulas import Formula, equation, joined
from miniflow.explain.symbols import is_told_apart, meaning_of_places, whole_local_symbol
from miniflow.values import Value

MOST_PATHS = 4
LONGEST = 12
"""Paths of more steps are not written out."""


def consumers_on_the_way(trace: Trace, node: str) -> tuple[str, ...]:
    """The consumers of a node that the output depends on."""
    step = trace.step_of(Phase.BACKWARD, node)
    if not isinstance(step, BackwardStep):
        return ()
    consumers = (term.consumer for term in step.terms if term.consumer is not None)
    return tuple(consumer for consumer in consumers if _reaches(trace, consumer))


def _reaches(trace: Trace, node: str) -> bool:
    step = trace.step_of(Phase.BACKWARD, node)
    return isinstance(step, BackwardStep) and step.reaches_output


def count_paths(trace: Trace, node: str) -> int:
    """Count the paths from the output to a node, exactly, however many there are.

    A node that takes another twice counts as one way, since its derivative holds both.
    """
    counts: dict[str, int] = {}
    for each in reversed(trace.order):
        ways = sum(counts.get(consumer, 0) for consumer in consumers_on_the_way(trace, each))
        counts[each] = 1 if each == trace.output else ways
        if each == node:
            break
    return counts.get(node, 0)


def wires_side_by_side(trace: Trace, node: str) -> tuple[str, str] | None:
    """Return a source and a consumer on the way from a node to the output that several wires join, if there are any."""
    seen, frontier = {node}, [node]
    while frontier:
        source = frontier.pop(0)
        consumers = consumers_on_the_way(trace, source)
        for consumer in consumers:
            if trace.record.nodes[consumer].inputs.count(source) > 1:
                return source, consumer
        frontier.extend(consumer for consumer in consumers if consumer not in seen)
        seen.update(consumers)
    return None


def first_paths(trace: Trace, node: str, most: int = MOST_PATHS) -> list[tuple[str, ...]]:
    """Return the first paths, each from the output to the node, both included."""
    found: list[tuple[str, ...]] = []
    frontier: list[tuple[str, ...]] = [(node,)]
    while frontier and len(found) < most:
        path = frontier.pop()
        if path[0] == trace.output:
            found.append(path)
        else:
            frontier.extend((consumer, *path) for consumer in reversed(consumers_on_the_way(trace, path[0])))
    return found


def paths_card(trace: Trace, step: BackwardStep) -> Card | None:
    """Return a card with the chain rule along every path, or None where the four cards say it all."""
    if step.node == trace.output or not step.reaches_output:
        return None
    count = count_paths(trace, step.node)
    paths = first_paths(trace, step.node)
    if count == 1 and len(paths[0]) <= 3:
        return None
    parts: list[Part] = [_chain(trace, path) for path in paths if len(path) <= LONGEST]
    if count > len(parts):
        rest = Sentence("… and {count} more.", {"count": count - len(parts)})
        parts.append(Words(rest, quiet=True))
    if count == 1 and parts:
        parts.extend(Words(sentence, quiet=True) for sentence in shapes_of_factors(trace, paths[0]))
    parts.extend(Words(sentence, quiet=True) for sentence in _about_places(trace, step.node, paths))
    if count > 1:
        parts.append(Words(Sentence("The sum over all paths is the gradient.")))
    fields = {"count": count, "output": trace.output, "node": step.node}
    if count == 1:
        return Card(Sentence("The whole way from {output} to {node}", fields), tuple(parts))
    return Card(Sentence("{count} paths lead from {output} to {node}", fields), tuple(parts))


def _about_places(trace: Trace, node: str, paths: list[tuple[str, ...]]) -> Iterator[Sentence]:
    """Say what m⁽¹⁾ is, where a path has it, and that wires side by side are one way."""
    output = str(trace.output)
    for source in dict.fromkeys(path[1] for path in paths if len(path) <= LONGEST):
        if source != node and is_told_apart(trace, output, source):
            yield meaning_of_places(trace, output, source)
    side_by_side = wires_side_by_side(trace, node)
    if side_by_side is not None:
        fields = dict(zip(("source", "consumer"), side_by_side, strict=True))
        yield Sentence("Wires side by side, such as those from {source} to {consumer}, count as one.", fields)


def _chain(trace: Trace, path: tuple[str, ...]) -> Formula:
    """The product of the local derivatives along a path, with its numbers where all are single numbers."""
    wires = list(pairwise(path))
    product = joined(" · ", [whole_local_symbol(trace, consumer, node) for consumer, node in wires])
    factors = [_factor(trace, consumer, node) for consumer, node in wires]
    known = [factor for factor in factors if factor is not None]
    if len(known) < len(factors):
        return product
    numbers = joined(" · ", [Formula("{factor}", {"factor": factor}) for factor in known])
    result = Formula("{result}", {"result": np.prod(np.array(known))})
    return equation(equation(product, numbers), result) if len(known) > 1 else equation(product, result)


def _factor(trace: Trace, consumer: str, node: str) -> Value | None:
    """∂consumer/∂node, where it is a single number."""
    term = term_between(trace, consumer, node)
    locals_ = [port.local for port in term.ports if port.local is not None and np.ndim(port.local) == 0]
    is_one_number = term.ports and len(locals_) == len(term.ports) and np.ndim(term.share) == 0
    return np.float64(sum(locals_)) if is_one_number else None
