"""A value as text: what a person may type into an Input, and the text of a value that is there.

The grammar, read left to right; spaces and line ends may stand between its parts:

    value   =  number  |  list
    list    =  "["  value  { ","  value }  [ "," ]  "]"
    number  =  [ "+" | "-" | "−" ]  ( digits [ "." [ digits ] ]  |  "." digits )  [ ( "e" | "E" ) [ "+" | "-" ] digits ]
    digits  =  one or more of 0 1 2 3 4 5 6 7 8 9

In a list, a space may stand for the comma, so that what NumPy prints can be pasted: ``[[1. 2.] [3. 4.]]``. All rows
have the same length. Whole numbers stay whole where a float holds them exactly. Nothing is evaluated.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from miniflow.errors import MiniFlowError, Sentence, counted
from miniflow.graph.records import Literal, Nested, Shape

MAX_DEPTH = 32
"""As many dimensions as any NumPy array may have."""
EXACT_WHOLE = 2**53
"""Up to here a float64 holds every whole number."""

_NUMBER = re.compile(r"[+\-−]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+\-−]?[0-9]+)?", re.ASCII)
_WHOLE = re.compile(r"[+-]?[0-9]+", re.ASCII)
_LONGEST_WHOLE = 20
_TOKEN = re.compile(r"[\[\],]|[^\[\],\s]+")


class ValueTextError(MiniFlowError, ValueError):
    """A text is not a value; the message says what stands in the way."""

    @classmethod
    def saying(cls, sentence: Sentence) -> ValueTextError:
        """Return the error whose message is a sentence that is there already."""
        error = cls(str(sentence))
        error.sentence = sentence
        return error


def parse_value(text: str) -> Literal:
    """Return the value that ``text`` writes, or raise ValueTextError with a sentence about the first fault.

    >>> parse_value("-1.5e3").data, parse_value("[[1, 2], [3, 4.5]]").data
    (-1500.0, ((1, 2), (3, 4.5)))
    """
    tokens = _TOKEN.findall(text)
    if not tokens:
        raise ValueTextError.saying(Sentence("Type a number such as 3, or a list such as [[1, 2], [3, 4]]."))
    return Literal(_Reader(tokens).whole())


def parse_number(text: str) -> int | float:
    """Return the one number that ``text`` writes, or raise ValueTextError.

    >>> parse_number(" 0.5 "), parse_number("7")
    (0.5, 7)
    """
    token = text.strip()
    if _NUMBER.fullmatch(token):
        return _to_number(token)
    raise _no_number(token)


def parse_whole(text: str) -> int:
    """Return the whole number that ``text`` writes, exactly, however large; or raise ValueTextError.

    >>> parse_whole("9007199254740993"), parse_whole("1e3")
    (9007199254740993, 1000)
    """
    token = text.strip()
    if _WHOLE.fullmatch(token) and len(token) <= _LONGEST_WHOLE:
        return int(token)
    number = parse_number(token)
    if abs(number) > EXACT_WHOLE or number != int(number):
        raise ValueTextError("{came} is not a whole number: write it like 10.", came=_short(token))
    return int(number)


def parse_shape(text: str) -> Shape:
    """Return the shape that ``text`` writes, such as ``13, 10`` or ``(13, 10)``; ``()`` is a single number's.

    >>> parse_shape("13, 10"), parse_shape("13 x 10"), parse_shape("(10,)"), parse_shape("()")
    ((13, 10), (13, 10), (10,), ())
    """
    if not text.strip():
        raise ValueTextError("Write a shape, such as 13, 10; or () for a single number.")
    inside = text.strip().removeprefix("(").removesuffix(")").removeprefix("[").removesuffix("]").strip()
    parts = [part for part in re.split(r"[\s,x×*]+", inside) if part]
    for part in parts:
        if not re.fullmatch(r"[0-9]{1,9}", part, re.ASCII) or int(part) == 0:
            raise ValueTextError(
                "A shape is whole numbers from 1 up, such as 13, 10: {came} is not one.", came=_short(part)
            )
    return tuple(int(part) for part in parts)


def value_text(data: Nested) -> str:
    """Return the text that is read back as exactly this value; a matrix has a line for each row.

    >>> print(value_text(((1, 2.5), (3, 4))))
    [[1, 2.5],
     [3, 4]]
    """
    return _written(data, 0)


def value_line(data: Nested) -> str:
    """Return the same text in one line.

    >>> value_line(((1, 2.5), (3, 4)))
    '[[1, 2.5], [3, 4]]'
    """
    return " ".join(line.strip() for line in value_text(data).splitlines())


def shape_text(shape: Shape) -> str:
    """Return a shape as ``parse_shape`` reads it.

    >>> shape_text((13, 10)), shape_text(())
    ('13, 10', '()')
    """
    return ", ".join(str(length) for length in shape) or "()"


def _written(data: Nested, depth: int) -> str:
    if not isinstance(data, tuple):
        return repr(data)
    is_row = not any(isinstance(entry, tuple) for entry in data)
    separator = ", " if is_row else ",\n" + " " * (depth + 1)
    return "[" + separator.join(_written(entry, depth + 1) for entry in data) + "]"


@dataclass
class _Reader:
    """Reads tokens from the front; ``at`` is the place of the next one."""

    tokens: list[str]
    at: int = 0

    def whole(self) -> Nested:
        data, _ = self._value(0)
        if self.at < len(self.tokens):
            rest = self.tokens[self.at]
            if rest == "]":
                raise ValueTextError.saying(Sentence("There is one ] too many."))
            raise ValueTextError(
                "After the first value comes {came}: put [ and ] around several numbers, and write 1.5 with a point.",
                came=_short(rest),
            )
        return data

    def _value(self, depth: int) -> tuple[Nested, Shape]:
        token = self._take()
        if token == "[":
            return self._list(depth + 1)
        if token in "],":
            raise ValueTextError("A number is missing before {came}.", came=token)
        return parse_number(token), ()

    def _list(self, depth: int) -> tuple[Nested, Shape]:
        if depth > MAX_DEPTH:
            raise ValueTextError("The lists are nested too deep: {limit} levels are the most.", limit=MAX_DEPTH)
        entries: list[Nested] = []
        shape: Shape | None = None
        while self._peek() != "]":
            entry, entry_shape = self._value(depth)
            if shape is not None and entry_shape != shape:
                raise _ragged(len(entries) + 1, shape, entry_shape)
            shape = entry_shape
            entries.append(entry)
            if self._peek() == ",":
                self.at += 1
        self.at += 1
        if shape is None:
            raise ValueTextError.saying(Sentence("A list needs at least one number: [] holds none."))
        return tuple(entries), (len(entries), *shape)

    def _peek(self) -> str:
        if self.at == len(self.tokens):
            raise ValueTextError.saying(Sentence("The text ends too early: a ] is missing."))
        return self.tokens[self.at]

    def _take(self) -> str:
        token = self._peek()
        self.at += 1
        return token


def _ragged(row: int, expected: Shape, came: Shape) -> ValueTextError:
    if len(expected) == len(came) == 1:
        return ValueTextError(
            "Row {row} has {came}, but the one before it has {expected}: give every row the same length.",
            row=row,
            came=counted(came[0], "1 number", "{count} numbers"),
            expected=expected[0],
        )
    return ValueTextError(
        "Entry {row} of a list is not like the one before it: give every row the same length and depth.", row=row
    )


def _to_number(token: str) -> int | float:
    token = token.replace("−", "-")
    number = float(token)
    if math.isinf(number):
        raise ValueTextError("{came} is too large: the largest number is about 1.8e308.", came=_short(token))
    is_negative_zero = number == 0 and token.startswith("-")
    if _WHOLE.fullmatch(token) and len(token) <= _LONGEST_WHOLE and not is_negative_zero:
        whole = int(token)
        return whole if abs(whole) <= EXACT_WHOLE else number
    return number


def _no_number(token: str) -> ValueTextError:
    bare = token.lstrip("+-−").lower()
    if bare in ("nan", "inf", "infinity", "∞"):
        return ValueTextError("{came} is no value: type a number that is finite.", came=_short(token))
    if "_" in token and _NUMBER.fullmatch(token.replace("_", "")):
        plain = token.replace("_", "")
        return ValueTextError("{came} has a _ in it: write {plain}.", came=_short(token), plain=_short(plain))
    if re.fullmatch(r"[+\-−]?[0-9]+,[0-9]+", token):
        point = token.replace(",", ".")
        return ValueTextError("{came} has a comma in it: write {point}.", came=_short(token), point=_short(point))
    if any(character.isdigit() and not character.isascii() for character in token):
        return ValueTextError("{came} is not a number here: type the digits 0 to 9.", came=_short(token))
    if not token:
        return ValueTextError.saying(Sentence("Type a number, such as 3 or 0.01."))
    return ValueTextError("{came} is not a number: write it like 3, -0.5 or 1e-3.", came=_short(token))


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:30] + "…"
