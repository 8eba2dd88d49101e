"""The chain rule in four cards: the rule, what arrives, the local derivative, the result.

A consumer may take the node at several places, as Mul(x, x) does: then each place has a derivative of its own, and
their sum is told.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from miniflow.engine.steps import BackwardStep
from miniflow.engine.trace import Trace
from miniflow.errors import Sentence, counted
from miniflow.explain.explanation import Card, Link, Number, Part, PortShare, Role, TermExplanation, Words
from miniflow.explain.formulas import Formula, Place, equation, in_parentheses, joined
from miniflow.explain.rounding import are_the_same
from miniflow.explain.symbols import (
    gradient_symbol,
    is_told_apart,
    local_symbol,
    meaning_of_places,
    whole_local_symbol,
)
from miniflow.explain.words import ELEMENT_BY_ELEMENT, Names, Size
from miniflow.values import Value

CONSTANTS = ("1", "−1")

MOST_TERMS = 6
"""So many consumers are written out; a node with more of them has the rest told by their number."""

_COUNT_SYMBOLS = ("m", "n", "k", "count")


def four_cards(trace: Trace, step: BackwardStep, terms: Sequence[TermExplanation], right: Value) -> tuple[Card, ...]:
    """Return the cards of a gradient that is the sum of what the consumers pass back; ``right`` by the rule."""
    shown = terms[:MOST_TERMS]
    rest = _rest(len(terms))
    arrivals = counted(len(terms), "What arrives (one consumer)", "What arrives ({count} consumers)")
    return (
        Card(Sentence("The rule"), (*_rule(trace, step, shown), *rest)),
        Card(arrivals, (*_arrivals(trace, shown), *rest)),
        Card(Sentence("The local derivative"), (*_locals(trace, step.node, shown), *rest)),
        Card(result_heading(step), tuple(_result(trace, step, shown, right))),
    )


def result_heading(step: BackwardStep) -> Sentence:
    """Say what shape the result has, unless it is a single number."""
    if np.ndim(step.gradient) == 0:
        return Sentence("The result")
    return Sentence("The result, shape {shape} like {node}", {"shape": np.shape(step.gradient), "node": step.node})


def _rest(count: int) -> tuple[Part, ...]:
    if count <= MOST_TERMS:
        return ()
    more = counted(count - MOST_TERMS, "… and 1 more consumer.", "… and {count} more consumers.")
    return (Words(more, quiet=True),)


# --- the rule -----------------------------------------------------------------------------------------------------


def _rule(trace: Trace, step: BackwardStep, terms: Sequence[TermExplanation]) -> list[Part]:
    whole = gradient_symbol(trace, step.node)
    if len(terms) == 1 and _is_the_whole_rule(trace, terms[0]):
        parts = _rule_at_the_output(whole, terms[0])
    else:
        shares = [_share_in_symbols(trace, step.node, term) for term in terms]
        parts = [equation(whole, joined(" + ", shares))]
        for term in terms:
            parts.extend(_local_rules(trace, step.node, term))
    for term in terms:
        parts.extend((*_places(trace, step.node, term), *_averaged(term)))
    if any(_multiplies_arrays(term) for term in terms):
        parts.append(Words(ELEMENT_BY_ELEMENT, quiet=True))
    return parts


def _multiplies_arrays(term: TermExplanation) -> bool:
    """Whether an array arrives and is multiplied by another, and not as matrices are."""
    ports = [port for port in term.ports if not port.is_matrix_product and port.local is not None]
    is_multiplied = any(port.derivative is None or port.derivative.template not in CONSTANTS for port in ports)
    return is_multiplied and np.ndim(term.arrives) > 0


def _is_the_whole_rule(trace: Trace, term: TermExplanation) -> bool:
    """Whether what arrives is the one number 1, so that the local derivative is the gradient."""
    return term.consumer == trace.output and np.ndim(term.arrives) == 0 and term.acts_on_each_element


def _rule_at_the_output(whole: Formula, term: TermExplanation) -> list[Part]:
    """∂f/∂x = 2 · x: no ∂f/∂f · before it, which is 1."""
    names = [local_symbol(term.consumer, port.source) for port in term.ports]
    derivatives = [_derivative(port, term.consumer) for port in term.ports]
    if len(names) == 1:
        return [equation(whole, derivatives[0])]
    places = [equation(name, each) for name, each in zip(names, derivatives, strict=True) if name != each]
    return [equation(whole, joined(" + ", names)), *places]


def _local_rules(trace: Trace, node: str, term: TermExplanation) -> list[Part]:
    """∂a/∂f = a · (1 − a), where the share is what arrives times that; of several places, each."""
    if any(port.derivative is None or port.is_matrix_product for port in term.ports):
        return []
    names = [local_symbol(term.consumer, port.source) for port in term.ports]
    parts: list[Part] = []
    if len(names) > 1 and not is_told_apart(trace, term.consumer, node):
        parts.append(equation(local_symbol(term.consumer, node), joined(" + ", names)))
    for name, port in zip(names, term.ports, strict=True):
        parts.append(equation(name, _derivative(port, term.consumer)))
    return parts


def _derivative(port: PortShare, consumer: str) -> Formula:
    """∂consumer/∂port in symbols: by its class, or, where that says nothing, by its name."""
    if port.derivative is None:
        return local_symbol(consumer, port.source)
    return port.derivative.with_fields(m=_count_symbol(port.derivative))


def _count_symbol(derivative: Formula) -> str:
    """What the number of elements is called: m, unless a node is."""
    fillings = [filling for name, filling in derivative.fields.items() if name != "m"]
    taken = {filling.node if isinstance(filling, Place) else str(filling) for filling in fillings}
    return next((symbol for symbol in _COUNT_SYMBOLS if symbol not in taken), "number of elements")


def _share_in_symbols(trace: Trace, node: str, term: TermExplanation) -> Formula:
    product = joined(" · ", [gradient_symbol(trace, term.consumer), whole_local_symbol(trace, term.consumer, node)])
    if not term.ports:
        return product
    if len(term.ports) > 1 and term.acts_on_each_element:
        return _summed(product, term.ports[0])
    return joined(" + ", [_summed(port.rule, port) for port in term.ports])


def _summed(rule: Formula, port: PortShare) -> Formula:
    if port.summed_from is None:
        return rule
    return Formula("Σ " + rule.template, rule.fields)


def _places(trace: Trace, node: str, term: TermExplanation) -> list[Words]:
    if is_told_apart(trace, term.consumer, node):
        return [Words(meaning_of_places(trace, term.consumer, node), quiet=True)]
    if len(term.ports) < 2:
        return []
    places = Names(tuple(str(port.source) for port in term.ports))
    fields = {"consumer": term.consumer, "node": node, "count": len(term.ports), "places": places}
    text = "{consumer} takes {node} at {count} places, {places}: each has a derivative of its own, and they add up."
    return [Words(Sentence(text, fields), quiet=True)]


def _averaged(term: TermExplanation) -> list[Words]:
    found = []
    for derivative in (port.derivative for port in term.ports):
        if derivative is not None and "{m}" in derivative.template:
            symbol, number = _count_symbol(derivative), int(str(derivative.fields["m"]))
            many, one = "{symbol} = {m}: so many numbers are averaged.", "{symbol} = 1: it is the mean of one number."
            found.append(Words(Sentence(many if number > 1 else one, {"symbol": symbol, "m": number}), quiet=True))
    return found[:1]


# --- what arrives, and the local derivative -----------------------------------------------------------------------


def _arrivals(trace: Trace, terms: Sequence[TermExplanation]) -> list[Part]:
    parts: list[Part] = []
    for number, term in enumerate(terms):
        parts.append(Link(term.consumer, Sentence("+ from") if number else Sentence("from")))
        parts.append(Number(term.arrives, Role.GRADIENT, gradient_symbol(trace, term.consumer)))
        if not term.reaches_output:
            fields = {"consumer": term.consumer, "output": trace.output}
            parts.append(Words(Sentence("0, since {output} does not depend on {consumer}.", fields), quiet=True))
    return parts


def _locals(trace: Trace, node: str, terms: Sequence[TermExplanation]) -> list[Part]:
    parts: list[Part] = []
    for term in terms:
        parts.extend(_local(term.consumer, port) for port in term.ports)
        if len(term.ports) > 1 and term.acts_on_each_element:
            names = [local_symbol(term.consumer, port.source) for port in term.ports]
            name = joined(" + ", names)
            if not is_told_apart(trace, term.consumer, node):
                name = equation(local_symbol(term.consumer, node), name)
            parts.append(Number(_sum_of_locals(term), Role.VALUE, name))
        if not term.ports:
            fields = {"consumer": term.consumer}
            parts.append(Words(Sentence("{consumer} works its share out in a backward() of its own.", fields)))
    return parts


def _local(consumer: str, port: PortShare) -> Part:
    symbol = local_symbol(consumer, port.source)
    if port.local is None:
        return Words(Sentence("{consumer} mixes too many numbers to show.", {"consumer": consumer}))
    if port.derivative is None:
        return Number(port.local, Role.VALUE, symbol)
    if port.is_matrix_product:
        return Number(port.local, Role.VALUE, port.derivative)
    return _local_derivative(symbol, port.derivative, port.local)


def _local_derivative(symbol: Formula, derivative: Formula, local: Value) -> Number:
    """∂f/∂b = 1 where it is 1 everywhere; else the rule with the numbers that it gives."""
    if derivative.template in CONSTANTS:
        return Number(np.ravel(local)[0], Role.VALUE, symbol)
    return Number(local, Role.VALUE, equation(symbol, derivative))


def _sum_of_locals(term: TermExplanation) -> Value:
    total: Value = np.sum([port.local for port in term.ports if port.local is not None], axis=0)[()]
    are_constant = all(port.derivative is not None and port.derivative.template in CONSTANTS for port in term.ports)
    return np.ravel(total)[0] if are_constant else total


# --- the result ---------------------------------------------------------------------------------------------------


def gradient_by_rule(step: BackwardStep, terms: Sequence[TermExplanation]) -> Value:
    """Return the gradient that the rule gives: the run's own, unless a mistake was made in that."""
    shares = [term.by_rule for term in terms]
    right: Value = shares[0] if len(shares) == 1 else np.sum(shares, axis=0)[()]
    arrivals = [term.arrives for term in terms]
    return step.gradient if are_the_same(right, step.gradient, [*arrivals, *shares]) else right


def _result(trace: Trace, step: BackwardStep, terms: Sequence[TermExplanation], right: Value) -> list[Part]:
    parts = _result_by_rule(trace, step, terms, right)
    if right is not step.gradient:
        text = "So says the rule. This run has another number:"
        parts.append(Words(Sentence(text)))
        parts.append(Number(step.gradient, Role.GRADIENT))
    return parts


def _result_by_rule(trace: Trace, step: BackwardStep, terms: Sequence[TermExplanation], right: Value) -> list[Part]:
    whole = gradient_symbol(trace, step.node)
    arithmetic = _arithmetic(step, terms, right)
    if arithmetic is not None:
        return [arithmetic, Number(right, Role.GRADIENT, whole)]
    parts: list[Part] = []
    if len(terms) == 1 and len(terms[0].ports) > 1:
        names = [gradient_symbol(trace, port.source) for port in terms[0].ports]
        for name, port in zip(names, terms[0].ports, strict=True):
            parts.extend(_sizes(terms[0], port))
            parts.append(Number(port.share, Role.GRADIENT, name))
        return [*parts, Number(right, Role.GRADIENT, equation(whole, joined(" + ", names)))]
    for term in terms:
        for port in term.ports:
            parts.extend(_sizes(term, port))
    if len(terms) > 1:
        for number, term in enumerate(terms):
            parts.append(Link(term.consumer, Sentence("+ through") if number else Sentence("through")))
            parts.append(Number(term.by_rule, Role.GRADIENT))
    return [*parts, Number(right, Role.GRADIENT, whole)]


def _arithmetic(step: BackwardStep, terms: Sequence[TermExplanation], right: Value) -> Formula | None:
    """The sum of products in numbers, where all of them are single numbers."""
    if np.ndim(step.gradient) or len(step.terms) > MOST_TERMS:
        return None
    products = []
    for term in terms:
        if not term.ports or any(port.local is None or np.ndim(port.local) for port in term.ports):
            return None
        locals_ = [Formula("{local}", {"local": port.local}) for port in term.ports if port.local is not None]
        local = in_parentheses(joined(" + ", locals_)) if len(locals_) > 1 else locals_[0]
        products.append(joined(" · ", [Formula("{arrives}", {"arrives": term.arrives}), local]))
    return equation(joined(" + ", products), Formula("{result}", {"result": right}))


def _sizes(term: TermExplanation, port: PortShare) -> list[Part]:
    """(2 × 1) · (1 × 2) → (2 × 2) for a product of matrices."""
    if not port.is_matrix_product or port.local is None or port.derivative is None:
        return []
    middle = np.shape(port.local)[0] if port.factor_first else np.shape(port.local)[1]
    arrives = _as_matrix(np.shape(term.arrives), port.factor_first, np.shape(port.local))
    pair = (np.shape(port.local), arrives) if port.factor_first else (arrives, np.shape(port.local))
    result = (pair[0][0], pair[1][1])
    assert middle in result
    fields = {"left": Size(pair[0]), "right": Size(pair[1]), "result": Size(result)}
    return [Words(Sentence("({left}) · ({right}) gives ({result})", fields), quiet=True)]


def _as_matrix(shape: tuple[int, ...], factor_first: bool, factor: tuple[int, ...]) -> tuple[int, int]:
    if len(shape) == 2:
        return (shape[0], shape[1])
    length = shape[0]
    if factor_first:
        return (length, 1) if factor[1] == length else (1, length)
    return (1, length) if factor[0] == length else (length, 1)
