"""Editing in place: a node's name on its title, an Input's value beside its card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout

from gui.presentation.node_facts import suggested_shape
from gui.widgets.name_editor import NameEditor
from gui.widgets.popup import Popup
from gui.widgets.sentences import short
from gui.widgets.value_editor import ValueEditor
from miniflow.errors import Sentence
from miniflow.graph.edits import Rename, SetValue
from miniflow.graph.limits import name_fault
from miniflow.graph.records import ValueRecord

if TYPE_CHECKING:
    from gui.canvas.view import Canvas
    from gui.controllers.settling import Settling

_VALUE_WIDTH = 380


class Editing(QObject):
    """The two editors that open on the canvas. At most one is open; either closes when the graph is looked at anew."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._workspace = canvas.workspace
        self._node: str | None = None
        self._name = NameEditor(canvas.viewport(), self._name_fault)
        self._name.accepted.connect(self._rename)
        self._name.cancelled.connect(self.close)
        self._name.released.connect(self._workspace.end_draft)
        self._frame: Popup | None = None
        self._value: ValueEditor | None = None
        self._whose = QLabel()
        self._workspace.viewport.rename.connect(self.edit_name)
        self._workspace.viewport.edit_value.connect(self.edit_value)
        self._workspace.edited.connect(self._check_node)
        self._workspace.settling.connect(self._settle)
        canvas.mirror.rebuilding.connect(self.close)

    @property
    def is_open(self) -> bool:
        """Whether an editor is open."""
        return self._node is not None

    def edit_name(self, node: str) -> None:
        """Open the editor of a node's name on its title."""
        if not self.finish():
            return
        self._node = node
        self._canvas.navigator.reveal(node)
        self._name.open_at(self._title_rect(node), node)

    def edit_value(self, node: str) -> None:
        """Open the editor of an Input's value beside its card."""
        record = self._workspace.document.nodes.get(node)
        if record is None or record.type != "Input" or not self.finish():
            return
        self._canvas.navigator.reveal(node)
        frame, editor = self._value_frame()
        self._node = node
        self._whose.setText(self.tr("Value of {0}").format(short(node)))
        frame.raise_()
        frame.show()
        editor.edit(record.value, suggested_shape(self._workspace.structure, record))
        self._fit_frame()
        editor.setFocus()

    def close(self) -> None:
        """Close what is open, changing nothing."""
        if self._node is None:
            return
        self._node = None
        self._name.hide()
        if self._frame is not None:
            self._frame.hide()
        if self._canvas.isVisible():
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        self._name.forget_complaint()
        if self._value is not None:
            self._value.forget_complaint()

    def finish(self) -> bool:
        """Close what is open, and take what is typed there; tell if it could be kept, or else leave it open."""
        if self._fault():
            return False
        self.close()
        return True

    # --- the name -------------------------------------------------------------------------------------------------

    def _name_fault(self, name: str) -> Sentence | None:
        if name == self._node:
            return None
        if name in self._workspace.document.nodes:
            return Sentence("There is a node {node} already: choose another name.", {"node": name})
        return name_fault(name)

    def _rename(self, name: str) -> None:
        node = self._node
        self.close()
        if node is not None and name != node:
            self._workspace.do(self.tr("Rename {0}").format(node), Rename(node, name))

    def _title_rect(self, node: str) -> QRect:
        item = self._canvas.mirror.nodes[node]
        top_left = self._canvas.to_viewport(item.pos())
        scale = self._canvas.navigator.scale
        return QRectF(top_left, top_left + QPointF(item.card.width, item.card.header) * scale).toRect()

    # --- the value ------------------------------------------------------------------------------------------------

    def _value_frame(self) -> tuple[Popup, ValueEditor]:
        if self._frame is None or self._value is None:
            self._frame = Popup(self._canvas.viewport())
            self._frame.setObjectName("canvas.value")
            self._frame.setFixedWidth(_VALUE_WIDTH)
            self._value = ValueEditor(self._frame)
            self._value.accepted.connect(self._set_value)
            self._value.cancelled.connect(self.close)
            self._value.released.connect(self._workspace.end_draft)
            self._value.form_changed.connect(self._fit_frame)
            self._whose.setObjectName("canvas.value_heading")
            self._whose.setTextFormat(Qt.TextFormat.PlainText)
            self._whose.setStyleSheet("font-weight: 600;")
            self._whose.setContentsMargins(10, 8, 10, 0)
            column = QVBoxLayout(self._frame)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(self._whose)
            column.addWidget(self._value)
        return self._frame, self._value

    def _fit_frame(self) -> None:
        """Make the frame as high as the form in it asks for, and let it stand beside its card."""
        if self._frame is None or self._value is None or self._node is None:
            return
        margins = self._frame.contentsMargins()
        height = self._value.fitting_height(_VALUE_WIDTH - margins.left() - margins.right())
        height += self._whose.sizeHint().height() + margins.top() + margins.bottom()
        self._frame.resize(_VALUE_WIDTH, height)
        self._frame.move(self._beside(self._node, _VALUE_WIDTH, height))

    def _set_value(self, value: ValueRecord) -> None:
        node = self._node
        if node is None:
            return
        old = self._workspace.document.nodes[node].value
        self.close()
        if value != old:
            self._workspace.do(self.tr("Set the value of {0}").format(node), SetValue(node, old, value))

    def _beside(self, node: str, width: int, height: int) -> QPoint:
        """Return where an editor stands beside a card: at its right if there is room, below it if not."""
        card = self._canvas.card_in_viewport(node)
        area = self._canvas.viewport().rect()
        left, top = card.right() + 14, card.top()
        if left + width > area.width() - 8:
            left, top = card.left(), card.bottom() + 10
        return _inside(QRect(left, top, width, height), area)

    def _settle(self, settling: Settling) -> None:
        settling.hold(self._fault())

    def _fault(self) -> str:
        """Take what is typed into the open editor; where it cannot be kept, return why."""
        if self._name.isVisible():
            return self._name.settle()
        return self._value.settle() if self._value is not None and self._node is not None else ""

    def _check_node(self, edits: object) -> None:
        if self._node is not None and self._node not in self._workspace.document.nodes:
            self.close()


def _inside(frame: QRect, area: QRect) -> QPoint:
    left = max(8, min(frame.left(), area.width() - frame.width() - 8))
    return QPoint(left, max(8, min(frame.top(), area.height() - frame.height() - 8)))
