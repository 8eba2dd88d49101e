"""What a test in a real window works with: a hand with a mouse and keys, and the app as a process of its own.

They know only what the contract of the window promises: names, and where nodes and ports are. Everything they do goes
through the X server, as a person's mouse and keys do.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable
from typing import Any

import pytest

PATIENCE = 60  # seconds; only a test that fails waits so long
Point = tuple[int, int]


def eventually(happens: Callable[[], Any], what: Callable[[], str]) -> Any:
    """Return what ``happens()`` answers as soon as that is true of the window; fail where it never is."""
    deadline = time.monotonic() + PATIENCE
    while not (answer := happens()):
        if time.monotonic() > deadline:
            pytest.fail(f"this never came about: {what()}")
        time.sleep(0.02)
    return answer


class Hand:
    """The mouse and the keys of a person at one screen."""

    def __init__(self, display: str) -> None:
        self.display = display

    def xdotool(self, *words: object) -> str:
        """Have xdotool do something, and return what it prints."""
        command = ["xdotool", *map(str, words)]
        environment = os.environ | {"DISPLAY": self.display}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    def press(self, *keys: str) -> None:
        """Press keys one after the other, such as ``Right`` or ``ctrl+z``."""
        self.xdotool("key", "--clearmodifiers", *keys)

    def write(self, text: str) -> None:
        """Type a text."""
        self.xdotool("type", "--delay", 5, text)

    def click(self, point: Point, times: int = 1, button: int = 1) -> None:
        """Click at a place on the screen."""
        self.xdotool("mousemove", *point, "click", "--repeat", times, "--delay", 40, button)

    def drag(self, start: Point, end: Point, holding: str | None = None) -> None:
        """Press at one place, move, and let go at another, with a key held all the while if one is given."""
        if holding is not None:
            self.xdotool("keydown", holding)
        middle = ((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)
        self.xdotool("mousemove", *start, "mousedown", 1, "mousemove", *middle, "mousemove", *end)
        self.xdotool("mousemove", *end, "mouseup", 1)
        if holding is not None:
            self.xdotool("keyup", holding)

    def point_at(self, point: Point) -> None:
        """Rest the mouse at a place."""
        self.xdotool("mousemove", *point)

    def focus(self, window: int) -> None:
        """Give a window the keyboard, as a desktop does with one that opens."""
        self.xdotool("windowfocus", "--sync", window)

    def window(self, title: str) -> int | None:
        """The window on the screen whose title begins like this."""
        command = ["xdotool", "search", "--onlyvisible", "--name", f"^{title}"]
        environment = os.environ | {"DISPLAY": self.display}
        found = subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout.split()
        return int(found[0]) if found else None


class App:
    """The app in a process of its own; it does nothing by itself, and answers questions about its window."""

    def __init__(self, process: subprocess.Popen[str], hand: Hand) -> None:
        self.process = process
        self.hand = hand

    def ask(self, question: str, *details: object) -> Any:
        """Ask one of the questions of ``questions.py``."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([question, *details]) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, f"the app ended with status {self.process.wait(PATIENCE)}"
        return json.loads(line)["answer"]

    def wait_until(self, question: str, *details: object, answer: Any = True) -> None:
        """Wait until a question is answered like this."""
        last = None

        def it_is() -> bool:
            nonlocal last
            last = self.ask(question, *details)
            return bool(last == answer)

        eventually(it_is, lambda: f"{question} {details} is {answer}, not {last}")

    def click_on(self, question: str, name: str) -> None:
        """Click on the ``widget`` or the ``tab`` of this name, once it is on the screen."""
        place = eventually(lambda: self.ask(question, name), lambda: f"the {question} {name} is on the screen")
        self.hand.click(place)

    def node(self, name: str) -> Point:
        """Where the title of a node is on the screen."""
        x, y = self.ask("node", name)
        return x, y

    def port(self, name: str, port: int | str) -> Point:
        """Where a port of a node is on the screen."""
        x, y = self.ask("port", name, port)
        return x, y
