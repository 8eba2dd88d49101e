"""ExplanationCard: one numbered card of an explanation, its names as links, its numbers in their colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QGraphicsOpacityEffect, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.presentation.inline import inline
from gui.presentation.theme import Theme
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.formula import FormulaView
from gui.widgets.number_view import NumberView
from gui.widgets.panel_parts import NodeLink, plain_label
from gui.widgets.sentences import say
from gui.widgets.style import colour
from miniflow.explain.explanation import Card, Link, Nodes, Number, Part, Role, Words
from miniflow.explain.formulas import Formula

INKS = {Role.VALUE: "meaning.value", Role.GRADIENT: "meaning.gradient"}
MOST_CHIPS = 60
GAP = 6
FORMULA_GAP = 26
FADED = 0.5
LONGEST_NAME = 24
"""So long a name finds room in a formula of a narrow panel."""


class ExplanationCard(QFrame):
    """A card with its number, its heading and its lines."""

    chosen = Signal(str)
    """The name of a node was clicked."""
    views: dict[int, NumberView]
    """The views of its numbers, by the identity of what they show."""

    def __init__(self, number: int, card: Card, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._theme = theme
        self.views = {}
        self._remark: QLabel | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 7, 10, 8)
        self._column.setSpacing(5)
        self._add_heading(number, say(card.heading))
        for line in _lines(card.parts):
            flow = FlowLayout(gap=FORMULA_GAP if isinstance(line[-1], Formula) else GAP)
            for part in line:
                for widget in self._widgets(part):
                    flow.addWidget(widget)
            self._column.addLayout(flow)

    def _add_heading(self, number: int, text: str) -> None:
        badge = QLabel(str(number), self)
        badge.setProperty("kind", "badge")
        badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        heading = plain_label(text, self)
        heading.setProperty("kind", "heading")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(heading, 1)
        self._column.addLayout(row)

    def fade(self) -> None:
        """Look as what was true once."""
        effect = QGraphicsOpacityEffect(self)
        effect.setOpacity(FADED)
        self.setGraphicsEffect(effect)

    def remark(self) -> QLabel:
        """Return the line below the others, empty at first, that tells of the number under the mouse."""
        if self._remark is None:
            self._remark = plain_label("", self)
            self._remark.setProperty("kind", "quiet")
            self._column.addWidget(self._remark)
        return self._remark

    def _widgets(self, part: Part) -> list[QWidget]:
        match part:
            case Words():
                label = plain_label(say(part.sentence), self)
                label.setProperty("kind", "quiet" if part.quiet else "words")
                return [label]
            case Formula():
                return [self._formula(part)]
            case Number():
                return self._number(part)
            case Link():
                return [self._quiet(say(part.before)), self._link(part.node)]
            case Nodes():
                return self._chips(part)

    def _formula(self, formula: Formula) -> FormulaView:
        return FormulaView(formula.text(inline), _rule(formula), self._colour("text.strong"), self)

    def _name(self, formula: Formula, role: Role) -> FormulaView:
        return FormulaView(formula.text(inline) + " =", _name_of_number(formula), self._colour(INKS[role]), self)

    def _number(self, number: Number) -> list[QWidget]:
        ink, positive, negative = INKS[number.role], "meaning.positive", "meaning.negative"
        view = NumberView(number.value, self._colour(ink), self._colour(positive), self._colour(negative), self)
        self.views[id(number.value)] = view
        if number.name is None:
            return [view]
        return [self._name(number.name, number.role), view]

    def _colour(self, key: str) -> QColor:
        return colour(self._theme[key])

    def _quiet(self, text: str) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setText(text)
        label.setProperty("kind", "quiet")
        return label

    def _link(self, node: str) -> NodeLink:
        link = NodeLink(node, self)
        link.chosen.connect(self.chosen)
        return link

    def _chips(self, part: Nodes) -> list[QWidget]:
        if not part.nodes:
            return [self._quiet_lines(say(part.empty))]
        chips: list[QWidget] = []
        for node in part.nodes[:MOST_CHIPS]:
            chip = self._link(node)
            chip.setProperty("kind", "chip")
            chips.append(chip)
        if len(part.nodes) > MOST_CHIPS:
            chips.append(self._quiet(self.tr("… and {0} more").format(len(part.nodes) - MOST_CHIPS)))
        return chips

    def _quiet_lines(self, text: str) -> QLabel:
        label = plain_label(text, self)
        label.setProperty("kind", "quiet")
        return label


def latex_in(card: Card) -> Iterator[str]:
    """Yield every formula that is drawn in a card."""
    for part in card.parts:
        if isinstance(part, Formula):
            yield _rule(part)
        elif isinstance(part, Number) and part.name is not None:
            yield _name_of_number(part.name)


def _rule(formula: Formula) -> str:
    return formula.with_names(cut).latex(inline)


def _name_of_number(formula: Formula) -> str:
    return formula.with_names(cut).latex(inline, stacked=False) + " ="


def cut(name: str) -> str:
    """Return a node's name as it stands in a formula: from the middle of a long one, some is left out."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 9]}…{name[-8:]}"


def _lines(parts: Sequence[Part]) -> list[list[Part]]:
    """Each part on a line of its own; a link shares the line of what comes after it, formulas share one."""
    lines: list[list[Part]] = []
    for part in parts:
        before = lines[-1][-1] if lines else None
        if isinstance(before, Link) or (isinstance(before, Formula) and isinstance(part, Formula)):
            lines[-1].append(part)
        else:
            lines.append([part])
    return lines
