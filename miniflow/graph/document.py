"""GraphDocument: the one truth about what the user drew. Only edits change it, all or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from miniflow.graph.edits import Edit
from miniflow.graph.records import GraphRecord, NodeRecord, NoteRecord, TrainingRecord
from miniflow.graph.state import DocumentState

Observer: TypeAlias = Callable[[Sequence[Edit]], None]


class GraphDocument:
    """A graph that changes by edits, and tells its observers of each batch once it is complete.

    >>> from miniflow.graph.edits import AddNode
    >>> from miniflow.graph.records import NodeRecord
    >>> document = GraphDocument()
    >>> made = document.apply(AddNode(NodeRecord("x", "Input"), 0))
    >>> list(document.nodes)
    ['x']
    """

    def __init__(self, record: GraphRecord | None = None) -> None:
        self._record = record or GraphRecord()
        self._state = DocumentState(self._record)
        self._revision = self._record_revision = 0
        self._observers: list[Observer] = []
        self._is_telling = False

    # --- read-only views ------------------------------------------------------------------------------------------

    @property
    def nodes(self) -> Mapping[str, NodeRecord]:
        """The nodes by id, in the order of the file: a live, read-only view."""
        return self._state.nodes

    @property
    def title(self) -> str:
        """The title."""
        return self._state.title

    @property
    def output(self) -> str | None:
        """The node that is chosen as the one to differentiate, or None."""
        return self._state.output

    @property
    def training(self) -> TrainingRecord | None:
        """The training settings, or None where the defaults hold."""
        return self._state.training

    @property
    def notes(self) -> Mapping[str, NoteRecord]:
        """The notes by id, in the order of the file: as they are now, read-only."""
        return self._state.notes

    @property
    def revision(self) -> int:
        """How many batches of edits have been made: what was worked out for another revision is stale."""
        return self._revision

    def record(self) -> GraphRecord:
        """The whole document as it is now, frozen; the same object until the next edit."""
        if self._record_revision != self._revision:
            self._record = self._state.record()
            self._record_revision = self._revision
        return self._record

    def consumers(self, node: str) -> Sequence[tuple[str, int]]:
        """The ports that ``node`` feeds, each as (consumer, port), in no particular order."""
        return self._state.nodes.consumers(node)

    @property
    def ends(self) -> Sequence[str]:
        """The nodes that feed nothing, in the order of the file."""
        return self._state.nodes.ends

    def index(self, node: str) -> int:
        """The place of ``node`` in the file."""
        return self._state.nodes.place(node)

    def to_dict(self) -> dict[str, Any]:
        """What would be saved, as the plain dictionaries and lists of the file."""
        from miniflow.io.schema import to_dict

        return to_dict(self.record())

    # --- change ---------------------------------------------------------------------------------------------------

    def subscribe(self, observer: Observer) -> Callable[[], None]:
        """Have ``observer`` hear every batch of edits once it is complete; call what is returned to stop that."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer)

    def apply(self, *edits: Edit) -> tuple[Edit, ...]:
        """Make all of these edits, in order, or, where one does not fit, none.

        Returns the edits as they were made: their inverses, in reverse order, give back exactly what was there.

        Raises:
            EditError: an edit does not fit the document; it is as it was, and nobody has heard of it.
        """
        if self._is_telling:
            raise RuntimeError("an observer may not edit the document that it is being told about")
        made: list[Edit] = []
        try:
            for edit in edits:
                made += self._state.make(edit)
        except BaseException:
            for edit in reversed(made):
                self._state.make(edit.inverse())
            raise
        if made:
            self._revision += 1
            self._tell(tuple(made))
        return tuple(made)

    def _tell(self, edits: tuple[Edit, ...]) -> None:
        """Have every observer hear of it, even after one that fails."""
        failures: list[BaseException] = []
        self._is_telling = True
        for observer in list(self._observers):
            try:
                observer(edits)
            except BaseException as failure:
                failures.append(failure)
        self._is_telling = False
        if failures:
            raise failures[0]
