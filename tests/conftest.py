"""What holds for every test: no screen, no settings of the person's, one language, and nothing left running."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent


def live_in(folder: str) -> None:
    """Point everything that remembers things about a person to ``folder``, for this process and those it starts."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(Path(folder, name.lower()))
        Path(os.environ[name]).mkdir()
    os.environ["XDG_RUNTIME_DIR"] = folder  # private to this process, as Qt wants it
    os.environ["MPLCONFIGDIR"] = str(ROOT / ".pytest_cache" / "matplotlib")  # its list of fonts takes seconds to make


_home = tempfile.TemporaryDirectory(prefix="miniflow-tests-", ignore_cleanup_errors=True)
live_in(_home.name)
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["LC_ALL"] = "C.UTF-8"
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # the tests share the cores among themselves

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")  # a busy machine makes no test fail


@pytest.fixture(autouse=True)
def no_thread_is_left_behind() -> Iterator[None]:
    """Fail a test after which a thread still runs that did not run before."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before]
    for thread in left:
        thread.join(timeout=10)
    still_running = [thread.name for thread in left if thread.is_alive()]
    assert not still_running, f"threads left behind: {still_running}"
