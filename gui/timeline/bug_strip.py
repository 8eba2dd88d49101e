"""BugStrip: says, as long as a bug of the lab is on, that the run is wrong; takes guesses, reveals, and ends it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from gui.widgets.panel_parts import panel_stylesheet, plain_label, push_button, styled
from gui.widgets.sentences import tool_tip
from gui.workspace import Workspace


class BugStrip(QWidget):
    """A strip above the timeline while a bug is on; it is not there otherwise."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bug_lab")
        self._workspace = workspace
        self._lab = workspace.bug_lab
        self._text = plain_label("", self)
        self._text.setObjectName("bug_lab.text")
        self._choice = QComboBox(self)
        self._choice.setObjectName("bug_lab.choice")
        self._choice.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys of the run as they are
        self._choice.setAccessibleName(self.tr("Which bug it may be"))
        self._guess = push_button(self, "bug_lab.guess", self.tr("That is it"), self._make_guess)
        self._reveal = push_button(self, "bug_lab.reveal", self.tr("Tell me"), self._lab.reveal)
        self._more = push_button(self, "bug_lab.more", self.tr("More"), self._show)
        self._more.setCheckable(True)
        self._off = push_button(self, "bug_lab.off", self.tr("Switch it off"), self._lab.switch_off)
        self._choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        above, below = QHBoxLayout(), QHBoxLayout()
        above.addWidget(styled(self._text, "problem"), 1)
        above.addWidget(self._more)
        above.addWidget(self._off)
        for widget in (self._choice, self._guess, self._reveal):
            below.addWidget(widget)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        column.addLayout(above)
        column.addLayout(below)
        self._lab.changed.connect(self._show)
        workspace.edited.connect(self._show)
        workspace.appearance.changed.connect(self._restyle)
        self._restyle()
        self._show()

    def _make_guess(self) -> None:
        self._lab.guess(str(self._choice.currentData()))

    def _show(self, *_: object) -> None:
        self.setVisible(self._lab.is_on)
        if not self._lab.is_on:
            return
        for widget in (self._choice, self._guess, self._reveal):
            widget.setVisible(self._lab.is_hidden)
        self._more.setVisible(not self._lab.is_hidden)
        word = self.tr("Less") if self._more.isChecked() else self.tr("More")
        self._more.setText(word)
        self._more.setAccessibleName(word)
        if self._lab.is_hidden and not self._choice.count():
            for name, bug in self._lab.bugs.items():
                self._choice.addItem(bug_text(bug.title), name)
        self._text.setText(self._hidden_text() if self._lab.is_hidden else self._known_text())
        self._text.setToolTip("" if self._lab.is_hidden else tool_tip(self._story()))

    def _hidden_text(self) -> str:
        text = self.tr(
            "⚠ Bug lab: this run has a bug. Which? Step, compare, and check the gradients, in the next batch too."
        )
        if self._lab.wrong_guess is None:
            return text
        guess = bug_text(self._lab.bugs[self._lab.wrong_guess].title)
        return self.tr("✗ It is not “{0}”.").format(guess) + " " + text

    def _known_text(self) -> str:
        """The bug and whether it shows, on a line or two; the rest once the person wants to know more."""
        bug = self._lab.bugs[str(self._lab.name)]
        if self._lab.is_found:
            heading = self.tr("✓ Right: it is “{0}”. ⚠ The run still has this bug.")
        else:
            heading = self.tr("⚠ Bug lab: {0}.")
        parts = [heading.format(bug_text(bug.title))]
        if not self._lab.changes_a_number():
            parts.append(self.tr("In this network it makes no difference."))
        elif not self._lab.shows():
            parts.append(self.tr("In this network it makes hardly a difference."))
        if self._more.isChecked():
            parts.append(self._story())
        return " ".join(parts)

    def _story(self) -> str:
        bug = self._lab.bugs[str(self._lab.name)]
        return bug_text(bug.story) + " " + self.tr("Training and the file stay right.")

    def _restyle(self) -> None:
        self.setStyleSheet(panel_stylesheet(self._workspace.appearance.theme, self._workspace.appearance.scale))


def bug_text(text: str) -> str:
    """Return the title or the story of a bug in the person's language."""
    return QCoreApplication.translate("Bug", text)
