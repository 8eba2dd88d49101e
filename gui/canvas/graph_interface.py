"""GraphInterface: the canvas as assistive technology meets it, with every node, wire and note as a child."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeVar

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleObject, QWindow

from gui.canvas.hits import hit
from gui.canvas.part_kinds import NodePart, NotePart, WirePart
from gui.canvas.parts import Key, Part, state_of, take_from_qt
from gui.canvas.spoken import Spoken
from gui.canvas.view import Canvas
from miniflow.overriding import override

PartT = TypeVar("PartT", bound=Part)


class GraphInterface(QAccessibleObject):
    """Lists the nodes, the wires and the notes, and last the viewport, which holds what lies on the canvas.

    Nothing is listed before somebody asks, and no part is made before somebody asks for it.
    """

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.canvas = canvas
        self.spoken = Spoken(canvas.workspace)
        self._parts: dict[Key, Part] = {}
        self._listed: list[Key] = []
        """Every child but the last; empty until somebody asks."""
        self._places: dict[Key, int] = {}

    def __del__(self) -> None:
        take_from_qt(self)

    # --- the parts ------------------------------------------------------------------------------------------------

    def part(self, kind: type[PartT], *names: Hashable) -> PartT:
        """Return the one interface of a part, known to Qt from now on."""
        part = self._parts.get((kind, names))
        if part is None:
            part = self._parts[kind, names] = kind(self, *names)
            QAccessible.registerAccessibleInterface(part)
        assert isinstance(part, kind)
        return part

    def forget(self) -> None:
        """Let go of the parts that are no longer there; the list is made anew when somebody asks."""
        self._listed, self._places = [], {}
        self._parts = {key: part for key, part in self._parts.items() if part.isValid()}

    def chosen(self) -> Part | None:
        """Return the one part that is selected; None where none is, or several are."""
        selection, document = self.canvas.workspace.selection, self.canvas.workspace.document
        parts: list[Part] = [self.part(NodePart, node) for node in selection.nodes[:2] if node in document.nodes]
        parts += [self.part(WirePart, consumer, port) for _, consumer, port in selection.wires[:2]]
        parts += [self.part(NotePart, note) for note in selection.notes[:2]]
        return parts[0] if len(parts) == 1 and parts[0].isValid() else None

    def on_screen(self, area: QRectF) -> QRect:
        """Return where a part of the scene is on the screen."""
        place = self.canvas.viewportTransform().mapRect(area).toAlignedRect()
        return place.translated(self.canvas.viewport().mapToGlobal(QPoint(0, 0)))

    def is_in_sight(self, area: QRectF) -> bool:
        """Tell whether any of a part of the scene is in sight."""
        return self.canvas.navigator.visible().intersects(area)

    # --- what Qt asks ---------------------------------------------------------------------------------------------

    @override
    def window(self) -> QWindow:
        return self.canvas.window().windowHandle() if self.isValid() else None  # type: ignore[return-value]

    @override
    def parent(self) -> QAccessibleInterface:
        parent = self.canvas.parentWidget() if self.isValid() else None
        return QAccessible.queryAccessibleInterface(parent) if parent else None  # type: ignore[return-value]

    @override
    def childCount(self) -> int:
        return len(self._keys()) + 1 if self.isValid() else 0

    @override
    def child(self, index: int) -> QAccessibleInterface:
        if not self.isValid():
            return None  # type: ignore[return-value]
        keys = self._keys()
        if 0 <= index < len(keys):
            kind, names = keys[index]
            return self.part(kind, *names)
        is_last = index == len(keys)
        viewport = self.canvas.viewport()
        return QAccessible.queryAccessibleInterface(viewport) if is_last else None  # type: ignore[return-value]

    @override
    def indexOfChild(self, arg__1: QAccessibleInterface) -> int:
        if not self.isValid():
            return -1
        if isinstance(arg__1, Part):
            self._keys()
            return self._places.get(arg__1.key, -1)
        return len(self._keys()) if arg__1.object() is self.canvas.viewport() else -1

    @override
    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        if not self.isValid() or not self.rect().contains(x, y):
            return None  # type: ignore[return-value]
        viewport = self.canvas.viewport()
        place = viewport.mapFromGlobal(QPoint(x, y))
        found = hit(self.canvas.mirror, self.canvas.to_scene(QPointF(place)), self.canvas.navigator.scale)
        if viewport.childAt(place) is None:
            if found.node is not None:
                return self.part(NodePart, found.node)
            if found.wire is not None:
                return self.part(WirePart, *found.wire)
            if found.note is not None:
                return self.part(NotePart, found.note)
        return QAccessible.queryAccessibleInterface(viewport)

    @override
    def focusChild(self) -> QAccessibleInterface:
        return self.chosen() if self.isValid() else None  # type: ignore[return-value]

    @override
    def role(self) -> QAccessible.Role:
        return QAccessible.Role.List

    @override
    def rect(self) -> QRect:
        return QRect(self.canvas.mapToGlobal(QPoint(0, 0)), self.canvas.size()) if self.isValid() else QRect()

    @override
    def state(self) -> QAccessible.State:
        state = state_of(self)
        if state.invalid:
            return state
        state.multiSelectable = True
        state.focused = self.canvas.hasFocus()
        state.disabled = not self.canvas.isEnabled()
        state.invisible = not self.canvas.isVisible()
        return state

    @override
    def text(self, t: QAccessible.Text) -> str:
        if not self.isValid():
            return ""
        if t == QAccessible.Text.Name:
            return self.canvas.accessibleName()
        return self.spoken.selection() if t == QAccessible.Text.Description else ""

    def _keys(self) -> list[Key]:
        """Return every child but the last."""
        if not self._listed:
            document = self.canvas.workspace.document
            self._listed = [(NodePart, (node,)) for node in document.nodes]
            for consumer, record in document.nodes.items():
                wired = (port for port, source in enumerate(record.inputs) if source is not None)
                self._listed += [(WirePart, (consumer, port)) for port in wired]
            self._listed += [(NotePart, (note,)) for note in document.notes]
            self._places = {key: place for place, key in enumerate(self._listed)}
        return self._listed


def make_graph_interface(name: str, thing: QObject) -> QAccessibleInterface | None:
    """Give Qt the interface of a canvas; None for anything else, which Qt knows itself."""
    if name != Canvas.__name__ or not isinstance(thing, Canvas):
        return None
    thing.interface = GraphInterface(thing)
    return thing.interface
