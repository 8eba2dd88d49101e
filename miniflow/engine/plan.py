"""The plan: both passes over a sorted graph as one straight list of NumPy calls, with every array allocated beforehand.

The teaching passes run once with Traced values; the calls that they make are the plan, so there is no second copy of
any formula. After a run the numbers are in the plan's own arrays. Whoever reads ``node.value`` or ``node.gradients``
gets copies, which no later run changes; what they assign to an Input, or write into its array, is what the next run
starts from.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

import numpy as np

from miniflow.engine.assembly import assemble
from miniflow.engine.backward import backward_pass, left_as_it_was
from miniflow.engine.tape import Array, Slot, Tape, Traced, UntraceableError
from miniflow.keeper import Keeper
from miniflow.mistakes import Gradients
from miniflow.node import OWN_ATTRIBUTES, Node
from miniflow.nodes.input import Input
from miniflow.overriding import override


def plan_for_all_gradients(graph: Sequence[Node], output: Node | None) -> Plan | None:
    """Make a plan that keeps every gradient, or none where something in the graph cannot be put into a plan."""
    trained = sorted(
        (node for node in graph if node._trained and isinstance(node, Input)), key=lambda node: node._trained
    )
    try:
        return Plan(graph, output, trained, keep_all=True)
    except Exception:  # the teaching passes have just done this graph, so whatever this is, they can go on
        return None


class Plan(Keeper):
    """Both passes over a graph for one set of shapes, and the arrays that hold their results.

    Args:
        graph: the nodes in an order as ``topological_sort`` gives it, every Input with its value.
        output: the node to differentiate; None: every node that nothing consumes, except Inputs.
        trainables: the Inputs that ``update`` moves.
        keep_all: keep every node's gradients; else those of the trainables alone are computed.

    Raises:
        UntraceableError: something in the graph cannot be put into a plan: use the teaching passes.
    """

    def __init__(
        self, graph: Sequence[Node], output: Node | None, trainables: Sequence[Node], keep_all: bool = False
    ) -> None:
        recording = Recording(graph, output)
        if not keep_all:
            recording.want_only(trainables)
        self._pack = Pack(recording, trainables)
        self._instructions, arrays = assemble(recording.tape, recording.wanted(), self._pack.arrays)
        self._values: dict[Node, Array] = {node: arrays[slot] for node, slot in recording.values.items()}
        self._gradients: dict[Node, dict[Node, Array]] = {
            node: {each: arrays[slot] for each, slot in shares.items()} for node, shares in recording.gradients.items()
        }
        self._made_for = (list(graph), output, wiring(graph)) if keep_all else None
        self.is_released = False
        self._starts_from: set[Node] = {node for node in graph if isinstance(node, Input)}
        self._inputs_outside: dict[Node, Array] = {node: self._values[node] for node in self._starts_from}
        self._values_outside = set(graph) - self._starts_from
        self._gradients_outside = set(graph)
        for keeper in {node._keeper for node in graph}:
            if keeper is not None:
                keeper.release()
        for node in graph:
            node._keeper = self

    # --- running --------------------------------------------------------------------------------------------------

    def array_of(self, node: Node) -> Array:
        """Return the plan's own array for an Input, to write each batch into; what the node holds no longer counts."""
        self._starts_from.discard(node)
        self._inputs_outside.pop(node, None)
        return self._values[node]

    def value_array(self, node: Node) -> Array:
        """Return the plan's own array for a node's value, to look into after a run."""
        return self._values[node]

    def run(self) -> None:
        """Run both passes on the Inputs' values, which must fit."""
        for node, array in self._inputs_outside.items():
            np.copyto(array, node._value)  # type: ignore[arg-type]
        for function, arguments in self._instructions:
            function(*arguments)
        self._values_outside.clear()
        self._gradients_outside.clear()

    @override
    def run_again(self, graph: Sequence[Node], output: Node | None) -> bool:
        if self._made_for is None:
            self.release()
            return False
        nodes, made_for_output, made_for_wiring = self._made_for
        if graph != nodes or output is not made_for_output:
            return False
        if list(map(wires_of, graph)) != made_for_wiring or not self._inputs_fit():
            self.release()
            return False
        self.run()
        return True

    @override
    def update(self, trainables: Sequence[Node], learning_rate: float) -> bool:
        if trainables != self._pack.nodes or not self._gradients_outside.isdisjoint(trainables):
            return False
        if self._inputs_outside:
            if not self._inputs_fit():
                return False
            for node in self._inputs_outside.keys() & trainables:
                np.copyto(self._inputs_outside.pop(node), node._value)  # type: ignore[arg-type]
        self._pack.update(learning_rate)
        return True

    def _inputs_fit(self) -> bool:
        for node, array in self._inputs_outside.items():
            value = node._value
            if value is None or value.shape != array.shape or value.dtype != array.dtype:
                return False
        return True

    # --- what a node asks of its keeper ---------------------------------------------------------------------------

    @override
    def bring_value(self, node: Node) -> None:
        if node not in self._values_outside and node not in self._inputs_outside:
            node._value = self._values[node].copy()[()]
            self.value_is_outside(node)

    @override
    def bring_gradients(self, node: Node) -> None:
        if node not in self._gradients_outside:
            kept = self._gradients.get(node, {})
            node.gradients = Gradients(node, {each: array.copy()[()] for each, array in kept.items()})

    @override
    def value_is_outside(self, node: Node) -> None:
        if node in self._starts_from:
            self._inputs_outside[node] = self._values[node]
        else:
            self._values_outside.add(node)

    @override
    def gradients_are_outside(self, node: Node) -> None:
        self._gradients_outside.add(node)

    @override
    def release(self) -> None:
        self.is_released = True
        for node in self._values:
            if node._keeper is self:
                self.bring_value(node)
                self.bring_gradients(node)
                node._keeper = None


class Recording:
    """One run of the teaching passes with Traced values."""

    def __init__(self, graph: Sequence[Node], output: Node | None) -> None:
        self.tape = Tape()
        self.values: dict[Node, Slot] = {}
        self.gradients: dict[Node, dict[Node, Slot]] = {}
        inside = set(graph)
        for node in graph:
            _refuse_what_is_not_pure(node, inside)
        with left_as_it_was(graph), np.errstate(all="ignore"):
            for node in graph:
                if isinstance(node, Input):
                    node.value = self.tape.take_in(node.value)
                node.forward()
            backward_pass(graph, output)
            for node in graph:
                self.values[node] = _slot(node.value)
                self.gradients[node] = {each: _slot(share) for each, share in node.gradients.items()}

    def want_only(self, trainables: Sequence[Node]) -> None:
        """Forget every gradient but those of the trainables."""
        self.gradients = {node: {node: self.gradients[node][node]} for node in trainables}

    def wanted(self) -> list[Slot]:
        """Return every slot that is read after a run."""
        return [*self.values.values(), *(slot for shares in self.gradients.values() for slot in shares.values())]


class Pack:
    """All trainables of a plan in one vector, and their gradients in another: an update is two NumPy calls."""

    def __init__(self, recording: Recording, trainables: Sequence[Node]) -> None:
        self.nodes = list(trainables)
        self.arrays: dict[Slot, Array] = {}
        kinds = {recording.values[node].example.dtype for node in trainables}
        kinds |= {recording.gradients[node][node].example.dtype for node in trainables}
        if len(kinds) > 1:
            raise UntraceableError("trainables of several types")
        kind = kinds.pop() if kinds else np.dtype(np.float64)
        self._rate = np.zeros((), kind)
        sizes = [recording.values[node].example.size for node in trainables]
        self._values, self._gradients, self._change = (np.zeros(sum(sizes), kind) for _ in range(3))
        for node, end, size in zip(trainables, np.cumsum(sizes), sizes, strict=True):
            place = slice(int(end) - size, int(end))
            value = recording.values[node]
            gradient = recording.gradients[node][node] = recording.tape.own(
                recording.gradients[node][node], self.arrays
            )
            self.arrays[value] = self._values[place].reshape(value.example.shape)
            self.arrays[gradient] = self._gradients[place].reshape(value.example.shape)
        for slot in recording.values.values():
            if slot.origin is None and not slot.constant:
                self.arrays.setdefault(slot, np.array(slot.example))

    def update(self, learning_rate: float) -> None:
        """Subtract learning_rate · gradient from every value."""
        self._rate[...] = learning_rate
        np.multiply(self._gradients, self._rate, self._change)
        np.subtract(self._values, self._change, self._values)


wires_of = attrgetter("inbound_nodes", "outbound_nodes")


def wiring(graph: Sequence[Node]) -> list[tuple[list[Node], list[Node]]]:
    """Return every node's inputs and consumers as they are now."""
    return [(list(node.inbound_nodes), list(node.outbound_nodes)) for node in graph]


def _refuse_what_is_not_pure(node: Node, inside: set[Node]) -> None:
    """Refuse nodes that may do other things than the passes show: a student's own, and those with state."""
    is_pure = type(node).__module__.startswith("miniflow.nodes.") and vars(node).keys() <= OWN_ATTRIBUTES
    if not is_pure or not inside.issuperset(node.outbound_nodes):
        raise UntraceableError(node._label)


def _slot(traced: Any) -> Slot:
    if not isinstance(traced, Traced):
        raise UntraceableError("a result that does not depend on the values")
    return traced.slot
