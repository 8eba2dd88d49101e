"""The chain rule along whole paths: every way from the output back to a node, their number, product and sum."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from miniflow.engine.steps import BackwardStep, Phase
from miniflow.engine.trace import Trace
from miniflow.errors import Sentence
from miniflow.explain.array_products import ADDED_UP, ELEMENTS
from miniflow.explain.explanation import Card, Part, Words
from miniflow.explain.factors import are_single_numbers, factors_in_words, product_along, term_between
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
    written = [path for path in paths if len(path) <= LONGEST]
    parts = [part for path in written for part in _along(trace, path)]
    if count > len(written):
        parts.append(Words(Sentence("… and {count} more.", {"count": count - len(written)}), quiet=True))
    parts.extend(Words(sentence, quiet=True) for sentence in _about_signs(parts, step.node))
    parts.extend(Words(sentence, quiet=True) for sentence in _about_places(trace, step.node, paths))
    if count > 1:
        parts.append(Words(_about_the_sum(step)))
    fields = {"count": count, "output": trace.output, "node": step.node}
    if count == 1:
        return Card(Sentence("The whole way from {output} to {node}", fields), tuple(parts))
    return Card(Sentence("{count} paths lead from {output} to {node}", fields), tuple(parts))


def _along(trace: Trace, path: tuple[str, ...]) -> Iterator[Part]:
    """The product along a path: with its numbers where all are single ones, else with the shapes of its factors."""
    wires = list(pairwise(path))
    product = joined(" · ", [whole_local_symbol(trace, consumer, node) for consumer, node in wires])
    if are_single_numbers(trace, path):
        yield _with_numbers(trace, wires, product)
        return
    arrays = product_along(trace, path)
    if arrays is None:
        yield product
        yield from (Words(sentence, quiet=True) for sentence in factors_in_words(trace, path))
        return
    arranged = arrays.in_symbols()
    is_plain = arranged.text().replace(ELEMENTS, "·") == product.text()
    yield arranged if is_plain else equation(product, arranged)
    yield Words(Sentence("Shapes: {shapes}", {"shapes": arrays.in_shapes()}), quiet=True)


def _about_signs(parts: list[Part], node: str) -> Iterator[Sentence]:
    """Say what the signs mean that stand between arrays."""
    text = " ".join(part.text() for part in parts if isinstance(part, Formula))
    if ELEMENTS in text:
        yield Sentence("⊙ multiplies element by element, · a matrix by a matrix, or by a single number.")
    if f"{ADDED_UP}(" in text:
        yield Sentence("Σ( ) adds up to the shape of what was used many times over.")


def _about_the_sum(step: BackwardStep) -> Sentence:
    fields = {"node": step.node, "shape": np.shape(step.gradient)}
    if np.ndim(step.gradient) == 0:
        return Sentence("The sum over all paths is the gradient.")
    return Sentence("The sum over all paths is the gradient, shape {shape} like {node}.", fields)


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


def _with_numbers(trace: Trace, wires: list[tuple[str, str]], product: Formula) -> Formula:
    """The product of the local derivatives along a path, with its numbers, where all of them are known."""
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
