"""A run that gave way to a new one while a node of it was gone: it comes back with that node."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from miniflow.graph.edits import Edit, Rename
from miniflow.graph.records import GraphRecord, TrainingRecord, replace

if TYPE_CHECKING:
    from gui.controllers.given_up_names import GivenUpNames
    from miniflow.engine.trace import Trace
    from miniflow.graph.document import GraphDocument


Run: TypeAlias = "tuple[Trace, int, GivenUpNames]"
"""A run, the position in it, and the names that its nodes have given up."""


class PutAside:
    """A run that is kept as long as nobody has stepped through another; or none."""

    def __init__(self, run: Run | None = None) -> None:
        self._run = run

    def after(self, edits: Sequence[Edit], document: GraphDocument) -> Run | None:
        """Learn of edits that were made; return the run, and keep it no longer, if the document gives it again."""
        if self._run is None:
            return None
        trace, position, names = self._run
        for edit in edits:
            if isinstance(edit, Rename):
                trace = names.renamed(trace, edit)
        run = trace, position, names
        is_back = computes_alike(trace, document.record())
        self._run = None if is_back else run
        return run if is_back else None


def computes_alike(trace: Trace, other: GraphRecord) -> bool:
    """Tell whether a graph gives this run: all is equal but the places on the canvas and the number of epochs."""
    one = trace.record
    settings = [replace(record.training or TrainingRecord(), epochs=1) for record in (one, other)]
    if trace.trial or one.output != other.output or list(one.nodes) != list(other.nodes) or settings[0] != settings[1]:
        return False
    return all(
        (a.type, a.inputs, a.trainable) == (b.type, b.inputs, b.trainable)
        and (a.value is b.value or a.value == b.value)
        for a, b in zip(one.nodes.values(), other.nodes.values(), strict=True)
    )
