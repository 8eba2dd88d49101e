"""Sentences of the library, joined in the person's language; and user text that must stay text."""

from __future__ import annotations

from html import escape

import numpy as np
from PySide6.QtCore import QCoreApplication

from gui.presentation.inline import inline
from miniflow.errors import Sentence, counted
from miniflow.explain.formulas import Formula

LONGEST_NAME = 40
BREAKS = " /\\"  # a text with one of these in it finds room on several lines
_CONTEXT = "Sentence"


def say(sentence: Sentence) -> str:
    """Return a sentence in the person's language, its numbers rounded as everywhere and its names cut where long."""
    template = QCoreApplication.translate(_CONTEXT, sentence.template)
    text = template.format(**{name: _written(value) for name, value in sentence.fields.items()})
    return text[:1].upper() + text[1:] if sentence.template.startswith("the ") else text


def nodes_and_wires(nodes: int, wires: int) -> tuple[str, str]:
    """Return how many there are, in words: 1 node, 2 wires."""
    return say(counted(nodes, "1 node", "{count} nodes")), say(counted(wires, "1 wire", "{count} wires"))


def spoken(words: str) -> str:
    """Return words of the library, a name or a line about a node, in the person's language."""
    return QCoreApplication.translate(_CONTEXT, words)


def _written(value: object) -> str:
    if isinstance(value, Sentence):
        return say(value)
    if isinstance(value, np.ndarray | np.floating | float):
        return inline(value)
    if isinstance(value, Formula):
        return value.text(inline)
    text = str(value)
    return text if any(mark in text for mark in BREAKS) else short(text)


def short(name: str) -> str:
    """Return a node's name, cut where it is too long for a panel."""
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def tool_tip(text: str) -> str:
    """Return ``text`` so that a tool tip shows it as it stands, whatever it looks like."""
    return f"<p style='white-space:pre-wrap; margin:0'>{escape(text)}</p>"
