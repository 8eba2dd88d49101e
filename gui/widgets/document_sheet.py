"""All about the document: its title, how much is in it, and which node is differentiated."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.presentation.theme import Theme
from gui.widgets.checked_field import CheckedField
from gui.widgets.link_list import LinkList
from gui.widgets.sentence_label import SentenceLabel


class DocumentSheet(QWidget):
    """A form about a document."""

    title_given = Signal(object)
    followed = Signal(str)

    def __init__(self, read_title: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(6)
        self._headings = [QLabel(text) for text in (self.tr("Title"), self.tr("Contents"), self.tr("Output"))]
        self._title = CheckedField("inspector.title", read_title)
        self._title.setAccessibleName(self.tr("Title of the document"))
        self._title.setPlaceholderText(self.tr("What this network shows"))
        self._title.accepted.connect(self.title_given)
        self._fault = SentenceLabel("inspector.title_fault")
        self._title.refused.connect(self._fault.complain)
        self._counts = QLabel()
        self._counts.setTextFormat(Qt.TextFormat.PlainText)
        self._counts.setWordWrap(True)
        self._output = LinkList("inspector.output")
        self._output.followed.connect(self.followed)
        self._hint = SentenceLabel("inspector.hint", self)
        self._hint.inform(self.tr("Select a node to see everything about it."))
        title, contents, output = self._headings
        for part in (title, self._title, self._fault, contents, self._counts, output, self._output, self._hint):
            column.addWidget(part)
        column.addStretch(1)

    def begin(self) -> None:
        """Give up what was typed: another document comes."""
        self._title.begin("")

    def settle(self) -> str:
        """Hand out a title that is still being typed; return why it cannot be kept, if it cannot."""
        return self._title.settle()

    def show_document(self, title: str, counts: str, output: str | None) -> None:
        """Show a document; ``output`` is None where no node is, or several could be."""
        self._title.show_value(title)
        self._counts.setText(counts)
        self._output.show_links([(output, output)] if output is not None else [(self.tr("not clear yet"), None)])

    def set_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        for heading in self._headings:
            heading.setStyleSheet(f"color: {theme['text.faint']}; font-weight: 600;")
