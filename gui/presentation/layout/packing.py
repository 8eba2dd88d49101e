"""The connected parts of a graph, taken apart and put below one another; nodes without wires share rows at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gui.presentation.layout.cards import Card
from gui.presentation.layout.layers import Link
from gui.presentation.layout.placing import Part
from gui.presentation.wires import Point

PART_GAP = 80.0
LONE_GAP = 32.0
LEAST_ROW = 900.0


def connected(nodes: int, links: Sequence[Link]) -> list[list[int]]:
    """Return the nodes of each connected part, in order; parts in the order of their first nodes."""
    near: list[list[int]] = [[] for _ in range(nodes)]
    for source, consumer, _ in links:
        near[source].append(consumer)
        near[consumer].append(source)
    met = [False] * nodes
    groups = []
    for root in range(nodes):
        if met[root]:
            continue
        met[root] = True
        group, waiting = [], [root]
        while waiting:
            node = waiting.pop()
            group.append(node)
            for other in near[node]:
                if not met[other]:
                    met[other] = True
                    waiting.append(other)
        groups.append(sorted(group))
    return groups


def packed(cards: Sequence[Card], groups: Sequence[Sequence[int]], parts: Sequence[Part]) -> Part:
    """Return all parts as one, from (0, 0) downwards, left edges aligned."""
    corners: dict[int, Point] = {}
    whole = Part([])
    top = widest = 0.0
    for group, part in zip(groups, parts, strict=True):
        if len(group) == 1 and not part.way_points:
            continue
        left, upper, right, lower = _bounds([cards[node] for node in group], part)
        for node, (x, y) in zip(group, part.corners, strict=True):
            corners[node] = (x - left, y - upper + top)
        for (source, consumer, port), points in part.way_points.items():
            moved = [(x - left, y - upper + top) for x, y in points]
            whole.way_points[group[source], group[consumer], port] = moved
        top += lower - upper + PART_GAP
        widest = max(widest, right - left)
    lone = [group[0] for group in groups if group[0] not in corners]
    corners.update(_rows(cards, lone, top, max(widest, LEAST_ROW)))
    whole.corners.extend(corners[node] for node in range(len(cards)))
    return whole


def centre_shift(cards: Sequence[Card], before: Sequence[Point], after: Sequence[Point]) -> Point:
    """Return how far to move cards that stand at ``after`` so that their middle is where it was at ``before``."""
    if not cards:
        return 0.0, 0.0
    old, new = _bounds(cards, Part(list(before))), _bounds(cards, Part(list(after)))
    x, y = (old[0] + old[2] - new[0] - new[2]) / 2.0, (old[1] + old[3] - new[1] - new[3]) / 2.0
    return float(round(x)), float(round(y))


def _bounds(cards: Sequence[Card], part: Part) -> tuple[float, float, float, float]:
    xs = [x for points in part.way_points.values() for x, _ in points]
    ys = [y for points in part.way_points.values() for _, y in points]
    for card, (x, y) in zip(cards, part.corners, strict=True):
        xs += [x, x + card.width]
        ys += [y, y + card.height]
    return min(xs), min(ys), max(xs), max(ys)


def _rows(cards: Sequence[Card], nodes: Sequence[int], top: float, width: float) -> Mapping[int, Point]:
    corners = {}
    left = tallest = 0.0
    for node in nodes:
        card = cards[node]
        if left > 0 and left + card.width > width:
            top += tallest + LONE_GAP
            left = tallest = 0.0
        corners[node] = (left, top)
        left += card.width + LONE_GAP
        tallest = max(tallest, card.height)
    return corners
