"""Kahn's algorithm in its own lines, and which of them run at a moment."""

from __future__ import annotations

from miniflow.engine.steps import OrderStep, Phase
from miniflow.engine.trace import Moment
from miniflow.errors import Sentence

LINES = (
    Sentence("count the inputs each waits for"),
    Sentence("ready ← all that wait for none"),
    Sentence("while ready is not empty:"),
    Sentence("    take the first out of ready"),
    Sentence("    give it the next number"),
    Sentence("    for each that takes its value:"),
    Sentence("        it waits for one less"),
    Sentence("        waits for none? → ready"),
    Sentence("any left over? they form a cycle"),
)
"""The algorithm; an indented line belongs to the one above it."""

_COUNT, _START, _WHILE, _TAKE, _NUMBER, _FOR, _LOWER, _ADD, _END = range(len(LINES))


def running_lines(moment: Moment) -> tuple[int, ...]:
    """The lines that the step just made has run, by their index in ``LINES``."""
    step = moment.step
    if step is None:
        return (_COUNT, _START)
    if not isinstance(step, OrderStep):
        return (_END,)
    lines = [_TAKE, _NUMBER]
    if step.lowered:
        lines += [_FOR, _LOWER]
    if step.became_ready:
        lines.append(_ADD)
    if is_over(moment):
        lines.append(_END)
    return tuple(lines)


def is_over(moment: Moment) -> bool:
    """Whether Kahn's algorithm has made its last turn by this moment."""
    return moment.position >= len(moment.trace.spans.get(Phase.KAHN, ()))
