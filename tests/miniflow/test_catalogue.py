"""One node class or data set, by its name: the very one that is in the list of all, whatever its file is called."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import miniflow
from miniflow.catalogue import dataset, datasets, find_node_class, node_class, node_classes
from miniflow.errors import DatasetError

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", node_classes())
def test_a_node_class_is_the_one_of_the_list(name: str) -> None:
    assert node_class(name) is find_node_class(name) is node_classes()[name] is getattr(miniflow, name)


@pytest.mark.parametrize("name", datasets())
def test_a_data_set_is_the_one_of_the_list_so_that_its_table_is_read_once(name: str) -> None:
    assert dataset(name) is datasets()[name]


@pytest.mark.parametrize(
    "name", ["", "Perceptron", "linear", "Node", "Operation", "../linear", "__init__", "nodes.linear"]
)
def test_what_is_no_node_class_is_not_found(name: str) -> None:
    assert find_node_class(name) is None


def test_an_unknown_data_set_is_told_with_those_that_exist() -> None:
    with pytest.raises(DatasetError, match="no data set mars: choose one of boston, diabetes, xor"):
        dataset("mars")


def test_a_node_is_found_in_a_file_of_any_name(tmp_path: Path) -> None:
    source = (ROOT / "miniflow" / "nodes" / "square.py").read_text(encoding="utf-8")
    (tmp_path / "powers.py").write_text(source.replace("class Square", "class Cube"), encoding="utf-8")
    program = (
        f"import miniflow.nodes; miniflow.nodes.__path__.append({str(tmp_path)!r})\n"
        "from miniflow import Cube\n"
        "from miniflow.catalogue import node_class\n"
        "print(Cube.__module__, node_class('Cube') is Cube)"
    )
    answer = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.stdout == "miniflow.nodes.powers True\n", answer.stderr
