"""What must not lose the person's work: an error that nothing caught, and a signal that ends the process."""

from __future__ import annotations

import signal
import socket
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication

from gui.main_window import MainWindow
from gui.workspace import Workspace
from miniflow.errors import MiniFlowError, Sentence


class ErrorReporter:
    """Tells the person of an error that nothing caught, and keeps the document on the screen."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        sys.excepthook = self

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Print the error for whoever mends it, and say in the status line that the document is still there."""
        traceback.print_exception(kind, error, trace)
        self._workspace.tell(
            Sentence(
                "Something went wrong inside the app ({error}). Your document is still here: save it under a new name.",
                {"error": kind.__name__},
            )
        )


class TerminationListener(QObject):
    """Lets SIGTERM and Ctrl+C close the window even while Qt's loop is idle.

    The first one closes it as a person would, so that work which is not saved is asked about. Whoever sends a second
    one will not wait for an answer: the work is kept for the next start, and the app ends.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._asked = False
        self._reader, self._writer = socket.socketpair()
        self._writer.setblocking(False)
        self._old_descriptor = signal.set_wakeup_fd(self._writer.fileno())
        signal.signal(signal.SIGTERM, _do_nothing)
        signal.signal(signal.SIGINT, _do_nothing)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._quit)

    def _quit(self) -> None:
        signals = len(self._reader.recv(64))
        if self._asked or signals > 1:
            keep_work(self._window.workspace)
            QApplication.exit(0)
        else:
            self._asked = True
            QApplication.quit()

    def stop(self) -> None:
        """Give the signals back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._old_descriptor)
        self._reader.close()
        self._writer.close()


def keep_work(workspace: Workspace) -> None:
    """Write unsaved changes away, and say what becomes of them."""
    workspace.settle()
    try:
        if workspace.keeping.keep_now():
            print("The work that was not saved is kept, and is offered when the app is started again.")
    except MiniFlowError as error:
        print(error, file=sys.stderr)


def _do_nothing(_signal: int, _frame: object) -> None:
    """Leave it to the wakeup descriptor: Python's own handlers do not run while Qt waits."""
