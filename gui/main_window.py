"""The main window: menus, canvas, docks, title, close. What it shows is made elsewhere; it stays small."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QVBoxLayout, QWidget
from typing_extensions import override

import gui.actions
from gui.dialogs import files as file_dialogs
from gui.key_guard import keeps_key
from gui.menu import Menu
from gui.widgets.style import palette, stylesheet
from gui.workspace import Workspace
from miniflow import registry
from miniflow.errors import Sentence
from miniflow.graph.edits import Edit


class MainWindow(QMainWindow):
    """The window. It can be shown at once; ``fill`` brings the canvas and the panels, once NumPy is imported."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        workspace.setParent(self)
        self.setObjectName("window")
        self.resize(QSize(1280, 800))
        self.setAcceptDrops(True)
        self._may_close = False
        self._make_status_line()
        self.menus = self._make_menus()
        self._restyle()
        workspace.appearance.changed.connect(self._restyle)
        workspace.told.connect(self._tell)
        workspace.history_changed.connect(self._show_title)
        workspace.files.changed.connect(self._show_title)
        workspace.edited.connect(self._hear)
        workspace.document_replaced.connect(self._greet)
        self._show_title()

    def fill(self) -> None:
        """Build the canvas, the play bar and the panels; these need NumPy, networkx and matplotlib."""
        from gui.canvas.view import Canvas
        from gui.docks import Docks
        from gui.play_bar import PlayBar

        middle = QWidget(self)
        self.canvas = Canvas(self.workspace, middle)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addWidget(PlayBar(self.workspace, middle))
        self.setCentralWidget(middle)
        self._docks = Docks(self.workspace, self)
        self.menus["view"].addActions(self._docks.toggle_actions())
        self.workspace.appearance.changed.connect(self._present)
        self.canvas.setFocus()

    def _make_menus(self) -> dict[str, Menu]:
        classes = registry.classes(gui.actions, Menu)
        menus = [menu(self.workspace, self) for menu in sorted(classes.values(), key=lambda menu: menu.place)]
        for menu in menus:
            self.menuBar().addMenu(menu)
        return {menu.name: menu for menu in menus}

    def _make_status_line(self) -> None:
        self._message = QLabel(self)
        self._message.setObjectName("status.message")
        self._message.setAccessibleName(self.tr("Message"))
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._counts = QLabel(self)
        self._counts.setObjectName("status.counts")
        self._counts.setTextFormat(Qt.TextFormat.PlainText)
        self.statusBar().addWidget(self._message, 1)
        self.statusBar().addPermanentWidget(self._counts)
        self.statusBar().setSizeGripEnabled(False)

    # --- what it shows --------------------------------------------------------------------------------------------

    def _restyle(self) -> None:
        appearance = self.workspace.appearance
        QApplication.setPalette(palette(appearance.theme))
        self.setStyleSheet(stylesheet(appearance.theme, appearance.scale))

    def _present(self) -> None:
        self._docks.present(self.workspace.appearance.presenting)

    def _tell(self, sentence: Sentence) -> None:
        from gui.widgets.sentences import say

        self._message.setText(say(sentence))

    def _hear(self, _edits: Sequence[Edit]) -> None:
        self._message.clear()
        self._show_counts()

    def _greet(self) -> None:
        self._message.clear()
        self._show_title()
        self._show_counts()

    def _show_counts(self) -> None:
        nodes = self.workspace.document.nodes
        wires = sum(source is not None for node in nodes.values() for source in node.inputs)
        self._counts.setText(self.tr("{0} nodes · {1} wires").format(len(nodes), wires))

    def _show_title(self) -> None:
        self.setWindowTitle(f"{self.workspace.files.display_name}[*] — MiniFlow Studio")
        self.setWindowModified(self.workspace.files.modified)

    @override
    def event(self, event: QEvent) -> bool:
        """Leave a focused list or button the keys that it needs itself; all else as Qt does."""
        if keeps_key(QApplication.focusWidget(), event):
            event.accept()
            return True
        return super().event(event)

    # --- files dropped, and closing -------------------------------------------------------------------------------

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a dropped file."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        """Open a dropped file, once the drop is over."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        QTimer.singleShot(0, self, lambda: file_dialogs.open_path(self.workspace, self, paths[0]))

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only when nothing would be lost, or once the person has said so."""
        event.ignore()
        if self.workspace.files.modified and not self._may_close:
            file_dialogs.leave(self.workspace, self, self._close_for_good)
        else:
            self.workspace.stop()
            event.accept()

    def _close_for_good(self) -> None:
        self._may_close = True
        self.close()
