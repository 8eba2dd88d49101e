"""RecoveryStrip: offers above the canvas what was not saved when the app last ended; it waits, and blocks nothing."""

from __future__ import annotations

from PySide6.QtCore import QDate, QDateTime, QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.controllers.kept_work import KeptWork
from gui.widgets.panel_parts import panel_stylesheet, plain_label, push_button, styled
from gui.widgets.sentences import short, tool_tip
from gui.workspace import Workspace


class RecoveryStrip(QWidget):
    """A strip while unsaved work of before is offered; it is not there otherwise, nor in a presentation."""

    open_wanted = Signal()
    """The person wants to see it: whoever knows what becomes of the document on the screen opens it."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recovery")
        self._workspace = workspace
        recovery = workspace.recovery
        self._text = plain_label("", self)
        self._text.setObjectName("recovery.text")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(styled(self._text, "stale"), 1)
        self._open = push_button(self, "recovery.open", self.tr("Open it"), self.open_wanted.emit)
        self._discard = push_button(self, "recovery.discard", self.tr("Discard it…"), self._ask)
        self._put_off = push_button(self, "recovery.put_off", self.tr("Not now"), recovery.put_off)
        self._delete = push_button(self, "recovery.delete", self.tr("Delete it"), recovery.discard)
        self._keep = push_button(self, "recovery.keep", self.tr("Keep it"), self._show)
        for button in (self._open, self._discard, self._put_off, self._keep, self._delete):
            row.addWidget(button)
        recovery.changed.connect(self._show)
        workspace.appearance.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        appearance, recovery = self._workspace.appearance, self._workspace.recovery
        self.setStyleSheet(panel_stylesheet(appearance.theme, appearance.scale))
        work = recovery.offered
        if work is not None:
            self._open.setEnabled(not recovery.is_unreadable)
            self._text.setText(self._words(work))
            self._text.setToolTip(tool_tip(self.tr("It is kept in {0}.").format(work.document)))
        self._swap_buttons(is_asking=False)
        self.setVisible(work is not None and not appearance.presenting)

    def _ask(self) -> None:
        """Ask once more, here: what is deleted cannot be brought back."""
        work = self._workspace.recovery.offered
        if work is not None:
            self._text.setText(self.tr("Delete the work on {0} for good?").format(self._name(work)))
            self._swap_buttons(is_asking=True)

    def _swap_buttons(self, is_asking: bool) -> None:
        for button in (self._open, self._discard, self._put_off):
            button.setVisible(not is_asking)
        for button in (self._delete, self._keep):
            button.setVisible(is_asking)

    def _words(self, work: KeptWork) -> str:
        recovery = self._workspace.recovery
        text = self.tr("The app ended before {0} was saved. Its work up to {1} is kept.")
        if recovery.is_unreadable:
            text = self.tr("What was kept of {0}, up to {1}, cannot be opened.")
        elif work.has_newer_file:
            text += " " + self.tr("Its file was saved again after that.")
        if recovery.count > 1:
            text += " " + self.tr("(1 of {0})").format(recovery.count)
        return text.format(self._name(work), _time(work))

    def _name(self, work: KeptWork) -> str:
        return self.tr("“{0}”").format(short(work.name)) if work.name else self.tr("a document")


def _time(work: KeptWork) -> str:
    """Return when it was kept: the time alone where that was today."""
    when = QDateTime.fromSecsSinceEpoch(int(work.when.timestamp()))
    short_format = QLocale.FormatType.ShortFormat
    if when.date() == QDate.currentDate():
        return QLocale().toString(when.time(), short_format)
    return QLocale().toString(when, short_format)
