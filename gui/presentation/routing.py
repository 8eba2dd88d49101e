"""A way for one wire around the cards that stand where they stand: for drawings that nobody has just arranged.

The layout gives the wires it arranges their way points itself. This serves every other wire, in a file that was
opened or after a card was moved: where the direct curve would run across a card, it passes above or below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gui.presentation.leading_back import way_back
from gui.presentation.wires import Box, Point, entered, wire_path

MARGIN = 10.0
_SIDE = 4.0


@dataclass(frozen=True, slots=True)
class _Band:
    """A stretch from left to right that has cards in it, and the levels at which a wire can pass, from top down."""

    left: float
    right: float
    openings: tuple[tuple[float, float], ...]

    def levels(self, *wanted: float) -> set[float]:
        """Return, for each opening and each level wanted, the nearest level in it."""
        return {max(top, min(bottom, level)) for level in wanted for top, bottom in self.openings}


def way_around(start: Point, end: Point, cards: Iterable[Box]) -> tuple[Point, ...]:
    """Return way points from an out port to an in port past all ``cards``, none where the direct curve is free.

    A wire whose port a card covers is left as it is.
    """
    if end[0] <= start[0]:
        return way_back(start, end, cards)
    others = [card for card in cards if card[0] < end[0] and card[2] > start[0]]
    in_the_way: list[Box] = []
    way: tuple[Point, ...] = ()
    while True:
        path = wire_path(start, end, way)
        met = [card for card in entered(path, others) if card not in in_the_way]
        if not met:
            break
        in_the_way += met
        way = _past(start, end, in_the_way)
    return way


def _past(start: Point, end: Point, cards: Sequence[Box]) -> tuple[Point, ...]:
    bands = _bands(start, end, cards)
    points = [start]
    for band, level in zip(bands, _shortest(start, end, bands), strict=True):
        points += [(band.left, level), (band.right, level)]
    return tuple(_corners([*points, end]))


def _bands(start: Point, end: Point, cards: Sequence[Box]) -> list[_Band]:
    """Return the stretches between two ports that have cards in them; cards that overlap sideways share one."""
    stretches: list[tuple[float, float, list[Box]]] = []
    for card in sorted(cards):
        left, right = max(start[0], card[0] - _SIDE), min(end[0], card[2] + _SIDE)
        if stretches and left < stretches[-1][1]:
            first, furthest, members = stretches[-1]
            stretches[-1] = (first, max(furthest, right), [*members, card])
        else:
            stretches.append((left, right, [card]))
    return [_Band(left, right, _openings(members)) for left, right, members in stretches]


def _openings(cards: Sequence[Box]) -> tuple[tuple[float, float], ...]:
    openings = []
    top = float("-inf")
    for _, upper, _, lower in sorted(cards, key=lambda card: card[1]):
        if upper - MARGIN >= top:
            openings.append((top, upper - MARGIN))
        top = max(top, lower + MARGIN)
    return (*openings, (top, float("inf")))


def _shortest(start: Point, end: Point, bands: Sequence[_Band]) -> list[float]:
    """Return a level for each band so that the wire climbs least in all; of equal ways the higher."""
    ways: dict[float, tuple[float, tuple[float, ...]]] = {start[1]: (0.0, ())}
    for band in bands:
        reached: dict[float, tuple[float, tuple[float, ...]]] = {}
        for level, (climbed, way) in ways.items():
            for here in _choices(band, level, start, end):
                found = (climbed + abs(here - level), (*way, here))
                if here not in reached or found < reached[here]:
                    reached[here] = found
        ways = reached
    return list(min((climbed + abs(end[1] - level), way) for level, (climbed, way) in ways.items())[1])


def _choices(band: _Band, level: float, start: Point, end: Point) -> set[float]:
    """Return the levels to try in a band; in one that a port stands beside, the port's own if it is open."""
    choices = band.levels(level, end[1])
    for beside, port in ((band.left <= start[0], start[1]), (band.right >= end[0], end[1])):
        if beside and port in choices:
            choices = {port}
    return choices


def _corners(points: Sequence[Point]) -> list[Point]:
    """Leave out the ends, and what stands between two points of its own level."""
    kept = []
    for before, point, after in zip(points, points[1:], points[2:], strict=False):
        if not before[1] == point[1] == after[1]:
            kept.append(point)
    return kept
