"""The node registry as a person meets it: the sections of the palette, and the list that answers to typing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from miniflow.catalogue import datasets, node_classes
from miniflow.graph.records import DatasetPart, ValueRecord

GROUPS = ("Inputs", "Arithmetic", "Layers", "Activations", "Cost")
"""The groups in the order of a lesson; any other group comes after them."""

TYPED = {
    "+": ("plus", "sum"),
    "×": ("*", "·", "x", "times", "multiply", "product"),
    "−": ("-", "minus", "subtract", "difference"),
    "÷": ("/", "by", "divide"),
    "x²": ("²", "^2", "**2", "x^2", "x2"),
    "σ": ("sigma", "s", "logistic"),
    "L": ("loss", "cost", "error"),
    "XW": ("weighted", "neuron"),
    "W": ("weights", "bias", "b", "parameter"),
    "x": ("data", "y", "number"),
    "¶": ("text", "comment", "label"),
}
"""What people type for a symbol that is not on their keyboard, or say for what it stands for."""


@dataclass(frozen=True)
class Entry:
    """Something that can be placed: a node class, or an Input that is trained."""

    name: str
    type: str
    group: str
    symbol: str
    summary: str
    trainable: bool = False
    value: ValueRecord | None = None
    """What an Input is to hold, where that is known from the start."""

    @property
    def colour_group(self) -> str:
        """The group of the theme that its chip is coloured by."""
        return "Trainables" if self.trainable else self.group


NOTE = Entry("Note", "Note", "Other", "¶", "A text beside the nodes: a question, a hint, a heading.")
"""What is typed for a note, which is no node and stands in no palette."""


@cache
def entries() -> dict[str, Entry]:
    """Every entry by name, in the order of the palette."""
    found = [Entry(name, name, each.group, each.symbol, each.summary) for name, each in node_classes().items()]
    found.append(Entry("Trainable", "Input", "Inputs", "W", "A trained Input: a weight, a bias.", True))
    groups = (*GROUPS, *sorted({entry.group for entry in found} - set(GROUPS)))
    return {entry.name: entry for entry in sorted(found, key=lambda entry: groups.index(entry.group))}


@cache
def data_entries() -> tuple[Entry, ...]:
    """An Input for the features and for the target of every data set: ``boston features`` is typed and there."""
    summaries = {
        "features": "An Input with what is known of each example, a row each.",
        "target": "An Input with what is to be predicted, a row for each example.",
    }
    return tuple(
        Entry(f"{dataset.title}: {part}", "Input", "Inputs", "x", summary, value=DatasetPart(name, part))
        for name, dataset in datasets().items()
        for part, summary in summaries.items()
    )


def sections() -> dict[str, list[Entry]]:
    """The palette: its sections in order, each with its entries."""
    found: dict[str, list[Entry]] = {}
    for entry in entries().values():
        found.setdefault(entry.group, []).append(entry)
    return found


def search(
    query: str,
    fits: Callable[[Entry], bool] = lambda entry: True,
    spoken: Callable[[str], str] = lambda text: text,
) -> list[Entry]:
    """Return the entries that ``query`` may mean, the likeliest first; an empty query means every node there is.

    How the name of a node begins counts most, then how another word for it begins, then its symbol or what is typed
    for that, then how the name of a data set begins, then what the name contains, then the words of what it does; of
    several words each has to match. ``fits`` leaves out what cannot be used here. Names and summaries match as they
    are, and as ``spoken`` in the person's language.
    """
    wanted = query.casefold().split()
    known = [*entries().values(), *((*data_entries(), NOTE) if wanted else ())]
    ranked = [(max((_rank(entry, word, spoken) for word in wanted), default=0), entry) for entry in known]
    return [entry for rank, entry in sorted(ranked, key=lambda pair: pair[0]) if rank < _NO_MATCH and fits(entry)]


_NO_MATCH = 9


def _rank(entry: Entry, wanted: str, spoken: Callable[[str], str]) -> int:
    names = [name.casefold() for name in (entry.name, spoken(entry.name))]
    told = [entry.summary, entry.group, spoken(entry.summary), spoken(entry.group)]
    typed = () if entry.value is not None else (entry.symbol.casefold(), *TYPED.get(entry.symbol, ()))
    is_typed, begins = wanted in typed, any(name.startswith(wanted) for name in names)
    matches = (
        wanted in names,
        begins and is_typed,
        begins and entry.value is None,
        len(wanted) > 1 and any(word.startswith(wanted) for word in typed),
        is_typed,
        begins,
        any(wanted in name for name in names),
        any(word.startswith(wanted) for text in told for word in text.casefold().split()),
        not wanted.isascii() and any(wanted in text.casefold() for text in told),
    )
    return matches.index(True) if True in matches else _NO_MATCH
