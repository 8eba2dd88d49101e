"""How large a card is and where its ports are: from its ports' names and its shape, before anything is computed.

A card is two figures under a header: the value, and below it the gradient. Its size does not change when the
numbers come, so a layout holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import prod
from typing import TypeAlias

from gui.presentation.numbers import GRID_SIDE, HEAT_SIDE
from miniflow.graph.records import Shape

HEADER = 24.0
PAD = 9.0
GAP = 4.0
"""The height between the value's row and the gradient's, with the line that parts them."""
LABELS = 12.0
"""The height of the line that says ``value`` or ``gradient``, and the shape."""
ROW = 15.0
ROOMY_CELL, TIGHT_CELL = 88.0, 68.0
"""The width of a number in a table of one or two columns, and in a wider one."""
LEAST_NUMBERS = 2 * ROW
PORT_GAP = 19.0
PORT_LEVEL = 42.0
"""How far down the out port and the first in port of every card are: cards in a row have level wires between them."""
LEAST_WIDTH = 164.0
HEAT_WIDTH = 150.0
HEAT_HEIGHT = 42.0
CAPTION = 14.0
PORT_RADIUS = 5.0

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, width, height, from the card's own corner."""


@dataclass(frozen=True, slots=True)
class CardGeometry:
    """The measures of one card; every coordinate is from the card's top left corner."""

    width: float
    height: float
    ports: tuple[float, ...]
    """How far down each in port is, on the left edge."""
    out: float
    """How far down the out port is, on the right edge."""
    strip: float
    """The width of the column with the ports' names; 0 without ports."""
    block: float
    """The height of the value's row, and of the gradient's."""

    @property
    def header(self) -> float:
        """The height of the header, in which the title stands."""
        return HEADER

    def figure(self, row: int) -> Box:
        """Return the place of the value (row 0) or the gradient (row 1): a line of labels, and the numbers below it."""
        top = HEADER + GAP / 2 + row * (self.block + GAP)
        return self.strip + PAD, top, self.width - self.strip - 2 * PAD, self.block


def table_of(shape: Shape) -> tuple[int, int]:
    """Return how many rows and columns a value of ``shape`` is shown with."""
    return (prod(shape[:-1]), shape[-1]) if shape else (1, 1)


def is_grid(rows: int, columns: int) -> bool:
    """Tell whether a table is small enough to be shown as numbers."""
    return rows <= GRID_SIDE and columns <= GRID_SIDE


def heat_size(rows: int, columns: int) -> tuple[float, float]:
    """Return how wide and high a heat map is drawn: its cells neither slivers nor larger than a number."""
    rows, columns = max(1, min(rows, HEAT_SIDE)), max(1, min(columns, HEAT_SIDE))
    return columns * min(HEAT_WIDTH / columns, 22.0), rows * min(HEAT_HEIGHT / rows, 15.0)


@lru_cache(maxsize=1024)
def card_geometry(ports: tuple[str, ...], shape: Shape | None) -> CardGeometry:
    """Return the measures of a card with these in ports and a value of this shape (None: not known)."""
    strip = 14.0 + 7.0 * min(6, max((len(name) for name in ports), default=0)) if ports else 0.0
    numbers, block = _numbers(shape)
    width = max(LEAST_WIDTH, strip + PAD + numbers + PAD)
    body = max(2 * block + 2 * GAP, len(ports) * PORT_GAP + 2 * GAP)
    places = tuple(PORT_LEVEL + PORT_GAP * index for index in range(len(ports)))
    return CardGeometry(width, HEADER + body, places, PORT_LEVEL, strip, block)


def cell_width(columns: int) -> float:
    """Return how wide a number is drawn in a table of so many columns."""
    return ROOMY_CELL if columns <= 2 else TIGHT_CELL


def _numbers(shape: Shape | None) -> tuple[float, float]:
    if shape is None:
        return ROOMY_CELL, LABELS + LEAST_NUMBERS
    rows, columns = table_of(shape)
    if is_grid(rows, columns):
        return columns * cell_width(columns), LABELS + max(LEAST_NUMBERS, rows * ROW)
    return HEAT_WIDTH, LABELS + HEAT_HEIGHT + CAPTION
