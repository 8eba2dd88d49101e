"""Predict, then reveal: the person says the next number before the step shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from gui.controllers.stepping import Stepping
    from miniflow.engine.trace import Trace
    from miniflow.explain.prediction import Judgement, NumberStep


class Predictions(QObject):
    """Whether numbers are asked for, which is asked for now, and how many were right at the first try in this run."""

    changed = Signal()

    def __init__(self, stepping: Stepping, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stepping = stepping
        self._is_on = False
        self._run = stepping.runs
        self._first_tries: dict[int, bool] = {}
        stepping.moved.connect(self._follow)

    @property
    def is_on(self) -> bool:
        """Whether the next number is asked for before it is shown."""
        return self._is_on

    @property
    def score(self) -> tuple[int, int]:
        """How many predictions were right at the first try, and how many were made."""
        return sum(self._first_tries.values()), len(self._first_tries)

    @property
    def asked(self) -> NumberStep | None:
        """The step whose number is asked for, or None where the next one computes none."""
        from miniflow.explain.prediction import can_be_predicted

        moment = self._stepping.moment
        step = moment.next_step if moment is not None else None
        if moment is None or self._stepping.stale or not can_be_predicted(moment.trace, step):
            return None
        return cast("NumberStep", step)

    def turn(self, is_on: bool) -> None:
        """Begin or cease to ask."""
        self._is_on = is_on
        if is_on:
            self._stepping.prepare()
        self._follow()

    def answer(self, value: Any) -> Judgement:
        """Judge a prediction of the number that is asked for; the first for each number counts."""
        from miniflow.explain.prediction import judge

        judgement = judge(*self._question(), value)
        self._first_tries.setdefault(self._stepping.position, judgement.is_right)
        return judgement

    def answer_shape(self, shape: tuple[int, ...]) -> Judgement | None:
        """Judge the shape alone, before the numbers are there: None where it is right; a wrong one counts as a try."""
        from miniflow.explain.prediction import judge_shape

        judgement = judge_shape(*self._question(), shape)
        if judgement is not None:
            self._first_tries.setdefault(self._stepping.position, False)
        return judgement

    def _question(self) -> tuple[Trace, NumberStep]:
        step, run = self.asked, self._stepping.trace
        assert step is not None
        assert run is not None
        return run.at(self._stepping.position + 1).trace, step

    def _follow(self) -> None:
        if self._stepping.runs != self._run:
            self._run = self._stepping.runs
            self._first_tries = {}
        self.changed.emit()


def is_value(step: NumberStep) -> bool:
    """Tell whether a value is asked for, and not a gradient."""
    from miniflow.engine.trace import Phase

    return step.phase is Phase.FORWARD


def expected_shape(step: NumberStep) -> tuple[int, ...]:
    """The shape of the number that is asked for."""
    from miniflow.engine.trace import ForwardStep

    return tuple(step.value.shape if isinstance(step, ForwardStep) else step.gradient.shape)
