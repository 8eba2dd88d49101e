"""The app as ``main.py`` starts it, answering questions about its window that come in on standard input, one a line.

A question is a JSON list, its name and then the details; the answer is a JSON object with the key ``answer``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, QSocketNotifier
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QTabBar, QTableView, QWidget

from gui.app import create_application, create_window, offer_what_was_left
from gui.main_window import MainWindow


class Questions:
    """Answers, each from what the window's contract promises."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.answers: dict[str, Callable[..., Any]] = {
            "window": lambda: int(window.winId()),
            "has the keyboard": lambda: QApplication.focusWidget() is not None,
            "focus": lambda: getattr(QApplication.focusWidget(), "objectName", str)(),
            "document": lambda: window.workspace.document.to_dict(),
            "number of nodes": lambda: len(window.workspace.document.nodes),
            "number of wires": self.number_of_wires,
            "position": lambda: int(self.find(QLabel, "play_bar.position").text().split()[0]),
            "node": lambda name: self.on_screen(window.canvas.node_position(name)),
            "port": lambda name, port: self.on_screen(window.canvas.port_position(name, port)),
            "canvas": lambda x, y: self.on_screen(QPoint(x, y)),
            "has a menu": lambda: QApplication.activePopupWidget() is not None,
            "trained an epoch": lambda: window.workspace.training.epoch >= 2,
            "enabled": lambda name: self.find(QAction, name).isEnabled(),
            "text": lambda name: self.find(QWidget, name).text(),
            "widget": lambda name: self.middle_of(self.find(QWidget, name)),
            "tab": self.tab,
            "numbers": lambda name: self.numbers(self.find(QTableView, name)),
        }
        self.notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self.notifier.activated.connect(self.answer)

    def number_of_wires(self) -> int:
        """How many wires the document has."""
        nodes = self.window.workspace.document.to_dict()["nodes"]
        return sum(source is not None for node in nodes for source in node.get("inputs", []))

    def on_screen(self, point: QPoint) -> tuple[int, int]:
        """Where a point of the canvas is on the screen."""
        place = self.window.canvas.viewport().mapToGlobal(point)
        return place.x(), place.y()

    def middle_of(self, widget: QWidget) -> tuple[int, int] | None:
        """Where the middle of a widget is on the screen; None where it is hidden."""
        place = widget.mapToGlobal(widget.rect().center())
        return (place.x(), place.y()) if widget.isVisible() else None

    def tab(self, title: str) -> tuple[int, int] | None:
        """Where the tab of a panel is on the screen, by its title."""
        for bar in self.window.findChildren(QTabBar):
            for index in range(bar.count()):
                if bar.tabText(index) == title and bar.isVisible():
                    place = bar.mapToGlobal(bar.tabRect(index).center())
                    return place.x(), place.y()
        return None

    @staticmethod
    def numbers(table: QTableView) -> list[list[float]] | None:
        """The numbers that a table shows, read from its text; None where it is hidden."""
        if not table.isVisible():
            return None
        model = table.model()
        return [
            [read(model.index(row, column).data()) for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def find(self, kind: type[Any], name: str) -> Any:
        """The widget or action with this object name."""
        found = self.window.findChild(kind, name)
        if found is None:
            raise LookupError(f"the window has no {kind.__name__} called {name}")
        return found

    def answer(self) -> None:
        """Answer the next question."""
        name, *details = json.loads(sys.stdin.readline())
        print(json.dumps({"answer": self.answers[name](*details)}), flush=True)


def read(shown: str) -> float:
    """The number that a text on the screen stands for."""
    return float(shown.replace("−", "-"))


def main() -> int:
    """Open the window and answer until it is closed."""
    application = create_application(["miniflow-studio"])
    window = create_window()
    offer_what_was_left(window.workspace)
    window.show()
    questions = Questions(window)
    status = application.exec()
    questions.notifier.setEnabled(False)
    return status


if __name__ == "__main__":
    sys.exit(main())
