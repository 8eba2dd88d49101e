"""The Order panel: Kahn's algorithm on this network, its lines, its queue, its list, and what is left over."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.panel import Panel
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.panel_parts import NodeLink, plain_label, styled
from gui.widgets.rebuilt_area import RebuiltArea
from gui.widgets.sentences import say, short
from gui.workspace import Workspace
from miniflow.engine.trace import Moment
from miniflow.explain.algorithm import LINES, current_line, is_over, outcomes
from miniflow.overriding import override

MOST_CHIPS = 40
INDENT = 5
"""How far a line of the algorithm is moved in for each space before it."""


class OrderPanel(Panel):
    """Mirrors the Kahn part of the run at the current moment."""

    name = "order"
    place = 2

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._area = RebuiltArea(self._fill, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        workspace.stepping.moved.connect(self._area.rebuild)
        workspace.document_replaced.connect(self._area.rebuild)
        workspace.appearance.changed.connect(self._restyle)
        self._restyle()

    @override
    def title(self) -> str:
        return self.tr("Order")

    def _restyle(self) -> None:
        self._area.restyle(self.workspace.appearance.theme, self.workspace.appearance.panel_scale)
        self._area.rebuild()

    def _fill(self, column: QVBoxLayout) -> None:
        column.addWidget(styled(plain_label(self.tr("Kahn's algorithm")), "title"))
        moment = self.workspace.stepping.moment
        if self.workspace.stepping.stale:
            stale = self.tr("The network has changed since: step to order it again.")
            if self.workspace.stepping.is_left_behind:
                stale = self.tr("Training is changing the weights: this is the run from before it.")
            column.addWidget(styled(plain_label(stale), "stale"))
        self._add_code(column, moment)
        if moment is None or self.workspace.stepping.is_empty:
            text = self.tr("Press → to let it take its first node.")
            if self.workspace.stepping.is_empty:
                text = self.tr("First place a node: then → lets it take the first one.")
            column.addWidget(styled(plain_label(text), "quiet"))
            return
        self._add_queue(column, moment)
        self._add_list(column, moment)
        if is_over(moment) and moment.trace.left_over:
            self._add_left_over(column, moment)
        else:
            self._add_waiting(column, moment)
            self._add_cycle(column, moment)

    def _add_code(self, column: QVBoxLayout, moment: Moment | None) -> None:
        """Add the algorithm: its current line is marked, and beside each that has just run stands what it came to."""
        current = current_line(moment) if moment is not None else None
        told = outcomes(moment) if moment is not None else {}
        block = QVBoxLayout()
        block.setSpacing(0)
        for number, line in enumerate(LINES):
            text = say(line)
            indent = len(text) - len(text.lstrip())
            kind = "code now" if number == current else "code ran" if number in told else "code"
            label = plain_label(("▸ " if number == current else "") + text.strip())
            label.setWordWrap(False)
            row = QHBoxLayout()
            row.setSpacing(6)
            row.setContentsMargins(indent * INDENT, 0, 0, 0)
            row.addWidget(styled(label, kind), 0, Qt.AlignmentFlag.AlignTop)
            outcome = plain_label(say(told[number]) if number in told else "")
            row.addWidget(styled(outcome, "code outcome"), 1)
            block.addLayout(row)
        column.addLayout(block)

    def _add_queue(self, column: QVBoxLayout, moment: Moment) -> None:
        heading = self.tr("Ready queue, first in, first out")
        chips = [(node, short(node), "ready") for node in moment.ready]
        self._add_chips(column, heading, chips, self.tr("It is empty."), slot=self.workspace.stepping.let_go_next)
        if len(moment.ready) > 1:
            count = moment.trace.possible_orders
            text = self.tr("Click any of them to let it go next. There are {0} orders, all with the same values.")
            many = self.tr("Click any of them to let it go next: the values come out the same.")
            column.addWidget(styled(plain_label(text.format(count) if count else many), "quiet"))

    def _add_list(self, column: QVBoxLayout, moment: Moment) -> None:
        last = len(moment.ordered)
        chips = [
            (node, f"{place} {short(node)}", "current" if place == last and not is_over(moment) else "chip")
            for place, node in enumerate(moment.ordered, start=1)
        ]
        heading = self.tr("The order so far: {0} of {1}").format(last, len(moment.trace.record.nodes))
        self._add_chips(column, heading, chips, self.tr("No node has its number yet."), from_the_end=True)

    def _add_waiting(self, column: QVBoxLayout, moment: Moment) -> None:
        waiting = [(node, moment.unmet(node)) for node in moment.trace.record.nodes if moment.unmet(node)]
        chips = [(node, f"{short(node)} · {count}", "chip") for node, count in waiting]
        heading = self.tr("Still waiting, and for how many inputs")
        self._add_chips(column, heading, chips, self.tr("None: every node has its turn."))

    def _add_left_over(self, column: QVBoxLayout, moment: Moment) -> None:
        nodes = moment.trace.left_over
        chips = [(node, f"{short(node)} · {moment.unmet(node)}", "left over") for node in nodes]
        self._add_chips(column, self.tr("Left over: no place in the order"), chips, "")
        self._add_cycle(column, moment)

    def _add_cycle(self, column: QVBoxLayout, moment: Moment) -> None:
        cycle = moment.trace.cycle
        if not cycle:
            return
        walk = " → ".join(short(node) for node in [*cycle, *cycle[:1]])
        text = self.tr("A cycle holds them up: {0}. Each waits for the one before it; remove one of these wires.")
        column.addWidget(styled(plain_label(text.format(walk)), "problem"))

    def _add_chips(
        self,
        column: QVBoxLayout,
        heading: str,
        chips: Iterable[tuple[str, str, str]],
        empty: str,
        from_the_end: bool = False,
        slot: Callable[[str], object] | None = None,
    ) -> None:
        chips = list(chips)
        column.addSpacing(6)
        column.addWidget(styled(plain_label(heading), "heading"))
        if not chips:
            column.addWidget(styled(plain_label(empty), "quiet"))
            return
        hidden = max(0, len(chips) - MOST_CHIPS)
        more = styled(plain_label(self.tr("… {0} more").format(hidden)), "quiet")
        flow = FlowLayout()
        if hidden and from_the_end:
            flow.addWidget(more)
        for node, text, kind in chips[-MOST_CHIPS:] if from_the_end else chips[:MOST_CHIPS]:
            flow.addWidget(self._chip(node, text, kind, slot or self._go_to_node))
        if hidden and not from_the_end:
            flow.addWidget(more)
        column.addLayout(flow)

    def _chip(self, node: str, text: str, kind: str, slot: Callable[[str], object]) -> NodeLink:
        chip = NodeLink(node, text=text)
        chip.setProperty("kind", kind)
        chip.chosen.connect(slot)
        return chip

    def _go_to_node(self, node: str) -> None:
        self.workspace.selection.select([node])
        self.workspace.viewport.reveal.emit(node)
