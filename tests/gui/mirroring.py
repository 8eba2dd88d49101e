"""What the canvas shows, compared with the document from scratch."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from gui.canvas.edge_item import EdgeItem
from gui.canvas.node_item import NodeItem
from gui.canvas.view import Canvas
from miniflow.graph.survey import Survey


def assert_mirrors(canvas: Canvas) -> None:
    """Compare all that the canvas shows with the document, from scratch."""
    canvas.arranger.finish()
    mirror, document = canvas.mirror, canvas.workspace.document
    assert set(mirror.nodes) == set(document.nodes)
    assert {wire.key: wire.source for wire in mirror.wires.values()} == {
        (node.id, port): source
        for node in document.nodes.values()
        for port, source in enumerate(node.inputs)
        if source is not None
    }
    survey = Survey(document.record())
    for id, item in mirror.nodes.items():
        assert item.node_id == item.face().title == id
        assert item.pos() == QPointF(*(document.nodes[id].position or (0, 0)))
        assert canvas.workspace.structure.shapes[id] == survey.shapes[id]
        assert len(item.card.ports) == len(item.face().ports)
    for wire in mirror.wires.values():
        assert wire.path().pointAtPercent(0) == mirror.nodes[wire.source].out_port()
        assert wire.path().currentPosition() == mirror.nodes[wire.consumer].in_port(wire.port)
    shown = mirror.items()
    assert sum(isinstance(item, NodeItem) for item in shown) == len(mirror.nodes)
    assert sum(isinstance(item, EdgeItem) for item in shown) == len(mirror.wires)
    assert set(canvas.workspace.selection.nodes) <= set(document.nodes)
