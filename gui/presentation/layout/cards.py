"""What the layout takes and gives: the cards as the canvas draws them, and where each of them goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from gui.presentation.wires import Point

Wire: TypeAlias = tuple[str, str, int]
"""A wire as the document names it: the source's id, the consumer's id, and the consumer's port."""


@dataclass(frozen=True, slots=True)
class Card:
    """The size of a node on the canvas, and how far below its top the ports are: in at its left, out at its right."""

    width: float
    height: float
    in_offsets: tuple[float, ...]
    out_offset: float

    def in_offset(self, port: int) -> float:
        """Return how far below the top an in port is."""
        if port < len(self.in_offsets):
            return self.in_offsets[port]
        return self.in_offsets[-1] if self.in_offsets else self.height / 2.0


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where each node's top left corner goes, and the points that a long wire passes through, in order.

    A wire that is not in ``way_points`` has none.
    """

    positions: Mapping[str, Point] = field(default_factory=dict)
    way_points: Mapping[Wire, tuple[Point, ...]] = field(default_factory=dict)
