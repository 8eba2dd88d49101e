"""WhatIfStrip: says above the timeline that values are tried out, keeps them, and leads back."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.widgets.panel_parts import panel_stylesheet, plain_label, push_button, styled
from gui.widgets.sentences import short
from gui.workspace import Workspace


class WhatIfStrip(QWidget):
    """A strip while values are tried out; it is not there otherwise."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("what_if")
        self._workspace = workspace
        self._text = plain_label("", self)
        self._text.setObjectName("what_if.text")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(styled(self._text, "stale"), 1)
        self._keep = push_button(self, "what_if.keep", self.tr("Keep it"), workspace.trying.keep)
        row.addWidget(self._keep)
        row.addWidget(push_button(self, "what_if.put_back", self.tr("Put it back"), workspace.trying.put_back))
        workspace.trying.changed.connect(self._show)
        workspace.document_replaced.connect(self._show)
        workspace.appearance.changed.connect(self._restyle)
        self._restyle()
        self._show()

    def _show(self) -> None:
        trying = self._workspace.trying
        tried = ", ".join(short(node) for node in trying.values)
        if trying.batch == 0:
            text = self.tr("What if: {0} has another value for now; every number here follows.")
        else:
            text = self.tr("What if: {0} has another value for now from batch {1} on; every number from there follows.")
        self._text.setText(text.format(tried, trying.batch + 1))
        self._keep.setVisible(trying.can_be_kept)
        self.setVisible(bool(tried))

    def _restyle(self) -> None:
        self.setStyleSheet(panel_stylesheet(self._workspace.appearance.theme, self._workspace.appearance.scale))
