"""Strict JSON: what Python's own reader lets through (NaN, duplicate keys, lone surrogates) is refused.

The faults of a text are collected, not raised, because the reader of a document has to look at the version first.
A number that overflows is read as infinite, or as a whole number without end: whoever takes a number from the result
has to look whether it is finite.
"""

from __future__ import annotations

import json
from typing import Any

from msgspec import Struct

from miniflow.errors import Sentence


class Parsed(Struct, frozen=True):
    """What a text says, as plain dictionaries and lists, and the first fault in it, or None."""

    plain: Any
    fault: Sentence | None


def parse(text: str) -> Parsed:
    """Read JSON; where there is a fault, ``plain`` is what could be read in spite of it, None if nothing."""
    reader = _Reader()
    try:
        plain = json.loads(text, object_pairs_hook=reader.without_duplicates, parse_constant=reader.constant)
    except json.JSONDecodeError as error:
        return Parsed(
            None,
            Sentence(
                "The text is not JSON at line {line}, column {column}: look there for a comma, a bracket "
                "or a quotation mark that is missing or too many.",
                {"line": error.lineno, "column": error.colno},
            ),
        )
    except ValueError:  # Python reads no whole number of more than 4,300 digits
        return Parsed(None, Sentence("A number in it has thousands of digits: it is too large to compute with."))
    except RecursionError:
        return Parsed(None, Sentence("Lists or objects are nested too deep: 64 levels are the most."))
    if ("\\u" in text or not _is_unicode(text)) and not all(map(_is_unicode, _texts_in(plain))):
        reader.note(Sentence("A text in it has half a character (a lone surrogate such as \\ud800): take it out."))
    return Parsed(plain, reader.fault)


class _Reader:
    """The hooks of one reading; the first fault that any of them meets is kept."""

    def __init__(self) -> None:
        self.fault: Sentence | None = None

    def note(self, fault: Sentence) -> None:
        self.fault = self.fault or fault

    def without_duplicates(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(pairs)
        if len(result) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            self.note(
                Sentence(
                    "The key {key} stands twice in one object ({node}): leave one of them.",
                    {"key": ascii(twice)[:60], "node": ascii(result.get("id", "…"))[:60]},
                )
            )
        return result

    def constant(self, name: str) -> float:
        self.note(Sentence("{number} is not a number that JSON knows: write a finite one.", {"number": name}))
        return 0.0


def _is_unicode(text: str) -> bool:
    """Tell whether a text can be written out again."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _texts_in(plain: Any) -> list[str]:
    texts = []
    frontier = [plain]
    while frontier:
        thing = frontier.pop()
        if isinstance(thing, dict):
            frontier += thing
            frontier += thing.values()
        elif isinstance(thing, list):
            frontier += thing
        elif isinstance(thing, str):
            texts.append(thing)
    return texts
