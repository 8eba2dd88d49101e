"""Structure: what is known of a document before anything runs, kept up with its edits.

Only what an edit changes is worked out again, so that an edit costs the same in a large graph as in a small one. While
there is a cycle, or after very many wires at once, everything is looked at anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from miniflow.errors import Sentence
from miniflow.graph import rules
from miniflow.graph.document import GraphDocument
from miniflow.graph.edits import AddNode, Connect, Edit, Move, Rename, named_in
from miniflow.graph.kahn import kahn
from miniflow.graph.problem import Problem
from miniflow.graph.records import GraphRecord, Shape
from miniflow.graph.survey import Finding, Survey, finding

_MANY_WIRES = 64


class Structure:
    """The shapes, misfits and problems of a document. Tell it of every batch of edits."""

    def __init__(self, document: GraphDocument) -> None:
        self.drawing = document
        self.shapes: dict[str, Shape | None] = {}
        self.misfits: dict[str, Sentence] = {}
        self.computable: set[str] = set()
        self.cycle: Sequence[str] = ()
        self.changed: Collection[str] = ()
        """The nodes of which something else is known since the last batch of edits."""
        self._problems: dict[str, list[Problem]] = {}
        """Those of single nodes, as far as they have been asked for and still hold."""
        self._look_at_all()

    @property
    def record(self) -> GraphRecord:
        """The document as it is now."""
        return self.drawing.record()

    @property
    def ends(self) -> Sequence[str]:
        """The nodes that nothing consumes, in the order of the file."""
        return self.drawing.ends

    @property
    def output(self) -> str | None:
        """The node to differentiate, or None where there is none or several could be meant."""
        return rules.output_in(self)

    def consumers_of(self, id: str) -> list[str]:
        """Those that take a node's value, each once."""
        return list(dict.fromkeys(consumer for consumer, _ in self.drawing.consumers(id)))

    def problems(self) -> list[Problem]:
        """Return everything that is wrong or missing, as `rules.problems` does."""
        return rules.collected(self, self._problems_of_nodes())

    def hear(self, edits: Sequence[Edit]) -> None:
        """Learn what a batch of edits has changed."""
        touched = dict.fromkeys(id for edit in edits if not isinstance(edit, Move) for id in named_in(edit))
        before = {id: self._known(id) for id in touched}
        for id in touched:
            if id not in self.drawing.nodes:
                self._settle(id, None)
        if self.cycle or self._may_have_a_cycle(edits):
            before = {id: self._known(id) for id in self.shapes} | before
            self._look_at_all()
        else:
            before |= self._follow(id for id in touched if id in self.drawing.nodes)
        self.changed = {id for id, known in before.items() if known != self._known(id)}
        self._forget_problems({*touched, *self.changed})

    # --- what is known --------------------------------------------------------------------------------------------

    def _known(self, id: str) -> Finding:
        return Finding(self.shapes.get(id), self.misfits.get(id), id in self.computable)

    def _settle(self, id: str, found: Finding | None) -> None:
        """Keep what is known of a node now; None where the node is gone."""
        self.misfits.pop(id, None)
        self.computable.discard(id)
        if found is None:
            self.shapes.pop(id, None)
            return
        self.shapes[id] = found.shape
        if found.misfit is not None:
            self.misfits[id] = found.misfit
        if found.is_computable:
            self.computable.add(id)

    def _look_at_all(self) -> None:
        survey = Survey(self.record)
        self.shapes, self.misfits = dict(survey.shapes), dict(survey.misfits)
        self.computable, self.cycle = set(survey.computable), survey.cycle

    def _work_out(self, id: str) -> bool:
        """Find out anew what is known of a node; tell whether it is something else."""
        before = self._known(id)
        found = finding(self.drawing.nodes, id, self.shapes, self.computable)
        self._settle(id, found)
        return found != before

    def _follow(self, touched: Iterable[str]) -> dict[str, Finding]:
        """Work these nodes out again, and what depends on them as far as it changes; return what was known before."""
        doubtful = dict.fromkeys(touched)
        before = {id: self._known(id) for id in doubtful}
        starts = [id for id in doubtful if self._work_out(id)]
        if not starts:
            return before
        for id in self._in_order({*doubtful, *self._behind(starts)}):
            before.setdefault(id, self._known(id))
            if id in doubtful:
                self._work_out(id)
                if before[id] != self._known(id):
                    doubtful |= dict.fromkeys(self.consumers_of(id))
        return before

    # --- where nodes stand to each other --------------------------------------------------------------------------

    def _behind(self, ids: Iterable[str]) -> set[str]:
        """Return everything that depends on these nodes, and them."""
        found = set(ids)
        waiting = list(found)
        while waiting:
            fresh = [each for each in self.consumers_of(waiting.pop()) if each not in found]
            found.update(fresh)
            waiting += fresh
        return found

    def _in_order(self, ids: Collection[str]) -> list[str]:
        """Return nodes sorted so that each comes after those of them that it depends on."""
        consumers = {id: [each for each in self.consumers_of(id) if each in ids] for id in ids}
        unmet = dict.fromkeys(ids, 0)
        for each in chain.from_iterable(consumers.values()):
            unmet[each] += 1
        return [step.node for step in kahn(unmet, consumers.__getitem__)]

    def _may_have_a_cycle(self, edits: Sequence[Edit]) -> bool:
        """Tell whether edits have closed a cycle; or have done so much that a look at everything is cheaper."""
        wires = [wire for edit in edits for wire in _new_wires(edit)]
        if len(wires) > _MANY_WIRES or (wires and any(isinstance(edit, Rename) for edit in edits)):
            return True
        nodes = self.drawing.nodes
        drawn = [(source, node) for source, node in wires if node in nodes and source in nodes[node].inputs]
        return any(self.depends(source, node) for source, node in drawn)

    def depends(self, id: str, other: str) -> bool:
        """Tell whether ``id`` is ``other`` or depends on it; looks from both, so that a near end is soon reached."""
        above, below = {id}, {other}
        rising, sinking = [id], [other]
        while rising and sinking and id != other:
            fed_by = {each for each in self.drawing.nodes[rising.pop()].inputs if each is not None} - above
            feeds = set(self.consumers_of(sinking.pop())) - below
            if not fed_by.isdisjoint(below) or not feeds.isdisjoint(above) or not feeds.isdisjoint(fed_by):
                return True
            above |= fed_by
            below |= feeds
            rising += fed_by
            sinking += feeds
        return id == other

    # --- problems -------------------------------------------------------------------------------------------------

    def _problems_of_nodes(self) -> Iterator[Problem]:
        for id in self.drawing.nodes:
            if id not in self.computable:
                found = self._problems.get(id)
                if found is None:
                    found = rules.node_problems(self, id)
                    if not any(map(_reads_everything, found)):
                        self._problems[id] = found
                yield from found

    def _forget_problems(self, ids: Iterable[str]) -> None:
        """Forget the problems of these nodes, of their consumers, and of what else feeds those: fixes read it all."""
        nodes = self.drawing.nodes
        for id in ids:
            near = [id, *self.consumers_of(id)]
            sources = (source for each in near if each in nodes for source in nodes[each].inputs)
            for doomed in (*near, *sources):
                self._problems.pop(doomed or "", None)


def _reads_everything(problem: Problem) -> bool:
    """Tell whether the fix of a problem depends on the whole document: a new node needs a free name, and room."""
    return any(isinstance(edit, AddNode) for edit in problem.fix)


def _new_wires(edit: Edit) -> Iterator[tuple[str, str]]:
    """Yield the wires that an edit draws, each as source and consumer."""
    if isinstance(edit, Connect) and edit.new is not None:
        yield edit.new, edit.node
    elif isinstance(edit, AddNode):
        yield from ((source, edit.node.id) for source in edit.node.inputs if source is not None)
