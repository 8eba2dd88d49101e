"""What a student predicted for the next number, judged: right, or what is off about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import combinations
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from miniflow.engine.steps import BackwardStep, ForwardStep, OrderStep, Step
from miniflow.engine.trace import Trace
from miniflow.errors import Sentence, counted
from miniflow.explain.explanation import TermExplanation
from miniflow.explain.local import explain_terms, value_of
from miniflow.explain.products import product_of
from miniflow.explain.words import Names, Size
from miniflow.graph.signatures import is_input
from miniflow.values import Shape, Value

ROUNDING = 0.005
"""A number is taken as right when it is off by no more than this part of itself: three digits are enough."""

MOST_BRANCHES = 8
"""Sums of more branches are not searched for a missing one."""

NumberStep: TypeAlias = ForwardStep | BackwardStep


class Slip(Enum):
    """What is off about a prediction."""

    NONE = "right"
    ROUNDED = "rounded"
    SHAPE = "shape"
    TRANSPOSED = "transposed"
    SIGN = "sign"
    NO_LOCAL = "local derivative forgotten"
    NO_ARRIVAL = "what arrives forgotten"
    BRANCH = "a branch is missing"
    BIAS = "bias forgotten"
    TWO = "factor 2"
    COUNT = "factor n"
    SOME = "some are right"
    OTHER = "something else"


@dataclass(frozen=True)
class Judgement:
    """What is off, and a sentence that helps without telling the number."""

    slip: Slip
    sentence: Sentence
    right: NDArray[np.bool_] | None = None
    """Which numbers are right, in the shape of the answer; None where that has another shape than the number."""

    @property
    def is_right(self) -> bool:
        """Whether the prediction counts as right."""
        return self.slip in (Slip.NONE, Slip.ROUNDED)


def can_be_predicted(trace: Trace, step: Step | None) -> bool:
    """Whether a step computes a number that is not simply given."""
    if step is None or isinstance(step, OrderStep):
        return False
    return isinstance(step, BackwardStep) or not is_input(trace.record.nodes[step.node].type)


def judge(trace: Trace, step: NumberStep, answer: Value) -> Judgement:
    """Compare a prediction with what the step computes, and find the slip that explains the difference."""
    truth = step.value if isinstance(step, ForwardStep) else step.gradient
    judgement = _judged(trace, step, answer, truth)
    if np.shape(answer) != np.shape(truth):
        return judgement
    return replace(judgement, right=np.asarray(_are_close(answer, truth)))


def judge_shape(trace: Trace, step: NumberStep, shape: Shape) -> Judgement | None:
    """Say what is off about the shape of a prediction, without telling the right one; None where nothing is."""
    truth = np.shape(step.value if isinstance(step, ForwardStep) else step.gradient)
    if shape == truth:
        return None
    came = Size(shape) if shape else Sentence("a single number")
    fields = {"node": step.node, "came": came, "shapes": _shapes_in(trace, step.node)}
    if len(shape) == 2 and shape == truth[::-1]:
        text = "A transpose: rows and columns are the other way round ({came})."
        return Judgement(Slip.TRANSPOSED, Sentence(text, fields))
    if isinstance(step, BackwardStep):
        text = "Not this shape ({came}): a gradient has the shape of what it belongs to. Look at {node}."
        return Judgement(Slip.SHAPE, Sentence(text, fields))
    text = "Not this shape ({came}): look at the shapes that come in, {shapes}."
    return Judgement(Slip.SHAPE, Sentence(text, fields))


def _shapes_in(trace: Trace, node: str) -> str:
    """The inputs of a node with their shapes."""
    sources = dict.fromkeys(source for source in trace.record.nodes[node].inputs if source)
    return ", ".join(f"{source} {np.shape(value_of(trace, source))}" for source in [*sources][:MOST_BRANCHES])


def _judged(trace: Trace, step: NumberStep, answer: Value, truth: Value) -> Judgement:
    wrong_shape = judge_shape(trace, step, np.shape(answer))
    if wrong_shape is not None:
        if np.shape(answer) == np.shape(truth)[::-1] and close(np.transpose(answer), truth):
            return Judgement(Slip.TRANSPOSED, Sentence("The right numbers, but transposed: rows are columns."))
        return wrong_shape
    if np.array_equal(answer, truth):
        return Judgement(Slip.NONE, Sentence("Right."))
    if close(answer, truth):
        return Judgement(Slip.ROUNDED, Sentence("Right, but for the rounding."))
    slips = _value_slips(trace, step) if isinstance(step, ForwardStep) else _gradient_slips(trace, step)
    for slip, wrong, sentence in (*slips, *_common_slips(trace, step, truth)):
        if np.shape(wrong) == np.shape(answer) and close(answer, wrong) and np.any(wrong):
            return Judgement(slip, sentence)
    return _count_right(answer, truth)


def close(answer: Value, truth: Value) -> bool:
    """Whether every number is right to about three digits."""
    return bool(np.all(_are_close(answer, truth)))


def _are_close(answer: Value, truth: Value) -> NDArray[np.bool_]:
    return np.abs(answer - truth) <= ROUNDING * np.abs(truth)


def _count_right(answer: Value, truth: Value) -> Judgement:
    right = int(np.sum(_are_close(answer, truth)))
    if right:
        one, many = "1 of {all} numbers is right.", "{count} of {all} numbers are right."
        return Judgement(Slip.SOME, counted(right, one, many, all=np.size(truth)))
    return Judgement(Slip.OTHER, Sentence("Not yet: look at the rule once more, and at what comes in."))


def _common_slips(trace: Trace, step: NumberStep, truth: Value) -> Iterator[tuple[Slip, Value, Sentence]]:
    yield Slip.SIGN, -truth, Sentence("Nearly: only the sign is wrong.")
    if np.ndim(truth) == 2:
        yield Slip.TRANSPOSED, np.transpose(truth), Sentence("The right numbers, but transposed: rows are columns.")
    for factor in (2.0, 0.5):
        yield Slip.TWO, truth * factor, Sentence("Off by a factor of 2: is there a square in the rule?")
    for count in _counts(trace, step):
        sentence = Sentence("Off by a factor of {count}: a mean divides by its number of elements.", {"count": count})
        for wrong in (truth * count, truth / count):
            yield Slip.COUNT, wrong, sentence


def _counts(trace: Trace, step: NumberStep) -> list[int]:
    """How many elements the nodes around a step have: what a mean may have divided by."""
    sizes = {int(np.size(value_of(trace, source))) for source in trace.record.nodes[step.node].inputs if source}
    sizes.add(int(np.size(value_of(trace, step.node))))
    return sorted(size for size in sizes if size > 2)


def _value_slips(trace: Trace, step: ForwardStep) -> Iterator[tuple[Slip, Value, Sentence]]:
    product = product_of(trace, step)
    if product is not None and product.added is not None:
        yield Slip.BIAS, step.value - product.added, Sentence("The bias has still to be added.")


def _gradient_slips(trace: Trace, step: BackwardStep) -> Iterator[tuple[Slip, Value, Sentence]]:
    terms = explain_terms(trace, step)
    if len(terms) == 1:
        yield (
            Slip.NO_LOCAL,
            terms[0].arrives,
            Sentence("This is what arrives: it still has to meet the local derivative."),
        )
        if len(terms[0].ports) == 1 and terms[0].ports[0].local is not None:
            local = np.broadcast_to(terms[0].ports[0].local, np.shape(terms[0].ports[0].local))
            text = "This is the local derivative: it still has to meet what arrives."
            yield Slip.NO_ARRIVAL, local, Sentence(text)
    for term in terms:
        if 1 < len(term.ports) <= MOST_BRANCHES:
            yield from _forgotten_places(step, term)
    if len(terms) <= MOST_BRANCHES:
        for count in range(1, len(terms)):
            for some in combinations(terms, count):
                missing = tuple(term.consumer for term in terms if all(term is not each for each in some))
                sentence = Sentence(
                    "A branch is missing: {missing} passes something back too.", {"missing": Names(missing)}
                )
                yield Slip.BRANCH, np.sum([term.share for term in some], axis=0), sentence


def _forgotten_places(step: BackwardStep, term: TermExplanation) -> Iterator[tuple[Slip, Value, Sentence]]:
    """Suppose that a consumer that takes the node at several places was followed through some of them alone."""
    fields = {"consumer": term.consumer, "node": step.node, "count": len(term.ports)}
    text = "A branch is missing: {consumer} takes {node} at {count} places, and each passes something back."
    for count in range(1, len(term.ports)):
        for some in combinations(term.ports, count):
            with np.errstate(all="ignore"):
                wrong = step.gradient - term.share + np.sum([port.share for port in some], axis=0)
            yield Slip.BRANCH, wrong, Sentence(text, fields)
