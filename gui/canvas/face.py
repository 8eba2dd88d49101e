"""What a card shows, as plain data: painting reads this and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from gui.canvas.figure import Figure


class Badge(Enum):
    """What the right end of a card's header tells beside the type."""

    NONE = "none"
    WAITS = "waits"
    READY = "ready"
    STALE = "stale"
    UPDATED = "updated"
    WRONG = "wrong"


@dataclass(frozen=True, eq=False)
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

    @cached_property
    def lasting(self) -> tuple[object, ...]:
        """What does not change with the numbers: cards of one size that have it alike differ in nothing else."""
        header = (self.title, self.kind, self.symbol, self.group, self.place, self.badge.value, self.badge_text)
        return (*header, self.ports, self.free_ports, self.value.common, self.gradient.common)
