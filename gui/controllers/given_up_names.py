"""The names of a run that is kept while one of its nodes is gone: another node may take the name of that meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from miniflow.graph.edits import Rename
from miniflow.graph.naming import fresh_id

if TYPE_CHECKING:
    from miniflow.engine.trace import Trace


class GivenUpNames:
    """Has a run follow renames; a gone node gives its name up to another, and has it back when that is free again."""

    def __init__(self) -> None:
        self._own: dict[str, str] = {}
        """The names that nodes had of their own, by those that they have meanwhile."""

    def renamed(self, trace: Trace, edit: Rename) -> Trace:
        """Return the run with its nodes called as the document calls them after a rename."""
        nodes = trace.record.nodes
        if edit.old in nodes and edit.new in nodes:
            meanwhile = fresh_id(nodes, f"{edit.new[:180]} (removed)")
            trace = trace.renamed(edit.new, meanwhile)
            self._own[meanwhile] = self._own.pop(edit.new, edit.new)
        trace = trace.renamed(edit.old, edit.new)
        given_up = [meanwhile for meanwhile, own in self._own.items() if own == edit.old]
        if given_up:  # by one node after the other: the last of them had the name until now
            trace = trace.renamed(given_up[-1], self._own.pop(given_up[-1]))
        return trace
