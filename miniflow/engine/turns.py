"""Kahn's algorithm turn by turn: how many inputs each node still waits for, and what is in the ready queue."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from miniflow.engine.steps import OrderStep
from miniflow.graph.records import GraphRecord


class Turns:
    """The counts and the queue after any number of turns, looked up and not counted again."""

    def __init__(self, record: GraphRecord, steps: Sequence[OrderStep]) -> None:
        self.waiting_for_at_start = {id: len(set(node.inputs) - {None}) for id, node in record.nodes.items()}
        """For every node, how many different nodes feed it."""
        self._order = tuple(step.node for step in steps)
        self._lowerings: dict[str, tuple[list[int], list[int]]] = {}
        self._joined = [node for node, count in self.waiting_for_at_start.items() if count == 0]
        self._joined_by = [len(self._joined)]
        for position, step in enumerate(steps, start=1):
            for consumer, count in step.lowered:
                positions, counts = self._lowerings.setdefault(consumer, ([], []))
                positions.append(position)
                counts.append(count)
            self._joined.extend(step.became_ready)
            self._joined_by.append(len(self._joined))
        self._is_first_in_first_out = all(a == b for a, b in zip(self._joined, self._order, strict=False))

    def unmet(self, node: str, position: int) -> int:
        """How many inputs ``node`` still waits for after ``position`` turns."""
        positions, counts = self._lowerings.get(node, ([], []))
        index = bisect_right(positions, position)
        return counts[index - 1] if index else self.waiting_for_at_start[node]

    def ready(self, position: int) -> tuple[str, ...]:
        """The ready queue after ``position`` turns, first in, first out."""
        taken = min(position, len(self._order))
        joined = self._joined[: self._joined_by[taken]]
        if self._is_first_in_first_out:
            return tuple(joined[taken:])
        gone = set(self._order[:taken])
        return tuple(node for node in joined if node not in gone)
