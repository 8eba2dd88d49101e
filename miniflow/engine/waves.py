"""Large graphs of plain numbers: nodes that need wait for nothing any more are computed side by side.

A wave is the nodes whose inputs all lie in earlier waves. Where every value is one number, the nodes of a wave that are
of one class and have equally many inputs are a group: they go through its ``compute`` and ``differentiate`` together,
as one array. These work element by element, so each number comes out as if it had been alone. Ten thousand nodes are
then a few hundred calls. As with a plan, the numbers stay in arrays until somebody reads ``node.value`` or
``node.gradients``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain, pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from miniflow.engine.backward import outputs_of
from miniflow.keeper import Keeper
from miniflow.node import Node
from miniflow.nodes.input import Input
from miniflow.operation import Elementwise
from miniflow.overriding import override
from miniflow.tickets import TICKETS_OF_A_SORT

if TYPE_CHECKING:
    import numpy.typing as npt

Numbers: TypeAlias = "npt.NDArray[np.float64]"
Indices: TypeAlias = "npt.NDArray[np.intp]"
Wires: TypeAlias = "Indices | np.intp"

FEWEST_NODES = 500
"""Fewer are soon computed one by one."""
FEWEST_SIDE_BY_SIDE = 8
"""A call on an array takes as long as some calls on numbers: so many nodes a wave, on average, make it worth while."""

_ticket_of = attrgetter("_ticket")
_inputs_of = attrgetter("inbound_nodes")
_keeper_of = attrgetter("_keeper")


def run_in_waves(graph: Sequence[Node], output: Node | None) -> bool:
    """Run both passes in waves, if the graph is large, wide and made of numbers alone; tell whether it was."""
    if len(graph) < FEWEST_NODES:
        return False
    kinds = list(map(type, graph))
    code_of = {kind: code for code, kind in enumerate(set(kinds))}
    if not all(map(_works_on_numbers_alone, code_of)):
        return False
    if any(map(_keeper_of, graph)):
        for keeper in set(map(_keeper_of, graph)):
            if keeper is not None:
                keeper.release()
    codes = np.fromiter(map(code_of.__getitem__, kinds), np.intp, len(kinds))
    try:
        waves = Waves(graph, codes, outputs_of(graph) if output is None else [output])
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


class _Groups(NamedTuple):
    """Where everything lies: the Inputs' numbers first, then group after group, those of a group side by side.

    A node's turn is its index in the graph, its place that of its numbers. A wire brings a node one of its inputs; they
    are counted node by node, in the order of the graph, and port by port.
    """

    places: Indices
    """Each node's place, by its turn."""
    firsts: list[Node]
    """One node of each group."""
    bounds: list[int]
    """The place where each group begins, and the end of the last."""
    wires: list[Wires]
    """The wires into each group's nodes: those into the first port, then those into the second, and so on."""


class Waves(Keeper):
    """Both passes over a graph of numbers, done once, and the arrays that hold the results."""

    def __init__(self, graph: Sequence[Node], codes: Indices, outputs: Sequence[Node]) -> None:
        if not np.array_equal(_turns(graph, graph, len(graph)), np.arange(len(graph))):
            raise _NotInWavesError
        inbound = list(map(_inputs_of, graph))
        ports = np.fromiter(map(len, inbound), np.intp, len(graph))
        sources = _turns(graph, chain.from_iterable(inbound), int(ports.sum()))
        ends = _turns(graph, outputs, len(outputs))
        _refuse_loose_ends(ports == 0, sources, ends)
        groups = _arrange(graph, codes, ports, sources)
        inputs = [graph[turn] for turn in np.flatnonzero(ports == 0).tolist()]
        if not all(type(node._value) is np.float64 for node in inputs):
            raise _NotInWavesError
        self._graph, self._first_ticket = tuple(graph), graph[0]._ticket or 0
        self._values_outside, self._gradients_outside = set(inputs), set[Node]()
        self._places, self._first_wires = groups.places, np.concatenate(([0], np.cumsum(ports)))
        self._values, self._gradients = np.empty(len(graph)), np.empty(len(graph))
        self._values[groups.places[ports == 0]] = [node._value for node in inputs]
        sources, ends = groups.places[sources], groups.places[ends]
        taken = self._run_forward(groups, sources)
        self._run_back(groups, np.concatenate((sources, ends)), taken)

    def _run_forward(self, groups: _Groups, sources: Indices) -> list[Numbers]:
        """Compute all values, each wire's number coming from its source's place; return what came by groups.wires."""
        taken: list[Numbers] = []
        for node, start, stop in zip(groups.firsts, groups.bounds, groups.bounds[1:], strict=False):
            here = groups.wires[len(taken) : len(taken) + len(node.inbound_nodes)]
            inputs = [self._values[sources[wires]] for wires in here]
            self._values[start:stop] = node.compute(*inputs)
            taken += inputs
        return taken

    def _run_back(self, groups: _Groups, sources: Indices, taken: list[Numbers]) -> None:
        """Compute all gradients: the sums of the shares on the wires from each node, where an output has one with 1."""
        shares = np.ones(len(sources))
        leaving = _in_order(sources)
        first_leaving = np.concatenate(([0], np.cumsum(np.bincount(sources, minlength=len(self._values)))))
        last_port = len(taken)
        for node, start, stop in zip(groups.firsts[::-1], groups.bounds[-2::-1], groups.bounds[:0:-1], strict=True):
            begin, end = first_leaving[start], first_leaving[stop]
            gradient = shares[leaving[begin:end]]
            if len(gradient) > stop - start:
                gradient = np.add.reduceat(gradient, first_leaving[start:stop] - begin)
            self._gradients[start:stop] = gradient
            alone = stop - start == 1
            here, first_port = start if alone else slice(start, stop), last_port - len(node.inbound_nodes)
            inputs = taken[first_port:last_port]
            given = node.differentiate(gradient[0] if alone else gradient, self._values[here], *inputs)
            for wires, share in zip(groups.wires[first_port:last_port], given, strict=True):
                shares[wires] = share
            last_port = first_port
        first = groups.bounds[0]
        self._gradients[:first] = np.bincount(sources, shares, first)[:first]
        self._shares = shares

    @override
    def bring_value(self, node: Node) -> None:
        if node not in self._values_outside:
            node._value = self._values[self._places[self._turn_of(node)]]
            self._values_outside.add(node)

    @override
    def bring_gradients(self, node: Node) -> None:
        if node not in self._gradients_outside:
            turn = self._turn_of(node)
            shares = self._shares[self._first_wires[turn] : self._first_wires[turn + 1]]
            node.gradients = node._by_node(self._gradients[self._places[turn]], list(shares))

    def _turn_of(self, node: Node) -> int:
        turn = (node._ticket or 0) - self._first_ticket
        return turn if 0 <= turn < len(self._graph) else self._turns_before_another_sort[node]

    @cached_property
    def _turns_before_another_sort(self) -> dict[Node, int]:
        return {node: turn for turn, node in enumerate(self._graph)}

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
        for node in self._graph:
            if node._keeper is self:
                self.bring_value(node)
                self.bring_gradients(node)
                node._keeper = None


def _turns(graph: Sequence[Node], nodes: Iterable[Node], number: int) -> Indices:
    """Return the turns of nodes in a graph that ``topological_sort`` has put in order, and no other sort since.

    No two nodes have the same ticket: one between the first and the last of the graph shows that the node is in it.
    """
    first = graph[0]._ticket or 0
    try:
        turns = np.fromiter(map(_ticket_of, nodes), np.intp, number) - first
    except TypeError:  # a node without a ticket
        raise _NotInWavesError from None
    if first < TICKETS_OF_A_SORT or turns.min(initial=0) < 0 or turns.max(initial=0) >= len(graph):
        raise _NotInWavesError
    return turns


def _refuse_loose_ends(is_input: npt.NDArray[np.bool_], sources: Indices, outputs: Indices) -> None:
    """Refuse a graph with an operation whose result goes neither to another nor out: nothing must flow through it."""
    goes_on = is_input.copy()
    goes_on[sources] = True
    goes_on[outputs] = True
    if not goes_on.all():
        raise _NotInWavesError


def _arrange(graph: Sequence[Node], codes: Indices, ports: Indices, sources: Indices) -> _Groups:
    """Find the groups, from the nodes' classes as numbers, how many ports each has, and the turns of its inputs."""
    first_wires = np.cumsum(ports) - ports
    latest = np.full(len(graph), -1)
    latest[ports > 0] = np.maximum.reduceat(sources, first_wires[ports > 0])
    if (latest >= np.arange(len(graph))).any():
        raise _NotInWavesError
    alike = (_waves(latest) * (codes.max() + 1) + codes) * (ports.max() + 1) + ports
    alike[ports == 0] = 0
    turns = _in_order(alike)
    places = np.empty_like(turns)
    places[turns] = np.arange(len(turns))
    bounds = [*_steps(alike[turns]), len(turns)]
    alike_at_port = np.repeat(alike * ports.max() - first_wires, ports) + np.arange(len(sources))
    wires = _in_order(alike_at_port)
    return _Groups(
        places,
        [graph[turn] for turn in turns[bounds[:-1]].tolist()],
        bounds,
        [
            wires[start:stop] if stop - start > 1 else wires[start]  # one number is faster alone than in an array
            for start, stop in pairwise([0, *_steps(alike_at_port[wires]), len(wires)])
        ],
    )


def _in_order(keys: Indices) -> Indices:
    """Return the indices of the smallest key, the next, and so on; small numbers are sorted faster."""
    return np.argsort(keys.astype(np.min_scalar_type(keys.max())), kind="stable")


def _steps(keys: Indices) -> list[int]:
    """Return where a key differs from the one before it."""
    return (np.flatnonzero(np.diff(keys)) + 1).tolist()


def _waves(latest: Indices) -> Indices:
    """Return the number of each node's wave, where ``latest`` is the turn of its latest input."""
    so_far = np.maximum.accumulate(latest).tolist()
    bounds, stop = [0], 0
    while (stop := bisect_left(so_far, stop, stop)) < len(so_far):
        bounds.append(stop)
        if len(bounds) * FEWEST_SIDE_BY_SIDE > len(so_far):
            raise _NotInWavesError
    return np.repeat(np.arange(len(bounds)), np.diff([*bounds, len(so_far)]))
