"""What the layout finds for the cards as they are drawn."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from gui.canvas.geometry import CardGeometry
from gui.presentation.layout import Arrangement, Card, arrange
from miniflow.graph.records import NodeRecord, Position


def arranged(
    nodes: Iterable[NodeRecord],
    cards: Mapping[str, CardGeometry],
    only: Collection[str] | None = None,
    positions: Mapping[str, Position] | None = None,
) -> Arrangement:
    """Return where the top left corner of each card goes; of ``only`` some of them, about where those stand now."""
    records = list(nodes)
    known = {record.id for record in records}
    wires = [
        (source, record.id, port)
        for record in records
        for port, source in enumerate(record.inputs)
        if source is not None and source in known
    ]
    parameters = [record.id for record in records if record.trainable]
    sizes = {node: Card(card.width, card.height, card.ports, card.out) for node, card in cards.items() if node in known}
    return arrange([record.id for record in records], wires, sizes, parameters, only, positions)
