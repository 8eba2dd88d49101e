"""The steps that are foretold of a run: as many as it has once it is recorded, whatever the graph lacks."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.presentation.expected_steps import expected_steps
from miniflow.engine.trace import Phase
from miniflow.graph.document import GraphDocument
from miniflow.graph.records import GraphRecord, TrainingRecord, replace
from miniflow.graph.structure import Structure
from miniflow.io import files
from miniflow.training.recording import record_trace
from tests.miniflow.random_records import records

EXAMPLES = sorted((Path(__file__).parents[2] / "resources" / "examples").glob("*.miniflow"))


def foretold(record: GraphRecord) -> dict[Phase, int]:
    return expected_steps(Structure(GraphDocument(record)))


def recorded(record: GraphRecord) -> dict[Phase, int]:
    made = Counter(step.phase for step in record_trace(record).steps)
    return {phase: made[phase] for phase in Phase}


@st.composite
def spoilt(draw: st.DrawFn) -> GraphRecord:
    """A graph in which wires or values may be missing, a cycle may have been closed, and some Inputs learn."""
    record = draw(records())
    nodes = dict(record.nodes)
    for id in draw(st.lists(st.sampled_from(list(nodes)), max_size=4)):
        node = nodes[id]
        if node.type == "Input":
            nodes[id] = replace(node, trainable=draw(st.booleans()), value=node.value if draw(st.booleans()) else None)
        else:
            source = draw(st.sampled_from([None, *nodes]))
            nodes[id] = replace(node, inputs=(source, *node.inputs[1:]))
    return replace(record, nodes=nodes, output=draw(st.sampled_from([None, "gone", record.output, *nodes])))


@given(spoilt())
def test_as_many_steps_are_foretold_as_are_made(record: GraphRecord) -> None:
    assert foretold(record) == recorded(record)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("batch_size", [None, 3, 100_000])
def test_they_are_foretold_of_every_example_whatever_the_size_of_its_batches(
    path: Path, batch_size: int | None
) -> None:
    record = files.read(path)
    if batch_size is not None:
        record = replace(record, training=TrainingRecord(batch_size=batch_size))
    assert foretold(record) == recorded(record)
