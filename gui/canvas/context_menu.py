"""The context menus: what can be done to the node, wire, note or canvas under the mouse.

Each entry is the very action of the menu bar, so it is named, enabled and done in one place. The menu first selects
what is under the mouse, since that is what those actions are about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtWidgets import QMenu

from gui.canvas.hits import Hit
from gui.canvas.newcomers import WireEnd
from miniflow.graph.layering import lacks_parameters
from miniflow.graph.records import NOTE_COLOURS

if TYPE_CHECKING:
    from gui.canvas.view import Canvas

translate = QCoreApplication.translate

_INPUT = ("edit.value", "graph.trainable")
_OTHER = ("graph.output",)
_LACKING = ("graph.parameters",)
_SEVERAL = ("graph.arrange",)
_NODE = (
    "run.take_next", "run.go_to_value", "run.go_to_gradient", "",
    "edit.rename", "graph.connect", "graph.disconnect", "", "edit.cut", "edit.copy", "edit.duplicate", "",
    "edit.select_upstream", "edit.select_downstream", "", "edit.delete",
)  # fmt: skip
_ONLY_WHERE_IT_CAN = ("run.take_next", "run.go_to_value", "run.go_to_gradient", "graph.connect", "graph.disconnect")
"""What is not offered at all where it can do nothing."""
_WIRE = ("edit.delete",)
_NOTE = ("edit.cut", "edit.copy", "edit.duplicate", "", "edit.delete")
_GROUND = ("edit.paste", "edit.select_all", "", "graph.arrange", "view.fit", "", "edit.copy_picture")


def context_menu(canvas: Canvas, found: Hit, place: QPointF) -> QMenu:
    """Return the menu for what is at ``place``; a wired in port stands for its wire, any other for its node."""
    menu = QMenu(canvas)
    menu.setObjectName("canvas.menu")
    wire = found.wire
    if wire is None and found.node is not None and isinstance(found.port, int):
        wire = (found.node, found.port) if (found.node, found.port) in canvas.mirror.wires else None
    if wire is not None:
        _select_wire(canvas, wire)
        _add(canvas, menu, _WIRE)
    elif found.node is not None:
        _select_node(canvas, found.node)
        if found.port is not None:
            _add_adding(canvas, menu, place, (found.node, found.port))
        record = canvas.workspace.document.nodes[found.node]
        own = _INPUT if record.type == "Input" else _OTHER
        several = _SEVERAL if len(canvas.workspace.selection.nodes) > 1 else ()
        _add(canvas, menu, (*(_LACKING if lacks_parameters(record) else ()), *own, *several, *_NODE))
    elif found.note is not None:
        _select_note(canvas, found.note)
        _add(canvas, menu, ("edit.value", *(f"graph.note_{colour}" for colour in NOTE_COLOURS), "", *_NOTE))
    else:
        menu.addAction(translate("Canvas", "Add a node…")).triggered.connect(lambda: canvas.adding.open_at(place))
        menu.addAction(translate("Canvas", "Add a note")).triggered.connect(lambda: canvas.note_taking.begin_at(place))
        _add(canvas, menu, _GROUND)
    return menu


def _add_adding(canvas: Canvas, menu: QMenu, place: QPointF, port: WireEnd) -> None:
    """Add the entry that opens the list of nodes that can be wired to a port."""
    entry = menu.addAction(translate("Canvas", "Add a node wired to this port…"))
    entry.triggered.connect(lambda: canvas.adding.open_at(place, port))
    menu.addSeparator()


def _add(canvas: Canvas, menu: QMenu, names: tuple[str, ...]) -> None:
    """Add these actions of the menu bar, and a line for each empty name."""
    actions = {action.objectName(): action for action in canvas.window().actions()}
    for name in names:
        if not name:
            menu.addSeparator()
        elif name in actions and (actions[name].isEnabled() or name not in _ONLY_WHERE_IT_CAN):
            menu.addAction(actions[name])


def _select_node(canvas: Canvas, node: str) -> None:
    """Have a node be the current one, among all that are selected if it is one of them."""
    selection = canvas.workspace.selection
    if node in selection.nodes:
        others = (other for other in selection.nodes if other != node)
        selection.select((*others, node), selection.wires, selection.notes)
    else:
        selection.select((node,))


def _select_note(canvas: Canvas, note: str) -> None:
    """Have a note be selected, with all that are selected beside it if it is one of them."""
    selection = canvas.workspace.selection
    if note not in selection.notes:
        selection.select((), (), (note,))


def _select_wire(canvas: Canvas, key: tuple[str, int]) -> None:
    """Have a wire be selected, with all wires that are selected beside it if it is one of them."""
    wire, selection = canvas.mirror.wires[key], canvas.workspace.selection
    if (wire.source, wire.consumer, wire.port) not in selection.wires:
        selection.select((), [(wire.source, wire.consumer, wire.port)])
