"""The chain rule in four cards: the rule, what arrives, the local derivative, the result."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from miniflow.engine.steps import BackwardStep, Phase, Term
from miniflow.engine.trace import Trace
from miniflow.errors import Sentence
from miniflow.explain.explanation import Card, Explanation, Link, Nodes, Number, Part, Role, TermExplanation, Words
from miniflow.explain.formulas import Formula, equation, joined
from miniflow.explain.headings import heading_of
from miniflow.explain.local import explain_terms
from miniflow.explain.paths import paths_card
from miniflow.explain.remarks import remarks
from miniflow.explain.symbols import gradient_symbol, local_symbol
from miniflow.explain.words import Size
from miniflow.values import Value

CONSTANTS = ("1", "−1")

MOST_TERMS = 6
"""So many consumers are written out; a node with more of them has the rest told by their number."""


def explain_backward(trace: Trace, step: BackwardStep) -> Explanation:
    """Explain a gradient."""
    terms = explain_terms(trace, step)
    if step.node == trace.output:
        cards = _cards_of_the_output(step)
    elif not step.reaches_output:
        cards = _cards_of_a_bystander(trace, step)
    else:
        paths = paths_card(trace, step)
        cards = (*_four_cards(trace, step, terms), *((paths,) if paths else ()))
    return Explanation(
        node=step.node,
        phase=Phase.BACKWARD,
        heading=heading_of(trace.record, step.node),
        question=Sentence(
            "How does {output} change when {node} changes a little?", {"output": trace.output, "node": step.node}
        ),
        cards=cards,
        notes=tuple(remarks(trace, step, terms)) if step.node != trace.output and step.reaches_output else (),
        terms=terms,
    )


def explain_so_far(trace: Trace, node: str, arrived: Sequence[Term]) -> Explanation:
    """Explain a gradient of which some terms have arrived, and not yet all."""
    step = trace.step_of(Phase.BACKWARD, node)
    assert isinstance(step, BackwardStep)
    missing = tuple(term.consumer for term in step.terms if term.consumer and all(term is not each for each in arrived))
    parts: list[Part] = []
    for number, term in enumerate(arrived):
        parts.append(Link(str(term.consumer), Sentence("+ from") if number else Sentence("from")))
        parts.append(Number(term.share, Role.GRADIENT))
    fields = {"here": len(arrived), "all": len(step.terms), "node": node}
    cards = [Card(Sentence("Arrived so far: {here} of {all} terms", fields), tuple(parts))]
    if missing:
        cards.append(Card(Sentence("Still missing"), (Nodes(missing, Sentence("nothing")),)))
    question = (
        Sentence("The gradient of {node} is not complete yet: its other consumers come first.", fields)
        if missing
        else Sentence("All terms of the gradient of {node} are there: its turn comes.", fields)
    )
    return Explanation(node, None, heading_of(trace.record, node), question, tuple(cards))


def _cards_of_the_output(step: BackwardStep) -> tuple[Card, ...]:
    symbol = gradient_symbol(step.node, step.node)
    is_scalar = np.ndim(step.gradient) == 0
    why = (
        Sentence("{node} is what is being differentiated: when it grows by 1, it grows by 1.", {"node": step.node})
        if is_scalar
        else Sentence(
            "{node} is what is being differentiated; it holds several numbers: their sum counts, so each has 1.",
            {"node": step.node},
        )
    )
    return (
        Card(Sentence("The rule"), (equation(symbol, Formula("1")),)),
        Card(Sentence("Why 1"), (Words(why),)),
        Card(_result_heading(step), (Number(step.gradient, Role.GRADIENT, symbol),)),
    )


def _cards_of_a_bystander(trace: Trace, step: BackwardStep) -> tuple[Card, ...]:
    symbol = gradient_symbol(trace.output, step.node)
    why = Sentence(
        "No wire leads from {node} to {output}, not even by way of other nodes: whatever {node} is, {output} stays "
        "the same.",
        {"node": step.node, "output": trace.output},
    )
    return (
        Card(Sentence("The rule"), (equation(symbol, Formula("0")),)),
        Card(Sentence("Why 0"), (Words(why),)),
        Card(_result_heading(step), (Number(step.gradient, Role.GRADIENT, symbol),)),
    )


def _four_cards(trace: Trace, step: BackwardStep, terms: Sequence[TermExplanation]) -> tuple[Card, ...]:
    shown = terms[:MOST_TERMS]
    rest = _rest(len(terms))
    return (
        Card(Sentence("The rule"), (*_rule(trace, step, shown), *rest)),
        Card(_arrivals_heading(len(terms)), (*_arrivals(trace, shown), *rest)),
        Card(Sentence("The local derivative"), (*_locals(step.node, shown), *rest)),
        Card(_result_heading(step), (*_result(trace, step, shown),)),
    )


def _rest(count: int) -> tuple[Part, ...]:
    if count <= MOST_TERMS:
        return ()
    return (Words(Sentence("… and {count} more consumers.", {"count": count - MOST_TERMS}), quiet=True),)


def _rule(trace: Trace, step: BackwardStep, terms: Sequence[TermExplanation]) -> list[Part]:
    shares = [_share_in_symbols(trace, step.node, term) for term in terms]
    parts: list[Part] = [equation(gradient_symbol(trace.output, step.node), joined(" + ", shares))]
    for term in terms:
        derivatives = [port.derivative for port in term.ports if port.derivative is not None]
        is_product = any(port.is_matrix_product for port in term.ports)
        if not derivatives or len(derivatives) < len(term.ports) or is_product:
            continue
        symbolic = [derivative.with_fields(m="m") for derivative in derivatives]
        if term.consumer == trace.output and len(terms) == 1:
            parts = [equation(gradient_symbol(trace.output, step.node), joined(" + ", symbolic))]
        else:
            parts.append(equation(local_symbol(term.consumer, step.node), joined(" + ", symbolic)))
        if any("{m}" in derivative.template for derivative in derivatives):
            parts.append(
                Words(Sentence("m = {m}: so many numbers are averaged.", {"m": derivatives[0].fields["m"]}), True)
            )
    return parts


def _share_in_symbols(trace: Trace, node: str, term: TermExplanation) -> Formula:
    if not term.ports:
        return joined(" · ", [gradient_symbol(trace.output, term.consumer), local_symbol(term.consumer, node)])
    first = term.ports[0]
    if len(term.ports) > 1 and not first.is_matrix_product:
        return joined(" · ", [gradient_symbol(trace.output, term.consumer), local_symbol(term.consumer, node)])
    rules = [_summed(port.rule, port.summed_from is not None) for port in term.ports]
    return joined(" + ", rules)


def _summed(rule: Formula, is_summed: bool) -> Formula:
    return Formula("Σ " + rule.template, rule.fields) if is_summed else rule


def _arrivals_heading(consumers: int) -> Sentence:
    if consumers == 1:
        return Sentence("What arrives (one consumer)")
    return Sentence("What arrives ({count} consumers)", {"count": consumers})


def _arrivals(trace: Trace, terms: Sequence[TermExplanation]) -> list[Part]:
    parts: list[Part] = []
    for number, term in enumerate(terms):
        parts.append(Link(term.consumer, Sentence("+ from") if number else Sentence("from")))
        parts.append(Number(term.arrives, Role.GRADIENT, gradient_symbol(trace.output, term.consumer)))
        if not term.reaches_output:
            fields = {"consumer": term.consumer, "output": trace.output}
            parts.append(Words(Sentence("0, since {output} does not depend on {consumer}.", fields), quiet=True))
    return parts


def _locals(node: str, terms: Sequence[TermExplanation]) -> list[Part]:
    parts: list[Part] = []
    for term in terms:
        for port in term.ports:
            symbol = local_symbol(term.consumer, node)
            if port.local is None:
                parts.append(Words(Sentence("{consumer} mixes too many numbers to show.", {"consumer": term.consumer})))
            elif port.derivative is None or (len(term.ports) > 1 and not port.is_matrix_product):
                parts.append(Number(port.local, Role.VALUE, symbol))
            elif port.is_matrix_product:
                parts.append(Number(port.local, Role.VALUE, port.derivative))
            else:
                parts.append(_local_derivative(symbol, port.derivative, port.local))
        if not term.ports:
            fields = {"consumer": term.consumer}
            parts.append(Words(Sentence("{consumer} works its share out in a backward() of its own.", fields)))
    return parts


def _local_derivative(symbol: Formula, derivative: Formula, local: Value) -> Number:
    """∂f/∂b = 1 where it is 1 everywhere; else the rule with the numbers that it gives."""
    if derivative.template in CONSTANTS:
        return Number(np.ravel(local)[0], Role.VALUE, symbol)
    return Number(local, Role.VALUE, equation(symbol, derivative))


def _result_heading(step: BackwardStep) -> Sentence:
    if np.ndim(step.gradient) == 0:
        return Sentence("The result")
    return Sentence("The result, shape {shape} like {node}", {"shape": np.shape(step.gradient), "node": step.node})


def _result(trace: Trace, step: BackwardStep, terms: Sequence[TermExplanation]) -> list[Part]:
    parts: list[Part] = []
    arithmetic = _arithmetic(step, terms)
    if arithmetic is not None:
        parts.append(arithmetic)
    for term in terms:
        parts.extend(_sizes(term, step))
    if len(terms) > 1 and arithmetic is None:
        for number, term in enumerate(terms):
            parts.append(Link(term.consumer, Sentence("+ through") if number else Sentence("through")))
            parts.append(Number(term.share, Role.GRADIENT))
    parts.append(Number(step.gradient, Role.GRADIENT, gradient_symbol(trace.output, step.node)))
    return parts


def _arithmetic(step: BackwardStep, terms: Sequence[TermExplanation]) -> Formula | None:
    """The sum of products in numbers, where all of them are single numbers."""
    if np.ndim(step.gradient) or len(step.terms) > MOST_TERMS:
        return None
    products = []
    for term in terms:
        if not term.ports or any(port.local is None or np.ndim(port.local) for port in term.ports):
            return None
        local = sum(port.local for port in term.ports if port.local is not None)
        products.append(Formula("{arrives} · {local}", {"arrives": term.arrives, "local": np.float64(local)}))
    return equation(joined(" + ", products), Formula("{result}", {"result": step.gradient}))


def _sizes(term: TermExplanation, step: BackwardStep) -> list[Part]:
    """(2 × 1) · (1 × 2) → (2 × 2) for a product of matrices."""
    parts: list[Part] = []
    for port in term.ports:
        if port.is_matrix_product and port.local is not None and port.derivative is not None:
            middle = np.shape(port.local)[0] if port.factor_first else np.shape(port.local)[1]
            arrives = _as_matrix(np.shape(term.arrives), port.factor_first, np.shape(port.local))
            pair = (np.shape(port.local), arrives) if port.factor_first else (arrives, np.shape(port.local))
            result = (pair[0][0], pair[1][1])
            assert middle in result
            fields = {"left": Size(pair[0]), "right": Size(pair[1]), "result": Size(result)}
            parts.append(Words(Sentence("({left}) · ({right}) gives ({result})", fields), quiet=True))
    return parts


def _as_matrix(shape: tuple[int, ...], factor_first: bool, factor: tuple[int, ...]) -> tuple[int, int]:
    if len(shape) == 2:
        return (shape[0], shape[1])
    length = shape[0]
    if factor_first:
        return (length, 1) if factor[1] == length else (1, length)
    return (1, length) if factor[0] == length else (length, 1)
