"""The window is on the screen before anything heavy is imported."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIGHT = ["main", "miniflow", "miniflow.graph.document", "miniflow.graph.history", "gui.workspace", "gui.app"]

AT_IMPORT = """
import importlib, sys
importlib.import_module({module!r})
print(*sorted({{"numpy", "networkx", "matplotlib"}} & set(sys.modules)))
"""

AT_FIRST_PAINT = """
import os, sys
import main
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QMainWindow
import gui.main_window

def event(window, event):
    if event.type() == QEvent.Type.Paint:
        print(*sorted({"numpy", "networkx", "matplotlib"} & set(sys.modules)), flush=True)
        os._exit(0)
    return QMainWindow.event(window, event)

gui.main_window.MainWindow.event = event
sys.argv = ["main.py"]
main.main()
"""


def heavy_imports(code: str, folder: Path = ROOT) -> list[str]:
    """What of NumPy, networkx and matplotlib a new Python has imported after ``code``."""
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.split()


@pytest.mark.parametrize("module", LIGHT)
def test_a_module_on_the_way_to_the_first_paint_imports_nothing_heavy(module: str) -> None:
    assert heavy_imports(AT_IMPORT.format(module=module)) == []


def test_the_first_paint_comes_before_the_heavy_imports() -> None:
    assert heavy_imports(AT_FIRST_PAINT) == []


@pytest.mark.parametrize("planted", ["gui/app.py", "gui/main_window.py", "gui/options.py"])
def test_a_planted_import_is_found_at_the_first_paint(planted: str, tmp_path: Path) -> None:
    for name in ("miniflow", "gui", "resources"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "main.py", tmp_path)
    with (tmp_path / planted).open("a") as file:
        file.write("\nimport numpy\n")
    assert heavy_imports(AT_FIRST_PAINT, tmp_path) == ["numpy"]
