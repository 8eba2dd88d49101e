"""Speaking: what assistive technology is told while a person selects, edits and steps."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleValueChangeEvent

from gui.canvas.graph_interface import make_graph_interface
from gui.canvas.parts import Part
from gui.canvas.spoken import Spoken
from gui.canvas.view import Canvas
from gui.widgets.announcing import announce
from miniflow.overriding import override


class Speaking(QObject):
    """Moves the focus of assistive technology to what is selected, and tells its numbers when they change.

    It does so once after each burst of changes, and only while somebody listens.
    """

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._workspace = canvas.workspace
        self._spoken = Spoken(canvas.workspace)
        self._told: tuple[Part | None, str] = (None, "")
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._speak)
        self._workspace.selection.changed.connect(self._soon.start)
        self._workspace.readings.changed.connect(self._soon.start)
        self._workspace.edited.connect(self._hear)
        self._workspace.document_replaced.connect(self._hear)
        canvas.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell what is selected anew when the keyboard comes to the canvas."""
        if event.type() == QEvent.Type.FocusIn:
            self._told = (None, "")
            self._soon.start()
        return False

    def _hear(self, _edits: object = None) -> None:
        if self._canvas.interface is not None:
            self._canvas.interface.forget()
            self._soon.start()

    def _speak(self) -> None:
        if not QAccessible.isActive():
            return
        interface = QAccessible.queryAccessibleInterface(self._canvas)
        part = self._canvas.interface.chosen() if interface is self._canvas.interface else None
        words = self._spoken.selection()
        before, self._told = self._told, (part, words)
        if part is None:
            if words and words != before[1]:
                announce(self._canvas, words)
        elif part is not before[0]:
            QAccessible.updateAccessibility(QAccessibleEvent(part, QAccessible.Event.Selection))
            if self._canvas.hasFocus():
                QAccessible.updateAccessibility(QAccessibleEvent(part, QAccessible.Event.Focus))
        elif words != before[1]:
            QAccessible.updateAccessibility(QAccessibleEvent(part, QAccessible.Event.DescriptionChanged))
            value = part.text(QAccessible.Text.Value)
            if value:
                QAccessible.updateAccessibility(QAccessibleValueChangeEvent(part, value))


@lru_cache(maxsize=1)
def show_graphs_to_qt() -> None:
    """Have assistive technology meet every canvas made from now on as what it shows."""
    QAccessible.installFactory(make_graph_interface)
