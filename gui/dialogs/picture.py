"""What a picture of the graph should show, asked before the file's name is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFileDialog, QVBoxLayout, QWidget

from gui.presentation.picture import PictureWish
from gui.workspace import Workspace


class PictureDialog(QDialog):
    """Two choices, and then where to write the picture."""

    def __init__(self, workspace: Workspace, format: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._format = format
        self.setObjectName("dialog.picture")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export as {0}").format(format.upper()))
        self._values = self._choice("picture.values", self.tr("Values and gradients"))
        self._background = self._choice("picture.background", self.tr("Background (without it, transparent)"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(self._values)
        column.addWidget(self._background)
        column.addSpacing(8)
        column.addWidget(self._buttons())
        self.setMinimumWidth(320)

    def _choice(self, name: str, text: str) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setObjectName(name)
        box.setAccessibleName(text)
        box.setChecked(True)
        return box

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        export = buttons.addButton(self.tr("Export…"), QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        for button, name in ((export, "picture.export"), (cancel, "picture.cancel")):
            button.setObjectName(name)
            button.setAccessibleName(button.text())
        buttons.accepted.connect(self._export)
        buttons.rejected.connect(self.reject)
        return buttons

    def _export(self) -> None:
        wish = PictureWish(self._format, self._values.isChecked(), self._background.isChecked())
        suffix = f".{self._format}"
        kind = self.tr("{0} pictures (*{1})").format(self._format.upper(), suffix)
        path, _ = QFileDialog.getSaveFileName(self, self.windowTitle(), self._suggested(suffix), kind)
        if path:
            path = path if Path(path).suffix else path + suffix
            self.accept()
            self._workspace.viewport.export_picture.emit(wish, path)

    def _suggested(self, suffix: str) -> str:
        files = self._workspace.files
        if files.path is not None:
            return str(files.path.with_suffix(suffix))
        return str(Path(files.folder) / f"{files.suggested_name}{suffix}")
