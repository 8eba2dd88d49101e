"""Strict JSON: what Python's own reader lets through (NaN, duplicate keys, lone surrogates, overflow) is refused.

The faults of a text are collected, not raised, because the reader of a document has to look at the version first.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any

from miniflow.errors import Sentence

# A number can only overflow with a long exponent or with very many digits; only then is each number looked at.
_MAY_OVERFLOW = re.compile(r"\d[eE]\+?\d{3}|\d{200}")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")


@dataclass(frozen=True)
class Parsed:
    """What a text says, as plain dictionaries and lists, and the first fault in it, or None."""

    plain: Any
    fault: Sentence | None


def parse(text: str) -> Parsed:
    """Read JSON; where there is a fault, ``plain`` is what could be read in spite of it, None if nothing."""
    reader = _Reader()
    number = reader.finite if _MAY_OVERFLOW.search(text) else None
    try:
        plain = json.loads(
            text,
            object_pairs_hook=reader.without_duplicates,
            parse_constant=reader.constant,
            parse_float=number,
            parse_int=number,
        )
    except json.JSONDecodeError as error:
        return Parsed(
            None,
            Sentence(
                "The text is not JSON at line {line}, column {column}: look there for a comma, a bracket "
                "or a quotation mark that is missing or too many.",
                {"line": error.lineno, "column": error.colno},
            ),
        )
    except RecursionError:
        return Parsed(None, Sentence("Lists or objects are nested too deep: 64 levels are the most."))
    if _SURROGATE.search(text) and not _is_unicode(plain):
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

    def finite(self, digits: str) -> int | float:
        is_whole = not set(digits) & set(".eE")
        number = float(digits)
        if math.isfinite(number):
            return int(digits) if is_whole else number
        self.note(Sentence("The number {number} is too large to compute with.", {"number": digits[:20] + "…"}))
        return 0


def _is_unicode(plain: Any) -> bool:
    """Tell whether every text can be written out again."""
    frontier = [plain]
    while frontier:
        thing = frontier.pop()
        if isinstance(thing, dict):
            frontier += thing
            frontier += thing.values()
        elif isinstance(thing, list):
            frontier += thing
        elif isinstance(thing, str):
            try:
                thing.encode()
            except UnicodeEncodeError:
                return False
    return True
