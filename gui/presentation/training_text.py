"""Training settings as text, and text as settings."""

from __future__ import annotations

from collections.abc import Iterable

from gui.presentation.numbers import exact
from gui.presentation.value_text import ValueTextError, parse_number, parse_whole
from miniflow.graph.document import GraphDocument
from miniflow.graph.edits import Edit, SetValue
from miniflow.graph.limits import training_fault
from miniflow.graph.problem import Fix, ProblemKind
from miniflow.graph.records import DatasetPart, GraphRecord, NodeRecord, TrainingRecord, replace

WHOLE = ("epochs", "batch_size", "seed")


def with_setting(settings: TrainingRecord, name: str, text: str) -> TrainingRecord:
    """Return ``settings`` with one of them as typed, or raise ValueTextError with a sentence.

    >>> with_setting(TrainingRecord(), "epochs", "20").epochs
    20
    """
    number = parse_whole(text) if name in WHOLE else parse_number(text)
    changed = replace(settings, **{name: number})
    fault = training_fault(changed)
    if fault is not None:
        raise ValueTextError.saying(fault)
    return changed


def setting_text(settings: TrainingRecord, name: str) -> str:
    """Return a setting as it is typed."""
    value = getattr(settings, name)
    return str(value) if name in WHOLE else exact(value)


def datasets_of(nodes: Iterable[NodeRecord]) -> tuple[str, ...]:
    """Return the data sets that Inputs take their values from, each once."""
    return tuple(dict.fromkeys(node.value.dataset for node in nodes if isinstance(node.value, DatasetPart)))


def use_dataset(record: GraphRecord, dataset: str) -> list[Edit]:
    """Return the edits after which every Input that takes a data set takes this one, features for features.

    Weights whose shape no longer fits, and a batch larger than the data set, are fitted to it where the rules know how.
    """
    trial = GraphDocument(record)
    chosen: list[Edit] = [
        SetValue(node.id, node.value, DatasetPart(dataset, node.value.part))
        for node in record.nodes.values()
        if isinstance(node.value, DatasetPart) and node.value.dataset != dataset
    ]
    trial.apply(*chosen)
    for _ in range(len(record.nodes)):
        mending = _next_mending(trial.record())
        if mending is None:
            break
        trial.apply(*mending.edits)
        chosen += mending.edits
    return chosen


def _next_mending(record: GraphRecord) -> Fix | None:
    from miniflow.graph.rules import problems

    fitting = (ProblemKind.MISMATCH, ProblemKind.BATCH_SIZE)
    return next((each.mending for each in problems(record) if each.kind in fitting and each.mending), None)
