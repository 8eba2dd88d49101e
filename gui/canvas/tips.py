"""Tips: what hovering tells. The exact numbers of a card, the name and shape of a port, what a wire carries."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication

from gui.canvas.face import Badge
from gui.canvas.hits import OUT, Hit, Part
from gui.canvas.ports import ports_of
from gui.canvas.scene import CanvasScene
from gui.presentation import numbers
from gui.widgets.note_words import note_name
from gui.widgets.sentences import say

translate = QCoreApplication.translate
_MOST_NUMBERS = 64
_WIDEST_ROW = 130
"""Matrices with longer rows, in characters, are told by their least and largest number."""
_NEVER_BROKEN = "\u00a0"


def tip(scene: CanvasScene, found: Hit) -> str:
    """Return what to tell of what is under the mouse; empty where there is nothing to tell."""
    if found.part is Part.PORT and found.node is not None and found.port is not None:
        return _of_port(scene, found.node, found.port)
    if found.node is not None and scene.nodes[found.node].face().badge is Badge.READY:
        hint = translate("Canvas", "Ready: click its badge, or press K, to let it go next.")
        return f"{_of_node(scene, found.node)}\n{hint}"
    if found.node is not None:
        return _of_node(scene, found.node)
    if found.wire is not None and found.wire in scene.wires:
        wire = scene.wires[found.wire]
        return _with_shape(scene, f"{wire.source} → {wire.consumer}", wire.source)
    if found.note is not None:
        return note_name(scene.workspace.document.notes[found.note])
    return ""


def _of_port(scene: CanvasScene, node: str, port: int | str) -> str:
    if port == OUT:
        return _with_shape(scene, translate("Canvas", "Output of {0}").format(node), node)
    inputs, index = scene.workspace.document.nodes[node].inputs, int(port)
    source = inputs[index] if index < len(inputs) else None
    name = ports_of(scene.workspace.document.nodes[node])[index]
    if source is None:
        return _without_shape(translate("Canvas", "Input {0} of {1}: free").format(name, node))
    text = translate("Canvas", "Input {0} of {1}, from {2}").format(name, node, source)
    return _with_shape(scene, text, source)


def _with_shape(scene: CanvasScene, text: str, node: str) -> str:
    shape = scene.workspace.readings.shape(node)
    return _without_shape(text) if shape is None else f"{text}\n{numbers.shape(shape)}"


def _without_shape(text: str) -> str:
    return f"{text}\n{translate('Canvas', 'no shape yet')}"


def _of_node(scene: CanvasScene, node: str) -> str:
    reading = scene.workspace.readings.of(node)
    fault = scene.workspace.structure.misfits.get(node)
    record = scene.workspace.document.nodes[node]
    name = translate("Card", "{0}, a trainable Input").format(node) if record.trainable else node
    parts = [name] if fault is None else [name, say(fault)]
    is_input = record.type == "Input"
    for label, array, stale in (
        (translate("Card", "value"), reading.value, reading.stale and not is_input),
        (translate("Card", "gradient"), reading.gradient, reading.stale),
    ):
        is_old = stale and array is not None
        parts.append(_exactly(translate("Card", "{0} (stale)").format(label) if is_old else label, array))
    if reading.before_update is not None:
        parts.insert(-1, _exactly(translate("Card", "before the update"), reading.before_update))
    return "\n".join(parts)


def _exactly(label: str, array: Any) -> str:
    if array is None:
        return f"{label}: —"
    if np.ndim(array) == 0:
        return f"{label}: {numbers.exact(array)}"
    shape = numbers.shape(np.shape(array))
    if np.size(array) <= _MOST_NUMBERS:
        rows = _rows(array)
        if np.ndim(array) == 1 or max(map(len, rows)) <= _WIDEST_ROW:
            return "\n".join((f"{label} {shape}", *rows))
    return f"{label} {shape}: {numbers.exact(np.min(array))} … {numbers.exact(np.max(array))}"


def _rows(array: Any) -> list[str]:
    """The exact numbers; a row of a matrix is never broken into several lines, a list may be."""
    between = " " * 3 if np.ndim(array) == 1 else _NEVER_BROKEN * 3
    return [row.replace("\t", between) for row in numbers.copyable(array).splitlines()]
