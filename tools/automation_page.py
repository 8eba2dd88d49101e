"""Writes docs/automation.md: every name by which a test or assistive technology finds something in the window.

Usage: ``python tools/automation_page.py``; a test fails while the page differs from what the window has.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QAction  # noqa: E402
from PySide6.QtWidgets import (  # noqa: E402
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QDockWidget,
    QGraphicsView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)

if TYPE_CHECKING:
    from gui.main_window import MainWindow

PAGE = ROOT / "docs" / "automation.md"

INPUTS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QGraphicsView,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)

HEAD = """# Names for tests and assistive technology

Every name below is the `objectName` of something in the window, and stays what it is. `tools/automation_page.py` writes
this page from the window itself.

Nodes and ports have no object of their own: `window.canvas.node_position(id)` is the middle of a node's title, and
`window.canvas.port_position(id, port)` a port (`0`, `1`, … for inputs, `"out"`), both in the coordinates of
`window.canvas.viewport()`, and so is `window.canvas.note_position(id)`, the middle of a note. The widget
`canvas.minimap` is the map in the corner of the canvas. `window.workspace.document` is the document on the screen; its
`to_dict()` is what would be saved.
"""


def actions(window: QWidget) -> list[QAction]:
    """Every action that a person can reach, submenus and separators left out."""
    found = (action for action in window.findChildren(QAction) if not action.isSeparator() and action.menu() is None)
    return [action for action in found if not is_of_qt(action.objectName()) and action.text()]


def inputs(window: QWidget) -> list[QWidget]:
    """Every widget that takes input from a person, but the parts of which Qt makes up its own widgets."""
    found = (widget for widget in window.findChildren(QWidget) if isinstance(widget, INPUTS))
    return [widget for widget in found if not is_part_of_another(widget)]


def is_part_of_another(widget: QWidget) -> bool:
    """Whether Qt made a widget as a part of one of its own, such as the text field of a spin box."""
    whole = widget.parentWidget()
    part_of = (QComboBox, QAbstractSpinBox, QAbstractItemView, QDockWidget, QMenu)
    of_a_combo_box = whole is not None and isinstance(whole.parentWidget(), QComboBox)
    unnamed_part = isinstance(whole, part_of) and not widget.objectName()
    return is_of_qt(widget.objectName()) or isinstance(widget, QScrollBar) or of_a_combo_box or unnamed_part


def is_of_qt(name: str) -> bool:
    """Whether Qt gave a name itself."""
    return name.startswith(("qt_", "_q_", "ScrollLeftButton", "ScrollRightButton"))


def texts(window: QWidget) -> list[QLabel]:
    """Every label that has a name, and so can be read by a test."""
    return [label for label in window.findChildren(QLabel) if label.objectName() and not is_of_qt(label.objectName())]


def kind(widget: QWidget) -> str:
    """The class of Qt's that a widget is of."""
    return next(base.__name__ for base in type(widget).__mro__ if base.__module__.startswith("PySide6."))


def described(widget: QWidget) -> tuple[str, str, str]:
    """The row of an input widget; what there is of each class or node shares one, so that no new one needs a line."""
    family, _, member = widget.objectName().rpartition(".")
    if member[:1].isupper():
        return f"{family}.Linear", kind(widget), "Linear; and so for every node class"
    if member == "row":
        return widget.objectName(), kind(widget), "its text; as many as there are rows"
    return widget.objectName(), kind(widget), widget.accessibleName()


def named(action: QAction) -> tuple[str, str]:
    """The row of an action; the examples share one, so that a new example needs no new line."""
    if action.objectName().startswith("file.example_"):
        return "file.example_boston", "Boston; and so for every file in resources/examples"
    return action.objectName(), action.text().replace("&", "")


def table(heads: str, rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table, sorted by its first column."""
    columns = heads.count("|") + 1
    lines = [f"| {heads} |", "|" + " --- |" * columns]
    for name, *others in sorted(set(rows)):
        lines.append("| " + " | ".join([f"`{name}`", *(other.replace("|", "\\|") for other in others)]) + " |")
    return "\n".join(lines) + "\n"


@contextmanager
def with_dialogs(window: MainWindow) -> Iterator[MainWindow]:
    """Have the dialogs, which are made when they are opened, among the children of a window for a while."""
    from gui.dialogs.about import AboutDialog
    from gui.dialogs.picture import PictureDialog
    from gui.dialogs.shortcuts import ShortcutSheet

    dialogs = [PictureDialog(window.workspace, "svg", window), AboutDialog(window), ShortcutSheet(window)]
    yield window
    for dialog in dialogs:
        dialog.deleteLater()


def automation_page(window: MainWindow) -> str:
    """The whole page for a window that shows its first example, and for its dialogs."""
    with with_dialogs(window):
        return _page(window)


def _page(window: QWidget) -> str:
    named_actions = (named(action) for action in actions(window))
    panels = ((dock.objectName(), dock.windowTitle()) for dock in window.findChildren(QDockWidget))
    named_inputs = (described(widget) for widget in inputs(window))
    named_texts = ((label.objectName(), kind(label)) for label in texts(window))
    return "\n".join(
        [
            HEAD,
            "## Actions\n",
            table("name | in the menu", named_actions),
            "## Panels\n",
            table("name | title", panels),
            "## Input widgets\n",
            table("name | kind | accessible name", named_inputs),
            "## Texts\n",
            table("name | kind", named_texts),
        ]
    )


def main() -> None:
    """Write the page."""
    from gui.app import create_application, create_window

    create_application(["miniflow-studio"])
    PAGE.write_text(automation_page(create_window()), encoding="utf-8")


if __name__ == "__main__":
    main()
