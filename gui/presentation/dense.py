"""A dense layer as it is typed: ``dense 10 sig`` is a Linear with ten outputs, its own W and b, and a Sigmoid."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gui.presentation.catalogue import Entry, entries
from miniflow.graph.bounds import MAX_NUMBERS

NAME = "Dense layer"
SUMMARY = "A Linear with its W and b. Type, say, dense 10 sig."
_TYPED = re.compile(r"(?P<word>[a-z]+)(?:\s+layer)?(?:\s+(?P<units>[0-9]{1,7}))?(?:\s+(?P<behind>[a-z]+))?", re.ASCII)
_WORDS = ("dense", "layer")
_WITH_UNITS = ("linear",)
"""What means a layer only where its width follows: ``lin`` alone is a Linear without W and b."""


@dataclass(frozen=True)
class DenseEntry(Entry):
    """A layer of ``units`` outputs, with an activation behind it or without."""

    units: int = 1
    activation: str | None = None


def dense_entries(query: str) -> list[DenseEntry]:
    """Return the layers that a query may mean: one where it is empty or begins with ``dense``, or is ``linear 10``."""
    typed = _TYPED.fullmatch(query.strip().casefold())
    if not query.strip():
        return [_entry(1, None)]
    words = _WORDS if typed is None or typed["units"] is None else (*_WORDS, *_WITH_UNITS)
    if typed is None or len(typed["word"]) < 2 or not any(word.startswith(typed["word"]) for word in words):
        return []
    units = min(MAX_NUMBERS, max(1, int(typed["units"] or 1)))
    if typed["behind"] is None:
        return [_entry(units, None)]
    activations = [entry.name for entry in entries().values() if entry.group == "Activations"]
    return [_entry(units, name) for name in activations if name.casefold().startswith(typed["behind"])]


def _entry(units: int, activation: str | None) -> DenseEntry:
    name = NAME if units == 1 else f"{NAME} {units}"
    return DenseEntry(
        name if activation is None else f"{name} + {activation}",
        "Linear",
        "Layers",
        "▦",
        SUMMARY,
        units=units,
        activation=activation,
    )
