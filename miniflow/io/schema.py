"""The ``.miniflow`` format: a document as JSON text, and back. Strict, and stable: one node a line.

What is malformed is refused with one sentence that says where. What is only unfinished (a free port, an Input without
a value, a cycle, an output that does not exist) is read as it stands. A list of numbers whose rows differ in length is
malformed: it has no shape, so that nothing could ever be computed from it.
"""

from __future__ import annotations

import json
import re
from typing import Any

from msgspec import Struct, to_builtins

from miniflow.errors import FileFormatError
from miniflow.graph.records import (
    GraphRecord,
    Literal,
    NodeRecord,
    ValueRecord,
)

FORMAT = "miniflow-graph"
VERSION = 1
MAX_BYTES = 64 * 1024 * 1024

_PIECE = 1000
"""So many numbers are turned into text at once."""
_PAIR = r'[\ufeff\s{,]*"([^"\\]*)"\s*:\s*("(?:[^"\\]|\\.)*"|[\w.+-]+)'


def from_text(text: str | bytes) -> GraphRecord:
    """Read a document.

    Raises:
        FileFormatError: the text is malformed, too large, or from a newer version of the program.
    """
    from miniflow.io.reading import record_of

    try:
        plain = _plain(text)
    except FileFormatError:
        _refuse_newer_head(text)
        raise
    return record_of(plain)


def _plain(text: str | bytes) -> dict[str, Any]:
    """Return a document of this version as plain dictionaries and lists, not looked into any further."""
    from miniflow.io.strict_json import parse

    if len(text) > MAX_BYTES:
        raise FileFormatError("The file is larger than {limit} MB.", limit=MAX_BYTES // 2**20)
    parsed = parse(_decoded(text))
    plain = parsed.plain
    if isinstance(plain, dict) and plain.get("format") == FORMAT and type(plain.get("version")) is int:
        _refuse_newer(plain["version"])
    if parsed.fault is not None:
        raise FileFormatError(parsed.fault.template, **parsed.fault.fields)
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        raise FileFormatError('The file is not a MiniFlow document: it lacks "format": "miniflow-graph".')
    return plain


def to_text(record: GraphRecord) -> str:
    """Write a document: one node or note a line, the same text for the same record."""
    plain = to_dict(record)
    lines = {key: _lines(thing) if key in ("nodes", "notes") else _json(thing) for key, thing in plain.items()}
    return "{\n" + ",\n".join(f'  "{key}": {lines[key]}' for key in plain) + "\n}\n"


def to_dict(record: GraphRecord) -> dict[str, Any]:
    """Return what is saved, as plain dictionaries and lists."""
    plain: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    if record.title:
        plain["title"] = record.title
    plain["nodes"] = [_node(node) for node in record.nodes.values()]
    if record.output is not None:
        plain["output"] = record.output
    if record.training is not None:
        plain["training"] = _fields(record.training)
    if record.notes:
        plain["notes"] = [_fields(note) for note in record.notes.values()]
    return plain


def _node(node: NodeRecord) -> dict[str, Any]:
    plain: dict[str, Any] = {"id": node.id, "type": node.type}
    if node.position is not None:
        plain["position"] = list(node.position)
    if node.inputs:
        plain["inputs"] = list(node.inputs)
    if node.value is not None:
        plain["value"] = _value(node.value)
    if node.trainable:
        plain["trainable"] = True
    return plain


def _value(value: ValueRecord) -> Any:
    return _lists(value.data) if isinstance(value, Literal) else _fields(value)


def _fields(record: Struct) -> dict[str, Any]:
    """Return a record as an object of the file, under the names that it has there; NumPy's floats are plain ones."""
    return {key: _lists(field) for key, field in to_builtins(record, enc_hook=float).items()}


def _lists(data: Any) -> Any:
    if not isinstance(data, tuple):
        return data
    return [_lists(entry) for entry in data] if data and isinstance(data[0], tuple) else list(data)


def _lines(entries: list[Any]) -> str:
    lines = ",\n".join(f"    {_line(entry)}" for entry in entries)
    return f"[\n{lines}\n  ]" if lines else "[]"


def _line(entry: dict[str, Any]) -> str:
    if not isinstance(entry.get("value"), list):
        return _json(entry)
    return "{" + ", ".join(f"{_json(key)}: {_array(part)}" for key, part in entry.items()) + "}"


def _array(plain: Any) -> str:
    """Return lists as JSON piece by piece, so that a window goes on while a thread writes millions of numbers."""
    if not isinstance(plain, list):
        return _json(plain)
    if plain and isinstance(plain[0], list):
        return "[" + ", ".join([_array(row) for row in plain]) + "]"
    pieces = [plain[start : start + _PIECE] for start in range(0, len(plain), _PIECE)]
    return "[" + ", ".join(_json(piece)[1:-1] for piece in pieces) + "]"


def _json(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False, allow_nan=False)


def _decoded(text: str | bytes) -> str:
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise FileFormatError(
            "The file is not text in UTF-8: byte {place} does not fit.", place=error.start + 1
        ) from None


def _refuse_newer_head(text: str | bytes) -> None:
    """Look at the version even where the rest of the file could not be read: it is what a person has to know first."""
    head = text[:1000].decode("utf-8", "replace") if isinstance(text, bytes) else text[:1000]
    leading: dict[str, str] = {}
    end = 0
    pair = re.compile(_PAIR)
    while found := pair.match(head, end):
        leading.setdefault(found.group(1), found.group(2))
        end = found.end()
    if leading.get("format") == f'"{FORMAT}"' and re.fullmatch(r"[0-9]{1,9}", leading.get("version", "")):
        _refuse_newer(int(leading["version"]))


def _refuse_newer(version: int) -> None:
    if version > VERSION:
        raise FileFormatError(
            "The file was written by a newer version of MiniFlow Studio (format {came}, this one reads {known}): "
            "open it there, or update.",
            came=version,
            known=VERSION,
        )
