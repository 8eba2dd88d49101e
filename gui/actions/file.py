"""The File menu."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from gui.controllers.files import Files
from gui.dialogs import files as file_dialogs
from gui.dialogs.picture import PictureDialog
from gui.menu import Menu
from miniflow.overriding import override


class FileMenu(Menu):
    """New, open, save, and the bundled examples."""

    name = "file"
    place = 1

    @override
    def title_text(self) -> str:
        return self.tr("&File")

    @override
    def fill(self) -> None:
        key = QKeySequence.StandardKey
        self.add("new", self.tr("&New"), self._new, key.New)
        self.add("open", self.tr("&Open…"), self._open, key.Open)
        self._add_examples()
        self.addSeparator()
        self.add("save", self.tr("&Save"), self._save, key.Save)
        self.add("save_as", self.tr("Save &as…"), self._save_as, key.SaveAs, "Ctrl+Shift+S")
        self.addSeparator()
        self._add_pictures()
        self.addSeparator()
        self.add("quit", self.tr("&Quit"), self.window_.close, key.Quit)

    def _add_examples(self) -> None:
        examples = QMenu(self.tr("&Examples"), self)
        for name in Files.examples():
            verb = f"example_{name.replace('-', '_')}"
            self.add(verb, _title(name), self._open_example, submenu=examples).setData(name)
        self.addMenu(examples)

    def _add_pictures(self) -> None:
        pictures = QMenu(self.tr("Ex&port a picture"), self)
        for format, text in (("svg", self.tr("As &SVG…")), ("pdf", self.tr("As P&DF…")), ("png", self.tr("As &PNG…"))):
            self.add(f"export_{format}", text, self._export, submenu=pictures).setData(format)
        self.addMenu(pictures)

    def _new(self) -> None:
        file_dialogs.new(self.workspace, self.window_)

    def _open(self) -> None:
        file_dialogs.open_file(self.workspace, self.window_)

    def _open_example(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            file_dialogs.open_example(self.workspace, self.window_, action.data())

    def _export(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            PictureDialog(self.workspace, action.data(), self.window_).open()

    def _save(self) -> None:
        file_dialogs.save(self.workspace, self.window_)

    def _save_as(self) -> None:
        file_dialogs.save_as(self.workspace, self.window_)


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()
