"""The docks: every panel in its place, hidden and brought back together for presentations."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QWidget

import gui.panels
from gui.panel import Panel
from gui.workspace import Workspace
from miniflow import registry
from miniflow.overriding import override

SIZES = {
    Qt.DockWidgetArea.LeftDockWidgetArea: (228, Qt.Orientation.Horizontal),
    Qt.DockWidgetArea.RightDockWidgetArea: (344, Qt.Orientation.Horizontal),
}
LOW, HIGH, LOW_WINDOW = 150, 216, 900
"""How high the panels at the bottom are at first: lower in a window that is less high, for the graph to have room."""
# What a panel and the tabs above it need to be read whole, in a small window and after the window has been small.
LEAST_WIDTH = {
    Qt.DockWidgetArea.LeftDockWidgetArea: 168,
    Qt.DockWidgetArea.RightDockWidgetArea: 336,
}


class Docks(QObject):
    """Every panel of ``gui/panels`` in a dock of the main window."""

    def __init__(self, workspace: Workspace, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._given_height = 0
        self._workspace = workspace
        self._docks: list[QDockWidget] = []
        self._hidden_for_presentation: list[QDockWidget] = []
        self._before_presentation = QByteArray()
        window.setTabPosition(Qt.DockWidgetArea.RightDockWidgetArea, QTabWidget.TabPosition.North)
        window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.BottomDockWidgetArea)
        window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.BottomDockWidgetArea)
        classes = registry.classes(gui.panels, Panel)
        for panel_class in sorted(classes.values(), key=lambda panel: panel.place):
            self._add(panel_class(workspace))
        for area, (size, orientation) in SIZES.items():
            inside = self._in(area)[:1]
            window.resizeDocks(inside, [size] * len(inside), orientation)
        for dock in self._in(Qt.DockWidgetArea.RightDockWidgetArea)[:1]:
            dock.raise_()
        self._give_height(self._in(Qt.DockWidgetArea.BottomDockWidgetArea))
        window.installEventFilter(self)

    def toggle_actions(self) -> list[QAction]:
        """One checkable action for each panel, called ``view.panel_<name>``."""
        return [dock.toggleViewAction() for dock in self._docks]

    def present(self, presenting: bool) -> None:
        """Hide what is shown of the panels, or bring just that back; what is shown meanwhile has room for its type."""
        for dock in self._docks:
            self._keep_readable(dock)
        if presenting and not self._hidden_for_presentation:
            self._hidden_for_presentation = [dock for dock in self._docks if not dock.isHidden()]
            self._before_presentation = self._window.saveState()
            for dock in self._hidden_for_presentation:
                dock.hide()
        elif not presenting and self._hidden_for_presentation:
            for dock in self._hidden_for_presentation:
                dock.show()
            self._hidden_for_presentation = []
            # The panels take their smaller type only with the next events: until then there is too little room.
            QTimer.singleShot(0, self._window, lambda: self._window.restoreState(self._before_presentation))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """With another height of the window give one to the panels at its bottom, unless the person has given one."""
        if event.type() == QEvent.Type.Resize and not self._workspace.appearance.presenting:
            docks = self._in(Qt.DockWidgetArea.BottomDockWidgetArea)
            self._give_height([dock for dock in docks if dock.height() == self._given_height])
        return super().eventFilter(watched, event)

    def _give_height(self, docks: list[QDockWidget]) -> None:
        wished = LOW if self._window.height() < LOW_WINDOW else HIGH
        self._window.resizeDocks(docks[:1], [wished] * len(docks[:1]), Qt.Orientation.Vertical)
        self._given_height = wished if docks else self._given_height

    def _in(self, area: Qt.DockWidgetArea) -> list[QDockWidget]:
        return [dock for dock in self._docks if self._window.dockWidgetArea(dock) == area]

    def _add(self, panel: Panel) -> None:
        dock = QDockWidget(panel.title(), self._window)
        dock.setObjectName(f"panel.{panel.name}")
        dock.setWidget(panel)
        panel.wanted.connect(dock.show)
        panel.wanted.connect(dock.raise_)
        dock.toggleViewAction().setObjectName(f"view.panel_{panel.name}")
        before = self._in(panel.area)
        self._window.addDockWidget(panel.area, dock)
        if before and panel.area == Qt.DockWidgetArea.RightDockWidgetArea:
            self._window.tabifyDockWidget(before[-1], dock)
        if panel.area == Qt.DockWidgetArea.BottomDockWidgetArea:
            dock.setFeatures(dock.features() | QDockWidget.DockWidgetFeature.DockWidgetVerticalTitleBar)
        if panel.area == Qt.DockWidgetArea.RightDockWidgetArea:
            dock.setTitleBarWidget(QWidget(dock))  # its tab says what it is
        self._docks.append(dock)
        self._keep_readable(dock)

    def _keep_readable(self, dock: QDockWidget) -> None:
        least = LEAST_WIDTH.get(self._window.dockWidgetArea(dock), 0)
        dock.widget().setMinimumWidth(round(least * self._workspace.appearance.panel_scale))
