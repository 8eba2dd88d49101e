"""What is in the main window: menus, canvas, docks, status line and title; and what it does with files and closing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

import gui.actions
from gui.canvas.aligning import Aligning
from gui.canvas.connecting import Connecting
from gui.canvas.copying import Copying
from gui.canvas.pictures import Pictures
from gui.canvas.speaking import Speaking, show_graphs_to_qt
from gui.canvas.view import Canvas
from gui.controllers.training import TrainingState
from gui.dialogs import files as file_dialogs
from gui.docks import Docks
from gui.key_guard import keeps_key
from gui.main_window import MainWindow
from gui.menu import Menu
from gui.recovery_strip import RecoveryStrip
from gui.timeline.bug_strip import BugStrip
from gui.timeline.play_bar import PlayBar
from gui.timeline.what_if_strip import WhatIfStrip
from gui.widgets.sentences import nodes_and_wires, say
from gui.widgets.status_line import StatusLine
from gui.widgets.style import palette, stylesheet
from gui.workspace import Workspace
from miniflow import registry
from miniflow.errors import Sentence
from miniflow.graph.edits import Edit
from miniflow.overriding import override


class Contents(QObject):
    """Fills a main window with a workspace, and keeps its title, its status line and its colours true."""

    def __init__(self, window: MainWindow, workspace: Workspace) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._may_close = False
        window.workspace = workspace
        workspace.setParent(window)
        self._make_status_line()
        self._menus = self._make_menus()
        workspace.appearance.fit_to(window.width())
        self._restyle()
        self._make_middle()
        self._docks = Docks(workspace, window)
        self._menus["view"].addActions(self._docks.toggle_actions())
        self._listen()
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        window.canvas.setFocus()
        self._greet()

    def _listen(self) -> None:
        workspace = self._workspace
        workspace.appearance.changed.connect(self._change_looks)
        workspace.told.connect(self._tell)
        workspace.taken_back.connect(self._take_back)
        workspace.history_changed.connect(self._show_title)
        workspace.files.changed.connect(self._show_title)
        workspace.files.saving.connect(self._message.clear)
        workspace.bug_lab.changed.connect(self._show_title)
        workspace.edited.connect(self._hear)
        workspace.document_replaced.connect(self._greet)
        workspace.stepping.moved.connect(self._message.clear)
        workspace.training.state_changed.connect(self._forget_what_was_said)

    def _make_menus(self) -> dict[str, Menu]:
        classes = registry.classes(gui.actions, Menu)
        menus = [menu(self._workspace, self._window) for menu in sorted(classes.values(), key=lambda menu: menu.place)]
        for menu in menus:
            self._window.menuBar().addMenu(menu)
        return {menu.name: menu for menu in menus}

    def _make_middle(self) -> None:
        middle = QWidget(self._window)
        show_graphs_to_qt()
        canvas = Canvas(self._workspace, middle)
        Copying(canvas)
        Aligning(canvas)
        Pictures(canvas)
        Connecting(canvas)
        Speaking(canvas)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        offer = RecoveryStrip(self._workspace, middle)
        offer.open_wanted.connect(self._open_kept)
        column.addWidget(offer)
        column.addWidget(canvas, 1)
        column.addWidget(BugStrip(self._workspace, middle))
        column.addWidget(WhatIfStrip(self._workspace, middle))
        column.addWidget(PlayBar(self._workspace, middle))
        self._window.setCentralWidget(middle)
        self._window.canvas = canvas

    def _make_status_line(self) -> None:
        bar = self._window.statusBar()
        self._message = StatusLine("status.message", bar)
        self._message.setAccessibleName(self.tr("Message"))
        self._counts = QLabel(bar)
        self._counts.setObjectName("status.counts")
        self._counts.setAccessibleName(self.tr("Nodes and wires"))
        self._counts.setTextFormat(Qt.TextFormat.PlainText)
        bar.addWidget(self._message, 1)
        bar.addPermanentWidget(self._counts)
        bar.setSizeGripEnabled(False)

    # --- what it shows --------------------------------------------------------------------------------------------

    def _restyle(self) -> None:
        appearance = self._workspace.appearance
        QApplication.setPalette(palette(appearance.theme))
        self._window.setStyleSheet(stylesheet(appearance.theme, appearance.scale, appearance.panel_scale))

    def _change_looks(self) -> None:
        """Hide the panels before the type grows, and bring them back once it is small: so they keep their sizes."""
        presenting = self._workspace.appearance.presenting
        if presenting:
            self._docks.present(presenting)
        self._restyle()
        if not presenting:
            self._docks.present(presenting)

    def _tell(self, sentence: Sentence) -> None:
        self._message.setText(say(sentence))

    def _take_back(self, sentence: Sentence) -> None:
        if self._message.text() == say(sentence):
            self._message.clear()

    def _hear(self, _edits: Sequence[Edit]) -> None:
        self._message.clear()
        self._show_counts()

    def _forget_what_was_said(self) -> None:
        """A training that runs has started: what was said of one that could not is over."""
        if self._workspace.training.state is TrainingState.RUNNING:
            self._message.clear()

    def _greet(self) -> None:
        self._message.clear()
        self._show_title()
        self._show_counts()

    def _show_counts(self) -> None:
        nodes = self._workspace.document.nodes
        wires = sum(source is not None for node in nodes.values() for source in node.inputs)
        self._counts.setText(" · ".join(nodes_and_wires(len(nodes), wires)))

    def _show_title(self) -> None:
        lab = self.tr(" — Bug lab: a bug is on") if self._workspace.bug_lab.is_on else ""
        self._window.setWindowTitle(f"{self._workspace.files.display_name}[*]{lab} — MiniFlow Studio")
        self._window.setWindowModified(self._workspace.files.modified)

    # --- keys, dropped files, and closing -------------------------------------------------------------------------

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See to what reaches the window itself: keys that a widget keeps, dropped files, and closing."""
        if keeps_key(QApplication.focusWidget(), event):
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._leave_presentation(event)
        if isinstance(event, QCloseEvent):
            return self._hold_open(event)
        if isinstance(event, QDropEvent):
            return self._take_file(event)
        if isinstance(event, QResizeEvent):
            self._workspace.appearance.fit_to(event.size().width())
        return super().eventFilter(watched, event)

    def _leave_presentation(self, event: QKeyEvent) -> bool:
        """Esc that nothing in the window has a use for ends the presentation."""
        is_meant = event.key() == Qt.Key.Key_Escape and self._workspace.appearance.presenting
        if is_meant:
            self._workspace.appearance.present(False)
        return is_meant

    def _take_file(self, event: QDropEvent) -> bool:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if not paths:
            return False
        event.acceptProposedAction()
        if not isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.Drop:
            open_it = file_dialogs.open_path
            QTimer.singleShot(0, self, lambda: open_it(self._workspace, self._window, paths[0]))
        return True

    def _open_kept(self) -> None:
        file_dialogs.open_kept(self._workspace, self._window)

    def _hold_open(self, event: QCloseEvent) -> bool:
        """Let the window close only when nothing would be lost, or once the person has said so."""
        event.ignore()
        if not self._may_close and not self._workspace.settle():
            return True
        if self._workspace.files.modified and not self._may_close:
            file_dialogs.leave(self._workspace, self._window, self._close_for_good)
            return True
        self._workspace.stop()
        event.accept()
        return False

    def _close_for_good(self) -> None:
        self._may_close = True
        self._window.close()
