"""Rules that the source itself shows: what breaks Qt's translations, start-up or tests without anyone noticing."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
Rule = Callable[[ast.Module], Iterator[ast.AST]]


def star_imports(tree: ast.Module) -> Iterator[ast.AST]:
    """``from PySide6.X import *`` costs a fifth of the start-up."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and any(name.name == "*" for name in node.names):
            yield node


def texts_put_together_before_translation(tree: ast.Module) -> Iterator[ast.AST]:
    """``tr(f"...")`` is looked up with the numbers already in it, and so never found."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and is_translation(node):
            yield from (argument for argument in node.args if is_put_together(argument))


def is_translation(call: ast.Call) -> bool:
    """Whether a call looks a text up: painters translate too, but from place to place."""
    of = call.func.value if isinstance(call.func, ast.Attribute) else None
    by_name = of is None or (isinstance(of, ast.Name) and of.id == "QCoreApplication")
    return called_name(call) == "tr" or (called_name(call) == "translate" and by_name)


def is_put_together(text: ast.expr) -> bool:
    if isinstance(text, ast.Call):
        return called_name(text) == "format" and isinstance(text.func, ast.Attribute)
    return isinstance(text, ast.JoinedStr | ast.BinOp)


def waits_that_wait_for_nothing(tree: ast.Module) -> Iterator[ast.AST]:
    """``qtbot.waitExposed(w)`` does nothing unless ``with`` enters it."""
    entered = {id(item.context_expr) for node in ast.walk(tree) if isinstance(node, ast.With) for item in node.items}
    for node in ast.walk(tree):
        waits = isinstance(node, ast.Call) and called_name(node) in {"waitExposed", "waitActive"}
        if waits and id(node) not in entered:
            yield node


def widgets(tree: ast.Module) -> Iterator[ast.AST]:
    """Controllers hold what the app is doing; what shows it can be thrown away, so they know no widget."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "PySide6.QtWidgets":
            yield node


def actions_taken_back(tree: ast.Module) -> Iterator[ast.AST]:
    """``removeAction`` also cuts what the action calls, in PySide6: such a menu entry does nothing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called_name(node) == "removeAction":
            yield node


def called_name(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


RULES: dict[Rule, list[str]] = {
    star_imports: ["miniflow", "gui", "tools", "tests"],
    texts_put_together_before_translation: ["gui"],
    waits_that_wait_for_nothing: ["tests"],
    widgets: ["gui/controllers"],
    actions_taken_back: ["gui"],
}


def broken(rule: Rule, folder: Path) -> list[str]:
    """A line for each place in ``folder`` that breaks ``rule``."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        for node in rule(ast.parse(path.read_text(encoding="utf-8"))):
            found.append(f"{path}:{getattr(node, 'lineno', 0)}: {rule.__doc__}")
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_source_keeps_the_rule(rule: Rule) -> None:
    assert [place for folder in RULES[rule] for place in broken(rule, ROOT / folder)] == []


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (star_imports, "from PySide6.QtWidgets import *"),
        (texts_put_together_before_translation, 'self.tr(f"{count} nodes")'),
        (texts_put_together_before_translation, 'self.tr("{0} nodes".format(count))'),
        (texts_put_together_before_translation, 'QCoreApplication.translate("Canvas", "nodes: " + count)'),
        (waits_that_wait_for_nothing, "qtbot.waitExposed(window)"),
        (widgets, "from PySide6.QtWidgets import QLabel"),
        (actions_taken_back, "menu.removeAction(action)"),
    ],
)
def test_a_planted_breach_is_found(rule: Rule, source: str, tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text(source)
    assert len(broken(rule, tmp_path)) == 1


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (star_imports, "from PySide6.QtWidgets import QLabel"),
        (texts_put_together_before_translation, 'self.tr("{0} nodes").format(count)'),
        (texts_put_together_before_translation, "self.tr(sentence.template).format(**sentence.fields)"),
        (texts_put_together_before_translation, "painter.translate(x + width, 0)"),
        (waits_that_wait_for_nothing, "with qtbot.waitExposed(window):\n    window.show()"),
        (widgets, "from PySide6.QtCore import QObject"),
    ],
)
def test_what_is_right_is_left_alone(rule: Rule, source: str, tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text(source)
    assert broken(rule, tmp_path) == []
