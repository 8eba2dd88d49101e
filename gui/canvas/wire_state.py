"""What a wire shows beside its line: what runs through it, its shape, and what is special about it at the moment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache


class Flow(Enum):
    """What runs through a wire in the step just made."""

    NONE = ("meaning.wire", 0)
    ORDER = ("meaning.current", 1)
    FORWARD = ("meaning.value", 1)
    BACKWARD = ("meaning.gradient", -1)

    @property
    def colour(self) -> str:
        """The key of its colour."""
        return self.value[0]

    @property
    def direction(self) -> int:
        """1 from the source to the consumer, -1 the other way, 0 where nothing runs."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class WireState:
    """What a wire shows beside its line."""

    flow: Flow = Flow.NONE
    label: str = ""
    is_faulty: bool = False
    is_on_path: bool = False
    """A part of the selected node's gradient comes back through it."""
    is_on_cycle: bool = False
    """It is one of the wires of a cycle that holds Kahn's algorithm up."""
    is_selected: bool = False
    is_hovered: bool = False
    is_dimmed: bool = False


AT_REST = WireState()


@lru_cache(maxsize=1024)
def at_rest(label: str, is_faulty: bool) -> WireState:
    """Return the state of a wire about which nothing is special but, perhaps, that it does not fit."""
    return WireState(label=label, is_faulty=is_faulty)
