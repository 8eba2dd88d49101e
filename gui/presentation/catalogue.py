"""The node registry as a person meets it: the sections of the palette, and the list that answers to typing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from miniflow.catalogue import node_classes

GROUPS = ("Inputs", "Arithmetic", "Layers", "Activations", "Cost")
"""The groups in the order of a lesson; any other group comes after them."""

ALIASES = {"Mul": ("*", "·", "times"), "Sub": ("-", "minus"), "Sigmoid": ("s",), "Square": ("^2", "**2")}
"""What people type for a node besides its name and its symbol."""


@dataclass(frozen=True)
class Entry:
    """Something that can be placed: a node class, or an Input that is trained, a parameter."""

    name: str
    type: str
    group: str
    symbol: str
    summary: str
    trainable: bool = False

    @property
    def colour_group(self) -> str:
        """The group of the theme that its chip is coloured by."""
        return "Parameters" if self.trainable else self.group


@cache
def entries() -> dict[str, Entry]:
    """Every entry by name, in the order of the palette."""
    found = [Entry(name, name, each.group, each.symbol, each.summary) for name, each in node_classes().items()]
    found.append(Entry("Parameter", "Input", "Inputs", "W", "A value that training changes: a weight or a bias.", True))
    groups = (*GROUPS, *sorted({entry.group for entry in found} - set(GROUPS)))
    return {entry.name: entry for entry in sorted(found, key=lambda entry: groups.index(entry.group))}


def sections() -> dict[str, list[Entry]]:
    """The palette: its sections in order, each with its entries."""
    found: dict[str, list[Entry]] = {}
    for entry in entries().values():
        found.setdefault(entry.group, []).append(entry)
    return found


def search(query: str, fits: Callable[[Entry], bool] = lambda entry: True) -> list[Entry]:
    """Return the entries that ``query`` may mean, the likeliest first; an empty query means all of them.

    A symbol or another usual name counts most, then how the name begins, then what it contains, then the words of
    what it does. ``fits`` leaves out what cannot be used here.
    """
    wanted = query.strip().casefold()
    ranked = [(_rank(entry, wanted), entry) for entry in entries().values() if fits(entry)]
    return [entry for rank, entry in sorted(ranked, key=lambda pair: pair[0]) if rank < _NO_MATCH]


_NO_MATCH = 9


def _rank(entry: Entry, wanted: str) -> int:
    name = entry.name.casefold()
    matches = (
        not wanted,
        wanted in (name, entry.symbol.casefold(), *ALIASES.get(entry.name, ())),
        name.startswith(wanted),
        wanted in name,
        any(word.startswith(wanted) for word in entry.summary.casefold().split()),
    )
    return matches.index(True) if True in matches else _NO_MATCH
