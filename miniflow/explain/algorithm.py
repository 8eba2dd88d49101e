"""Kahn's algorithm in its own lines: the one that a moment is about, and what each line has just done."""

from __future__ import annotations

from collections.abc import Sequence

from miniflow.engine.steps import OrderStep, Phase
from miniflow.engine.trace import Moment
from miniflow.errors import Sentence
from miniflow.explain.words import Names

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

MOST_NAMES = 4
"""So many nodes are named beside a line."""


def current_line(moment: Moment) -> int:
    """The line that a moment is about, by its index in ``LINES``: what gives a node its number, or begins, or ends."""
    if moment.step is None:
        return _START
    return _NUMBER if isinstance(moment.step, OrderStep) else _END


def outcomes(moment: Moment) -> dict[int, Sentence]:
    """What each line that has run in this step has come to, by its index in ``LINES``."""
    step = moment.step
    if step is None:
        waiting = [f"{node}: {count}" for node in moment.trace.record.nodes if (count := moment.unmet(node))]
        return {_COUNT: _named(waiting), _START: _named(moment.ready)}
    found: dict[int, Sentence] = {}
    if isinstance(step, OrderStep):
        found = {
            _TAKE: _named([step.node]),
            _NUMBER: _named([str(step.place)]),
            _FOR: _named([node for node, _ in step.lowered]),
        }
        if step.lowered:
            found[_LOWER] = _named([f"{node}: {count + 1} → {count}" for node, count in step.lowered])
            found[_ADD] = _named(step.became_ready)
    if is_over(moment):
        found[_END] = _named(moment.trace.left_over)
    return found


def _named(names: Sequence[str]) -> Sentence:
    if not names:
        return Sentence("none")
    if len(names) > MOST_NAMES:
        more = {"names": Names(tuple(names[:MOST_NAMES])), "count": len(names) - MOST_NAMES}
        return Sentence("{names} and {count} more", more)
    return Sentence("{names}", {"names": Names(tuple(names))})


def is_over(moment: Moment) -> bool:
    """Whether Kahn's algorithm has made its last turn by this moment."""
    return moment.position >= len(moment.trace.spans.get(Phase.KAHN, ()))
