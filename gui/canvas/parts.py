"""Part: what every node, port, wire and note on the canvas has in common, as assistive technology meets it.

Measured with PySide6 6.11, under AT-SPI and by itself:

- Qt keeps every interface that it was handed until it is told otherwise, and Python frees it all the same, after which
  the next question ends the process. So whatever Python is about to free is first taken from Qt, in ``__del__``: that
  held for 20,000 interfaces, half of them in reference cycles.
- ``interface_cast`` may return a wrapper or ``VoidPtr(0)``; None, 0 and an address end the process.
- No exception may leave a method that Qt calls: whatever is no longer there answers with nothing.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any, TypeAlias

import shiboken6
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface, QWindow

from miniflow.overriding import override

if TYPE_CHECKING:
    from gui.canvas.graph_interface import GraphInterface

Key: TypeAlias = "tuple[type[Part], tuple[Hashable, ...]]"
"""What kind of part it is, and the names that tell it from its like."""


def take_from_qt(interface: QAccessibleInterface) -> None:
    """Have Qt forget an interface that Python is about to free."""
    if shiboken6.isValid(interface):
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(interface))


def state_of(interface: QAccessibleInterface) -> QAccessible.State:
    """Return what is true of every interface: it can have the keyboard while it is there, and is invalid afterwards."""
    state = QAccessible.State()
    state.invalid = not interface.isValid()
    state.focusable = interface.isValid()
    return state


class _Choose(QAccessibleActionInterface):
    """Selects a part, as a click on it does."""

    def __init__(self, part: Part) -> None:
        super().__init__()
        self._part = part

    @override
    def actionNames(self) -> list[str]:
        return [self.setFocusAction(), self.pressAction()]

    @override
    def doAction(self, actionName: str) -> None:
        if actionName in self.actionNames() and self._part.isValid():
            self._part.choose()

    @override
    def keyBindingsForAction(self, actionName: str) -> list[str]:
        return []


class Part(QAccessibleInterface):
    """A part of the graph. Of each there is one interface, made when somebody asks for it."""

    kind = QAccessible.Role.ListItem

    def __init__(self, graph: GraphInterface, *names: Hashable) -> None:
        super().__init__()
        self.key: Key = (type(self), names)
        self._graph = graph
        self._canvas = graph.canvas
        self._selection = graph.canvas.workspace.selection
        self._choose = _Choose(self)

    def __del__(self) -> None:
        take_from_qt(self)

    # --- what each kind of part says for itself -------------------------------------------------------------------

    def is_there(self) -> bool:
        """Tell whether the document has it, and the canvas shows it."""
        raise NotImplementedError

    def is_selected(self) -> bool:
        """Tell whether it is selected."""
        raise NotImplementedError

    def area(self) -> QRectF:
        """Return where it is, in the scene."""
        raise NotImplementedError

    def words(self, kind: QAccessible.Text) -> str:
        """Return its name, its description or its value."""
        raise NotImplementedError

    def choose(self) -> None:
        """Select it."""
        raise NotImplementedError

    # --- what Qt asks ---------------------------------------------------------------------------------------------

    @override
    def isValid(self) -> bool:
        return shiboken6.isValid(self._graph) and shiboken6.isValid(self._canvas) and self.is_there()

    @override
    def object(self) -> Any:
        return None

    @override
    def window(self) -> QWindow:
        return self._graph.window() if self.isValid() else None  # type: ignore[return-value]

    @override
    def parent(self) -> QAccessibleInterface:
        return self._graph if shiboken6.isValid(self._graph) else None  # type: ignore[return-value]

    @override
    def childCount(self) -> int:
        return 0

    @override
    def child(self, index: int) -> QAccessibleInterface:
        return None  # type: ignore[return-value]

    @override
    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        return None  # type: ignore[return-value]

    @override
    def indexOfChild(self, arg__1: QAccessibleInterface) -> int:
        return -1

    @override
    def role(self) -> QAccessible.Role:
        return self.kind

    @override
    def rect(self) -> QRect:
        return self._graph.on_screen(self.area()) if self.isValid() else QRect()

    @override
    def state(self) -> QAccessible.State:
        state = state_of(self)
        if state.invalid:
            return state
        state.selectable = True
        state.selected = self.is_selected()
        state.focused = self._canvas.hasFocus() and self._graph.focusChild() is self
        state.invisible = not self._canvas.isVisible()
        state.offscreen = not self._graph.is_in_sight(self.area())
        return state

    @override
    def text(self, t: QAccessible.Text) -> str:
        return self.words(t) if self.isValid() else ""

    @override
    def setText(self, t: QAccessible.Text, text: str) -> None:
        pass

    @override
    def interface_cast(self, arg__1: QAccessible.InterfaceType) -> Any:
        is_wanted = arg__1 == QAccessible.InterfaceType.ActionInterface
        return self._choose if is_wanted else shiboken6.VoidPtr(0)
