"""An update explained: the rule, the numbers that come in, the numbers put in, the result."""

from __future__ import annotations

import numpy as np

from miniflow.engine.steps import Phase, UpdateStep
from miniflow.engine.trace import Trace
from miniflow.errors import Sentence
from miniflow.explain.explanation import Card, Explanation, Number, Part, Role, Words
from miniflow.explain.formulas import Formula
from miniflow.explain.headings import heading_of
from miniflow.explain.symbols import gradient_symbol, numerator


def explain_update(trace: Trace, step: UpdateStep) -> Explanation:
    """Explain why a weight goes where it goes."""
    fields = {"node": step.node, "output": trace.output}
    return Explanation(
        node=step.node,
        phase=Phase.UPDATE,
        heading=heading_of(trace.record, step.node),
        question=Sentence("How must {node} change, so that {output} becomes smaller?", fields),
        cards=(
            Card(Sentence("The rule"), (_rule(trace, step),)),
            Card(Sentence("The numbers that come in"), _numbers_in(trace, step)),
            Card(Sentence("Put into the rule"), (_put_in(trace, step),)),
            Card(_result_heading(step), (Number(step.new, Role.VALUE, Formula("{node}", {"node": step.node})),)),
        ),
        notes=(_remark(step, str(trace.output)),),
    )


def _rule(trace: Trace, step: UpdateStep) -> Formula:
    fields = {"node": step.node, "cost": str(trace.output)}
    return Formula("{node} ← {node} − η · " + numerator(trace) + "/∂{node}", fields)


def _numbers_in(trace: Trace, step: UpdateStep) -> tuple[Part, ...]:
    return (
        Number(step.old, Role.VALUE, Formula("{node}", {"node": step.node})),
        Number(step.gradient, Role.GRADIENT, gradient_symbol(trace, step.node)),
        Number(np.float64(step.learning_rate), Role.VALUE, Formula("η")),
        Words(Sentence("η is the learning rate: how far a step goes."), quiet=True),
    )


def _put_in(trace: Trace, step: UpdateStep) -> Part:
    if np.ndim(step.new) == 0:
        fields = {"old": step.old, "rate": np.float64(step.learning_rate), "gradient": step.gradient, "new": step.new}
        return Formula("{old} − {rate} · {gradient} = {new}", fields)
    change = np.asarray(-step.learning_rate * step.gradient)[()]
    symbol = Formula("−η · " + numerator(trace) + "/∂{node}", {"node": step.node, "cost": str(trace.output)})
    return Number(change, Role.GRADIENT, symbol)


def _result_heading(step: UpdateStep) -> Sentence:
    if np.ndim(step.new) == 0:
        return Sentence("The result: what the next batch begins with")
    return Sentence("The result, shape {shape}: what the next batch begins with", {"shape": np.shape(step.new)})


def _remark(step: UpdateStep, output: str) -> Sentence:
    fields = {"node": step.node, "output": output}
    if not np.any(step.gradient):
        return Sentence("Its gradient is 0, so {node} stays where it is.", fields)
    return Sentence(
        "Why minus? The gradient points to where {output} grows, so a step against it makes {output} smaller, if the "
        "step is small enough.",
        fields,
    )
