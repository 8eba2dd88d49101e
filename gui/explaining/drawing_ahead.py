"""DrawingAhead: formulas of the steps on either side are drawn in idle moments, so that no step waits for them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from gui.widgets.explanation_card import latex_in
from gui.widgets.typesetting import drawn_bit_by_bit
from gui.workspace import Workspace
from miniflow.explain.explaining import explain_node

PAUSE_MS = 150
"""After a step, what it has to show is painted first."""
_NOTHING = object()


class DrawingAhead(QObject):
    """Draws one name, number or sign whenever the window has nothing else to do."""

    def __init__(self, workspace: Workspace, panel: QWidget) -> None:
        super().__init__(panel)
        self._panel = panel
        self._workspace = workspace
        self._to_draw: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._draw_next)
        workspace.stepping.moved.connect(self._begin)

    def _begin(self) -> None:
        self._to_draw = (None for latex in self._formulas() for _ in drawn_bit_by_bit(latex))
        self._timer.start(PAUSE_MS)

    def _draw_next(self) -> None:
        self._timer.setInterval(0)
        if next(self._to_draw, _NOTHING) is _NOTHING:
            self._timer.stop()

    def _formulas(self) -> Iterator[str]:
        """Yield the formulas of the next step, then those of the one before."""
        stepping = self._workspace.stepping
        trace, position = stepping.trace, stepping.position
        if trace is None or stepping.stale or not self._panel.isVisible():
            return
        for other in (position + 1, position - 1):
            moment = trace.at(min(max(other, 0), len(trace)))
            if moment.step is not None:
                for card in explain_node(moment, moment.step.node).cards:
                    yield from latex_in(card)
