"""The composition root: the one file that builds and connects the big pieces.

What is imported at the top is what the first paint needs; the rest comes after it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from gui.main_window import MainWindow
from gui.opening import Opening
from gui.options import Options, parse_options

if TYPE_CHECKING:
    from gui.safety import TerminationListener
    from gui.workspace import Workspace

FIRST_EXAMPLE = "one-neuron"


class Application(QApplication):
    """Qt's application, and what the command line asked of it."""

    def __init__(self, argv: Sequence[str], options: Options) -> None:
        os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")  # handing out strips of a picture costs more than painting
        super().__init__(list(argv))
        self.options = options
        self.setApplicationName("MiniFlow Studio")
        self.setOrganizationName("MiniFlow Studio")
        self.setStyle("Fusion")
        if options.lang:
            from gui.language import install_language

            install_language(self, options.lang)


def create_application(argv: Sequence[str]) -> QApplication:
    """Return the application for a command line, whose first word is the program's name; no event loop is started."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    return Application(argv[:1], parse_options(argv[1:]))


def create_window(path: str | None = None) -> MainWindow:
    """Return the whole window, showing the document at ``path`` or the first example; no event loop is started."""
    app = QApplication.instance()
    options = app.options if isinstance(app, Application) else Options()
    window = MainWindow()
    _fill(window, options if path is None else Options(file=path, theme=options.theme))
    return window


def _fill(window: MainWindow, options: Options) -> None:
    from gui.contents import Contents
    from gui.controllers.appearance import Appearance
    from gui.workspace import Workspace

    workspace = Workspace(Appearance(options.theme))
    Contents(window, workspace)
    _open_first_document(workspace, options)


def _open_first_document(workspace: Workspace, options: Options) -> None:
    from miniflow.errors import MiniFlowError

    try:
        if options.file is not None:
            workspace.files.open(options.file)
        else:
            workspace.files.open_example(options.example or FIRST_EXAMPLE)
    except MiniFlowError as error:
        workspace.tell(error.sentence)


def offer_what_was_left(workspace: Workspace) -> None:
    """Offer unsaved work of a process that did not end by itself, and keep that of this one from now on."""
    from gui.controllers.kept_work import recovery_place

    place = recovery_place()
    workspace.recovery.begin(place)
    workspace.keeping.begin(place)


class _Session:
    """A run of the app with its event loop, from the first paint to the exit status."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._app = Application(sys.argv[:1], options)
        self._window = MainWindow()
        self._listener: TerminationListener | None = None
        self._opening = Opening(self._window, self._begin)

    def _begin(self) -> None:
        from gui.safety import ErrorReporter, TerminationListener

        self._listener = TerminationListener(self._window)
        _fill(self._window, self._options)
        workspace = self._window.workspace
        ErrorReporter(workspace)
        offer_what_was_left(workspace)

    def run(self) -> int:
        if self._options.theme != "auto":
            from gui.presentation.theme import load_theme
            from gui.widgets.style import palette

            QApplication.setPalette(palette(load_theme(self._options.theme)))
        self._window.show()
        status = self._app.exec()
        self._opening.finish()
        if self._listener is not None:
            self._listener.stop()
        return status


def run(options: Options) -> int:
    """Show the window at once, fill it when the heavy libraries are there, and return the exit status at the end."""
    return _Session(options).run()
