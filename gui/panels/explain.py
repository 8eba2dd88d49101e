"""The Explain panel: why the number of this step, or of the selected node, is what it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gui.explaining.asking import Asking
from gui.explaining.checking import AllChecking, NodeChecking
from gui.explaining.drawing_ahead import DrawingAhead
from gui.explaining.what_if import WhatIf
from gui.panel import Panel
from gui.presentation.inline import in_text, inline
from gui.widgets.element_hover import ElementHover
from gui.widgets.explanation_card import ExplanationCard
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.panel_parts import plain_label, styled
from gui.widgets.rebuilt_area import RebuiltArea
from gui.widgets.sentences import say
from gui.workspace import Workspace
from miniflow.engine.trace import Phase
from miniflow.explain.captions import caption
from miniflow.explain.explaining import explain_node
from miniflow.explain.explanation import Explanation
from miniflow.explain.making import makings
from miniflow.explain.plain_text import as_latex, as_text
from miniflow.overriding import override


class ExplainPanel(Panel):
    """The current step's node, or the selected one until the next step, in numbered cards."""

    name = "explain"
    place = 0

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._explanation: Explanation | None = None
        self._chosen: str | None = None
        self._position = workspace.stepping.position
        self._seen: tuple[object, ...] = (None,)
        """The run, the position in it, whether and why it was stale, and whether there was nothing to run, when last
        explained."""
        self._area = RebuiltArea(self._fill, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._area, 1)
        self._what_if = WhatIf(workspace, self)
        column.addWidget(self._what_if)
        column.addWidget(Asking(workspace, self))
        workspace.stepping.moved.connect(self._follow_step)
        DrawingAhead(workspace, self)
        workspace.selection.changed.connect(self._follow_selection)
        workspace.selection.chosen_again.connect(self._follow_selection)
        workspace.checks.all_begun.connect(self._show_verdict)
        workspace.document_replaced.connect(self._refresh)
        workspace.appearance.changed.connect(self._restyle)
        self._restyle()

    @override
    def title(self) -> str:
        return self.tr("Explain")

    @property
    def explanation(self) -> Explanation | None:
        """What is explained now."""
        return self._explanation

    # --- what is explained ----------------------------------------------------------------------------------------

    def _follow_step(self) -> None:
        position = self.workspace.stepping.position
        if position != self._position:
            self._position = position
            self._chosen = None
        run, *rest = self._to_be_seen()
        if run is not self._seen[0] or (*rest,) != self._seen[1:]:
            self._refresh()

    def _to_be_seen(self) -> tuple[object, ...]:
        stepping = self.workspace.stepping
        return stepping.trace, stepping.position, stepping.stale, stepping.is_left_behind, stepping.is_empty

    def _follow_selection(self) -> None:
        self._chosen = self.workspace.selection.current
        self._refresh()

    def _refresh(self, *_: object) -> None:
        self._area.rebuild()

    def _restyle(self) -> None:
        self._area.restyle(self.workspace.appearance.theme, self.workspace.appearance.panel_scale)
        self._area.rebuild()

    def _explain(self) -> Explanation | None:
        stepping = self.workspace.stepping
        node = self._chosen
        if node is not None and stepping.trace is None and node in self.workspace.document.nodes:
            stepping.prepare()
        moment = stepping.moment
        if moment is None:
            return None
        if node is None and moment.step is not None:
            node = moment.step.node
        return explain_node(moment, node) if node is not None and node in moment.trace.record.nodes else None

    # --- what it shows --------------------------------------------------------------------------------------------

    def _fill_with_invitation(self, column: QVBoxLayout) -> None:
        moment = self.workspace.stepping.moment
        if self.workspace.stepping.is_empty:
            heading = self.tr("There is nothing to explain yet")
            text = self.tr(
                "First place a node: drag one from the list of nodes onto the canvas, or press Tab and type its name. "
                "Or open a finished network: File, Examples."
            )
        elif moment is not None and not len(moment.trace):
            heading, text = self.tr("There is no step to take"), say(caption(moment))
        else:
            heading = self.tr("Nothing is computed yet")
            text = self.tr(
                "Press → to take a step. Each step is explained here: first the order of the nodes, then every value, "
                "then every gradient. Click a node to ask about it."
            )
        column.addWidget(styled(plain_label(heading), "title"))
        column.addWidget(styled(plain_label(text), "quiet"))

    def _fill(self, column: QVBoxLayout) -> None:
        self._explanation = self._explain()
        self._seen = self._to_be_seen()
        self._what_if.show_node(self._explanation.node if self._explanation is not None else None)
        stepping = self.workspace.stepping
        if stepping.stale:
            stale = self.tr("The network has changed since these numbers were computed: step to run it again.")
            if stepping.is_left_behind:
                stale = self.tr("Training is changing the weights: these numbers are of the weights from before it.")
            column.addWidget(styled(plain_label(stale), "stale"))
        checking = AllChecking(self.workspace, self)
        checking.chosen.connect(self._go_to_gradient)
        column.addWidget(checking)
        if self._explanation is None:
            self._fill_with_invitation(column)
        else:
            self._fill_with(column, self._explanation)

    def _fill_with(self, column: QVBoxLayout, explanation: Explanation) -> None:
        phases = {
            Phase.KAHN: self.tr("Order"),
            Phase.FORWARD: self.tr("Forward"),
            Phase.BACKWARD: self.tr("Backward"),
            Phase.UPDATE: self.tr("Update"),
        }
        heading = explanation.heading.text()
        if explanation.phase is not None:
            heading = f"{phases[explanation.phase]} · {heading}"
        column.addWidget(styled(plain_label(heading), "title"))
        column.addWidget(styled(plain_label(say(explanation.question)), "quiet"))
        self._add_cards(column, explanation)
        if explanation.phase is Phase.BACKWARD and not self.workspace.stepping.stale:
            column.addWidget(NodeChecking(self.workspace, explanation.node, self))
        for note in explanation.notes:
            column.addWidget(styled(plain_label(say(note)), "quiet"))
        self._add_buttons(column, explanation)

    def _add_cards(self, column: QVBoxLayout, explanation: Explanation) -> None:
        cards = []
        for number, card in enumerate(explanation.cards, start=1):
            view = ExplanationCard(number, card, self.workspace.appearance.theme)
            view.chosen.connect(self._go_to_node)
            if self.workspace.stepping.stale:
                view.fade()
            column.addWidget(view)
            cards.append(view)
        trace = self.workspace.stepping.trace
        if trace is None or explanation.phase is None:
            return
        views = {key: view for card in cards for key, view in card.views.items()}
        for making in makings(trace, explanation):
            of_result = next((card for card in cards if id(making.result) in card.views), None)
            if of_result is not None:
                ElementHover(making, views, of_result.remark())

    def _add_buttons(self, column: QVBoxLayout, explanation: Explanation) -> None:
        row = FlowLayout(gap=14)
        row.addWidget(self._button("explain.copy_text", self.tr("Copy as text"), self._copy_text))
        if as_latex(explanation):
            row.addWidget(self._button("explain.copy_latex", self.tr("Copy as LaTeX"), self._copy_latex))
        if explanation.phase is Phase.BACKWARD and not self.workspace.stepping.stale:
            text = self.tr("Go to where {0} was computed").format(explanation.node)
            row.addWidget(self._button("explain.go_to_forward", text, self._go_to_forward))
        column.addLayout(row)

    def _button(self, name: str, text: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text.replace("&", "&&"))
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setFlat(True)
        button.setProperty("kind", "link")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(slot)
        return button

    # --- what the person does -------------------------------------------------------------------------------------

    def _go_to_node(self, node: str) -> None:
        self.workspace.selection.select([node])
        self.workspace.viewport.reveal.emit(node)

    def _go_to_gradient(self, node: str) -> None:
        self.workspace.stepping.go_to_step(Phase.BACKWARD, node)
        self._go_to_node(node)

    def _show_verdict(self) -> None:
        self._area.verticalScrollBar().setValue(0)

    def _go_to_forward(self) -> None:
        if self._explanation is not None:
            self.workspace.stepping.go_to_step(Phase.FORWARD, self._explanation.node)

    def _copy_text(self) -> None:
        if self._explanation is not None:
            QGuiApplication.clipboard().setText(as_text(self._explanation, say, in_text))

    def _copy_latex(self) -> None:
        if self._explanation is not None:
            QGuiApplication.clipboard().setText(as_latex(self._explanation, inline))
