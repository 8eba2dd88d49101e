"""Reading and writing ``.miniflow`` files: a save either happens whole or not at all, and leaves no litter."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator

from miniflow.errors import FileAccessError
from miniflow.graph.records import GraphRecord
from miniflow.io.schema import MAX_BYTES, from_text, to_text

_READING = {
    errno.ENOENT: "There is no file {path}: check its name and folder.",
    errno.EACCES: "You may not read {path}: ask its owner.",
    errno.EPERM: "You may not read {path}: ask its owner.",
    errno.EISDIR: "{path} is a folder: choose a file in it.",
    errno.ENOTDIR: "{path} lies in something that is not a folder: check its name.",
    errno.ELOOP: "{path} is a link that leads back to itself: choose another file.",
    errno.ENAMETOOLONG: "The name {path} is too long for a file.",
    errno.EINVAL: "{path} cannot be the name of a file.",
}
_WRITING = {
    errno.ENOENT: "The folder of {path} does not exist: choose another.",
    errno.EACCES: "You may not write to {path} or its folder: save under another name.",
    errno.EPERM: "You may not write to {path} or its folder: save under another name.",
    errno.EROFS: "The disk of {path} cannot be written to: save to another.",
    errno.ENOSPC: "The disk of {path} is full: make room, or save to another.",
    errno.EDQUOT: "Your share of the disk of {path} is used up: make room, or save to another.",
    errno.EFBIG: "{path} would be larger than its disk allows: save to another.",
    errno.EISDIR: "{path} is a folder: give the file a name.",
    errno.ENOTDIR: _READING[errno.ENOTDIR],
    errno.ELOOP: _READING[errno.ELOOP],
    errno.ENAMETOOLONG: _READING[errno.ENAMETOOLONG],
    errno.EINVAL: _READING[errno.EINVAL],
}


def read(path: str | os.PathLike[str]) -> GraphRecord:
    """Read a document from a file.

    Raises:
        FileAccessError: the file cannot be read.
        FileFormatError: it is not a document that this version understands.
    """
    with _sentences(path, _READING, "{path} cannot be read: {reason}."):
        content = _content(path)
    return from_text(content)


def write(path: str | os.PathLike[str], record: GraphRecord) -> None:
    """Save a document: afterwards the file holds either all of it or, where this fails, what it held before.

    A link is followed, the file's mode is kept, a read-only file is refused.

    Raises:
        FileAccessError: the file cannot be written.
    """
    content = to_text(record).encode()
    if len(content) > MAX_BYTES:
        raise FileAccessError(
            "The document is larger than {limit} MB, the most that a file may hold: make its values smaller.",
            limit=MAX_BYTES // 2**20,
        )
    write_bytes(path, content)


def write_bytes(path: str | os.PathLike[str], content: bytes) -> None:
    """Write any file as ``write`` does a document: whole or not at all.

    Raises:
        FileAccessError: the file cannot be written.
    """
    with _sentences(path, _WRITING, "{path} cannot be saved: {reason}."):
        _replace(os.path.realpath(path), content)


def make_private_folder(path: str | os.PathLike[str]) -> None:
    """Make a folder, with all that it lies in, for its owner alone; one that is there stays as it is.

    Raises:
        FileAccessError: it cannot be made.
    """
    with _sentences(path, _WRITING, "The folder {path} cannot be made: {reason}."):
        os.makedirs(path, mode=0o700, exist_ok=True)


def _content(path: str | os.PathLike[str]) -> bytes:
    # A pipe that nobody writes to must not hold the program up, so it is opened without waiting.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(descriptor, "rb") as file:
        kind = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(kind):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not (stat.S_ISREG(kind) or stat.S_ISFIFO(kind)):
            raise FileAccessError("{path} is not an ordinary file: choose another.", path=shown(path))
        if hasattr(os, "set_blocking"):
            os.set_blocking(descriptor, True)
        return file.read(MAX_BYTES + 1)


def _replace(target: str, content: bytes) -> None:
    mode = _mode_to_keep(target)
    folder = os.path.dirname(target)
    temporary = os.path.join(folder, f".miniflow-{os.urandom(8).hex()}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(descriptor, mode)
            os.fsync(descriptor)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    _flush_folder(folder)


def _mode_to_keep(target: str) -> int | None:
    """Return the mode of the file that is there, None where there is none; refuse what must not be overwritten."""
    try:
        status = os.stat(target)
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):
        raise FileAccessError("{path} is not an ordinary file: save under another name.", path=shown(target))
    if not status.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise FileAccessError("{path} is read-only: save under another name.", path=shown(target))
    return stat.S_IMODE(status.st_mode)


def _flush_folder(folder: str) -> None:
    """Have the disk keep the new name, too; not every system lets a folder be flushed."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def _sentences(path: str | os.PathLike[str], known: dict[int, str], otherwise: str) -> Iterator[None]:
    try:
        yield
    except FileAccessError:
        raise
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        template = known.get(error.errno or 0, otherwise)
        fields = {"path": shown(path)} if template is not otherwise else {"path": shown(path), "reason": reason}
        raise FileAccessError(template, **fields) from error
    except ValueError as error:  # a name with a null character in it
        raise FileAccessError(known[errno.EINVAL], path=shown(path)) from error


def shown(path: str | os.PathLike[str]) -> str:
    """Return a path so that it can stand in a sentence: one line, and no half characters."""
    text = os.fspath(path).encode("utf-8", "backslashreplace").decode()
    return "".join(character if character.isprintable() else "·" for character in text) or '""'
