"""No function, class or file grows past what a reader can hold."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = {"function": 40, "class": 200, "file": 300}


def oversized(folder: Path) -> list[str]:
    """A line for each function, class and file in ``folder`` that is too long."""
    return [complaint for path in sorted(folder.rglob("*.py")) for complaint in oversized_in(path)]


def oversized_in(path: Path) -> list[str]:
    source = path.read_text(encoding="utf-8")
    lengths = [("file", path.name, len(source.splitlines()))]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            kind = "class" if isinstance(node, ast.ClassDef) else "function"
            lengths.append((kind, node.name, (node.end_lineno or 0) - node.lineno + 1))
    return [
        f"{path}: the {kind} {name} has {length} lines, {LONGEST[kind]} are allowed"
        for kind, name, length in lengths
        if length > LONGEST[kind]
    ]


@pytest.mark.parametrize("package", ["miniflow", "gui"])
def test_everything_is_short_enough_to_read(package: str) -> None:
    assert oversized(ROOT / package) == []


def function_of(lines: int) -> str:
    return "def long():\n" + "    pass\n" * (lines - 1)


def class_of(lines: int) -> str:
    return "class Long:\n" + "    x = 1\n" * (lines - 1)


@pytest.mark.parametrize(
    ("kind", "source"),
    [("function", function_of(41)), ("class", class_of(201)), ("file", "x = 1\n" * 301)],
)
def test_a_line_too_many_is_found(kind: str, source: str, tmp_path: Path) -> None:
    (tmp_path / "long.py").write_text(source)
    assert [f"the {kind} " in complaint for complaint in oversized(tmp_path)] == [True]


@pytest.mark.parametrize("source", [function_of(40), class_of(200), "x = 1\n" * 300])
def test_the_last_line_allowed_is_allowed(source: str, tmp_path: Path) -> None:
    (tmp_path / "fits.py").write_text(source)
    assert oversized(tmp_path) == []
