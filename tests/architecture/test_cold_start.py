"""``python -m miniflow train`` is over in the time that importing NumPy takes: it imports little else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UNNEEDED = {
    "copy",
    "graphlib",
    "numpy.typing",
    "pathlib",
    "pkgutil",
    "shutil",
    "traceback",
    "unicodedata",
    "urllib.parse",  # which NumPy wants for a file that it is to open itself
    "miniflow.datasets.xor",
    "miniflow.engine.diagnosis",  # what tells of mistakes, where there is one
    "miniflow.engine.gradcheck",
    "miniflow.engine.passes",  # the lesson's calls, and what large graphs need that run once
    "miniflow.engine.trace",
    "miniflow.explain",
    "miniflow.nodes.relu",
    "miniflow.training.recording",
}
PROGRAM = """
import os, runpy, sys
os._exit = sys.exit
sys.argv = ["miniflow", "train", "resources/examples/boston.miniflow", "--epochs", "1"]
try:
    runpy.run_module("miniflow", run_name="__main__")
except SystemExit as end:
    print(end.code, *sorted({unneeded} & set(sys.modules)))
"""


def unneeded_imports(folder: Path) -> list[str]:
    """The exit status of the training, and which of the modules that it has no use for it has imported."""
    program = PROGRAM.format(unneeded=UNNEEDED)
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.splitlines()[-1].split()


def test_training_imports_nothing_that_it_has_no_use_for() -> None:
    assert unneeded_imports(ROOT) == ["0"]


@pytest.mark.parametrize(
    ("file", "planted"), [("errors.py", "shutil"), ("io/files.py", "pathlib"), ("node.py", "miniflow.nodes.relu")]
)
def test_a_planted_import_is_found_in_training(file: str, planted: str, tmp_path: Path) -> None:
    for name in ("miniflow", "resources"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "miniflow" / file).open("a") as text:
        text.write(f"\nimport {planted}\n")
    assert planted in unneeded_imports(tmp_path)
