"""Kahn's algorithm: an order in which every node comes after its inputs.

Kahn, A. B., "Topological sorting of large networks", Communications of the ACM 5 (11), 558-562, 1962.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

K = TypeVar("K", bound=Hashable)


class KahnStep(NamedTuple, Generic[K]):
    """One turn of the algorithm's loop: ``node`` leaves the ready queue and joins the order."""

    node: K
    lowered: tuple[tuple[K, int], ...]
    """Each consumer, with the number of inputs that it still waits for after this turn."""
    became_ready: tuple[K, ...]
    """Those of them that wait for nothing now, and join the queue, in that order."""


def kahn(unmet: Mapping[K, int], consumers: Callable[[K], Iterable[K]]) -> Iterator[KahnStep[K]]:
    """Yield the turns of Kahn's algorithm, first in, first out, in time linear in nodes and wires.

    Args:
        unmet: for every node, how many different nodes it waits for; those with 0 start the queue, in this order.
        consumers: the nodes that wait for a given one, each once.
    """
    waiting_for = dict(unmet)
    ready = deque(node for node, count in waiting_for.items() if count == 0)
    while ready:
        node = ready.popleft()
        lowered, became_ready = [], []
        for consumer in consumers(node):
            waiting_for[consumer] -= 1
            lowered.append((consumer, waiting_for[consumer]))
            if waiting_for[consumer] == 0:
                became_ready.append(consumer)
        ready.extend(became_ready)
        yield KahnStep(node, tuple(lowered), tuple(became_ready))


def find_cycle(inputs: Mapping[K, Iterable[K]]) -> list[K]:
    """Return the nodes of one cycle, each an input of the next, or an empty list where there is none."""
    import graphlib

    try:
        graphlib.TopologicalSorter(inputs).prepare()
    except graphlib.CycleError as error:
        return list(error.args[1][:-1])
    return []
