"""StepFollower: pans the canvas to the node of the step just made, where that lies out of sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from gui.canvas.view import Canvas


class StepFollower(QObject):
    """Looks where the run goes, but never while a person drags or types on the canvas."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._workspace = canvas.workspace
        self._seen = (0, 0)
        self._workspace.stepping.moved.connect(self._follow)

    def _follow(self) -> None:
        stepping = self._workspace.stepping
        seen, self._seen = self._seen, (stepping.runs, stepping.position)
        moment = stepping.moment
        if seen == self._seen or moment is None or moment.step is None or not self._workspace.following.is_wanted:
            return
        item = self._canvas.mirror.nodes.get(moment.step.node)
        if item is None or self._canvas.mouse.is_busy or self._is_typed_on():
            return
        if not self._canvas.navigator.visible().contains(item.card_rect()):
            self._canvas.navigator.reveal(moment.step.node)

    def _is_typed_on(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self._canvas.viewport().isAncestorOf(focused)
