"""Alignment: where cards go to stand in line, or with the same room between them. Pure, from their real sizes."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TypeAlias

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, width, height."""
Place: TypeAlias = tuple[float, float]

_ALIGNED = {
    "left": (0, 0.0), "centre": (0, 0.5), "right": (0, 1.0),
    "top": (1, 0.0), "middle": (1, 0.5), "bottom": (1, 1.0),
}  # fmt: skip
"""For each line: along which axis cards move to it (0: across, 1: down), and which part of a card lies on it."""
_AXES = {"horizontally": 0, "vertically": 1}


def aligned(boxes: Mapping[str, Box], edge: str) -> dict[str, Place]:
    """Return the places at which all cards have this edge (or middle) in line, at that of the whole group."""
    axis, part = _ALIGNED[edge]
    if not boxes:
        return {}
    start = min(box[axis] for box in boxes.values())
    end = max(box[axis] + box[axis + 2] for box in boxes.values())
    line = start + part * (end - start)
    return {node: _moved(box, axis, line - part * box[axis + 2]) for node, box in boxes.items()}


def distributed(boxes: Mapping[str, Box], way: str) -> dict[str, Place]:
    """Return the places at which neighbours have the same room between them; the outermost two stay where they are."""
    axis = _AXES[way]
    ordered = sorted(boxes, key=lambda node: 2 * boxes[node][axis] + boxes[node][axis + 2])
    if len(ordered) < 3:
        return {node: box[:2] for node, box in boxes.items()}
    first, last = boxes[ordered[0]], boxes[ordered[-1]]
    between = last[axis] - first[axis] - sum(boxes[node][axis + 2] for node in ordered[:-1])
    room = between / (len(ordered) - 1)
    at, places = first[axis], {ordered[0]: first[:2], ordered[-1]: last[:2]}
    for before, node in pairwise(ordered[:-1]):
        at += boxes[before][axis + 2] + room
        places[node] = _moved(boxes[node], axis, at)
    return places


def _moved(box: Box, axis: int, to: float) -> Place:
    return (round(to, 2), box[1]) if axis == 0 else (box[0], round(to, 2))
