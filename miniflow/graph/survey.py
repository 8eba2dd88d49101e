"""What is known of a drawn graph before anything runs: its order, its wires' shapes, and what can be computed."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from miniflow.catalogue import dataset, node_class
from miniflow.errors import DatasetError, MiniFlowError, MissingMethodError, Sentence
from miniflow.graph.bounds import MAX_NUMBERS
from miniflow.graph.kahn import KahnStep, find_cycle, kahn
from miniflow.graph.limits import shape_of
from miniflow.graph.records import DatasetPart, GraphRecord, NodeRecord, Shape
from miniflow.graph.signatures import is_input, needed_ports
from miniflow.node import Labels

if TYPE_CHECKING:
    from miniflow.graph.composing import Drawing


class Surveyed(Protocol):
    """What the rules read: a Survey of a record, or a Structure that keeps up with a document."""

    @property
    def record(self) -> GraphRecord:
        """The graph."""

    @property
    def drawing(self) -> Drawing:
        """The same graph, as the makers of edits read it."""

    @property
    def ends(self) -> Sequence[str]:
        """The nodes that nothing consumes, in the order of the file."""

    @property
    def cycle(self) -> Sequence[str]:
        """The nodes of one cycle, each an input of the next; empty where there is none."""

    @property
    def shapes(self) -> Mapping[str, Shape | None]:
        """The shape of every node's value; None where something before it is missing or does not fit."""

    @property
    def misfits(self) -> Mapping[str, Sentence]:
        """The nodes whose inputs do not fit together, each with the sentence that says why."""

    @property
    def computable(self) -> Collection[str]:
        """The nodes that a forward pass can compute."""

    def consumers_of(self, id: str) -> Sequence[str]:
        """Those that take a node's value, each once."""

    def depends(self, id: str, other: str) -> bool:
        """Tell whether a node is another, or depends on it."""


class Finding(Struct, frozen=True):
    """What is known of one node before anything runs."""

    shape: Shape | None = None
    misfit: Sentence | None = None
    is_computable: bool = False


class Survey:
    """A graph, finished or not, looked at once. Each part is found when it is first asked for, in linear time.

    With a ``batch_size``, Inputs that hold data are taken to have so many rows, as they have while training.
    """

    def __init__(self, record: GraphRecord, batch_size: int | None = None) -> None:
        self.record, self.batch_size = record, batch_size

    @cached_property
    def consumers(self) -> dict[str, list[str]]:
        """For every node, those that take its value, each once, in the order of the file."""
        found: dict[str, list[str]] = {id: [] for id in self.record.nodes}
        for id, node in self.record.nodes.items():
            for source in dict.fromkeys(node.inputs):
                if source in found:
                    found[source].append(id)
        return found

    @property
    def drawing(self) -> Drawing:
        """The record, as the makers of edits read it."""
        return self.record

    def consumers_of(self, id: str) -> Sequence[str]:
        """Those that take a node's value, each once, in the order of the file."""
        return self.consumers[id]

    @cached_property
    def ends(self) -> list[str]:
        """The nodes that nothing consumes, in the order of the file."""
        return [id for id, consumers in self.consumers.items() if not consumers]

    @cached_property
    def steps(self) -> list[KahnStep[str]]:
        """Kahn's algorithm on the whole graph; the nodes on and behind a cycle have no step."""
        unmet = dict.fromkeys(self.record.nodes, 0)
        for consumers in self.consumers.values():
            for consumer in consumers:
                unmet[consumer] += 1
        return list(kahn(unmet, self.consumers.__getitem__))

    @cached_property
    def order(self) -> list[str]:
        """The Kahn order, as far as it goes."""
        return [step.node for step in self.steps]

    @cached_property
    def cycle(self) -> list[str]:
        """The nodes of one cycle, each an input of the next; empty where there is none."""
        return self.cycle_among(set(self.record.nodes) - set(self.order))

    def cycle_among(self, ids: Iterable[str]) -> list[str]:
        """One cycle that has only these nodes; empty where there is none."""
        inside = set(ids)
        ordered = (id for id in self.record.nodes if id in inside)
        return find_cycle({id: [each for each in self.record.nodes[id].inputs if each in inside] for id in ordered})

    def free_ports(self, id: str) -> list[int]:
        """The ports of a node that must be wired, and are not."""
        return free_ports(self.record.nodes, id)

    @cached_property
    def shapes(self) -> dict[str, Shape | None]:
        """The shape of every node's value; None where something before it is missing or does not fit."""
        return self._inferred[0]

    @cached_property
    def misfits(self) -> dict[str, Sentence]:
        """The nodes whose inputs do not fit together, each with the sentence that says why."""
        return self._inferred[1]

    @cached_property
    def computable(self) -> set[str]:
        """The nodes that a forward pass can compute."""
        return self._inferred[2]

    @cached_property
    def _inferred(self) -> tuple[dict[str, Shape | None], dict[str, Sentence], set[str]]:
        shapes: dict[str, Shape | None] = dict.fromkeys(self.record.nodes)
        misfits: dict[str, Sentence] = {}
        computable: set[str] = set()
        for id in self.order:
            found = finding(self.record.nodes, id, shapes, computable)
            shapes[id] = self._in_a_batch(id, found.shape)
            if found.is_computable:
                computable.add(id)
            if found.misfit is not None:
                misfits[id] = found.misfit
        return shapes, misfits, computable

    def _in_a_batch(self, id: str, shape: Shape | None) -> Shape | None:
        if self.batch_size is not None and shape and isinstance(self.record.nodes[id].value, DatasetPart):
            return (self.batch_size, *shape[1:])
        return shape

    def depends(self, id: str, other: str) -> bool:
        """Tell whether a node is another, or depends on it."""
        return other in self.ancestors(id)

    def ancestors(self, id: str) -> set[str]:
        """The node and everything that it depends on."""
        found = {id}
        frontier = [id]
        while frontier:
            for source in self.record.nodes[frontier.pop()].inputs:
                if source is not None and source in self.record.nodes and source not in found:
                    found.add(source)
                    frontier.append(source)
        return found


def free_ports(nodes: Mapping[str, NodeRecord], id: str) -> list[int]:
    """The ports of a node that must be wired, and are not."""
    inputs = nodes[id].inputs
    needed = needed_ports(nodes[id].type, len(inputs))
    if len(inputs) == needed and all(source in nodes for source in inputs):
        return []
    return [port for port in range(needed) if port >= len(inputs) or inputs[port] not in nodes]


def finding(
    nodes: Mapping[str, NodeRecord], id: str, shapes: Mapping[str, Shape | None], computable: Collection[str]
) -> Finding:
    """What is known of a node, from what is known of its inputs."""
    node = nodes[id]
    if is_input(node.type):
        shape = value_shape(node)
        return Finding(shape, None, shape is not None and 0 not in shape)
    if not all(source in computable for source in node.inputs) or free_ports(nodes, id):
        known = {source: shapes[source] for source in node.inputs if source is not None and source in computable}
        return Finding(misfit=early_misfit(node, known))
    shape, misfit = inferred(node, shapes)
    return Finding(shape, misfit, misfit is None)


def early_misfit(node: NodeRecord, shapes: Mapping[str, Shape | None]) -> Sentence | None:
    """Why what feeds a node does not fit together, whatever comes to the ports that still wait; None where it may."""
    cls = node_class(node.type)
    inputs = (*node.inputs, *[None] * (len(cls.ports) - len(node.inputs)))
    names = cls.port_names(len(inputs))
    given = [shapes.get(source) if source is not None else None for source in inputs]
    waiting = {name for name, shape in zip(names, given, strict=True) if shape is None}
    if not waiting or not waiting <= {*cls.broadcast_ports}:
        return None
    labels = Labels(node.id, tuple(source or name for source, name in zip(inputs, names, strict=True)))
    try:
        cls.infer_shape([() if shape is None else shape for shape in given], labels)
    except MiniFlowError as error:
        return error.sentence
    return None


def value_shape(node: NodeRecord) -> Shape | None:
    """The shape of an Input's value; None without one, or where its data set cannot be had."""
    if node.value is None:
        return None
    if isinstance(node.value, DatasetPart):
        try:
            return dataset(node.value.dataset).shape(node.value.part)
        except DatasetError:
            return None
    return shape_of(node.value)


def inferred(node: NodeRecord, shapes: Mapping[str, Shape | None]) -> tuple[Shape | None, Sentence | None]:
    """The shape of a wired node for the shapes of its inputs, or why they do not fit."""
    sources = [source for source in node.inputs if source is not None]
    known = [shape for source in sources if (shape := shapes[source]) is not None]
    if len(known) < len(sources):
        return None, None
    cls = node_class(node.type)
    shape, fits = _shape_for(node.type, tuple(known))
    if fits and (shape is None or math.prod(shape) <= MAX_NUMBERS):
        return shape, None
    if fits:
        return None, Sentence(
            "The value of {node} would have the shape {came}: more than {limit} numbers are too many.",
            {"node": node.id, "came": shape, "limit": MAX_NUMBERS},
        )
    try:
        cls.infer_shape(known, Labels(node.id, tuple(sources)))
    except MiniFlowError as error:
        return None, error.sentence
    return None, Sentence("The inputs of {node} do not fit together.", {"node": node.id})


@lru_cache(maxsize=10_000)
def _shape_for(type_name: str, shapes: Sequence[Shape]) -> tuple[Shape | None, bool]:
    """The shape, and whether the inputs fit; a class that does not tell its shape is tried when it runs."""
    cls = node_class(type_name)
    try:
        return cls.infer_shape(list(shapes), Labels(type_name, ("",) * len(shapes))), True
    except (MissingMethodError, NotImplementedError):
        return None, True
    except MiniFlowError:
        return None, False
