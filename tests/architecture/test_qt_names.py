"""No attribute of ours takes the place of a method of Qt's: Qt would call the attribute, and the process dies."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import gui


def names_of_qt(cls: type) -> set[str]:
    """Every method and signal that ``cls`` has from Qt."""
    ancestors = [base for base in cls.__mro__ if base.__module__.startswith("PySide6.")]
    return {name for base in ancestors for name in vars(base) if not name.startswith("__")}


def assigned_names(body: ast.ClassDef) -> Iterator[tuple[str, int]]:
    """Each name that a class assigns, in its body or as ``self.name``, with its line."""
    for statement in body.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        yield from ((target.id, target.lineno) for target in targets if isinstance(target, ast.Name))
    for node in ast.walk(body):
        is_written = isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        if is_written and isinstance(node.value, ast.Name) and node.value.id == "self":
            yield node.attr, node.lineno


def covered_names(module: ModuleType) -> list[str]:
    """A line for each attribute in ``module`` that covers one of Qt's."""
    found = []
    for body in ast.walk(ast.parse(inspect.getsource(module))):
        cls = getattr(module, body.name, None) if isinstance(body, ast.ClassDef) else None
        if isinstance(body, ast.ClassDef) and isinstance(cls, type):
            taken = names_of_qt(cls)
            found += [
                f"{module.__name__}, line {line}: {body.name}.{name} covers Qt's own {name}"
                for name, line in assigned_names(body)
                if name in taken
            ]
    return found


MODULES = sorted(info.name for info in pkgutil.walk_packages(gui.__path__, "gui."))


def test_no_attribute_of_the_window_covers_one_of_qt() -> None:
    assert [line for name in MODULES for line in covered_names(importlib.import_module(name))] == []


@pytest.mark.parametrize(
    ("base", "statement", "name"),
    [
        ("QtWidgets.QGraphicsRectItem", "self.shape = (2, 3)", "shape"),
        ("QtCore.QTimer", "self.id = 'W1'", "id"),
        ("QtWidgets.QWidget", "self.event, self.other = 1, 2", "event"),
        ("QtWidgets.QLabel", "self.sizeHint: int = 3", "sizeHint"),
        ("QtWidgets.QMainWindow", "with open(name) as self.style: pass", "style"),
    ],
)
def test_a_planted_attribute_is_found_even_in_a_grandchild(
    base: str, statement: str, name: str, tmp_path: Path
) -> None:
    planted = load(
        tmp_path,
        f"from PySide6 import QtCore, QtWidgets\n"
        f"class Child({base}):\n    pass\n"
        f"class Grandchild(Child):\n    def set(self, name):\n        {statement}\n",
    )
    assert covered_names(planted) == [f"planted, line 6: Grandchild.{name} covers Qt's own {name}"]


def test_a_planted_class_attribute_is_found(tmp_path: Path) -> None:
    planted = load(tmp_path, "from PySide6.QtWidgets import QWidget\nclass Card(QWidget):\n    font = 12\n")
    assert covered_names(planted) == ["planted, line 3: Card.font covers Qt's own font"]


def test_names_that_qt_does_not_use_are_free(tmp_path: Path) -> None:
    source = "from PySide6.QtWidgets import QWidget\nclass Card(QWidget):\n    def set(self):\n        self.form = 1\n"
    assert covered_names(load(tmp_path, source)) == []


def load(folder: Path, source: str) -> ModuleType:
    path = folder / "planted.py"
    path.write_text(source)
    spec = importlib.util.spec_from_file_location("planted", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
