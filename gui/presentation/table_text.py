"""Tables as text: what a spreadsheet puts on the clipboard, and what it takes from there."""

from __future__ import annotations

import csv
import io

from gui.presentation.value_text import ValueTextError, parse_number, parse_value
from miniflow.errors import Sentence, counted
from miniflow.graph.records import Nested

Row = tuple[int | float, ...]


def parse_table(text: str) -> tuple[Row, ...]:
    """Return the rows of a pasted table: columns parted by tabs, else semicolons, commas or spaces.

    A nested list such as ``[[1, 2], [3, 4]]`` is taken too. Raises ValueTextError naming the row and the column.

    >>> parse_table("1\\t2\\n3\\t4.5\\n"), parse_table("1;2"), parse_table("1, 2")
    (((1, 2), (3, 4.5)), ((1, 2),), ((1, 2),))
    """
    if "[" in text:
        return _rows_of(parse_value(text).data)
    rows = [row for row in _cells(text) if any(cell.strip() for cell in row)]
    if not rows:
        raise ValueTextError.saying(Sentence("There are no numbers to paste."))
    for index, row in enumerate(rows, start=1):
        if len(row) != len(rows[0]):
            raise ValueTextError(
                "Row {row} has {came}, but the first has {expected}: give every row the same length.",
                row=index,
                came=counted(len(row), "1 number", "{count} numbers"),
                expected=len(rows[0]),
            )
    return tuple(
        tuple(_cell(cell, row_number, column) for column, cell in enumerate(row, start=1))
        for row_number, row in enumerate(rows, start=1)
    )


def looks_like_a_table(text: str) -> bool:
    """Tell whether a text to be pasted is several cells, not one number or a bracketed list."""
    return "[" not in text and any(mark in text.strip() for mark in "\t\n;")


def _cells(text: str) -> list[list[str]]:
    lines = text.strip("\r\n")
    separator = next((mark for mark in "\t;," if mark in lines), None)
    if separator is None:
        return [line.split() for line in lines.splitlines()]
    return [_without_last_empty(row) for row in csv.reader(io.StringIO(lines), delimiter=separator)]


def _without_last_empty(row: list[str]) -> list[str]:
    return row[:-1] if len(row) > 1 and not row[-1].strip() else row


def _cell(text: str, row: int, column: int) -> int | float:
    try:
        return parse_number(text)
    except ValueTextError as error:
        raise ValueTextError("Row {row}, column {column}: {fault}", row=row, column=column, fault=str(error)) from None


def _rows_of(data: Nested) -> tuple[Row, ...]:
    if not isinstance(data, tuple):
        return ((data,),)
    if not isinstance(data[0], tuple):
        return (data,)  # type: ignore[return-value]
    if isinstance(data[0][0], tuple):
        raise ValueTextError.saying(Sentence("A grid holds rows and columns: this list is nested deeper than that."))
    return data  # type: ignore[return-value]
