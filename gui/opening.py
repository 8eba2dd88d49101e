"""How the window opens: painted at once, its contents when the heavy libraries are there."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer

from miniflow.overriding import override


class Opening(QObject):
    """Imports NumPy and matplotlib beside the event loop after the first paint, then calls ``fill``."""

    def __init__(self, window: QObject, fill: Callable[[], object]) -> None:
        super().__init__(window)
        self._window = window
        self._fill = fill
        self._thread = threading.Thread(target=_import_heavy_libraries, name="imports")
        self._clock = QTimer(self)
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
            self._fill()

    def finish(self) -> None:
        """Wait for the imports, so that no thread is left behind."""
        self._clock.stop()
        if self._thread.ident is not None:
            self._thread.join()


def _import_heavy_libraries() -> None:
    import matplotlib.backends.backend_qtagg
    import matplotlib.figure  # noqa: F401
    import numpy  # noqa: F401
