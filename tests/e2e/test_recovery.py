"""An end that nobody wanted: the app is killed in the middle of unsaved work, and started again."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from miniflow.graph.records import GraphRecord, Literal, NodeRecord
from miniflow.io.files import read, write
from tests.e2e.hand import PATIENCE, App, Hand, eventually

Start = Callable[..., "subprocess.Popen[str]"]

pytestmark = pytest.mark.e2e


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A document of the person's."""
    path = tmp_path / "mine.miniflow"
    write(path, GraphRecord({"x": NodeRecord("x", "Input", value=Literal(1.0))}))
    return path


@pytest.fixture
def edited(hand: Hand, start: Start, mine: Path) -> subprocess.Popen[str]:
    """The app as a person starts it, with the document open and everything in it deleted, which is not saved."""
    process = start("main.py", str(mine))
    hand.focus(eventually(lambda: hand.window("mine"), lambda: "the document is on the screen"))
    hand.press("ctrl+a", "Delete")
    eventually(lambda: hand.window(r"mine\.miniflow\*"), lambda: "the document has changed")
    return process


def kept(folder: Path) -> list[GraphRecord]:
    """What is kept in case of a crash."""
    return [read(path) for path in folder.glob("data/**/document.miniflow")]


def start_again(hand: Hand, start: Start) -> App:
    app = App(start("tests/e2e/questions.py"), hand)
    hand.focus(app.ask("window"))
    app.wait_until("has the keyboard")
    return app


def test_what_was_not_saved_before_a_kill_is_offered_opened_and_saved(
    hand: Hand, start: Start, edited: subprocess.Popen[str], mine: Path, tmp_path: Path
) -> None:
    eventually(lambda: kept(tmp_path) == [GraphRecord()], lambda: "the work is kept")
    edited.send_signal(signal.SIGKILL)
    edited.wait(PATIENCE)
    assert list(read(mine).nodes) == ["x"]
    app = start_again(hand, start)
    assert "“mine.miniflow”" in app.ask("text", "recovery.text")
    app.click_on("widget", "recovery.open")
    app.wait_until("number of nodes", answer=0)
    eventually(lambda: hand.window(r"mine\.miniflow\*"), lambda: "it belongs to its own file, and is not saved")
    hand.press("ctrl+s")
    eventually(lambda: read(mine) == GraphRecord(), lambda: "it is saved where it belongs")
    eventually(lambda: kept(tmp_path) == [], lambda: "nothing is kept any more")


def test_work_of_an_app_that_still_runs_is_offered_to_nobody(
    hand: Hand, start: Start, edited: subprocess.Popen[str], tmp_path: Path
) -> None:
    eventually(lambda: kept(tmp_path) == [GraphRecord()], lambda: "the work is kept")
    app = start_again(hand, start)
    assert app.ask("widget", "recovery.open") is None
    assert kept(tmp_path) == [GraphRecord()]


def test_who_asks_twice_for_the_end_gets_it_and_the_work_is_kept(
    hand: Hand, start: Start, edited: subprocess.Popen[str], mine: Path, tmp_path: Path
) -> None:
    edited.send_signal(signal.SIGTERM)
    eventually(lambda: hand.window("Unsaved changes"), lambda: "it is asked about")
    edited.send_signal(signal.SIGTERM)
    assert edited.wait(PATIENCE) == 0
    assert kept(tmp_path) == [GraphRecord()]
    assert list(read(mine).nodes) == ["x"]
    assert start_again(hand, start).ask("widget", "recovery.open") is not None
