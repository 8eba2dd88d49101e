"""A value explained: the rule in symbols, the numbers in, the result; for an Input, where its value comes from."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from miniflow.engine.steps import ForwardStep, Phase
from miniflow.engine.trace import Trace
from miniflow.errors import Sentence, counted
from miniflow.explain.explanation import Card, Explanation, Link, Number, Part, Role, Words
from miniflow.explain.formulas import Filling, Formula, equation, rule_template
from miniflow.explain.headings import class_of, heading_of, rule_of, wired
from miniflow.explain.local import value_of
from miniflow.explain.remarks import columns_read
from miniflow.explain.words import ELEMENT_BY_ELEMENT, few
from miniflow.graph.records import DatasetPart, Literal, NodeRecord, Normal, Ones, Uniform, Zeros
from miniflow.operation import Elementwise

MOST_INPUTS = 6
MOST_ROWS = 16

_LIKE_MATRICES = ("·", "²", "^")
"""What means a product of matrices elsewhere."""


def explain_forward(trace: Trace, step: ForwardStep) -> Explanation:
    """Explain a value."""
    sources = wired(trace.record, step.node)
    return Explanation(
        node=step.node,
        phase=Phase.FORWARD,
        heading=heading_of(trace.record, step.node),
        question=(
            Sentence("What is {node}, now that what it needs is known?", {"node": step.node})
            if sources
            else Sentence("What is {node}?", {"node": step.node})
        ),
        cards=_cards_of_an_operation(trace, step) if sources else _cards_of_an_input(trace, step),
    )


def _cards_of_an_operation(trace: Trace, step: ForwardStep) -> tuple[Card, ...]:
    return (
        Card(Sentence("The rule"), tuple(_rule(trace, step))),
        Card(Sentence("The numbers that come in"), tuple(_numbers_in(trace, step.node))),
        Card(Sentence("Put into the rule"), tuple(_put_in(trace, step))),
        Card(_result_heading(step), (Number(step.value, Role.VALUE, Formula("{out}", {"out": step.node})),)),
    )


def _rule(trace: Trace, step: ForwardStep) -> Iterator[Part]:
    """The rule, and that it is no product of matrices where it looks like one."""
    rule = rule_of(trace.record, step.node)
    yield rule
    is_of_arrays = issubclass(class_of(trace.record, step.node), Elementwise) and np.ndim(step.value) > 0
    if is_of_arrays and any(sign in rule.template for sign in _LIKE_MATRICES):
        yield Words(ELEMENT_BY_ELEMENT, quiet=True)


def _numbers_in(trace: Trace, node: str) -> list[Part]:
    sources = list(dict.fromkeys(wired(trace.record, node)))
    parts: list[Part] = []
    for source in sources[:MOST_INPUTS]:
        parts.append(Link(source, Sentence("from")))
        parts.append(Number(value_of(trace, source), Role.VALUE))
    if len(sources) > MOST_INPUTS:
        parts.append(Words(Sentence("… and {count} more.", {"count": len(sources) - MOST_INPUTS}), quiet=True))
    return parts


def _put_in(trace: Trace, step: ForwardStep) -> list[Part]:
    sources = wired(trace.record, step.node)
    cls = class_of(trace.record, step.node)
    values = [value_of(trace, source) for source in sources]
    names = cls.port_names(len(sources))
    parts: list[Part] = []
    if len(names) == len(values) and all(few(value) for value in values) and len(values) <= MOST_INPUTS:
        fields: dict[str, Filling] = {**dict(zip(names, values, strict=True)), "out": step.node}
        formula = Formula(rule_template(cls, len(sources)), fields)
        if few(step.value):
            formula = equation(formula, Formula("{result}", {"result": step.value}))
        parts.append(formula)
    if any(np.ndim(value) for value in values) and len(names) == len(values):
        parts.append(Words(_sizes(trace, step), quiet=True))
    for source in columns_read(trace, step.node):
        read = {"node": step.node, "source": source, "column": (np.size(value_of(trace, source)), 1)}
        text = "{node} reads {source} as a column, {column}: each number meets the one in its row."
        parts.append(Words(Sentence(text, read), quiet=True))
    return parts


def _sizes(trace: Trace, step: ForwardStep) -> Sentence:
    """Say the shapes that meet, and the one that comes of them."""
    sources = dict.fromkeys(wired(trace.record, step.node)[:MOST_INPUTS])
    shapes = ", ".join(f"{source} {np.shape(value_of(trace, source))}" for source in sources)
    fields = {"shapes": shapes, "node": step.node, "shape": np.shape(step.value)}
    if np.ndim(step.value) == 0:
        return Sentence("Shapes: {shapes}; so {node} is one number.", fields)
    return Sentence("Shapes: {shapes}; so {node} has {shape}.", fields)


def _result_heading(step: ForwardStep) -> Sentence:
    if np.ndim(step.value) == 0:
        return Sentence("The result")
    return Sentence("The result, shape {shape}", {"shape": np.shape(step.value)})


def _cards_of_an_input(trace: Trace, step: ForwardStep) -> tuple[Card, ...]:
    record = trace.record.nodes[step.node]
    parts: list[Part] = [Words(origin(record)), *_batch_words(trace, step.node)]
    if trace.trial and step.node in trace.trial.values and trace.batch == trace.trial.batch:
        parts.append(Words(Sentence("For now another value is tried out: the document keeps its own.")))
    if record.trainable:
        parts.append(Words(Sentence("Training changes it, to make {output} smaller.", {"output": trace.output})))
    value = Number(step.value, Role.VALUE, Formula("{out}", {"out": step.node}))
    return (Card(Sentence("Where it comes from"), tuple(parts)), Card(_result_heading(step), (value,)))


def _batch_words(trace: Trace, node: str) -> list[Part]:
    """Say which rows of its data an Input has in this batch, or how often an update has moved it by now."""
    rows = trace.batches[trace.batch].rows
    if isinstance(trace.record.nodes[node].value, DatasetPart) and rows is not None:
        first = ", ".join(str(row + 1) for row in rows[:MOST_ROWS]) + (", …" if len(rows) > MOST_ROWS else "")
        fields = {"batch": trace.batch + 1, "count": len(rows), "rows": first}
        return [Words(Sentence("Batch {batch} has {count} of its rows, drawn by lot: {rows}.", fields))]
    if trace.batch and trace.step_of(Phase.UPDATE, node) is not None:
        return [Words(counted(trace.batch, "One update has moved it since.", "{count} updates have moved it since."))]
    return []


def origin(record: NodeRecord) -> Sentence:
    """Say where an Input's value comes from."""
    value = record.value
    names = ("seed", "scale", "low", "high", "dataset")
    fields = {name: getattr(value, name) for name in names if hasattr(value, name)}
    match value:
        case Literal():
            text = "Its value was typed in: an Input computes nothing."
        case Zeros():
            text = "It starts as zeros."
        case Ones():
            text = "It starts as ones."
        case Normal():
            text = "Random numbers around 0 with standard deviation {scale}; seed {seed}."
        case Uniform():
            text = "Random numbers from {low} to {high}; seed {seed}."
        case DatasetPart(part="target"):
            text = "The target of the data set {dataset}: what is to be predicted."
        case DatasetPart():
            text = "The features of the data set {dataset}: a row for each example."
        case None:
            text = "It has no value yet: double-click it to give it one."
    return Sentence(text, fields)
