"""Problems as cards: the sentence leads to the node it is about, and buttons mend it where that can be offered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.presentation.theme import Theme, load_theme
from gui.widgets.sentence_label import WrappedLabel
from gui.widgets.sentences import say, short
from miniflow.graph.problem import Problem, ProblemKind
from miniflow.overriding import override

MOST_SHOWN = 50
GIVEN_BY_HAND = (ProblemKind.MISSING_VALUE, ProblemKind.EMPTY_VALUE, ProblemKind.UNKNOWN_DATASET)
LEADS_ON = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ProblemList(QWidget):
    """Shows problems, the first ones where there are very many."""

    followed = Signal(object)
    """A problem whose node is to be shown."""
    fixed = Signal(object, object)
    """A problem that is to be mended, and the fix that does it."""
    value_asked = Signal(object)
    """A problem whose node is to be given a value by hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problems.list")
        self._theme = load_theme("light")
        self._problems: tuple[Problem, ...] | None = None
        self._cards: list[_ProblemCard] = []
        self._note = QLabel()
        self._note.setObjectName("problems.note")
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 12)
        self._column.setSpacing(8)
        self._column.addWidget(self._note)
        self._column.addStretch(1)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these; a card stays where its problem stays."""
        if tuple(problems) == self._problems:
            return
        self._problems = tuple(problems)
        before, self._cards = self._cards, []
        for index, problem in enumerate(self._problems[:MOST_SHOWN]):
            card = next((card for card in before if card.problem == problem), None)
            if card is None:
                card = self._card(problem)
            else:
                before.remove(card)
            self._cards.append(card)
            if self._column.indexOf(card) != index:
                self._column.insertWidget(index, card)
                card.show()  # a child that comes later is else shown only by the event loop
        for card in before:
            card.hide()
            self._column.removeWidget(card)
            card.deleteLater()
        self._show_note()

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        self._show_note()
        for card in self._cards:
            card.set_theme(theme)

    def _card(self, problem: Problem) -> _ProblemCard:
        card = _ProblemCard(problem)
        card.set_theme(self._theme)
        card.followed.connect(partial(self.followed.emit, problem))
        card.fixed.connect(partial(self.fixed.emit, problem))
        card.value_asked.connect(partial(self.value_asked.emit, problem))
        return card

    def _show_note(self) -> None:
        hidden = len(self._problems or ()) - len(self._cards)
        if not self._cards:
            text, key = "✓ " + self.tr("Nothing is missing."), "meaning.good"
        elif hidden:
            text, key = self.tr("And {0} more.").format(hidden), "text.faint"
        else:
            text, key = "", "text.faint"
        self._note.setText(text)
        self._note.setVisible(bool(text))
        self._note.setStyleSheet(f"color: {self._theme[key]};")


class _ProblemCard(QFrame):
    """One problem; a click or Enter leads to its node."""

    followed = Signal()
    fixed = Signal(object)
    value_asked = Signal()

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self.setObjectName("problems.card")
        self.problem = problem
        self._leads = problem.node is not None
        text = say(problem.sentence)
        self.setAccessibleName(text)
        if self._leads:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 8, 10, 8)
        self._column.setSpacing(6)
        self._sentence = WrappedLabel(text)
        self._column.addWidget(self._sentence)
        for fix in problem.ways:
            self._add_button("problems.fix", say(fix.label), partial(self.fixed.emit, fix))
        if problem.kind in GIVEN_BY_HAND and problem.node is not None:
            self._add_button(
                "problems.edit_value", self.tr("Give {0} a value…").format(problem.node), self.value_asked.emit
            )

    def _add_button(self, name: str, text: str, slot: Callable[[], None]) -> None:
        button = QPushButton(short(text).replace("&", "&&"))
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setMinimumWidth(1)
        button.clicked.connect(lambda: slot())
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self.setStyleSheet(
            f"_ProblemCard {{ border: 1px solid {theme['surface.line']};"
            f" border-left: 3px solid {theme['meaning.problem']}; border-radius: 4px; }}"
            f"_ProblemCard:focus, _ProblemCard:hover {{ border-color: {theme['meaning.problem']}; }}"
        )

    @override
    def event(self, event: QEvent) -> bool:
        """Keep Enter and Space from the shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in LEADS_ON:
            event.accept()
            return True
        return super().event(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_here = self.rect().contains(event.position().toPoint())
        if self._leads and is_here and event.button() == Qt.MouseButton.LeftButton:
            self.followed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._leads and event.key() in LEADS_ON:
            self.followed.emit()
        else:
            super().keyPressEvent(event)
