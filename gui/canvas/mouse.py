"""Mouse: which gesture a press begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip

from gui.canvas.choosing import CutGesture, MarqueeGesture
from gui.canvas.context_menu import context_menu
from gui.canvas.gestures import Gesture, PanGesture
from gui.canvas.hits import NOTHING, Hit, Part, hit
from gui.canvas.moving import MoveGesture
from gui.canvas.note_sizing import NoteSizeGesture
from gui.canvas.placing import PlaceGesture
from gui.canvas.tips import tip
from gui.canvas.wire_grabbing import WireGrab
from gui.canvas.wiring import WireGesture
from gui.widgets.sentences import tool_tip

if TYPE_CHECKING:
    from gui.canvas.view import Canvas

_EXTENDS = Qt.KeyboardModifier.ShiftModifier
_CUTS = Qt.KeyboardModifier.ControlModifier


class Mouse(QObject):
    """Turns mouse events on the canvas into gestures."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._gesture: Gesture | None = None
        self._button = Qt.MouseButton.NoButton
        self.pans = False
        """Whether the left button pans, since the space bar is held."""
        self.has_panned = False
        self._cursor: Qt.CursorShape | None = None
        canvas.mirror.rebuilding.connect(self.cancel)

    @property
    def is_busy(self) -> bool:
        """Whether a gesture is being made."""
        return self._gesture is not None

    def press(self, event: QMouseEvent) -> None:
        """Begin the gesture that fits what is under the mouse."""
        if self._gesture is not None:
            self.cancel()
            return
        self._canvas.overlay.notice.hide()
        self._gesture = self._gesture_for(event)
        self._button = event.button()

    def move(self, event: QMouseEvent) -> None:
        """Follow the mouse, pressed or not."""
        armed = self._canvas.placing.armed
        if self._gesture is not None:
            self._gesture.modifiers = event.modifiers()
            self._gesture.move(event.position())
            self.has_panned |= isinstance(self._gesture, PanGesture)
        elif armed is not None:
            self._canvas.placing.follow(armed, event.position())
        else:
            self._hover(self._at(event.position()), event.position())

    def _hover(self, found: Hit, place: QPointF) -> None:
        """Show what a press here would do."""
        self._canvas.highlights.hover(found.wire)
        cursor = None if self.pans else self._cursor_over(found, place)
        if cursor != self._cursor:
            self._cursor = cursor
            if cursor is not None:
                self._canvas.viewport().setCursor(cursor)
            elif not self.pans:
                self._canvas.viewport().unsetCursor()

    def _cursor_over(self, found: Hit, place: QPointF) -> Qt.CursorShape | None:
        """The cursor over what can be widened, or clicked like a button; None over anything else."""
        if found.part is Part.NOTE_EDGE:
            return Qt.CursorShape.SizeHorCursor
        item = self._canvas.mirror.nodes.get(found.node) if found.node is not None else None
        is_button = item is not None and item.is_ready_badge_at(self._canvas.to_scene(place))
        return Qt.CursorShape.PointingHandCursor if is_button else None

    def leave(self) -> None:
        """The mouse is elsewhere."""
        self._canvas.highlights.hover(None)
        if self._gesture is None:
            self._canvas.placing.hide_ghost()

    def release(self, event: QMouseEvent) -> None:
        """End the gesture."""
        if self._gesture is not None and event.button() == self._button:
            gesture, self._gesture = self._gesture, None
            gesture.modifiers = event.modifiers()
            gesture.release(event.position())

    def double_click(self, event: QMouseEvent) -> None:
        """Open an Input's value, a node's name, a note's text, or the list to add a node."""
        found = self._at(event.position())
        opens = event.button() == Qt.MouseButton.LeftButton and not event.modifiers() & (_EXTENDS | _CUTS)
        if not opens or self._canvas.placing.armed or found.part is Part.PORT:
            self.press(event)
        elif found.note is not None:
            self._canvas.note_taking.edit(found.note)
        elif found.part is Part.EMPTY:
            self._canvas.adding.open_at(event.position())
        elif found.node is not None and self._canvas.workspace.document.nodes[found.node].type == "Input":
            self._canvas.editing.edit_value(found.node)
        elif found.part is Part.TITLE and found.node is not None:
            self._canvas.editing.edit_name(found.node)

    def ask_for_menu(self, event: QContextMenuEvent) -> None:
        """Open a menu where the mouse is, or, asked for by a key, where the selection is."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._open_menu_of_selection()
        else:
            self.open_menu(QPointF(event.pos()))

    def open_menu(self, place: QPointF) -> None:
        """Open the menu of what is under the mouse."""
        self._open(self._at(place), place)

    def _open_menu_of_selection(self) -> None:
        """Open the menu of what is selected, where that is; where nothing is, the menu of the canvas."""
        canvas, selection = self._canvas, self._canvas.workspace.selection
        found, room = NOTHING, canvas.navigator.visible()
        if selection.current is not None:
            found, room = Hit(Part.BODY, selection.current), canvas.mirror.nodes[selection.current].card_rect()
        elif selection.current_note is not None:
            sheet = canvas.mirror.notes.items[selection.current_note].sheet()
            found, room = Hit(Part.NOTE, note=selection.current_note), sheet
        elif selection.wires:
            key = selection.wires[-1][1:]
            found = Hit(Part.WIRE, wire=key)
            room = QRectF(canvas.mirror.wires[key].path().pointAtPercent(0.5), QSizeF())
        if found is not NOTHING:
            canvas.navigator.bring(room)
        self._open(found, canvas.to_viewport(room.center()))

    def show_tool_tip(self, event: QHelpEvent) -> None:
        """Tell the exact numbers of the card under the mouse, or what runs through a wire or a port."""
        text = tip(self._canvas.mirror, self._at(QPointF(event.pos())))
        QToolTip.showText(event.globalPos(), tool_tip(text) if text else "", self._canvas.viewport())

    def cancel(self) -> bool:
        """Call the gesture off; tell whether there was one."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.cancel()
        return gesture is not None

    def _open(self, found: Hit, place: QPointF) -> None:
        if not self.cancel():
            menu = context_menu(self._canvas, found, place)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self._canvas.viewport().mapToGlobal(place.toPoint()))

    def _at(self, place: QPointF) -> Hit:
        return hit(self._canvas.mirror, self._canvas.to_scene(place), self._canvas.navigator.scale)

    def _gesture_for(self, event: QMouseEvent) -> Gesture | None:
        place, canvas, left = event.position(), self._canvas, event.button() == Qt.MouseButton.LeftButton
        extends = bool(event.modifiers() & _EXTENDS)
        if event.button() == Qt.MouseButton.MiddleButton or (self.pans and left):
            return PanGesture(canvas, place)
        if left and canvas.placing.armed is not None:
            return PlaceGesture(canvas, place, canvas.placing.armed, extends)
        return self._gesture_on(self._at(place), place, extends, bool(event.modifiers() & _CUTS)) if left else None

    def _gesture_on(self, found: Hit, place: QPointF, extends: bool, cuts: bool) -> Gesture | None:
        if found.part is Part.PORT and found.node is not None and found.port is not None:
            return WireGesture(self._canvas, place, found.node, found.port)
        if found.node is not None:
            return MoveGesture(self._canvas, place, found, extends or cuts)
        if found.wire is not None and not cuts:
            return WireGrab(self._canvas, place, self._canvas.mirror.wires[found.wire], extends)
        if found.note is not None and not cuts:
            is_edge = found.part is Part.NOTE_EDGE and not extends
            sizing = NoteSizeGesture(self._canvas, place, found.note) if is_edge else None
            return sizing or MoveGesture(self._canvas, place, found, extends)
        return CutGesture(self._canvas, place) if cuts else MarqueeGesture(self._canvas, place, extends)
