"""The node registry as a person meets it: the sections of the palette, and the list that answers to typing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from miniflow.catalogue import node_classes

GROUPS = ("Inputs", "Arithmetic", "Layers", "Activations", "Cost")
"""The groups in the order of a lesson; any other group comes after them."""

TYPED = {
    "+": ("plus",),
    "×": ("*", "·", "x", "times"),
    "−": ("-", "minus"),
    "÷": ("/", "by"),
    "x²": ("^2", "**2", "x^2", "x2"),
    "σ": ("sigma", "s"),
}
"""What people type for a symbol that is not on their keyboard, or say for one that is."""


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

    A symbol or what is typed for it counts most, then how the name begins, then what it contains, then the words of
    what it does; of several words each has to match. ``fits`` leaves out what cannot be used here.
    """
    wanted = query.casefold().split()
    ranked = [(max((_rank(entry, word) for word in wanted), default=0), entry) for entry in entries().values()]
    return [entry for rank, entry in sorted(ranked, key=lambda pair: pair[0]) if rank < _NO_MATCH and fits(entry)]


_NO_MATCH = 9


def _rank(entry: Entry, wanted: str) -> int:
    name = entry.name.casefold()
    words = f"{entry.summary} {entry.group}".casefold().split()
    matches = (
        wanted in (name, entry.symbol.casefold(), *TYPED.get(entry.symbol, ())),
        name.startswith(wanted),
        wanted in name,
        any(word.startswith(wanted) for word in words),
    )
    return matches.index(True) if True in matches else _NO_MATCH
