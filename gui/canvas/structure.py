"""Structure: the shape of every node before anything runs, and what does not fit, kept up with the edits.

Only what an edit touches is worked out again, so that an edit costs the same in a large graph as in a small one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache

from miniflow.catalogue import node_classes
from miniflow.errors import Sentence
from miniflow.graph.document import GraphDocument
from miniflow.graph.records import NodeRecord, Shape
from miniflow.graph.signatures import is_input, needed_ports
from miniflow.graph.survey import inferred, value_shape


class Structure:
    """What can be known of a document's nodes without running it."""

    def __init__(self, document: GraphDocument) -> None:
        self._document = document
        self._shapes: dict[str, Shape | None] = {}
        self._faults: dict[str, Sentence] = {}

    def shape_of(self, node: str) -> Shape | None:
        """Return the shape of a node's value; None where it is not known yet."""
        if node not in self._shapes:
            self._work_out(node)
        return self._shapes[node]

    def fault(self, node: str) -> Sentence | None:
        """Return why a node's inputs do not fit together, or None."""
        self.shape_of(node)
        return self._faults.get(node)

    @property
    def faulty(self) -> Collection[str]:
        """The nodes known to have inputs that do not fit together."""
        return self._faults.keys()

    def ports(self, node: str) -> tuple[str, ...]:
        """Return the names of a node's in ports; one that takes any number of inputs always shows one more, ``+``."""
        return ports_of(self._document.nodes[node])

    def refresh(self, nodes: Iterable[str]) -> set[str]:
        """Work these nodes out again, and what depends on them as far as it changes; return those that changed."""
        pending = [node for node in nodes if node in self._document.nodes]
        for node in list(nodes):
            if node not in self._document.nodes:
                self._forget(node)
        before = {node: self._forget(node) for node in pending}
        for node in [node for node, (shape, _) in before.items() if shape is None or self._is_on_a_cycle(node)]:
            for consumer in self._behind(node):
                if consumer not in before:
                    before[consumer] = self._forget(consumer)
                    pending.append(consumer)
        latest = dict(before)
        while pending:
            node = pending.pop()
            self._forget(node)
            now = (self.shape_of(node), self._faults.get(node))
            if now != latest[node]:
                latest[node] = now
                for consumer in {consumer for consumer, _ in self._document.consumers(node)}:
                    known = (self._shapes.get(consumer), self._faults.get(consumer))
                    before.setdefault(consumer, known)
                    latest.setdefault(consumer, known)
                    pending.append(consumer)
        return {node for node in before if latest[node] != before[node]}

    def _forget(self, node: str) -> tuple[Shape | None, Sentence | None]:
        return self._shapes.pop(node, None), self._faults.pop(node, None)

    def _behind(self, node: str) -> set[str]:
        """Return everything that depends on a node; the node itself only where it is on a cycle."""
        found: set[str] = set()
        waiting = [node]
        while waiting:
            for consumer, _ in self._document.consumers(waiting.pop()):
                if consumer not in found:
                    found.add(consumer)
                    waiting.append(consumer)
        return found

    def _is_on_a_cycle(self, node: str) -> bool:
        nodes = self._document.nodes
        could_be = self._document.consumers(node) and any(nodes[each].inputs for each in nodes[node].inputs if each)
        return bool(could_be) and node in self._behind(node)

    def _work_out(self, wanted: str) -> None:
        """Find the shape of ``wanted`` and of what it needs, without recursion: a chain may be thousands long."""
        waiting, entered = [wanted], set[str]()
        while waiting:
            node = waiting[-1]
            missing = [
                source
                for source in self._document.nodes[node].inputs
                if source is not None and source not in self._shapes and source not in entered
            ]
            if node in self._shapes or node in entered or not missing:
                self._infer(self._document.nodes[waiting.pop()])
            else:
                waiting.extend(missing)
            entered.add(node)

    def _infer(self, record: NodeRecord) -> None:
        if record.id in self._shapes:
            return
        shape, fault = None, None
        sources = [source for source in record.inputs if source is not None]
        if is_input(record.type):
            shape = value_shape(record)
        elif len(sources) >= max(needed_ports(record.type, len(record.inputs)), len(record.inputs)):
            shape, fault = inferred(record, {source: self._shapes.get(source) for source in sources})
        self._shapes[record.id] = shape
        if fault is not None:
            self._faults[record.id] = fault


def ports_of(record: NodeRecord) -> tuple[str, ...]:
    """Return the names of a node's in ports, and ``+`` for one more where it takes any number."""
    return _port_names(record.type, len(record.inputs))


@lru_cache(maxsize=1024)
def _port_names(type_name: str, wired: int) -> tuple[str, ...]:
    kind = node_classes().get(type_name)
    if kind is None:
        return tuple(str(port + 1) for port in range(wired))
    names = kind.port_names(wired)
    return (*names, "+") if kind.repeats_last_port else names
