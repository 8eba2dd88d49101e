"""What if a number were another: how far the output moves, and how far the gradient said that it would."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from miniflow.engine.steps import BackwardStep, ForwardStep, Phase
from miniflow.engine.trace import Trace
from miniflow.errors import Sentence

EXACT = 1e-9
"""Foretold and true count as the same where they differ by no more than this part."""


@dataclass(frozen=True)
class Nudge:
    """A number of an Input that was moved by ``h``; ``gradient`` is that of the output where it stood before."""

    output: str
    h: float
    gradient: float
    before: float
    after: float
    is_sum: bool = False
    """Whether the output holds several numbers, which are added up."""

    @property
    def foretold(self) -> float:
        """By how much the output would move if it went on as steep as it was: gradient · h."""
        return self.gradient * self.h

    @property
    def moved(self) -> float:
        """By how much the output did move."""
        return self.after - self.before

    def sentence(self) -> Sentence:
        """Set what was foretold beside the truth."""
        fields: dict[str, object] = {
            name: getattr(self, name) for name in ("output", "h", "gradient", "foretold", "moved")
        }
        if self.is_sum:
            return self._sentence_about_a_sum(fields)
        if self.h == 0:
            return Sentence("Move it: by about {gradient} times as much, {output} will move.", fields)
        if self._is_exact:
            return Sentence("{output} moves by gradient · h = {gradient} · {h} = {foretold}, exactly.", fields)
        return Sentence(
            "{output} should move by about gradient · h = {gradient} · {h} = {foretold}; it moves by {moved}.", fields
        )

    def _sentence_about_a_sum(self, fields: dict[str, object]) -> Sentence:
        if self.h == 0:
            return Sentence(
                "Move it: by about {gradient} times as much, the sum of the numbers in {output} will move.", fields
            )
        if self._is_exact:
            return Sentence(
                "The sum of the numbers in {output} moves by gradient · h = {gradient} · {h} = {foretold}, exactly.",
                fields,
            )
        return Sentence(
            "The sum of the numbers in {output} should move by about gradient · h = {gradient} · {h} = {foretold}; it "
            "moves by {moved}.",
            fields,
        )

    @property
    def _is_exact(self) -> bool:
        return abs(self.foretold - self.moved) <= EXACT * max(abs(self.foretold), abs(self.moved))


@np.errstate(all="ignore")
def nudge(before: Trace, after: Trace, node: str, index: tuple[int, ...]) -> Nudge | None:
    """Compare two runs that differ in one number of an Input; None where either lacks a number for it."""
    values = [trace.step_of(Phase.FORWARD, node) for trace in (before, after)]
    outputs = [trace.step_of(Phase.FORWARD, str(trace.output)) for trace in (before, after)]
    gradient = before.step_of(Phase.BACKWARD, node)
    if not isinstance(gradient, BackwardStep) or before.output is None:
        return None
    known = [step.value for step in (*values, *outputs) if isinstance(step, ForwardStep)]
    if len(known) < 4:
        return None
    old, new, cost, new_cost = known
    return Nudge(
        before.output,
        float(np.asarray(new)[index] - np.asarray(old)[index]),
        float(np.asarray(gradient.gradient)[index]),
        float(np.sum(cost)),
        float(np.sum(new_cost)),
        np.ndim(cost) > 0,
    )
