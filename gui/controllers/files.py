"""The file that the document came from and goes to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal

from miniflow.errors import FileFormatError
from miniflow.graph.records import GraphRecord

if TYPE_CHECKING:
    from gui.workspace import Workspace

EXAMPLES = Path(__file__).parents[2] / "resources" / "examples"
SUFFIX = ".miniflow"


class Files(QObject):
    """Opening and saving. What cannot be done raises MiniFlowError with a sentence, and nothing has changed."""

    changed = Signal()
    saving = Signal()
    """The document is about to be written: what was said before is over."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._path: Path | None = None

    @property
    def path(self) -> Path | None:
        """The document's file; None where it has none yet."""
        return self._path

    @property
    def display_name(self) -> str:
        """What to call the document: its file's name, else its title."""
        if self._path is not None:
            return self._path.name
        return self._workspace.document.title or self.tr("Untitled")

    @property
    def suggested_name(self) -> str:
        """The same without what some system does not take in the name of a file, and without a suffix."""
        return re.sub(r'[\\/:*?"<>|]+', " ", self.display_name).strip(" .") or self.tr("Untitled")

    @property
    def modified(self) -> bool:
        """Whether the document differs from its file."""
        return self._workspace.training.active or not self._workspace.history.is_saved

    def new(self) -> None:
        """Begin an empty document."""
        self._workspace.show_record(GraphRecord())
        self._set_path(None)

    def open(self, path: str | Path) -> None:
        """Show the document in a file."""
        from miniflow.io import files

        try:
            record = files.read(Path(path))
        except FileFormatError as error:
            name = Path(path).name
            raise FileFormatError("{file} was not opened. {reason}", file=name, reason=error.sentence) from error
        self._workspace.show_record(record)
        self._set_path(Path(path))

    def open_example(self, name: str) -> None:
        """Show a bundled example as a new document, so that saving asks where to."""
        from miniflow.io import files

        self._workspace.show_record(files.read(EXAMPLES / f"{name}{SUFFIX}"))
        self._set_path(None)

    def show_unsaved(self, record: GraphRecord, path: Path | None) -> None:
        """Show a document that differs from its file, or has none."""
        self._workspace.show_record(record)
        self._workspace.history.mark_unsaved()
        self._set_path(path)

    def save(self, path: str | Path | None = None) -> None:
        """Write the document to ``path``, or to its own file."""
        from miniflow.io import files

        target = Path(path) if path is not None else self._path
        if target is None:
            raise ValueError("a document without a file needs a path to be saved to")
        if not target.suffix:
            target = target.with_suffix(SUFFIX)
        self.saving.emit()
        self._workspace.settle()
        was_training = self._workspace.training.active
        self._workspace.training.giving_way.stop_for(self.tr("Save"))
        files.write(target, self._workspace.document.record())
        self._workspace.history.mark_saved()
        self._set_path(target)
        if was_training:
            self._workspace.training.giving_way.tell()

    @staticmethod
    def examples() -> list[str]:
        """The names of the bundled examples."""
        return sorted(path.stem for path in EXAMPLES.glob(f"*{SUFFIX}"))

    @property
    def folder(self) -> str:
        """Where a file dialog should start."""
        if self._path is not None:
            return str(self._path)
        return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)

    def _set_path(self, path: Path | None) -> None:
        self._path = path
        self.changed.emit()
