"""The factors along one path where they are arrays: the shape of each, and how it is multiplied."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from miniflow.engine.steps import BackwardStep, Phase
from miniflow.engine.trace import Trace
from miniflow.errors import Sentence
from miniflow.explain.explanation import PortShare, TermExplanation
from miniflow.explain.local import explain_term, value_of
from miniflow.explain.symbols import local_symbol


def term_between(trace: Trace, consumer: str, node: str) -> TermExplanation:
    """Return what a consumer passes back to a node that it takes."""
    step = trace.step_of(Phase.BACKWARD, node)
    assert isinstance(step, BackwardStep)
    share = next(term.share for term in step.terms if term.consumer == consumer)
    return explain_term(trace, node, consumer, share)


def shapes_of_factors(trace: Trace, path: tuple[str, ...]) -> Iterator[Sentence]:
    """Tell the shape of each factor along a path, and how it is multiplied; nothing of single numbers."""
    if all(np.ndim(value_of(trace, node)) == 0 for node in path):
        return
    for consumer, node in pairwise(path):
        term = term_between(trace, consumer, node)
        if not term.ports:
            yield Sentence("{consumer} works its share out in a backward() of its own.", {"consumer": consumer})
        for port in term.ports:
            yield _shape_of(trace, consumer, node, port)


def _shape_of(trace: Trace, consumer: str, node: str, port: PortShare) -> Sentence:
    symbol = local_symbol(consumer, port.source).text()
    shape = np.shape(port.local) if port.local is not None else ()
    fields: dict[str, object] = {
        "factor": symbol,
        "shape": shape,
        "consumer": consumer,
        "node": node,
        "own": np.shape(port.share),
    }
    if port.is_matrix_product and port.derivative is not None and shape:
        fields["matrix"] = port.derivative.text()
        left = "{factor} is {matrix}, shape {shape}, on the left of a product of matrices."
        right = "{factor} is {matrix}, shape {shape}, on the right of a product of matrices."
        return Sentence(left if port.factor_first else right, fields)
    if port.is_matrix_product:
        fields["shape"] = (np.size(value_of(trace, consumer)), np.size(port.share))
        text = "{factor}: shape {shape}, a row for each number of {consumer}, a column for each of {node}."
        return Sentence(text, fields)
    if not shape:
        return Sentence("{factor}: one number.", fields)
    if port.summed_from is not None:
        return Sentence("{factor}: shape {shape}, element by element, then added up to {own} like {node}.", fields)
    return Sentence("{factor}: shape {shape}, element by element.", fields)
