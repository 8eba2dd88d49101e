"""Large graphs of plain numbers: nodes that need wait for nothing any more are computed side by side.

A wave is the nodes whose inputs all lie in earlier waves. Where every value is one number, the nodes of a wave that are
of one class go through its ``compute`` and ``differentiate`` together, as one array: these work element by element, so
each number comes out as if it had been alone. Ten thousand nodes are then a few hundred calls. As with a plan, the
numbers stay in arrays until somebody reads ``node.value`` or ``node.gradients``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import chain, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from typing_extensions import override

from miniflow.engine.backward import outputs_of
from miniflow.keeper import Keeper
from miniflow.node import Node
from miniflow.nodes.input import Input
from miniflow.operation import Elementwise

if TYPE_CHECKING:
    import numpy.typing as npt

Numbers: TypeAlias = "npt.NDArray[np.float64]"
Places: TypeAlias = "npt.NDArray[np.intp]"

FEWEST_NODES = 500
"""Fewer are soon computed one by one."""
FEWEST_SIDE_BY_SIDE = 8
"""A call on an array takes as long as some calls on numbers: so many nodes a wave, on average, make it worth while."""

_inputs_of = attrgetter("inbound_nodes")
_keeper_of = attrgetter("_keeper")


def run_in_waves(graph: Sequence[Node], output: Node | None) -> bool:
    """Run both passes in waves, if the graph is large, wide and made of numbers alone; tell whether it was."""
    if len(graph) < FEWEST_NODES or not all(map(_works_on_numbers_alone, set(map(type, graph)))):
        return False
    if any(map(_keeper_of, graph)):
        for keeper in set(map(_keeper_of, graph)):
            if keeper is not None:
                keeper.release()
    try:
        waves = Waves(graph, outputs_of(graph) if output is None else [output])
    except _NotInWavesError:
        return False
    for node in graph:
        node._keeper = waves
    return True


def _works_on_numbers_alone(kind: type[Node]) -> bool:
    """Tell whether a class gives numbers for numbers, element by element, by the passes' own rules."""
    from_the_library = kind.__module__.startswith("miniflow.nodes.")
    by_the_rules = issubclass(kind, Elementwise) and kind.forward is Node.forward and kind.backward is Node.backward
    return from_the_library and (kind is Input or by_the_rules)


class _NotInWavesError(Exception):
    """The graph is too narrow, is not whole or not sorted, or has nodes that the outputs do not depend on."""


class _Group(NamedTuple):
    """The nodes of one class and number of inputs in one wave; their numbers lie side by side."""

    first: Node
    places: slice
    sources: Places
    """The places of their inputs: a row for each port, a column for each node."""


class Waves(Keeper):
    """Both passes over a graph of numbers, done once, and the arrays that hold the results."""

    def __init__(self, graph: Sequence[Node], outputs: Sequence[Node]) -> None:
        self._turns = dict(zip(graph, range(len(graph)), strict=True))
        if len(self._turns) != len(graph):
            raise _NotInWavesError
        inbound = list(map(_inputs_of, graph))
        ports = np.fromiter(map(len, inbound), np.intp, len(graph))
        try:
            sources = np.fromiter(map(self._turns.__getitem__, chain.from_iterable(inbound)), np.intp, ports.sum())
            ends = [self._turns[node] for node in outputs]
        except KeyError:
            raise _NotInWavesError from None
        _refuse_loose_ends(ports == 0, sources, ends)
        self._places, self._groups = _arrange(graph, ports, sources)
        self._starts = [group.places.start for group in self._groups]
        self._inputs = [graph[turn] for turn in np.flatnonzero(ports == 0).tolist()]
        self._values_outside, self._gradients_outside = set(self._inputs), set[Node]()
        self._run(self._places[ports == 0], self._places[ends])

    def _run(self, inputs: Places, outputs: Places) -> None:
        self._values, self._gradients = np.empty(len(self._places)), np.zeros(len(self._places))
        values = [node._value for node in self._inputs]
        if not all(type(value) is np.float64 for value in values):
            raise _NotInWavesError
        self._values[inputs] = values
        for node, places, sources in self._groups:
            self._values[places] = node.compute(*self._values[sources])
        self._gradients[outputs] = 1.0
        self._shares = []
        for node, places, sources in reversed(self._groups):
            shares = node.differentiate(self._gradients[places], self._values[places], *self._values[sources])
            np.add.at(self._gradients, sources, shares)
            self._shares.append(shares)
        self._shares.reverse()

    @override
    def bring_value(self, node: Node) -> None:
        if node not in self._values_outside:
            node._value = self._values[self._places[self._turns[node]]]
            self._values_outside.add(node)

    @override
    def bring_gradients(self, node: Node) -> None:
        if node not in self._gradients_outside:
            place = int(self._places[self._turns[node]])
            shares: list[np.float64] = []
            if node.inbound_nodes:
                group = bisect_right(self._starts, place) - 1
                shares = [share[place - self._starts[group]] for share in self._shares[group]]
            node.gradients = node._by_node(self._gradients[place], shares)

    @override
    def value_is_outside(self, node: Node) -> None:
        self._values_outside.add(node)

    @override
    def gradients_are_outside(self, node: Node) -> None:
        self._gradients_outside.add(node)

    @override
    def run_again(self, graph: Sequence[Node], output: Node | None) -> bool:
        return False

    @override
    def update(self, trainables: Sequence[Node], learning_rate: float) -> bool:
        return False

    @override
    def release(self) -> None:
        for node in self._turns:
            if node._keeper is self:
                self.bring_value(node)
                self.bring_gradients(node)
                node._keeper = None


def _refuse_loose_ends(is_input: npt.NDArray[np.bool_], sources: Places, outputs: Sequence[int]) -> None:
    """Refuse a graph with an operation whose result goes neither to another nor out: nothing must flow through it."""
    goes_on = is_input.copy()
    goes_on[sources] = True
    goes_on[outputs] = True
    if not goes_on.all():
        raise _NotInWavesError


def _arrange(graph: Sequence[Node], ports: Places, sources: Places) -> tuple[Places, list[_Group]]:
    """Return the place of every node's number, and the groups, wave by wave."""
    first_sources = np.cumsum(ports) - ports
    latest = np.full(len(graph), -1)
    latest[ports > 0] = np.maximum.reduceat(sources, first_sources[ports > 0])
    if (latest >= np.arange(len(graph))).any():
        raise _NotInWavesError
    kinds = list(map(type, graph))
    code_of = {kind: code for code, kind in enumerate(set(kinds))}
    codes = np.fromiter(map(code_of.__getitem__, kinds), np.intp, len(graph))
    alike = (_waves(latest) * len(code_of) + codes) * (ports.max() + 1) + ports
    turns = np.argsort(alike, kind="stable")
    places = np.empty_like(turns)
    places[turns] = np.arange(len(turns))
    bounds = [0, *(np.flatnonzero(np.diff(alike[turns])) + 1).tolist(), len(turns)]
    sources_by_count = {}
    for count in sorted(set(ports[ports > 0].tolist())):
        with_so_many = first_sources[turns[ports[turns] == count]]
        sources_by_count[count] = places[sources[with_so_many + np.arange(count)[:, np.newaxis]]]
    taken = dict.fromkeys(sources_by_count, 0)
    groups = []
    for start, stop in pairwise(bounds):
        first = graph[turns[start]]
        count = len(first.inbound_nodes)
        if count:
            begin, taken[count] = taken[count], taken[count] + stop - start
            groups.append(_Group(first, slice(start, stop), sources_by_count[count][:, begin : taken[count]]))
    return places, groups


def _waves(latest: Places) -> Places:
    """Return the number of each node's wave, where ``latest`` is the turn of its latest input."""
    so_far = np.maximum.accumulate(latest).tolist()
    starts, stop = [0], 0
    while (stop := bisect_left(so_far, stop, stop)) < len(so_far):
        starts.append(stop)
        if len(starts) * FEWEST_SIDE_BY_SIDE > len(so_far):
            raise _NotInWavesError
    return np.searchsorted(starts, np.arange(len(so_far)), side="right")
