"""NoteSizeGesture: dragging a note's right edge makes it wider or narrower; its height follows from its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF

from gui.canvas.gestures import Gesture
from miniflow.graph import annotating
from miniflow.graph.note_limits import LEAST_NOTE_WIDTH, MOST_NOTE_WIDTH
from miniflow.graph.records import replace
from miniflow.overriding import override

if TYPE_CHECKING:
    from gui.canvas.view import Canvas

translate = QCoreApplication.translate


class NoteSizeGesture(Gesture):
    """Changes the width of a note, as one step to undo."""

    def __init__(self, canvas: Canvas, place: QPointF, note: str) -> None:
        super().__init__(canvas, place)
        self._note = note
        self._before = self.workspace.document.notes[note]

    @override
    def drag(self, place: QPointF) -> None:
        wished = self._before.width + self.canvas.to_scene(place).x() - self.start.x()
        self._stretch(round(max(LEAST_NOTE_WIDTH, min(MOST_NOTE_WIDTH, wished)), 2))

    @override
    def drop(self, place: QPointF) -> None:
        self.drag(place)
        item = self.scene.notes.items.get(self._note)
        if item is not None:
            edits = annotating.change_note(self.workspace.document, replace(self._before, width=item.record.width))
            self.canvas.do(translate("Canvas", "Widen a note"), edits)

    @override
    def revert(self) -> None:
        self._stretch(self._before.width)

    def _stretch(self, width: float) -> None:
        item = self.scene.notes.items.get(self._note)
        if item is not None:
            item.stretch(width)
