"""Where unsaved work is kept in case the app does not end by itself: a folder for each process that has some."""

from __future__ import annotations

import contextlib
import json
import re
import secrets
import shutil
from datetime import datetime
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QLockFile, QStandardPaths

from miniflow.errors import FileAccessError
from miniflow.graph.records import GraphRecord

A_DAY = 24 * 60 * 60 * 1000
"""In milliseconds. For so long a lock counts that was taken on another computer, whose processes cannot be seen."""


def recovery_place() -> Path:
    """Return the folder in which every process of this person keeps its unsaved work."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)) / "recovery"


class KeptWork:
    """The unsaved document of one process: its file, what to call it, and the file that it belongs to.

    Beside the folder lies a lock, which its process holds; so nobody else takes it as long as that is alive.
    """

    def __init__(self, place: Path, token: str | None = None) -> None:
        token = token or secrets.token_hex(8)
        self._place = place
        self._folder = place / token
        self._lock = QLockFile(str(place / f"{token}.lock"))
        self._lock.setStaleLockTime(A_DAY)
        self.document = self._folder / "document.miniflow"
        """The document as it was kept: an ordinary file, which can be opened as any other."""
        self._about = self._folder / "about.json"

    @classmethod
    def left_in(cls, place: Path) -> list[KeptWork]:
        """Return what processes that are no longer alive have left, the newest first; it is the caller's from now on.

        Raises FileAccessError where the folder cannot be read.
        """
        try:
            names = {path.name.removesuffix(".lock") for path in place.iterdir()} if place.exists() else set()
        except OSError as error:
            raise FileAccessError("{path} cannot be read: {reason}.", path=str(place), reason=error.strerror) from error
        found = []
        for token in filter(re.compile("[0-9a-f]{16}").fullmatch, names):
            work = cls(place, token)
            if not work._lock.tryLock(0):
                continue
            if work.document.exists():
                found.append(work)
            else:
                work.clear()
        return sorted(found, key=lambda work: work.when, reverse=True)

    # --- what it is -----------------------------------------------------------------------------------------------

    @cached_property
    def when(self) -> datetime:
        """When it was kept."""
        return datetime.fromtimestamp(self.document.stat().st_mtime)

    @property
    def name(self) -> str:
        """What the document was called; empty where that is not known."""
        return self._known().get("name", "")

    @property
    def path(self) -> Path | None:
        """The file that the document belongs to; None where it had none yet."""
        path = self._known().get("path", "")
        return Path(path) if path else None

    @property
    def has_newer_file(self) -> bool:
        """Whether the file that it belongs to was saved after it was kept."""
        with contextlib.suppress(OSError, ValueError):
            return self.path is not None and self.path.stat().st_mtime > self.document.stat().st_mtime
        return False

    def read(self) -> GraphRecord:
        """Return the document; raises MiniFlowError with a sentence where it cannot be read."""
        from miniflow.io import files

        return files.read(self.document)

    def _known(self) -> dict[str, str]:
        try:
            known = json.loads(self._about.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        pairs = known.items() if isinstance(known, dict) else ()
        return {key: text for key, text in pairs if isinstance(text, str) and "\0" not in text}

    # --- what becomes of it ---------------------------------------------------------------------------------------

    def write(self, record: GraphRecord, name: str, path: Path | None) -> None:
        """Keep a document, whole or not at all, in place of what was kept before.

        Raises FileAccessError where that cannot be done; what was kept before is there still.
        """
        from miniflow.io import files

        files.make_private_folder(self._place)
        if not self._lock.isLocked() and not self._lock.tryLock(0):
            raise FileAccessError("You may not write to {path} or its folder.", path=str(self._place))
        files.make_private_folder(self._folder)
        about = {"name": name, "path": "" if path is None else str(path.absolute())}
        files.write_bytes(self._about, json.dumps(about).encode())
        files.write(self.document, record)

    def clear(self) -> None:
        """Keep nothing any more."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._lock.unlock()

    def release(self) -> None:
        """Leave it as it is, for the next start to find."""
        self._lock.unlock()
