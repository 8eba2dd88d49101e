"""The factors along one path where they are arrays: how they are multiplied, and the shape of each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from miniflow.engine.steps import BackwardStep, Phase
from miniflow.engine.trace import Trace
from miniflow.errors import Sentence
from miniflow.explain.array_products import AddedUp, ElementByElement, Factor, MatrixProduct, Sum, Term
from miniflow.explain.explanation import PortShare, TermExplanation
from miniflow.explain.local import explain_term, gradient_of, value_of
from miniflow.explain.symbols import gradient_symbol, local_symbol, whole_local_symbol


def term_between(trace: Trace, consumer: str, node: str) -> TermExplanation:
    """Return what a consumer passes back to a node that it takes."""
    step = trace.step_of(Phase.BACKWARD, node)
    assert isinstance(step, BackwardStep)
    share = next(term.share for term in step.terms if term.consumer == consumer)
    return explain_term(trace, node, consumer, share)


def are_single_numbers(trace: Trace, path: tuple[str, ...]) -> bool:
    """Tell whether no array lies on a path."""
    return all(np.ndim(value_of(trace, node)) == 0 for node in path)


def product_along(trace: Trace, path: tuple[str, ...]) -> Term | None:
    """Return what a path passes back, as the arrays are multiplied; None where a factor is no array of its own."""
    output = str(trace.output)
    start = Factor(gradient_symbol(trace, output), gradient_of(trace, output))
    arrived: Term = start
    for consumer, node in pairwise(path):
        term = term_between(trace, consumer, node)
        if any(not _is_factor(port) for port in term.ports) or not term.ports:
            return None
        if term.acts_on_each_element:
            arrived = _element_by_element(trace, term, node, None if arrived is start else arrived)
        else:
            parts = tuple(_through_port(arrived, consumer, port) for port in term.ports)
            arrived = parts[0] if len(parts) == 1 else Sum(parts)
    return arrived


def _is_factor(port: PortShare) -> bool:
    """Tell whether a share is a product with a derivative of each element, or with a transposed matrix."""
    is_transposed = port.derivative is not None and port.derivative.template.endswith("ᵀ")
    return port.local is not None and (is_transposed or not port.is_matrix_product)


def _element_by_element(trace: Trace, term: TermExplanation, node: str, arrived: Term | None) -> Term:
    """Multiply what has arrived by the sum of the local derivatives; the 1 of the output itself is not written."""
    locals_ = [port.local for port in term.ports if port.local is not None]
    local = Factor(whole_local_symbol(trace, term.consumer, node), np.sum(locals_, axis=0)[()])
    return _fitted(local if arrived is None else ElementByElement(arrived, local), np.shape(term.share))


def _through_port(arrived: Term, consumer: str, port: PortShare) -> Term:
    own = np.shape(port.share)
    assert port.local is not None
    if port.is_matrix_product and port.derivative is not None:
        return MatrixProduct(arrived, Factor(port.derivative, port.local), port.factor_first, own)
    return _fitted(ElementByElement(arrived, Factor(local_symbol(consumer, port.source), port.local)), own)


def _fitted(term: Term, own: tuple[int, ...]) -> Term:
    return term if term.shape == own else AddedUp(term, own)


def factors_in_words(trace: Trace, path: tuple[str, ...]) -> Iterator[Sentence]:
    """Tell what the factors are that can be written neither element by element nor as a matrix of their own."""
    for consumer, node in pairwise(path):
        term = term_between(trace, consumer, node)
        if not term.ports:
            yield Sentence("{consumer} works its share out in a backward() of its own.", {"consumer": consumer})
        for port in term.ports:
            if not _is_factor(port):
                yield _many_slopes(trace, consumer, node, port)


def _many_slopes(trace: Trace, consumer: str, node: str, port: PortShare) -> Sentence:
    fields = {
        "factor": local_symbol(consumer, port.source).text(),
        "shape": (np.size(value_of(trace, consumer)), np.size(port.share)),
        "consumer": consumer,
        "node": node,
    }
    text = "{factor}: shape {shape}, a row for each number of {consumer}, a column for each of {node}."
    return Sentence(text, fields)
