"""The app as it is started by a person: main.py, on a real screen."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from miniflow.graph.records import GraphRecord, Literal, NodeRecord
from miniflow.io.files import read, write
from tests.e2e.hand import PATIENCE, Hand, eventually

Start = Callable[..., "subprocess.Popen[str]"]

pytestmark = pytest.mark.e2e


def first_example(hand: Hand) -> int:
    """The window, once it shows the first example."""
    found: int = eventually(lambda: hand.window("One neuron"), lambda: "the first example is on the screen")
    return found


def test_main_opens_a_window_that_a_key_closes(hand: Hand, start: Start) -> None:
    process = start("main.py")
    hand.focus(first_example(hand))
    hand.press("ctrl+q")
    assert process.wait(PATIENCE) == 0


def test_a_request_to_end_closes_an_idle_window(hand: Hand, start: Start) -> None:
    process = start("main.py")
    first_example(hand)
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0


def test_who_asks_twice_for_the_end_gets_it_and_the_work_is_kept(hand: Hand, start: Start, tmp_path: Path) -> None:
    mine = tmp_path / "mine.miniflow"
    write(mine, GraphRecord({"x": NodeRecord("x", "Input", value=Literal(1.0))}))
    process = start("main.py", str(mine))
    hand.focus(eventually(lambda: hand.window("mine"), lambda: "the document is on the screen"))
    hand.press("ctrl+a", "Delete")
    eventually(lambda: hand.window(r"mine\.miniflow\*"), lambda: "the document has changed")
    process.send_signal(signal.SIGTERM)
    eventually(lambda: hand.window("Unsaved changes"), lambda: "it is asked about")
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    assert read(tmp_path / "mine-rescued.miniflow") == GraphRecord()
    assert list(read(mine).nodes) == ["x"]
