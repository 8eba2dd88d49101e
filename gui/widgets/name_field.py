"""The field of a node's name in a sheet: a name that cannot be stays in it, with a sentence below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.widgets.checked_field import CheckedField
from gui.widgets.drafts import DraftEditor
from gui.widgets.sentence_label import SentenceLabel
from miniflow.overriding import override


class NameField(DraftEditor):
    """Reads a name with ``check``, which returns it or raises MiniFlowError with a sentence."""

    def __init__(self, check: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = CheckedField("inspector.name", check)
        self._field.setAccessibleName(self.tr("Name of the node"))
        self._field.accepted.connect(self.accepted)
        sentence = SentenceLabel("inspector.name_fault")
        self._field.refused.connect(sentence.complain)
        self._field.refused.connect(self._hear_refusal)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._field)
        column.addWidget(sentence)
        self.setFocusProxy(self._field)

    def show_name(self, name: str) -> None:
        """Show the name that holds, unless another one is being typed, or waits to be mended."""
        self._field.show_value(name)

    @override
    def hand_out(self) -> str:
        return self._field.hand_out()

    @override
    def settle(self) -> str:
        reason = self.hand_out()
        if reason and self.isVisible():
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        return reason

    @override
    def give_up(self) -> None:
        self._field.begin("")

    def _hear_refusal(self, reason: str) -> None:
        if not reason:
            self.released.emit()
