"""What deserves a remark about a gradient: why it is 0 or so small, and what was added up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from miniflow.engine.steps import BackwardStep
from miniflow.engine.trace import Trace
from miniflow.errors import Sentence
from miniflow.explain.explanation import PortShare, TermExplanation
from miniflow.explain.headings import class_of, wired
from miniflow.explain.local import value_of
from miniflow.explain.words import Names
from miniflow.values import Shape

NEARLY_FLAT = 1e-3


def remarks(trace: Trace, step: BackwardStep, terms: Sequence[TermExplanation]) -> Iterator[Sentence]:
    """Yield what is worth saying about a gradient, the most important first."""
    output = trace.output
    silent = tuple(term.consumer for term in terms if term.reaches_output and not np.any(term.arrives))
    if silent:
        fields = {"sources": Names(silent), "output": output, "node": step.node}
        yield Sentence("Nothing comes from {sources}: {output} does not follow it here, so it gives {node} 0.", fields)
    for term in terms:
        if term.reaches_output and term.consumer not in silent:
            yield from _flatness(step, term, is_alone=len(terms) == 1)
        sums = [_adding_up(step, term.consumer, port, port.summed_from) for port in term.ports if port.summed_from]
        yield from sums[:1]
        yield from _column(trace, step, term.consumer)


def columns_read(trace: Trace, consumer: str) -> list[str]:
    """Return the inputs of shape (n,) that a consumer reads as a column, since its other input is one."""
    sources = wired(trace.record, consumer)
    shapes = [np.shape(value_of(trace, source)) for source in sources]
    if not class_of(trace.record, consumer).reads_lists_as_columns or len(set(shapes)) == 1:
        return []
    return [source for source, shape in zip(sources, shapes, strict=True) if len(shape) == 1]


def _column(trace: Trace, step: BackwardStep, consumer: str) -> Iterator[Sentence]:
    """Say that a consumer reads the node in another shape than its own, and gives the gradient back in that."""
    if step.node in columns_read(trace, consumer):
        (length,) = np.shape(step.gradient)
        fields = {"consumer": consumer, "node": step.node, "column": (length, 1), "shape": (length,)}
        text = "{consumer} reads {node} as a column, {column}; its gradient comes back in its own shape, {shape}."
        yield Sentence(text, fields)


def _flatness(step: BackwardStep, term: TermExplanation, is_alone: bool) -> Iterator[Sentence]:
    """Say why a consumer passes so little; that the whole gradient is 0 or small only where it is."""
    fields = {"consumer": term.consumer, "node": step.node}
    if not term.acts_on_each_element:
        return
    sizes = [np.abs(port.local) for port in term.ports if port.local is not None]
    if not any(map(np.any, sizes)):
        alone = "Why 0? {consumer} is flat here: moving {node} a little does not move it."
        branch = "Why 0 through {consumer}? It is flat here: moving {node} a little does not move it."
        yield Sentence(alone if is_alone else branch, fields)
    elif not np.any(term.share):
        alone = "Why 0? What {node} does at one place of {consumer} is undone at another: their shares cancel out."
        branch = "Why 0 through {consumer}? What {node} does at one place of it is undone at another: they cancel out."
        yield Sentence(alone if is_alone else branch, fields)
    elif max(map(np.max, sizes)) < NEARLY_FLAT:
        is_small = is_alone and np.max(np.abs(step.gradient)) < NEARLY_FLAT
        alone = (
            "Why so small? {consumer} is nearly flat here: moving {node} hardly moves it, and hardly any gradient "
            "passes."
        )
        branch = "Why so little through {consumer}? It is nearly flat here: moving {node} hardly moves it."
        yield Sentence(alone if is_small else branch, fields)


def _adding_up(step: BackwardStep, consumer: str, port: PortShare, wide: Shape) -> Sentence:
    times = int(np.prod(wide, dtype=int) // max(1, np.size(port.share)))
    fields = {"consumer": consumer, "node": step.node, "times": times}
    match _stretched(wide, np.shape(step.gradient)):
        case [0] if len(wide) == 2:
            return Sentence(
                "Σ are the column sums: {consumer} uses {node} in each of {times} rows, so their shares add up.", fields
            )
        case [1] if len(wide) == 2:
            return Sentence(
                "Σ are the row sums: {consumer} uses {node} in each of {times} columns, so their shares add up.", fields
            )
        case _ if np.size(port.share) == 1:
            return Sentence("Σ is a sum: {consumer} uses {node} {times} times, so its shares add up.", fields)
        case _:
            return Sentence(
                "Σ is a sum: {consumer} uses each number of {node} {times} times, so their shares add up.", fields
            )


def _stretched(wide: Shape, narrow: Shape) -> list[int]:
    """The axes along which broadcasting repeated a value of shape ``narrow``."""
    padded = (1,) * (len(wide) - len(narrow)) + narrow
    return [axis for axis, length in enumerate(wide) if padded[axis] == 1 and length != 1]
