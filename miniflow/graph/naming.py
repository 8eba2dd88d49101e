"""Free names for what is added: the wished one, or the same with the next free number."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import count

from miniflow.graph.bounds import MAX_NAME_LENGTH


def fresh_id(taken: Collection[str], wish: str) -> str:
    """Return ``wish`` where it is free, else the same with the next free number: l1, l2; W, W2."""
    return next(name for name in _numbered(wish) if name not in taken)


def free_names(taken: Iterable[str], wishes: Iterable[str]) -> dict[str, str]:
    """Return a free name for each of ``wishes``, no two the same."""
    names: dict[str, str] = {}
    occupied = set(taken)
    for wish in wishes:
        names[wish] = fresh_id(occupied, wish)
        occupied.add(names[wish])
    return names


def _numbered(wish: str) -> Iterator[str]:
    yield wish
    found = re.fullmatch(r"(.*?)([1-9][0-9]{0,8})?", wish, re.DOTALL)
    stem, digits = found.groups() if found else (wish, None)
    for number in count(int(digits) + 1 if digits else 2):
        yield f"{stem[: MAX_NAME_LENGTH - len(str(number))]}{number}"
