"""The nodes of a document: by id, in the order of the file, and by what they feed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from miniflow.graph.records import NodeRecord, replace
from miniflow.overriding import override


class NodeList(Mapping[str, NodeRecord]):
    """A mapping from ids to nodes that is read in the order of the file, and that knows who consumes whom."""

    def __init__(self, nodes: Iterable[NodeRecord] = ()) -> None:
        self._nodes = {node.id: node for node in nodes}
        self._order = list(self._nodes)
        self._consumers: dict[str, dict[tuple[str, int], None]] = {}
        for node in self._nodes.values():
            self._add_wires(node)

    @override
    def __getitem__(self, id: str) -> NodeRecord:
        return self._nodes[id]

    @override
    def __contains__(self, id: object) -> bool:
        return id in self._nodes

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._order)

    @override
    def __len__(self) -> int:
        return len(self._nodes)

    def copy(self) -> dict[str, NodeRecord]:
        """The nodes as they are now, as a dictionary of its own."""
        nodes = self._nodes
        return {id: nodes[id] for id in self._order}

    def consumers(self, id: str) -> tuple[tuple[str, int], ...]:
        """The ports that a node feeds, each as (consumer, port)."""
        return tuple(self._consumers.get(id, ()))

    @property
    def ends(self) -> list[str]:
        """The nodes that feed nothing, in the order of the file."""
        return [id for id in self._order if id not in self._consumers]

    def place(self, id: str) -> int:
        """The place of a node in the file, from 0."""
        return self._order.index(id)

    def stands_at(self, id: str, place: int) -> bool:
        """Tell whether a node has this place."""
        return 0 <= place < len(self._order) and self._order[place] == id

    def insert(self, node: NodeRecord, place: int) -> None:
        """Put a node that is new at ``place``."""
        self._order.insert(place, node.id)
        self._nodes[node.id] = node
        self._add_wires(node)

    def remove(self, id: str, place: int) -> None:
        """Take out the node that stands at ``place``."""
        self._remove_wires(self._nodes[id])
        del self._order[place]
        del self._nodes[id]

    def change(self, node: NodeRecord) -> None:
        """Put a node where one of the same id is."""
        before = self._nodes[node.id]
        if before.inputs != node.inputs:
            self._remove_wires(before)
            self._add_wires(node)
        self._nodes[node.id] = node

    def rename(self, old: str, new: str) -> None:
        """Give a node another id; its wires follow."""
        wires = self.consumers(old)
        self._remove_wires(self._nodes[old])
        self._order[self._order.index(old)] = new
        self._nodes[new] = replace(self._nodes.pop(old), id=new)
        self._add_wires(self._nodes[new])
        for consumer in dict.fromkeys(new if consumer == old else consumer for consumer, _ in wires):
            node = self._nodes[consumer]
            self.change(replace(node, inputs=tuple(new if source == old else source for source in node.inputs)))

    def _add_wires(self, node: NodeRecord) -> None:
        for port, source in enumerate(node.inputs):
            if source is not None:
                self._consumers.setdefault(source, {})[node.id, port] = None

    def _remove_wires(self, node: NodeRecord) -> None:
        for port, source in enumerate(node.inputs):
            if source is not None:
                del self._consumers[source][node.id, port]
                if not self._consumers[source]:
                    del self._consumers[source]
