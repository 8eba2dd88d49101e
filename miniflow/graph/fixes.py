"""The obvious mending of a problem, where there is one, as edits with a label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from miniflow.catalogue import node_classes
from miniflow.errors import Sentence
from miniflow.graph import composing, layering
from miniflow.graph.edits import Connect, SetOutput, SetTrainable, SetTraining, SetValue
from miniflow.graph.problem import Fix
from miniflow.graph.records import (
    GraphRecord,
    NodeRecord,
    Normal,
    Ones,
    Shape,
    TrainingRecord,
    Uniform,
    ValueRecord,
    Zeros,
    replace,
)
from miniflow.graph.signatures import is_input
from miniflow.graph.survey import Surveyed, free_ports, inferred

Generated: TypeAlias = Zeros | Ones | Normal | Uniform
MOST_CHOICES = 6


def output(record: GraphRecord, candidates: Sequence[str]) -> Fix | None:
    """Make the only cost among the candidates the output, or let the only candidate be it."""
    likely = _likely(record, candidates)
    return _output(record, likely[0]) if len(likely) == 1 else None


def outputs(record: GraphRecord, candidates: Sequence[str]) -> tuple[Fix, ...]:
    """Make one of several candidates the output: of the costs, where there are any; the first ones of very many."""
    likely = _likely(record, candidates)
    return tuple(_output(record, id) for id in likely[:MOST_CHOICES]) if len(likely) > 1 else ()


def _likely(record: GraphRecord, candidates: Sequence[str]) -> Sequence[str]:
    return [id for id in candidates if node_classes()[record.nodes[id].type].group == "Cost"] or candidates


def _output(record: GraphRecord, id: str) -> Fix:
    return Fix(Sentence("Make {node} the output", {"node": id}), (SetOutput(record.output, id),))


def cycle(record: GraphRecord, nodes: Sequence[str]) -> Fix:
    """Remove the wire that closes the cycle, as the file has it: the one that leads back furthest."""
    places = {id: place for place, id in enumerate(record.nodes)}
    pairs = zip(nodes, [*nodes[1:], nodes[0]], strict=True)
    source, target = max(pairs, key=lambda pair: places[pair[0]] - places[pair[1]])
    ports = [port for port, each in enumerate(record.nodes[target].inputs) if each == source]
    label = Sentence("Remove the wire from {source} to {node}", {"source": source, "node": target})
    return Fix(label, tuple(Connect(target, port, source, None) for port in ports))


def batch_size(record: GraphRecord, rows: int) -> Fix:
    """Make a batch no larger than the data set."""
    settings = replace(record.training or TrainingRecord(), batch_size=rows)
    return Fix(Sentence("Make the batch size {rows}", {"rows": rows}), (SetTraining(record.training, settings),))


def not_trainable(node: NodeRecord) -> Fix:
    """Let an Input that receives data stay as it is."""
    label = Sentence("Do not train {node}", {"node": node.id})
    return Fix(label, (SetTrainable(node.id, True, False),))


def removal(drawing: composing.Drawing, id: str) -> Fix:
    """Remove a node that nothing uses."""
    return Fix(Sentence("Remove {node}", {"node": id}), composing.remove(drawing, [id]))


def missing_value(survey: Surveyed, node: NodeRecord) -> Fix | None:
    """Give a weight random numbers, or a bias zeros, of the shape that their Linear needs."""
    found = _parameter_of(survey, node.id)
    if found is None:
        return None
    consumer, port = found
    X, W, b = (survey.shapes.get(id or "") for id in consumer.inputs)
    if port == 1 and X and b is not None:
        return _filled(node, Normal((X[-1], *b[-1:])))
    if port == 2 and X is not None and W is not None:
        return _filled(node, Zeros(W[1:]))
    return None


def parameters(survey: Surveyed, node: NodeRecord) -> Fix | None:
    """Give a Linear the W and the b that it lacks, of the shapes that what it is wired to asks for."""
    if node.type != "Linear":
        return None
    lacking = [port for port in free_ports(survey.record.nodes, node.id) if port > 0]
    if not lacking:
        return None
    X, W, b = (survey.shapes.get(id or "") for id in (*node.inputs, None, None, None)[:3])
    units = (W or (1,))[-1] if len(W or ()) > 1 else (b or (1,))[-1]
    edits = layering.bring_parameters(survey.drawing, node.id, lacking, X[-1] if X else 1, units)
    labels = {1: "Give {node} a W", 2: "Give {node} a b"}
    template = "Give {node} its W and b" if len(lacking) > 1 else labels[lacking[0]]
    return Fix(Sentence(template, {"node": node.id}), edits)


def misfit(survey: Surveyed, node: NodeRecord) -> Fix | None:
    """Give the weight, else the bias, of a Linear the shape that it needs."""
    if node.type != "Linear":
        return None
    X, W, b = (survey.shapes.get(id or "") for id in (*node.inputs, None)[:3])
    wanted: list[tuple[int, Shape]] = []
    if X and W:
        wanted.append((1, (X[-1], *W[1:])))
    if X and W and b is not None:
        wanted.append((2, W[1:]))
    for port, shape in wanted:
        source = survey.record.nodes[node.inputs[port] or ""]
        value = _of_shape(source.value, shape) if is_input(source.type) else None
        if value is None or shape == survey.shapes[source.id]:
            continue
        trial = {**survey.shapes, source.id: shape}
        if port == 1 or inferred(node, trial)[1] is None:
            return _filled(source, value)
    return None


def _of_shape(value: ValueRecord | None, shape: Shape) -> Generated | None:
    """The same kind of value in another shape; numbers that somebody typed or data stay as they are."""
    if isinstance(value, (Zeros, Ones, Normal, Uniform)):
        return replace(value, shape=shape)
    return None


def _filled(node: NodeRecord, value: Generated) -> Fix:
    label = Sentence("Give {node} the shape {shape}", {"node": node.id, "shape": value.shape})
    return Fix(label, (SetValue(node.id, node.value, value),))


def _parameter_of(survey: Surveyed, id: str) -> tuple[NodeRecord, int] | None:
    """The Linear whose weight or bias an Input is, and the port, where it is that alone."""
    consumers = [survey.record.nodes[each] for each in survey.consumers_of(id)]
    if len(consumers) != 1 or consumers[0].type != "Linear" or free_ports(survey.record.nodes, consumers[0].id):
        return None
    port = consumers[0].inputs.index(id)
    return (consumers[0], port) if consumers[0].inputs.count(id) == 1 and port else None
