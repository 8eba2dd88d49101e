"""From starting Python to the window's first paint: the app against a bare QMainWindow, in turn, in one run."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 9

FIRST_PAINT = """
from PySide6.QtCore import QEvent, QObject

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print("painted", flush=True)
            watched.removeEventFilter(self)
        return False
"""
BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1280, 800)
"""
APP = """
import sys
from gui.options import parse_options
options = parse_options([])
from gui.app import Application
from gui.main_window import MainWindow
app = Application(["main.py"], options)
window = MainWindow()
"""
SHOW = """
watcher = FirstPaint()
window.installEventFilter(watcher)
window.show()
app.processEvents()
app.processEvents()
"""


def seconds_to_first_paint(program: str) -> float:
    """Return the wall time from starting Python to the first paint that ``program`` reports."""
    environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, env=environment, text=True
    ) as child:
        assert child.stdout is not None
        line = child.stdout.readline()
        elapsed = time.perf_counter() - begun
        child.stdout.read()
    if line.strip() != "painted":
        raise RuntimeError(f"no first paint: {line!r}")
    return elapsed


def main() -> None:
    """Print the table."""
    programs = {"bare QMainWindow": FIRST_PAINT + BARE + SHOW, "MiniFlow Studio": FIRST_PAINT + APP + SHOW}
    times: dict[str, list[float]] = {name: [] for name in programs}
    for program in programs.values():
        seconds_to_first_paint(program)
    for _ in range(ROUNDS):
        for name, program in programs.items():
            times[name].append(seconds_to_first_paint(program))
    ratios = [ours / bare for bare, ours in zip(*times.values(), strict=True)]
    print(f"Start-up to the first paint, median of {ROUNDS} rounds")
    for name, measured in times.items():
        print(f"  {name:<20} {statistics.median(measured) * 1000:7.0f} ms")
    print(f"  ratio                {statistics.median(ratios):7.2f}      (bar: 1.3)")


if __name__ == "__main__":
    main()
