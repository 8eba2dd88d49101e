"""The arrows between packages and folders hold, and each contract catches the violation it is there for."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHECK = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports({options}))"

PLANTED = {
    "library-and-window": ("miniflow/nodes/add.py", "import gui.workspace"),
    "library-layers": ("miniflow/nodes/add.py", "import miniflow.engine.passes"),
    "window-layers": ("gui/widgets/style.py", "import gui.workspace"),
    "library-needs-only-numpy": ("miniflow/engine/order.py", "import networkx"),
    "override-without-a-package": ("gui/workspace.py", "import typing_extensions"),
    "light-records": ("miniflow/graph/records.py", "import numpy"),
    "presentation-without-qt": ("gui/presentation/numbers.py", "import PySide6.QtCore"),
    "matplotlib-in-one-place": ("gui/workspace.py", "import matplotlib.figure"),
    "networkx-in-one-place": ("gui/workspace.py", "import networkx"),
    "independent-nodes": ("miniflow/nodes/add.py", "import miniflow.nodes.mul"),
    "independent-datasets": ("miniflow/datasets/xor.py", "import miniflow.datasets.boston"),
    "independent-bugs": ("miniflow/bugs/wrong_order.py", "import miniflow.bugs.overwriting"),
    "independent-panels": ("gui/panels/training.py", "import gui.panels.palette"),
    "independent-dialogs": ("gui/dialogs/about.py", "import gui.dialogs.files"),
    "independent-menus": ("gui/actions/edit.py", "import gui.actions.file"),
    "no-cycles": ("miniflow/graph/edits.py", "import miniflow.graph.history"),
}


def check_contracts(folder: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    """Hold the packages in ``folder`` against these contracts, or against all."""
    code = CHECK.format(options=f"limit_to_contracts={contracts}, no_cache=True")
    return subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)


def identifiers() -> set[str]:
    prefix = "[importlinter:contract:"
    lines = (ROOT / ".importlinter").read_text().splitlines()
    return {line.removeprefix(prefix).removesuffix("]") for line in lines if line.startswith(prefix)}


def test_every_arrow_points_the_right_way() -> None:
    answer = check_contracts(ROOT)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_every_contract_has_a_violation_to_catch() -> None:
    assert set(PLANTED) == identifiers()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of both packages and their contracts, to spoil."""
    for package in ("miniflow", "gui"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_import_breaks_its_contract(contract: str, copy: Path) -> None:
    name, line = PLANTED[contract]
    with (copy / name).open("a") as file:
        file.write(f"\n{line}\n")
    answer = check_contracts(copy, contract)
    assert "0 kept, 1 broken" in answer.stdout, answer.stdout + answer.stderr


@pytest.mark.parametrize(("package", "contract"), [("miniflow", "library-layers"), ("gui", "window-layers")])
def test_a_file_that_no_layer_names_breaks_the_layers(package: str, contract: str, copy: Path) -> None:
    (copy / package / "helpers.py").write_text("")
    assert check_contracts(copy, contract).returncode != 0
