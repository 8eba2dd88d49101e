"""The inspector: everything about the selected node, or, where none is selected, about the document."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from gui.controllers.settling import Settling
from gui.panel import Panel
from gui.presentation.node_facts import node_facts
from gui.presentation.value_text import ValueTextError
from gui.widgets.document_sheet import DocumentSheet
from gui.widgets.node_sheet import NodeSheet
from gui.widgets.sentences import nodes_and_wires, say
from gui.workspace import Workspace
from miniflow.errors import EditError, Sentence, counted
from miniflow.graph.edits import Edit, Move, Rename, SetOutput, SetTitle, SetTrainable, SetValue
from miniflow.graph.limits import name_fault
from miniflow.graph.records import ValueRecord
from miniflow.overriding import override


class InspectorPanel(Panel):
    """Mirrors the selected node: its name, value, gradient, wires; edits them through the workspace."""

    name = "inspector"
    place = 1

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._document, self._node = DocumentSheet(self._read_title), NodeSheet(self._read_name)
        self._views = QStackedWidget()
        self._views.addWidget(_scrolled(self._document))
        self._views.addWidget(_scrolled(self._node))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._views)
        self._connect_sheets()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show)
        workspace.selection.changed.connect(self._show_soon)
        workspace.edited.connect(self._hear)
        workspace.document_replaced.connect(self._document.begin)
        workspace.document_replaced.connect(self._node.forget_all)
        workspace.document_replaced.connect(self._show_soon)
        workspace.readings.changed.connect(self._show_numbers)
        workspace.readings.shapes_changed.connect(self._show_soon)
        workspace.appearance.changed.connect(self._restyle)
        workspace.settling.connect(self._settle)
        self._restyle()
        self._mirror()

    @override
    def title(self) -> str:
        return self.tr("Inspector")

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while it was hidden."""
        super().showEvent(event)
        self._show()

    def _hear(self, edits: Sequence[Edit]) -> None:
        for edit in edits:
            if isinstance(edit, Rename):
                self._node.rename(edit.old, edit.new)
        if any(not isinstance(edit, Move) for edit in edits):
            self._show_soon()

    def _show_soon(self) -> None:
        self._soon.start()

    def _show(self) -> None:
        """Leave a node that is no longer selected, in sight or not, and, where in sight, show the one that is."""
        if self._node.node not in (None, self._current):
            self._node.leave()
        if self.isVisible():
            self._mirror()

    def _mirror(self) -> None:
        current = self._current
        if current is None:
            self._show_document()
        else:
            self._node.show_facts(node_facts(self.workspace.structure, current, self.workspace.readings.shape))
            self._show_numbers()
        self._views.setCurrentIndex(0 if current is None else 1)

    def _show_document(self) -> None:
        document = self.workspace.document
        wires = sum(source is not None for node in document.nodes.values() for source in node.inputs)
        trainable = sum(node.trainable for node in document.nodes.values())
        counts = ", ".join(
            (
                *nodes_and_wires(len(document.nodes), wires),
                say(counted(trainable, "1 trainable Input", "{count} trainable Inputs")),
            )
        )
        self._document.show_document(document.title, counts, self.workspace.structure.output)

    def _show_numbers(self) -> None:
        current = self._current
        if current is not None:
            reading = self.workspace.readings.of(current)
            self._node.show_numbers(reading.value, reading.gradient, reading.stale)

    def _restyle(self) -> None:
        theme = self.workspace.appearance.theme
        self._node.set_theme(theme)
        self._document.set_theme(theme)

    # --- what the person does -------------------------------------------------------------------------------------

    def _connect_sheets(self) -> None:
        self._document.title_given.connect(self._set_title)
        self._document.followed.connect(self._follow)
        self._node.renamed.connect(self._rename)
        self._node.value_given.connect(self._set_value)
        self._node.name_put_by.connect(self._tell_what_name_waits)
        self._node.value_put_by.connect(self._tell_what_value_waits)
        self._node.released.connect(self.workspace.end_draft)
        self._node.trainable_set.connect(self._set_trainable)
        self._node.differentiation_asked.connect(self._differentiate)
        self._node.followed.connect(self._follow)

    @property
    def _current(self) -> str | None:
        current = self.workspace.selection.current
        return current if current in self.workspace.document.nodes else None

    def _read_name(self, text: str) -> str:
        fault = name_fault(text)
        if fault is not None:
            raise ValueTextError.saying(fault)
        if text in self.workspace.document.nodes:
            raise EditError("There is a node {node} already: choose another name.", node=text)
        return text

    def _rename(self, node: str, name: str) -> None:
        if node in self.workspace.document.nodes and name != node:
            self.workspace.do(self.tr("Rename"), Rename(node, name))

    @staticmethod
    def _read_title(text: str) -> str:
        return text

    def _set_title(self, title: str) -> None:
        self.workspace.do(self.tr("Change the title"), SetTitle(self.workspace.document.title, title))

    def _set_value(self, node: str, value: ValueRecord) -> None:
        record = self.workspace.document.nodes.get(node)
        if record is not None and value != record.value:
            done = self.workspace.do(self.tr("Change a value"), SetValue(node, record.value, value))
            if not done:
                self._show_soon()

    def _tell_what_name_waits(self, node: str, reason: str) -> None:
        template = "What was typed for {node} cannot be its name, and waits for it in the Inspector. {reason}"
        self.workspace.tell_of_draft(Sentence(template, {"node": node, "reason": reason}))

    def _tell_what_value_waits(self, node: str, reason: str) -> None:
        template = "What was typed for {node} cannot be its value, and waits for it in the Inspector. {reason}"
        self.workspace.tell_of_draft(Sentence(template, {"node": node, "reason": reason}))

    def _set_trainable(self, trainable: bool) -> None:
        current = self._current
        if current is not None and trainable != self.workspace.document.nodes[current].trainable:
            self.workspace.do(self.tr("Make trainable or not"), SetTrainable(current, not trainable, trainable))

    def _differentiate(self) -> None:
        current = self._current
        if current is not None:
            self.workspace.do(self.tr("Choose the output"), SetOutput(self.workspace.document.output, current))

    def _settle(self, settling: Settling) -> None:
        reason = self._document.settle() or self._node.settle() or self._go_back_to_what_waits()
        if reason:
            self.wanted.emit()
            self._node.settle()  # now that it is in sight, it can take the keyboard
            settling.hold(reason)

    def _go_back_to_what_waits(self) -> str:
        """Select a node for which something was typed that cannot be; return why."""
        node = self._node.waiting(self.workspace.document.nodes)
        if node is None:
            return ""
        self.workspace.selection.select([node])
        self._mirror()
        return self._node.settle()

    def _follow(self, node: str) -> None:
        if node in self.workspace.document.nodes:
            self.workspace.selection.select([node])
            self.workspace.viewport.reveal.emit(node)


def _scrolled(view: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(view)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
