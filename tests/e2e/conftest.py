"""A real screen for each test, and the app on it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.hand import PATIENCE, App, Hand
from tools.system_libraries import PACKAGES, missing

ROOT = Path(__file__).resolve().parents[2]
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(scope="session")
def screen() -> Iterator[str]:
    """The name of a screen of our own, 1280 x 800.

    One for all tests: an X server that ends while another starts can take the other's socket with it.
    """
    lacking = missing("xvfb")
    if lacking:
        reason = f"a real window needs {', '.join(lacking)}; in the Debian packages {' '.join(PACKAGES['xvfb'])}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL)
    os.close(writer)
    with os.fdopen(reader) as answer:
        number = answer.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait(PATIENCE)


@pytest.fixture
def hand(screen: str) -> Hand:
    """A hand at the screen."""
    return Hand(screen)


@pytest.fixture
def start(hand: Hand, tmp_path: Path) -> Iterator[Start]:
    """Start a script of the project on the hand's screen; it is ended after the test, and must not have complained."""
    started = []
    complaints = tmp_path / "complaints.txt"

    def start_script(*words: str) -> subprocess.Popen[str]:
        environment = os.environ | {"DISPLAY": hand.display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
        environment["XDG_DATA_HOME"] = str(tmp_path / "data")  # what one test leaves is not offered in another
        environment.pop("WAYLAND_DISPLAY", None)
        command = [sys.executable, *words]
        with complaints.open("a") as file:
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdin=-1, stdout=-1, stderr=file, text=True, encoding="utf-8"
            )
        started.append(process)
        return process

    yield start_script
    for process in started:
        process.kill()
        process.communicate()
    assert complaints.read_text(encoding="utf-8") == ""


@pytest.fixture
def app(start: Start, hand: Hand) -> App:
    """The app on the hand's screen, with the keyboard."""
    app = App(start("tests/e2e/questions.py"), hand)
    hand.focus(app.ask("window"))
    app.wait_until("has the keyboard")
    return app
