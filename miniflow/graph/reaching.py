"""What lies before and behind some nodes: everything that feeds them, everything that depends on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from miniflow.graph.composing import Drawing


def upstream(drawing: Drawing, ids: Iterable[str]) -> tuple[str, ...]:
    """Return these nodes and everything that feeds them, directly or not, in the order of the file."""
    return _reached(drawing, ids, lambda id: (source for source in drawing.nodes[id].inputs if source is not None))


def downstream(drawing: Drawing, ids: Iterable[str]) -> tuple[str, ...]:
    """Return these nodes and everything that depends on them, directly or not, in the order of the file."""
    return _reached(drawing, ids, lambda id: (consumer for consumer, _ in drawing.consumers(id)))


def _reached(drawing: Drawing, ids: Iterable[str], beside: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    found = {id for id in ids if id in drawing.nodes}
    frontier = list(found)
    while frontier:
        new = set(beside(frontier.pop())) - found
        found |= new
        frontier += new
    return tuple(id for id in drawing.nodes if id in found)
