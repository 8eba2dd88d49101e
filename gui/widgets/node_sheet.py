"""All about one node: name, value, gradient, wires. It shows what it is given, and tells what the person wants."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.presentation import numbers
from gui.presentation.node_facts import NodeFacts
from gui.presentation.theme import Theme
from gui.presentation.value_words import described
from gui.widgets.array_view import ArrayView
from gui.widgets.drafts import Drafts
from gui.widgets.link_list import LinkList
from gui.widgets.name_field import NameField
from gui.widgets.sentence_label import SentenceLabel
from gui.widgets.sentences import say
from gui.widgets.value_editor import ValueEditor
from gui.widgets.value_table import ValueTable
from miniflow.graph import records


class NodeSheet(QWidget):
    """A form about one node."""

    renamed = Signal(str, object)
    """The node, and the name that the person has given it."""
    value_given = Signal(str, object)
    name_put_by = Signal(str, str)
    """A node for which something was typed that can be no name, and why: it waits for the node."""
    value_put_by = Signal(str, str)
    released = Signal()
    """What could be no name or no value is kept no longer: it was changed or given up."""
    trainable_set = Signal(bool)
    differentiation_asked = Signal()
    followed = Signal(str)

    def __init__(self, check_name: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: NodeFacts | None = None
        self._theme: Theme | None = None
        self._headings: list[QLabel] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(6)
        self._add_identity(column, check_name)
        self._add_value(column)
        self._drafts: tuple[Drafts[Any], ...] = (self._name, self._editor, self._value)
        for drafts in self._drafts:
            drafts.released.connect(self.released)
        self._add_wires(column)
        column.addStretch(1)

    def show_facts(self, facts: NodeFacts) -> None:
        """Show a node, or what has changed about it."""
        before, self._facts = self._facts, facts
        node = facts.node
        is_another = before is None or before.node.id != node.id
        if is_another:
            self._name.turn_to(node.id)
            self._turn_table_to(node.id)
        self._name.editor.show_name(node.id)
        self._what.setText(f"{node.type} · {QCoreApplication.translate('Node', facts.summary)}")
        self._trainable.setVisible(facts.is_input)
        self._trainable.setChecked(node.trainable)
        self._recipe.setVisible(facts.is_input)
        self._recipe.setText(say(described(node.value)))
        if is_another:
            self._turn_editor_to(facts)
        elif before is not None and before.node.value != node.value and not self._editor.editor.has_draft:
            self._editor.editor.show_value(node.value, facts.suggested_shape)
            self._open_editor(facts.is_input and node.value is None)
        self._change.setVisible(facts.is_input and self._editor.isHidden())
        self._show_wires(facts)

    def show_numbers(self, value: Any, gradient: Any, stale: bool) -> None:
        """Show the value and the gradient as they are now; None where not computed."""
        if self._facts is not None:
            self._value.editor.show_value(self._facts.node, value, stale and not self._facts.is_input)
        self._gradient.show_array(gradient, stale)

    @property
    def node(self) -> str | None:
        """The node that it shows; None where it shows none."""
        return None if self._facts is None else self._facts.node.id

    def leave(self) -> None:
        """Show its node no longer. What was typed is handed out, and what cannot be waits."""
        self._facts = None
        for drafts in self._drafts:
            drafts.leave()

    def settle(self) -> str:
        """Hand out what is still being typed; return why it cannot be kept, if it cannot."""
        return next((reason for drafts in self._drafts if (reason := drafts.editor.settle())), "")

    def waiting(self, nodes: Collection[str]) -> str | None:
        """Return a node among these for which something was typed that cannot be."""
        return next((node for drafts in self._drafts if (node := drafts.waiting(nodes)) is not None), None)

    def rename(self, old: str, new: str) -> None:
        """Follow a node that was renamed."""
        for drafts in self._drafts:
            drafts.rename(old, new)
        if self._facts is not None and self._facts.node.id == old:
            self._facts = replace(self._facts, node=records.replace(self._facts.node, id=new))

    def forget_all(self) -> None:
        """Another document is shown."""
        self._facts = None
        for drafts in self._drafts:
            drafts.forget_all()

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        for heading in self._headings:
            heading.setStyleSheet(f"color: {theme['text.faint']}; font-weight: 600;")
        self._theme = theme
        self._value.editor.view.set_theme(theme)
        self._gradient.set_theme(theme)

    # --- parts ----------------------------------------------------------------------------------------------------

    def _add_identity(self, column: QVBoxLayout, check_name: Callable[[str], object]) -> None:
        column.addWidget(self._heading(self.tr("Name")))
        self._name = Drafts(lambda: NameField(check_name))
        self._name.accepted.connect(self.renamed)
        self._name.put_by.connect(self.name_put_by)
        column.addWidget(self._name)
        self._what = QLabel()
        self._what.setTextFormat(Qt.TextFormat.PlainText)
        self._what.setWordWrap(True)
        column.addWidget(self._what)

    def _add_value(self, column: QVBoxLayout) -> None:
        self._trainable = QCheckBox(self.tr("trainable: training may change it"))
        self._trainable.setObjectName("inspector.trainable")
        self._trainable.setAccessibleName(self.tr("Trainable"))
        self._trainable.clicked.connect(self.trainable_set)
        column.addWidget(self._trainable)
        self._value = Drafts(ValueTable)
        self._value.accepted.connect(self.value_given)
        self._value.put_by.connect(self.value_put_by)
        self._gradient = ArrayView("inspector.gradient", self.tr("Gradient"), "meaning.gradient")
        self._gradient.grid.numbers.why_not = lambda: self.tr("Gradients are computed: they cannot be typed.")
        self._recipe = QLabel()
        self._recipe.setTextFormat(Qt.TextFormat.PlainText)
        self._recipe.setWordWrap(True)
        self._editor = Drafts(_value_editor)
        self._editor.accepted.connect(self.value_given)
        self._editor.put_by.connect(self.value_put_by)
        self._editor.cancelled.connect(self._close_editor)
        self._change = QPushButton(self.tr("Change the value…"))
        self._change.setObjectName("inspector.change_value")
        self._change.setAccessibleName(self.tr("Change the value"))
        self._change.clicked.connect(self._edit_value)
        column.addWidget(self._recipe)
        column.addWidget(self._change, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self._editor, self._value, self._gradient):
            column.addWidget(part)

    def _add_wires(self, column: QVBoxLayout) -> None:
        self._inputs_heading = self._heading(self.tr("Takes"))
        self._inputs = LinkList("inspector.inputs")
        self._consumers_heading = self._heading(self.tr("Feeds"))
        self._consumers = LinkList("inspector.consumers")
        for links in (self._inputs, self._consumers):
            links.followed.connect(self.followed)
        self._output = SentenceLabel("inspector.output_note")
        self._differentiate = QPushButton(self.tr("Differentiate this node"))
        self._differentiate.setObjectName("inspector.differentiate")
        self._differentiate.setAccessibleName(self.tr("Differentiate this node"))
        self._differentiate.setToolTip(self.tr("Make it the output: every gradient is then of its value"))
        self._differentiate.clicked.connect(self.differentiation_asked)
        for part in (self._inputs_heading, self._inputs, self._consumers_heading, self._consumers, self._output):
            column.addWidget(part)
        column.addWidget(self._differentiate, 0, Qt.AlignmentFlag.AlignLeft)

    def _open_editor(self, is_open: bool) -> None:
        self._editor.setVisible(is_open)
        self._change.setVisible(not is_open and self._facts is not None and self._facts.is_input)

    def _turn_table_to(self, node: str) -> None:
        self._value.turn_to(node)
        if self._theme is not None:
            self._value.editor.view.set_theme(self._theme)

    def _turn_editor_to(self, facts: NodeFacts) -> None:
        has_draft = self._editor.turn_to(facts.node.id)
        if not has_draft:
            self._editor.editor.show_value(facts.node.value, facts.suggested_shape)
        self._open_editor(facts.is_input and (has_draft or facts.node.value is None))

    def _close_editor(self) -> None:
        self._open_editor(False)
        self._change.setFocus()

    def _edit_value(self) -> None:
        if self._facts is not None:
            self._open_editor(True)
            self._editor.editor.edit(self._facts.node.value, self._facts.suggested_shape)

    def _heading(self, text: str) -> QLabel:
        heading = QLabel(text)
        self._headings.append(heading)
        return heading

    def _show_wires(self, facts: NodeFacts) -> None:
        self._inputs_heading.setVisible(bool(facts.feeds))
        self._inputs.show_links([(self._feed_text(feed), feed.source) for feed in facts.feeds])
        consumers = [(self.tr("{0} (port {1})").format(id, port), id) for id, port in facts.consumers]
        self._consumers.show_links(consumers or [(self.tr("nothing"), None)])
        is_output = facts.is_output
        self._output.inform(self.tr("This is the output: every gradient is of its value.") if is_output else "")
        self._differentiate.setVisible(not is_output)

    def _feed_text(self, feed: Any) -> str:
        if feed.source is None:
            return self.tr("{0} ← nothing yet").format(feed.port)
        if feed.shape is None:
            return f"{feed.port} ← {feed.source}"
        return f"{feed.port} ← {feed.source}  {numbers.shape(feed.shape)}"


def _value_editor() -> ValueEditor:
    editor = ValueEditor()
    editor.setObjectName("inspector.editor")
    return editor
