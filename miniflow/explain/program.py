"""The graph as the Python program that the lesson would write for it, line by line, runnable as it stands."""

from __future__ import annotations

import keyword
import re
from collections.abc import Mapping
from dataclasses import dataclass

from miniflow.catalogue import node_classes
from miniflow.engine.steps import Phase
from miniflow.graph.records import (
    DatasetPart,
    GraphRecord,
    Literal,
    Nested,
    Normal,
    Ones,
    TrainingRecord,
    Uniform,
    ValueRecord,
    Zeros,
)
from miniflow.graph.rules import output_of
from miniflow.graph.survey import Survey, value_shape
from miniflow.training.recording import learners_of

_TAKEN = frozenset(
    {"np", "datasets", "topological_sort", "forward_and_backward", "sgd_update", "graph", "feed_dict", "rows", "print"}
)


@dataclass(frozen=True)
class CodeLine:
    """A line of the program, the node that it is about, and the phase that it runs."""

    text: str
    node: str | None = None
    phase: Phase | None = None


def program(record: GraphRecord) -> tuple[CodeLine, ...]:
    """Return the program of the nodes that can be computed.

    >>> from miniflow.graph.records import NodeRecord
    >>> nodes = [NodeRecord("x", "Input", value=Literal(3)), NodeRecord("f", "Square", inputs=("x",))]
    >>> print(*(line.text for line in program(GraphRecord({node.id: node for node in nodes}))), sep="\\n")
    from miniflow import Input, Square
    from miniflow import forward_and_backward, topological_sort
    <BLANKLINE>
    x = Input()
    f = Square(x)
    <BLANKLINE>
    feed_dict = {
        x: 3,
    }
    graph = topological_sort(feed_dict)
    forward_and_backward(graph, f)
    print(f.value)
    """
    learners, settings = learners_of(record), record.training or TrainingRecord()
    survey = Survey(record, settings.batch_size if learners else None)
    nodes = [id for id in survey.order if id in survey.computable]
    rows = _row_count(record, nodes) if learners else 0
    names = _identifiers(nodes)
    lines = [*_imports(record, nodes, bool(rows), bool(learners)), CodeLine("")]
    lines += [_definition(record, id, names) for id in nodes]
    lines.append(CodeLine(""))
    if rows:
        drawn = f"integers(0, {rows}, {(rows // settings.batch_size, settings.batch_size)})"
        lines.append(CodeLine(f"rows = np.random.default_rng({settings.seed}).{drawn}[0]  # of the first batch"))
    lines += _feeding(record, names, bool(rows))
    lines.append(CodeLine("graph = topological_sort(feed_dict)", phase=Phase.KAHN))
    output = output_of(record)
    if output in names:
        lines.append(CodeLine(f"forward_and_backward(graph, {names[output]})", phase=Phase.FORWARD))
        lines.append(CodeLine(f"print({names[output]}.value)"))
    if learners:
        moved = f"[{', '.join(names[id] for id in learners)}]"
        lines.append(CodeLine(f"sgd_update({moved}, learning_rate={settings.learning_rate})", phase=Phase.UPDATE))
    return tuple(lines)


def _feeding(record: GraphRecord, names: Mapping[str, str], draws: bool) -> list[CodeLine]:
    lines = [CodeLine("feed_dict = {")]
    for id, name in names.items():
        value = record.nodes[id].value
        if value is not None:
            taken = "[rows]" if draws and isinstance(value, DatasetPart) else ""
            lines.append(CodeLine(f"    {name}: {_written(value)}{taken},", id))
    return [*lines, CodeLine("}")]


def _row_count(record: GraphRecord, nodes: list[str]) -> int:
    """How many rows there are to draw batches from; 0 without data sets."""
    shapes = (value_shape(node) for id in nodes if isinstance((node := record.nodes[id]).value, DatasetPart))
    return next((shape[0] for shape in shapes if shape), 0)


def running_line(line: CodeLine, node: str, phase: Phase) -> bool:
    """Tell whether a line is the one that a step runs: the node's own, or the call that does the whole phase."""
    if line.phase is not None:
        return line.phase is phase or (line.phase is Phase.FORWARD and phase is Phase.BACKWARD)
    return line.node == node and not line.text.startswith(" ")


def _imports(record: GraphRecord, nodes: list[str], draws: bool, updates: bool) -> list[CodeLine]:
    kinds = {record.nodes[id].type for id in nodes}
    values = [record.nodes[id].value for id in nodes]
    lines = []
    if draws or any(isinstance(value, Zeros | Ones | Normal | Uniform) for value in values):
        lines.append(CodeLine("import numpy as np"))
    lines.append(CodeLine(f"from miniflow import {', '.join(sorted(kinds, key=str.lower))}"))
    update = "sgd_update, " if updates else ""
    lines.append(CodeLine(f"from miniflow import forward_and_backward, {update}topological_sort"))
    if any(isinstance(value, DatasetPart) for value in values):
        lines.append(CodeLine("from miniflow.catalogue import datasets"))
    return lines


def _definition(record: GraphRecord, id: str, names: Mapping[str, str]) -> CodeLine:
    node = record.nodes[id]
    inputs = ", ".join(names[source] for source in node.inputs if source is not None)
    remark = "" if names[id] == id else f"  # {id}"
    return CodeLine(f"{names[id]} = {node.type}({inputs}){remark}", id)


def _written(value: ValueRecord) -> str:
    match value:
        case Literal(data):
            return _nested(data)
        case Zeros(shape):
            return f"np.zeros({shape})"
        case Ones(shape):
            return f"np.ones({shape})"
        case Normal(shape, seed, scale):
            return f"np.random.default_rng({seed}).normal(0.0, {scale}, {shape})"
        case Uniform(shape, seed, low, high):
            return f"np.random.default_rng({seed}).uniform({low}, {high}, {shape})"
        case DatasetPart(name, part):
            return f'datasets()["{name}"].part("{part}")'


def _nested(data: Nested) -> str:
    return f"[{', '.join(map(_nested, data))}]" if isinstance(data, tuple) else repr(data)


def _identifiers(nodes: list[str]) -> dict[str, str]:
    """Give each node a name that Python takes, its own where that is one."""
    names: dict[str, str] = {}
    used = {*_TAKEN, *node_classes()}
    for id in nodes:
        name = re.sub(r"\W", "_", id)
        if not name.isidentifier() or keyword.iskeyword(name):
            name = f"node_{name}"
        wanted, number = name, 2
        while name in used:
            name, number = f"{wanted}_{number}", number + 1
        used.add(name)
        names[id] = name
    return names
