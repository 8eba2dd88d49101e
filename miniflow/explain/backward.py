"""A gradient explained: by the chain rule, or why it is 1 or 0; and one of which a part has arrived."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from miniflow.engine.steps import BackwardStep, Phase, Term
from miniflow.engine.trace import Trace
from miniflow.errors import Sentence, counted
from miniflow.explain.chain_rule import four_cards, gradient_by_rule, result_heading
from miniflow.explain.explanation import Card, Explanation, Link, Nodes, Number, Part, Role, Words
from miniflow.explain.formulas import Formula, equation
from miniflow.explain.headings import heading_of
from miniflow.explain.local import explain_terms, value_of
from miniflow.explain.paths import paths_card
from miniflow.explain.remarks import remarks
from miniflow.explain.symbols import gradient_symbol


def explain_backward(trace: Trace, step: BackwardStep) -> Explanation:
    """Explain a gradient."""
    terms = explain_terms(trace, step)
    result = None
    if step.node == trace.output:
        cards = _cards_of_the_output(trace, step)
    elif not step.reaches_output:
        cards = _cards_of_a_bystander(trace, step)
    else:
        paths = paths_card(trace, step)
        result = gradient_by_rule(step, terms)
        cards = (*four_cards(trace, step, terms, result), *((paths,) if paths else ()))
    return Explanation(
        node=step.node,
        phase=Phase.BACKWARD,
        heading=heading_of(trace.record, step.node),
        question=_question(trace, step.node),
        cards=cards,
        notes=tuple(remarks(trace, step, terms)) if step.node != trace.output and step.reaches_output else (),
        terms=terms,
        result=result,
    )


def _question(trace: Trace, node: str) -> Sentence:
    fields = {"output": trace.output, "node": node}
    if np.ndim(value_of(trace, str(trace.output))) == 0:
        return Sentence("How does {output} change when {node} changes a little?", fields)
    return Sentence("How does the sum of the numbers in {output} change when {node} changes a little?", fields)


def explain_so_far(trace: Trace, node: str, arrived: Sequence[Term]) -> Explanation:
    """Explain a gradient of which some terms have arrived, and not yet all."""
    step = trace.step_of(Phase.BACKWARD, node)
    assert isinstance(step, BackwardStep)
    missing = tuple(term.consumer for term in step.terms if term.consumer and all(term is not each for each in arrived))
    parts: list[Part] = []
    for number, term in enumerate(arrived):
        parts.append(Link(str(term.consumer), Sentence("+ from") if number else Sentence("from")))
        parts.append(Number(term.share, Role.GRADIENT))
    fields = {"here": len(arrived), "all": counted(len(step.terms), "1 term", "{count} terms"), "node": node}
    cards = [Card(Sentence("Arrived so far: {here} of {all}", fields), tuple(parts))]
    if missing:
        cards.append(Card(Sentence("Still missing"), (Nodes(missing, Sentence("nothing")),)))
    question = (
        Sentence("The gradient of {node} is not complete yet: its other consumers come first.", fields)
        if missing
        else Sentence("All terms of the gradient of {node} are there: its turn comes.", fields)
    )
    return Explanation(node, None, heading_of(trace.record, node), question, tuple(cards))


def _cards_of_the_output(trace: Trace, step: BackwardStep) -> tuple[Card, ...]:
    symbol = gradient_symbol(trace, step.node)
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
        Card(result_heading(step), (Number(step.gradient, Role.GRADIENT, symbol),)),
    )


def _cards_of_a_bystander(trace: Trace, step: BackwardStep) -> tuple[Card, ...]:
    symbol = gradient_symbol(trace, step.node)
    why = Sentence(
        "No wire leads from {node} to {output}, not even by way of other nodes: whatever {node} is, {output} stays "
        "the same.",
        {"node": step.node, "output": trace.output},
    )
    return (
        Card(Sentence("The rule"), (equation(symbol, Formula("0")),)),
        Card(Sentence("Why 0"), (Words(why),)),
        Card(result_heading(step), (Number(step.gradient, Role.GRADIENT, symbol),)),
    )
