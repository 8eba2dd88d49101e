"""What is wrong with a file, as a sentence that says where: msgspec's messages, put into this library's words."""

from __future__ import annotations

import re
from typing import Any

from miniflow.errors import FileFormatError, Sentence

_WORDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "int | float": "a number",
    "str | null": "text or null",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
    ">=": "at least",
    "<=": "at most",
    ">": "above",
    "<": "below",
}
_MESSAGES: list[tuple[str, str]] = [
    (
        r"Expected `(?P<expected>[^`]+)`, got `(?P<came>[^`]+)`",
        "{where} is {came}, where {expected} belongs.",
    ),
    (
        r"Expected `array` of length (?P<expected>\d+), got (?P<came>\d+)",
        "{where} must have {expected} entries, not {came}.",
    ),
    (r"Expected `array` of length <= (?P<most>\d+)", "{where} is too long: {most} entries are the most."),
    (
        r"Expected `[^`]+` (?P<bound>[<>]=?) (?P<limit>\S+)",
        "{where} is out of range: it must be {bound} {limit}.",
    ),
    (
        r"(?s)Object contains unknown field `(?P<key>.*)`$",
        "{where} has a key {key}, which this format does not know: take it out.",
    ),
    (r"Object missing required field `(?P<key>[^`]+)`", "{where} has no {key}: add it."),
    (r"(?s)Invalid enum value (?P<came>.*)$", "{where} is {came}, which this format does not know."),
]


def fault_at(message: str, plain: Any, prefix: str = "") -> FileFormatError:
    """Turn msgspec's ``message`` into a sentence; ``plain`` is the whole file, ``prefix`` where the fault's part is."""
    what, _, path = message.partition(" - at `$")
    where = place(plain, prefix + path.rstrip("`"))
    for pattern, template in _MESSAGES:
        if found := re.match(pattern, what):
            texts = found.groupdict().items()
            fields = {name: shortened(text if name == "key" else _WORDS.get(text, text)) for name, text in texts}
            return FileFormatError(template, where=where, **fields)
    return FileFormatError("{where} is not as it must be: {what}.", where=where, what=shortened(what))


def fault_in(plain: Any, path: str, fault: Sentence) -> FileFormatError:
    """Say that ``fault`` stands at ``path``."""
    return FileFormatError("{where}: {fault}", where=place(plain, path), fault=fault)


def place(plain: Any, path: str) -> str:
    """Name a place in a file: its path, and the id of the node or note that it is in."""
    path = path.lstrip(".") or "document"
    found = re.match(r"(nodes|notes)\[(\d+)\]", path)
    if found is None:
        return path
    try:
        its_id = plain[found.group(1)][int(found.group(2))]["id"]
    except (LookupError, TypeError):
        return path
    return f"{path} ({shortened(its_id)})" if isinstance(its_id, str) else path


def shortened(text: str) -> str:
    """Return a text from a file so that it fits in a sentence: on one line, and not too long."""
    visible = "".join(character if character.isprintable() else "·" for character in text[:61])
    return (visible or '""') if len(text) <= 60 else visible[:60] + "…"
