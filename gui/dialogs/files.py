"""The questions around files: which one, and what of the changes that are not saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gui.workspace import Workspace
from miniflow.errors import MiniFlowError


def new(workspace: Workspace, parent: QWidget) -> None:
    """Begin an empty document, unless the person would rather keep this one."""
    leave(workspace, parent, workspace.files.new)


def open_file(workspace: Workspace, parent: QWidget) -> None:
    """Ask for a file and open it, unless the person would rather keep this document."""

    def choose() -> None:
        path, _ = QFileDialog.getOpenFileName(parent, _tr("Open"), workspace.files.folder, _filters())
        if path:
            _tried(workspace, lambda: workspace.files.open(path))

    leave(workspace, parent, choose)


def open_path(workspace: Workspace, parent: QWidget, path: str) -> None:
    """Open a file that is known, unless the person would rather keep this document."""
    leave(workspace, parent, lambda: _tried(workspace, lambda: workspace.files.open(path)))


def open_example(workspace: Workspace, parent: QWidget, name: str) -> None:
    """Open a bundled example, unless the person would rather keep this document."""
    leave(workspace, parent, lambda: _tried(workspace, lambda: workspace.files.open_example(name)))


def open_kept(workspace: Workspace, parent: QWidget) -> None:
    """Open the unsaved work that is offered, unless the person would rather keep this document."""
    leave(workspace, parent, workspace.recovery.open)


def save(workspace: Workspace, parent: QWidget) -> bool:
    """Save to the document's own file, asking for one where there is none; tell whether that was done."""
    if workspace.files.path is None:
        return save_as(workspace, parent)
    return _tried(workspace, workspace.files.save)


def save_as(workspace: Workspace, parent: QWidget) -> bool:
    """Ask for a file and save to it; tell whether that was done."""
    path, _ = QFileDialog.getSaveFileName(parent, _tr("Save as"), _suggested_path(workspace), _filters())
    return bool(path) and _tried(workspace, lambda: workspace.files.save(path))


def leave(workspace: Workspace, parent: QWidget, then: Callable[[], object]) -> None:
    """Call ``then`` once this document may go: it is saved, or the person has saved it now or given it up.

    Where something is being typed that cannot be kept, nothing happens: it would be lost.
    """
    if not workspace.settle():
        return
    if not workspace.files.modified:
        then()
        return
    question = _unsaved_question(workspace, parent)

    def act_on(answer: int) -> None:
        saved = answer == QMessageBox.StandardButton.Save and save(workspace, parent)
        if saved or answer == QMessageBox.StandardButton.Discard:
            then()

    question.finished.connect(act_on)
    question.open()


def _unsaved_question(workspace: Workspace, parent: QWidget) -> QMessageBox:
    question = QMessageBox(parent)
    question.setObjectName("dialog.unsaved")
    question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    question.setIcon(QMessageBox.Icon.Warning)
    question.setWindowTitle(_tr("Unsaved changes"))
    question.setTextFormat(Qt.TextFormat.PlainText)
    question.setText(_tr("Save the changes to {0}?").format(workspace.files.display_name))
    question.setInformativeText(_what_is_lost(workspace))
    question.setStandardButtons(
        QMessageBox.StandardButton.Save | QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel
    )
    question.setDefaultButton(QMessageBox.StandardButton.Save)
    return question


def _what_is_lost(workspace: Workspace) -> str:
    if workspace.training.active:
        return _tr(
            "A training is under way and stops here. Saving keeps the weights that it has learnt so far; without "
            "saving, they are lost. Cancel lets it go on."
        )
    return _tr("Without saving, they are lost.")


def _tried(workspace: Workspace, act: Callable[[], object]) -> bool:
    try:
        act()
    except MiniFlowError as error:
        workspace.tell(error.sentence)
        return False
    return True


def _suggested_path(workspace: Workspace) -> str:
    if workspace.files.path is not None:
        return str(workspace.files.path)
    return str(Path(workspace.files.folder) / f"{workspace.files.suggested_name}.miniflow")


def _filters() -> str:
    return _tr("MiniFlow documents (*.miniflow);;All files (*)")


def _tr(text: str) -> str:
    return QCoreApplication.translate("files", text)
