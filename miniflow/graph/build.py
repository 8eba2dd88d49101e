"""From a document to Node instances that the engine can run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, assert_never

import numpy as np
from msgspec import Struct

from miniflow.catalogue import dataset, node_class
from miniflow.graph.problem import Problem
from miniflow.graph.records import (
    DatasetPart,
    GraphRecord,
    Literal,
    Normal,
    Ones,
    Uniform,
    ValueRecord,
    Zeros,
    replace,
)
from miniflow.graph.rules import output_of, problems
from miniflow.graph.survey import Survey
from miniflow.node import Node
from miniflow.nodes.input import Input
from miniflow.tickets import give_tickets
from miniflow.values import Value


class BuiltGraph(Struct, frozen=True):
    """A document as wired Node instances, each named by its id.

    Attributes:
        record: what it was built from.
        nodes: every node that is wired completely, as is all before it; Inputs without a value hold None.
        order: those that a forward pass can compute, in the document's Kahn order.
        output: the node to differentiate, where it can be computed.
        trainables: the Inputs in ``order`` that training changes, in the order of the document.
        batches_from: the Inputs in ``order`` that receive batches, each with the whole of its data.
    """

    record: GraphRecord
    nodes: Mapping[str, Node]
    order: list[Node]
    output: Node | None
    trainables: list[Node]
    batches_from: dict[Node, Value]

    @property
    def examples(self) -> int:
        """How many examples the graph learns from: the rows of its data, or of its first Input that is not trained."""
        rows = [np.shape(data)[0] for data in self.batches_from.values()]
        others = (node for node in self.order if isinstance(node, Input) and node not in self.trainables)
        rows += [np.shape(node.value)[0] for node in others if np.ndim(node.value)]
        return rows[0] if rows else 1

    @property
    def problems(self) -> list[Problem]:
        """Everything that is wrong with the document, or missing."""
        return problems(self.record)


def build(record: GraphRecord) -> BuiltGraph:
    """Build what can be built; nodes on or behind a cycle or a free port are left out."""
    survey = Survey(record)
    nodes = _instances(survey)
    batches_from: dict[Node, Value] = {}
    for id, node in nodes.items():
        value = record.nodes[id].value
        if value is not None and (survey.shapes[id] is not None):
            node.value = array_of(value)
            if isinstance(value, DatasetPart) and id in survey.computable:
                batches_from[node] = node.value
    order = [nodes[id] for id in survey.order if id in survey.computable]
    give_tickets(order)
    output = output_of(record)
    trainables = [
        nodes[id]
        for id, node in record.nodes.items()
        if node.trainable and id in survey.computable and nodes[id] not in batches_from
    ]
    return BuiltGraph(
        record,
        nodes,
        order,
        nodes[output] if output in survey.computable else None,
        trainables,
        batches_from,
    )


def build_for_training(record: GraphRecord) -> BuiltGraph:
    """Build only what the output needs: the rest would be computed for nothing, or might not fit a batch."""
    output = output_of(record)
    if output is None:
        return build(record)
    needed = Survey(record).ancestors(output)
    nodes = {id: node for id, node in record.nodes.items() if id in needed}
    return build(replace(record, nodes=nodes))


def array_of(value: ValueRecord) -> Any:
    """Return the numbers of a value: an array of float64, or a NumPy scalar where the shape is ().

    Raises:
        DatasetError: the data set does not exist, or cannot be read.
    """
    match value:
        case Literal(data):
            return np.array(data, dtype=np.float64)[()]
        case Zeros(shape):
            return np.zeros(shape)[()]
        case Ones(shape):
            return np.ones(shape)[()]
        case Normal(shape, seed, scale):
            return np.asarray(np.random.default_rng(seed).normal(0.0, scale, shape))[()]
        case Uniform(shape, seed, low, high):
            return np.asarray(np.random.default_rng(seed).uniform(low, high, shape))[()]
        case DatasetPart(name, part):
            return dataset(name).part(part)
        case _:
            assert_never(value)


def literal_of(array: Any) -> Literal:
    """Return the numbers of an array, or a plain number, as a value that is written out."""
    return Literal(_tuples(np.asarray(array, dtype=np.float64).tolist()))


def _tuples(data: Any) -> Any:
    return tuple(map(_tuples, data)) if isinstance(data, list) else data


def _instances(survey: Survey) -> dict[str, Node]:
    """Every node that can be built, in the order of the file; so are the consumers of each."""
    built: dict[str, Node] = {}
    for id in survey.order:
        record = survey.record.nodes[id]
        if survey.free_ports(id) or not all(source in built for source in record.inputs):
            continue
        kind: Callable[..., Node] = node_class(record.type)
        built[id] = kind(*(built[source] for source in record.inputs if source is not None))
        built[id].name = id
    places = {id: place for place, id in enumerate(survey.record.nodes)}
    for node in built.values():
        node.outbound_nodes.sort(key=lambda consumer: places[str(consumer.name)])
    return {id: built[id] for id in survey.record.nodes if id in built}
