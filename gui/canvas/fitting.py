"""Fitting: which ports could take the wire that is being drawn, without a cycle and with a shape that fits."""

from __future__ import annotations

from collections.abc import Iterator

from gui.canvas.hits import OUT, Port
from gui.canvas.scene import CanvasScene
from miniflow.graph.new_wires import shape_warning
from miniflow.graph.reaching import downstream, upstream


def fitting_ports(scene: CanvasScene, node: str, port: Port, source: str | None) -> Iterator[tuple[str, list[Port]]]:
    """Yield every node with those of its ports that a wire drawn from a port could end at.

    ``source`` is what already feeds an in port whose wire is taken off: that wire looks for another in port.
    """
    document, structure = scene.workspace.document, scene.workspace.structure
    if isinstance(port, int) and source is None:
        doomed = {*downstream(document, [node])}
        for id in document.nodes:
            fits = id not in doomed and shape_warning(structure, id, node, port) is None
            yield id, [OUT] if fits else []
        return
    feeding = node if source is None else source
    doomed = {*upstream(document, [feeding])}
    for id, item in scene.nodes.items():
        ports = range(len(item.card.ports)) if id not in doomed else ()
        # what is taken off a node no longer feeds its other port
        yield id, [each for each in ports if id == node or shape_warning(structure, feeding, id, each) is None]
