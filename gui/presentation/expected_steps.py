"""How many steps a run will have, before it is recorded: what the timeline shows at once, and keeps to."""

from __future__ import annotations

from miniflow.engine.steps import Phase
from miniflow.graph.records import DatasetPart
from miniflow.graph.rules import training_problem
from miniflow.graph.structure import Structure
from miniflow.graph.survey import Survey


def expected_steps(structure: Structure) -> dict[Phase, int]:
    """Return the number of steps in each phase of the first batch, as long as no number overflows.

    What a cycle holds up is not ordered, what lacks something is not computed, an output that cannot be computed
    leaves out the way back, and only what the output depends on is updated.
    """
    computable, output = len(structure.computable), structure.output
    goes_back = output in structure.computable
    return {
        Phase.KAHN: len(Survey(structure.record).order if structure.cycle else structure.record.nodes),
        Phase.FORWARD: computable,
        Phase.BACKWARD: computable if goes_back else 0,
        Phase.UPDATE: _updates(structure, output) if goes_back and output is not None else 0,
    }


def _updates(structure: Structure, output: str) -> int:
    """How many of the nodes that the output needs learn; none where the batches do not fit the network."""
    needed = [structure.record.nodes[id] for id in Survey(structure.record).ancestors(output)]
    learners = [node for node in needed if node.trainable and not isinstance(node.value, DatasetPart)]
    has_data = any(isinstance(node.value, DatasetPart) for node in needed)
    return 0 if learners and has_data and training_problem(structure.record) else len(learners)
