"""A run as data: Kahn's algorithm, then forward, backward and update, batch after batch, as one list of frozen steps.

The run is computed once (``training/recording.py``); every view shows the moment after step k of it. Stepping back is
showing k - 1.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby

from miniflow.engine.backward import WayBack
from miniflow.engine.choosing import count_orders
from miniflow.engine.parts import Batch, Stretch, Trial
from miniflow.engine.steps import BackwardStep, ForwardStep, OrderStep, Phase, Step, Term, UpdateStep
from miniflow.engine.steps import renamed as renamed_step
from miniflow.engine.turns import Turns
from miniflow.errors import Sentence
from miniflow.graph import records
from miniflow.graph.build import literal_of
from miniflow.graph.document import GraphDocument
from miniflow.graph.edits import Rename
from miniflow.graph.naming import fresh_id
from miniflow.graph.records import DatasetPart, GraphRecord
from miniflow.graph.signatures import is_input
from miniflow.graph.survey import Survey
from miniflow.values import Value

__all__ = [
    "BackwardStep",
    "Batch",
    "ForwardStep",
    "Moment",
    "OrderStep",
    "Phase",
    "Step",
    "Stretch",
    "Term",
    "Trace",
    "Trial",
    "UpdateStep",
]


@dataclass(frozen=True)
class Trace:
    """A whole run, seen from one of its batches: what is asked of a node's step is answered for that batch.

    ``stopped`` says why the run could not go on to the end, where it could not.
    """

    record: GraphRecord
    steps: tuple[Step, ...]
    output: str | None
    stopped: Sentence | None
    batches: tuple[Batch, ...]
    choices: tuple[str, ...] = ()
    """The nodes that the person let go first in Kahn's algorithm."""
    way_back: WayBack | None = None
    """What computed the gradients, where that was not the library: in the bug lab, a program with a mistake."""
    batch: int = 0
    """The batch that it is seen from, from 0."""
    trial: Trial | None = None
    """What Inputs hold from some batch on in place of what they would hold, where that is tried out."""
    _views: dict[int, Trace] = field(default_factory=dict, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.steps)

    def at(self, position: int) -> Moment:
        """The run as it stands after ``position`` steps, 0 to ``len(trace)``, seen from the batch of that step."""
        position = max(0, min(position, len(self.steps)))
        return Moment(self.seen_from(self.batch_at(position)), position)

    def batch_at(self, position: int) -> int:
        """The batch that the step just before ``position`` belongs to."""
        return min(bisect_left(self._ends, position), len(self.batches) - 1)

    def seen_from(self, batch: int) -> Trace:
        """The same run, asked about another batch; always the same object for the same batch."""
        if not self._views:
            self._views[self.batch] = self
        if batch not in self._views:
            self._views[batch] = replace(self, batch=batch)
        return self._views[batch]

    @cached_property
    def _ends(self) -> list[int]:
        return [batch.end for batch in self.batches]

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """The phases of all batches, in order."""
        found: list[Stretch] = []
        start = 1
        for phase, steps in groupby(self.steps, key=lambda step: step.phase):
            end = start + sum(1 for _ in steps)
            found.append(Stretch(phase, self.batch_at(start), range(start, end)))
            start = end
        return tuple(found)

    @cached_property
    def spans(self) -> dict[Phase, range]:
        """For each phase that this batch has steps of, the positions just after them."""
        mine = (stretch for stretch in self.stretches if stretch.phase is Phase.KAHN or stretch.batch == self.batch)
        return {stretch.phase: stretch.positions for stretch in mine}

    @cached_property
    def positions(self) -> dict[tuple[Phase, str], int]:
        """The position just after the step of a node in a phase of this batch."""
        spans = self.spans.values()
        return {(step.phase, step.node): at for span in spans for at in span if (step := self.steps[at - 1])}

    @property
    def can_go_on(self) -> bool:
        """Whether there can be another batch: the last one has updated something."""
        return bool(self.steps) and isinstance(self.steps[-1], UpdateStep)

    @cached_property
    def batch_record(self) -> GraphRecord:
        """The document with the values that its Inputs have in this batch."""
        nodes = dict(self.record.nodes)
        for id, node in nodes.items():
            step = self.step_of(Phase.FORWARD, id) if is_input(node.type) else None
            if isinstance(step, ForwardStep) and (self.trial or self.batch or self.batches[0].rows is not None):
                nodes[id] = records.replace(node, value=literal_of(step.value))
        return records.replace(self.record, nodes=nodes)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The Kahn order, as far as it goes."""
        return tuple(step.node for step in self.steps if isinstance(step, OrderStep))

    @cached_property
    def left_over(self) -> tuple[str, ...]:
        """The nodes that get no place in the order, since they wait for each other in a cycle, or for such ones."""
        placed = set(self.order)
        return tuple(node for node in self.record.nodes if node not in placed)

    @cached_property
    def cycle(self) -> tuple[str, ...]:
        """One cycle of nodes that wait for each other, each an input of the next; empty where there is none."""
        return tuple(Survey(self.record).cycle) if self.left_over else ()

    @cached_property
    def possible_orders(self) -> int | None:
        """How many orders Kahn's algorithm could give, exactly; None where they are too many to count."""
        return count_orders(self.record)

    @cached_property
    def not_computed(self) -> tuple[str, ...]:
        """The nodes that get no value, for whatever reason."""
        return tuple(node for node in self.record.nodes if (Phase.FORWARD, node) not in self.positions)

    @cached_property
    def turns(self) -> Turns:
        """The counts and the queue of Kahn's algorithm."""
        return Turns(self.record, [step for step in self.steps if isinstance(step, OrderStep)])

    def step_of(self, phase: Phase, node: str) -> Step | None:
        """The step of ``node`` in ``phase``, or None where the run has none."""
        position = self.positions.get((phase, node))
        return None if position is None else self.steps[position - 1]

    def renamed(self, old: str, new: str) -> Trace:
        """The same run with a node called otherwise: no number changes, and nothing is computed again.

        A node that came after the run was recorded is not in it; a node that has gone since gives its name up.
        """
        if old not in self.record.nodes:
            return self
        if new in self.record.nodes:
            gone = fresh_id(self.record.nodes, f"{new[:180]} (removed)")
            return self.renamed(new, gone).renamed(old, new)
        document = GraphDocument(self.record)
        document.apply(Rename(old, new))
        steps = tuple(renamed_step(step, old, new) for step in self.steps)
        output = new if self.output == old else self.output
        stopped = self.stopped
        if stopped:
            fields = {key: new if field == old else field for key, field in stopped.fields.items()}
            stopped = Sentence(stopped.template, fields)
        choices = tuple(new if node == old else node for node in self.choices)
        trial = self.trial and self.trial.renamed(old, new)
        return Trace(document.record(), steps, output, stopped, self.batches, choices, self.way_back, self.batch, trial)


@dataclass(frozen=True)
class Moment:
    """The run as it stands after ``position`` steps: what every view shows."""

    trace: Trace
    position: int

    @property
    def step(self) -> Step | None:
        """The step just made; None at the start."""
        return self.trace.steps[self.position - 1] if self.position else None

    @property
    def next_step(self) -> Step | None:
        """The step to come; None at the end."""
        return self.trace.steps[self.position] if self.position < len(self.trace) else None

    @property
    def phase(self) -> Phase | None:
        """The phase of the step just made."""
        return self.step.phase if self.step else None

    def _made(self, phase: Phase, node: str) -> Step | None:
        position = self.trace.positions.get((phase, node))
        return self.trace.steps[position - 1] if position is not None and position <= self.position else None

    def has_made(self, phase: Phase, node: str) -> bool:
        """Whether the step of ``node`` in ``phase`` has been made by now."""
        return self._made(phase, node) is not None

    def value(self, node: str) -> Value | None:
        """What ``node`` holds by now in this batch, or None: what was computed, or what the update has made of it."""
        if (update := self.update(node)) is not None:
            return update.new
        step = self._made(Phase.FORWARD, node)
        return step.value if isinstance(step, ForwardStep) else None

    def update(self, node: str) -> UpdateStep | None:
        """The update of ``node`` in this batch, if it has been made by now."""
        step = self._made(Phase.UPDATE, node)
        return step if isinstance(step, UpdateStep) else None

    @property
    def has_begun_batch(self) -> bool:
        """Whether the rows of the batch are drawn and every Input holds what it has in this batch."""
        return self.phase not in (None, Phase.KAHN)

    def weight(self, node: str) -> Value | None:
        """What an Input holds: its value in the batch that has begun, or, where that has none, what the last left."""
        if not self.has_begun_batch:
            return self._tried_from_the_start(node)
        if (update := self.update(node)) is not None:
            return update.new
        fed = self.trace.step_of(Phase.FORWARD, node)
        if isinstance(fed, ForwardStep):
            return fed.value
        return self.trace.at(self.trace.batches[self.trace.batch - 1].end).weight(node) if self.trace.batch else None

    def _tried_from_the_start(self, node: str) -> Value | None:
        """What is tried out in the first batch, where that stands for all that the node has, and not for some rows."""
        trial, is_drawn = self.trace.trial, isinstance(self.trace.record.nodes[node].value, DatasetPart)
        return trial.values.get(node) if trial and trial.batch == 0 and not is_drawn else None

    def gradient(self, node: str) -> Value | None:
        """d(output)/d(node) as computed by now, or None."""
        step = self._made(Phase.BACKWARD, node)
        return step.gradient if isinstance(step, BackwardStep) else None

    def place(self, node: str) -> int | None:
        """The number of ``node`` in the Kahn order, if it has one by now."""
        step = self._made(Phase.KAHN, node)
        return step.place if isinstance(step, OrderStep) else None

    def unmet(self, node: str) -> int:
        """How many inputs ``node`` still waits for in Kahn's algorithm."""
        return self.trace.turns.unmet(node, self.position)

    @property
    def ordered(self) -> tuple[str, ...]:
        """The order so far."""
        return self.trace.order[: self.position]

    @property
    def ready(self) -> tuple[str, ...]:
        """The ready queue: what waits for nothing and has not been taken yet, first in, first out."""
        return self.trace.turns.ready(self.position)

    def arrived(self, node: str) -> tuple[Term, ...]:
        """The terms of the gradient of ``node`` that its consumers have passed back by now."""
        step = self.trace.step_of(Phase.BACKWARD, node)
        if not isinstance(step, BackwardStep):
            return ()
        if self.has_made(Phase.BACKWARD, node):
            return step.terms
        return tuple(term for term in step.terms if term.consumer and self.has_made(Phase.BACKWARD, term.consumer))
