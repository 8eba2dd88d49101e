"""Notes in words: the names of their colours, and what a note is called by assistive technology."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from miniflow.graph.records import NoteRecord

translate = QCoreApplication.translate
_MOST_CHARACTERS = 200


def colour_name(colour: str) -> str:
    """Return the name of a colour in the person's language."""
    names = {
        "yellow": translate("Note", "Yellow"),
        "green": translate("Note", "Green"),
        "blue": translate("Note", "Blue"),
        "pink": translate("Note", "Pink"),
        "grey": translate("Note", "Grey"),
    }
    return names[colour]


def note_name(note: NoteRecord) -> str:
    """Return what a note is called: that it is one, its colour and how its text begins."""
    words = " ".join(note.text.split())
    beginning = words if len(words) <= _MOST_CHARACTERS else words[:_MOST_CHARACTERS] + "…"
    return translate("Note", "Note, {0}: {1}").format(colour_name(note.colour).lower(), beginning)
