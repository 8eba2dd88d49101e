"""Kahn's algorithm where the person chooses: any ready node may go next, and the values come out the same."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from miniflow.engine.steps import OrderStep
from miniflow.graph.kahn import KahnStep
from miniflow.graph.records import GraphRecord
from miniflow.graph.survey import Survey

MOST_STATES = 2_000
"""The orders are counted while no more sets of taken nodes than this have to be told apart."""

MOST_NODES = 200


def ordering(record: GraphRecord, choices: Sequence[str] = ()) -> list[OrderStep]:
    """Return the turns of Kahn's algorithm; the nodes of ``choices`` go first, as long as each is ready."""
    survey = Survey(record)
    turns = survey.steps
    if choices:
        turns = list(kahn_choosing(_unmet(survey), survey.consumers.__getitem__, choices))
    return [OrderStep(turn.node, place, turn.lowered, turn.became_ready) for place, turn in enumerate(turns, start=1)]


def kahn_choosing(
    unmet: Mapping[str, int], consumers: Callable[[str], Iterable[str]], choices: Sequence[str]
) -> Iterator[KahnStep[str]]:
    """Yield the turns of Kahn's algorithm; where the choices end, or one is not ready, first in, first out."""
    waiting_for = dict(unmet)
    wanted = deque(choices)
    ready = {node: None for node, count in waiting_for.items() if count == 0}
    while ready:
        if wanted and wanted[0] not in ready:
            wanted.clear()
        node = wanted.popleft() if wanted else next(iter(ready))
        del ready[node]
        lowered, became_ready = [], []
        for consumer in consumers(node):
            waiting_for[consumer] -= 1
            lowered.append((consumer, waiting_for[consumer]))
            if waiting_for[consumer] == 0:
                became_ready.append(consumer)
                ready[consumer] = None
        yield KahnStep(node, tuple(lowered), tuple(became_ready))


def count_orders(record: GraphRecord) -> int | None:
    """Count the orders that Kahn's algorithm could give, exactly; None where there are too many ways to tell apart.

    The nodes on and behind a cycle have no place in any order, and are left out.
    """
    survey = Survey(record)
    order = survey.order
    place = {node: 1 << number for number, node in enumerate(order)}
    needs = [sum(place[source] for source in set(record.nodes[node].inputs) if source in place) for node in order]
    ways = {0: 1}
    for _ in order:
        further: dict[int, int] = {}
        for taken, count in ways.items():
            for number, needed in enumerate(needs):
                bit = 1 << number
                if not taken & bit and taken & needed == needed:
                    further[taken | bit] = further.get(taken | bit, 0) + count
        if len(further) > MOST_STATES or len(order) > MOST_NODES:
            return None
        ways = further
    return next(iter(ways.values()))


def _unmet(survey: Survey) -> dict[str, int]:
    unmet = dict.fromkeys(survey.record.nodes, 0)
    for consumers in survey.consumers.values():
        for consumer in consumers:
            unmet[consumer] += 1
    return unmet
