"""The composition root: the one file that builds and connects the big pieces."""

from __future__ import annotations

import signal
import socket
import sys
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, QTimer, QTranslator
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from gui.controllers.appearance import Appearance
from gui.main_window import MainWindow
from gui.options import Options, parse_options
from gui.workspace import Workspace
from miniflow.errors import MiniFlowError, Sentence

TRANSLATIONS = Path(__file__).parents[1] / "resources" / "i18n"
FIRST_EXAMPLE = "one-neuron"


class Application(QApplication):
    """Qt's application, and what the command line asked of it."""

    def __init__(self, argv: Sequence[str], options: Options) -> None:
        super().__init__(list(argv))
        self.options = options
        self.setApplicationName("MiniFlow Studio")
        self.setOrganizationName("MiniFlow Studio")
        self.setStyle("Fusion")
        self._translator = QTranslator(self)
        if options.lang and self._translator.load(f"miniflow_{options.lang}", str(TRANSLATIONS)):
            self.installTranslator(self._translator)


def create_application(argv: Sequence[str]) -> QApplication:
    """Return the application for a command line, whose first word is the program's name; no event loop is started."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    return Application(argv[:1], parse_options(argv[1:]))


def create_window(path: str | None = None) -> MainWindow:
    """Return the whole window, showing the document at ``path`` or the first example; no event loop is started."""
    window = _empty_window()
    window.fill()
    _open_first_document(window, Options(file=path) if path is not None else _options())
    return window


def _options() -> Options:
    app = QApplication.instance()
    return app.options if isinstance(app, Application) else Options()


def _empty_window() -> MainWindow:
    return MainWindow(Workspace(Appearance(_options().theme)))


def _open_first_document(window: MainWindow, options: Options) -> None:
    files = window.workspace.files
    try:
        if options.file is not None:
            files.open(options.file)
        else:
            files.open_example(options.example or FIRST_EXAMPLE)
    except MiniFlowError as error:
        window.workspace.tell(error.sentence)


def run(options: Options) -> int:
    """Show the window at once, fill it when the heavy libraries are there, and return the exit status at the end."""
    app = Application(sys.argv[:1], options)
    window = _empty_window()
    sys.excepthook = _Reporter(window)
    listener = _TerminationListener(window)
    window.show()
    opening = _Opening(window, options)
    status = app.exec()
    opening.finish()
    listener.close()
    return status


class _Opening(QObject):
    """Imports NumPy and matplotlib beside the event loop after the first paint, then fills the window."""

    def __init__(self, window: MainWindow, options: Options) -> None:
        super().__init__(window)
        self._window = window
        self._options = options
        self._thread = threading.Thread(target=_import_heavy_libraries, name="imports")
        self._clock = QTimer(window)
        self._clock.setInterval(10)
        self._clock.timeout.connect(self._fill_when_ready)
        window.installEventFilter(self)
        QTimer.singleShot(1000, self._begin)  # a window that starts minimised is not painted

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first paint, and begin when it is done."""
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self._begin)
        return False

    def _begin(self) -> None:
        if self._thread.ident is None:
            self._thread.start()
            self._clock.start()

    def _fill_when_ready(self) -> None:
        if not self._thread.is_alive():
            self._clock.stop()
            self._window.fill()
            _open_first_document(self._window, self._options)

    def finish(self) -> None:
        if self._thread.ident is not None:
            self._thread.join()


def _import_heavy_libraries() -> None:
    import matplotlib.backends.backend_qtagg
    import matplotlib.figure  # noqa: F401
    import numpy  # noqa: F401


class _Reporter:
    """Tells the person of an error that nothing caught, and keeps the document on the screen."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def __call__(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        traceback.print_exception(kind, error, trace)
        self._window.workspace.tell(
            Sentence(
                "Something went wrong inside the app ({error}). Your document is still here: save it under a new name.",
                {"error": kind.__name__},
            )
        )


class _TerminationListener:
    """Lets SIGTERM and Ctrl+C close the window even while Qt's loop is idle."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._reader, self._writer = socket.socketpair()
        self._writer.setblocking(False)
        self._old_descriptor = signal.set_wakeup_fd(self._writer.fileno())
        signal.signal(signal.SIGTERM, _do_nothing)
        signal.signal(signal.SIGINT, _do_nothing)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._quit)

    def _quit(self) -> None:
        self._reader.recv(64)
        app = QApplication.instance()
        if app is not None:
            app.quit()

    def close(self) -> None:
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._old_descriptor)
        self._reader.close()
        self._writer.close()


def _do_nothing(_signal: int, _frame: object) -> None:
    """Leave it to the wakeup descriptor: Python's own handlers do not run while Qt waits."""
