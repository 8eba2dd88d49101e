"""What a card shows, as plain data: painting reads this and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Badge(Enum):
    """What the right end of a card's header tells beside the type."""

    NONE = "none"
    WAITS = "waits"
    READY = "ready"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Figure:
    """The numbers of a value or a gradient as a card shows them: cells, or a heat map, or neither: not computed."""

    label: str
    shape: str = ""
    cells: tuple[tuple[str, ...], ...] = ()
    heat: Any = None
    """Rows of numbers from -1 to 1, behind the cells or instead of them."""
    caption: str = ""
    stale: bool = False

    @property
    def common(self) -> tuple[str, str]:
        """What cards with the same label and shape have in common."""
        return self.label, self.shape

    @property
    def is_computed(self) -> bool:
        """Whether there is anything to show but a dash."""
        return bool(self.cells) or self.heat is not None


@dataclass(frozen=True, slots=True)
class Face:
    """Everything that one card shows."""

    title: str
    kind: str
    symbol: str
    group: str
    ports: tuple[str, ...]
    value: Figure
    gradient: Figure
    place: str = ""
    badge: Badge = Badge.NONE
    badge_text: str = ""
    is_current: bool = False
    fault: str = ""
    free_ports: frozenset[int] = field(default_factory=frozenset)
