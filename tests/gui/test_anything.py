"""Whatever is done in the window, by mouse, keys and edits: nothing is lost, nothing lies, and all can be taken back.

A run of many more steps: ``MINIFLOW_WANDER=20000 .venv/bin/python -m pytest -n auto tests/gui/test_anything.py``.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from gui.main_window import MainWindow
from miniflow.graph.rules import problems
from miniflow.io.schema import to_text
from miniflow.training.recording import record_trace
from tests.gui.mirroring import assert_mirrors
from tests.gui.wandering import Wanderer

STEPS = int(os.environ.get("MINIFLOW_WANDER", "180"))
LEG = 60
"""After so many steps all is taken back, done again, and read from its file; each leg has its own seed."""


def text(window: MainWindow) -> str:
    return to_text(window.workspace.document.record())


def assert_numbers_are_true(window: MainWindow) -> None:
    """A number that is not shown as stale is what a run of the document as it is gives."""
    workspace = window.workspace
    shown_run = workspace.stepping.trace
    if shown_run is None or workspace.stepping.stale:
        return
    fresh = record_trace(workspace.document.record(), shown_run.choices, shown_run.way_back, len(shown_run.batches))
    now = fresh.at(workspace.stepping.position)
    for node in workspace.document.nodes:
        reading = workspace.readings.of(node)
        for shown, true in ((reading.value, now.value(node)), (reading.gradient, now.gradient(node))):
            assert shown is None or reading.stale or true is None or np.array_equal(shown, true, equal_nan=True)


def assert_all_is_well(window: MainWindow) -> None:
    canvas, workspace = window.canvas, window.workspace
    assert_mirrors(canvas)
    assert_numbers_are_true(window)
    assert workspace.structure.problems() == problems(workspace.document.record())
    reach = canvas.sceneRect()
    assert all(reach.contains(item.pos()) for item in canvas.mirror.nodes.values())
    assert all(np.isfinite((item.x(), item.y())).all() for item in canvas.mirror.nodes.values())
    assert isinstance(canvas.navigator.visible().center(), QPointF)


def take_all_back_and_do_it_again(window: MainWindow, first: str) -> None:
    workspace, last = window.workspace, text(window)
    while workspace.history.undo_text is not None:
        workspace.undo()
        assert_mirrors(window.canvas)
    assert text(window) == first
    while workspace.history.redo_text is not None:
        workspace.redo()
        assert_mirrors(window.canvas)
    assert text(window) == last


def load_what_was_saved(window: MainWindow, path: Path) -> None:
    last = text(window)
    window.workspace.files.save(path)
    assert path.read_text(encoding="utf-8") == last
    window.workspace.files.open(path)
    assert text(window) == last


@pytest.mark.parametrize("seed", range(-(-STEPS // LEG)))
def test_whatever_is_done_can_be_taken_back_and_the_screen_is_always_true(
    window: MainWindow, tmp_path: Path, seed: int
) -> None:
    path, first = tmp_path / "wandering.miniflow", text(window)
    wanderer = Wanderer(window, seed, path)
    for _ in range(LEG):
        wanderer.do_something()
        assert_all_is_well(window)
    take_all_back_and_do_it_again(window, first)
    load_what_was_saved(window, path)
    for _ in range(LEG // 6):
        wanderer.do_something()
        assert_all_is_well(window)
