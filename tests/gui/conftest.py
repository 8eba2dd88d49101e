"""What holds for every test of the window: the app's own application object, and nothing of a test left behind."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QSettings, QStandardPaths, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from gui.main_window import MainWindow


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the app itself makes it."""
    from gui.app import create_application

    QStandardPaths.setTestModeEnabled(True)
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    return create_application(["miniflow-studio"])


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """The whole window with the first example, as the one in use."""
    from gui.app import create_window

    window = create_window()
    window.resize(1280, 800)
    with qtbot.waitActive(window):
        window.show()
    yield window
    window.workspace.history.mark_saved()
    window.close()
    window.deleteLater()


@pytest.fixture
def unshown_window(qapp: QApplication) -> Iterator[MainWindow]:
    """The window as it first opens, not shown."""
    from gui.app import create_window

    window = create_window()
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture(autouse=True)
def settings_of_its_own(tmp_path: Path) -> None:
    """Start every test with no settings, so that none finds what another remembered."""
    for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, str(tmp_path / "settings"))


def running_timers() -> set[QTimer]:
    """Every QTimer that Python knows and that ticks."""
    timers = (thing for thing in gc.get_objects() if isinstance(thing, QTimer))
    return {timer for timer in timers if shiboken6.isValid(timer) and timer.isActive()}


@pytest.fixture(autouse=True)
def nothing_of_qt_is_left_behind(qapp: QApplication) -> Iterator[None]:
    """Fail a test after which a window, a timer or a worker of Qt's is there that was not there before."""
    timers, windows = running_timers(), set(qapp.topLevelWidgets())
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [window for window in qapp.topLevelWidgets() if window not in windows and window.isVisible()]
    assert not left, f"windows left behind: {left}"
    ticking = running_timers() - timers
    assert not ticking, f"timers left behind: {[(timer.objectName(), timer.parent()) for timer in ticking]}"
    assert QThreadPool.globalInstance().waitForDone(10_000), "a worker of Qt's thread pool is left behind"
