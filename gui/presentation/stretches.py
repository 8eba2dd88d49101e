"""How wide each stretch of a timeline is drawn: by its number of steps, but wide enough for its name."""

from __future__ import annotations

from collections.abc import Sequence


def stretch_widths(steps: Sequence[int], least: Sequence[float], room: float) -> list[float]:
    """Share ``room`` among stretches by their steps, none narrower than its ``least`` if there is room for all these.

    >>> stretch_widths([10, 10], [30, 30], 100)
    [50.0, 50.0]
    >>> stretch_widths([18, 2], [30, 40], 100)
    [60.0, 40.0]
    >>> stretch_widths([4, 1], [30, 30], 50)
    [40.0, 10.0]
    """
    if sum(least) > room:
        return [room * count / sum(steps) for count in steps]
    narrow: set[int] = set()
    while True:
        rest = room - sum(least[place] for place in narrow)
        total = sum(count for place, count in enumerate(steps) if place not in narrow)
        widths = [float(least[place]) if place in narrow else rest * count / total for place, count in enumerate(steps)]
        found = {place for place, width in enumerate(widths) if width < least[place] - 1e-9}
        if not found:
            return widths
        narrow |= found
