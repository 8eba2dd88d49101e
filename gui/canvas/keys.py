"""Keys: what the keyboard does on the canvas, beside the shortcuts of the menus."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent

from gui.canvas.background import SPACING
from gui.canvas.walking import Walking
from miniflow.errors import MiniFlowError
from miniflow.graph import annotating, composing

if TYPE_CHECKING:
    from gui.canvas.view import Canvas

_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}
_NUDGE, _FINE_NUDGE = 12.0, 1.0


class Keys(QObject):
    """Turns keys on the canvas into what they mean there; answers whether a key meant something."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._workspace = canvas.workspace
        self._walking = Walking(canvas)

    def wants(self, event: QKeyEvent) -> bool:
        """Tell whether the canvas itself takes a key that is also somebody's shortcut: the space bar pans when held."""
        return event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means."""
        key = Qt.Key(event.key())
        if key in _ARROWS and event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            return self._press_arrow(_ARROWS[key], event.modifiers())
        if key == Qt.Key.Key_Space:
            return self._hold_space(event)
        action = {
            Qt.Key.Key_Escape: self._escape,
            Qt.Key.Key_Tab: self._add,
            Qt.Key.Key_Return: self._edit_value,
            Qt.Key.Key_Enter: self._edit_value,
            Qt.Key.Key_F2: self._edit_name,
        }.get(key)
        return action() if action is not None else False

    def release(self, event: QKeyEvent) -> bool:
        """A space bar that was only tapped plays, or pauses."""
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat() or not self._canvas.mouse.pans:
            return False
        mouse = self._canvas.mouse
        mouse.pans = False
        self._canvas.viewport().unsetCursor()
        if not mouse.has_panned:
            self._toggle_play()
        return True

    def _hold_space(self, event: QKeyEvent) -> bool:
        if not event.isAutoRepeat():
            self._canvas.mouse.pans, self._canvas.mouse.has_panned = True, False
            self._canvas.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        return True

    def _toggle_play(self) -> None:
        stepping = self._workspace.stepping
        try:
            if stepping.playing:
                stepping.pause()
            else:
                stepping.play()
        except MiniFlowError as error:
            self._workspace.tell(error.sentence)

    def _escape(self) -> bool:
        """Give up what is begun; else what is selected; else, with nothing left to give up, the presentation."""
        has_notice = self._canvas.overlay.notice.isVisible()
        self._canvas.overlay.notice.hide()
        if self._canvas.mouse.cancel() or self._canvas.placing.disarm() or has_notice or self._close_editor():
            return True
        selection = self._workspace.selection
        if not (selection.nodes or selection.wires or selection.notes):
            return False
        selection.select()
        return True

    def _close_editor(self) -> bool:
        """Give up a text that waits, as it cannot be kept, in an editor that the keyboard has left."""
        was_open = self._canvas.editing.is_open
        self._canvas.editing.close()
        return was_open

    def _add(self) -> bool:
        self._canvas.adding.open_in_sight()
        return True

    def _edit_value(self) -> bool:
        current = self._workspace.selection.current
        if current is not None:
            self._canvas.editing.edit_value(current)
        return current is not None or self._edit_note()

    def _edit_name(self) -> bool:
        current = self._workspace.selection.current
        if current is not None:
            self._canvas.editing.edit_name(current)
        return current is not None or self._edit_note()

    def _edit_note(self) -> bool:
        note = self._workspace.selection.current_note
        if note is not None:
            self._canvas.note_taking.edit(note)
        return note is not None

    def _press_arrow(self, direction: QPointF, modifiers: Qt.KeyboardModifier) -> bool:
        if modifiers & Qt.KeyboardModifier.AltModifier:
            self._walking.go(direction)
        else:
            fine = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
            self._nudge(direction * (_FINE_NUDGE if fine else _NUDGE))
        return True

    def _nudge(self, delta: QPointF) -> None:
        items = self._canvas.mirror.nodes
        chosen = [node for node in self._workspace.selection.nodes if node in items]
        if chosen and self._workspace.snapping.to_grid and delta.manhattanLength() > _FINE_NUDGE:
            delta = _to_the_next_point(items[chosen[-1]].pos(), delta)
        places = {node: (items[node].x() + delta.x(), items[node].y() + delta.y()) for node in chosen}
        notes = self._canvas.mirror.notes.items
        sheets = {note: notes[note] for note in self._workspace.selection.notes if note in notes}
        note_places = {note: (sheet.x() + delta.x(), sheet.y() + delta.y()) for note, sheet in sheets.items()}
        document = self._workspace.document
        edits = (*composing.move(document, places), *annotating.move_notes(document, note_places))
        if edits:
            self._workspace.do(self.tr("Move"), *edits)


def _to_the_next_point(place: QPointF, delta: QPointF) -> QPointF:
    """Return how far it is from a place to the next line of the grid, the way that ``delta`` points."""
    step = [_to_the_next_line(at, by) if by else 0.0 for at, by in ((place.x(), delta.x()), (place.y(), delta.y()))]
    return QPointF(*step)


def _to_the_next_line(at: float, by: float) -> float:
    steps = math.floor(at / SPACING) + 1 if by > 0 else math.ceil(at / SPACING) - 1
    return steps * SPACING - at
