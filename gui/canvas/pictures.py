"""Pictures: the graph as a file or on the clipboard, when a menu asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QSaveFile
from PySide6.QtGui import QGuiApplication

from gui.presentation.picture import PictureWish
from miniflow.errors import Sentence

if TYPE_CHECKING:
    from gui.canvas.view import Canvas


class Pictures(QObject):
    """Draws what the canvas shows, and tells how that went."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._workspace = canvas.workspace
        self._workspace.viewport.export_picture.connect(self.export)
        self._workspace.viewport.copy_picture.connect(self.copy)

    def export(self, wish: PictureWish, path: str) -> None:
        """Write a picture to a file: it then holds all of it or, where that fails, what it held before."""
        content = self._picture(wish)
        file = QSaveFile(path)
        is_open = bool(content) and file.open(QSaveFile.OpenModeFlag.WriteOnly)
        if is_open and file.write(content) == len(content) and file.commit():
            self._workspace.tell(Sentence("The picture is in {path}.", {"path": path}))
        elif content:
            reason = file.errorString()
            self._workspace.tell(
                Sentence("{path} cannot be written: {reason}. Choose another place.", {"path": path, "reason": reason})
            )

    def copy(self) -> None:
        """Put a picture on the clipboard, in pixels and as lines and text."""
        from gui.canvas.picture_formats import image

        lines = self._picture(PictureWish("svg"))
        if lines:
            data = QMimeData()
            data.setImageData(image(self._canvas.mirror, PictureWish("png")))
            data.setData("image/svg+xml", lines)
            QGuiApplication.clipboard().setMimeData(data)
            self._workspace.tell(Sentence("The picture is on the clipboard."))

    def _picture(self, wish: PictureWish) -> bytes:
        from gui.canvas.picture_formats import picture

        if self._canvas.mirror.bounds().isEmpty():
            self._workspace.tell(Sentence("There is nothing to make a picture of: add a node first."))
            return b""
        self._canvas.arranger.finish()
        return picture(self._canvas.mirror, wish, self._workspace.files.display_name)
