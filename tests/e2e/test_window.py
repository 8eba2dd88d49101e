"""The app as it is started by a person: main.py, on a real screen."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable

import pytest

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
