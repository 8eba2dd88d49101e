"""How fast a training is to go."""

from __future__ import annotations

from enum import Enum


class Pace(Enum):
    """How fast a training goes."""

    FAST = "fast"
    """As fast as it goes, in slices between which the window has its turn."""
    SLOW = "slow"
    """About one epoch a second, so that a class can watch the numbers change."""
