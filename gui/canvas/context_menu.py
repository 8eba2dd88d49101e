"""The context menus: what can be done to the node, wire, port or canvas under the mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtWidgets import QMenu

from gui.canvas.hits import Hit, Part
from miniflow.graph import composing
from miniflow.graph.edits import AddNode, SetOutput, SetTrainable

if TYPE_CHECKING:
    from gui.canvas.view import Canvas

translate = QCoreApplication.translate
COPY_OFFSET = (36.0, 36.0)


def context_menu(canvas: Canvas, found: Hit, place: QPointF) -> QMenu:
    """Return the menu for what is at ``place``."""
    menu = QMenu(canvas)
    menu.setObjectName("canvas.menu")
    builder = _Builder(canvas, menu)
    if found.part is Part.WIRE and found.wire is not None:
        builder.wire(found.wire)
    elif found.part is Part.PORT and isinstance(found.port, int) and found.node is not None:
        builder.port(found.node, found.port)
    elif found.node is not None:
        builder.node(found.node)
    else:
        builder.ground(place)
    return menu


class _Builder:
    def __init__(self, canvas: Canvas, menu: QMenu) -> None:
        self.canvas, self.menu = canvas, menu
        self.workspace = canvas.workspace

    def add(self, text: str, slot: Callable[[], object], is_enabled: bool = True) -> None:
        action = self.menu.addAction(text)
        action.setEnabled(is_enabled)
        action.triggered.connect(slot)

    def node(self, node: str) -> None:
        record = self.workspace.document.nodes[node]
        chosen = self.workspace.selection.nodes if node in self.workspace.selection.nodes else (node,)
        self.workspace.selection.select(chosen)
        if record.type == "Input":
            self.add(translate("Canvas", "Edit value"), lambda: self.canvas.editing.edit_value(node))
            text = translate("Canvas", "Do not train") if record.trainable else translate("Canvas", "Train")
            edit = SetTrainable(node, record.trainable, not record.trainable)
            self.add(text, lambda: self.workspace.do(text, edit))
        else:
            text = translate("Canvas", "Differentiate this node")
            output = SetOutput(self.workspace.document.output, node)
            self.add(text, lambda: self.workspace.do(text, output), output.old != node)
        self.add(translate("Canvas", "Rename"), lambda: self.canvas.editing.edit_name(node))
        self.add(translate("Canvas", "Duplicate"), self._duplicate)
        self.menu.addSeparator()
        self.add(translate("Canvas", "Delete"), self._delete)

    def wire(self, key: tuple[str, int]) -> None:
        self.add(translate("Canvas", "Delete wire"), lambda: self._disconnect(key))

    def port(self, node: str, port: int) -> None:
        self.add(
            translate("Canvas", "Disconnect"),
            lambda: self._disconnect((node, port)),
            (node, port) in self.canvas.mirror.wires,
        )

    def ground(self, place: QPointF) -> None:
        requests = self.workspace.viewport
        self.add(translate("Canvas", "Add a node…"), lambda: self.canvas.adding.open_at(place))
        self.menu.addSeparator()
        self.add(translate("Canvas", "Arrange"), requests.arrange.emit)
        self.add(translate("Canvas", "Fit everything"), requests.fit.emit)

    def _delete(self) -> None:
        nodes = self.workspace.selection.nodes
        self.canvas.do(translate("Canvas", "Delete"), composing.remove(self.workspace.document, nodes))

    def _duplicate(self) -> None:
        edits = composing.duplicate(self.workspace.document, self.workspace.selection.nodes, COPY_OFFSET)
        self.canvas.do(translate("Canvas", "Duplicate"), edits)
        self.workspace.selection.select(edit.node.id for edit in edits if isinstance(edit, AddNode))

    def _disconnect(self, key: tuple[str, int]) -> None:
        self.workspace.do(
            translate("Canvas", "Disconnect"), *composing.disconnect(self.workspace.document, [key])
        )
