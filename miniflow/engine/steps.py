"""What happens in a run, one frozen step at a time: a node is ordered, gets its value, its gradient, and is updated."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias

from miniflow.values import Value


class Phase(Enum):
    """The parts of a run, in order; all but the first come again with every batch."""

    KAHN = "kahn"
    FORWARD = "forward"
    BACKWARD = "backward"
    UPDATE = "update"

    __hash__ = object.__hash__  # Enum's own is written in Python, and every number on the screen is looked up by it


@dataclass(frozen=True, slots=True)
class OrderStep:
    """Kahn: ``node`` leaves the ready queue and gets its ``place`` in the order, from 1."""

    node: str
    place: int
    lowered: tuple[tuple[str, int], ...]
    became_ready: tuple[str, ...]
    phase: Phase = Phase.KAHN


@dataclass(frozen=True, slots=True)
class ForwardStep:
    """Forward: ``node`` gets its value."""

    node: str
    value: Value
    phase: Phase = Phase.FORWARD


@dataclass(frozen=True, slots=True)
class Term:
    """What one consumer passes back to a node; ``consumer`` is None for the 1 that the output starts from."""

    consumer: str | None
    share: Value


@dataclass(frozen=True, slots=True)
class BackwardStep:
    """Backward: ``node`` gets its gradient, the sum of its terms.

    ``reaches_output`` is False where no wire leads from ``node`` to the output, so that the gradient is 0.
    """

    node: str
    gradient: Value
    terms: tuple[Term, ...]
    reaches_output: bool
    phase: Phase = Phase.BACKWARD


@dataclass(frozen=True, slots=True)
class UpdateStep:
    """Update: a trainable ``node`` goes from its ``old`` value against its gradient to the ``new`` one."""

    node: str
    old: Value
    gradient: Value
    learning_rate: float
    new: Value
    phase: Phase = Phase.UPDATE


Step: TypeAlias = OrderStep | ForwardStep | BackwardStep | UpdateStep


def renamed(step: Step, old: str, new: str) -> Step:
    """The same step with a node called otherwise."""

    def name(node: str) -> str:
        return new if node == old else node

    match step:
        case OrderStep():
            lowered = tuple((name(consumer), count) for consumer, count in step.lowered)
            became_ready = tuple(name(consumer) for consumer in step.became_ready)
            return replace(step, node=name(step.node), lowered=lowered, became_ready=became_ready)
        case ForwardStep() | UpdateStep():
            return replace(step, node=name(step.node))
        case BackwardStep():
            terms = tuple(Term(term.consumer and name(term.consumer), term.share) for term in step.terms)
            return replace(step, node=name(step.node), terms=terms)
