"""Where the nodes go when a person asks for it: data from left to right, the main line straight, no wire across a card.

``arrange`` is the front door. Its steps, each a pure function in a file of its own: ``layers`` puts the nodes in
columns, ``ordering`` says which stands above which, ``straighten`` how high, ``placing`` how far to the right.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from gui.presentation.layout.cards import Arrangement, Card, Wire
from gui.presentation.layout.clearing import clear_shift
from gui.presentation.layout.layers import Link
from gui.presentation.layout.packing import centre_shift, connected, packed
from gui.presentation.layout.placing import Part, placed
from gui.presentation.wires import Point

__all__ = ["Arrangement", "Card", "Wire", "arrange"]


def arrange(
    ids: Sequence[str],
    wires: Collection[Wire],
    cards: Mapping[str, Card],
    parameters: Collection[str] = (),
    only: Collection[str] | None = None,
    positions: Mapping[str, Point] | None = None,
) -> Arrangement:
    """Return where every node goes, and the way points of long wires; the same for the same graph on every machine.

    Args:
        ids: the nodes in the order of the document.
        wires: each as source, consumer and port; cycles are survived.
        cards: the size of every node and where its ports are.
        parameters: the trainable Inputs: the main line starts from data where it can.
        only: arrange these alone, about the middle of where they stand in ``positions``, and clear of all others.
        positions: where the nodes are now; needed with ``only``.
    """
    chosen = [node for node in ids if only is None or node in only]
    links = _links(chosen, wires)
    sizes = [cards[node] for node in chosen]
    quiet = [node in parameters for node in chosen]
    groups = connected(len(chosen), links)
    whole = packed(sizes, groups, [_placed(group, sizes, links, quiet) for group in groups])
    across, down = 0.0, 0.0
    if only is not None and positions is not None:
        across, down = centre_shift(sizes, [positions[node] for node in chosen], whole.corners)
        group = [_box(size, (x + across, y + down)) for size, (x, y) in zip(sizes, whole.corners, strict=True)]
        by_x, by_y = clear_shift(group, [_box(cards[node], positions[node]) for node in ids if node not in only])
        across, down = across + by_x, down + by_y
    return Arrangement(
        {node: (x + across, y + down) for node, (x, y) in zip(chosen, whole.corners, strict=True)},
        {
            (chosen[source], chosen[consumer], port): tuple((x + across, y + down) for x, y in points)
            for (source, consumer, port), points in whole.way_points.items()
        },
    )


def _box(card: Card, corner: Point) -> tuple[float, float, float, float]:
    return corner[0], corner[1], corner[0] + card.width, corner[1] + card.height


def _links(chosen: Sequence[str], wires: Collection[Wire]) -> list[Link]:
    number = {node: index for index, node in enumerate(chosen)}
    links = {
        (number[source], number[consumer], port)
        for source, consumer, port in wires
        if source in number and consumer in number
    }
    return sorted(links, key=lambda link: (link[1], link[2], link[0]))


def _placed(group: Sequence[int], sizes: Sequence[Card], links: Sequence[Link], quiet: Sequence[bool]) -> Part:
    local = {node: index for index, node in enumerate(group)}
    own = [(local[source], local[consumer], port) for source, consumer, port in links if source in local]
    return placed([sizes[node] for node in group], own, [quiet[node] for node in group])
