"""What a note may hold: the one place that says which texts, places, widths and colours can be kept in a file."""

from __future__ import annotations

from miniflow.errors import Sentence
from miniflow.graph.limits import first_hidden, name_fault, position_fault
from miniflow.graph.records import NOTE_COLOURS, NoteRecord

MAX_NOTES = 1_000
MAX_NOTE_LENGTH = 4_000
LEAST_NOTE_WIDTH, MOST_NOTE_WIDTH = 80, 4_000


def note_fault(note: NoteRecord) -> tuple[str, Sentence] | None:
    """Say which part of a note cannot be kept, and why; None where all of it can."""
    faults = {
        "id": name_fault(note.id) if note.id else Sentence("A note needs an id: write at least one character."),
        "text": text_fault(note.text),
        "position": position_fault(note.position),
        "width": _width_fault(note.width),
        "colour": _colour_fault(note.colour),
    }
    return next(((part, fault) for part, fault in faults.items() if fault is not None), None)


def text_fault(text: str) -> Sentence | None:
    """Say why ``text`` cannot be a note's, or None if it can."""
    if not text.strip():
        return Sentence("A note without a text says nothing: write something, or take the note away.")
    if len(text) > MAX_NOTE_LENGTH:
        return Sentence(
            "The note has {came} characters: {limit} are the most. Make it shorter, or make two of it.",
            {"came": len(text), "limit": MAX_NOTE_LENGTH},
        )
    hidden = first_hidden(text, besides="\n\t")
    if hidden is not None:
        return Sentence("The note has a character {came} that cannot be shown: take it out.", {"came": ascii(hidden)})
    return None


def _width_fault(width: float) -> Sentence | None:
    if type(width) in (int, float) and LEAST_NOTE_WIDTH <= width <= MOST_NOTE_WIDTH:
        return None
    return Sentence(
        "A note is from {least} to {most} wide, which {came} is not.",
        {"least": LEAST_NOTE_WIDTH, "most": MOST_NOTE_WIDTH, "came": repr(width)[:40]},
    )


def _colour_fault(colour: str) -> Sentence | None:
    if colour in NOTE_COLOURS:
        return None
    return Sentence(
        "A note has one of the colours {colours}, which {came} is not.",
        {"colours": ", ".join(NOTE_COLOURS), "came": repr(colour)[:40]},
    )
