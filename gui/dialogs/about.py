"""What this program is, and where its data comes from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from miniflow import __version__


class AboutDialog(QDialog):
    """The name, the version, and the sources of the lesson's data."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.about")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About MiniFlow Studio"))
        text = QLabel(
            self.tr(
                "MiniFlow Studio {0}\n\nSee how a neural network computes and learns: draw it, step it both ways, "
                "train it.\n\nThe Boston housing data (Harrison and Rubinfeld, 1978) are here because the lesson uses "
                "them. Their column B encodes a racist assumption about neighbourhoods: use the diabetes data for "
                "anything but the lesson.\n\nMIT licence."
            ).format(__version__),
            self,
        )
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setMinimumWidth(420)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setObjectName("about.close")
        close.setAccessibleName(self.tr("Close"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(text)
        column.addWidget(buttons)
