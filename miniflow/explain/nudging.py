"""What if numbers were others: how far the output moves, and how far the gradients said that it would."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from miniflow.engine.steps import BackwardStep, ForwardStep, Phase
from miniflow.engine.trace import Trace
from miniflow.errors import Sentence
from miniflow.explain.formulas import Filling, Formula
from miniflow.explain.words import Names
from miniflow.values import Value

EXACT = 1e-9
"""Foretold and true count as the same where they differ by no more than this part."""

MOST_TERMS = 4
"""So many products of a sum are written out."""


@dataclass(frozen=True)
class Move:
    """A number of an Input that was moved by ``h``; ``gradient`` is that of the output where it stood before."""

    node: str
    index: tuple[int, ...]
    h: float
    gradient: float

    @property
    def name(self) -> str:
        """The node, and which of its numbers: W (1, 2)."""
        place = ", ".join(str(number + 1) for number in self.index)
        return f"{self.node} ({place})" if place else self.node


@dataclass(frozen=True)
class Nudge:
    """All that was moved, and the output before and after."""

    output: str
    moves: tuple[Move, ...]
    before: float
    after: float
    is_sum: bool = False
    """Whether the output holds several numbers, which are added up."""

    @property
    def foretold(self) -> float:
        """By how much the output would move if it went on as steep as it was: gradient · h, added up."""
        return sum(move.gradient * move.h for move in self.moves)

    @property
    def moved(self) -> float:
        """By how much the output did move."""
        return self.after - self.before

    def sentence(self, node: str, index: tuple[int, ...]) -> Sentence:
        """Set what was foretold beside the truth, for a person who looks at this number of a node."""
        what = Sentence("the sum of the numbers in {output}", {"output": self.output}) if self.is_sum else self.output
        fields: dict[str, object] = {"what": what, "sum": self._sum(), "foretold": self.foretold, "moved": self.moved}
        if [(move.node, move.index) for move in self.moves] != [(node, index)]:
            return self._sentence_with_names(fields)
        if self._is_exact:
            return Sentence("{what} moves by gradient · h = {sum} = {foretold}, exactly.", fields)
        return Sentence("{what} should move by about gradient · h = {sum} = {foretold}; it moves by {moved}.", fields)

    def _sentence_with_names(self, fields: dict[str, object]) -> Sentence:
        names = [move.name for move in self.moves[:MOST_TERMS]] + ["…"] * (len(self.moves) > MOST_TERMS)
        fields["names"] = Names(tuple(names))
        if self._is_exact:
            return Sentence(
                "Moved: {names}. {what} moves by the sum of gradient · h: {sum} = {foretold}, exactly.", fields
            )
        text = (
            "Moved: {names}. {what} should move by about the sum of gradient · h: {sum} = {foretold}; it moves by "
            "{moved}."
        )
        return Sentence(text, fields)

    def _sum(self) -> Formula:
        """The products, joined by +."""
        shown = self.moves[:MOST_TERMS]
        fields: dict[str, Filling] = {}
        for number, move in enumerate(shown):
            fields |= {f"g{number}": np.float64(move.gradient), f"h{number}": np.float64(move.h)}
        terms = [f"{{g{number}}} · {{h{number}}}" for number in range(len(shown))]
        return Formula(" + ".join(terms + ["…"] * (len(self.moves) > MOST_TERMS)), fields)

    @property
    def _is_exact(self) -> bool:
        return abs(self.foretold - self.moved) <= EXACT * max(abs(self.foretold), abs(self.moved))


@np.errstate(all="ignore")
def nudge(before: Trace, after: Trace, nodes: Iterable[str]) -> Nudge | None:
    """Compare two runs that differ in numbers of these Inputs; None where nothing has moved, or cannot be compared."""
    outputs = [_value(trace, str(trace.output)) for trace in (before, after)]
    moves = tuple(move for node in nodes for move in _moves(before, after, node))
    cost, new_cost = outputs
    if not moves or before.output is None or cost is None or new_cost is None:
        return None
    return Nudge(before.output, moves, float(np.sum(cost)), float(np.sum(new_cost)), np.ndim(cost) > 0)


def _moves(before: Trace, after: Trace, node: str) -> Iterable[Move]:
    old, new, step = _value(before, node), _value(after, node), before.step_of(Phase.BACKWARD, node)
    if old is None or new is None or not isinstance(step, BackwardStep):
        return
    h, gradient = np.asarray(new - old), np.asarray(step.gradient)
    for index in np.ndindex(h.shape):
        if h[index] != 0:
            yield Move(node, index, float(h[index]), float(gradient[index]))


def _value(trace: Trace, node: str) -> Value | None:
    step = trace.step_of(Phase.FORWARD, node)
    return step.value if isinstance(step, ForwardStep) else None
