"""What is wrong with a file, as a sentence that says where: msgspec's messages, put into this library's words."""

from __future__ import annotations

import re
from typing import Any

from miniflow.errors import FileFormatError, Sentence

_JSON_WORDS = {"str": "string", "int": "integer", "float": "number", "bool": "boolean"}
_MESSAGES: list[tuple[re.Pattern[str], str]] = [
    (
        re.compile(r"Expected `(?P<expected>[^`]+)`, got `(?P<came>[^`]+)`"),
        "{where} is of type {came}, where the type {expected} belongs.",
    ),
    (
        re.compile(r"Expected `array` of length (?P<expected>\d+), got (?P<came>\d+)"),
        "{where} has {came} entries instead of {expected}.",
    ),
    (re.compile(r"Expected `array` of length <= (?P<most>\d+)"), "{where} is too long: {most} entries are the most."),
    (re.compile(r"Expected `[^`]+` (?P<bound>[<>]=? \S+)"), "{where} is out of range: it must be {bound}."),
    (
        re.compile(r"Object contains unknown field `(?P<key>.*)`$", re.DOTALL),
        "{where} has a key {key}, which this format does not know: take it out.",
    ),
    (re.compile(r"Object missing required field `(?P<key>[^`]+)`"), "{where} has no {key}: add it."),
    (re.compile(r"Invalid enum value (?P<came>.*)$", re.DOTALL), "{where} is {came}, which this format does not know."),
]


def fault_at(message: str, plain: Any, prefix: str = "") -> FileFormatError:
    """Turn msgspec's ``message`` into a sentence; ``plain`` is the whole file, ``prefix`` where the fault's part is."""
    what, _, path = message.partition(" - at `$")
    where = place(plain, prefix + path.rstrip("`"))
    for pattern, template in _MESSAGES:
        if found := pattern.match(what):
            fields = {key: shortened(_in_json_words(text)) for key, text in found.groupdict().items()}
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
    return visible if len(text) <= 60 else visible[:60] + "…"


def _in_json_words(text: str) -> str:
    return " | ".join(_JSON_WORDS.get(word, word) for word in text.split(" | "))
